//! Defines what is told of the rule files themselves: the JSON Schema for editors and the reference page.
//!
//! Both come from the docs of the written types, so that they cannot say something else than the program does.

use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::file::{PackFile, SiteFile};
use super::shape::{constants, schema_of};

/// The part of the reference that is written by hand.
const INTRODUCTION: &str = include_str!("reference.md");

/// The JSON Schema of both kinds of rule files, with a line break at its end: `#/$defs/SiteFile` and
/// `#/$defs/PackFile`, one of which a file must fulfil.
pub fn schema() -> String {
    let mut definitions = Map::new();
    let mut alternatives = Vec::new();
    for (name, title, mut file) in [
        ("SiteFile", "The rules of one source", schema_of::<SiteFile>()),
        ("PackFile", "Rules that several sources share", schema_of::<PackFile>()),
    ] {
        if let Some(file) = file.as_object_mut() {
            file.shift_remove("$schema");
            if let Some(Value::Object(shared)) = file.shift_remove("$defs") {
                definitions.extend(shared);
            }
            file.insert("title".to_owned(), title.into());
        }
        definitions.insert(name.to_owned(), file);
        alternatives.push(json!({ "$ref": format!("#/$defs/{name}") }));
    }
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A rule file of dehusk",
        "anyOf": alternatives,
        "$defs": definitions,
    });
    format!("{schema:#}\n")
}

/// The reference page in Markdown, with a line break at its end.
pub fn markdown() -> String {
    let mut page = Page { text: INTRODUCTION.to_owned(), told: BTreeSet::new(), waiting: VecDeque::new() };
    for (heading, schema) in [
        ("Site files: `sites/<host>.toml`", schema_of::<SiteFile>()),
        ("Packs: `packs/<name>.toml`", schema_of::<PackFile>()),
    ] {
        page.heading(2, heading);
        page.object(&schema);
        while let Some((heading, name)) = page.waiting.pop_front() {
            let definition = &schema["$defs"][&name];
            page.heading(3, &heading);
            page.object(definition);
            page.values(definition);
        }
    }
    page.text
}

struct Page {
    text: String,
    /// The types that have a section already, or wait for one.
    told: BTreeSet<String>,
    /// The headings and names of types that are still to be told.
    waiting: VecDeque<(String, String)>,
}

impl Page {
    fn heading(&mut self, level: usize, heading: &str) {
        let _ = write!(self.text, "\n{} {heading}\n", "#".repeat(level));
    }

    fn object(&mut self, schema: &Value) {
        let _ = write!(self.text, "\n{}\n", one_line(schema));
        let Some(properties) = schema["properties"].as_object() else { return };
        self.text.push_str("\n| key | type | meaning |\n|---|---|---|\n");
        for (key, property) in properties {
            let kind = self.kind(key, property);
            let _ = writeln!(self.text, "| `{key}` | {kind} | {} |", one_line(property).replace('|', "\\|"));
        }
    }

    fn values(&mut self, schema: &Value) {
        if constants(schema).is_empty() {
            return;
        }
        self.text.push_str("\n| value | meaning |\n|---|---|\n");
        for value in schema["oneOf"].as_array().into_iter().flatten() {
            let name = value["const"].as_str().unwrap_or_default();
            let _ = writeln!(self.text, "| `\"{name}\"` | {} |", one_line(value));
        }
    }

    /// What kind of value a key takes; its type gets a section if it has none yet.
    fn kind(&mut self, key: &str, schema: &Value) -> String {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
            return self.link(key, name);
        }
        if let Some(alternatives) = schema["anyOf"].as_array() {
            let kinds: Vec<_> = alternatives.iter().map(|one| self.kind(key, one)).collect();
            return kinds.join(" or ");
        }
        match schema["type"].as_str() {
            Some("array") => format!("list of {}", plural(&self.kind(key, &schema["items"]))),
            Some("boolean") => "`true` or `false`".to_owned(),
            Some("integer") => "whole number".to_owned(),
            Some("object") => {
                let keys = schema["propertyNames"]["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/"));
                let keys = keys.map_or_else(String::new, |name| format!(" of {}", self.link("category", name)));
                format!("table{keys} = {}", self.kind(key, &schema["additionalProperties"]))
            }
            Some(plain) => plain.to_owned(),
            None => "any".to_owned(),
        }
    }

    fn link(&mut self, key: &str, name: &str) -> String {
        let (shown, heading) = match name {
            "DropRule" | "InlineRule" | "LayoutSection" => ("table", format!("`[[{key}]]`")),
            "BodySection" | "MetaSection" | "LimitsSection" => ("table", format!("`[{key}]`")),
            "MetaPlace" => ("place", "Places of metadata".to_owned()),
            "Policy" => ("policy", "Policies".to_owned()),
            "Where" | "When" => ("table", format!("`{key}`")),
            _ => (key, format!("Values of `{key}`")),
        };
        let anchor: String = heading
            .to_lowercase()
            .chars()
            .filter_map(|c| match c {
                ' ' => Some('-'),
                c => (c.is_alphanumeric() || c == '-').then_some(c),
            })
            .collect();
        if self.told.insert(name.to_owned()) {
            self.waiting.push_back((heading, name.to_owned()));
        }
        format!("[{shown}](#{anchor})")
    }
}

/// Several of a kind of value.
fn plural(kind: &str) -> String {
    let several = |one: &str| match (one.strip_prefix("list "), one.split_once("](")) {
        (Some(rest), _) => format!("lists {rest}"),
        (_, Some((shown, link))) => format!("{shown}s]({link}"),
        _ => format!("{one}s"),
    };
    kind.split(" or ").map(several).collect::<Vec<_>>().join(" or ")
}

/// The description of a schema on one line.
fn one_line(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::diagnostic::FileText;
    use crate::rules::lint;

    #[test]
    fn the_example_is_sound() {
        let example = INTRODUCTION.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
        let file = FileText::new("example.toml", example.expect("an example"));
        assert_eq!(lint::check_site(&file, "evening-post.example"), []);
    }

    #[test]
    fn every_reference_of_the_schema_is_defined() {
        let schema = schema();
        let value: Value = serde_json::from_str(&schema).expect("JSON");
        for path in schema.split("\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(value.pointer(path).is_some(), "{path}");
        }
        assert!(!schema.contains("null"));
    }
}

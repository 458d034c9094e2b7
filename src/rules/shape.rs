//! Defines how a rule file is read, and what is said when its shape is wrong.
//!
//! Serde reads it, and stops at the first thing that it does not know. Only then is the file gone through a second
//! time, against the JSON Schema of the same types, for everything that is wrong with it at once.

use std::ops::Range;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::diagnostic::{Diagnostic, FileText};
use super::nearest::{listed, nearest};
use crate::category::Category;

/// More than a writer reads at once; a file that is no rule file at all has one a line.
const MOST_PROBLEMS: usize = 50;

/// Reads a rule file, and says all that is wrong with its shape. What is not wrong is still read, so that all that is
/// wrong with that can be said as well; of a file that is not TOML, nothing is.
pub fn read<T: DeserializeOwned + JsonSchema + Default>(file: &FileText) -> (T, Vec<Diagnostic>) {
    let refused = match toml::from_str(&file.text) {
        Ok(written) => return (written, Vec::new()),
        Err(refused) => refused,
    };
    let (table, syntax) = DeTable::parse_recoverable(&file.text);
    let mut problems: Vec<_> = syntax.iter().take(MOST_PROBLEMS).map(|error| syntax_problem(file, error)).collect();
    let schema = schema_of::<T>();
    let mut walk = Walk { file, schema: &schema, problems: Vec::new() };
    walk.table("", table.get_ref(), &schema);
    let written = if syntax.is_empty() { what_fits(table.clone(), &walk.problems) } else { T::default() };
    // What was made up to go on after a syntax error is not to be blamed as well.
    let broken: Vec<_> = problems.iter().map(Diagnostic::line).collect();
    problems.extend(walk.problems.into_iter().filter(|problem| !broken.contains(&problem.line())));
    if problems.is_empty() {
        let help = "take it away, or see the manual for what may stand here";
        problems.push(file.error(refused.span().unwrap_or(0..0), refused.message(), help));
    }
    problems.sort_by_key(|problem| problem.span.start);
    problems.truncate(MOST_PROBLEMS);
    (written, problems)
}

/// Whether problems with the shape of a file are the likely reason for another one: a section that lacks a key may have
/// it under a wrong name, or with a wrong value.
pub(crate) fn explains(shape: &[Diagnostic], problem: &Diagnostic) -> bool {
    let text = &problem.text;
    let Some((before, rest)) = text.split_at_checked(problem.span.start) else { return false };
    let before = before.trim_end_matches([' ', '\t']);
    let is_header = rest.starts_with('[') && (before.is_empty() || before.ends_with('\n'));
    let in_section = |other: &Diagnostic| {
        let between = text.get(problem.span.start..other.span.start);
        let within = is_header || problem.span.contains(&other.span.start);
        within && between.is_some_and(|between| !between.contains("\n["))
    };
    let same_key = |other: &Diagnostic| other.keys.iter().any(|key| problem.keys.contains(key));
    shape.iter().any(|other| in_section(other) && same_key(other))
}

/// The problems with the shape of a file and those with its values that they do not explain, in the order of places.
pub(crate) fn together(mut shape: Vec<Diagnostic>, mut values: Vec<Diagnostic>) -> Vec<Diagnostic> {
    values.retain(|problem| !explains(&shape, problem));
    shape.append(&mut values);
    shape.sort_by_key(|problem| problem.span.start);
    shape
}

/// What is left of a file without the keys and values that something is wrong with.
fn what_fits<T: DeserializeOwned + Default>(table: Spanned<DeTable<'_>>, problems: &[Diagnostic]) -> T {
    let is_wrong = |span: Range<usize>| problems.iter().any(|problem| problem.span == span);
    let span = table.span();
    let table = Spanned::new(span, without_wrong(table.into_inner(), &is_wrong));
    T::deserialize(toml::de::Deserializer::from(table)).unwrap_or_default()
}

fn without_wrong<'i>(table: DeTable<'i>, is_wrong: &dyn Fn(Range<usize>) -> bool) -> DeTable<'i> {
    let value = |value: Spanned<DeValue<'i>>| -> Spanned<DeValue<'i>> {
        let span = value.span();
        Spanned::new(
            span,
            match value.into_inner() {
                DeValue::Table(inner) => DeValue::Table(without_wrong(inner, is_wrong)),
                DeValue::Array(items) => {
                    let mut left = DeArray::new();
                    for item in items.into_iter().filter(|item| !is_wrong(item.span())) {
                        let span = item.span();
                        left.push(match item.into_inner() {
                            DeValue::Table(inner) => Spanned::new(span, DeValue::Table(without_wrong(inner, is_wrong))),
                            other => Spanned::new(span, other),
                        });
                    }
                    DeValue::Array(left)
                }
                other => other,
            },
        )
    };
    let fits = |(key, value): &(Spanned<_>, Spanned<_>)| !is_wrong(key.span()) && !is_wrong(value.span());
    table.into_iter().filter(fits).map(|(key, inner)| (key, value(inner))).collect()
}

/// The JSON Schema of a written type, as TOML can fulfil it: there is no `null`, and the keys of `[policy]` are
/// categories.
pub(crate) fn schema_of<T: JsonSchema>() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    // Asked for, so that it is defined even where no rule can stand.
    let category = generator.subschema_for::<Category>().to_value();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    without_null(&mut schema);
    if let Some(policy) = schema.pointer_mut("/properties/policy").and_then(Value::as_object_mut) {
        policy.insert("propertyNames".to_owned(), category);
    }
    schema
}

fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Array(kinds)) = object.get_mut("type") {
                kinds.retain(|kind| kind != "null");
                if let [kind] = kinds.as_slice() {
                    let kind = kind.clone();
                    object.insert("type".to_owned(), kind);
                }
            }
            if object.get("default").is_some_and(Value::is_null) {
                object.shift_remove("default");
            }
            if let Some(Value::Array(alternatives)) = object.get_mut("anyOf") {
                alternatives.retain(|alternative| alternative["type"] != "null");
                if let [Value::Object(only)] = alternatives.as_slice() {
                    let only = only.clone();
                    object.shift_remove("anyOf");
                    object.extend(only);
                }
            }
            object.values_mut().for_each(without_null);
        }
        Value::Array(values) => values.iter_mut().for_each(without_null),
        _ => {}
    }
}

fn syntax_problem(file: &FileText, error: &toml::de::Error) -> Diagnostic {
    let message = error.message().lines().next().unwrap_or_default().trim();
    let help = match message {
        m if m.contains("duplicate key") => "say it once, in a list if it takes several values",
        m if m.contains("recur") => "nest less deeply",
        m if m.contains("string") || m.contains("escape") => {
            "put selectors and patterns between single quotes: `css = 'div.ad'`; nothing is escaped there"
        }
        m if m.contains("array") || m.contains("`]`") => "separate the items with commas and close the list with `]`",
        _ => "write `key = value`, `[section]` or `[[drop]]`, each on a line of its own",
    };
    let span = error.span().unwrap_or(0..0);
    file.error(span, format!("this is not TOML: {message}"), help)
}

struct Walk<'a> {
    file: &'a FileText,
    schema: &'a Value,
    problems: Vec<Diagnostic>,
}

impl<'a> Walk<'a> {
    /// Notes a problem, and which key was probably meant.
    fn problem(&mut self, span: Range<usize>, key: Option<&str>, message: impl Into<String>, help: impl Into<String>) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(self.file.error(span, message, help).about(key));
        }
    }

    fn table(&mut self, section: &str, table: &DeTable<'_>, schema: &'a Value) {
        let properties = schema["properties"].as_object();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            if let Some(known) = properties.and_then(|properties| properties.get(name)) {
                self.value(name, value, known);
            } else if let Some(names) = schema.get("propertyNames") {
                let names = constants(self.resolved(names));
                let schema = self.resolved(&schema["additionalProperties"]);
                match value.get_ref() {
                    _ if !names.contains(&name) => {
                        let near = nearest(name, names.iter().copied());
                        self.unknown(key.span(), near, &format!("unknown category `{name}`"), name, &names);
                    }
                    // The key says what the value is for, not what it is.
                    DeValue::String(text) => {
                        let message = format!("unknown {section} `{text}` for `{name}`");
                        self.constant(name, value, text, &message, schema);
                    }
                    _ => self.value(name, value, schema),
                }
            } else {
                let known: Vec<_> = properties.into_iter().flat_map(|p| p.keys()).map(String::as_str).collect();
                let place = if section.is_empty() { String::new() } else { format!(" in `{section}`") };
                let near = nearest(name, known.iter().copied());
                self.unknown(key.span(), near, &format!("unknown key `{name}`{place}"), name, &known);
            }
        }
    }

    /// Checks a string of which only some are known.
    fn constant(&mut self, key: &str, value: &Spanned<DeValue<'_>>, text: &str, message: &str, schema: &'a Value) {
        let known = constants(schema);
        if !known.is_empty() && !known.contains(&text) {
            self.unknown(value.span(), Some(key), message, text, &known);
        }
    }

    fn unknown(&mut self, span: Range<usize>, key: Option<&str>, message: &str, word: &str, known: &[&str]) {
        let help = match nearest(word, known.iter().copied()) {
            Some(near) => format!("write `{near}`"),
            None => format!("write one of {}", listed(known.iter().copied())),
        };
        self.problem(span, key, message, help);
    }

    fn value(&mut self, key: &str, value: &Spanned<DeValue<'_>>, schema: &'a Value) {
        let schema = self.resolved(schema);
        if let Some(alternatives) = schema["anyOf"].as_array() {
            let alternatives: Vec<_> = alternatives.iter().map(|one| self.resolved(one)).collect();
            if let Some(fitting) = alternatives.iter().find(|one| fits(value.get_ref(), one)) {
                self.value(key, value, fitting);
            } else if let Some(first) = alternatives.first() {
                let wanted: Vec<_> = alternatives.iter().map(|one| described(one)).collect();
                self.wrong_type(key, value, &wanted.join(" or "), first);
            }
            return;
        }
        if !fits(value.get_ref(), schema) {
            self.wrong_type(key, value, described(schema), schema);
            return;
        }
        match value.get_ref() {
            DeValue::Table(table) => self.table(key, table, schema),
            DeValue::Array(items) => items.iter().for_each(|item| self.value(key, item, &schema["items"])),
            DeValue::String(text) => {
                self.constant(key, value, text, &format!("unknown {key} `{text}`"), schema);
            }
            DeValue::Integer(number) => {
                let number = i128::from_str_radix(&number.as_str().replace('_', ""), number.radix());
                let (low, high) = match schema["format"].as_str() {
                    Some("uint32") => (0, i128::from(u32::MAX)),
                    _ => (i128::from(i64::MIN), i128::from(i64::MAX)),
                };
                if number.is_ok_and(|number| number < low || number > high) {
                    let message = format!("`{key}` is out of range");
                    self.problem(value.span(), Some(key), message, format!("write `{key} = 3`"));
                }
            }
            _ => {}
        }
    }

    fn wrong_type(&mut self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str, schema: &'a Value) {
        let written = self.file.text.get(value.span()).unwrap_or_default();
        let short = written.len() <= 60 && !written.contains('\n');
        let is_table = value.get_ref().is_table();
        let help = match schema["type"].as_str() {
            Some("array") if is_table && self.resolved(&schema["items"])["type"] == "object" => {
                format!("write `[[{key}]]`, with two pairs of brackets")
            }
            Some("array") if short && !is_table => format!("write `{key} = [{written}]`"),
            Some("array") => format!("write `{key} = ['…', '…']`"),
            Some("object") => format!("write `[{key}]` and below it a `key = value` a line"),
            Some("boolean") => "write `true` or `false`, without quotes".to_owned(),
            Some("integer") => format!("write `{key} = 3`, without quotes"),
            Some("number") => format!("write `{key} = 0.5`, without quotes"),
            _ => {
                let known = constants(schema);
                let scalar = short && !is_table && !value.get_ref().is_array();
                match known.first() {
                    Some(_) => format!("write one of {}", listed(known.iter().copied())),
                    None if scalar => format!("write `{key} = '{written}'`"),
                    None => format!("write `{key} = '…'`"),
                }
            }
        };
        let message = format!("`{key}` must be {wanted}, this is {}", kind(value.get_ref()));
        self.problem(value.span(), Some(key), message, help);
    }

    fn resolved(&self, schema: &'a Value) -> &'a Value {
        let target = schema["$ref"].as_str().and_then(|path| path.strip_prefix('#'));
        target.and_then(|path| self.schema.pointer(path)).unwrap_or(schema)
    }
}

/// The strings that a schema allows, if it names them.
pub(crate) fn constants(schema: &Value) -> Vec<&str> {
    let alternatives = schema["oneOf"].as_array().into_iter().flatten();
    let named =
        alternatives.flat_map(|one| one.get("const").into_iter().chain(one["enum"].as_array().into_iter().flatten()));
    named.chain(schema["enum"].as_array().into_iter().flatten()).filter_map(Value::as_str).collect()
}

fn fits(value: &DeValue<'_>, schema: &Value) -> bool {
    match schema["type"].as_str() {
        Some("array") => value.is_array(),
        Some("object") => value.is_table(),
        Some("boolean") => value.is_bool(),
        Some("integer") => value.is_integer(),
        Some("number") => value.is_float() || value.is_integer(),
        _ if schema["format"] == "date" => value.is_str() || value.is_datetime(),
        _ => value.is_str(),
    }
}

fn described(schema: &Value) -> &'static str {
    match schema["type"].as_str() {
        Some("array") => "a list",
        Some("object") => "a table",
        Some("boolean") => "true or false",
        Some("integer") => "a whole number",
        Some("number") => "a number",
        _ => "a string",
    }
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

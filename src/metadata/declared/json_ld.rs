//! Reads JSON-LD: the article that a page says it is, not those that it links to.

use serde_json::{Map, Value};

use super::clean;
use crate::metadata::date::PublishedAt;

/// No page describes itself at such length, in bytes.
const LONGEST: usize = 4 * 1024 * 1024;

/// How many objects are looked at.
const MOST_OBJECTS: usize = 1000;

/// How many names of the site are kept.
const MOST_NAMES: usize = 10;

/// How deep lists and objects may lie in one another.
const DEEPEST: usize = 8;

/// What the JSON-LD of a page says.
#[derive(Debug, Default)]
pub(super) struct Linked {
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) date: Option<PublishedAt>,
    pub(super) site_name: Option<String>,
    /// All names that the site and its publisher go by.
    pub(super) site_names: Vec<String>,
    pub(super) language: Option<String>,
    objects: usize,
}

impl Linked {
    /// Reads one script; what is not JSON is passed over.
    pub(super) fn read(&mut self, script: &str) {
        let script = script.trim();
        let script = script.strip_prefix("<!--").map_or(script, |inside| inside.trim_end_matches("-->"));
        let script = script.trim().trim_end_matches(';');
        if script.len() > LONGEST {
            return;
        }
        let value = serde_json::from_str(script).or_else(|_| {
            // Line breaks within strings: wrong, and common.
            serde_json::from_str(&script.replace(|c: char| c.is_control(), " "))
        });
        if let Ok(value) = value {
            self.value(&value, 0);
        }
    }

    fn value(&mut self, value: &Value, depth: usize) {
        if depth > DEEPEST || self.objects > MOST_OBJECTS {
            return;
        }
        match value {
            Value::Array(values) => values.iter().take(MOST_OBJECTS).for_each(|value| self.value(value, depth + 1)),
            Value::Object(object) => {
                self.objects += 1;
                self.object(object);
                for key in ["@graph", "mainEntity"] {
                    if let Some(inner) = object.get(key) {
                        self.value(inner, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, object: &Map<String, Value>) {
        if is_a(object, |kind| kind == "WebSite" || kind.ends_with("Organization")) {
            self.add_site_name(object.get("name").and_then(text));
        }
        if is_a(object, |kind| kind == "WebSite") {
            self.site_name = self.site_name.take().or_else(|| text(object.get("name")?));
        }
        let article = is_a(object, |kind| {
            kind.ends_with("Article") || kind.ends_with("Posting") && kind != "JobPosting" || kind == "Report"
        });
        // A page lists related articles as well: the first is the one that it is itself.
        if !article || self.headline.is_some() {
            return;
        }
        self.headline = ["headline", "name"].into_iter().find_map(|key| text(object.get(key)?));
        self.date = self.date.or_else(|| PublishedAt::parse(object.get("datePublished")?.as_str()?));
        self.language = self.language.take().or_else(|| text(object.get("inLanguage")?));
        if let Some(publisher) = object.get("publisher") {
            self.site_name = self.site_name.take().or_else(|| name(publisher));
            self.add_site_name(name(publisher));
        }
        if let (Some(authors), true) = (object.get("author"), self.authors.is_empty()) {
            let authors = match authors {
                Value::Array(authors) => authors.as_slice(),
                author => std::slice::from_ref(author),
            };
            self.authors = authors.iter().take(super::names::MOST).filter_map(name).collect();
        }
    }

    fn add_site_name(&mut self, name: Option<String>) {
        if self.site_names.len() < MOST_NAMES {
            self.site_names.extend(name);
        }
    }
}

fn is_a(object: &Map<String, Value>, wanted: impl Fn(&str) -> bool) -> bool {
    match object.get("@type") {
        Some(Value::String(kind)) => wanted(kind),
        Some(Value::Array(kinds)) => kinds.iter().take(10).filter_map(Value::as_str).any(wanted),
        _ => false,
    }
}

/// The name of a person or an organisation, given as such or as an object.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => text(object.get("name")?),
        other => text(other),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => clean(text),
        Value::Array(values) => values.first()?.as_str().and_then(clean),
        _ => None,
    }
}

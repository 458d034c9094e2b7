//! Reads JSON-LD: the article that a page says it is, not those that it links to.
//!
//! Of several articles the first is the page's own; others add to it only where they have its headline. What no article
//! says, another work (a recipe, a question), and then the `WebPage` itself, may say. Authors that are given by `@id` are
//! looked up among all objects.

mod repair;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::site::key;
use super::{clean, clean_long};
use crate::metadata::date::PublishedAt;
use crate::metadata::names;

/// No page describes itself at such length, in bytes.
const LONGEST: usize = 4 * 1024 * 1024;

/// How many objects are looked at.
const MOST_OBJECTS: usize = 1000;

/// How many names of the site are kept, and how many of people and organisations with an `@id`.
const MOST_NAMES: usize = 10;
const MOST_IDS: usize = 200;

/// How deep lists and objects may lie in one another.
const DEEPEST: usize = 8;

/// How many tags are kept.
const MOST_TAGS: usize = 50;

/// What the JSON-LD of a page says.
#[derive(Debug, Default)]
pub(super) struct Linked {
    /// What the article, another work, and the page say of themselves.
    works: [Work; 3],
    pub(super) site_name: Option<String>,
    /// All names that the site and its publisher go by.
    pub(super) site_names: Vec<String>,
    names: FxHashMap<String, Author>,
    objects: usize,
}

/// What a work says of itself.
#[derive(Debug, Default)]
struct Work {
    is_known: bool,
    headline: Option<String>,
    authors: Vec<Named>,
    date: Option<PublishedAt>,
    modified: Option<PublishedAt>,
    language: Option<String>,
    description: Option<String>,
    image: Option<String>,
    tags: Vec<String>,
}

/// A person or an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Author {
    pub(super) name: String,
    /// It says that it is an organisation.
    pub(super) is_organisation: bool,
}

#[derive(Debug)]
enum Named {
    Author(Author),
    /// By the `@id` of an object that stands elsewhere.
    Id(String),
}

#[derive(Clone, Copy)]
enum Kind {
    Article,
    Other,
    Page,
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
        let value = serde_json::from_str(script).or_else(|_| serde_json::from_str(&repair::repaired(script)));
        if let Ok(value) = value {
            self.value(&value, 0);
        }
    }

    /// The title of the article.
    pub(super) fn headline(&mut self) -> Option<String> {
        let [article, other, _] = &mut self.works;
        article.headline.take().or_else(|| other.headline.take())
    }

    pub(super) fn authors(&self) -> Vec<Author> {
        let known = |named: &Named| match named {
            Named::Author(author) => Some(author.clone()),
            Named::Id(id) => self.names.get(id).cloned(),
        };
        let lists = self.works.iter().map(|work| work.authors.iter().filter_map(known).collect::<Vec<_>>());
        lists.into_iter().find(|list| !list.is_empty()).unwrap_or_default()
    }

    pub(super) fn date(&self) -> Option<PublishedAt> {
        self.works.iter().find_map(|work| work.date)
    }

    pub(super) fn modified(&self) -> Option<PublishedAt> {
        self.works.iter().find_map(|work| work.modified)
    }

    pub(super) fn language(&self) -> Option<String> {
        self.works.iter().find_map(|work| work.language.clone())
    }

    pub(super) fn description(&self) -> Option<String> {
        self.works.iter().find_map(|work| work.description.clone())
    }

    pub(super) fn image(&self) -> Option<String> {
        self.works.iter().find_map(|work| work.image.clone())
    }

    pub(super) fn tags(&self) -> &[String] {
        self.works.iter().map(|work| work.tags.as_slice()).find(|tags| !tags.is_empty()).unwrap_or_default()
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
                // A blog with one article is a page about that; with more of them, a list.
                let only = object.get("blogPost").map(|posts| match posts {
                    Value::Array(posts) if posts.len() > 1 => &Value::Null,
                    posts => posts,
                });
                if let Some(only) = only {
                    self.value(only, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, object: &Map<String, Value>) {
        let kinds = kinds(object);
        let is_a = |wanted: fn(&str) -> bool| kinds.iter().any(|kind| wanted(kind));
        if let (Some(id), true) = (object.get("@id").and_then(Value::as_str), self.names.len() < MOST_IDS)
            && let Some(Named::Author(author)) = named_object(object)
        {
            self.names.entry(id.to_owned()).or_insert(author);
        }
        if is_a(|kind| kind == "WebSite" || is_organisation(kind)) {
            self.add_site_name(object.get("name").and_then(text));
        }
        if is_a(|kind| kind == "WebSite") {
            self.site_name = self.site_name.take().or_else(|| text(object.get("name")?));
        }
        let kind = match () {
            () if is_a(is_article) => Kind::Article,
            () if is_a(|kind| matches!(kind, "Recipe" | "HowTo" | "Question" | "PodcastEpisode" | "CreativeWork")) => {
                Kind::Other
            }
            () if is_a(|kind| kind.ends_with("Page")) => Kind::Page,
            () => return,
        };
        self.works[kind as usize].add(object, kind);
        // Relatives of a page are those of the article on it.
        if let (Kind::Article, Some(publisher)) = (kind, object.get("publisher")) {
            let publisher = named(publisher).and_then(|publisher| match publisher {
                Named::Author(publisher) => Some(publisher.name),
                Named::Id(_) => None,
            });
            self.site_name = self.site_name.take().or_else(|| publisher.clone());
            self.add_site_name(publisher);
        }
    }

    fn add_site_name(&mut self, name: Option<String>) {
        if self.site_names.len() < MOST_NAMES {
            self.site_names.extend(name);
        }
    }
}

impl Work {
    /// Takes an object in: all of the first, and of others with the same headline what the first does not say.
    fn add(&mut self, object: &Map<String, Value>, kind: Kind) {
        let headline = || ["headline", "name"].into_iter().find_map(|key| text(object.get(key)?));
        if self.is_known {
            // A page lists related articles as well.
            let is_same = || self.headline.as_deref().map(key) == headline().as_deref().map(key);
            if matches!(kind, Kind::Page) || self.headline.is_none() || !is_same() {
                return;
            }
        } else {
            self.is_known = true;
            self.headline = headline();
        }
        let date = |key| object.get(key).and_then(Value::as_str).and_then(PublishedAt::parse)?.plausible();
        self.date = self.date.or_else(|| date("datePublished")).or_else(|| date("dateCreated"));
        self.modified = self.modified.or_else(|| date("dateModified"));
        self.language = self.language.take().or_else(|| text(object.get("inLanguage")?));
        self.description = self.description.take().or_else(|| clean_long(object.get("description")?.as_str()?));
        self.image = self.image.take().or_else(|| address(object.get("image")?, 0));
        if self.authors.is_empty() {
            let authors = ["author", "creator"].into_iter().filter_map(|key| object.get(key));
            let authors = authors.map(|authors| list(authors).iter().take(names::MOST).filter_map(named));
            self.authors = authors.map(Iterator::collect::<Vec<_>>).find(|list| !list.is_empty()).unwrap_or_default();
        }
        if let (Some(keywords), true) = (object.get("keywords"), self.tags.is_empty()) {
            self.tags = list(keywords).iter().take(MOST_TAGS).filter_map(text).collect();
        }
    }
}

fn list(value: &Value) -> &[Value] {
    match value {
        Value::Array(values) => values.as_slice(),
        value => std::slice::from_ref(value),
    }
}

fn kinds(object: &Map<String, Value>) -> Vec<&str> {
    let kinds = object.get("@type").map(list).unwrap_or_default();
    let kinds = kinds.iter().take(10).filter_map(Value::as_str);
    kinds.map(|kind| kind.rsplit(['/', '#', ':']).next().unwrap_or(kind)).collect()
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || kind.ends_with("Posting") && kind != "JobPosting" || kind == "Report"
}

fn is_organisation(kind: &str) -> bool {
    kind.ends_with("Organization") || matches!(kind, "Corporation" | "LocalBusiness" | "Brand" | "WebSite")
}

/// A person or an organisation, given by its name, as an object, or by the `@id` of one.
fn named(value: &Value) -> Option<Named> {
    match value {
        Value::Object(object) => named_object(object),
        other => Some(Named::Author(Author { name: text(other)?, is_organisation: false })),
    }
}

fn named_object(object: &Map<String, Value>) -> Option<Named> {
    let is_organisation = kinds(object).into_iter().any(is_organisation);
    match object.get("name").and_then(text) {
        Some(name) => Some(Named::Author(Author { name, is_organisation })),
        None => Some(Named::Id(object.get("@id")?.as_str()?.to_owned())),
    }
}

/// The address of an image, given as such, as an object, or as the first of a list.
fn address(value: &Value, depth: usize) -> Option<String> {
    match value {
        Value::String(address) => clean(address),
        Value::Array(values) if depth < 2 => address(values.first()?, depth + 1),
        Value::Object(object) if depth < 3 => {
            let inner = ["url", "contentUrl"].into_iter().find_map(|key| object.get(key));
            address(inner?, depth + 1)
        }
        _ => None,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => clean(text),
        Value::Array(values) => values.first()?.as_str().and_then(clean),
        _ => None,
    }
}

//! Writes the blocks that were kept: one file a format.
//!
//! Each takes the kept blocks in reading order and leaves out those with nothing to show.

pub mod explain;
pub mod html;
mod inline;
pub mod json;
pub mod markdown;
pub mod text;

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;

use crate::article::Article;
use crate::document::{Block, BlockKind, Place};
use crate::metadata::date::PublishedAt;
use crate::page::Page;

/// The formats that an article is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// `CommonMark` with tables.
    Markdown,
    /// HTML with semantic tags only.
    Html,
    /// A JSON record over several lines.
    Json,
    /// A JSON record on a line.
    JsonLines,
}

/// What is written beside the body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extras {
    /// The title, on top of the body.
    pub title: bool,
    /// Metadata in front of Markdown, as YAML between two lines of hyphens.
    pub front_matter: bool,
}

impl Format {
    /// The ending of files in this format.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
        }
    }
}

/// Writes what became of a page in a format. Records carry its `id` as it is given.
pub fn render(article: &Article, format: Format, extras: Extras, id: Value, page: &Page<'_>) -> String {
    let blocks = || with_title(article, extras.title);
    match format {
        Format::Text => text::text(&blocks()),
        Format::Markdown if extras.front_matter => {
            front_matter(article, page.url.as_deref()) + &markdown::markdown(&blocks())
        }
        Format::Markdown => markdown::markdown(&blocks()),
        Format::Html => html::html(&blocks(), article.metadata.language.as_deref()),
        Format::Json => json::pretty(&record(article, extras, id, page)),
        Format::JsonLines => json::line(&record(article, extras, id, page)),
    }
}

/// The record of a page that became an article.
pub fn record<'a>(article: &'a Article, extras: Extras, id: Value, page: &'a Page<'_>) -> json::Record<'a> {
    let mut record = json::record(article, id, page);
    if extras.title {
        record.text = text::text(&with_title(article, true));
    }
    record
}

impl Article {
    /// The body as plain text.
    pub fn text(&self) -> String {
        text::text(&self.ledger.rest(&self.document))
    }
}

fn with_title(article: &Article, wanted: bool) -> Vec<Cow<'_, Block>> {
    let mut blocks = article.ledger.rest(&article.document);
    if let Some(title) = article.metadata.title.as_ref().filter(|_| wanted) {
        let place = Place::Text { bytes: 0..0, line: 1 };
        blocks.insert(0, Cow::Owned(Block::new(BlockKind::Heading { level: 1 }, title, place)));
    }
    blocks
}

/// The metadata as YAML. JSON strings and lists are those of YAML (YAML 1.2, 1.3), whatever is in them.
fn front_matter(article: &Article, url: Option<&str>) -> String {
    let metadata = &article.metadata;
    let text = |text: Option<&str>| text.map(Value::from);
    let day = |date: Option<PublishedAt>| date.map(|date| Value::from(date.to_string()));
    let tags = (!metadata.tags.is_empty()).then(|| Value::from(metadata.tags.clone()));
    let fields = [
        ("title", text(metadata.title.as_deref())),
        ("author", text(metadata.author.as_deref())),
        ("date", day(metadata.date)),
        ("modified", day(metadata.modified)),
        ("language", text(metadata.language.as_deref())),
        ("site", text(metadata.site.as_deref())),
        ("description", text(metadata.description.as_deref())),
        ("canonical", text(metadata.canonical.as_deref())),
        ("tags", tags),
        ("image", text(metadata.image.as_deref())),
        ("source", text(article.source_id().map(AsRef::as_ref))),
        ("url", text(url)),
    ];
    let mut yaml = "---\n".to_owned();
    for (key, value) in fields {
        if let Some(value) = value {
            // Writing to a string cannot fail.
            let _ = writeln!(yaml, "{key}: {value}");
        }
    }
    yaml + "---\n\n"
}

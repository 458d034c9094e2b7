//! The layout of `ScrapingHub`'s article extraction benchmark: all truth in `ground-truth.json`, an object with a key a page.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{CorpusError, Read, Truth, source_of};
use crate::evaluate::json::{object, texts, told};

/// The file.
pub(super) const TRUTH: &str = "ground-truth.json";

pub(super) fn read(path: &Path) -> Result<Read, CorpusError> {
    let bytes = fs::read(path).map_err(|error| CorpusError::Unreadable { path: path.to_owned(), error })?;
    let all = object(&bytes).map_err(|message| CorpusError::Broken { path: path.to_owned(), message })?;
    let pages = all.iter().map(|(id, entry)| (format!("{}: \"{id}\"", path.display()), page(id, entry)));
    Ok(pages.collect())
}

fn page(id: &str, entry: &Value) -> Result<Truth, String> {
    let text = |key: &str| told(entry.get(key));
    let Some(body) = text("articleBody") else { return Err("it has no \"articleBody\"".to_owned()) };
    let url = text("url").filter(|url| !url.is_empty());
    Ok(Truth {
        id: id.to_owned(),
        source: source_of(url.as_deref()),
        page_type: "article".to_owned(),
        // Only benchmarks that follow this one tell more than body and address.
        title: text("title"),
        author: text("author"),
        date: text("publish_date"),
        body,
        with: texts(entry.get("with"), "with")?,
        without: texts(entry.get("without"), "without")?,
        url,
        ..Truth::default()
    })
}

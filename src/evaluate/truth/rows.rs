//! The layout that has all truth in one file: `truth.jsonl`, an object a line.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{CorpusError, Read, Truth, source_of};
use crate::evaluate::json::{object, texts, told};

/// The file.
pub(super) const TRUTH: &str = "truth.jsonl";

pub(super) fn read(path: &Path) -> Result<Read, CorpusError> {
    let bytes = fs::read(path).map_err(|error| CorpusError::Unreadable { path: path.to_owned(), error })?;
    let lines = bytes.split(|byte| *byte == b'\n').enumerate();
    let filled = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
    Ok(filled.map(|(at, line)| (format!("{}: line {}", path.display(), at + 1), page(line))).collect())
}

fn page(line: &[u8]) -> Result<Truth, String> {
    let row = object(line)?;
    let text = |key: &str| told(row.get(key));
    let Some(id) = text("id") else { return Err("it has no \"id\"".to_owned()) };
    let Some(body) = text("body") else { return Err(format!("page `{id}` has no \"body\"")) };
    let url = text("url").filter(|url| !url.is_empty());
    let numbers = |value: &Value| -> Option<Vec<usize>> {
        value.as_array()?.iter().map(|number| usize::try_from(number.as_u64()?).ok()).collect()
    };
    let optional = match row.get("optional") {
        None | Some(Value::Null) => Vec::new(),
        Some(value) => numbers(value).ok_or("\"optional\" must be a list of numbers of paragraphs, from 0")?,
    };
    Ok(Truth {
        id,
        source: text("source").unwrap_or_else(|| source_of(url.as_deref())),
        page_type: text("page_type").unwrap_or_else(|| "article".to_owned()),
        title: text("title"),
        author: text("author"),
        date: text("date"),
        body,
        with: texts(row.get("with"), "with")?,
        without: texts(row.get("without"), "without")?,
        paragraphs: texts(row.get("paragraphs"), "paragraphs")?,
        optional,
        url,
        ..Truth::default()
    })
}

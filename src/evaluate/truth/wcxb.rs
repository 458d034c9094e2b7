//! The layout of WCXB, the Web Content eXtraction Benchmark: `ground-truth/<id>.json` for each page, in each of its halves
//! `dev` and `test`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{CorpusError, Read, Truth, source_of};
use crate::evaluate::json::{object, texts, told};

/// The folder.
pub(super) const TRUTH: &str = "ground-truth";

pub(super) fn read(folder: &Path) -> Result<Read, CorpusError> {
    let unreadable = |error| CorpusError::Unreadable { path: folder.to_owned(), error };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        paths.push(entry.map_err(unreadable)?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    Ok(paths.into_iter().map(|path| (path.display().to_string(), page(&path))).collect())
}

fn page(path: &PathBuf) -> Result<Truth, String> {
    let bytes = fs::read(path).map_err(|error| format!("cannot be read: {error}"))?;
    let file = Value::Object(object(&bytes)?);
    let truth = &file["ground_truth"];
    let text = |key: &str| told(truth.get(key));
    if !truth.is_object() {
        return Err("it has no \"ground_truth\"".to_owned());
    }
    let kind = &file["_internal"]["page_type"];
    let page_type = told(kind.get("primary")).or_else(|| told(Some(kind))).unwrap_or_else(|| "article".to_owned());
    let url = told(file.get("url")).filter(|url| !url.is_empty());
    Ok(Truth {
        id: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        source: source_of(url.as_deref()),
        // The name that it had before.
        page_type: if page_type == "category" { "collection".to_owned() } else { page_type },
        title: text("title"),
        author: text("author"),
        date: text("publish_date"),
        // A page that shows nothing without scripts has none, and nothing is the right answer.
        body: text("main_content").unwrap_or_default(),
        with: texts(truth.get("with"), "with")?,
        without: texts(truth.get("without"), "without")?,
        url,
        ..Truth::default()
    })
}

//! Tells what kind of input a page is, by the ending of its file name and then by its content, and turns away what is
//! no page at all.
//!
//! Two questions, because one has to be asked of bytes, before a PDF is decoded as if it were text
//! ([`refuse_binary`]), and the other of text ([`kind_of`]).

mod binary;
mod markup;

use std::path::Path;

use crate::page::{Content, InputFormat, Page};

/// What was given is not a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is {what}, not a page: {advice}")]
pub struct NotAPage {
    /// What it is, such as `a PDF`.
    pub what: &'static str,
    /// What to do.
    pub advice: &'static str,
}

/// Turns away bytes that no decoding makes a page of: documents, pictures, archives, programs. Text is turned away
/// where it still begins like one of these.
///
/// ```
/// use dehusk::kind::refuse_binary;
/// use dehusk::page::{Content, Page};
///
/// let page = Page { content: Content::Bytes(b"%PDF-1.7\n".into()), ..Page::default() };
/// let error = refuse_binary(&page).unwrap_err();
/// assert_eq!(error.to_string(), "this is a PDF, not a page: convert it to HTML or text first");
/// ```
pub fn refuse_binary(page: &Page<'_>) -> Result<(), NotAPage> {
    match &page.content {
        Content::Bytes(bytes) => binary::recognise(bytes).map_or(Ok(()), Err),
        Content::Text(text) => binary::recognise_text(text).map_or(Ok(()), Err),
    }
}

/// The kind of a page: what the user says, else what the ending of its name says, else what its text looks like.
///
/// The endings of plain text say less than others: HTML and Markdown are saved under them as well, so there the text
/// is looked at. Whether it is Markdown, `looks_like_markdown` tells.
///
/// ```
/// use dehusk::kind::kind_of;
/// use dehusk::page::{InputFormat, Page};
///
/// let page = Page { file_name: Some("a.xhtml".into()), ..Page::default() };
/// assert_eq!(kind_of(&page, "", |_| false), Ok(InputFormat::Html));
/// assert_eq!(kind_of(&Page::default(), "<!doctype html>", |_| false), Ok(InputFormat::Html));
/// assert_eq!(kind_of(&Page::default(), "Just words.", |_| false), Ok(InputFormat::Text));
/// ```
pub fn kind_of(
    page: &Page<'_>,
    text: &str,
    looks_like_markdown: impl Fn(&str) -> bool,
) -> Result<InputFormat, NotAPage> {
    if let Some(format) = page.format {
        return Ok(format);
    }
    let ending = page.file_name.as_deref().map(ending_of).unwrap_or_default();
    match ending.as_str() {
        "md" | "markdown" => return Ok(InputFormat::Markdown),
        "json" => return Err(JSON),
        "jsonl" | "ndjson" => return Err(JSON_LINES),
        _ => {}
    }
    if let Some(error) = markup::other_than_html(text) {
        return Err(error);
    }
    let html = match ending.as_str() {
        "html" | "htm" | "xhtml" | "xht" | "shtml" | "php" => true,
        _ => markup::is_html(text) || markup::looks_like_html(text) && !looks_like_markdown(text),
    };
    if html {
        return Ok(InputFormat::Html);
    }
    if !matches!(ending.as_str(), "txt" | "text") {
        if text.trim_start().starts_with("WARC/1.") {
            return Err(WARC);
        }
        if looks_like_json(text) {
            return Err(JSON);
        }
    }
    Ok(if looks_like_markdown(text) { InputFormat::Markdown } else { InputFormat::Text })
}

const JSON: NotAPage = NotAPage { what: "JSON", advice: "give records, one a line, with --input-format jsonl" };
const JSON_LINES: NotAPage = NotAPage { what: "JSON Lines", advice: "give it with --input-format jsonl" };
const WARC: NotAPage = NotAPage { what: "a WARC archive", advice: "take its pages out first" };

fn ending_of(name: &str) -> String {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
    ending.unwrap_or_default().to_ascii_lowercase()
}

/// Whether a text is JSON: an object with a key, or a list of such. A lone bracket begins many a line of Markdown.
fn looks_like_json(text: &str) -> bool {
    let text = text.trim_start();
    let object = text.strip_prefix('[').map_or(text, str::trim_start);
    let Some(key) = object.strip_prefix('{').and_then(|rest| rest.trim_start().strip_prefix('"')) else { return false };
    key.split_once('"').is_some_and(|(_, behind)| behind.trim_start().starts_with(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str, text: &str) -> Result<InputFormat, NotAPage> {
        let page = Page { file_name: Some(name.into()), ..Page::default() };
        kind_of(&page, text, |text| text.starts_with("# "))
    }

    #[test]
    fn the_ending_decides_first() {
        assert_eq!(kind("a.HTM", "# words"), Ok(InputFormat::Html));
        assert_eq!(kind("a.php", ""), Ok(InputFormat::Html));
        assert_eq!(kind("a.markdown", "<html>"), Ok(InputFormat::Markdown));
        assert_eq!(kind("a.txt", "{\"a\": 1}"), Ok(InputFormat::Text));
        assert_eq!(kind("a.txt", "# Title"), Ok(InputFormat::Markdown));
        assert_eq!(kind("a.txt", "<!DOCTYPE html><p>saved as text"), Ok(InputFormat::Html));
    }

    #[test]
    fn then_the_content() {
        for html in
            ["\u{feff} <!-- saved --> <!doctype HTML>", "<?xml version='1.0'?>\n<html xmlns=''>", "<div><p>A</p></div>"]
        {
            assert_eq!(kind("page", html), Ok(InputFormat::Html), "{html}");
        }
        assert_eq!(kind("page", "# Title\n<p>inline"), Ok(InputFormat::Markdown));
        assert_eq!(kind("page.asp", "a < b and <c>"), Ok(InputFormat::Text));
        assert_eq!(kind("page", ""), Ok(InputFormat::Text));
        assert_eq!(kind("page", "[{link}](x): text"), Ok(InputFormat::Text));
    }

    #[test]
    fn what_the_user_says_stands() {
        let page = Page { format: Some(InputFormat::Lines), file_name: Some("a.html".into()), ..Page::default() };
        assert_eq!(kind_of(&page, "{\"a\": 1}", |_| true), Ok(InputFormat::Lines));
    }

    #[test]
    fn other_text_is_turned_away() {
        let what = |name, text| kind(name, text).map_err(|error| error.what);
        assert_eq!(what("a", " [ {\"id\" : 1}]"), Err("JSON"));
        assert_eq!(what("a.jsonl", ""), Err("JSON Lines"));
        assert_eq!(what("a", "WARC/1.0\r\n"), Err("a WARC archive"));
        assert_eq!(what("a", "<?xml version='1.0'?><!-- x --><svg>"), Err("an SVG image"));
        assert_eq!(what("a.html", "<?xml version='1.0'?><rss version='2'>"), Err("a feed"));
    }
}

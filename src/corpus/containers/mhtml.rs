//! Finds the page in an MHTML message, as browsers save it.
//!
//! The parts are found here and not by mailparse, which goes down into parts within parts without a bound and makes a list
//! of all of them: pictures and styles are most of such a file, and the page is mostly the first part.

use mailparse::{MailHeader, MailHeaderMap as _, parse_content_type, parse_headers, parse_mail};
use memchr::memmem;

use crate::page::InputFormat;

/// Parts within parts: browsers write one level, or two.
const DEEPEST: usize = 32;

/// So many parts are looked at.
const MOST_PARTS: usize = 20_000;

/// Headers of a part that are longer are none.
const MAX_HEADERS: usize = 256 * 1024;

/// The page of a message.
#[derive(Debug)]
pub(super) struct Root {
    pub(super) body: Vec<u8>,
    pub(super) url: Option<String>,
    pub(super) charset: Option<String>,
    pub(super) format: Option<InputFormat>,
}

/// The page: the part that the message calls its beginning, else the first that is HTML, else the first that is text.
pub(super) fn root(message: &[u8]) -> Result<Root, String> {
    // A line of mail boxes, and blank lines.
    let message = message.trim_ascii_start();
    let (headers, _) = headers(message)?;
    let url = address(&headers, "Snapshot-Content-Location").or_else(|| address(&headers, "Content-Location"));
    let start =
        headers.get_first_value("Content-Type").and_then(|value| parse_content_type(&value).params.remove("start"));
    let mut text = None;
    let mut open = vec![(message, 0)];
    let mut seen = 0;
    let mut first_html = None;
    while let Some((part, depth)) = open.pop() {
        seen += 1;
        if seen > MOST_PARTS {
            return Err(format!("more than {MOST_PARTS} parts"));
        }
        let Ok((headers, body)) = self::headers(part) else { continue };
        let content_type = headers.get_first_value("Content-Type").map(|value| parse_content_type(&value));
        let Some(content_type) = content_type else { continue };
        let media = content_type.mimetype.to_ascii_lowercase();
        if media.starts_with("multipart/") {
            if depth == DEEPEST {
                return Err(format!("parts within parts, more than {DEEPEST} times over"));
            }
            let Some(boundary) = content_type.params.get("boundary").filter(|boundary| !boundary.is_empty()) else {
                return Err("a message of several parts that does not say what stands between them".into());
            };
            let before = open.len();
            let left = MOST_PARTS.saturating_sub(seen);
            open.extend(parts(&part[body..], boundary).take(left + 1).map(|part| (part, depth + 1)));
            open[before..].reverse();
            continue;
        }
        let is_start = start
            .as_deref()
            .is_some_and(|start| headers.get_first_value("Content-ID").is_some_and(|id| id.trim() == start.trim()));
        let is_html = matches!(media.as_str(), "text/html" | "application/xhtml+xml");
        if is_html && (is_start || start.is_none()) {
            return page(part, url);
        }
        if is_html && first_html.is_none() {
            first_html = Some(part);
        }
        if text.is_none() && media.starts_with("text/") && !matches!(media.as_str(), "text/css" | "text/javascript") {
            text = Some(part);
        }
    }
    match first_html.or(text) {
        Some(part) => page(part, url),
        None => Err("a message without a page: none of its parts is HTML or text".into()),
    }
}

/// The headers of a part, and where its body begins.
fn headers(part: &[u8]) -> Result<(Vec<MailHeader<'_>>, usize), String> {
    let most = part.len().min(MAX_HEADERS);
    parse_headers(&part[..most]).map_err(|error| format!("its MIME headers are broken: {error}"))
}

/// What stands between the lines of a boundary: behind the first and before each next one.
fn parts<'a>(body: &'a [u8], boundary: &str) -> impl Iterator<Item = &'a [u8]> + use<'a> {
    let line = format!("--{boundary}");
    let finder = memmem::Finder::new(line.as_bytes()).into_owned();
    let length = line.len();
    let mut rest = Some(body);
    let mut is_first = true;
    std::iter::from_fn(move || {
        loop {
            let current = rest?;
            let mut from = 0;
            let place = loop {
                let Some(found) = finder.find(&current[from..]).map(|found| found + from) else { break None };
                let begins_line = found == 0 || current[found - 1] == b'\n';
                let behind = current[found + length..].iter().find(|byte| !matches!(byte, b' ' | b'\t'));
                // A boundary that is the beginning of another one is none.
                if begins_line && matches!(behind, None | Some(b'\r' | b'\n' | b'-')) {
                    break Some(found);
                }
                from = found + length;
            };
            let (part, behind) = match place {
                Some(place) => (&current[..place], &current[place + length..]),
                // The last part of a file that was cut off has no end.
                None => (current, &[][..]),
            };
            let is_last = place.is_none() || behind.starts_with(b"--");
            let next_line = memchr::memchr(b'\n', behind).map_or(behind.len(), |end| end + 1);
            rest = (!is_last).then(|| &behind[next_line..]);
            if !std::mem::take(&mut is_first) {
                return Some(part);
            }
        }
    })
}

fn page(part: &[u8], url: Option<String>) -> Result<Root, String> {
    let broken = |error| format!("its part with the page is broken: {error}");
    // Not a part of several: it goes no deeper.
    let mail = parse_mail(part).map_err(broken)?;
    let url = url.or_else(|| address(&mail.headers, "Content-Location"));
    let is_html = mail.ctype.mimetype.to_ascii_lowercase().contains("html");
    // Where none is told, mailparse says US-ASCII.
    let charset = mail.ctype.params.get("charset").filter(|charset| !charset.is_empty()).cloned();
    Ok(Root { body: mail.get_body_raw().map_err(broken)?, url, charset, format: is_html.then_some(InputFormat::Html) })
}

/// An address of the web in a header.
fn address(headers: &[MailHeader<'_>], name: &str) -> Option<String> {
    let value = headers.get_first_value(name)?;
    let value = value.trim();
    (value.starts_with("http://") || value.starts_with("https://")).then(|| value.to_owned())
}

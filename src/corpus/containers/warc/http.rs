//! What a server says of its answer: the status line and the headers.

use httparse::{EMPTY_HEADER, ParserConfig, Status};

use super::coding::Coding;
use crate::page::InputFormat;

/// Headers that are longer are broken.
pub(super) const MAX_HEAD: usize = 64 * 1024;

/// Most answers have twenty; a few headers more than that cost a second look.
const HEADERS: [usize; 2] = [96, 4096];

/// The head of an answer.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) content_type: Option<ContentType>,
    /// In the order in which they were applied.
    pub(super) codings: Vec<Coding>,
    /// Where the body begins.
    pub(super) length: usize,
}

/// A content type with its charset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ContentType {
    pub(super) media: String,
    pub(super) charset: Option<String>,
}

/// What a content type says of the kind of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// It is this kind of page.
    Page(Option<InputFormat>),
    /// It may be anything.
    Nothing,
    /// It is no page.
    NoPage,
}

/// Reads the head of an answer; `Ok(None)` if it does not end within these bytes.
pub(super) fn head(bytes: &[u8]) -> Result<Option<Head>, String> {
    if !bytes.starts_with(b"HTTP/") {
        return Err("it has no status line of HTTP".into());
    }
    let Some(line) = memchr::memchr(b'\n', bytes) else { return Ok(None) };
    let status = bytes[..line].split(|byte| *byte == b' ').filter(|word| !word.is_empty()).nth(1);
    let status = status.and_then(|status| std::str::from_utf8(status.trim_ascii()).ok()?.parse().ok());
    let status = status.ok_or("its status line has no status")?;
    // Versions that the parser does not know have the same headers.
    let known: &[u8] = b"HTTP/1.1 200 OK\r\n";
    let text = [known, &bytes[line + 1..bytes.len().min(line + 1 + MAX_HEAD)]].concat();
    let mut config = ParserConfig::default();
    config
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .ignore_invalid_headers_in_responses(true);
    for count in HEADERS {
        let mut headers = vec![EMPTY_HEADER; count];
        let mut response = httparse::Response::new(&mut headers);
        match config.parse_response(&mut response, &text) {
            Ok(Status::Complete(length)) => {
                let mut head =
                    Head { status, content_type: None, codings: Vec::new(), length: line + 1 + length - known.len() };
                for header in response.headers.iter() {
                    head.take(header);
                }
                return Ok(Some(head));
            }
            Ok(Status::Partial) if text.len() >= MAX_HEAD => break,
            Ok(Status::Partial) => return Ok(None),
            Err(httparse::Error::TooManyHeaders) => {}
            Err(error) => return Err(format!("its HTTP headers are broken: {error}")),
        }
    }
    Err("its HTTP headers are longer than 64 KiB, or more than 4096".into())
}

impl Head {
    fn take(&mut self, header: &httparse::Header<'_>) {
        let name = header.name.to_ascii_lowercase();
        let value = String::from_utf8_lossy(header.value);
        match name.as_str() {
            "content-type" if !value.trim().is_empty() => self.content_type = Some(ContentType::parse(&value)),
            "content-encoding" => {
                let codings = value.split(',').filter_map(|name| Coding::of_name(name.trim()));
                // What is done for the way is done after what is done to the page.
                let chunked = self.codings.iter().position(|coding| *coding == Coding::Chunked);
                let place = chunked.unwrap_or(self.codings.len());
                self.codings.splice(place..place, codings);
            }
            "transfer-encoding" => {
                self.codings.extend(value.split(',').filter_map(|name| Coding::of_name(name.trim())));
            }
            _ => {}
        }
    }
}

impl ContentType {
    pub(super) fn parse(value: &str) -> Self {
        let mut parts = value.split(';');
        let media = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let charset = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            let value = value.trim().trim_matches(['"', '\'']).trim();
            (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
        });
        Self { media, charset }
    }

    /// What it says of the kind of a page.
    pub(super) fn says(&self) -> Says {
        match self.media.as_str() {
            "text/html" | "application/xhtml+xml" | "application/vnd.wap.xhtml+xml" => {
                Says::Page(Some(InputFormat::Html))
            }
            "text/markdown" | "text/x-markdown" => Says::Page(Some(InputFormat::Markdown)),
            // Servers call everything so that they know no better name for.
            "text/plain" => Says::Page(None),
            ""
            | "application/octet-stream"
            | "binary/octet-stream"
            | "application/x-unknown-content-type"
            | "unknown/unknown"
            | "text"
            | "*/*" => Says::Nothing,
            _ => Says::NoPage,
        }
    }
}

/// What a status that is no success is counted by; `None` for one that comes with a page.
pub(super) fn no_page(status: u16) -> Option<&'static str> {
    macro_rules! words {
        ($($status:literal)*) => {
            match status {
                $($status => Some(concat!("status ", $status)),)*
                200..300 => None,
                100..200 => Some("status 1xx"),
                300..400 => Some("status 3xx"),
                400..500 => Some("status 4xx"),
                500..600 => Some("status 5xx"),
                _ => Some("another status"),
            }
        };
    }
    words!(204 205 300 301 302 303 304 307 308 400 401 402 403 404 405 406 408 409 410 412 415 416 418 421 422 423 425 426 429
        431 451 500 501 502 503 504 520 521 522 523 524 525 526 530 999)
}

/// Whether something that has no type is text, by its beginning.
pub(super) fn is_binary(body: &[u8]) -> bool {
    let start = &body[..body.len().min(512)];
    // Text of two bytes a letter has zeros too, and a mark before them.
    let is_utf16 = start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]);
    !is_utf16 && start.contains(&0)
}

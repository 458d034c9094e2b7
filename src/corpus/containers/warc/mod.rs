//! Reads pages from WARC files, WET among them, whatever is broken in them.
//!
//! A reader of our own, since those that there are end at the first broken record, or want to seek (fastwarc: that too, and
//! the crate `encoding`, which nobody keeps any more). Records are found and their headers read in their order; what an
//! answer was compressed by for its way is undone by the thread that reads the page.

mod coding;
mod header;
mod http;
mod records;

use std::sync::Arc;

use self::coding::Coding;
use self::header::{Header, Type};
use self::http::{ContentType, Head, Says};
use self::records::{Records, Trouble};
use super::{Bytes, Options, failure, too_large};
use crate::corpus::entry::{Entries, Entry, Failure, Named};
use crate::corpus::jsonl::Id;
use crate::page::{Content, InputFormat, Page};

/// Of an answer so much is looked at first; few headers are longer.
const FIRST_LOOK: usize = 4096;

const NO_PAGE: &str = "not a page by its content type";

pub(super) fn open(name: String, bytes: Bytes, options: &Options) -> Entries {
    let warc = Warc {
        name: name.into(),
        records: Records::new(bytes, options.max_page_bytes),
        most: options.max_page_bytes,
        format: options.format,
    };
    Box::new(warc)
}

struct Warc {
    name: Arc<str>,
    records: Records,
    most: usize,
    format: Option<InputFormat>,
}

impl Iterator for Warc {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let (place, header) = match self.records.next_header()? {
            (place, Ok(header)) => (place, header),
            (place, Err(trouble)) => {
                return Some(Entry::Failed(failure(self.place(place, None), trouble.reason())));
            }
        };
        let found =
            Found { id: header.id.clone(), url: header.url.clone(), place: self.place(place, header.id.as_deref()) };
        let entry = match header.kind {
            Type::Other(word) => Ok(Err(word)),
            Type::Response => self.response(&header),
            Type::Resource | Type::Conversion => self.plain(&header),
        };
        let entry = entry.and_then(|content| match content {
            Ok(body) => self.records.end().map(|()| Ok(body)),
            Err(word) => self.records.skip_rest().map(|()| Err(word)),
        });
        Some(match entry {
            Ok(Ok(body)) => {
                let most = self.most;
                Entry::Page(Box::new(move || body.read(found, most)))
            }
            Ok(Err(word)) => Entry::PassedOver(word),
            Err(trouble) => {
                self.records.go_on_after(&trouble);
                Entry::Failed(found.failed(trouble.reason()))
            }
        })
    }
}

/// A page that was found, or in a word why it is none.
type Wanted = Result<Body, &'static str>;

impl Warc {
    fn place(&self, byte: u64, id: Option<&str>) -> String {
        let id = id.map(|id| format!(" (id {id})")).unwrap_or_default();
        format!("{}: record at byte {byte}{id}", self.name)
    }

    fn response(&mut self, header: &Header) -> Result<Wanted, Trouble> {
        let content_type = ContentType::parse(&header.content_type);
        if !matches!(content_type.media.as_str(), "application/http" | "" | "application/octet-stream") {
            return Ok(Err("another protocol than HTTP"));
        }
        let Some(head) = self.head(header.length)? else { return Ok(Err("another protocol than HTTP")) };
        if let Some(word) = http::no_page(head.status) {
            return Ok(Err(word));
        }
        let says = head.content_type.as_ref().map_or(Says::Nothing, ContentType::says);
        if says == Says::NoPage {
            return Ok(Err(NO_PAGE));
        }
        self.records.leave_out(head.length)?;
        let bytes = self.body()?;
        if says == Says::Nothing && head.codings.is_empty() && http::is_binary(&bytes) {
            return Ok(Err(NO_PAGE));
        }
        let charset = head.content_type.and_then(|content_type| content_type.charset);
        Ok(Ok(Body { bytes, codings: head.codings, charset, format: self.format.or(says.format()) }))
    }

    /// The head of an answer; `None` if it is no answer of a server of the web.
    fn head(&mut self, length: u64) -> Result<Option<Head>, Trouble> {
        let most = usize::try_from(length).unwrap_or(usize::MAX).min(http::MAX_HEAD + 1024);
        let mut look = FIRST_LOOK.min(most);
        loop {
            let start = self.records.look_at(look)?;
            if !start.starts_with(b"HTTP/") && !start.is_empty() {
                return Ok(None);
            }
            match http::head(start).map_err(Trouble::Unusable)? {
                Some(head) => return Ok(Some(head)),
                None if look < most => look = most,
                // An answer without a body may end without the blank line before it.
                None if most as u64 == length => {
                    let ended = [start, b"\r\n\r\n"].concat();
                    let head = http::head(&ended).map_err(Trouble::Unusable)?;
                    let head = head.ok_or_else(|| Trouble::Unusable("its HTTP headers have no end".into()))?;
                    return Ok(Some(Head { length: head.length.min(most), ..head }));
                }
                None => return Err(Trouble::Unusable("its HTTP headers are longer than 64 KiB".into())),
            }
        }
    }

    fn plain(&mut self, header: &Header) -> Result<Wanted, Trouble> {
        let content_type = ContentType::parse(&header.content_type);
        let is_text = header.kind == Type::Conversion;
        let says = content_type.says();
        if says == Says::NoPage {
            return Ok(Err(NO_PAGE));
        }
        let format = if is_text && says == Says::Page(None) { Some(InputFormat::Text) } else { says.format() };
        let bytes = self.body()?;
        if says == Says::Nothing && http::is_binary(&bytes) {
            return Ok(Err(NO_PAGE));
        }
        let charset = content_type.charset;
        Ok(Ok(Body { bytes, codings: Vec::new(), charset, format: self.format.or(format) }))
    }

    fn body(&mut self) -> Result<Vec<u8>, Trouble> {
        if self.records.left() > self.most as u64 {
            return Err(Trouble::Unusable(too_large(self.most)));
        }
        self.records.take_rest()
    }
}

impl Says {
    fn format(self) -> Option<InputFormat> {
        match self {
            Self::Page(format) => format,
            Self::Nothing | Self::NoPage => None,
        }
    }
}

/// What is known of a record with a page.
struct Found {
    id: Option<String>,
    url: Option<String>,
    place: String,
}

impl Found {
    fn failed(self, reason: impl Into<String>) -> Failure {
        Failure { id: self.id.map(Id::Text), url: self.url, ..failure(self.place, reason) }
    }
}

/// A page as it went over the wire.
struct Body {
    bytes: Vec<u8>,
    codings: Vec<Coding>,
    charset: Option<String>,
    format: Option<InputFormat>,
}

impl Body {
    fn read(self, found: Found, most: usize) -> Result<Named, Failure> {
        let bytes = match coding::undo(self.bytes, &self.codings, most) {
            Ok(bytes) => bytes,
            Err(reason) => return Err(found.failed(reason)),
        };
        let content = Content::Bytes(bytes.into());
        let page = Page { url: found.url, file_name: None, format: self.format, charset: self.charset, content };
        Ok(Named { id: found.id.map(Id::Text), place: found.place, relative: None, page })
    }
}

//! Tells what a file holds: by its name, and where that says nothing, by its first bytes.

use std::path::{Path, PathBuf};

/// The endings of pages.
pub const PAGES: [&str; 6] = ["html", "htm", "xhtml", "md", "markdown", "txt"];

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One page, as it is or compressed.
    Page,
    /// A page with all that belongs to it in one MIME message, as browsers save it.
    Mhtml,
    /// JSON Lines: a record a line.
    JsonLines,
    /// WARC, WET among them.
    Warc,
    /// A table.
    Parquet,
    /// A ZIP archive.
    Zip,
    /// A tar archive.
    Tar,
}

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Packing {
    /// Gzip, in one member or many.
    Gzip,
    /// Zstandard, in one frame or many.
    Zstd,
}

/// The endings of what is not one page, in small letters. A WAT file is WARC too, but holds no pages.
const CONTAINERS: [(&str, Kind); 10] = [
    ("mhtml", Kind::Mhtml),
    ("mht", Kind::Mhtml),
    ("jsonl", Kind::JsonLines),
    ("ndjson", Kind::JsonLines),
    ("warc", Kind::Warc),
    ("wet", Kind::Warc),
    ("parquet", Kind::Parquet),
    ("zip", Kind::Zip),
    ("tar", Kind::Tar),
    ("tgz", Kind::Tar),
];

impl Kind {
    /// What the name of a file says: `None` where it says nothing. Behind `.gz` and `.zst` it is the ending before that
    /// tells.
    pub fn of_name(name: &Path) -> Option<Self> {
        let (name, _) = Packing::split(name);
        let ending = name.extension()?.to_str()?.to_ascii_lowercase();
        let container = CONTAINERS.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind);
        container.or_else(|| PAGES.contains(&ending.as_str()).then_some(Self::Page))
    }

    /// What the first bytes say, once nothing is compressed any more: as many as there are, a few kilobytes are enough.
    /// What looks like nothing else is a page.
    pub fn of_bytes(start: &[u8]) -> Self {
        if start.starts_with(b"WARC/") {
            Self::Warc
        } else if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
            Self::Zip
        } else if start.starts_with(b"PAR1") {
            Self::Parquet
        } else if start.get(257..262) == Some(b"ustar") {
            Self::Tar
        } else if looks_like_mhtml(start) {
            Self::Mhtml
        } else {
            Self::Page
        }
    }

    /// Whether it holds one page and no more.
    pub fn is_one_page(self) -> bool {
        matches!(self, Self::Page | Self::Mhtml)
    }
}

impl Packing {
    /// A name without the ending that says how it is compressed, and what that is: `page.html.gz` is `page.html`.
    pub fn split(name: &Path) -> (PathBuf, Option<Self>) {
        let ending = name.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let packing = if ending.eq_ignore_ascii_case("gz") {
            Self::Gzip
        } else if ending.eq_ignore_ascii_case("zst") {
            Self::Zstd
        } else if ending.eq_ignore_ascii_case("tgz") {
            return (name.to_owned(), Some(Self::Gzip));
        } else {
            return (name.to_owned(), None);
        };
        (name.with_extension(""), Some(packing))
    }

    /// What the first four bytes say.
    pub fn of_bytes(start: &[u8]) -> Option<Self> {
        match start {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            // A frame, and one that is to be skipped: there may be a dictionary in it.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            _ => None,
        }
    }
}

/// Header lines of a message from the first byte on, and what only a message of several parts has.
fn looks_like_mhtml(start: &[u8]) -> bool {
    let mut names = start.split(|byte| *byte == b'\n').map(|line| line.split(|byte| *byte == b':').next());
    let is_header = |name: &[u8]| {
        let name = name.to_ascii_lowercase();
        ["from", "mime-version", "content-type", "snapshot-content-location", "subject", "date"]
            .iter()
            .any(|known| known.as_bytes() == name)
    };
    let head = start.to_ascii_lowercase();
    names.next().flatten().is_some_and(is_header)
        && memchr::memmem::find(&head, b"mime-version:").is_some()
        && memchr::memmem::find(&head, b"multipart/related").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell() {
        let kind = |name: &str| Kind::of_name(Path::new(name));
        assert_eq!(kind("a/b.html"), Some(Kind::Page));
        assert_eq!(kind("b.MD.zst"), Some(Kind::Page));
        assert_eq!(kind("b.MHT"), Some(Kind::Mhtml));
        assert_eq!(kind("CC-1.warc.wet.gz"), Some(Kind::Warc));
        assert_eq!(kind("b.warc.gz"), Some(Kind::Warc));
        assert_eq!(kind("b.tgz"), Some(Kind::Tar));
        assert_eq!(kind("b.jsonl.zst"), Some(Kind::JsonLines));
        assert_eq!(kind("b.wat.gz"), None);
        assert_eq!(kind("b.gz"), None);
        assert_eq!(kind("b"), None);
        assert_eq!(Packing::split(Path::new("a/b.html.GZ")), ("a/b.html".into(), Some(Packing::Gzip)));
        assert_eq!(Packing::split(Path::new("a/b.html")), ("a/b.html".into(), None));
    }

    #[test]
    fn bytes_tell() {
        assert_eq!(Kind::of_bytes(b"WARC/1.0\r\n"), Kind::Warc);
        assert_eq!(Kind::of_bytes(b"PAR1\x15"), Kind::Parquet);
        assert_eq!(Kind::of_bytes(b"PK\x03\x04"), Kind::Zip);
        let message = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n";
        assert_eq!(Kind::of_bytes(message), Kind::Mhtml);
        assert_eq!(Kind::of_bytes(b"From: a multipart/related story"), Kind::Page);
        assert_eq!(Kind::of_bytes(b"<p>MIME-Version: 1.0 multipart/related"), Kind::Page);
        assert_eq!(Kind::of_bytes(b""), Kind::Page);
        assert_eq!(Packing::of_bytes(b"\x1f\x8b\x08"), Some(Packing::Gzip));
        assert_eq!(Packing::of_bytes(b"\x5d\x2a\x4d\x18"), Some(Packing::Zstd));
        assert_eq!(Packing::of_bytes(b"<p>"), None);
    }
}

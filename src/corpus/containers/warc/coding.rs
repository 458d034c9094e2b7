//! Undoes what was done to a page for its way: chunks and compression. Crawlers often undo it and leave the header in
//! place, so what is not as the header says is taken as it is, if that may be text.

use std::io::{self, Read};

use crate::corpus::containers::{shown_bytes, too_large};

/// What was done to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Chunked,
    Gzip,
    Deflate,
    Brotli,
    Zstd,
    Unknown,
}

/// More than anybody applies; each costs a pass over the page.
const MOST: usize = 8;

/// What a decoder yields.
enum Decoded {
    /// All of it, or what there is before the data end.
    Bytes(Vec<u8>),
    /// These are not such data.
    Broken,
    TooLarge,
}

impl Coding {
    /// What a header names; `None` for what changes nothing.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "" | "identity" | "none" | "utf-8" | "utf8" | "binary" | "8bit" | "7bit" => return None,
            "chunked" => Self::Chunked,
            "gzip" | "x-gzip" => Self::Gzip,
            "deflate" => Self::Deflate,
            "br" => Self::Brotli,
            "zstd" => Self::Zstd,
            _ => Self::Unknown,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Chunked => "chunked",
            Self::Gzip => "gzip",
            Self::Deflate => "deflate",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
            Self::Unknown => "a coding that is not known",
        }
    }

    fn undo(self, bytes: &[u8], most: usize) -> Decoded {
        match self {
            Self::Chunked => dechunk(bytes).map_or(Decoded::Broken, Decoded::Bytes),
            Self::Gzip => decode(flate2::read::MultiGzDecoder::new(bytes), most),
            Self::Deflate => match decode(flate2::read::ZlibDecoder::new(bytes), most) {
                // Half of all servers never had the zlib header.
                Decoded::Broken if !is_surely_text(bytes) => decode(flate2::read::DeflateDecoder::new(bytes), most),
                decoded => decoded,
            },
            // Nothing tells these data from others; text may be taken for some.
            Self::Brotli if is_surely_text(bytes) => Decoded::Broken,
            Self::Brotli => decode(brotli_decompressor::Decompressor::new(bytes, 8192), most),
            Self::Zstd => {
                zstd::stream::read::Decoder::new(bytes).map_or(Decoded::Broken, |decoder| decode(decoder, most))
            }
            Self::Unknown => Decoded::Broken,
        }
    }
}

/// Undoes all that was done, the last first.
pub(super) fn undo(mut bytes: Vec<u8>, codings: &[Coding], most: usize) -> Result<Vec<u8>, String> {
    if codings.len() > MOST {
        return Err(format!("it was compressed {} times over", codings.len()));
    }
    for coding in codings.iter().rev() {
        if bytes.is_empty() {
            return Ok(bytes);
        }
        match coding.undo(&bytes, most) {
            Decoded::Bytes(decoded) => bytes = decoded,
            Decoded::TooLarge => return Err(format!("decompressed it is {}", too_large(most))),
            // Put together by the crawler, and perhaps still compressed.
            Decoded::Broken if *coding == Coding::Chunked || is_text(&bytes) => {}
            Decoded::Broken => {
                let (name, count) = (coding.name(), shown_bytes(bytes.len()));
                return Err(format!(
                    "cannot be decompressed: its headers say {name}, and its {count} are neither that nor text"
                ));
            }
        }
    }
    Ok(bytes)
}

/// Reads all, up to a bound. Data that end early are taken as far as they go, as browsers do.
fn decode(mut decoder: impl Read, most: usize) -> Decoded {
    let mut bytes = Vec::new();
    let result = decoder.by_ref().take(most as u64 + 1).read_to_end(&mut bytes);
    if bytes.len() > most {
        return Decoded::TooLarge;
    }
    match result {
        Ok(_) => Decoded::Bytes(bytes),
        // Behind a whole member there may be anything.
        Err(error) if !bytes.is_empty() && is_end(&error) => Decoded::Bytes(bytes),
        Err(_) => Decoded::Broken,
    }
}

fn is_end(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::UnexpectedEof || error.to_string() == "invalid gzip header"
}

/// The chunks, put together; `None` if there are none. What is cut off is taken as far as it goes.
fn dechunk(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    let mut is_first = true;
    loop {
        let Some(line) = memchr::memchr(b'\n', &rest[..rest.len().min(1024)]) else {
            return (!is_first).then_some(body);
        };
        let size = rest[..line].split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
        let size = std::str::from_utf8(size).ok().filter(|size| size.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let Some(size) = size.and_then(|size| usize::from_str_radix(size, 16).ok()) else {
            return (!is_first).then_some(body);
        };
        rest = &rest[line + 1..];
        if size == 0 {
            return Some(body);
        }
        let Some((chunk, behind)) = rest.split_at_checked(size) else {
            body.extend_from_slice(rest);
            return Some(body);
        };
        body.extend_from_slice(chunk);
        rest = match behind {
            [b'\r', b'\n', behind @ ..] | [b'\n', behind @ ..] => behind,
            [] | [b'\r'] => return Some(body),
            // A chunk does not end where it says: it is none.
            _ => return (!is_first).then_some(body),
        };
        is_first = false;
    }
}

/// Few compressed bytes may look like text by chance, many do not.
fn is_surely_text(bytes: &[u8]) -> bool {
    bytes.len() >= 64 && is_text(bytes)
}

/// Whether bytes may be text, by their beginning.
fn is_text(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(512)];
    let is_plain = |byte: &u8| *byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    let is_utf8 = match std::str::from_utf8(start) {
        Ok(_) => true,
        // A letter that was cut in two.
        Err(error) => error.error_len().is_none(),
    };
    start.iter().all(is_plain) && (is_utf8 || start.contains(&b'<'))
}

//! Defines how the bytes of a page become text, and who decided in which encoding they are.
//!
//! In this order: a byte-order mark; the charset that the transport declared; what the page declares of itself
//! ([`prescan`]); detection. Browsers believe the first declaration blindly. Scraped pages cannot be treated so: many
//! were converted to UTF-8 on the way while their `<meta>` still names the old charset, others were stored with a
//! blanket "UTF-8" on them. A declaration that the bytes plainly contradict is therefore passed over, and
//! [`Decoded::overruled`] says so.

mod prescan;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::str::Utf8Error;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};
use serde::Serialize;

use crate::page::{Content, Page};

/// How much is decoded at once: the buffer for the worst case stays small beside a large page.
const CHUNK: usize = 64 * 1024;

/// How much tells UTF-16 without a mark.
const SAMPLE: usize = 4096;

/// The text of a page, with where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without a byte-order mark. NUL characters are still in it: an HTML parser has its own rules for them,
    /// for other text there is [`replace_nuls`].
    pub text: Cow<'a, str>,
    /// The name of the encoding, as the Encoding Standard writes it.
    pub encoding: &'static str,
    /// What decided on the encoding.
    pub decided_by: DecidedBy,
    /// The first declared encoding that the bytes contradict, if any.
    pub overruled: Option<&'static str>,
    /// Some bytes mean nothing in this encoding; U+FFFD stands for them. A character cut off at the end does not count:
    /// it is left out.
    pub malformed: bool,
}

/// What decided on the encoding of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecidedBy {
    /// A byte-order mark.
    Mark,
    /// The charset that the transport declared.
    Transport,
    /// The page's own `<meta>` or XML declaration.
    Declaration,
    /// The bytes themselves.
    Detection,
    /// Nothing: the page came as text.
    Given,
}

/// Decodes a page.
///
/// ```
/// use dehusk::decode::{DecidedBy, decode};
/// use dehusk::page::{Content, Page};
///
/// let page = Page { content: Content::Bytes(b"<meta charset=latin1>Gr\xfc\xdfe".into()), ..Page::default() };
/// let decoded = decode(&page);
/// assert_eq!(decoded.text, "<meta charset=latin1>Grüße");
/// assert_eq!((decoded.encoding, decoded.decided_by), ("windows-1252", DecidedBy::Declaration));
/// ```
pub fn decode<'a>(page: &'a Page<'_>) -> Decoded<'a> {
    let bytes: &[u8] = match &page.content {
        Content::Text(text) => {
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            return Decoded {
                text: text.into(),
                encoding: UTF_8.name(),
                decided_by: DecidedBy::Given,
                overruled: None,
                malformed: false,
            };
        }
        Content::Bytes(bytes) => bytes,
    };
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return read(&bytes[mark..], encoding, DecidedBy::Mark, None);
    }
    let evidence = Evidence::of(bytes);
    let transport = page.charset.as_deref().and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let declarations = [(transport, DecidedBy::Transport), (prescan::declared_encoding(bytes), DecidedBy::Declaration)];
    let mut overruled = None;
    for (encoding, by) in declarations {
        // Labels of encodings that are unsafe in a browser stand for "replacement", which reads nothing.
        let Some(encoding) = encoding.filter(|&encoding| encoding != REPLACEMENT) else { continue };
        if evidence.allows(encoding, bytes) {
            return read(bytes, encoding, by, overruled);
        }
        overruled.get_or_insert(encoding.name());
    }
    read(bytes, evidence.detect(bytes, page), DecidedBy::Detection, overruled)
}

/// Puts U+FFFD in the place of NUL characters, as Markdown asks for.
pub fn replace_nuls(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\0') { text.replace('\0', "\u{fffd}").into() } else { text }
}

/// Whether bytes look like UTF-16 without a mark: of such pages, whose markup is ASCII, every other byte is often NUL.
pub(crate) fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let (pairs, _) = sample.as_chunks::<2>();
    let high = pairs.iter().filter(|pair| pair[0] == 0 && pair[1] != 0).count();
    let low = pairs.iter().filter(|pair| pair[1] == 0 && pair[0] != 0).count();
    let many = |count: usize| count >= 2 && count * 5 >= pairs.len();
    let clear = |count: usize, other: usize| many(count) && other * 20 <= count;
    match () {
        () if clear(low, high) => Some(UTF_16LE),
        () if clear(high, low) => Some(UTF_16BE),
        () => None,
    }
}

/// What the bytes say for and against encodings.
struct Evidence {
    utf16: Option<&'static Encoding>,
    ascii: bool,
    /// Read as UTF-8, nothing is malformed but perhaps a character that is cut off at the end.
    utf8: bool,
    /// It is UTF-8 even where nobody says so: next to nothing is malformed, and the only character beyond ASCII is not
    /// the one cut off, which may as well be the "é" of a "café" in another encoding.
    probably_utf8: bool,
}

impl Evidence {
    fn of(bytes: &[u8]) -> Self {
        let utf16 = unmarked_utf16(bytes);
        let (utf8, probably_utf8) = match valid_utf8(bytes) {
            Ok(_) => (true, true),
            Err(error) if error.error_len().is_none() => (true, !bytes[..error.valid_up_to()].is_ascii()),
            Err(_) => (false, is_mostly_utf8(bytes)),
        };
        Self { utf16, ascii: bytes.is_ascii(), utf8, probably_utf8 }
    }

    /// Whether a declared encoding may be believed.
    fn allows(&self, encoding: &'static Encoding, bytes: &[u8]) -> bool {
        if let Some(utf16) = self.utf16 {
            return encoding == utf16;
        }
        if encoding == UTF_8 {
            return self.utf8 || self.probably_utf8;
        }
        if encoding == UTF_16LE || encoding == UTF_16BE {
            return !self.utf8;
        }
        // Text of a legacy encoding that is not ASCII and yet valid UTF-8 does not happen by chance, except in a few
        // words of Chinese, Japanese or Korean: there the declared encoding must fail as well.
        let truly_utf8 = self.utf8 && !self.ascii;
        !truly_utf8 || !encoding.is_single_byte() && !encoding.decode_without_bom_handling(bytes).1
    }

    fn detect(&self, bytes: &[u8], page: &Page<'_>) -> &'static Encoding {
        if let Some(utf16) = self.utf16 {
            return utf16;
        }
        // ISO-2022-JP is all ASCII, with escapes.
        if self.probably_utf8 && !(self.ascii && bytes.contains(&0x1b)) {
            return UTF_8;
        }
        let domain = top_level_domain(page);
        let utf8 = if self.utf8 { Utf8Detection::Allow } else { Utf8Detection::Deny };
        let guess = |complete| {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
            detector.feed(bytes, complete);
            detector.guess(domain.as_deref().map(str::as_bytes), utf8)
        };
        // Half a character at the end disqualifies the encoding that it belongs to, if the detector takes the page for
        // complete. Where only that byte is beyond ASCII, it is no half character but the "é" of a "café".
        let may_be_cut = bytes.split_last().is_some_and(|(last, rest)| !last.is_ascii() && !rest.is_ascii());
        let whole = guess(true);
        if !may_be_cut || !whole.is_single_byte() {
            return whole;
        }
        Some(guess(false)).filter(|encoding| !encoding.is_single_byte()).unwrap_or(whole)
    }
}

/// A page in UTF-8 with a few broken bytes, from a comment cut at a byte count or the like, must not become mojibake as
/// a whole.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|&byte| byte >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 4 * bad
}

fn top_level_domain(page: &Page<'_>) -> Option<String> {
    let url = url::Url::parse(page.url.as_deref()?).ok()?;
    let last = url.domain()?.trim_end_matches('.').rsplit('.').next()?;
    Some(last.to_ascii_lowercase()).filter(|last| last.is_ascii() && !last.is_empty())
}

fn read<'a>(
    bytes: &'a [u8],
    encoding: &'static Encoding,
    decided_by: DecidedBy,
    overruled: Option<&'static str>,
) -> Decoded<'a> {
    let (text, malformed) = match borrowed(bytes, encoding) {
        Some(text) => (text.into(), false),
        None => owned(bytes, encoding),
    };
    Decoded { text, encoding: encoding.name(), decided_by, overruled, malformed }
}

/// The text, where its bytes are UTF-8 as they are.
fn borrowed<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Option<&'a str> {
    if encoding != UTF_8 && !(encoding.is_ascii_compatible() && bytes.is_ascii()) {
        return None;
    }
    match valid_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&bytes[..error.valid_up_to()]).ok(),
        Err(_) => None,
    }
}

/// The same as the standard library tells of bytes, only faster where they are UTF-8.
fn valid_utf8(bytes: &[u8]) -> Result<&str, Utf8Error> {
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(Cow::Borrowed(text)) => Ok(text),
        _ => std::str::from_utf8(bytes),
    }
}

fn owned(bytes: &[u8], encoding: &'static Encoding) -> (Cow<'static, str>, bool) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len());
    let mut malformed = false;
    for chunk in bytes.chunks(CHUNK) {
        text.reserve(decoder.max_utf8_buffer_length(chunk.len()).unwrap_or(4 * CHUNK));
        // Never told that this is the last chunk, the decoder keeps a partial character at the end to itself.
        let (_, _, errors) = decoder.decode_to_string(chunk, &mut text, false);
        malformed |= errors;
    }
    (text.into(), malformed)
}

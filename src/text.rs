//! Defines how text is compared and measured.
//!
//! Rules match *normalised* text: NFC, every run of white space (NBSP and line breaks too) one space, trimmed, without
//! soft hyphens and zero-width characters. What is written out is never changed by it; so a match in normalised text
//! has to be carried back to the text that it came from, which [`Normalised::origin`] does.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text as rules see it, with the way back.
#[derive(Debug)]
pub struct Normalised<'a> {
    text: Cow<'a, str>,
    /// For each stretch: where it begins in `text`, and its bytes of the original. Empty where the two texts are one.
    stretches: Vec<Stretch>,
}

/// A part of a normalised text, and what it came from.
#[derive(Debug)]
struct Stretch {
    /// Where it begins.
    at: usize,
    /// The bytes of the original.
    origin: Range<usize>,
    /// It is the original, character by character; else it can be told apart no further.
    is_copy: bool,
}

impl<'a> Normalised<'a> {
    /// Normalises a text. Text that is normal already, nearly all there is, is borrowed.
    ///
    /// ```
    /// use dehusk::text::Normalised;
    ///
    /// let seen = Normalised::of(" 5.\u{a0}Mai\n2024 ");
    /// assert_eq!(seen.as_str(), "5. Mai 2024");
    /// assert_eq!(seen.origin(3..6), 5..8);
    /// ```
    pub fn of(original: &'a str) -> Self {
        if is_normal(original) {
            return Self { text: Cow::Borrowed(original), stretches: Vec::new() };
        }
        let mut text = String::with_capacity(original.len());
        let mut stretches: Vec<Stretch> = Vec::new();
        // Where the white space before the next word begins.
        let mut space = None;
        for (at, cluster) in clusters(original) {
            let origin = at..at + cluster.len();
            let is_plain = is_plain(cluster);
            if !is_plain && cluster.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
                space = space.or(cluster.contains(char::is_whitespace).then_some(at));
                continue;
            }
            if let Some(start) = space.take().filter(|_| !text.is_empty()) {
                stretches.push(Stretch { at: text.len(), origin: start..at, is_copy: false });
                text.push(' ');
            }
            if is_plain {
                match stretches.last_mut() {
                    Some(last) if last.is_copy && last.origin.end == at => last.origin.end = origin.end,
                    _ => stretches.push(Stretch { at: text.len(), origin, is_copy: true }),
                }
                text.push_str(cluster);
                continue;
            }
            stretches.push(Stretch { at: text.len(), origin, is_copy: false });
            text.extend(cluster.chars().filter(|&c| !is_invisible(c)).nfc());
        }
        Self { text: Cow::Owned(text), stretches }
    }

    /// The normalised text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The bytes of the original that a range of the normalised text came from.
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        if let Cow::Borrowed(_) = self.text {
            return range;
        }
        let first = self.stretches.partition_point(|stretch| stretch.at <= range.start).saturating_sub(1);
        let behind = self.stretches.partition_point(|stretch| stretch.at < range.end);
        let (first, last) = match self.stretches.get(first..behind) {
            Some([only]) => (only, only),
            Some([first, .., last]) => (first, last),
            _ => return 0..0,
        };
        let start = if first.is_copy { range.start.saturating_sub(first.at) } else { 0 };
        let end = if last.is_copy { range.end - last.at } else { last.origin.len() };
        let end = last.origin.start + end.min(last.origin.len());
        (first.origin.start + start).min(end)..end
    }
}

/// The normalised form of a text.
pub fn normalise(text: &str) -> Cow<'_, str> {
    Normalised::of(text).text
}

/// The length of a text in characters that are not white space: what shares are shares of.
pub fn weight(text: &str) -> usize {
    if text.is_ascii() {
        let is_seen = |byte: &u8| u8::from(*byte != b' ' && !(b'\t'..=b'\r').contains(byte));
        // A byte holds the count of so many.
        return text.as_bytes().chunks(255).map(|bytes| usize::from(bytes.iter().map(is_seen).sum::<u8>())).sum();
    }
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Whether a character has no width and no meaning for the text: soft hyphen, zero-width space, word joiner, mark of
/// the byte order. Joiners (U+200C, U+200D) are part of the spelling of some scripts and stay.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Whether two bytes that follow each other, in lower case, are such: a quick look at names before words are looked for in
/// them. Without a way out half-way, it is taken at many bytes at once.
pub(crate) fn has_pair(names: &str, is_such: impl Fn(u8, u8) -> bool) -> bool {
    let bytes = names.as_bytes();
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    pairs.fold(0, |found, (one, next)| found | u8::from(is_such(one | 0x20, next | 0x20))) > 0
}

/// The first bytes of a text, as many as make whole characters.
pub fn start_of(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or(0)]
}

fn is_normal(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Without a way out half-way, these look at many bytes at once.
    let is_odd = |byte: u8| (b'\t'..=b'\r').contains(&byte);
    let odd = bytes.iter().fold(0, |odd, byte| odd | u8::from(is_odd(*byte)));
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let odd = pairs.fold(odd, |odd, (one, next)| odd | u8::from(*one == b' ' && *next == b' '));
    if text.starts_with(' ') || text.ends_with(' ') || odd > 0 {
        return false;
    }
    let odd = |c: char| c != ' ' && c.is_whitespace() || is_invisible(c);
    text.is_ascii()
        || beyond_ascii(text).all(is_settled)
        || !text.contains(odd) && is_nfc_quick(text.chars()) == IsNormalized::Yes
}

/// The characters of a text that are not ASCII.
fn beyond_ascii(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut rest = text;
    std::iter::from_fn(move || {
        let at = rest.bytes().position(|byte| !byte.is_ascii())?;
        let mut chars = rest[at..].chars();
        let found = chars.next();
        rest = chars.as_str();
        found
    })
}

/// Whether a character beyond ASCII is known at a look to be the same in normalised text, whatever is around it: no white
/// space, nothing invisible, nothing that NFC composes or puts in another order. Most are.
fn is_settled(c: char) -> bool {
    matches!(c,
        '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{400}'..='\u{482}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{4e00}'..='\u{9fff}')
}

/// Cuts a text into white space, words of ASCII with single spaces between them, single characters, and characters with
/// the combining ones that follow: the units that NFC never reaches across (Unicode Annex 15).
fn clusters(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let words = words(rest);
        let is_ascii_at = |at: usize| rest.as_bytes().get(at).is_none_or(u8::is_ascii);
        // What follows may join the last character of the words.
        let words = if is_ascii_at(words) { words } else { words.saturating_sub(1) };
        let mut len = first.len_utf8().max(words);
        if words == 0 && !is_ascii_at(len) && !first.is_whitespace() {
            len += rest[len..].chars().take_while(|&c| joins_previous(c)).map(char::len_utf8).sum::<usize>();
        }
        let at = text.len() - rest.len();
        let (cluster, tail) = rest.split_at(len);
        rest = tail;
        Some((at, cluster))
    })
}

/// How many bytes of a text are words of ASCII with single spaces between them, from its beginning.
fn words(text: &str) -> usize {
    let (mut words, mut between) = (0, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'!'..=b'~' => (words, between) = (at + 1, false),
            b' ' if at > 0 && !between => between = true,
            _ => break,
        }
    }
    words
}

/// Whether a cluster is of words of ASCII, or a single character that shows, and that is the same in normalised text.
fn is_plain(cluster: &str) -> bool {
    if cluster.is_ascii() && cluster.starts_with(|c: char| c.is_ascii_graphic()) {
        return true;
    }
    let mut chars = cluster.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return false };
    let shows = !c.is_whitespace() && !is_invisible(c);
    shows && (c.is_ascii() || is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes)
}

/// Whether NFC may melt a character into the one before it: combining marks, and the vowels and finals of Hangul.
fn joins_previous(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
        || unicode_normalization::char::canonical_combining_class(c) != 0
        || matches!(c, '\u{1160}'..='\u{11ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_text_is_borrowed() {
        for text in ["", "plain words", "Größe 5 – gut", "한국어", "日本語。"] {
            assert!(matches!(normalise(text), Cow::Borrowed(_)), "{text:?}");
        }
    }

    #[test]
    fn all_kinds_of_space_and_nothingness_go() {
        assert_eq!(normalise("\u{feff} a\u{a0}\u{2009}b\tc\n\u{200b} d\u{ad}e "), "a b c de");
        assert_eq!(normalise(" \n"), "");
    }

    #[test]
    fn decomposed_letters_are_composed() {
        assert_eq!(normalise("Mu\u{308}nchen"), "München");
        assert_eq!(normalise("\u{1112}\u{1161}\u{11ab}"), "한");
    }

    #[test]
    fn origins_lead_back() {
        let original = " Mu\u{308}nchen\u{a0}\u{a0}(neu) .";
        let seen = Normalised::of(original);
        let at = seen.as_str().find("(neu)").expect("it is there");
        assert_eq!(&original[seen.origin(at..at + 5)], "(neu)");
        let umlaut = seen.as_str().find('ü').expect("it is there");
        assert_eq!(&original[seen.origin(umlaut..umlaut + 2)], "u\u{308}");
        assert_eq!(&original[seen.origin(at - 1..at)], "\u{a0}\u{a0}");
        assert_eq!(seen.origin(0..seen.as_str().len()), 1..original.len());
    }

    #[test]
    fn origins_of_parts_of_words_lead_back() {
        let original = "one\u{a0}two  thr\u{ad}ee\ngro\u{308}ße";
        let seen = Normalised::of(original);
        for (found, origin) in [
            ("ne", "ne"),
            ("e t", "e\u{a0}t"),
            ("wo th", "wo  th"),
            ("hre", "hr\u{ad}e"),
            ("e grö", "e\ngro\u{308}"),
            ("öß", "o\u{308}ß"),
            ("e two thre", "e\u{a0}two  thr\u{ad}e"),
        ] {
            let at = seen.as_str().find(found).expect("it is there");
            assert_eq!(&original[seen.origin(at..at + found.len())], origin);
        }
    }

    #[test]
    fn single_spaces_stay_between_words() {
        let original = "a b  c d\te o\u{308} f\u{a0}g h \u{301}i";
        let seen = Normalised::of(original);
        assert_eq!(seen.as_str(), "a b c d e ö f g h \u{301}i");
        for (found, origin) in
            [("b c", "b  c"), ("d e", "d\te"), ("e ö f", "e o\u{308} f"), ("g h", "g h"), (" d", " d")]
        {
            let at = seen.as_str().find(found).expect("it is there");
            assert_eq!(&original[seen.origin(at..at + found.len())], origin);
        }
    }

    #[test]
    fn settled_characters_are_normal_everywhere() {
        for c in ('\u{80}'..=char::MAX).filter(|c| is_settled(*c)) {
            assert!(!c.is_whitespace() && !is_invisible(c) && !joins_previous(c), "{c:?}");
            assert_eq!(is_nfc_quick(std::iter::once(c)), IsNormalized::Yes, "{c:?}");
        }
    }

    #[test]
    fn weight_counts_what_is_seen() {
        assert_eq!((weight("a b\tc\n"), weight("ä ö")), (3, 2));
        assert_eq!((weight("a\u{b}"), weight("ä\u{b}")), (1, 1));
        assert_eq!((weight("“ä\u{a0}ö”\u{2003}漢\u{3000}"), weight("🦀 \u{85}")), (5, 1));
    }
}

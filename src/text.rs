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
    stretches: Vec<(usize, Range<usize>)>,
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
        let mut stretches = Vec::new();
        let mut space = false;
        for (at, cluster) in clusters(original) {
            if cluster.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
                space |= cluster.contains(char::is_whitespace);
                continue;
            }
            if space && !text.is_empty() {
                text.push(' ');
            }
            space = false;
            stretches.push((text.len(), at..at + cluster.len()));
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
        let first = self.stretches.partition_point(|stretch| stretch.0 <= range.start).saturating_sub(1);
        let behind = self.stretches.partition_point(|stretch| stretch.0 < range.end);
        match self.stretches.get(first..behind) {
            Some([only]) => only.1.clone(),
            Some([first, .., last]) => first.1.start..last.1.end,
            _ => 0..0,
        }
    }
}

/// The normalised form of a text.
pub fn normalise(text: &str) -> Cow<'_, str> {
    Normalised::of(text).text
}

/// The length of a text in characters that are not white space: what shares are shares of.
pub fn weight(text: &str) -> usize {
    if text.is_ascii() {
        // Of `char::is_whitespace` in ASCII, `u8::is_ascii_whitespace` leaves out the vertical tab.
        return text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != 0x0b).count();
    }
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Whether a character has no width and no meaning for the text: soft hyphen, zero-width space, word joiner, mark of
/// the byte order. Joiners (U+200C, U+200D) are part of the spelling of some scripts and stay.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// The first bytes of a text, as many as make whole characters.
pub fn start_of(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or(0)]
}

fn is_normal(text: &str) -> bool {
    if text.is_ascii() {
        let bytes = text.as_bytes();
        let single = |pair: &[u8]| pair != b"  ";
        return !text.starts_with(' ')
            && !text.ends_with(' ')
            && bytes.windows(2).all(single)
            && bytes.iter().all(|byte| *byte == b' ' || !byte.is_ascii_whitespace() && *byte != 0x0b);
    }
    let odd = |c: char| c != ' ' && c.is_whitespace() || is_invisible(c);
    !text.starts_with(' ')
        && !text.ends_with(' ')
        && !text.contains("  ")
        && !text.contains(odd)
        && is_nfc_quick(text.chars()) == IsNormalized::Yes
}

/// Cuts a text into white space, single characters, and characters with the combining ones that follow: the units that
/// NFC never reaches across (Unicode Annex 15).
fn clusters(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let mut len = first.len_utf8();
        if !first.is_whitespace() {
            len += rest[len..].chars().take_while(|&c| joins_previous(c)).map(char::len_utf8).sum::<usize>();
        }
        let at = text.len() - rest.len();
        let (cluster, tail) = rest.split_at(len);
        rest = tail;
        Some((at, cluster))
    })
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
        assert_eq!(seen.origin(0..seen.as_str().len()), 1..original.len());
    }

    #[test]
    fn weight_counts_what_is_seen() {
        assert_eq!((weight("a b\tc\n"), weight("ä ö")), (3, 2));
        assert_eq!((weight("a\u{b}"), weight("ä\u{b}")), (1, 1));
    }
}

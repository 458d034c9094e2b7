//! Defines the pieces by which texts are compared: every three words that follow one another, as hashes.
//!
//! Words are letters and digits, in lower case; all else only parts them. Where a script does not part its words, each
//! character stands for itself and the two before it, so that three of them are a shingle of five characters.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// A shorter text is compared as a whole, in words: one word changed would make it another text by any measure.
pub(super) const FEWEST_WORDS: usize = 20;

/// Hands on the hash of each shingle of a text; of a short text the hash of its words is given back instead, `None` of one
/// without words.
pub(super) fn each(text: &str, mut take: impl FnMut(u64)) -> Whole {
    let (mut before, mut last, mut words, mut whole) = (0, 0, 0_usize, 0);
    each_word(text, |word| {
        if words < FEWEST_WORDS {
            whole = mix(whole ^ word);
        }
        if words >= 2 {
            // Each place of the three counts differently.
            let shingle: u64 = before;
            take(mix(shingle.rotate_left(23).wrapping_add(last).rotate_left(23).wrapping_add(word)));
        }
        (before, last) = (last, word);
        words += 1;
    });
    match words {
        0 => Whole::Nothing,
        1..FEWEST_WORDS => Whole::Short(whole),
        _ => Whole::Long,
    }
}

/// What a text is as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whole {
    /// Without a letter or digit.
    Nothing,
    /// Too short for shingles: the hash of all its words.
    Short(u64),
    /// To be told by its shingles.
    Long,
}

/// Scatters a number over all 64 bits (the end of `SplitMix64`; Steele, Lea, Flood 2014).
pub(super) fn mix(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// Hands on the hash of each word.
fn each_word(text: &str, mut take: impl FnMut(u64)) {
    let text = composed(text);
    let mut word = 0;
    // The last two characters of a script that does not part its words.
    let (mut before, mut last) = (0, 0);
    for c in text.chars() {
        if let Some(sign) = u8::try_from(c).ok().and_then(|byte| SIGNS.get(usize::from(byte))) {
            if *sign != 0 {
                word = with(word, u32::from(*sign));
            } else if word != 0 {
                take(std::mem::take(&mut word));
            }
        } else if is_run_together(c) {
            if word != 0 {
                take(std::mem::take(&mut word));
            }
            // Signs of tone and the like come with their letter.
            if c.is_alphanumeric() {
                let this = with(0, u32::from(c));
                take(mix(before ^ this.rotate_left(32)) ^ last);
                (before, last) = (last, this);
            }
        } else if c.is_alphanumeric() {
            word = c.to_lowercase().fold(word, |word, c| with(word, u32::from(c)));
        } else if word != 0 {
            take(std::mem::take(&mut word));
        }
    }
    if word != 0 {
        take(word);
    }
}

/// What each ASCII character is in a word: letters in lower case, digits; 0 for what parts words.
const SIGNS: [u8; 128] = {
    let mut signs = [0; 128];
    let mut byte: u8 = 0;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            signs[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    signs
};

/// The hash of a word with one character more; never 0, which is no word (but for one chance in 2⁶⁴).
fn with(word: u64, c: u32) -> u64 {
    const FACTOR: u64 = 0x517c_c1b7_2722_0a95;
    (word.rotate_left(5) ^ (u64::from(c) + 1)).wrapping_mul(FACTOR)
}

fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// Whether a character is of a script that puts no space between words.
fn is_run_together(c: char) -> bool {
    matches!(c,
        // Thai, Lao
        '\u{e00}'..='\u{eff}'
        // Burmese, Khmer
        | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        // Kana, Han
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

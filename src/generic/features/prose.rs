//! Measures a text: how long it is, and what signs there are in it.
//!
//! Nothing here needs spaces between words or capital letters. Lengths are in letters, of which a sign of the East Asian
//! scripts counts as two, since it says as much.

/// What was counted in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Prose {
    /// How long it is, without white space.
    pub(super) length: u32,
    pub(super) words: u32,
    pub(super) sentences: u32,
    pub(super) commas: u32,
    pub(super) digits: u32,
    pub(super) signs: u32,
    pub(super) ending: Ending,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Ending {
    #[default]
    Open,
    Dots,
    Colon,
    Sentence,
}

/// A text so long, with a sentence in it and hardly any link, is running text, as articles have it.
const LEAST_PROSE: u32 = 80;

impl Prose {
    pub(super) fn of(text: &str) -> Self {
        let mut counts = Self::default();
        let bytes = text.as_bytes();
        for (chunk, start) in bytes.chunks(CHUNK).zip((0..).step_by(CHUNK)) {
            // Added up in one number, whatever a byte is: a branch for each would be guessed wrong at each space.
            let mut sum = 0_u64;
            for (byte, at) in chunk.iter().zip(start..) {
                let tally = TALLIES[usize::from(*byte)];
                sum = sum.wrapping_add(tally);
                if tally & LOOK_CLOSER != 0 {
                    counts.look_closer(bytes, at);
                }
            }
            let [length, words, commas, digits, signs, ..] = sum.to_le_bytes().map(u32::from);
            counts.length += length;
            counts.words += words;
            counts.commas += commas;
            counts.digits += digits;
            counts.signs += signs;
        }
        counts.words += u32::from(counts.length > 0);
        counts.ending = ending(text);
        counts
    }

    /// Counts what more than one byte tells.
    fn look_closer(&mut self, bytes: &[u8], at: usize) {
        match bytes[at] {
            b'!' | b'.' | b'?' => {
                let next = bytes.get(at + 1);
                let ends = next.is_none_or(|next| matches!(next, b' ' | b'\n' | b'"' | b'\'' | b')' | 0xe2 | 0xc2));
                self.sentences += u32::from(ends);
            }
            0xe3.. => self.count_wide(bytes, at),
            _ => self.count_other(bytes, at),
        }
    }

    /// A sign of the East Asian scripts.
    fn count_wide(&mut self, bytes: &[u8], at: usize) {
        match bytes.get(at..at + 3) {
            Some([0xe3, 0x80, 0x82] | [0xef, 0xbc, 0x81 | 0x9f | 0x8e] | [0xef, 0xbd, 0xa1]) => self.sentences += 1,
            Some([0xe3, 0x80, 0x81] | [0xef, 0xbc, 0x8c | 0x9b] | [0xef, 0xbd, 0xa4]) => self.commas += 1,
            Some([0xe3, 0x80, 0x8b | 0x91] | [0xef, 0xbd, 0x9c]) => self.signs += 1,
            _ => {}
        }
    }

    /// A character of two or three bytes that may be punctuation.
    fn count_other(&mut self, bytes: &[u8], at: usize) {
        match bytes.get(at..) {
            Some([0xd8, 0x9f, ..] | [0xdb, 0x94, ..] | [0xe0, 0xa5, 0xa4, ..]) => self.sentences += 1,
            Some([0xd8, 0x8c | 0x9b, ..]) => self.commas += 1,
            Some([0xc2, 0xb7 | 0xbb | 0xab, ..] | [0xe2, 0x80, 0xa2 | 0xba | 0xb9, ..] | [0xe2, 0x86..=0x9f, ..]) => {
                self.signs += 1;
            }
            _ => {}
        }
    }

    /// Whether it reads like the paragraph of an article, with so much of it in links.
    pub(super) fn is_running(self, link_share: f32) -> bool {
        self.length >= LEAST_PROSE && self.sentences > 0 && link_share < 0.5
    }
}

fn ending(text: &str) -> Ending {
    let end = text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '“' | '’' | '»' | '«' | ')' | '」' | '』' | '）')
    });
    match end.chars().next_back() {
        Some('.') if end.ends_with("...") => Ending::Dots,
        Some('…') => Ending::Dots,
        Some('.' | '!' | '?' | '。' | '！' | '？' | '؟' | '۔' | '।' | '．') => Ending::Sentence,
        Some(':' | '：') => Ending::Colon,
        _ => Ending::Open,
    }
}

/// So many bytes are added up at once: the sum of each count has to stay in its byte.
const CHUNK: usize = 127;

/// What each byte of UTF-8 adds to the counts, a byte for each: length, words, commas, digits, signs; and whether more than
/// the byte counts.
const TALLIES: [u64; 256] = {
    const LETTER: u64 = 1;
    const WIDE: u64 = 2 | LOOK_CLOSER;
    const SPACE: u64 = 1 << 8;
    const COMMA: u64 = 1 | 1 << 16;
    const DIGIT: u64 = 1 | 1 << 24;
    const SIGN: u64 = 1 | 1 << 32;
    let mut tallies = [LETTER; 256];
    let mut byte = 0;
    while byte < 256 {
        tallies[byte] = match byte {
            0x00..=0x20 => SPACE,
            0x30..=0x39 => DIGIT,
            0x2c | 0x3b => COMMA,
            0x23 | 0x2a | 0x2b | 0x2f | 0x3c..=0x3e | 0x5b..=0x5f | 0x7b..=0x7e => SIGN,
            // A further byte of a character.
            0x80..=0xbf => 0,
            // What may end a sentence, and the first bytes of characters that may be punctuation.
            0x21 | 0x2e | 0x3f | 0xc2 | 0xd8 | 0xdb | 0xe0 | 0xe2 => LETTER | LOOK_CLOSER,
            // The first of a sign that is as wide as two letters.
            0xe3..=0xed | 0xef => WIDE,
            _ => LETTER,
        };
        byte += 1;
    }
    tallies
};

const LOOK_CLOSER: u64 = 1 << 63;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_counted_in_any_script() {
        let count = |text: &str| {
            let prose = Prose::of(text);
            (prose.sentences, prose.commas, prose.ending == Ending::Sentence)
        };
        assert_eq!(count("One, two. Three; four! Version 1.5 of it"), (2, 2, false));
        assert_eq!(count("これは文です。次の文、そして終わり。"), (2, 1, true));
        assert_eq!(count("这是真的吗？是的，没错！"), (2, 1, true));
        assert_eq!(count("هل هذا صحيح؟ نعم، هذا صحيح."), (2, 1, true));
        assert_eq!(count("यह एक वाक्य है।"), (1, 0, true));
        assert_eq!(count(""), (0, 0, false));
    }

    #[test]
    fn a_sign_of_an_east_asian_script_is_as_long_as_two_letters() {
        assert_eq!(Prose::of("ab cd").length, 4);
        assert_eq!(Prose::of("日本").length, 4);
        assert_eq!(Prose::of("한국어").length, 6);
        assert_eq!(Prose::of("größer").length, 6);
        assert_eq!(Prose::of("слово").length, 5);
    }

    #[test]
    fn running_text_needs_no_spaces() {
        let japanese = "灯台守は毎晩、海に出る船のために灯りをともし、朝になると静かに消しました。長い冬の間も休むことはありませんでした。";
        assert!(Prose::of(japanese).is_running(0.0));
        assert!(!Prose::of(japanese).is_running(0.9));
        assert!(
            !Prose::of("Home | News | Sports | Weather | Politics | Culture | Travel | Science | Opinion | More")
                .is_running(0.0)
        );
    }

    #[test]
    fn endings_are_told_behind_quotes() {
        let ending = |text: &str| Prose::of(text).ending;
        assert_eq!(ending("„Das war es.“ "), Ending::Sentence);
        assert_eq!(ending("Read more ..."), Ending::Dots);
        assert_eq!(ending("And so on…"), Ending::Dots);
        assert_eq!(ending("They said:"), Ending::Colon);
        assert_eq!(ending("Imprint"), Ending::Open);
    }
}

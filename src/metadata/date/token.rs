//! Cuts text into numbers, words and signs, and reads them one after the other.

use super::month::{self, same};

/// A piece of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'s> {
    /// What it is.
    pub(super) text: Text<'s>,
    /// White space stands before it.
    pub(super) spaced: bool,
    /// Where it begins, in bytes.
    pub(super) at: usize,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Text<'s> {
    /// A number and how many digits it has.
    Number(&'s str, usize),
    /// Letters.
    Word(&'s str),
    /// Any other character.
    Sign(char),
}

impl Text<'_> {
    /// The value of a number that is not too long to be one.
    pub(super) fn number(self) -> Option<u32> {
        match self {
            Text::Number(digits, ..=9) => digits.parse().ok(),
            _ => None,
        }
    }
}

impl Token<'_> {
    /// The `T` between date and time.
    pub(super) fn is_t(&self) -> bool {
        !self.spaced && matches!(self.text, Text::Word("T" | "t"))
    }

    /// Whether it is one of some signs.
    pub(super) fn is_any(&self, signs: &str) -> bool {
        matches!(self.text, Text::Sign(sign) if signs.contains(sign))
    }
}

/// Cuts a text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut rest, mut spaced) = (text, false);
    let start = text.len();
    while let Some(first) = rest.chars().next() {
        let len = |belongs: fn(char) -> bool| rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        let (len, text) = match first {
            _ if first.is_ascii_digit() => {
                let len = len(|c| c.is_ascii_digit());
                (len, Some(Text::Number(&rest[..len], len)))
            }
            _ if first.is_alphabetic() => {
                let len = len(char::is_alphabetic);
                (len, Some(Text::Word(&rest[..len])))
            }
            _ if first.is_whitespace() => (first.len_utf8(), None),
            _ => (first.len_utf8(), Some(Text::Sign(first))),
        };
        let at = start - rest.len();
        rest = &rest[len..];
        tokens.extend(text.map(|text| Token { text, spaced, at }));
        spaced = text.is_none();
    }
    tokens
}

/// What is still to be read. Each method takes what it names, or leaves everything where it is.
#[derive(Clone, Copy)]
pub(super) struct Tokens<'t, 's> {
    /// The tokens.
    pub(super) rest: &'t [Token<'s>],
}

impl<'s> Tokens<'_, 's> {
    fn next<T>(&mut self, read: impl FnOnce(Text<'s>) -> Option<T>) -> Option<T> {
        let (first, rest) = self.rest.split_first()?;
        let found = read(first.text)?;
        self.rest = rest;
        Some(found)
    }

    /// Whether white space comes next.
    pub(super) fn spaced(&self) -> bool {
        self.rest.first().is_some_and(|token| token.spaced)
    }

    /// A number of one or two digits.
    pub(super) fn small(&mut self) -> Option<u32> {
        self.digits(1..=2)
    }

    /// A number of four digits.
    pub(super) fn year(&mut self) -> Option<u32> {
        self.digits(4..=4)
    }

    /// A number with so many digits.
    pub(super) fn digits(&mut self, range: std::ops::RangeInclusive<usize>) -> Option<u32> {
        self.next(|text| match text {
            Text::Number(_, digits) if range.contains(&digits) => text.number(),
            _ => None,
        })
    }

    /// A number of any length.
    pub(super) fn any_number(&mut self) -> bool {
        self.next(|text| matches!(text, Text::Number(..)).then_some(())).is_some()
    }

    /// What stands between the parts of a numeric date.
    pub(super) fn separator(&mut self) -> Option<char> {
        if self.spaced() {
            return None;
        }
        self.sign("./-")
    }

    /// One of some signs.
    pub(super) fn sign(&mut self, signs: &str) -> Option<char> {
        self.next(|text| match text {
            Text::Sign(sign) if signs.contains(sign) => Some(sign),
            _ => None,
        })
    }

    /// One of some words, in any case.
    pub(super) fn word(&mut self, words: &[&str]) -> Option<()> {
        self.next(|text| match text {
            Text::Word(word) if words.iter().any(|known| same(known, word)) => Some(()),
            _ => None,
        })
    }

    /// A word that begins so: Chinese and Japanese have no spaces.
    pub(super) fn begins(&mut self, start: &str) -> bool {
        self.next(|text| matches!(text, Text::Word(word) if word.starts_with(start)).then_some(())).is_some()
    }

    /// The name of a month.
    pub(super) fn month(&mut self) -> Option<u32> {
        self.next(|text| match text {
            Text::Word(word) => month::number(word),
            _ => None,
        })
    }
}

//! Reads character references (HTML standard, 13.2.5.72 to 13.2.5.80).

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// What a reference stands for: one character, or two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meant(char, Option<char>);

impl Meant {
    pub(super) fn chars(self) -> impl Iterator<Item = char> {
        std::iter::once(self.0).chain(self.1)
    }
}

/// What the reference at the start of a text stands for, with its length in bytes; `None` where an ampersand is only
/// that.
pub(super) fn read(text: &str, in_attribute: bool) -> Option<(Meant, usize)> {
    let name = text.strip_prefix('&')?;
    match name.strip_prefix('#') {
        Some(number) => numeric(number).map(|(meant, len)| (meant, len + "&#".len())),
        None => named(name, in_attribute).map(|(meant, len)| (meant, len + "&".len())),
    }
}

/// The longest name that the text begins with.
fn named(text: &str, in_attribute: bool) -> Option<(Meant, usize)> {
    // These are nearly all there are.
    for (name, meant) in [("amp;", '&'), ("nbsp;", '\u{a0}'), ("quot;", '"'), ("lt;", '<'), ("gt;", '>')] {
        if text.starts_with(name) {
            return Some((Meant(meant, None), name.len()));
        }
    }
    // The table has the beginnings of names as well, which stand for nothing.
    let beginnings = text.bytes().enumerate().take_while(|(_, byte)| byte.is_ascii_alphanumeric() || *byte == b';');
    let known = beginnings.map_while(|(at, _)| Some((NAMED_ENTITIES.get(&text[..=at])?, at + 1)));
    let (&(first, second), len) = known.filter(|((first, _), _)| *first != 0).last()?;
    let next = text.as_bytes().get(len);
    let goes_on = next.is_some_and(|byte| *byte == b'=' || byte.is_ascii_alphanumeric());
    // For the sake of addresses such as `?a=b&copy=c`.
    if in_attribute && goes_on && !text[..len].ends_with(';') {
        return None;
    }
    let second = char::from_u32(second).filter(|second| *second != '\0');
    Some((Meant(char::from_u32(first)?, second), len))
}

/// The number, with or without a semicolon behind it.
fn numeric(text: &str) -> Option<(Meant, usize)> {
    let (digits, radix) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (text, 10),
    };
    let len = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let (number, behind) = digits.split_at(len);
    if number.is_empty() {
        return None;
    }
    // What is too large for a number is too large for a character.
    let number = u32::from_str_radix(number, radix).unwrap_or(u32::MAX);
    let replaced = number.checked_sub(0x80).and_then(|at| C1_REPLACEMENTS.get(at as usize)).copied().flatten();
    let character = replaced.or(char::from_u32(number)).filter(|character| *character != '\0');
    let len = text.len() - behind.len() + usize::from(behind.starts_with(';'));
    Some((Meant(character.unwrap_or(char::REPLACEMENT_CHARACTER), None), len))
}

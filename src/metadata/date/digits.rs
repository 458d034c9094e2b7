//! Writes the digits of other scripts as ASCII digits.

use std::borrow::Cow;

/// The zeros of scripts whose digits stand in order: Arabic, Devanagari, Bengali, full-width. Persian digits are not
/// among them, since Persian dates are of another calendar.
const ZEROS: [char; 4] = ['\u{660}', '\u{966}', '\u{9e6}', '\u{ff10}'];

/// A text with ASCII digits. Places in it are not those of the original, unless that is returned.
pub(in crate::metadata) fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(|c| digit(c).is_some()) {
        return text.into();
    }
    text.chars().map(|c| digit(c).unwrap_or(c)).collect::<String>().into()
}

fn digit(c: char) -> Option<char> {
    // Most text lies below all of them.
    if c < ZEROS[0] {
        return None;
    }
    let value = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10))?;
    char::from_digit(value, 10)
}

//! Cuts the attributes of tags that have very many, before the tokenizer sees them: it compares each new attribute of
//! a tag with all earlier ones, so a million of them would take hours.
//!
//! Only the tokenizer knows what really is a tag, and not the text of a script or a comment. So every `<` before a
//! letter is taken for one. What is cut in a script no reader misses; and where such tags overlap so much that looking
//! at them all would not be linear, the page is refused.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter};

use super::bounds::{MAX_ATTRIBUTES, TooLarge};

/// How many bytes are looked at for each byte of the page. Ordinary pages stay below one.
const MAX_LOOKS: usize = 8;

/// The text without the attributes beyond [`MAX_ATTRIBUTES`] of any tag; nearly always the text itself.
pub(super) fn cut_attributes(text: &str) -> Result<Cow<'_, str>, TooLarge> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut copied = 0;
    let mut budget = bytes.len().saturating_mul(MAX_LOOKS);
    for tag in memchr_iter(b'<', bytes) {
        if tag < copied || !bytes.get(tag + 1).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (surplus, end) = attributes(bytes, tag + 1);
        budget = budget.checked_sub(end - tag).ok_or(TooLarge::Overlapping)?;
        if let Some(surplus) = surplus {
            out.push_str(&text[copied..surplus]);
            copied = end;
        }
    }
    if copied == 0 {
        return Ok(Cow::Borrowed(text));
    }
    out.push_str(&text[copied..]);
    Ok(Cow::Owned(out))
}

/// Where the attribute that is one too many begins, if one is, and where the tag ends (its `>`, or the end of the
/// text). Follows the tokenizer's attribute states (HTML standard, 13.2.5.32 to 13.2.5.39).
fn attributes(bytes: &[u8], name: usize) -> (Option<usize>, usize) {
    let run = |from: usize, stop: fn(u8) -> bool| {
        bytes[from..].iter().position(|&byte| stop(byte)).map_or(bytes.len(), |offset| from + offset)
    };
    let mut at = run(name, |byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
    let mut surplus = None;
    for count in 1.. {
        at = run(at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
        if bytes.get(at).is_none_or(|&byte| byte == b'>') {
            break;
        }
        if count > MAX_ATTRIBUTES && surplus.is_none() {
            surplus = Some(at);
        }
        // An equals sign where a name should begin is its first letter.
        at = run(at + 1, |byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'='));
        let equals = run(at, |byte| !byte.is_ascii_whitespace());
        if bytes.get(equals) != Some(&b'=') {
            continue;
        }
        at = run(equals + 1, |byte| !byte.is_ascii_whitespace());
        at = match bytes.get(at) {
            Some(&quote @ (b'"' | b'\'')) => {
                memchr(quote, &bytes[at + 1..]).map_or(bytes.len(), |offset| at + 1 + offset + 1)
            }
            _ => run(at, |byte| byte.is_ascii_whitespace() || byte == b'>'),
        };
    }
    (surplus, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_tags_are_left_alone() {
        let long_value = format!("<p data-x='{}'>text</p>", "a > b ".repeat(10_000));
        for text in ["<p class=a>x</p>", "a < b > c", "<", "<p", "<p a=", "<p a='", "<p = ==>", &long_value] {
            assert_eq!(cut_attributes(text), Ok(Cow::Borrowed(text)), "{}", &text[..text.len().min(30)]);
        }
    }

    #[test]
    fn surplus_attributes_go_and_the_rest_stays() {
        let many: String = (0..5000).map(|n| format!(" a{n}=\"{n} > é\"")).collect();
        let text = format!("é<p{many}>kept</p><p>too</p>");
        let cut = cut_attributes(&text).expect("it is linear");
        assert!(cut.contains("a1023=") && !cut.contains("a1024="));
        assert!(cut.ends_with(">kept</p><p>too</p>"));
    }

    #[test]
    fn tags_without_an_end_are_linear_or_refused() {
        let text = "<a ".repeat(400_000);
        assert!(cut_attributes(&text).expect("one long tag").len() < 10_000);
        let text = "<yx".repeat(400_000);
        assert_eq!(cut_attributes(&text), Err(TooLarge::Overlapping));
    }
}

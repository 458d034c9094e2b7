//! Compares two texts word by word.

use similar::{ChangeTag, TextDiff};

/// How many equal words are shown on each side of a change.
const CONTEXT: usize = 6;

/// A stretch of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// In both texts.
    Same(String),
    /// Only in what was expected.
    Missing(String),
    /// Only in what came out.
    Extra(String),
    /// Equal text that is not shown.
    Gap,
}

/// Compares two texts by words and white space, and leaves out what is equal far from any change.
///
/// ```
/// use dehusk::samples::diff::{Stretch, words};
///
/// let stretches = words("one two", "one 2");
/// assert_eq!(stretches, [Stretch::Same("one ".into()), Stretch::Missing("two".into()), Stretch::Extra("2".into())]);
/// ```
pub fn words(expected: &str, found: &str) -> Vec<Stretch> {
    let diff = TextDiff::from_words(expected, found);
    let mut stretches: Vec<Stretch> = Vec::new();
    for change in diff.iter_all_changes() {
        let text = change.value();
        match (change.tag(), stretches.last_mut()) {
            (ChangeTag::Equal, Some(Stretch::Same(last)))
            | (ChangeTag::Delete, Some(Stretch::Missing(last)))
            | (ChangeTag::Insert, Some(Stretch::Extra(last))) => last.push_str(text),
            (ChangeTag::Equal, _) => stretches.push(Stretch::Same(text.to_owned())),
            (ChangeTag::Delete, _) => stretches.push(Stretch::Missing(text.to_owned())),
            (ChangeTag::Insert, _) => stretches.push(Stretch::Extra(text.to_owned())),
        }
    }
    let last = stretches.len().saturating_sub(1);
    let shorten = |(at, stretch)| match stretch {
        Stretch::Same(text) => shortened(&text, at > 0, at < last),
        change => vec![change],
    };
    stretches.into_iter().enumerate().flat_map(shorten).collect()
}

/// How many words are only in one of two texts.
pub fn weight(expected: &str, found: &str) -> usize {
    let diff = TextDiff::from_words(expected, found);
    let changed = diff.iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal);
    changed.filter(|change| !change.value().trim().is_empty()).count().max(usize::from(expected != found))
}

/// The words of an equal stretch that stand next to a change.
fn shortened(text: &str, change_before: bool, change_after: bool) -> Vec<Stretch> {
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    let head = if change_before { CONTEXT } else { 0 };
    let tail = if change_after { CONTEXT } else { 0 };
    if words.len() <= head + tail + 1 {
        return vec![Stretch::Same(text.to_owned())];
    }
    let mut kept =
        vec![Stretch::Same(words[..head].concat()), Stretch::Gap, Stretch::Same(words[words.len() - tail..].concat())];
    kept.retain(|stretch| *stretch != Stretch::Same(String::new()));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_text_far_from_a_change_is_left_out() {
        let many = "word ".repeat(100);
        let stretches = words(&format!("{many}x"), &format!("{many}y"));
        let context = Stretch::Same("word ".repeat(CONTEXT));
        assert_eq!(stretches, [Stretch::Gap, context, Stretch::Missing("x".into()), Stretch::Extra("y".into())]);
        assert_eq!(words("", ""), []);
    }

    #[test]
    fn the_weight_of_a_difference_is_in_words() {
        assert_eq!((weight("a b c", "a b c"), weight("a b c", "a x c d"), weight("a b", "a  b")), (0, 3, 1));
    }
}

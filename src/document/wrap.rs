//! Tells text whose paragraphs were broken into lines of one width from text with a block a line, and undoes it.
//!
//! The test is the one that a line filler applies the other way round: it breaks a line only where the next word no
//! longer fits. Where most line breaks of a text are forced in that sense, by one modest width, it was filled. Breaks
//! weigh as much as the lines that they end: a signature or an address has many, but little text.

use std::ops::Range;

use super::lines::Line;

/// Text is not filled wider than this: longer lines are paragraphs.
const WIDEST: usize = 120;
/// Nor narrower: short lines of about one length are addresses, verses, menus.
const NARROWEST: usize = 40;
/// Fewer forced breaks are no evidence.
const FEWEST_BREAKS: usize = 3;
/// Columns that a line may stay short of the width because punctuation may not begin the next (kinsoku).
const CJK_SLACK: usize = 4;

/// The break between a line and the one directly below it.
pub(super) struct Break {
    /// How much it counts.
    weight: usize,
    /// The widths that force it.
    widths: Range<usize>,
}

impl Break {
    /// The break between two lines.
    pub(super) fn between(line: &Line<'_>, next: &Line<'_>) -> Self {
        Self { weight: width(&line.text), widths: forcing(&line.text, &next.text) }
    }
}

/// Whether a text with these breaks was filled: whether one width forces three quarters of them, by their weight. What
/// is too long for any width counts against it.
pub(super) fn is_wrapped(all: &[Line<'_>], breaks: &[&Break]) -> bool {
    let too_long = all.iter().filter(|line| !is_one_word(&line.text)).map(|line| width(&line.text));
    let against: usize = too_long.filter(|&width| width > WIDEST).sum();
    let total = against + breaks.iter().map(|one| one.weight).sum::<usize>();
    let (forced, weight) = best(breaks.iter().copied());
    forced >= FEWEST_BREAKS && weight * 4 >= total * 3
}

/// Whether the breaks of one group of lines are rather those of a filler than those of an address or a table.
pub(super) fn is_filled<'a>(breaks: impl Iterator<Item = &'a Break> + Clone) -> bool {
    let total: usize = breaks.clone().map(|one| one.weight).sum();
    let (forced, weight) = best(breaks);
    forced > 0 && weight * 2 >= total
}

/// The breaks that the width that forces most of them forces: how many, and their weight.
fn best<'a>(breaks: impl Iterator<Item = &'a Break>) -> (usize, usize) {
    let mut forced = [(0_usize, 0_usize); WIDEST + 1];
    for one in breaks {
        for (count, weight) in &mut forced[one.widths.clone()] {
            *count += 1;
            *weight += one.weight;
        }
    }
    forced.into_iter().max_by_key(|&(_, weight)| weight).unwrap_or_default()
}

/// The widths that would have made a filler break a line where it is broken: the line fits, the next word does not.
fn forcing(line: &str, next: &str) -> Range<usize> {
    let Some(first) = next.chars().next().filter(|_| !line.contains(" | ")) else { return 0..0 };
    let used = width(line);
    let end = if is_unspaced(first) {
        used + columns(first) + CJK_SLACK
    } else {
        used + 1 + width(next.split(char::is_whitespace).next().unwrap_or(next))
    };
    // A line of a single word, such as an address of the web, may stick out.
    let start = if is_one_word(line) { NARROWEST } else { used.max(NARROWEST) };
    let end = end.min(WIDEST + 1);
    if start < end { start..end } else { 0..0 }
}

/// Adds a line to the text that it was broken off from.
///
/// A space stands in for the break, but none between characters of scripts without spaces, none where a soft hyphen
/// divided a word (`divided`), and none behind the hyphen of a compound. A hyphen is never removed: whether `re-` and
/// `creation` were one word or two, the line does not say.
pub(super) fn join(text: &mut String, next: &str, divided: bool) {
    let (last, first) = (text.chars().next_back(), next.chars().next());
    let close = match (last, first) {
        (Some(last), Some(first)) => {
            divided || is_unspaced(last) && is_unspaced(first) || is_compound(text, next, last, first)
        }
        _ => true,
    };
    if !close {
        text.push(' ');
    }
    text.push_str(next);
}

/// Whether a hyphen at the end of a line ties the next word to it. `Ein- und Ausgang` is the exception.
fn is_compound(text: &str, next: &str, last: char, first: char) -> bool {
    let before = text[..text.len() - last.len_utf8()].chars().next_back();
    let word = next.split(char::is_whitespace).next().unwrap_or(next);
    matches!(last, '-' | '\u{2010}')
        && before.is_some_and(char::is_alphanumeric)
        && first.is_alphanumeric()
        && !matches!(word, "und" | "oder" | "bzw." | "and" | "or" | "to" | "et" | "ou" | "y" | "o" | "e" | "en" | "of")
}

fn is_one_word(text: &str) -> bool {
    !text.contains(|c: char| c.is_whitespace() || is_unspaced(c))
}

fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(columns).sum() }
}

fn columns(c: char) -> usize {
    if unicode_normalization::char::is_combining_mark(c) {
        0
    } else if is_unspaced(c) || matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{1f300}'..='\u{1faff}') {
        2
    } else {
        1
    }
}

/// Whether a character is of a script that is written without spaces, in full width: Chinese and Japanese, with their
/// punctuation.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' | '\u{3001}'..='\u{30ff}' | '\u{3105}'..='\u{312f}' | '\u{31f0}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff60}'
        | '\u{20000}'..='\u{3ffff}')
}

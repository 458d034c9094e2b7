//! Tells text whose paragraphs were broken into lines of one width from text with a block a line, and undoes it.
//!
//! The test is the one that a line filler applies the other way round: it breaks a line only where the next word no
//! longer fits. Where nearly all line breaks of a text are forced in that sense, by one modest width, it was filled.

use super::lines::Line;

/// Text is not filled wider than this: longer lines are paragraphs.
const WIDEST: usize = 120;
/// Nor narrower: short lines of about one length are addresses, verses, menus.
const NARROWEST: usize = 40;
/// Fewer breaks are no evidence.
const FEWEST_BREAKS: usize = 3;
/// Columns that a line may stay short of the width because punctuation may not begin the next (kinsoku).
const CJK_SLACK: usize = 4;

/// Whether the breaks between these lines are forced by a width. The lines come in pairs, the second of each directly
/// below the first; `all` are the lines of the whole text.
pub(super) fn is_wrapped<'a>(all: &[Line<'a>], pairs: &[(&Line<'a>, &Line<'a>)]) -> bool {
    if pairs.len() < FEWEST_BREAKS {
        return false;
    }
    // A line of a single word, such as an address of the web, may stick out.
    let mut widths: Vec<_> = all.iter().filter(|line| !is_one_word(&line.text)).map(|line| width(&line.text)).collect();
    if widths.is_empty() {
        return false;
    }
    let rank = (widths.len() - 1) * 97 / 100;
    let limit = *widths.select_nth_unstable(rank).1;
    if !(NARROWEST..=WIDEST).contains(&limit) {
        return false;
    }
    let forced = pairs.iter().filter(|(line, next)| is_forced(&line.text, &next.text, limit)).count();
    forced * 10 >= pairs.len() * 9
}

fn is_forced(line: &str, next: &str, limit: usize) -> bool {
    let Some(first) = next.chars().next() else { return false };
    let used = width(line);
    if is_unspaced(first) {
        return used + columns(first) + CJK_SLACK > limit;
    }
    let word = next.split(char::is_whitespace).next().unwrap_or(next);
    used + 1 + width(word) > limit
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

//! Cuts phrases out of a block and repairs the seam: `berichtet(öffnet im neuen Fenster) .` without the phrase in
//! brackets becomes `berichtet.`, with the marks still over the text that they covered.

use std::ops::Range;

use super::{Block, Mark};

/// What may be left over at a seam; line breaks and the borders of cells stay.
const SPACES: [char; 2] = [' ', '\u{a0}'];

/// The block without some ranges of its text, given in order and without overlaps.
pub fn without(block: &Block, cuts: impl Iterator<Item = Range<usize>>) -> Block {
    let removed = widen(&block.text, cuts);
    let mut text = String::with_capacity(block.text.len());
    let mut at = 0;
    for range in &removed {
        text.push_str(&block.text[at..range.start]);
        at = range.end;
    }
    text.push_str(&block.text[at..]);
    let mut gone = 0;
    let removed: Vec<Removed> = removed
        .into_iter()
        .map(|range| {
            let before = gone;
            gone += range.len();
            Removed { range, before }
        })
        .collect();
    let marks = block.marks.iter().filter_map(|mark| shift(mark, &removed)).collect();
    Block { text, marks, ..block.clone() }
}

/// The ranges to remove: the cuts, each with the white space that would be left over at its seam.
fn widen(text: &str, cuts: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut removed: Vec<Range<usize>> = Vec::new();
    for cut in cuts {
        let mut cut = cut.start.min(text.len())..cut.end.min(text.len());
        match removed.last_mut() {
            // With nothing but space between two cuts, they are one.
            Some(last) if text[last.end.min(cut.start)..cut.start].trim().is_empty() => {
                last.end = last.end.max(cut.end);
            }
            _ => {
                cut.end = cut.end.max(cut.start);
                removed.push(cut);
            }
        }
    }
    for range in &mut removed {
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let space_before = before.len() - before.trim_end_matches(SPACES).len();
        let space_after = after.len() - after.trim_start_matches(SPACES).len();
        let next = after[space_after..].chars().next();
        let closes = next.is_none_or(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '\n' | '\t'));
        let opens = before[..before.len() - space_before].ends_with(['(', '[', '\n', '\t']) || before.trim().is_empty();
        if closes {
            range.start -= space_before;
            range.end += space_after;
        } else if opens || space_before > 0 {
            range.end += space_after;
        }
        if opens && before.trim().is_empty() {
            range.start -= space_before;
        }
    }
    removed
}

/// A removed range, with the bytes removed before it.
struct Removed {
    range: Range<usize>,
    before: usize,
}

/// A mark over the text that is left, if any of what it covers is left. An image goes with the text around it.
fn shift(mark: &Mark, removed: &[Removed]) -> Option<Mark> {
    let last_before =
        |at: usize| removed.partition_point(|one| one.range.start < at).checked_sub(1).map(|at| &removed[at]);
    let moved = |at: usize| at - last_before(at).map_or(0, |one| one.before + one.range.end.min(at) - one.range.start);
    let range = moved(mark.range.start)..moved(mark.range.end);
    let swallowed = if mark.range.is_empty() {
        last_before(mark.range.start).is_some_and(|one| mark.range.start < one.range.end)
    } else {
        range.is_empty()
    };
    (!swallowed).then(|| Mark { range, style: mark.style.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Place, Style};

    fn cut(text: &str, phrase: &str) -> String {
        let block = Block::new(BlockKind::Paragraph, text, Place::Text { bytes: 0..text.len(), line: 1 });
        let ranges = text.match_indices(phrase).map(|(at, _)| at..at + phrase.len());
        without(&block, ranges).text
    }

    #[test]
    fn seams_are_repaired() {
        assert_eq!(cut("wie X berichtet(neu) .", "(neu)"), "wie X berichtet.");
        assert_eq!(cut("wie X(neu) berichtet", "(neu)"), "wie X berichtet");
        assert_eq!(cut("wie X (neu) berichtet", "(neu)"), "wie X berichtet");
        assert_eq!(cut("(neu) wie X", "(neu)"), "wie X");
        assert_eq!(cut("wie X (neu)", "(neu)"), "wie X");
        assert_eq!(cut("a (neu) (neu), b", "(neu)"), "a, b");
        assert_eq!(cut("a\n(neu) b", "(neu)"), "a\nb");
        assert_eq!(cut("(neu)", "(neu)"), "");
        assert_eq!(cut("aXb", "X"), "ab");
        assert_eq!(cut("a(neu)\u{a0}.", "(neu)"), "a.");
    }

    #[test]
    fn marks_follow_their_text() {
        let mut block = Block::new(BlockKind::Paragraph, "see this(new) page", Place::Text { bytes: 0..18, line: 1 });
        let mark = |range| Mark { range, style: Style::Strong };
        block.marks = vec![mark(4..13), mark(8..13), mark(14..18)];
        let rest = without(&block, std::iter::once(8..13));
        let marked: Vec<_> = rest.marks.iter().map(|mark| &rest.text[mark.range.clone()]).collect();
        assert_eq!((rest.text.as_str(), marked), ("see this page", vec!["this", "page"]));
    }
}

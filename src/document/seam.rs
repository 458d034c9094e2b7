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
        let closes = closes(&before[..before.len() - space_before], &after[space_after..]);
        let opens = opens(&before[..before.len() - space_before]);
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

/// Whether what follows a seam stands close to what is before it: the end of a line or a cell, punctuation, a quotation
/// mark that closes.
fn closes(before: &str, after: &str) -> bool {
    let Some(next) = after.chars().next() else { return true };
    // French puts spaces inside.
    let spaced = next == '»' && ["« ", "«\u{a0}", "«\u{202f}"].iter().any(|open| tail(before).contains(open));
    matches!(next, '.' | ',' | ';' | ':' | '!' | '?' | '…' | '%' | ')' | ']' | '\n' | '\t')
        || is_quote(next)
            && !spaced
            && closes_quote(&mut open_quotes(before), next, after[next.len_utf8()..].chars().next())
}

/// Whether what is before a seam wants no space behind it: the start of a line or a cell, a bracket, a quotation mark
/// that opens.
fn opens(before: &str) -> bool {
    let last = before.chars().next_back();
    before.trim().is_empty()
        || before.ends_with(['(', '[', '\n', '\t'])
        || last.is_some_and(|last| is_quote(last) && open_quotes(before).last() == Some(&last))
}

/// So many bytes before a seam are looked through for quotation marks.
const QUOTED: usize = 4096;

fn is_quote(c: char) -> bool {
    matches!(c, '„' | '“' | '”' | '‚' | '‘' | '’' | '«' | '»' | '‹' | '›')
}

fn tail(text: &str) -> &str {
    let start = (text.len().saturating_sub(QUOTED)..=text.len()).find(|&at| text.is_char_boundary(at));
    &text[start.unwrap_or_default()..]
}

/// The quotation marks at the end of a text that are not closed yet, outermost first.
fn open_quotes(text: &str) -> Vec<char> {
    let mut chars = tail(text).chars().peekable();
    let mut open = Vec::new();
    while let Some(c) = chars.next() {
        if is_quote(c) && !closes_quote(&mut open, c, chars.peek().copied()) && c != '’' {
            open.push(c);
        }
    }
    open
}

/// Closes the quotation that a mark ends, if one is open: the same mark opens in one language and closes in another.
fn closes_quote(open: &mut Vec<char>, mark: char, next: Option<char>) -> bool {
    let opener = |c: &char| match mark {
        '“' => *c == '„',
        '”' => matches!(c, '“' | '„' | '”'),
        '‘' => *c == '‚',
        // An apostrophe within a word is none.
        '’' => matches!(c, '‘' | '‚') && !next.is_some_and(char::is_alphanumeric),
        '»' => matches!(c, '«' | '»'),
        '«' => *c == '»',
        '›' => matches!(c, '‹' | '›'),
        '‹' => *c == '›',
        _ => false,
    };
    let at = open.iter().rposition(opener);
    if let Some(at) = at {
        open.truncate(at);
    }
    at.is_some()
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
    fn quotation_marks_that_close_stand_close() {
        assert_eq!(cut("„berichtet(neu) “, heißt es", "(neu)"), "„berichtet“, heißt es");
        assert_eq!(cut("“reported(new) ” and ‘so(new) ’", "(new)"), "“reported” and ‘so’");
        assert_eq!(cut("»berichtet(neu) « und ‚so(neu) ‘", "(neu)"), "»berichtet« und ‚so‘");
        assert_eq!(cut("«rapporte(neu) »", "(neu)"), "«rapporte»");
        assert_eq!(cut("„(neu) berichtet“", "(neu)"), "„berichtet“");
        assert_eq!(cut("er sagt(neu) …", "(neu)"), "er sagt…");
        assert_eq!(cut("um 5(neu) %", "(neu)"), "um 5%");
    }

    #[test]
    fn quotation_marks_that_open_stand_apart() {
        assert_eq!(cut("it says(new) “no”", "(new)"), "it says “no”");
        assert_eq!(cut("»a« sagt(neu) »b«", "(neu)"), "»a« sagt »b«");
        assert_eq!(cut("„a“ sagt(neu) „b“", "(neu)"), "„a“ sagt „b“");
        assert_eq!(cut("it doesn’t(new) ‘do’", "(new)"), "it doesn’t ‘do’");
        assert_eq!(cut("« a(neu) » dit", "(neu)"), "« a » dit");
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

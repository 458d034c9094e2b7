//! Defines what a line of plain text is, and which lines begin a list item.
//!
//! The text renderer asks the same questions of the lines it writes as the reader asks of those it reads: that is why
//! cleaning cleaned text changes nothing.

use std::borrow::Cow;
use std::ops::Range;

use super::Marker;
use crate::text::is_invisible;

/// A line that is not blank.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    /// Its bytes in the input, without the line end.
    pub(crate) whole: Range<usize>,
    /// Its bytes in the input, without white space around.
    pub(crate) bytes: Range<usize>,
    /// Its number, from 1.
    pub(crate) number: usize,
    /// The columns of white space that it begins with.
    pub(crate) indent: usize,
    /// Its text, cleaned.
    pub(crate) text: Cow<'a, str>,
    /// A blank line stands before it; true for the first.
    pub(crate) apart: bool,
}

/// The lines of a text that are not blank. Lines end with LF, CR LF or CR, and with the rarer vertical tab, form feed,
/// NEL and the two separators of Unicode.
pub(crate) fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut apart = true;
    for (index, whole) in ranges(text).enumerate() {
        let raw = &text[whole.clone()];
        let blank = |c: char| c.is_whitespace() || is_invisible(c);
        let trimmed = raw.trim_start_matches(blank);
        if trimmed.is_empty() {
            apart = true;
            continue;
        }
        let start = whole.end - trimmed.len();
        let bytes = start..start + trimmed.trim_end_matches(blank).len();
        let (indent, text) = (indent(raw), clean(&text[bytes.clone()]));
        lines.push(Line { whole, bytes, number: index + 1, indent, text, apart });
        apart = false;
    }
    lines
}

/// The byte ranges of all lines, without their ends.
fn ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let Some(len) = text[start..].find(ends_line) else {
            done = true;
            return Some(start..text.len());
        };
        let end = start + len;
        let terminator = if text[end..].starts_with("\r\n") { 2 } else { text[end..].chars().next()?.len_utf8() };
        let line = start..end;
        start = end + terminator;
        Some(line)
    })
}

/// The lines of a text, without their ends; where a carriage return and a line feed end one, with an empty one behind it.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let one = (!may_have_several(text.as_bytes())).then_some(text);
    let several = one.is_none().then(|| text.split(ends_line));
    one.into_iter().chain(several.into_iter().flatten())
}

/// Whether a text may have a character in it that [`ends_line`]: by one byte, or by two of those that it is written in.
/// Without a way out half-way, this looks at many bytes at once.
fn may_have_several(text: &[u8]) -> bool {
    let is_end = |byte: u8| (b'\n'..=b'\r').contains(&byte);
    let one = text.iter().fold(0, |found, byte| found | u8::from(is_end(*byte)));
    let is_pair = |one: u8, next: u8| one == 0xc2 && next == 0x85 || one == 0x80 && next | 1 == 0xa9;
    let pairs = text.iter().zip(text.iter().skip(1));
    pairs.fold(one, |found, (one, next)| found | u8::from(is_pair(*one, *next))) > 0
}

/// Whether a character ends a line.
pub(crate) fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A line without white space around it and without invisible characters; tabs, and runs of spaces and ideographic
/// spaces, are one space. Other spaces, the no-break space among them, stay as written.
pub(crate) fn clean(line: &str) -> Cow<'_, str> {
    let blank = |c: char| c.is_whitespace() || is_invisible(c);
    let line = line.trim_matches(blank);
    let bytes = line.as_bytes();
    // Without a way out half-way, this looks at many bytes at once; most lines are let go here.
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let double = pairs.fold(0, |double, (one, next)| double | u8::from(*one == b' ' && *next == b' ')) > 0;
    if line.is_ascii() && !double && !bytes.contains(&b'\t') {
        return Cow::Borrowed(line);
    }
    let odd = |c: char| c == '\t' || is_invisible(c);
    if !double && !line.contains(odd) && !line.contains('\u{3000}') {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut run: Option<char> = None;
    for c in line.chars().filter(|&c| !is_invisible(c)) {
        if matches!(c, ' ' | '\t' | '\u{3000}') {
            run = Some(if run.is_none() && c == '\u{3000}' { c } else { ' ' });
        } else {
            out.extend(run.take());
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// The columns of white space that a line begins with; a tab reaches to the next multiple of four.
pub(crate) fn indent(line: &str) -> usize {
    let mut columns = 0;
    for c in line.chars() {
        match c {
            ' ' => columns += 1,
            '\t' => columns = (columns / 4 + 1) * 4,
            c if is_invisible(c) => {}
            _ => break,
        }
    }
    columns
}

/// What [`items`] has to know of a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    /// The columns that it is indented by.
    pub(crate) indent: usize,
    /// Its cleaned text.
    pub(crate) text: &'a str,
    /// A blank line stands before it.
    pub(crate) apart: bool,
}

/// The beginning of a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// What stands before it.
    pub(crate) marker: Marker,
    /// The bytes of the line's text that the marker and the space behind it take up.
    pub(crate) len: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Dash,
    Dot,
    Star,
    EnDash,
    Point(u32),
    Bracket(u32),
}

/// For each line, the list item that it begins, if it does.
///
/// A hyphen or a bullet is always a marker. An asterisk may be a footnote's, a dash may open a line of dialogue, and
/// `5. Mai 2024` is a date: those take a neighbour. `*`, `–` and `1)` need a line with the same sign directly above or
/// below; `1.` needs the number before or after it on the next lines, a marker directly above or below, or lines
/// below that are indented.
pub(crate) fn items(rows: &[Row<'_>]) -> Vec<Option<Item>> {
    let signs: Vec<_> = rows.iter().map(|row| sign(row.text)).collect();
    let at = |index: Option<usize>| index.and_then(|index| signs.get(index).copied().flatten()).map(|(sign, _)| sign);
    let decide = |index: usize| {
        let (sign, len) = signs[index]?;
        let (above, below) = (at(index.checked_sub(1)), at(Some(index + 1)));
        let touching =
            [above.filter(|_| !rows[index].apart), below.filter(|_| rows.get(index + 1).is_some_and(|row| !row.apart))];
        let touches = |wanted: &dyn Fn(Sign) -> bool| touching.iter().flatten().any(|&sign| wanted(sign));
        let marker = match sign {
            Sign::Dash | Sign::Dot => Marker::Bullet,
            Sign::Star | Sign::EnDash if touches(&|other| other == sign) => Marker::Bullet,
            Sign::Bracket(n) if touches(&|other| matches!(other, Sign::Bracket(_))) => Marker::Number(n),
            Sign::Star | Sign::EnDash | Sign::Bracket(_) => return None,
            Sign::Point(n) => {
                let follows = n.checked_sub(1).is_some_and(|before| above == Some(Sign::Point(before)));
                let listed = touches(&|other| matches!(other, Sign::Dash | Sign::Dot | Sign::Point(_)));
                let holds = rows.get(index + 1).is_some_and(|row| row.indent >= rows[index].indent + 2);
                if !(follows || below == Some(Sign::Point(n + 1)) || listed || holds) {
                    return None;
                }
                Marker::Number(n)
            }
        };
        Some(Item { marker, len })
    };
    (0..rows.len()).map(decide).collect()
}

/// Whether a line begins with something that may be a marker.
pub(crate) fn may_be_item(text: &str) -> bool {
    sign(text).is_some()
}

fn sign(text: &str) -> Option<(Sign, usize)> {
    let digits = text.bytes().take(10).take_while(u8::is_ascii_digit).count();
    let (sign, len) = match text.chars().next()? {
        '-' => (Sign::Dash, 1),
        '*' => (Sign::Star, 1),
        '•' => (Sign::Dot, '•'.len_utf8()),
        '–' => (Sign::EnDash, '–'.len_utf8()),
        first if first.is_ascii_digit() && digits <= 9 && (first != '0' || digits == 1) => {
            let number = text[..digits].parse().ok()?;
            match text.as_bytes().get(digits)? {
                b'.' => (Sign::Point(number), digits + 1),
                b')' => (Sign::Bracket(number), digits + 1),
                _ => return None,
            }
        }
        _ => return None,
    };
    let content = text[len..].strip_prefix(' ')?;
    content.starts_with(|c: char| !c.is_whitespace()).then_some((sign, len + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Vec<bool> {
        let lines = split(text);
        let rows: Vec<_> =
            lines.iter().map(|line| Row { indent: line.indent, text: &line.text, apart: line.apart }).collect();
        items(&rows).iter().map(Option::is_some).collect()
    }

    #[test]
    fn a_text_is_cut_wherever_a_line_ends() {
        for text in
            ["", "a", "a\nb", "a\u{85}b", "a\u{2028}b\u{2029}", "it’s “one”", "é\u{a0}ü", "\u{b}\u{c}", "a\r\nb\n"]
        {
            assert_eq!(lines(text).collect::<Vec<_>>(), text.split(ends_line).collect::<Vec<_>>(), "{text:?}");
        }
    }

    #[test]
    fn all_line_ends_end_lines() {
        let lines = split("a\r\nb\rc\u{2028}d\u{85}e\u{c}f\n\ng");
        let seen: Vec<_> = lines.iter().map(|line| (&*line.text, line.number, line.apart)).collect();
        assert_eq!(seen[..2], [("a", 1, true), ("b", 2, false)]);
        assert_eq!(seen[6], ("g", 8, true));
    }

    #[test]
    fn lines_are_cleaned() {
        assert_eq!(clean(" \u{feff}a \t b\u{ad}c\u{3000}d\u{3000}\u{3000}e\u{a0}f\u{a0}"), "a bc\u{3000}d e\u{a0}f");
    }

    #[test]
    fn a_sign_alone_may_be_no_marker() {
        assert_eq!(marked("- a"), [true]);
        assert_eq!(marked("5. Mai 2024\n\n* footnote\n\n– Bonjour."), [false; 3]);
        assert_eq!(marked("* a\n* b\n\n1. c\n\n2. d\n1) e\n2) f"), [true; 6]);
        assert_eq!(marked("3. a\n   b\n-b\n-"), [true, false, false, false]);
        assert_eq!(marked("007. a\n8. b\n99999999999. c"), [false; 3]);
    }
}

//! Tells program text in plain text, so that it keeps its white space.
//!
//! It errs on the side of prose: what is taken for code is one block that no rule looks into.

use std::ops::Range;

use super::super::lines::{self, Line};

/// The lines that are code, as ranges. Blank lines may lie within: what is indented behind a blank line, or closes a
/// bracket there, goes with the code above it, and code with nothing but blank lines between is one.
pub(super) fn groups(all: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut groups: Vec<(Range<usize>, bool)> = Vec::new();
    let mut start = 0;
    // Up to here lines were already tried together, in vain.
    let mut tried = 0;
    while start < all.len() {
        let end = group_end(all, start);
        let mut whole = end;
        while start >= tried && whole < all.len() && goes_on(&all[whole..]) {
            whole = group_end(all, whole);
        }
        let found = [whole, end].into_iter().find(|&end| is_code(&all[start..end]));
        if found.is_none() {
            tried = tried.max(whole);
        }
        let certain = found.is_some();
        let end = found.unwrap_or(end);
        if certain || is_like_code(&all[start..end]) {
            match groups.last_mut() {
                Some((group, sure)) if group.end == start => {
                    group.end = end;
                    *sure |= certain;
                }
                _ => groups.push((start..end, certain)),
            }
        }
        start = end;
    }
    groups.into_iter().filter(|(_, certain)| *certain).map(|(group, _)| group).collect()
}

fn group_end(all: &[Line<'_>], start: usize) -> usize {
    start + 1 + all[start + 1..].iter().take_while(|line| !line.apart).count()
}

/// Whether the lines behind a blank one may go on with code above it.
fn goes_on(rest: &[Line<'_>]) -> bool {
    let inside = rest[0].indent > 1 || rest[0].text.starts_with(['}', ')', ']']);
    inside && !rest[..group_end(rest, 0)].iter().any(is_prose)
}

/// Whether a group of lines is code: three or more, indented unlike each other, from the margin on, no list; half of
/// them are such as statements are, and something in them is not written in prose.
fn is_code(group: &[Line<'_>]) -> bool {
    if group.len() < 3 || group[0].indent != 0 || group.iter().all(|line| line.indent < 2) {
        return false;
    }
    let commented = group.iter().any(|line| line.text.starts_with("/*"));
    if group.iter().any(|line| lines::may_be_item(&line.text) && !(commented && line.text.starts_with('*'))) {
        return false;
    }
    let opened = group.iter().any(|line| line.text.ends_with(['{', '(', '[']));
    let next = group.iter().skip(1).map(Some).chain([None]);
    let statements = group.iter().zip(next).filter(|(line, next)| is_statement(line, *next, opened)).count();
    statements * 2 >= group.len() && group.iter().any(is_foreign)
}

/// Whether a line is such as statements are; `opened` where brackets are left open at the end of lines.
fn is_statement(line: &Line<'_>, next: Option<&Line<'_>>, opened: bool) -> bool {
    let text = &*line.text;
    let opens = text.ends_with([':', '(', '[']) && next.is_some_and(|next| next.indent > line.indent);
    let called = || {
        let before = text.find('(').and_then(|at| text[..at].chars().next_back());
        text.ends_with(')') && before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    let inside = line.indent > 0 && (opened && text.ends_with(',') || text.contains(" = ") || called());
    opens || inside || ends_statement(text) || is_comment(text) || text.starts_with(['}', ')', ']'])
}

/// Whether lines may be code if there is code next to them: all end as statements do.
fn is_like_code(group: &[Line<'_>]) -> bool {
    let listed = |line: &Line<'_>| lines::may_be_item(&line.text);
    group.iter().all(|line| (ends_statement(&line.text) || is_comment(&line.text)) && !is_prose(line) && !listed(line))
}

fn ends_statement(text: &str) -> bool {
    text.ends_with(['{', '}', ';'])
}

fn is_comment(text: &str) -> bool {
    ["//", "/*", "* ", "*/"].iter().any(|start| text.starts_with(start))
}

/// Whether a line has what is not written in prose.
fn is_foreign(line: &Line<'_>) -> bool {
    ["{", "}", "()", " = ", "=>", "->", "):"].iter().any(|sign| line.text.contains(sign))
}

/// Whether a line is hardly part of a program: many words, none of them strange.
fn is_prose(line: &Line<'_>) -> bool {
    line.text.split(' ').nth(7).is_some() && !is_foreign(line) && !is_comment(&line.text) && !line.text.contains("(\"")
}

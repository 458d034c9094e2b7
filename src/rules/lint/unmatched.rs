//! Finds patterns that text as rules see it, [normalised](crate::text), can never match.

use regex_syntax::hir::{Hir, HirKind};

use crate::text::{is_invisible, normalise};

/// What of a pattern no normalised text has, and what to write instead. `whole` says that it is for whole blocks.
pub(super) fn unmatched(pattern: &str, whole: bool) -> Option<(&'static str, &'static str)> {
    let hir = regex_syntax::parse(pattern).ok()?;
    if whole && (has_space_at(&hir, Edge::Start) || has_space_at(&hir, Edge::End)) {
        return Some(("no block begins or ends with a space", "take the space away"));
    }
    odd_text(&hir)
}

#[derive(Clone, Copy)]
enum Edge {
    Start,
    End,
}

/// Whether every match, or those of one alternative, have a space at an edge.
fn has_space_at(hir: &Hir, edge: Edge) -> bool {
    match hir.kind() {
        HirKind::Literal(literal) => match edge {
            Edge::Start => literal.0.first() == Some(&b' '),
            Edge::End => literal.0.last() == Some(&b' '),
        },
        HirKind::Capture(capture) => has_space_at(&capture.sub, edge),
        HirKind::Alternation(alternatives) => alternatives.iter().any(|one| has_space_at(one, edge)),
        HirKind::Concat(parts) => {
            let is_text = |part: &&Hir| !matches!(part.kind(), HirKind::Look(_) | HirKind::Empty);
            let part = match edge {
                Edge::Start => parts.iter().find(is_text),
                Edge::End => parts.iter().rev().find(is_text),
            };
            part.is_some_and(|part| has_space_at(part, edge))
        }
        HirKind::Repetition(repeated) => repeated.min > 0 && has_space_at(&repeated.sub, edge),
        HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) => false,
    }
}

/// What is wrong with the plain text in a pattern.
fn odd_text(hir: &Hir) -> Option<(&'static str, &'static str)> {
    match hir.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok().and_then(odd),
        HirKind::Capture(capture) => odd_text(&capture.sub),
        HirKind::Repetition(repeated) => odd_text(&repeated.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().find_map(odd_text),
        HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) => None,
    }
}

fn odd(text: &str) -> Option<(&'static str, &'static str)> {
    // In the middle of a text a space at the edge is one of it.
    let within = format!("x{text}x");
    if normalise(&within) == within {
        return None;
    }
    Some(if text.contains(is_invisible) {
        (
            "soft hyphens and zero-width characters are not matched",
            "take them away: they are not in the text of a block",
        )
    } else if text.contains(|c: char| c.is_whitespace() && c != ' ') {
        ("line breaks, tabs and no-break spaces are one space in the text of a block", "write a space")
    } else if text.contains("  ") {
        ("several spaces are one in the text of a block", "write one space")
    } else {
        ("letters are composed in the text of a block", "write the composed letters (NFC)")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_block_has_is_found() {
        for pattern in
            [" a", "a ", "a|b ", "(?: a)+b", "^ a", "a  b", "a\\nb", "a\tb", "a\u{a0}b", "a\u{ad}b", "u\u{308}"]
        {
            assert!(unmatched(pattern, true).is_some(), "{pattern:?}");
        }
        for pattern in ["a b", r"a\s+b", "a( b)?", "( a)?b", "(?x) a  b ", r"[\xa0 ]a", "ü", r"\ba", ".+"] {
            assert_eq!(unmatched(pattern, true), None, "{pattern:?}");
        }
        assert_eq!(unmatched(" a ", false), None);
        assert!(unmatched(" a  ", false).is_some());
    }
}

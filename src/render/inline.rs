//! Turns the marks of a block into pieces that nest properly, whatever the marks are like.

use std::cmp::Reverse;

use crate::document::{Block, Mark, Style};

/// A piece of a block's text, in order; what is opened is closed again, the last first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(&'a str),
    Open(&'a Style),
    Close(&'a Style),
    Image { src: &'a str, alt: &'a str },
}

/// The pieces of a stretch of a block's text.
///
/// A mark that reaches out of the one around it, or of the stretch, is cut off there. Left out are links that lead nowhere, links in links,
/// a style within itself, and whatever is within code.
pub(super) fn pieces(block: &Block, from: usize, to: usize) -> Vec<Piece<'_>> {
    // Marks come in the order of their start, so a row of many cells takes no look at all of them for each.
    let first = block.marks.partition_point(|mark| mark.range.start < from);
    let near = block.marks[first..].iter().take_while(|mark| mark.range.start <= to);
    let mut marks: Vec<_> = near.filter_map(|mark| clipped(block, mark, from, to)).collect();
    marks.sort_by_key(|&(start, end, _)| (start, Reverse(end)));
    let mut out = Vec::new();
    let mut open: Vec<(usize, &Style)> = Vec::new();
    let mut at = from;
    for (start, end, style) in marks {
        close(block, &mut out, &mut open, &mut at, start);
        if let Style::Image { src, alt } = style {
            if !open.iter().any(|&(_, style)| *style == Style::Code) {
                advance(block, &mut out, &mut at, start);
                out.push(Piece::Image { src, alt });
            }
            continue;
        }
        let end = open.last().map_or(end, |&(limit, _)| end.min(limit));
        let same =
            |other: &Style| *other == Style::Code || std::mem::discriminant(other) == std::mem::discriminant(style);
        if start >= end || open.iter().any(|&(_, other)| same(other)) {
            continue;
        }
        advance(block, &mut out, &mut at, start);
        out.push(Piece::Open(style));
        open.push((end, style));
    }
    close(block, &mut out, &mut open, &mut at, to);
    advance(block, &mut out, &mut at, to);
    out
}

fn clipped<'a>(block: &'a Block, mark: &'a Mark, from: usize, to: usize) -> Option<(usize, usize, &'a Style)> {
    let image = matches!(mark.style, Style::Image { .. });
    let (mut start, mut end) = (mark.range.start.clamp(from, to), mark.range.end.clamp(from, to));
    while !block.text.is_char_boundary(start) {
        start -= 1;
    }
    while !block.text.is_char_boundary(end) {
        end -= 1;
    }
    match &mark.style {
        Style::Link { href } if leads_nowhere(href) => None,
        _ if image => Some((start, start, &mark.style)),
        _ => {
            // White space at the edge of a style, a line break above all, is as well outside.
            let inside = block.text.get(start..end)?;
            let (left, right) = (inside.trim_start().len(), inside.trim_end().len());
            (left > 0).then_some((end - left, start + right, &mark.style))
        }
    }
}

/// Closes the styles that end before a place.
fn close<'a>(
    block: &'a Block,
    out: &mut Vec<Piece<'a>>,
    open: &mut Vec<(usize, &'a Style)>,
    at: &mut usize,
    place: usize,
) {
    while let Some((end, style)) = open.pop_if(|(end, _)| *end <= place) {
        advance(block, out, at, end);
        out.push(Piece::Close(style));
    }
}

fn advance<'a>(block: &'a Block, out: &mut Vec<Piece<'a>>, at: &mut usize, to: usize) {
    if *at < to {
        out.push(Piece::Text(&block.text[*at..to]));
        *at = to;
    }
}

/// Whether a link leads to no page: it is empty, a mere `#`, or a script.
pub(super) fn leads_nowhere(href: &str) -> bool {
    let href: String = href.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(11).collect();
    href.is_empty() || href == "#" || href.eq_ignore_ascii_case("javascript:")
}

/// Whether a block shows anything: text or an image.
pub(super) fn shows(block: &Block) -> bool {
    !block.text.trim().is_empty() || block.marks.iter().any(|mark| matches!(mark.style, Style::Image { .. }))
}

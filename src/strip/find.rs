//! Finds what a rule is about: whole blocks, and ranges of the text of blocks.

use std::ops::Range;

use super::Captured;
use super::reading::{Reading, Window};
use super::scan::{Scan, a_look};
use super::scope::Admission;
use crate::document::Document;
use crate::document::html::{Element, Extent, Tree};
use crate::rules::pattern::Pattern;
use crate::rules::source::{Finder, Rule};
use crate::text::normalise;

/// What a rule found, in the order of the blocks.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) parts: Vec<Part>,
    pub(super) captured: Captured,
}

/// A block, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) block: usize,
    /// Bytes of its text; `None` is all of it.
    pub(super) range: Option<Range<usize>>,
}

impl Part {
    fn whole(block: usize) -> Self {
        Self { block, range: None }
    }
}

/// What a rule finds in a window. A stretch of blocks begins at one that is still open: what a rule before it took is
/// explained already.
pub(super) fn find(scan: &Scan<'_, '_>, window: &Window, rule: &Rule, is_open: impl Fn(usize) -> bool) -> Found {
    let reading = scan.reading();
    let admission = Admission::new(scan, window, &rule.scope);
    let matching = |pattern| scan.members(window, pattern, |position| admission.admits(position));
    let mut found = Found::default();
    match &rule.finder {
        Finder::Elements { select, text, closest, pick } => {
            if let Some(tree) = &reading.document().tree {
                let mut elements: Vec<Element<'_>> = scan.elements(select).collect();
                if let Some(pattern) = text {
                    let pace = scan.pace();
                    let is_it = |element: &Element<'_>| {
                        let text = text_of(reading, tree, *element);
                        !pace.go(a_look(&text)) && pattern.matches(&normalise(&text))
                    };
                    elements.retain(|element| !pace.go(1) && is_it(element));
                }
                if let Some(closest) = closest {
                    let is_it = |one: &Element<'_>| closest.matches_within(*one, scan.pace());
                    let around = elements.iter().map(|element| element.ancestors().find(is_it));
                    elements = around.flatten().collect();
                    elements.dedup();
                }
                // Elements nest, and what lies in one that is taken is taken with it: looked at again for each, a page
                // of nested boxes would take hours.
                let mut taken: Option<Extent> = None;
                for extent in picked(&elements, *pick).iter().filter_map(|element| tree.extent(element.node_id())) {
                    let is_new = taken.is_none_or(|taken| !taken.contains(extent));
                    if is_new && !window.reaches(extent) {
                        taken = Some(extent);
                    } else if is_new && is_admitted(reading, extent, window, &admission) {
                        let parts = coverage(reading.document(), extent);
                        found.parts.extend(parts.filter(|part| window.contains[part.block]));
                        taken = Some(extent);
                    }
                }
            }
        }
        Finder::Blocks(pattern) => {
            for index in matching(pattern).map(|position| window.members[position]) {
                found.captured.take(pattern, scan.text(index));
                found.parts.push(Part::whole(index));
            }
        }
        Finder::Between { from, to, or_end, each } => {
            let mut behind = 0;
            let mut ends: Option<Vec<usize>> = None;
            for start in matching(from) {
                if start < behind || !is_open(window.members[start]) {
                    continue;
                }
                let end = match to {
                    None => Some(window.members.len()),
                    Some(to) => {
                        let ends = ends.get_or_insert_with(|| scan.members(window, to, |_| true).collect());
                        let next = ends.get(ends.partition_point(|end| *end <= start)).copied();
                        next.or(or_end.then_some(window.members.len()))
                    }
                };
                let Some(end) = end else { break };
                let index = window.members[start];
                found.captured.take(from, scan.text(index));
                // With the images between them, which are members of nothing.
                let last = window.members.get(end).copied();
                let last = last.unwrap_or_else(|| window.contains.iter().rposition(|&one| one).map_or(0, |at| at + 1));
                found.parts.extend((index..last).filter(|&one| window.contains[one]).map(Part::whole));
                behind = end;
                if !each {
                    break;
                }
            }
        }
        Finder::Phrases(pattern) => {
            for index in matching(pattern).map(|position| window.members[position]) {
                let Some(text) = reading.text(index) else { continue };
                let ranges = pattern.places(text.as_str()).into_iter().map(|place| text.origin(place));
                found.parts.extend(ranges.map(|range| Part { block: index, range: Some(range) }));
            }
        }
    }
    found.parts = disjoint(found.parts);
    found
}

/// The same text in order and without overlaps: elements nest, and one rule may find both.
fn disjoint(mut parts: Vec<Part>) -> Vec<Part> {
    parts.sort_by_key(|part| (part.block, part.range.as_ref().map(|range| range.start)));
    let mut covered = None;
    parts.retain_mut(|part| {
        let (start, end) = part.range.as_ref().map_or((0, usize::MAX), |range| (range.start, range.end));
        let start = covered.filter(|(block, _)| *block == part.block).map_or(start, |(_, end)| start.max(end));
        if start >= end {
            return false;
        }
        if let Some(range) = &mut part.range {
            range.start = start;
        }
        covered = Some((part.block, end));
        true
    });
    parts
}

impl Captured {
    /// Takes what the named groups of a match hold, unless there is something already.
    fn take(&mut self, pattern: &Pattern, text: &str) {
        if pattern.group_names().next().is_none() {
            return;
        }
        let Some(groups) = pattern.captures(text) else { return };
        for (slot, name) in [(&mut self.title, "title"), (&mut self.author, "author"), (&mut self.date, "date")] {
            if slot.is_none() {
                *slot = groups.name(name).map(|group| group.as_str().trim().to_owned()).filter(|one| !one.is_empty());
            }
        }
    }
}

fn picked<'a>(elements: &[Element<'a>], pick: Option<i64>) -> Vec<Element<'a>> {
    let Some(pick) = pick else { return elements.to_vec() };
    let steps = usize::try_from(pick.unsigned_abs()).unwrap_or(usize::MAX);
    let index = if pick < 0 { elements.len().checked_sub(steps) } else { steps.checked_sub(1) };
    index.and_then(|index| elements.get(index)).copied().into_iter().collect()
}

/// Whether the scope admits the first block of the window in an element. Elements without one are not asked.
fn is_admitted(reading: &Reading<'_>, extent: Extent, window: &Window, admission: &Admission<'_>) -> bool {
    let mut blocks = coverage(reading.document(), extent).filter(|part| window.contains[part.block]);
    blocks.find_map(|part| window.position(part.block)).is_none_or(|position| admission.admits(position))
}

/// The visible blocks, and parts of blocks, that an extent covers. A block of which it covers all text is whole.
pub(super) fn coverage(document: &Document, extent: Extent) -> impl Iterator<Item = Part> {
    let behind = (extent.end.block + 1).min(document.blocks.len());
    (extent.start.block..behind).filter_map(move |index| {
        let block = document.blocks.get(index).filter(|block| block.unseen.is_none())?;
        let len = block.text.len();
        let start = if index == extent.start.block { extent.start.offset.min(len) } else { 0 };
        let end = if index == extent.end.block { extent.end.offset.min(len) } else { len };
        if index == extent.end.block && end == 0 && index > extent.start.block {
            return None;
        }
        let is_blank = |text: &str| text.trim().is_empty();
        if is_blank(&block.text) {
            // An image alone: the element must reach beyond the block, or be as empty as it is.
            return Some(Part::whole(index));
        }
        let whole = || is_blank(&block.text[..start]) && is_blank(&block.text[end..]);
        let covers = start < end && !is_blank(&block.text[start..end]);
        covers.then(|| Part { block: index, range: (!whole()).then_some(start..end) })
    })
}

fn text_of(reading: &Reading<'_>, tree: &Tree, element: Element<'_>) -> String {
    let document = reading.document();
    let Some(extent) = tree.extent(element.node_id()) else { return String::new() };
    let texts = coverage(document, extent).map(|part| {
        let text = document.blocks[part.block].text.as_str();
        part.range.map_or(text, |range| &text[range])
    });
    texts.collect::<Vec<_>>().join(" ")
}

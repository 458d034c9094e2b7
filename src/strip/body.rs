//! Finds the body of a page.

use super::find::coverage;
use super::reading::Window;
use super::scan::Scan;
use crate::document::html::Extent;
use crate::rules::pattern::Pattern;
use crate::rules::source::Body;

/// The blocks of the body; the whole page where nothing is said of it. `None` where selectors are given for a page
/// with a tree and none of them finds any text.
pub(super) fn find(scan: &Scan<'_, '_>, body: &Body) -> Option<Window> {
    let reading = scan.reading();
    let document = reading.document();
    match &document.tree {
        Some(tree) if !body.select.is_empty() => body.select.iter().find_map(|union| {
            let mut contains = vec![false; document.blocks.len()];
            let extents =
                union.iter().flat_map(|select| scan.elements(select)).filter_map(|one| tree.extent(one.node_id()));
            let mut last: Option<Extent> = None;
            for extent in extents {
                // What lies in the element before it is in the window already.
                if last.is_some_and(|last| last.contains(extent)) {
                    continue;
                }
                last = Some(extent);
                for part in coverage(document, extent) {
                    contains[part.block] = true;
                }
                // Images and other blocks without a text of their own go with the element around them.
                let textless = |index: &usize| !document.blocks[*index].has_visible_text();
                for index in (extent.start.block..extent.end.block.min(contains.len())).filter(textless) {
                    contains[index] = true;
                }
            }
            let window = reading.window(contains);
            (window.total > 0).then_some(window)
        }),
        _ => Some(between_anchors(scan, body)),
    }
}

/// Whether anchors are given for a flattened page and none of them is on it.
pub(super) fn lost_anchors(scan: &Scan<'_, '_>, body: &Body) -> bool {
    let mut anchors = body.from.iter().chain(&body.to).peekable();
    let is_there = |anchor: &Pattern| scan.blocks(anchor).next().is_some();
    scan.reading().document().tree.is_none() && anchors.peek().is_some() && !anchors.any(is_there)
}

/// The blocks between two anchors of a flattened page. An anchor that is not there bounds nothing.
fn between_anchors(scan: &Scan<'_, '_>, body: &Body) -> Window {
    let reading = scan.reading();
    let mut contains = vec![true; reading.document().blocks.len()];
    let mut start = 0;
    if let Some(from) = &body.from
        && let Some(index) = scan.blocks(from).next()
    {
        start = index + 1;
        contains[..start].fill(false);
    }
    if let Some(to) = &body.to
        && let Some(index) = scan.blocks(to).find(|index| *index >= start)
    {
        contains[index..].fill(false);
    }
    reading.window(contains)
}

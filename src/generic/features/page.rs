//! Describes the page as a whole by the blocks on it.

use super::blocks::{Blocks, share};
use super::feature::Feature;
use super::sheet::OfPage;
use crate::document::BlockKind;

pub(super) fn fill(page: &mut OfPage, blocks: &Blocks<'_>) {
    let sums = blocks.page();
    let (mut items, mut headings, mut code, mut tables, mut paragraphs) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (index, measured) in blocks.rows.iter().zip(&blocks.measured) {
        let length = measured.prose.length as f32;
        match blocks.all[*index].kind {
            BlockKind::ListItem { .. } => items += 1.0,
            BlockKind::Heading { .. } => headings += 1.0,
            BlockKind::Code => code += length,
            BlockKind::TableRow { .. } => tables += length,
            _ => {}
        }
        paragraphs += f32::from(u8::from(measured.is_running));
    }
    page.set(Feature::PageBlocks, sums.blocks);
    page.set(Feature::PageLength, sums.length);
    page.set(Feature::PageProse, share(sums.running, sums.length));
    page.set(Feature::PageLinks, sums.link_share());
    page.set(Feature::PageDropped, share(sums.dropped, sums.dropped + sums.length));
    page.set(Feature::PageItems, share(items, sums.blocks));
    page.set(Feature::PageHeadings, share(headings, sums.blocks));
    page.set(Feature::PageCode, share(code, sums.length));
    page.set(Feature::PageTables, share(tables, sums.length));
    page.set(Feature::PageParagraphs, paragraphs);
    page.set(Feature::PageParagraph, share(sums.running, paragraphs));
}

//! Describes what blocks that look alike have in common. The paragraphs of an article do, and the teasers beside it.

use rustc_hash::FxHashMap;

use super::blocks::{Blocks, Sums, share};
use super::feature::Feature;
use super::sheet::{OfPage, Sheet};

/// Which blocks look alike.
pub(super) struct Alike {
    /// For each row, which look it has.
    looks: Vec<u32>,
    /// For each look, the sums over its blocks.
    sums: Vec<Sums>,
}

impl Alike {
    pub(super) fn new(looks: impl Iterator<Item = u64>, blocks: &Blocks<'_>) -> Self {
        let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
        let mut sums: Vec<Sums> = Vec::new();
        let mut numbered = Vec::with_capacity(blocks.rows.len());
        for (look, measured) in looks.zip(&blocks.measured) {
            let number = *numbers.entry(look).or_insert_with(|| {
                sums.push(Sums::default());
                u32::try_from(sums.len() - 1).unwrap_or(u32::MAX)
            });
            sums[number as usize].add(measured);
            numbered.push(number);
        }
        Self { looks: numbered, sums }
    }

    pub(super) fn fill(&self, sheet: &mut Sheet, blocks: &Blocks<'_>) {
        let page = blocks.page();
        for row in sheet.rows() {
            let sums = self.sums[self.looks[row] as usize];
            sheet.set(Feature::AlikeBlocks, row, sums.blocks);
            sheet.set(Feature::AlikeLength, row, sums.mean_length());
            sheet.set(Feature::AlikeLinks, row, sums.link_share());
            sheet.set(Feature::AlikeSentences, row, sums.mean_sentences());
            sheet.set(Feature::AlikeShare, row, share(sums.length, page.length));
        }
    }

    pub(super) fn fill_page(&self, page: &mut OfPage, blocks: &Blocks<'_>) {
        let largest = self.sums.iter().map(|sums| sums.length).fold(0.0, f32::max);
        page.set(Feature::PageAlike, share(largest, blocks.page().length));
    }
}

//! Tells pages that list articles: many lines that lead elsewhere, and nowhere a few paragraphs in a row.

use super::data::link_share;
use crate::document::{Block, BlockKind};
use crate::ledger::{Ledger, Verdict};
use crate::strip::reading::Reading;

/// A paragraph of running text is no shorter, in characters.
const PARAGRAPH: usize = 120;

/// A line that leads to an article is as long as a headline, in characters.
const HEADLINE: std::ops::RangeInclusive<usize> = 18..=160;

/// How many of them a list has at least.
const LEAST: usize = 15;

/// Where so many paragraphs follow each other, there is an article.
const LONGEST_RUN: usize = 2;

/// Most of the text of a block of links is in them.
const LINKS: f64 = 0.6;

/// Whether a page lists articles.
pub(super) fn is_listing(reading: &Reading<'_>, ledger: &Ledger) -> bool {
    let blocks = &reading.document().blocks;
    if reading.document().tree.is_none() {
        return false; // flattened text has no links
    }
    let (mut headlines, mut run, mut longest, mut kept) = (0, 0, 0, 0);
    for (index, block) in blocks.iter().enumerate().filter(|(index, _)| reading.weight(*index) > 0) {
        let weight = reading.weight(index);
        let is_kept = ledger.verdicts.get(index) == Some(&Verdict::Kept);
        if leads_elsewhere(block, weight) {
            headlines += 1;
            kept += usize::from(is_kept);
            run = 0;
        } else if weight >= PARAGRAPH {
            run += 1;
            longest = longest.max(run);
        }
    }
    let _ = kept;
    headlines >= LEAST && longest <= LONGEST_RUN
}

fn leads_elsewhere(block: &Block, weight: usize) -> bool {
    !matches!(block.kind, BlockKind::TableRow { .. } | BlockKind::Code)
        && HEADLINE.contains(&weight)
        && link_share(block) >= LINKS
}

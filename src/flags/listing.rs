//! Tells pages that list articles: many lines that lead elsewhere, and between them never a few paragraphs in a row.
//!
//! Of 216 pages of lists in WCXB it tells 78, of 1,019 articles there and elsewhere 3, which are lists of links as well.

use super::data::link_share;
use crate::document::{Block, BlockKind};
use crate::ledger::{Ledger, Verdict};
use crate::strip::reading::Reading;

/// A paragraph of running text is no shorter, in characters.
const PARAGRAPH: usize = 60;

/// A line that leads to an article is as long as a headline, in characters.
const HEADLINE: std::ops::RangeInclusive<usize> = 18..=160;

/// How many of them a list has at least.
const LEAST: usize = 15;

/// Paragraphs in a row that hold so much text make an article, in characters, …
const ARTICLE: usize = 500;

/// … and so do those that hold such a share of what is kept.
const ARTICLE_SHARE: f64 = 0.25;

/// Most of the text of a block of links is in them.
const LINKS: f64 = 0.6;

/// Whether a page lists articles.
pub(super) fn is_listing(reading: &Reading<'_>, ledger: &Ledger) -> bool {
    let blocks = &reading.document().blocks;
    if reading.document().tree.is_none() {
        return false; // flattened text has no links
    }
    let (mut headlines, mut kept, mut run, mut longest) = (0, 0, 0, 0);
    for (index, block) in blocks.iter().enumerate() {
        let weight = reading.weight(index);
        let is_kept = ledger.verdicts.get(index) == Some(&Verdict::Kept);
        kept += if is_kept { weight } else { 0 };
        if leads_elsewhere(block, weight) {
            headlines += 1;
            run = 0;
        } else if is_kept && weight >= PARAGRAPH && link_share(block) < LINKS {
            run += weight;
            longest = longest.max(run);
            if longest >= ARTICLE {
                return false;
            }
        }
    }
    headlines >= LEAST && (longest as f64) < kept as f64 * ARTICLE_SHARE
}

fn leads_elsewhere(block: &Block, weight: usize) -> bool {
    !matches!(block.kind, BlockKind::TableRow { .. } | BlockKind::Code)
        && HEADLINE.contains(&weight)
        && link_share(block) >= LINKS
}

//! Decides whether the body of a page is what it holds for its scripts: only where next to nothing of it is seen, or
//! what is seen is the beginning of it. Never both: two copies are worse than a stub.

use super::{kept, kept_weight};
use crate::category::Category;
use crate::document::html::island;
use crate::document::{Block, Style, Unseen};
use crate::ledger::{Cause, Ledger, Verdict};
use crate::rules::file::Policy;
use crate::strip::Policies;
use crate::strip::reading::Reading;
use crate::text::{normalise, start_of, weight};

/// A longer body is no stub, in characters.
const MOST_KEPT: usize = 4000;

/// The data hold so many times as much text as the body that is seen: with less, what is seen may be the better copy.
const LEAST_GAIN: usize = 3;

/// No article is shorter, in characters.
const LEAST: usize = 400;

/// A page with less running text shows next to nothing, in characters.
const NEXT_TO_NOTHING: usize = 300;

/// A body with less text is none, in characters: a list of products may be short, and right.
const NOTHING: usize = 100;

/// A block with less text is no paragraph, in characters.
const PARAGRAPH: usize = 60;

/// How much of a paragraph has to stand in the data, in bytes: typographers change what is behind.
const START: usize = 40;

/// The share of the body that has to stand in the data, if it is to be the stub of them.
const MOST_OF_STUB: f64 = 0.7;

/// The article that a page holds for its scripts, where it may be needed; it is up to [`choose`] whether it is.
pub fn wanted(reading: &Reading<'_>, ledger: &Ledger) -> Vec<Block> {
    let document = reading.document();
    let Some(tree) = &document.tree else { return Vec::new() };
    let kept = kept_weight(reading, ledger);
    if kept > MOST_KEPT {
        return Vec::new();
    }
    let blocks = island::article_body(tree, &document.blocks, LEAST.max(kept * LEAST_GAIN));
    if blocks.is_empty() && running_text(reading, ledger) < NEXT_TO_NOTHING {
        let all: usize = reading.seen().map(|(index, _)| reading.weight(index)).sum();
        if kept < NOTHING {
            return island::data_body(tree, &document.blocks, all >= NEXT_TO_NOTHING);
        }
    }
    blocks
}

/// Takes the data of a page for its body where what is seen is a stub of it; says whether it did.
pub fn choose(reading: &Reading<'_>, policies: &Policies, ledger: &mut Ledger) -> bool {
    let blocks = &reading.document().blocks;
    let is_data = |block: &Block| block.unseen == Some(Unseen::Data);
    // They stand behind all others.
    if !blocks.last().is_some_and(is_data) || policies.get(&Category::Other) == Some(&Policy::Keep) {
        return false;
    }
    let text: Vec<&str> = blocks.iter().filter(|block| is_data(block)).map(|block| block.text.as_str()).collect();
    let text = text.join(" ");
    let kept = kept_weight(reading, ledger);
    if weight(&text) < LEAST.max(kept * LEAST_GAIN) || !is_stub(reading, ledger, &normalise(&text)) {
        return false;
    }
    let stub = Cause { rule: "page/stub".into(), category: Category::Other };
    for (block, verdict) in blocks.iter().zip(&mut ledger.verdicts) {
        if is_data(block) {
            *verdict = Verdict::Kept;
        } else if *verdict == Verdict::Kept {
            *verdict = Verdict::Dropped(stub.clone());
        }
    }
    ledger.cuts.clear();
    true
}

/// Whether next to nothing is seen, or most of the body stands in the data.
fn is_stub(reading: &Reading<'_>, ledger: &Ledger, data: &str) -> bool {
    let (mut all, mut found) = (0, 0);
    for (index, text) in kept(reading, ledger).filter(|(index, _)| reading.weight(*index) >= PARAGRAPH) {
        all += reading.weight(index);
        if data.contains(start_of(text, START)) {
            found += reading.weight(index);
        }
    }
    all > 0 && found as f64 >= all as f64 * MOST_OF_STUB || running_text(reading, ledger) < NEXT_TO_NOTHING
}

/// How much running text is seen, be it kept or dropped; what every page of a site has at its foot does not count.
pub(super) fn running_text(reading: &Reading<'_>, ledger: &Ledger) -> usize {
    let is_of_the_site = |index: usize| match ledger.verdicts.get(index) {
        Some(Verdict::Dropped(cause)) => matches!(
            cause.category,
            Category::Legal | Category::CookieBanner | Category::Newsletter | Category::AboutCompany
        ),
        _ => false,
    };
    let blocks = &reading.document().blocks;
    let weights = (0..blocks.len()).map(|index| (index, reading.weight(index)));
    let running = weights.filter(|(_, weight)| *weight >= PARAGRAPH);
    running
        .filter(|(index, _)| !is_of_the_site(*index) && link_share(&blocks[*index]) < 0.5)
        .map(|(_, weight)| weight)
        .sum()
}

/// The share of a block's text that is in links.
pub(super) fn link_share(block: &Block) -> f64 {
    let links = block.marks.iter().filter(|mark| matches!(mark.style, Style::Link { .. }));
    links.map(|mark| mark.range.len()).sum::<usize>() as f64 / block.text.len().max(1) as f64
}

//! Tells pages of a rebuilt site on which the body selectors still find something, though not the article any more: a
//! teaser, the intro alone, half the page.
//!
//! A cheap look at the weights comes first ([`is_doubtful`]); on healthy pages it is all that is done. Where it raises a
//! doubt, the generic cleaner cleans the page as well, and has to disagree more than it errs ([`is_confirmed`]).
//! `docs/audit.md` has the figures.

use super::data::link_share;
use crate::ledger::{Ledger, Verdict};
use crate::strip::reading::Reading;

/// A block with less text is no paragraph, in characters.
const PARAGRAPH: usize = 60;

/// A body with less running text is hardly an article, in characters.
const LEAST: usize = 300;

/// More running text outside of the body than this share of what is in it: the article may be there.
const MOST_OUTSIDE: f64 = 0.5;

/// More of the body than this share is in short lines and links: menus and teasers may be in it.
const MOST_SHORT: f64 = 0.2;

/// How much two bodies have to have in common, from 0 to 1, grows with the confidence in the generic one: by so much …
const LEAST_ALIKE_PER_CONFIDENCE: f64 = 5.0 / 3.0;

/// … from a confidence on at which the generic cleaner convinces nobody.
const LEAST_ALIKE_OFF: f64 = 0.6;

/// Two bodies that differ in less text are as good as the same, in characters: of so little nobody can tell what it is.
const LEAST_APART: usize = 500;

/// A body that the generic cleaner keeps nearly all of, to this share, …
const MOST_OF_PART: f64 = 0.9;

/// … and that is so much of what it keeps, is the narrower choice of the two, and not the wrong one.
const LEAST_PART: f64 = 0.2;

/// Whether the weights of what is in the body and outside of it speak against the rules; `outside` is the rule that
/// dropped what lies outside.
pub fn is_doubtful(reading: &Reading<'_>, ledger: &Ledger, outside: &str) -> bool {
    let (mut kept, mut running, mut running_outside) = (0, 0, 0);
    for ((index, block), verdict) in reading.document().blocks.iter().enumerate().zip(&ledger.verdicts) {
        let weight = reading.weight(index);
        let is_running = || weight >= PARAGRAPH && link_share(block) < 0.5;
        match verdict {
            Verdict::Kept => {
                kept += weight;
                running += if is_running() { weight } else { 0 };
            }
            Verdict::Dropped(cause) if *cause.rule == *outside && is_running() => running_outside += weight,
            Verdict::Dropped(_) => {}
        }
    }
    running < LEAST
        || running_outside as f64 > running as f64 * MOST_OUTSIDE
        || (kept - running) as f64 > kept as f64 * MOST_SHORT
}

/// Whether what the generic cleaner makes of the page, with this confidence, is too unlike what rules make of it. What a
/// rule for boilerplate drops says nothing: it is there, and the rule is meant for it.
pub fn is_confirmed(
    reading: &Reading<'_>,
    by_rules: &Ledger,
    by_generic: &Ledger,
    outside: &str,
    confidence: f64,
) -> bool {
    let (mut ruled, mut chosen, mut common) = (0, 0, 0);
    for (index, (one, other)) in by_rules.verdicts.iter().zip(&by_generic.verdicts).enumerate() {
        let weight = reading.weight(index);
        match (one, other) {
            (Verdict::Kept, Verdict::Kept) => {
                common += weight;
                ruled += weight;
                chosen += weight;
            }
            (Verdict::Kept, Verdict::Dropped(_)) => ruled += weight,
            (Verdict::Dropped(cause), Verdict::Kept) if *cause.rule == *outside => chosen += weight,
            _ => {}
        }
    }
    let alike = 2.0 * common as f64 / (ruled + chosen).max(1) as f64;
    // One article of several on the page, or the article without what readers wrote: nothing that a lost selector finds.
    let is_part = common as f64 >= ruled as f64 * MOST_OF_PART && common as f64 >= chosen as f64 * LEAST_PART;
    let apart = ruled + chosen - 2 * common;
    apart >= LEAST_APART && !is_part && alike < confidence * LEAST_ALIKE_PER_CONFIDENCE - LEAST_ALIKE_OFF
}

//! Chooses what is dropped within the body: elements of which hardly anything is article, on any page.

use super::cover::Covering;
use super::pages::Seen;
use super::sums::{Part, Sums};
use crate::generic::called;

/// No more rules are chosen.
const MOST: usize = 20;

/// What a rule has to bring in F1, and more for each point of the cost of its selector.
const LEAST_GAIN: f64 = 0.0006;
const PRICE: f64 = 0.0004;

/// So much of what a rule drops may be what is surely article.
const LOST: f64 = 0.1;

/// A rule may drop no more of the body of a page: beyond it, it would be set aside.
const MOST_OF_BODY: f64 = 0.5;

/// What is dropped within a body.
#[derive(Debug)]
pub(super) struct Chosen<'c> {
    /// The F1 that can be expected, as a mean over the pages.
    pub(super) expected: f64,
    pub(super) rules: Vec<&'c Covering>,
}

/// Drops what brings most, until nothing brings enough.
pub(super) fn choose<'c>(
    pages: &[Seen<'_>],
    coverings: &'c [Covering],
    body: &[Vec<bool>],
    on: &[usize],
) -> Chosen<'c> {
    let mut is_in = body.to_vec();
    let mut rules: Vec<&Covering> = Vec::new();
    let whole = Sums::of(pages, |page, block| is_in[page][block]);
    let mut open: Vec<(&Covering, f64)> = coverings
        .iter()
        .filter(|covering| on.iter().any(|at| whole.within(*at, &covering.blocks[*at]).weight > 0.0))
        .filter(|covering| {
            let share = |at: &usize| whole.within(*at, &covering.blocks[*at]).weight / whole.all(*at).weight.max(1.0);
            on.iter().all(|at| share(at) <= MOST_OF_BODY)
        })
        .map(|covering| (covering, most_liked(covering)))
        .collect();
    loop {
        let left = Sums::of(pages, |page, block| is_in[page][block]);
        let before = left.mean(on, |at| left.all(at));
        let mut best: Option<(f64, &Covering)> = None;
        // What does not pay now will not do so later, when less is left of it.
        open.retain(|(covering, most_liked)| {
            let part = left.covered(covering);
            if !may_go(part, *most_liked) {
                return part.weight > 0.0;
            }
            let after = left.mean(on, |at| left.all(at).without(left.within(at, &covering.blocks[at])));
            let gain = after - before - PRICE * covering.cost;
            if gain > best.map_or(LEAST_GAIN, |(best, _)| best + 1e-9) {
                best = Some((gain, covering));
            }
            gain > 0.0
        });
        let Some((_, covering)) = best.filter(|_| rules.len() < MOST) else {
            return Chosen { expected: before, rules };
        };
        for (page, stretches) in covering.blocks.iter().enumerate() {
            for stretch in stretches {
                is_in[page][stretch.clone()].fill(false);
            }
        }
        rules.push(covering);
        open.retain(|(other, _)| other.selector != covering.selector);
    }
}

/// Whether a rule may drop this: little of it is liked, and next to nothing of it is sure to be article.
fn may_go(part: Part, most_liked: f64) -> bool {
    part.weight > 0.0 && part.liked <= most_liked * part.weight && part.sure <= LOST * part.weight
}

/// How much of what a selector covers may be liked. What is called boilerplate is so on pages that nobody has seen yet, too;
/// what has no such name must show it, on several pages or without any doubt.
fn most_liked(covering: &Covering) -> f64 {
    let speaks_against = called::category(&covering.selector).is_some();
    let speaks_for = called::is_content(&covering.selector);
    match (speaks_against, speaks_for, covering.support()) {
        (true, false, _) => 0.5,
        (true, true, _) => 0.4,
        (false, false, 2..) => 0.3,
        (false, false, _) => 0.12,
        (false, true, 2..) => 0.2,
        (false, true, _) => 0.06,
    }
}

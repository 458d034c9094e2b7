//! Chooses the selectors of the body: those of the elements from which, with a few drops, the article remains.

use super::cover::Covering;
use super::drops::{self, Chosen};
use super::pages::Seen;
use super::sums::{Sums, mask};

/// Of so many selectors it is tried out what remains after the drops.
const TRIED: usize = 16;

/// What a point of the cost of a selector has to bring in F1.
const PRICE: f64 = 0.004;

/// What each rule that a body needs has to bring.
const PRICE_OF_RULE: f64 = 0.002;

/// No more alternatives are chosen, and no more selectors in one.
const MOST: usize = 3;

/// An alternative fits a page if it holds so much of its article.
const FITS: f64 = 0.5;

/// A further selector in an alternative brings so much …
const WORTH: f64 = 0.004;

/// … and so much of what it brings is article.
const PURE: f64 = 0.6;

/// What may stand between the paragraphs of an article, and how much of it must be article.
const KIN: [&str; 7] = ["h2", "h3", "h4", "ul", "ol", "blockquote", "table"];
const PURE_KIN: f64 = 0.5;

/// Where the body lies: alternatives, each a union.
#[derive(Clone, Debug, Default)]
pub(super) struct Bodies {
    pub(super) alternatives: Vec<Vec<Covering>>,
}

impl Bodies {
    /// For each page and block, whether it lies in the first alternative that finds something there.
    pub(super) fn mask(&self, pages: &[Seen<'_>]) -> Vec<Vec<bool>> {
        let masks: Vec<_> =
            self.alternatives.iter().map(|union| mask(pages, &union.iter().collect::<Vec<_>>())).collect();
        let first = |at: usize| {
            let found = self.alternatives.iter().position(|union| finds(union, at));
            found.map_or_else(|| vec![false; pages[at].weight.len()], |which| masks[which][at].clone())
        };
        (0..pages.len()).map(first).collect()
    }

    /// On how many pages each alternative is the one that counts.
    pub(super) fn support(&self, pages: usize) -> Vec<usize> {
        let which = |at: usize| self.alternatives.iter().position(|union| finds(union, at));
        let counted: Vec<_> = (0..pages).map(which).collect();
        (0..self.alternatives.len()).map(|one| counted.iter().filter(|which| **which == Some(one)).count()).collect()
    }
}

fn finds(union: &[Covering], page: usize) -> bool {
    union.iter().any(|covering| !covering.blocks[page].is_empty())
}

/// The body on pages with a tree.
pub(super) fn bodies(pages: &[Seen<'_>], coverings: &[Covering]) -> Bodies {
    let mut open: Vec<usize> = (0..pages.len()).filter(|at| pages[*at].tree().is_some()).collect();
    let mut bodies = Bodies::default();
    while !open.is_empty() && bodies.alternatives.len() < MOST {
        let Some(union) = alternative(pages, coverings, &open) else { break };
        let everything = Sums::of(pages, |_, _| true);
        let is_in = mask(pages, &union.iter().collect::<Vec<_>>());
        let chosen = Sums::of(pages, |page, block| is_in[page][block]);
        let (fitting, left): (Vec<usize>, Vec<usize>) =
            open.iter().partition(|at| everything.held(**at, chosen.all(**at)) >= FITS);
        if fitting.is_empty() {
            break;
        }
        // One that finds something where an earlier one is right comes behind it; one that is to come before may not.
        let earlier_finds = bodies.alternatives.iter().any(|earlier| fitting.iter().any(|at| finds(earlier, *at)));
        let finds_closed = (0..pages.len()).any(|at| !open.contains(&at) && finds(&union, at));
        match (earlier_finds, finds_closed) {
            (true, true) => break,
            (true, false) => bodies.alternatives.insert(0, union),
            (false, _) => bodies.alternatives.push(union),
        }
        open = left;
    }
    bodies
}

/// The best body of some pages.
fn alternative(pages: &[Seen<'_>], coverings: &[Covering], open: &[usize]) -> Option<Vec<Covering>> {
    let everything = Sums::of(pages, |_, _| true);
    let promising = Sums::of_promising(pages);
    let mut ranked: Vec<(f64, &Covering)> = Vec::new();
    for covering in coverings {
        let held = |at: &usize| everything.held(*at, everything.within(*at, &covering.blocks[*at])) >= FITS;
        if !open.iter().any(held) {
            continue;
        }
        let as_it_is = everything.mean(open, |at| everything.within(at, &covering.blocks[at]));
        let at_best = everything.mean(open, |at| promising.within(at, &covering.blocks[at]));
        ranked.push((f64::midpoint(as_it_is, at_best) - PRICE * covering.cost, covering));
    }
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.selector.cmp(&other.1.selector)));
    // Of several that cover the same, one is tried: the cheapest, which stands first.
    let mut tried: Vec<&Covering> = Vec::new();
    for (_, covering) in ranked {
        let is_new = tried.iter().all(|other| open.iter().any(|at| other.blocks[*at] != covering.blocks[*at]));
        if is_new && tried.len() < TRIED {
            tried.push(covering);
        }
    }
    let worth = |union: &[&Covering]| {
        let Chosen { expected, rules } = drops::choose(pages, coverings, &mask(pages, union), open);
        let cost: f64 = union.iter().map(|covering| covering.cost).sum();
        expected - PRICE * cost - PRICE_OF_RULE * rules.len() as f64
    };
    let scored = tried.into_iter().map(|covering| (worth(&[covering]), covering));
    let (mut reached, first) = scored.reduce(|best, next| if next.0 > best.0 + 1e-9 { next } else { best })?;
    let mut union = vec![first];
    while union.len() < MOST {
        let is_in = mask(pages, &union);
        let outside = Sums::of(pages, |page, block| !is_in[page][block]);
        let inside = Sums::of(pages, |page, block| is_in[page][block]);
        let before = inside.mean(open, |at| inside.all(at));
        let mut further: Vec<(f64, &Covering)> = Vec::new();
        for covering in coverings.iter().filter(|covering| covering.support() * 2 >= open.len().max(1)) {
            let part = outside.covered(covering);
            if part.weight <= 0.0 || part.liked < PURE * part.weight {
                continue;
            }
            let after = inside.mean(open, |at| inside.all(at).and(outside.within(at, &covering.blocks[at])));
            further.push((after - before - PRICE * covering.cost, covering));
        }
        let Some((_, best)) = further.into_iter().reduce(|best, next| if next.0 > best.0 + 1e-9 { next } else { best })
        else {
            break;
        };
        let with: Vec<&Covering> = union.iter().copied().chain([best]).collect();
        let better = worth(&with);
        if better < reached + WORTH {
            break;
        }
        reached = better;
        union = with;
    }
    let kin: Vec<&Covering> = union.iter().flat_map(|one| kin(pages, coverings, &union, one)).collect();
    Some(union.into_iter().chain(kin).cloned().collect())
}

/// Beside the paragraphs in an element, what else of an article stands in it, as far as these pages show that: headings,
/// lists, quotations.
fn kin<'c>(
    pages: &[Seen<'_>],
    coverings: &'c [Covering],
    union: &[&Covering],
    paragraphs: &Covering,
) -> Vec<&'c Covering> {
    let Some(around) = paragraphs.selector.strip_suffix(" > p") else { return Vec::new() };
    let is_in = mask(pages, union);
    let outside = Sums::of(pages, |page, block| !is_in[page][block]);
    let belongs = |covering: &&Covering| {
        let child = covering.selector.strip_prefix(around).and_then(|rest| rest.strip_prefix(" > "));
        let part = outside.covered(covering);
        child.is_some_and(|child| KIN.contains(&child)) && part.weight > 0.0 && part.liked >= PURE_KIN * part.weight
    };
    coverings.iter().filter(belongs).collect()
}

//! Defines the counts of a source, made up of one page after the other in memory that does not grow with them.

use std::collections::{BTreeMap, HashSet};

use super::Glimpse;
use super::repeated::Repeated;
use super::sketch::{Sketch, step_of_length, step_of_share};
use crate::flags::Flag;
use crate::ledger::{RuleName, Unexpected};

/// So many pages are named as examples of anything.
const EXAMPLES: usize = 3;

/// So many bodies are known again: of more, copies may be counted twice.
const MOST_BODIES: usize = 100_000;

/// The counts of a source.
#[derive(Debug, Default)]
pub struct Tally {
    /// All its pages.
    pub(super) pages: usize,
    /// Those that its rules judged: they hold an article, and the rules fit.
    pub(super) judged: usize,
    /// Those whose body no other page had before.
    pub(super) distinct: usize,
    pub(super) flags: BTreeMap<Flag, Noted>,
    pub(super) fired: BTreeMap<RuleName, u64>,
    pub(super) set_aside: BTreeMap<RuleName, Noted>,
    /// Rules that fired, or did not, against what is expected of them.
    pub(super) unexpected: BTreeMap<RuleName, Noted>,
    /// How long bodies are.
    pub(super) lengths: Measured,
    /// Which share of the page they are.
    pub(super) shares: Measured,
    pub(super) texts: Repeated,
    bodies: HashSet<u64>,
}

/// How many pages, and some of them by name.
#[derive(Debug, Default)]
pub(super) struct Noted {
    pub(super) pages: u64,
    pub(super) examples: Vec<String>,
}

/// A measure of pages: a sketch, and the pages at both ends.
#[derive(Debug, Default)]
pub(super) struct Measured {
    pub(super) sketch: Sketch,
    /// The pages with the lowest steps, and those with the highest, sorted.
    pub(super) ends: [Vec<(u16, String)>; 2],
}

impl Tally {
    /// Counts a page.
    pub(super) fn add(&mut self, page: Glimpse) {
        self.pages += 1;
        for flag in &page.flags {
            self.flags.entry(*flag).or_default().note(&page.name);
        }
        if page.is_no_article() || page.flags.contains(&Flag::StaleRules) {
            return;
        }
        self.judged += 1;
        for rule in &page.fired {
            *self.fired.entry(rule.clone()).or_default() += 1;
        }
        // What the page hides, and what packs would do on pages of unknown sources, says nothing of the source's rules.
        for rule in page.set_aside.iter().filter(|rule| !rule.starts_with("page/")) {
            self.set_aside.entry(rule.clone()).or_default().note(&page.name);
        }
        for Unexpected { rule, .. } in &page.unexpected {
            self.unexpected.entry(rule.clone()).or_default().note(&page.name);
        }
        self.lengths.add(step_of_length(page.body), &page.name);
        self.shares.add(step_of_share(page.body, page.all), &page.name);
        let is_new = self.bodies.len() >= MOST_BODIES || self.bodies.insert(page.body_hash);
        if is_new {
            self.distinct += 1;
            self.texts.add(page.texts, self.distinct);
        }
    }

    /// How many pages have a flag.
    pub(super) fn flagged(&self, flag: Flag) -> u64 {
        self.flags.get(&flag).map_or(0, |noted| noted.pages)
    }
}

impl Noted {
    fn note(&mut self, page: &str) {
        self.pages += 1;
        if self.examples.len() < EXAMPLES {
            self.examples.push(page.to_owned());
        }
    }
}

impl Measured {
    fn add(&mut self, step: u16, page: &str) {
        self.sketch.add(step);
        let [low, high] = &mut self.ends;
        keep(low, step, page, |one, other| one < other);
        keep(high, step, page, |one, other| one > other);
    }
}

/// Puts a page among those at an end, if it is further out.
fn keep(end: &mut Vec<(u16, String)>, step: u16, page: &str, is_further: impl Fn(u16, u16) -> bool) {
    let place = end.iter().position(|(other, _)| is_further(step, *other)).unwrap_or(end.len());
    if place < EXAMPLES {
        end.insert(place, (step, page.to_owned()));
        end.truncate(EXAMPLES);
    }
}

//! Chooses the lines of flattened pages between which the body lies.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::pattern_of;
use super::pages::{Seen, without_numbers};

/// What bounds the body of flattened pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Anchors {
    pub(super) from: Vec<String>,
    pub(super) to: Vec<String>,
    /// On how many pages some line before, and some line behind the body is found.
    pub(super) support: (usize, usize),
}

/// No more lines make up one anchor.
const MOST: usize = 3;

/// No more lines are tried, nor looked at whether they shall be.
const MOST_TRIED: usize = 400;
const MOST_LOOKED_AT: usize = 20_000;

/// A further line has to bring so much.
const LEAST_GAIN: f64 = 0.003;

/// A longer line is text.
const LONGEST: usize = 160;

/// A flattened page: its lines, and what each is worth.
struct Page {
    lines: Vec<String>,
    weight: Vec<f64>,
    wish: Vec<f64>,
}

impl Page {
    fn of(seen: &Seen<'_>) -> Self {
        let mut page = Self { lines: Vec::new(), weight: Vec::new(), wish: Vec::new() };
        for (block, text) in seen.reading.seen() {
            page.lines.push(without_numbers(text));
            page.weight.push(seen.weight[block]);
            page.wish.push(seen.wish[block]);
        }
        page
    }

    /// The first of its lines that is among these.
    fn first(&self, lines: &[&str], from: usize) -> Option<usize> {
        self.lines.iter().skip(from).position(|line| lines.contains(&line.as_str())).map(|at| at + from)
    }

    /// What can be expected of the lines between two anchors.
    fn f1(&self, from: &[&str], to: &[&str]) -> f64 {
        let start = self.first(from, 0).map_or(0, |at| at + 1);
        let end = self.first(to, start).unwrap_or(self.lines.len());
        let (mut liked, mut kept, mut wanted) = (0.0, 0.0, 0.0);
        for (at, (weight, wish)) in self.weight.iter().zip(&self.wish).enumerate() {
            wanted += weight * wish;
            if (start..end).contains(&at) {
                liked += weight * wish;
                kept += weight;
            }
        }
        if kept + wanted > 0.0 { 2.0 * liked / (kept + wanted) } else { 0.0 }
    }
}

/// The lines around the body that most flattened pages have; none where they bring nothing.
pub(super) fn anchors(seen: &[Seen<'_>]) -> Anchors {
    let pages: Vec<Page> = seen.iter().filter(|page| page.tree().is_none()).map(Page::of).collect();
    if pages.len() < 2 {
        return Anchors::default();
    }
    let mut on: BTreeMap<&str, usize> = BTreeMap::new();
    for page in &pages {
        let lines: BTreeSet<&str> = page.lines.iter().map(String::as_str).collect();
        lines.into_iter().filter(|line| line.len() <= LONGEST).for_each(|line| *on.entry(line).or_default() += 1);
    }
    let mut recurring: Vec<&str> = on.iter().filter(|(_, count)| **count > 1).map(|(line, _)| *line).collect();
    if recurring.len() > MOST_TRIED {
        // Pages that are all alike: their edges tell enough.
        let edge = |line: &&str| {
            let at = pages[0].lines.iter().position(|other| other == line).unwrap_or(usize::MAX);
            at < MOST_TRIED / 2 || at.saturating_add(MOST_TRIED / 2) >= pages[0].lines.len()
        };
        recurring = recurring.into_iter().take(MOST_LOOKED_AT).filter(edge).take(MOST_TRIED).collect();
    }
    let (mut from, mut to): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    let mean =
        |from: &[&str], to: &[&str]| pages.iter().map(|page| page.f1(from, to)).sum::<f64>() / pages.len() as f64;
    let mut reached = mean(&from, &to);
    loop {
        let mut best: Option<(f64, &str, bool)> = None;
        for line in &recurring {
            for is_to in [false, true] {
                let side = if is_to { &to } else { &from };
                if side.len() >= MOST || side.contains(line) {
                    continue;
                }
                let with: Vec<&str> = side.iter().copied().chain([*line]).collect();
                let after = if is_to { mean(&from, &with) } else { mean(&with, &to) };
                if after > best.map_or(reached + LEAST_GAIN, |(best, ..)| best + 1e-9) {
                    best = Some((after, line, is_to));
                }
            }
        }
        let Some((after, line, is_to)) = best else { break };
        reached = after;
        if is_to { to.push(line) } else { from.push(line) }
    }
    let support = |lines: &[&str]| pages.iter().filter(|page| page.first(lines, 0).is_some()).count();
    let patterns = |lines: &[&str]| lines.iter().map(|line| pattern_of(line)).collect();
    Anchors { support: (support(&from), support(&to)), from: patterns(&from), to: patterns(&to) }
}

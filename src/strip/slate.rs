//! The slate on which verdicts are written, with the guards that keep rules from eating an article.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::find::{Found, Part};
use super::reading::{Reading, Window};
use super::{Captured, Stripped, unseen};
use crate::budget::Pace;
use crate::category::Category;
use crate::ledger::{Cause, Cut, Guard, Ledger, RuleName, SetAside, Unexpected, Verdict};
use crate::rules::source::Rule;
use crate::text::weight;

/// Verdicts in the making.
pub(super) struct Slate<'r, 'd> {
    reading: &'r Reading<'d>,
    total: usize,
    ledger: Ledger,
    protected: Vec<bool>,
    captured: Captured,
    /// The rules that dropped or cut something, in the order in which they ran.
    applied: Vec<RuleName>,
    /// The rules that found something, be it kept, protected or dropped already.
    found: HashSet<RuleName>,
    /// Rules about it may drop as much as they find: somebody else has the last word.
    unguarded: Option<Category>,
}

impl<'r, 'd> Slate<'r, 'd> {
    /// A slate on which unseen blocks and those outside the window are dropped.
    pub(super) fn new(reading: &'r Reading<'d>, window: &Window, outside: &str) -> Self {
        let mut verdicts = unseen(reading.document());
        let cause = Cause { rule: outside.into(), category: Category::Other };
        for (verdict, contained) in verdicts.iter_mut().zip(&window.contains) {
            if *verdict == Verdict::Kept && !contained {
                *verdict = Verdict::Dropped(cause.clone());
            }
        }
        Self {
            reading,
            total: window.total,
            protected: vec![false; verdicts.len()],
            ledger: Ledger { verdicts, ..Ledger::default() },
            captured: Captured::default(),
            applied: Vec::new(),
            found: HashSet::new(),
            unguarded: None,
        }
    }

    /// The same, with no limit to what rules of a category drop.
    pub(super) fn without_guard_on(self, category: Category) -> Self {
        Self { unguarded: Some(category), ..self }
    }

    /// Whether a block has not been dropped so far.
    pub(super) fn keeps(&self, block: usize) -> bool {
        self.ledger.verdicts[block] == Verdict::Kept
    }

    /// Writes down what a rule found, unless that is too much.
    pub(super) fn apply(&mut self, rule: &Rule, mut found: Found) {
        if found.parts.is_empty() {
            return;
        }
        self.found.insert(rule.name.clone());
        if rule.keep {
            self.ledger.fired.push(rule.name.clone());
            for part in found.parts {
                self.protected[part.block] = true;
            }
            self.captured.fill(found.captured);
            return;
        }
        found.parts.retain(|part| self.ledger.verdicts[part.block] == Verdict::Kept && !self.protected[part.block]);
        let parts: Vec<Part> = if self.ledger.cuts.is_empty() {
            found.parts
        } else {
            found.parts.into_iter().flat_map(|part| self.uncut(part)).collect()
        };
        let weight: usize = parts.iter().map(|part| self.weight_of(part)).sum();
        let share = self.share(weight);
        if share > rule.max_share && self.unguarded != Some(rule.category) {
            let set_aside = SetAside { rule: rule.name.clone(), share, limit: rule.max_share, guard: Guard::Rule };
            self.ledger.set_aside.push(set_aside);
            return;
        }
        if parts.is_empty() {
            return;
        }
        self.captured.fill(found.captured);
        self.ledger.fired.push(rule.name.clone());
        self.applied.push(rule.name.clone());
        let cause = Cause { rule: rule.name.clone(), category: rule.category };
        let cuts_before = self.ledger.cuts.len();
        for part in parts {
            match part.range {
                None => self.ledger.verdicts[part.block] = Verdict::Dropped(cause.clone()),
                Some(range) => self.ledger.cuts.push(Cut { block: part.block, range, cause: cause.clone() }),
            }
        }
        if self.ledger.cuts.len() > cuts_before {
            // Two sorted runs: this merges them, in linear time.
            self.ledger.cuts.sort_by_key(|cut| (cut.block, cut.range.start));
        }
    }

    /// What of a part has not been cut out by an earlier rule.
    fn uncut(&self, part: Part) -> Vec<Part> {
        let cuts = self.ledger.cuts_of(part.block);
        let Some(range) = part.range else {
            let nothing_left = !cuts.is_empty() && self.is_cut_away(part.block, cuts);
            return if nothing_left { Vec::new() } else { vec![part] };
        };
        let mut left = Vec::new();
        let mut start = range.start;
        let first = cuts.partition_point(|cut| cut.range.end <= range.start);
        for cut in cuts[first..].iter().take_while(|cut| cut.range.start < range.end) {
            left.push(start..cut.range.start);
            start = cut.range.end;
        }
        left.push(start..range.end);
        left.into_iter()
            .filter(|range| range.start < range.end)
            .map(|range| Part { block: part.block, range: Some(range) })
            .collect()
    }

    /// Whether the cuts of a block leave nothing of it.
    fn is_cut_away(&self, block: usize, cuts: &[Cut]) -> bool {
        let text = &self.reading.document().blocks[block].text;
        let mut end = 0;
        for cut in cuts {
            if !text[end..cut.range.start].trim().is_empty() {
                return false;
            }
            end = cut.range.end;
        }
        text[end..].trim().is_empty()
    }

    /// Sets the greediest rules aside until all together drop no more than the limit.
    ///
    /// What is dropped is weighed anew each time: a block that one rule cut and another dropped counts once, and goes
    /// on counting when only one of the two is set aside.
    pub(super) fn limit(&mut self, max_share: f64, pace: &Pace) {
        while !pace.go(self.ledger.verdicts.len()) {
            let weights = self.weights();
            let share = self.share(weights.iter().sum());
            if share <= max_share {
                return;
            }
            // The first of the greediest, for a result that does not depend on chance.
            let greediest = weights.iter().enumerate().rev().max_by_key(|(_, weight)| **weight);
            let Some((at, _)) = greediest else { return };
            let rule = self.applied.remove(at);
            for verdict in &mut self.ledger.verdicts {
                if matches!(verdict, Verdict::Dropped(cause) if cause.rule == rule) {
                    *verdict = Verdict::Kept;
                }
            }
            self.ledger.cuts.retain(|cut| cut.cause.rule != rule);
            self.ledger.fired.retain(|fired| *fired != rule);
            self.ledger.set_aside.push(SetAside { rule, share, limit: max_share, guard: Guard::Source });
        }
    }

    /// The weight that each applied rule takes off the body.
    fn weights(&self) -> Vec<usize> {
        let places: HashMap<&str, usize> = self.applied.iter().enumerate().map(|(at, rule)| (&**rule, at)).collect();
        let mut weights = vec![0; self.applied.len()];
        for (index, verdict) in self.ledger.verdicts.iter().enumerate() {
            if let Verdict::Dropped(cause) = verdict
                && self.unguarded != Some(cause.category)
                && let Some(&place) = places.get(&*cause.rule)
            {
                weights[place] += self.reading.weight(index);
            }
        }
        for cut in self.ledger.cuts.iter().filter(|cut| self.ledger.verdicts[cut.block] == Verdict::Kept) {
            if let Some(&place) = places.get(&*cut.cause.rule) {
                weights[place] += self.weight_in(cut.block, &cut.range);
            }
        }
        weights
    }

    /// Notes whether a rule did what is expected of it.
    pub(super) fn expect(&mut self, rule: &Rule, expected: bool) {
        let fired = self.found.contains(&rule.name);
        if fired != expected {
            self.ledger.unexpected.push(Unexpected { rule: rule.name.clone(), fired });
        }
    }

    /// The ledger, in which a block of which nothing is left is a dropped one, and only kept blocks have cuts.
    pub(super) fn finish(mut self) -> Stripped {
        let mut cut_away = Vec::new();
        for cuts in self.ledger.cuts.chunk_by(|one, next| one.block == next.block) {
            if let [.., last] = cuts
                && self.is_cut_away(last.block, cuts)
            {
                cut_away.push((last.block, last.cause.clone()));
            }
        }
        for (block, cause) in cut_away {
            if self.ledger.verdicts[block] == Verdict::Kept {
                self.ledger.verdicts[block] = Verdict::Dropped(cause);
            }
        }
        let Ledger { verdicts, cuts, .. } = &mut self.ledger;
        cuts.retain(|cut| verdicts[cut.block] == Verdict::Kept);
        Stripped { ledger: self.ledger, captured: self.captured, lost_anchors: false, protected: self.protected }
    }

    fn share(&self, weight: usize) -> f64 {
        weight as f64 / self.total.max(1) as f64
    }

    /// What dropping a part adds to what is dropped already.
    fn weight_of(&self, part: &Part) -> usize {
        if let Some(range) = &part.range {
            return self.weight_in(part.block, range);
        }
        let cut = self.ledger.cuts_of(part.block).iter().map(|cut| self.weight_in(cut.block, &cut.range));
        self.reading.weight(part.block) - cut.sum::<usize>()
    }

    fn weight_in(&self, block: usize, range: &Range<usize>) -> usize {
        weight(&self.reading.document().blocks[block].text[range.clone()])
    }
}

impl Captured {
    /// Takes over what is not there yet.
    fn fill(&mut self, other: Self) {
        for (slot, new) in
            [(&mut self.title, other.title), (&mut self.author, other.author), (&mut self.date, other.date)]
        {
            *slot = slot.take().or(new);
        }
    }
}

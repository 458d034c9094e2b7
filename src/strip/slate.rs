//! The slate on which verdicts are written, with the guards that keep rules from eating an article.

use std::collections::HashMap;

use super::find::{Found, Part};
use super::reading::{Reading, Window};
use super::{Captured, Stripped, unseen};
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
    /// The weight that each rule dropped, in the order of the rules.
    dropped: Vec<(RuleName, usize)>,
    found: HashMap<RuleName, bool>,
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
            dropped: Vec::new(),
            found: HashMap::new(),
        }
    }

    /// Writes down what a rule found, unless that is too much.
    pub(super) fn apply(&mut self, rule: &Rule, mut found: Found) {
        self.found.insert(rule.name.clone(), !found.parts.is_empty());
        if rule.keep {
            for part in found.parts {
                self.protected[part.block] = true;
            }
            self.captured.fill(found.captured);
            return;
        }
        found.parts.retain(|part| self.ledger.verdicts[part.block] == Verdict::Kept && !self.protected[part.block]);
        let parts: Vec<Part> = found.parts.into_iter().flat_map(|part| self.uncut(part)).collect();
        let weight = self.weight_of(&parts);
        let share = weight as f64 / self.total.max(1) as f64;
        if share > rule.max_share {
            let set_aside = SetAside { rule: rule.name.clone(), share, limit: rule.max_share, guard: Guard::Rule };
            self.ledger.set_aside.push(set_aside);
            return;
        }
        if parts.is_empty() {
            return;
        }
        self.captured.fill(found.captured);
        self.dropped.push((rule.name.clone(), weight));
        let cause = Cause { rule: rule.name.clone(), category: rule.category };
        let mut cuts = Vec::new();
        for part in parts {
            match part.range {
                None => self.ledger.verdicts[part.block] = Verdict::Dropped(cause.clone()),
                Some(range) => cuts.push(Cut { block: part.block, range, cause: cause.clone() }),
            }
        }
        if !cuts.is_empty() {
            self.cut(cuts, &cause);
        }
    }

    /// Cuts ranges out of blocks, in order; a block of which nothing is left is dropped.
    fn cut(&mut self, new: Vec<Cut>, cause: &Cause) {
        let mut touched: Vec<usize> = new.iter().map(|cut| cut.block).collect();
        touched.dedup();
        self.ledger.cuts.extend(new);
        // Two sorted runs: this merges them, in linear time.
        self.ledger.cuts.sort_by_key(|cut| (cut.block, cut.range.start));
        touched.retain(|&block| self.is_cut_away(block));
        for &block in &touched {
            self.ledger.verdicts[block] = Verdict::Dropped(cause.clone());
        }
        self.ledger.cuts.retain(|cut| touched.binary_search(&cut.block).is_err());
    }

    /// What of a part has not been cut out by an earlier rule.
    fn uncut(&self, part: Part) -> Vec<Part> {
        let Some(range) = part.range else { return vec![part] };
        let cuts = self.ledger.cuts_of(part.block);
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
    fn is_cut_away(&self, block: usize) -> bool {
        let text = &self.reading.document().blocks[block].text;
        let mut end = 0;
        for cut in self.ledger.cuts_of(block) {
            if !text[end..cut.range.start].trim().is_empty() {
                return false;
            }
            end = cut.range.end;
        }
        text[end..].trim().is_empty()
    }

    /// Sets the greediest rules aside until all together drop no more than the limit.
    pub(super) fn limit(&mut self, max_share: f64) {
        let share = |dropped: &[(RuleName, usize)], total: usize| {
            dropped.iter().map(|(_, weight)| weight).sum::<usize>() as f64 / total.max(1) as f64
        };
        loop {
            let share = share(&self.dropped, self.total);
            if share <= max_share {
                return;
            }
            // The first of the greediest, for a result that does not depend on chance.
            let Some(greediest) = self.dropped.iter().map(|(_, weight)| *weight).max() else { return };
            let Some(at) = self.dropped.iter().position(|(_, weight)| *weight == greediest) else { return };
            let (rule, _) = self.dropped.remove(at);
            for verdict in &mut self.ledger.verdicts {
                if matches!(verdict, Verdict::Dropped(cause) if cause.rule == rule) {
                    *verdict = Verdict::Kept;
                }
            }
            self.ledger.cuts.retain(|cut| cut.cause.rule != rule);
            self.ledger.set_aside.push(SetAside { rule, share, limit: max_share, guard: Guard::Source });
        }
    }

    /// Notes whether a rule did what is expected of it.
    pub(super) fn expect(&mut self, rule: &Rule, expected: bool) {
        let fired = self.found.get(&rule.name).copied().unwrap_or(false);
        if fired != expected {
            self.ledger.unexpected.push(Unexpected { rule: rule.name.clone(), fired });
        }
    }

    pub(super) fn finish(self) -> Stripped {
        Stripped { ledger: self.ledger, captured: self.captured }
    }

    fn weight_of(&self, parts: &[Part]) -> usize {
        let blocks = &self.reading.document().blocks;
        parts
            .iter()
            .map(|part| match &part.range {
                None => self.reading.weight(part.block),
                Some(range) => weight(&blocks[part.block].text[range.clone()]),
            })
            .sum()
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

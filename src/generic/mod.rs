//! Cleans pages that no rule file knows: a learned choice of the main content, after the packs that apply everywhere; or
//! what the rules of a source leave in its body, where its file asks for that.
//!
//! Each block that packs left is described in numbers ([`features`]), and a [`model`] says how much of its text is likely
//! to be main content: its score. Kept are the blocks by which the F1 that can be expected becomes greatest ([`balance`]);
//! so there is no fixed threshold, and a page of which little is sure keeps more. What was expected is also the confidence
//! in the body.
//!
//! Every block that is dropped names why ([`reason`]), beside its score.
//! Blocks that packs took for comments are judged once more: on the page of a forum they are what it is about.

pub mod balance;
mod byline;
pub(crate) mod called;
pub mod features;
pub mod model;
mod reason;

use std::sync::Arc;

use self::balance::Balance;
use self::byline::Bylines;
use self::features::{Among, Described, Known};
use self::model::Model;
use self::reason::{Causes, Reason};
use crate::ledger::{Ledger, Verdict};
use crate::rules::file::Policy;
use crate::strip::reading::Reading;
use crate::strip::{Policies, Stripped};

/// So many blocks are described at once: the numbers of a page with a million of them would not fit in memory.
const AT_ONCE: usize = 4096;

/// In a shorter text without a tree nothing is dropped, in letters: there is too little to tell what it is.
const LEAST_TEXT: f32 = 500.0;

/// How likely such a text is a body is anybody's guess.
const NOTHING_TO_JUDGE_BY: f64 = 0.5;

/// The generic cleaner: its models, and what they are to aim at.
#[derive(Clone, Debug, Default)]
pub struct Generic {
    /// Instead of the built-in ones.
    model: Option<Arc<Model>>,
    balance: Balance,
}

/// What the generic cleaner thinks of its work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// The F1 that can be expected of the body, from 0 to 1.
    pub confidence: f64,
}

impl Generic {
    /// The same with another model for pages of its kind.
    #[must_use]
    pub fn with_model(self, model: Model) -> Self {
        Self { model: Some(Arc::new(model)), ..self }
    }

    /// The same with another balance of precision and recall.
    #[must_use]
    pub fn with_balance(self, balance: Balance) -> Self {
        Self { balance, ..self }
    }

    fn model(&self, has_tree: bool) -> &Model {
        match &self.model {
            Some(model) if model.is_of_html() == has_tree => model,
            _ if has_tree => Model::of_html(),
            _ => Model::of_text(),
        }
    }

    /// Drops what is not the main content of a page, beside what rules have dropped already, and not what they protect.
    pub fn clean(
        &self,
        reading: &Reading<'_>,
        known: Known<'_>,
        among: Among,
        policies: &Policies,
        stripped: &mut Stripped,
    ) -> Judged {
        let Stripped { ledger, protected, .. } = stripped;
        let model = self.model(reading.document().tree.is_some());
        let described = Described::new(reading, &ledger.verdicts, known, among);
        let blocks = described.blocks();
        let lengths = described.lengths();
        if reading.document().tree.is_none() && lengths.iter().sum::<f32>() < LEAST_TEXT {
            return Judged { confidence: NOTHING_TO_JUDGE_BY };
        }
        let (mut scores, mut reasons) = (Vec::with_capacity(blocks.len()), Vec::with_capacity(blocks.len()));
        for start in (0..blocks.len()).step_by(AT_ONCE) {
            let sheet = described.sheet(start..(start + AT_ONCE).min(blocks.len()));
            scores.extend(model.judge(&sheet));
            reasons.extend(sheet.rows().map(|row| Reason::of(&sheet, row)));
        }
        let chosen = self.balance.choose(&scores, &lengths);
        let mut causes = Causes::default();
        let body = chosen.kept.iter().position(|kept| *kept)..chosen.kept.iter().rposition(|kept| *kept);
        ledger.scores = vec![None; ledger.verdicts.len()];
        let bylines = Bylines::of(reading, known.declared);
        for (row, &block) in blocks.iter().enumerate() {
            ledger.scores[block] = Some(scores[row]);
            let reason = if bylines.contain(reading, block) {
                Some(Reason::Byline)
            } else {
                (!chosen.kept[row]).then(|| reasons[row].unwrap_or_else(|| Reason::by_place(row, &body)))
            };
            let verdict = &mut ledger.verdicts[block];
            let is_protected = protected.get(block).is_some_and(|protected| *protected);
            match reason {
                None => *verdict = Verdict::Kept,
                Some(reason)
                    if *verdict == Verdict::Kept
                        && !is_protected
                        && policies.get(&reason.category()) != Some(&Policy::Keep) =>
                {
                    *verdict = Verdict::Dropped(causes.of(reason));
                }
                // What packs dropped, or hides, stays so.
                Some(_) => {}
            }
        }
        let Ledger { verdicts, cuts, .. } = ledger;
        cuts.retain(|cut| verdicts[cut.block] == Verdict::Kept);
        Judged { confidence: f64::from(model.calibrated(chosen.expected)) }
    }
}

#[cfg(test)]
mod tests;

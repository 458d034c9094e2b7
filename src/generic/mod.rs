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
use self::features::{Described, Known};
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

/// Which blocks are judged.
#[derive(Clone, Copy, Debug)]
pub enum Among<'v> {
    /// Those of a page of which only packs know something: what they left, and once more what they took for comments and
    /// what a reader can unfold.
    Page,
    /// Those that the rules of a source left in its body. What they dropped stays dropped: they know the site. The model
    /// still sees the whole page, since that is how it learned.
    Body {
        /// The verdicts on the page as if there were no body to bound it.
        page: &'v [Verdict],
    },
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
        among: Among<'_>,
        policies: &Policies,
        stripped: &mut Stripped,
    ) -> Judged {
        let watch = reading.watch();
        if watch.is_up() {
            return Judged { confidence: NOTHING_TO_JUDGE_BY };
        }
        let Stripped { ledger, protected, .. } = stripped;
        let model = self.model(reading.document().tree.is_some());
        let (described, is_judged): (_, Vec<bool>) = match among {
            Among::Page => {
                let described = Described::new(reading, &ledger.verdicts, known);
                let all = vec![true; described.blocks().len()];
                (described, all)
            }
            Among::Body { page } => {
                let described = Described::new(reading, page, known);
                let is_left = |block: &usize| ledger.verdicts.get(*block) == Some(&Verdict::Kept);
                let left = described.blocks().iter().map(is_left).collect();
                (described, left)
            }
        };
        let judged = |row: &usize| is_judged.get(*row) == Some(&true);
        let blocks: Vec<usize> = rows_of(described.blocks(), judged);
        let lengths: Vec<f32> = rows_of(&described.lengths(), judged);
        if reading.document().tree.is_none() && lengths.iter().sum::<f32>() < LEAST_TEXT {
            return Judged { confidence: NOTHING_TO_JUDGE_BY };
        }
        let (mut scores, mut reasons) = (Vec::with_capacity(blocks.len()), Vec::with_capacity(blocks.len()));
        for start in (0..is_judged.len()).step_by(AT_ONCE) {
            if watch.is_up() {
                return Judged { confidence: NOTHING_TO_JUDGE_BY };
            }
            let sheet = described.sheet(start..(start + AT_ONCE).min(is_judged.len()));
            let judge = |(at, score)| judged(&(start + at)).then_some(score);
            scores.extend(model.judge(&sheet).into_iter().enumerate().filter_map(judge));
            reasons.extend(sheet.rows().filter(|row| judged(row)).map(|row| Reason::of(&sheet, row)));
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

/// What stands in some of the rows.
fn rows_of<T: Copy>(column: &[T], is_in: impl Fn(&usize) -> bool) -> Vec<T> {
    column.iter().enumerate().filter(|(row, _)| is_in(row)).map(|(_, value)| *value).collect()
}

#[cfg(test)]
mod tests;

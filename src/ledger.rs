//! Defines the ledger: one verdict a block, and the phrases cut out of kept ones.
//!
//! Nothing is deleted from a document. The ledger marks, and everything else (the body, `explain`, records, tests,
//! counts) reads it; so "what happened to this sentence?" always has an answer.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::category::Category;

/// The name of a rule with that of its file, such as `golem.de/byline` or `html/script`.
pub type RuleName = Arc<str>;

/// What became of each block of a document.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// One a block, in the order of the blocks.
    pub verdicts: Vec<Verdict>,
    /// The phrases cut out of kept blocks, ordered by block and start, without overlaps.
    pub cuts: Vec<Cut>,
    /// The rules that would have dropped too much of this page.
    pub set_aside: Vec<SetAside>,
    /// The rules that were expected to fire and did not, or the other way round.
    pub unexpected: Vec<Unexpected>,
}

/// What became of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is part of the body.
    Kept,
    /// A rule dropped it.
    Dropped(Cause),
}

/// The rule that dropped a block or cut a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Which rule.
    pub rule: RuleName,
    /// What kind of boilerplate it takes this for.
    pub category: Category,
}

/// A phrase that was cut out of a kept block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The index of the block.
    pub block: usize,
    /// Bytes of the block's text.
    pub range: Range<usize>,
    /// The rule that cut it.
    pub cause: Cause,
}

/// A rule that was not applied to this page, because it would have dropped too much.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SetAside {
    /// Which rule.
    pub rule: RuleName,
    /// The share of the text that it, or all rules together, would have dropped.
    pub share: f64,
    /// The share that is allowed.
    pub limit: f64,
    /// Whose limit it is.
    pub guard: Guard,
}

/// A limit on what rules may drop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Guard {
    /// The rule's own `max-share`.
    Rule,
    /// The `max-share` of all rules of the source together.
    Source,
}

/// A rule whose `expect` does not agree with what it did on this page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unexpected {
    /// Which rule.
    pub rule: RuleName,
    /// Whether it fired.
    pub fired: bool,
}

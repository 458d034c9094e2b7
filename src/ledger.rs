//! Defines the ledger: one verdict a block, and the phrases cut out of kept ones.
//!
//! Nothing is deleted from a document. The ledger marks, and everything else (the body, `explain`, records, tests,
//! counts) reads it; so "what happened to this sentence?" always has an answer.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::category::Category;
use crate::document::{Block, Document, seam};

/// The name of a rule with that of its file, such as `golem.de/byline` or `page/script`.
pub type RuleName = Arc<str>;

/// What became of each block of a document.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// One a block, in the order of the blocks.
    pub verdicts: Vec<Verdict>,
    /// What the generic cleaner thinks of each block, if it was asked: the share of its text that is likely to be main
    /// content, from 0 to 1. `None` for blocks that it did not look at; empty where it was not asked at all.
    pub scores: Vec<Option<f32>>,
    /// The phrases cut out of kept blocks, ordered by block and start, without overlaps.
    pub cuts: Vec<Cut>,
    /// The rules of the source that dropped, cut or protected something, each once, in the order in which they ran.
    pub fired: Vec<RuleName>,
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

impl Ledger {
    /// The blocks that are kept, without what was cut out of them.
    pub fn body(&self, document: &Document) -> Vec<Block> {
        self.rest(document).into_iter().map(Cow::into_owned).collect()
    }

    /// The same, borrowed where nothing was cut out.
    pub fn rest<'d>(&self, document: &'d Document) -> Vec<Cow<'d, Block>> {
        let verdicts = self.verdicts.iter().zip(&document.blocks).enumerate();
        let kept = verdicts.filter(|(_, (verdict, _))| **verdict == Verdict::Kept);
        kept.map(|(index, (_, block))| self.rest_of(block, index)).collect()
    }

    /// What the generic cleaner thinks of a block, if it looked at it.
    pub fn score(&self, block: usize) -> Option<f32> {
        self.scores.get(block).copied().flatten()
    }

    /// The phrases cut out of a block, in order.
    pub fn cuts_of(&self, block: usize) -> &[Cut] {
        let start = self.cuts.partition_point(|cut| cut.block < block);
        let end = self.cuts.partition_point(|cut| cut.block <= block);
        &self.cuts[start..end]
    }

    /// The text that rules dropped, in reading order: whole blocks and cut phrases, each with its rule. What has
    /// no text, such as scripts, or the white space that some cuts take away, is left out.
    pub fn dropped<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = (&'a Cause, &'a str)> {
        self.dropped_with_scores(document).map(|(cause, text, _)| (cause, text))
    }

    /// The same with the scores of whole blocks; a phrase has none, nor has a block that was not judged.
    pub fn dropped_with_scores<'a>(
        &'a self,
        document: &'a Document,
    ) -> impl Iterator<Item = (&'a Cause, &'a str, Option<f32>)> {
        document.blocks.iter().enumerate().flat_map(|(index, block)| {
            let whole = match self.verdicts.get(index) {
                Some(Verdict::Dropped(cause)) if !block.text.trim().is_empty() => {
                    Some((cause, block.text.as_str(), self.score(index)))
                }
                _ => None,
            };
            let cuts = if whole.is_some() { &[] } else { self.cuts_of(index) };
            let cuts = cuts.iter().map(|cut| (&cut.cause, &block.text[cut.range.clone()], None));
            whole.into_iter().chain(cuts.filter(|(_, text, _)| !text.trim().is_empty()))
        })
    }

    fn rest_of<'d>(&self, block: &'d Block, index: usize) -> Cow<'d, Block> {
        match self.cuts_of(index) {
            [] => Cow::Borrowed(block),
            cuts => Cow::Owned(seam::without(block, cuts.iter().map(|cut| cut.range.clone()))),
        }
    }
}

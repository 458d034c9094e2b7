//! Defines what of a cleaned page goes into the summary of its run.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::article::Article;
use crate::category::Category;
use crate::flags::Flag;
use crate::ledger::{Ledger, RuleName, Verdict};
use crate::text::weight;

/// What counts of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageFacts {
    /// What people know it by: its id, or where it stands.
    pub name: String,
    /// Its size as it came, in bytes.
    pub bytes: u64,
    /// How long cleaning it took, in seconds.
    pub seconds: f64,
    /// Its source.
    pub source: Option<Arc<str>>,
    /// Its flags.
    pub flags: Vec<Flag>,
    /// How likely its body is right.
    pub confidence: f64,
    /// The weight of its body.
    pub kept: u64,
    /// The weight of what is dropped of what a reader sees.
    pub dropped: BTreeMap<Category, u64>,
    /// The weight of what is dropped of what no reader sees.
    pub unseen: u64,
    /// The rules that were set aside.
    pub set_aside: Vec<RuleName>,
}

impl PageFacts {
    /// Of a page of so many bytes, and the time that it took.
    pub fn of(article: &Article, name: String, bytes: u64, spent: Duration) -> Self {
        let Article { document, ledger, .. } = article;
        let mut facts = Self {
            name,
            bytes,
            seconds: spent.as_secs_f64(),
            source: article.source_id().cloned(),
            flags: article.flags.clone(),
            confidence: article.confidence,
            set_aside: ledger.set_aside.iter().map(|one| one.rule.clone()).collect(),
            ..Self::default()
        };
        facts.weigh(ledger, &document.blocks);
        facts
    }

    fn weigh(&mut self, ledger: &Ledger, blocks: &[crate::document::Block]) {
        for (index, (block, verdict)) in blocks.iter().zip(&ledger.verdicts).enumerate() {
            let whole = weight(&block.text) as u64;
            match verdict {
                Verdict::Kept => {
                    let mut rest = whole;
                    for cut in ledger.cuts_of(index) {
                        let weight = block.text.get(cut.range.clone()).map_or(0, weight) as u64;
                        *self.dropped.entry(cut.cause.category).or_default() += weight;
                        rest -= weight.min(rest);
                    }
                    self.kept += rest;
                }
                Verdict::Dropped(_) if block.unseen.is_some() => self.unseen += whole,
                Verdict::Dropped(cause) => *self.dropped.entry(cause.category).or_default() += whole,
            }
        }
    }
}

//! Defines a cleaned page on which it is tried what each part of the rule files does.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use super::bench::Bench;
use super::without::{Part, UNKNOWN, Without};
use crate::article::{Article, Flag};
use crate::ledger::{Ledger, RuleName, Verdict};
use crate::metadata::Metadata;
use crate::metadata::origin::Origins;
use crate::pipeline::rerun::{Judged, Rerun};
use crate::rules::library::Identity;
use crate::rules::source::{Source, outside_of};

/// A page of a sample: as it is, or flattened to text.
pub(super) struct View<'a> {
    name: String,
    article: &'a Article,
    pub(super) rerun: Rerun<'a>,
    pub(super) is_flat: bool,
}

/// A rule that fired on a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Firing {
    /// The rule.
    pub rule: RuleName,
    /// The sample; `(flattened)` stands behind it where it was the page flattened to text.
    pub sample: String,
    /// How many texts it dropped; none for a rule that protects.
    pub texts: usize,
}

/// What of a result a sample looks at.
#[derive(PartialEq)]
struct Seen {
    kept: Vec<bool>,
    cuts: Vec<(usize, Range<usize>)>,
    /// Where the body ends counts for what bounds it, even where rules drop what lies outside as well.
    outside: Option<Vec<bool>>,
    /// Of a flattened page only the body counts.
    rest: Option<(Metadata, Vec<Flag>)>,
}

impl<'a> View<'a> {
    pub(super) fn new(bench: &Bench<'a>, name: String, article: &'a Article, is_flat: bool) -> Self {
        Self { name, article, rerun: bench.cleaner.rerun(article), is_flat }
    }

    /// The rules that fired, each with the number of texts that it dropped.
    pub(super) fn fired(&self) -> Vec<Firing> {
        let ledger = &self.article.ledger;
        let mut texts: BTreeMap<&RuleName, usize> = BTreeMap::new();
        for (verdict, block) in ledger.verdicts.iter().zip(&self.article.document.blocks) {
            if let Verdict::Dropped(cause) = verdict
                && block.has_visible_text()
            {
                *texts.entry(&cause.rule).or_default() += 1;
            }
        }
        // White space that was cut counts as well, though it is no text.
        for cut in &ledger.cuts {
            *texts.entry(&cut.cause.rule).or_default() += 1;
        }
        let firing = |rule: &RuleName| Firing {
            rule: rule.clone(),
            sample: self.name.clone(),
            texts: texts.get(rule).copied().unwrap_or(0),
        };
        ledger.fired.iter().map(firing).collect()
    }

    /// The parts of the source's files without which something else would come of the page.
    pub(super) fn notices(&self, bench: &Bench<'_>, id: &str) -> Vec<String> {
        let own = (id != UNKNOWN).then_some(id);
        if self.article.source_id().map(|id| &**id) != own {
            return Vec::new();
        }
        let library = bench.cleaner.library();
        let outside = outside_of(id);
        let as_is = |outside| self.seen(self.rerun.by(own.and_then(|id| library.source(id)).as_deref()), outside);
        let (bounds, others) = (as_is(Some(&*outside)), as_is(None));
        let by =
            |source: &Source| if own.is_some() { self.rerun.by(Some(source)) } else { self.rerun.by_packs(source) };
        let notices = |without: &&Without| {
            let body = without.part.bounds_the_body();
            let as_is = if body { &bounds } else { &others };
            let seen = |source| self.seen(by(source), body.then_some(&*outside));
            self.may_notice(&without.part) && without.source(library, id).is_some_and(|source| seen(source) != *as_is)
        };
        bench.parts(id).iter().filter(notices).map(|without| without.name.clone()).collect()
    }

    /// The marks of a source that are found on the page.
    pub(super) fn marks(&self, identity: Option<&Identity>) -> Vec<usize> {
        let marks = identity.map_or(&[][..], |identity| &identity.marks).iter().enumerate();
        let is_there = |at: usize, mark: &crate::rules::pattern::Pattern| {
            self.rerun.reading().seen().any(|(_, text)| mark.matches(text)).then_some(at)
        };
        marks.filter_map(|(at, mark)| is_there(at, mark)).collect()
    }

    /// Whether taking a part away can change anything here: most rules do nothing on most pages.
    fn may_notice(&self, part: &Part) -> bool {
        let is_html = self.article.document.tree.is_some();
        match part {
            Part::Rule(name) => {
                let Ledger { fired, set_aside, .. } = &self.article.ledger;
                fired.contains(name) || set_aside.iter().any(|one| one.rule == *name)
            }
            Part::Select { .. } => is_html,
            Part::From { .. } | Part::To { .. } => !is_html,
            Part::Meta { .. } => !self.is_flat,
            Part::Generic { .. } | Part::Layout(_) => true,
        }
    }

    /// What the sample looks at; with the name under which what lies outside the body is dropped, that as well.
    fn seen(&self, judged: Judged, outside: Option<&str>) -> Seen {
        let Judged { ledger, mut metadata, flags } = judged;
        // The same from another place is as good.
        metadata.origins = Origins::default();
        let is_outside =
            |verdict: &Verdict, name: &str| matches!(verdict, Verdict::Dropped(cause) if *cause.rule == *name);
        Seen {
            outside: outside.map(|name| ledger.verdicts.iter().map(|verdict| is_outside(verdict, name)).collect()),
            kept: ledger.verdicts.iter().map(|verdict| *verdict == Verdict::Kept).collect(),
            cuts: ledger.cuts.into_iter().map(|cut| (cut.block, cut.range)).collect(),
            rest: (!self.is_flat).then_some((metadata, flags)),
        }
    }
}

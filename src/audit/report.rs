//! Defines what an audit tells: the counts of each source, and what of them needs attention.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Batch;
use super::baseline::Baseline;
use super::finding::{Finding, findings};
use super::repeated::Counted;
use super::sketch::{Sketch, length_of_step};
use super::tally::Tally;
use crate::flags::Flag;
use crate::rules::library::Library;

/// So many hosts that no rule file knows are named, …
const MOST_HOSTS: usize = 20;

/// … each with so many of its repeated texts.
const MOST_TEXTS: usize = 3;

/// How a text is shown, in characters.
const SHOWN: usize = 70;

/// What came of a batch.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// How many pages were cleaned.
    pub pages: usize,
    /// How many could not be.
    pub failed: usize,
    /// The sources, by name.
    pub sources: Vec<SourceReport>,
    /// The pages that no rule file knows.
    pub unknown: Unknown,
    /// How many findings there are.
    pub findings: usize,
}

/// What came of a source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceReport {
    /// Its id.
    pub source: String,
    /// How many pages it has.
    pub pages: usize,
    /// How many of them its rules judged.
    pub judged: usize,
    /// Whether the baseline knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_baseline: Option<bool>,
    /// How many pages have a flag.
    pub flags: BTreeMap<&'static str, u64>,
    /// On how many pages each rule fired: all of its own file, those of packs that fired.
    pub rules: BTreeMap<String, u64>,
    /// The length of its bodies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<Usual>,
    /// Which share of the page they are, in hundredths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<Usual>,
    /// What needs attention.
    pub findings: Vec<Finding>,
}

/// What is usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Usual {
    /// The median.
    pub median: usize,
    /// Half of all lie between this …
    pub low: usize,
    /// … and this.
    pub high: usize,
}

/// The pages that no rule file knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Unknown {
    /// How many.
    pub pages: usize,
    /// The hosts with most of them, and texts that their bodies have in common.
    pub hosts: Vec<Host>,
}

/// A host that no rule file knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Host {
    /// Its name.
    pub host: String,
    /// How many pages it has.
    pub pages: usize,
    /// How repeated texts begin.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub repeated: Vec<String>,
}

impl Report {
    /// What is to be said of a batch, of which so many pages failed, alone or beside earlier counts.
    pub fn new(batch: &Batch, failed: usize, library: &Library, baseline: Option<&Baseline>) -> Self {
        let sources: Vec<_> = batch
            .sources
            .iter()
            .map(|(id, tally)| {
                let source = library.source(id);
                let before = baseline.and_then(|baseline| baseline.sources.get(&**id));
                let own = format!("{id}/");
                let mut rules: BTreeMap<String, u64> =
                    tally.fired.iter().map(|(rule, pages)| (rule.to_string(), *pages)).collect();
                for rule in source.iter().flat_map(|source| &source.rules).filter(|rule| rule.name.starts_with(&own)) {
                    rules.entry(rule.name.to_string()).or_default();
                }
                SourceReport {
                    source: id.to_string(),
                    pages: tally.pages,
                    judged: tally.judged,
                    in_baseline: baseline.map(|_| before.is_some()),
                    flags: tally.flags.iter().map(|(flag, noted)| (Flag::name(*flag), noted.pages)).collect(),
                    rules,
                    length: Usual::of(&tally.lengths.sketch, length_of_step),
                    share: Usual::of(&tally.shares.sketch, usize::from),
                    findings: findings(tally, source.as_deref(), before),
                }
            })
            .collect();
        let findings = sources.iter().map(|source| source.findings.len()).sum();
        Self { pages: batch.pages, failed, sources, unknown: Unknown::of(batch), findings }
    }
}

impl Unknown {
    fn of(batch: &Batch) -> Self {
        let mut hosts: Vec<(&String, &Tally)> = batch.unknown.iter().collect();
        hosts.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.pages));
        let hosts = hosts.into_iter().take(MOST_HOSTS).map(|(host, tally)| {
            let texts = tally.texts.boilerplate(tally.distinct);
            let repeated = texts.into_iter().take(MOST_TEXTS).map(Counted::shown).collect();
            Host { host: host.clone(), pages: tally.pages, repeated }
        });
        Self { pages: batch.unknown_pages, hosts: hosts.collect() }
    }
}

impl Usual {
    fn of(sketch: &Sketch, value: impl Fn(u16) -> usize) -> Option<Self> {
        let median = sketch.median()?;
        let half = sketch.band(1, 0)?;
        Some(Self { median: value(median), low: value(half.low), high: value(half.high) })
    }
}

impl Counted {
    /// How the text begins, for people.
    pub(super) fn shown(&self) -> String {
        let is_short = self.first.is_whole && self.first.start.chars().count() <= SHOWN;
        if is_short {
            return self.first.start.clone();
        }
        let start: String = self.first.start.chars().take(SHOWN).collect();
        format!("{}…", start.trim_end())
    }
}

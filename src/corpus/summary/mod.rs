//! Sums up a run: what became of its pages, what was dropped, what took long.
//!
//! [`PageFacts`] are made beside the cleaning, on any thread; [`Summary::add`] takes them one by one. Its memory does not
//! grow with the pages, and it can be written down and read again in the middle of a run, so that a run that goes on after
//! it was killed sums up the whole. For people it is [`text`], for programs [`Summary::json`], to look at
//! [`crate::corpus::report`].

pub mod amount;
pub mod facts;
pub mod histogram;
mod text;
pub mod timeline;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::facts::PageFacts;
use self::histogram::Histogram;
use self::timeline::Timeline;
use super::entry::{Failure, Stage};
use crate::category::Category;
use crate::text::start_of;

/// So many names are told apart in a table; what comes under further ones is counted as [`OTHERS`].
pub const MOST_NAMES: usize = 2000;

/// The row of names for which a table has no room.
pub const OTHERS: &str = "(others)";

/// The row of pages of no known source.
pub const NO_SOURCE: &str = "(none)";

/// So many of the slowest pages are named.
const SLOWEST: usize = 10;

/// So much is kept of any name, in bytes.
const LONGEST_NAME: usize = 300;

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    /// What became of what was read.
    pub pages: Outcomes,
    /// How many cleaned pages are near-duplicates of an earlier one, written or not.
    pub duplicates: u64,
    /// The size of all pages that were cleaned, in bytes as they came.
    pub bytes: u64,
    /// How long the run took, in seconds; all its parts, if it went on after it was stopped.
    pub seconds: f64,
    /// How long cleaning took, on all threads together, in seconds.
    pub cleaning_seconds: f64,
    /// The text of all pages that were cleaned, in characters without white space.
    pub text: Text,
    /// The sources, by their ids; `(none)` for pages of none.
    pub sources: BTreeMap<String, SourceRow>,
    /// How many cleaned pages have each flag.
    pub flags: BTreeMap<String, u64>,
    /// The pages that failed, by how far they came.
    pub failures: BTreeMap<Stage, FailureRow>,
    /// What was passed over, by why.
    pub passed_over: BTreeMap<String, u64>,
    /// On how many pages each rule was set aside, since it would have dropped too much.
    pub set_aside: BTreeMap<String, u64>,
    /// The pages that took longest, the longest first.
    pub slowest: Vec<SlowPage>,
    /// How likely the bodies are right.
    pub confidence: Histogram,
    /// The share of a page's text that is kept, of pages with any.
    pub kept_share: Histogram,
    /// The sizes of pages, in bytes.
    pub page_bytes: Histogram,
    /// The times of pages, in seconds.
    pub page_seconds: Histogram,
    /// How the run went on.
    pub timeline: Timeline,
}

/// What became of what was read: each page is in one of these.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcomes {
    /// Written, marked duplicates among them.
    pub written: u64,
    /// Not written, since they are near-duplicates.
    pub duplicates_dropped: u64,
    /// Cleaned, and not written, since the user asked for others.
    pub left_out: u64,
    /// Failed.
    pub failed: u64,
    /// No pages.
    pub passed_over: u64,
}

/// What became of a page that was cleaned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was written.
    Written,
    /// It is a near-duplicate, and was written with the id of the first.
    Marked,
    /// It is a near-duplicate, and was not written.
    Dropped,
    /// It is none of those that the user wants.
    LeftOut,
}

/// Text in characters without white space.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Text {
    /// In bodies.
    pub kept: u64,
    /// Dropped of what a reader sees, by category.
    pub dropped: BTreeMap<Category, u64>,
    /// Dropped of what no reader sees: hidden elements, the head.
    pub unseen: u64,
}

/// The pages of a source.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SourceRow {
    /// How many were cleaned.
    pub pages: u64,
    /// Their text that is kept.
    pub kept: u64,
    /// Their text that is dropped, of what a reader sees.
    pub dropped: u64,
    /// The sum of the confidence in their bodies.
    pub confidence: f64,
}

/// The pages that came no further than a stage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FailureRow {
    /// How many.
    pub pages: u64,
    /// The first of them, and why.
    pub first: String,
}

/// A page that took long.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SlowPage {
    /// Its id, or where it stands.
    pub name: String,
    /// Its source.
    pub source: Option<String>,
    /// Its size.
    pub bytes: u64,
    /// How long cleaning took.
    pub seconds: f64,
}

impl Summary {
    /// Of nothing, yet.
    pub fn new() -> Self {
        Self {
            confidence: Histogram::linear(20),
            kept_share: Histogram::linear(20),
            // 100 B to 100 MB, 10 µs to 100 s.
            page_bytes: Histogram::decades(2, 8),
            page_seconds: Histogram::decades(-5, 2),
            ..Self::default()
        }
    }

    /// Counts a page that was cleaned.
    pub fn add(&mut self, page: &PageFacts, outcome: Outcome) {
        let Outcomes { written, duplicates_dropped, left_out, .. } = &mut self.pages;
        let count = match outcome {
            Outcome::Written | Outcome::Marked => written,
            Outcome::Dropped => duplicates_dropped,
            Outcome::LeftOut => left_out,
        };
        *count += 1;
        self.duplicates += u64::from(matches!(outcome, Outcome::Marked | Outcome::Dropped));
        self.bytes += page.bytes;
        self.cleaning_seconds = rounded(self.cleaning_seconds + page.seconds);
        self.text.kept += page.kept;
        self.text.unseen += page.unseen;
        for (category, weight) in &page.dropped {
            *self.text.dropped.entry(*category).or_default() += weight;
        }
        let dropped: u64 = page.dropped.values().sum();
        let source = row(&mut self.sources, page.source.as_deref().unwrap_or(NO_SOURCE));
        source.pages += 1;
        source.kept += page.kept;
        source.dropped += dropped;
        source.confidence = rounded(source.confidence + page.confidence);
        page.flags.iter().for_each(|flag| *row(&mut self.flags, flag.name()) += 1);
        page.set_aside.iter().for_each(|rule| *row(&mut self.set_aside, rule) += 1);
        self.confidence.add(page.confidence);
        if page.kept + dropped > 0 {
            self.kept_share.add(page.kept as f64 / (page.kept + dropped) as f64);
        }
        self.page_bytes.add(page.bytes as f64);
        self.page_seconds.add(page.seconds);
        self.note_if_slow(page);
    }

    /// Counts a page that failed.
    pub fn failed(&mut self, failure: &Failure) {
        self.pages.failed += 1;
        let row = self.failures.entry(failure.stage).or_default();
        row.pages += 1;
        if row.pages == 1 {
            start_of(&failure.to_string(), LONGEST_NAME).clone_into(&mut row.first);
        }
    }

    /// Counts what is no page.
    pub fn passed_over(&mut self, why: &str) {
        self.pages.passed_over += 1;
        *row(&mut self.passed_over, why) += 1;
    }

    /// Says how long the run has lasted so far, with the runs that it goes on from, and how much memory it takes, in bytes.
    pub fn at(&mut self, seconds: f64, memory: Option<u64>) {
        let seconds = rounded(seconds);
        self.seconds = seconds;
        self.timeline.note(seconds, self.cleaned(), self.bytes, memory);
    }

    /// Says how long the run lasted in all.
    pub fn end(&mut self, seconds: f64, memory: Option<u64>) {
        let seconds = rounded(seconds);
        self.seconds = seconds;
        self.timeline.end(seconds, self.cleaned(), self.bytes, memory);
    }

    /// All that was read: what became of it adds up to this.
    pub fn read(&self) -> u64 {
        self.cleaned() + self.pages.failed + self.pages.passed_over
    }

    /// The pages that were cleaned.
    pub fn cleaned(&self) -> u64 {
        self.pages.written + self.pages.duplicates_dropped + self.pages.left_out
    }

    /// Pages cleaned a second.
    pub fn pages_a_second(&self) -> Option<f64> {
        (self.seconds > 0.0).then(|| self.cleaned() as f64 / self.seconds)
    }

    /// Bytes of pages cleaned a second.
    pub fn bytes_a_second(&self) -> Option<f64> {
        (self.seconds > 0.0).then(|| self.bytes as f64 / self.seconds)
    }

    /// As JSON, over several lines, with figures that follow from the counts; `docs/runs.md` has the keys.
    pub fn json(&self) -> String {
        /// A time that half of the pages, 95 and 99 of a hundred do not exceed.
        #[derive(Serialize)]
        struct Figures {
            read: u64,
            cleaned: u64,
            pages_a_second: Option<f64>,
            bytes_a_second: Option<f64>,
            page_seconds_p50: Option<f64>,
            page_seconds_p95: Option<f64>,
            page_seconds_p99: Option<f64>,
        }
        #[derive(Serialize)]
        struct Shown<'a> {
            figures: Figures,
            #[serde(flatten)]
            summary: &'a Summary,
        }
        let figures = Figures {
            read: self.read(),
            cleaned: self.cleaned(),
            pages_a_second: self.pages_a_second(),
            bytes_a_second: self.bytes_a_second(),
            page_seconds_p50: self.page_seconds.quantile(0.5),
            page_seconds_p95: self.page_seconds.quantile(0.95),
            page_seconds_p99: self.page_seconds.quantile(0.99),
        };
        crate::render::json::pretty(&Shown { figures, summary: self })
    }

    fn note_if_slow(&mut self, page: &PageFacts) {
        let place = self.slowest.partition_point(|other| other.seconds >= page.seconds);
        if place >= SLOWEST {
            return;
        }
        let slow = SlowPage {
            name: start_of(&page.name, LONGEST_NAME).to_owned(),
            source: page.source.as_deref().map(str::to_owned),
            bytes: page.bytes,
            seconds: rounded(page.seconds),
        };
        self.slowest.insert(place, slow);
        self.slowest.truncate(SLOWEST);
    }
}

/// A number to nine places: as many as JSON brings back as they were, so that a run that goes on reckons with the same.
fn rounded(number: f64) -> f64 {
    (number * 1e9).round() / 1e9
}

/// The row of a name, as long as there is room for it.
fn row<'m, T: Default>(table: &'m mut BTreeMap<String, T>, name: &str) -> &'m mut T {
    let name = start_of(name, LONGEST_NAME);
    let name = if table.len() < MOST_NAMES || table.contains_key(name) { name } else { OTHERS };
    table.entry(name.to_owned()).or_default()
}

/// The rows of a table, the greatest first, those that are equal by their names.
pub fn ranked<T>(table: &BTreeMap<String, T>, rank: impl Fn(&T) -> u64) -> Vec<(&str, &T)> {
    let mut rows: Vec<_> = table.iter().map(|(name, value)| (name.as_str(), value)).collect();
    rows.sort_by_key(|(_, value)| std::cmp::Reverse(rank(value)));
    rows
}

#[cfg(test)]
mod tests;

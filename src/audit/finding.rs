//! Decides what of a source's counts needs somebody's attention.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::baseline::Counts;
use super::chance::differ;
use super::propose;
use super::sketch::{Band, Sketch, length_of_step};
use super::tally::{Measured, Noted, Tally};
use crate::flags::Flag;
use crate::rules::file::Expect;
use crate::rules::source::Source;

/// Something that needs attention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// What was found, for people.
    pub message: String,
    /// The rule that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// On how many pages.
    pub pages: u64,
    /// Of how many.
    pub of: u64,
    /// Some of the pages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
    /// A rule that would help, as TOML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposal: Option<String>,
}

/// What a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// The rules no longer fit pages: the site was rebuilt.
    StaleRules,
    /// Nothing is left of pages.
    Empty,
    /// A rule did not do what is expected of it.
    Expect,
    /// A rule would have dropped too much, and was set aside.
    SetAside,
    /// A rule fires more often, or less, than it did.
    Rate,
    /// Bodies are longer or shorter than usual.
    Length,
    /// Bodies are another share of the page than usual.
    Share,
    /// Bodies have a text in common that no rule drops.
    Repeated,
}

/// A rule that should fire often and fires on less of the pages does not do what is expected.
const OFTEN: f64 = 0.5;

/// Fewer pages tell nothing of what is often, or usual.
const FEW: usize = 20;

/// A rate that moved less is no finding, be it by chance or not.
const LEAST_MOVE: f64 = 0.05;

/// The band of what is usual reaches so many times the usual distance from the median.
const BAND: u16 = 6;

/// The usual distance is no less: a tenth of a length, three hundredths of a page.
const LEAST_DISTANCE: [u16; 2] = [2, 3];

/// Medians that are less apart are the same: an eighth of a length, five hundredths of a page.
const LEAST_APART: [u16; 2] = [3, 5];

/// So many repeated texts of a source are findings of their own.
const MOST_TEXTS: usize = 20;

/// What is to be said of a source: alone, or beside earlier counts.
pub(super) fn findings(tally: &Tally, source: Option<&Source>, before: Option<&Counts>) -> Vec<Finding> {
    let judge = Judge { tally, source, before };
    let mut found = judge.flags();
    found.extend(judge.expect());
    found.extend(judge.set_aside());
    found.extend(judge.rates());
    found.extend(judge.bands());
    found.extend(judge.repeated());
    found
}

struct Judge<'a> {
    tally: &'a Tally,
    source: Option<&'a Source>,
    before: Option<&'a Counts>,
}

impl Judge<'_> {
    fn judged(&self) -> u64 {
        self.tally.judged as u64
    }

    fn flags(&self) -> Vec<Finding> {
        let told = [
            (Kind::StaleRules, Flag::StaleRules, "the rules no longer fit: the site was rebuilt, write its new layout"),
            (Kind::Empty, Flag::Empty, "nothing is left of the page"),
        ];
        let of = self.tally.pages as u64;
        let all = told.into_iter().filter_map(|(kind, flag, message)| {
            let noted = self.tally.flags.get(&flag)?;
            let before =
                self.before.map(|before| (if kind == Kind::Empty { before.empty } else { before.stale }, before.pages));
            is_new(noted.pages, of, before).then(|| noted.finding(kind, None, of, message.to_owned()))
        });
        all.collect()
    }

    /// Rules against what is expected of them.
    fn expect(&self) -> Vec<Finding> {
        let expected: BTreeMap<&str, Expect> =
            self.rules().filter_map(|rule| Some((&*rule.name, rule.expect?))).collect();
        let of = self.judged();
        let all = self.tally.unexpected.iter().filter_map(|(rule, noted)| {
            let message = match expected.get(&**rule)? {
                Expect::Always => "expected always, and did not fire",
                Expect::Often if self.tally.judged < FEW || noted.pages as f64 <= of as f64 * OFTEN => return None,
                Expect::Often => "expected often, and hardly fires",
                Expect::Never => "expected never, and fired",
            };
            let before = self.before.map(|before| (count(&before.unexpected, rule), before.judged));
            is_new(noted.pages, of, before).then(|| noted.finding(Kind::Expect, Some(rule), of, message.to_owned()))
        });
        all.collect()
    }

    fn set_aside(&self) -> Vec<Finding> {
        let of = self.judged();
        let all = self.tally.set_aside.iter().filter(|(rule, noted)| {
            is_new(noted.pages, of, self.before.map(|before| (count(&before.set_aside, rule), before.judged)))
        });
        let message = "set aside, since it would have dropped too much";
        all.map(|(rule, noted)| noted.finding(Kind::SetAside, Some(rule), of, message.to_owned())).collect()
    }

    /// Rules that fire more or less often than before. Those that are new, or gone, have nothing to be compared with.
    fn rates(&self) -> Vec<Finding> {
        let Some(before) = self.before else { return Vec::new() };
        let of = self.judged();
        let known: BTreeSet<&str> = self.rules().map(|rule| &*rule.name).collect();
        let names: BTreeSet<&str> =
            before.fired.keys().map(String::as_str).filter(|rule| known.contains(rule)).collect();
        let all = names.into_iter().filter_map(|rule| {
            let now = self.tally.fired.get(rule).copied().unwrap_or(0);
            let then = count(&before.fired, rule);
            let [rate, was] = [(now, of), (then, before.judged)].map(|(pages, of)| pages as f64 / of.max(1) as f64);
            if (rate - was).abs() < LEAST_MOVE || !differ(now, of, then, before.judged) {
                return None;
            }
            let message = format!("fires on {} of the pages, and did on {}", percent(rate), percent(was));
            let rule = Some(rule.to_owned());
            Some(Finding { kind: Kind::Rate, message, rule, pages: now, of, examples: Vec::new(), proposal: None })
        });
        all.collect()
    }

    /// Bodies that are not as usual.
    fn bands(&self) -> Vec<Finding> {
        let length = |step| format!("{} characters", length_of_step(step));
        let share = |step| format!("{step} %");
        let before = self.before;
        let lengths = band(&self.tally.lengths, before.map(|before| &before.lengths), 0, "longer", "shorter", length);
        let shares = band(&self.tally.shares, before.map(|before| &before.shares), 1, "more", "less", share);
        let all = [(Kind::Length, lengths), (Kind::Share, shares)];
        all.into_iter().flat_map(|(kind, found)| found.into_iter().map(move |one| Finding { kind, ..one })).collect()
    }

    /// Texts that bodies have in common, and did not before.
    fn repeated(&self) -> Vec<Finding> {
        let is_known = |start: &str| self.before.is_some_and(|before| before.repeated.contains(start));
        let mut taken: BTreeSet<String> =
            self.rules().filter_map(|rule| Some(rule.name.split_once('/')?.1.to_owned())).collect();
        let texts = self.tally.texts.boilerplate(self.tally.distinct);
        let new = texts.into_iter().filter(|text| !is_known(&text.first.start)).take(MOST_TEXTS);
        let all = new.map(|text| Finding {
            kind: Kind::Repeated,
            message: format!("no rule drops \u{201c}{}\u{201d}", text.shown()),
            rule: None,
            pages: text.pages as u64,
            of: self.tally.distinct as u64,
            examples: Vec::new(),
            proposal: Some(propose::rule(text, &mut taken)),
        });
        all.collect()
    }

    fn rules(&self) -> impl Iterator<Item = &crate::rules::source::Rule> {
        let layouts = self.source.iter().flat_map(|source| &source.layouts).flat_map(|layout| &layout.rules);
        self.source.iter().flat_map(|source| &source.rules).chain(layouts)
    }
}

/// What is to be said of a measure: `which` of the limits are its own, `more` and `less` how it is told.
fn band(
    now: &Measured,
    before: Option<&Sketch>,
    which: usize,
    more: &str,
    less: &str,
    shown: impl Fn(u16) -> String,
) -> Vec<Finding> {
    let usual = before.unwrap_or(&now.sketch);
    if usual.count() < FEW as u64 {
        return Vec::new();
    }
    let (Some(band), Some(median), Some(was)) =
        (usual.band(BAND, LEAST_DISTANCE[which]), now.sketch.median(), usual.median())
    else {
        return Vec::new();
    };
    let of = now.sketch.count();
    let finding = |pages, message, examples| Finding {
        kind: Kind::Length,
        message,
        rule: None,
        pages,
        of,
        examples,
        proposal: None,
    };
    let mut found = Vec::new();
    let outside = now.sketch.outside(band);
    if is_new(outside, of, before.map(|before| (before.outside(band), before.count()))) {
        let message = format!("body out of the usual band, {} to {}", shown(band.low), shown(band.high));
        found.push(finding(outside, message, now.outliers(band)));
    }
    if let Some(before) = before
        && median.abs_diff(was) >= LEAST_APART[which]
        && differ(now.sketch.above(was), of, before.above(was), before.count())
    {
        let than = if median > was { more } else { less };
        let message = format!("bodies are {than} than they were: {}, and were {}", shown(median), shown(was));
        found.push(finding(of, message, Vec::new()));
    }
    found
}

/// Whether so many of so many pages are news. What never was is news at once; what was is, where it is more than chance.
fn is_new(pages: u64, of: u64, before: Option<(u64, u64)>) -> bool {
    match before {
        _ if pages == 0 => false,
        None | Some((0, _)) => true,
        Some((then, of_then)) => {
            pages as f64 / of.max(1) as f64 > then as f64 / of_then.max(1) as f64 && differ(pages, of, then, of_then)
        }
    }
}

impl Noted {
    fn finding(&self, kind: Kind, rule: Option<&str>, of: u64, message: String) -> Finding {
        let (pages, examples) = (self.pages, self.examples.clone());
        Finding { kind, message, rule: rule.map(str::to_owned), pages, of, examples, proposal: None }
    }
}

impl Measured {
    /// The pages furthest out of a band.
    fn outliers(&self, band: Band) -> Vec<String> {
        let outside = self.ends.iter().flatten().filter(|(step, _)| !band.contains(*step));
        outside.map(|(_, page)| page.clone()).collect()
    }
}

fn count(counts: &BTreeMap<String, u64>, rule: &str) -> u64 {
    counts.get(rule).copied().unwrap_or(0)
}

/// A share as people read it.
pub(super) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

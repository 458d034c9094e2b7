//! Runs samples, all at once, and says of every part of the rule files what it does on them.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use super::Sample;
use super::bench::Bench;
use super::cases::CheckedCases;
use super::check::{Checked, check};
use super::view::Firing;
use super::without::Without;
use crate::pipeline::Cleaner;
use crate::rules::library::{FileKind, Library, Listing, Origin};

/// What came of a run.
#[derive(Debug)]
pub struct Run {
    /// The samples, the worst first, those that are as alike by name.
    pub samples: Vec<Checked>,
    /// The parts of the rule files of their sources, in the order of the files.
    pub parts: Vec<PartOfRules>,
    /// What came of the cases of packs, where they were looked at.
    pub cases: Option<CheckedCases>,
}

/// A part of a rule file, and what it does on the samples.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartOfRules {
    /// Its name: `golem.de/byline`, or the file and the key, such as `golem.de [body] select 2`.
    pub name: String,
    /// Whether samples need it.
    pub state: State,
    /// The samples on which it fired; only for rules.
    pub fired: Vec<Firing>,
    /// The texts that it dropped and that should stay, each with its sample.
    pub noisy: Vec<NoisyOn>,
}

/// A text that a rule dropped and that should stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoisyOn {
    /// The sample.
    pub sample: String,
    /// The text.
    pub text: String,
}

/// Whether samples need a part of a rule file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Without it, some sample would fail.
    Needed,
    /// It does something on some sample, but no sample would fail without it.
    Unneeded,
    /// It does nothing on any sample.
    Unused,
}

impl Run {
    /// The parts that no sample needs: mistakes, as failing samples are.
    pub fn unneeded(&self) -> impl Iterator<Item = &PartOfRules> {
        self.parts.iter().filter(|part| part.state != State::Needed)
    }

    /// Whether all is as it must be.
    pub fn passed(&self) -> bool {
        let cases = self.cases.as_ref().is_none_or(CheckedCases::passed);
        cases && self.samples.iter().all(Checked::passed) && self.unneeded().next().is_none()
    }
}

/// Checks samples, and the rule files of their sources. Rules of packs are asked for only where `all` samples are
/// there: the pages of one source need not show all that a pack is for.
pub fn run(cleaner: &Cleaner, samples: &[Sample], all: bool) -> Run {
    let bench = Bench::new(cleaner, samples);
    let mut samples: Vec<Checked> = samples.par_iter().map(|sample| check(&bench, sample)).collect();
    let parts = parts(&bench, &samples, all);
    samples.sort_by(|a, b| b.weight().cmp(&a.weight()).then_with(|| a.name.cmp(&b.name)));
    Run { samples, parts, cases: None }
}

fn parts(bench: &Bench<'_>, samples: &[Checked], all: bool) -> Vec<PartOfRules> {
    let noticed: BTreeSet<&str> = samples.iter().flat_map(|one| &one.noticed).map(String::as_str).collect();
    let mut fired: BTreeMap<&str, Vec<&Firing>> = BTreeMap::new();
    for firing in samples.iter().flat_map(|one| &one.fired) {
        fired.entry(&firing.rule).or_default().push(firing);
    }
    let files = bench.cleaner.library().files();
    let mut told = BTreeSet::new();
    let mut parts = Vec::new();
    for id in bench.sources() {
        let packs = if all { packs_beside(bench.cleaner.library(), &files, id) } else { BTreeSet::new() };
        let is_asked_for = |without: &Without| *without.file == *id || packs.contains(&*without.file);
        let marks: BTreeSet<usize> =
            samples.iter().filter(|one| source_of(&one.name) == id).flat_map(|one| &one.marks).copied().collect();
        let count = bench.identity(id).map_or(0, |identity| identity.marks.len());
        for at in 0..count {
            let state = if marks.contains(&at) { State::Needed } else { State::Unused };
            let name = format!("{id} marks {}", at + 1);
            parts.push(PartOfRules { name, state, fired: Vec::new(), noisy: Vec::new() });
        }
        for without in bench.parts(id).iter().filter(|without| is_asked_for(without)) {
            if !told.insert(without.name.as_str()) {
                continue;
            }
            let name = without.name.clone();
            let fired: Vec<Firing> = fired.get(name.as_str()).into_iter().flatten().map(|one| (*one).clone()).collect();
            let state = match (noticed.contains(name.as_str()), without.is_rule() && fired.is_empty()) {
                (true, _) => State::Needed,
                (false, false) => State::Unneeded,
                (false, true) => State::Unused,
            };
            parts.push(PartOfRules { state, fired, noisy: noisy(samples, &name), name });
        }
    }
    parts
}

fn noisy(samples: &[Checked], rule: &str) -> Vec<NoisyOn> {
    let of_sample = |one: &Checked| {
        let noisy = one.lines.noisy.iter().filter(|noisy| *noisy.rule == *rule);
        noisy.map(|noisy| NoisyOn { sample: one.name.clone(), text: noisy.text.clone() }).collect::<Vec<_>>()
    };
    samples.iter().flat_map(of_sample).collect()
}

/// The packs that come from where the file of a site comes from: those of others have samples elsewhere.
fn packs_beside(library: &Library, files: &[Listing], id: &str) -> BTreeSet<String> {
    let is_built_in = |origin: &Origin| *origin == Origin::BuiltIn;
    // Where no site has the name, it is the samples of unknown sources, of which only the built-in packs have some.
    let site = files.iter().find(|file| file.kind == FileKind::Site && *file.id == *id);
    let site_is_built_in = site.is_none_or(|site| is_built_in(&site.origin));
    let packs = files.iter().filter(|file| file.kind == FileKind::Pack);
    // Those that apply to every page have cases.
    let packs = packs.filter(|pack| !library.applies_everywhere(&pack.id));
    let beside = packs.filter(|pack| is_built_in(&pack.origin) == site_is_built_in);
    beside.map(|pack| pack.id.to_string()).collect()
}

fn source_of(name: &str) -> &str {
    name.split('/').next().unwrap_or_default()
}

//! The report for programs: all that is known, as one JSON object.

use std::collections::BTreeSet;

use dehusk::ledger::RuleName;
use dehusk::samples::{Differing, Failure, Firing, PartOfRules, Run};
use serde::Serialize;

#[derive(Serialize)]
struct Report<'a> {
    passed: bool,
    samples: Vec<Sample<'a>>,
    rules: &'a [PartOfRules],
    /// The cases of packs, where they were looked at.
    cases: Option<Cases<'a>>,
}

#[derive(Serialize)]
struct Cases<'a> {
    snippets: usize,
    problems: Vec<String>,
    never_fire: &'a [RuleName],
    never_spare: &'a [RuleName],
}

#[derive(Serialize)]
struct Sample<'a> {
    name: &'a str,
    passed: bool,
    /// How much differs, in words.
    weight: usize,
    failures: &'a [Failure],
    fired: &'a [Firing],
    #[serde(flatten)]
    lines: &'a Differing,
    /// The parts of rule files without which it would not pass.
    needs: &'a BTreeSet<String>,
}

pub(super) fn report(run: &Run) -> serde_json::Result<String> {
    let samples = run.samples.iter().map(|one| Sample {
        name: &one.name,
        passed: one.passed(),
        weight: one.weight(),
        failures: &one.failures,
        fired: &one.fired,
        lines: &one.lines,
        needs: &one.noticed,
    });
    let cases = run.cases.as_ref().map(|checked| Cases {
        snippets: checked.snippets,
        problems: checked.problems.iter().map(|problem| problem.render(false)).collect(),
        never_fire: &checked.never_fire,
        never_spare: &checked.never_spare,
    });
    let report = Report { passed: run.passed(), samples: samples.collect(), rules: &run.parts, cases };
    serde_json::to_string_pretty(&report)
}

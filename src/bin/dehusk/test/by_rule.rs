//! A table of the rules: how often each fires, on which samples, and whether a sample needs it.

use std::fmt::Write as _;

use dehusk::samples::{PartOfRules, Run, State};

use super::text::{RED, excerpt, rest};

/// The rules, in the order of their files, with what is wrong with them, and the sums.
pub(super) fn table(run: &Run) -> String {
    let width = run.parts.iter().map(|part| part.name.chars().count()).max().unwrap_or(0).max("rule".len());
    let mut out = format!("{:<width$}  texts  noisy  needed  samples\n", "rule");
    for part in &run.parts {
        let texts: usize = part.fired.iter().map(|one| one.texts).sum();
        let is_rule = !part.name.contains(' ');
        let texts = if is_rule { texts.to_string() } else { String::new() };
        let noisy = if is_rule { part.noisy.len().to_string() } else { String::new() };
        let row = format!("{:<width$}  {texts:>5}  {noisy:>5}  {:<6}  {}", part.name, needed(part), samples(part));
        let style = if part.state == State::Needed && part.noisy.is_empty() { anstyle::Style::new() } else { RED };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{style}{}{style:#}", row.trim_end());
    }
    for one in run.parts.iter().flat_map(|part| part.noisy.iter().map(move |noisy| (part, noisy))) {
        let (part, noisy) = one;
        let _ =
            writeln!(out, "noisy: {} drops what should stay in {}: {}", part.name, noisy.sample, excerpt(&noisy.text));
    }
    for sample in &run.samples {
        for line in &sample.lines.missing {
            let place = &line.place;
            let _ = writeln!(out, "missing: no rule drops in {}, at {place}: {}", sample.name, excerpt(&line.text));
        }
    }
    out + &rest(run)
}

fn needed(part: &PartOfRules) -> &'static str {
    match part.state {
        State::Needed => "yes",
        State::Unneeded => "no",
        State::Unused => "unused",
    }
}

/// The samples without the name of the rule's own source.
fn samples(part: &PartOfRules) -> String {
    let own = part.name.split(['/', ' ']).next().unwrap_or_default();
    let short = |sample: &str| {
        let case = sample.strip_prefix(own).and_then(|rest| rest.strip_prefix('/')).unwrap_or(sample);
        case.to_owned()
    };
    part.fired.iter().map(|one| short(&one.sample)).collect::<Vec<_>>().join(", ")
}

//! `dehusk test`: cleans the samples and compares with what is expected of them.

use std::fmt::Write as _;
use std::io::Write as _;

use anstyle::{AnsiColor, Style};
use anyhow::{Context as _, bail};
use dehusk::pipeline::Cleaner;
use dehusk::samples::diff::{Stretch, words};
use dehusk::samples::{Checked, Failure, check, load, unexercised};
use rayon::prelude::*;

use crate::args::{RulesArgs, TestArgs};
use crate::exit::ExitStatus;

const RED: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
const GREEN: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));

/// Checks the samples.
pub(crate) fn run(args: &TestArgs, rules: &RulesArgs) -> anyhow::Result<ExitStatus> {
    let cleaner = Cleaner::new(rules.library()?);
    let samples = load(&args.samples, &args.sources).with_context(|| {
        format!("there are no samples to be had in {}; name their folder with --samples", args.samples.display())
    })?;
    if samples.is_empty() {
        bail!("no samples in {}{}", args.samples.display(), of_sources(&args.sources));
    }
    let checked: Vec<Checked> = samples.par_iter().map(|sample| check(&cleaner, sample)).collect();
    let mut out = anstream::stdout().lock();
    for one in &checked {
        if one.passed() {
            writeln!(out, "{GREEN}pass{GREEN:#} {}", one.name)?;
        } else {
            writeln!(out, "{RED}FAIL{RED:#} {}", one.name)?;
            write!(out, "{}", one.failures.iter().map(told).collect::<String>())?;
        }
    }
    let mut failed = checked.iter().filter(|one| !one.passed()).count();
    if args.accept {
        for one in checked.iter().filter(|one| one.may_be_accepted()) {
            one.accept().with_context(|| format!("{}: the expectation cannot be written", one.name))?;
            writeln!(out, "accepted {}", one.name)?;
            failed -= 1;
        }
    }
    let silent = unexercised(&cleaner, &samples, &checked);
    for rule in &silent {
        writeln!(
            out,
            "{RED}FAIL{RED:#} {rule}: no sample exercises this rule; add one on which it fires, or remove it"
        )?;
    }
    writeln!(
        out,
        "{} samples: {} passed, {failed} failed; {} rules without a sample",
        samples.len(),
        samples.len() - failed,
        silent.len()
    )?;
    Ok(ExitStatus::fine_if(failed == 0 && silent.is_empty()))
}

fn of_sources(sources: &[String]) -> String {
    if sources.is_empty() { String::new() } else { format!(" of {}", sources.join(", ")) }
}

/// What is not as expected, for people.
fn told(failure: &Failure) -> String {
    match failure {
        Failure::Page(error) => format!("  {error}\n"),
        Failure::Missing(path) => {
            format!("  {} is missing: look at what comes out, and take it with --accept\n", path.display())
        }
        Failure::Unreadable(path, error) => format!("  {}: {error}\n", path.display()),
        Failure::Lost(text) => format!("  must be in the body, and is not: {text}\n"),
        Failure::Leaked(text) => format!("  must not be in the body, and is: {text}\n"),
        Failure::Differs { what, expected, found } => {
            let diff = difference(expected, found);
            format!("  {what} ({RED}[-expected-]{RED:#}, {GREEN}{{+found+}}{GREEN:#}):\n{diff}\n")
        }
    }
}

/// A comparison word by word, readable without colours too.
fn difference(expected: &str, found: &str) -> String {
    let mut text = String::new();
    for stretch in words(expected, found) {
        // Writing to a string cannot fail.
        let _ = match stretch {
            Stretch::Same(same) => write!(text, "{same}"),
            Stretch::Missing(missing) => write!(text, "{RED}[-{missing}-]{RED:#}"),
            Stretch::Extra(extra) => write!(text, "{GREEN}{{+{extra}+}}{GREEN:#}"),
            Stretch::Gap => write!(text, "\n  […]\n"),
        };
    }
    text.lines().map(|line| format!("    {line}\n")).collect()
}

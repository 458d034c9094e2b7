//! `dehusk test`: cleans the samples and compares with what is expected of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use anyhow::{Context as _, bail};
use dehusk::pipeline::Cleaner;
use dehusk::samples::diff::{Stretch, words};
use dehusk::samples::{Checked, Failure, check, load, unexercised};
use rayon::prelude::*;

use crate::args::{RulesArgs, TestArgs};
use crate::exit::ExitStatus;
use crate::stdout;

const RED: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
const GREEN: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));

/// Checks the samples.
pub(crate) fn run(args: &TestArgs, rules: &RulesArgs) -> anyhow::Result<ExitStatus> {
    let cleaner = Cleaner::new(rules.library()?);
    if !args.samples.is_dir() {
        bail!("there is no folder {}; name the folder of samples with --samples", args.samples.display());
    }
    let samples = load(&args.samples, &args.sources)?;
    if let Some(source) = args.sources.iter().find(|source| samples.iter().all(|one| one.source() != *source)) {
        let there: BTreeSet<_> = load(&args.samples, &[])?.iter().map(|one| one.source().to_owned()).collect();
        let there: Vec<_> = there.into_iter().collect();
        bail!("there are no samples of `{source}` in {}; there are of {}", args.samples.display(), there.join(", "));
    }
    if samples.is_empty() {
        bail!(
            "there are no samples in {}; a sample is a folder <source>/<case> with a page.toml",
            args.samples.display()
        );
    }
    let checked: Vec<Checked> = samples.par_iter().map(|sample| check(&cleaner, sample)).collect();
    let mut out = String::new();
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
        // Said before anything is written, so that the diff is seen even if that fails.
        stdout::write_styled(&std::mem::take(&mut out))?;
        for one in checked.iter().filter(|one| !one.passed()) {
            if !one.may_be_accepted() {
                writeln!(out, "not accepted {}: its page.toml says otherwise, or there is no page", one.name)?;
                continue;
            }
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
        "{} sample{}: {} passed, {failed} failed; {} rule{} without a sample",
        samples.len(),
        plural(samples.len()),
        samples.len() - failed,
        silent.len(),
        plural(silent.len())
    )?;
    stdout::write_styled(&out)?;
    Ok(ExitStatus::fine_if(failed == 0 && silent.is_empty()))
}

fn plural(number: usize) -> &'static str {
    if number == 1 { "" } else { "s" }
}

/// What is not as expected, for people.
fn told(failure: &Failure) -> String {
    match failure {
        Failure::Page(error) => error.lines().map(|line| format!("  {line}\n")).collect(),
        Failure::Missing { path, found } => {
            let found = indented(found);
            format!(
                "  {} is missing. If this, which came out, is right, take it with --accept:\n{found}\n",
                path.display()
            )
        }
        Failure::Unreadable(path, error) => {
            format!("  {}: {error}; mend it, or take what comes out with --accept\n", path.display())
        }
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
    indented(&text)
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}

//! `dehusk test`: cleans the samples, compares with what is expected of them, and tries every rule.

mod accept;
mod by_rule;
mod json;
mod junit;
mod real;
mod text;
mod watch;

use std::collections::BTreeSet;
use std::io::{self, IsTerminal as _};
use std::path::Path;

use anyhow::bail;
use dehusk::pipeline::Cleaner;
use dehusk::samples::cases::{self, CheckedCases};
use dehusk::samples::{Run, Sample, load, run as run_samples};

use crate::args::{Accept, ReportKind, RulesArgs, TestArgs};
use crate::exit::ExitStatus;
use crate::stdout;

/// Checks the samples.
pub(crate) fn run(args: &TestArgs, rules: &RulesArgs) -> anyhow::Result<ExitStatus> {
    if args.accept == Some(Accept::Ask) && !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        bail!(
            "--accept asks for each sample, and there is no terminal to ask on; read what `dehusk test` shows, and take \
             all of it with --accept=all"
        );
    }
    if let Some(folder) = &args.real {
        return real::run(folder, args, rules);
    }
    if args.watch {
        return watch::run(args, rules);
    }
    let cleaner = Cleaner::new(rules.library()?);
    let samples = samples(args)?;
    let mut run = run_samples(&cleaner, &samples, args.sources.is_empty());
    run.cases = checked_cases(args, rules)?;
    match args.accept {
        Some(Accept::All) => accept::all(&mut run.samples)?,
        Some(Accept::Ask) => accept::ask(&mut run.samples, &mut io::stdin().lock(), &mut anstream::stdout())?,
        None => {}
    }
    match args.format {
        ReportKind::Text if args.by_rule => stdout::write_styled(&by_rule::table(&run))?,
        // What is wrong was shown before it was accepted.
        ReportKind::Text if args.accept.is_some() => stdout::write_styled(&text::rest(&run))?,
        ReportKind::Text => stdout::write_styled(&text::report(&run))?,
        ReportKind::Json => stdout::write(&json::report(&run)?)?,
        ReportKind::Junit => stdout::write(&junit::report(&run)?)?,
    }
    Ok(status(&run))
}

/// The cases of packs, where all samples are asked for and there are any.
fn checked_cases(args: &TestArgs, rules: &RulesArgs) -> anyhow::Result<Option<CheckedCases>> {
    if !args.sources.is_empty() || !args.samples.join(cases::FOLDER).is_dir() {
        return Ok(None);
    }
    let packs = Cleaner::new(rules.library()?.without_sites()).without_generic();
    Ok(Some(cases::check(&packs, &args.samples)?))
}

fn status(run: &Run) -> ExitStatus {
    ExitStatus::fine_if(run.passed())
}

/// The samples that are asked for.
fn samples(args: &TestArgs) -> anyhow::Result<Vec<Sample>> {
    let folder = args.samples.display();
    if !args.samples.is_dir() {
        bail!("there is no folder {folder}; name the folder of samples with --samples");
    }
    let samples = load(&args.samples, &args.sources)?;
    if let Some(source) = args.sources.iter().find(|source| samples.iter().all(|one| one.source() != *source)) {
        bail!("there are no samples of `{source}` in {folder}; there are of {}", sources_in(&args.samples)?);
    }
    if samples.is_empty() {
        bail!("there are no samples in {folder}; a sample is a folder <source>/<case> with a page.toml");
    }
    Ok(samples)
}

fn sources_in(folder: &Path) -> anyhow::Result<String> {
    let there: BTreeSet<_> = load(folder, &[])?.iter().map(|one| one.source().to_owned()).collect();
    Ok(there.into_iter().collect::<Vec<_>>().join(", "))
}

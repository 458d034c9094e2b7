//! `dehusk test --real`: what rule files are worth on real pages, for those who have some.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{anyhow, bail};
use dehusk::evaluate::real::faults::{FILE, Faults};
use dehusk::evaluate::real::{Difference, Floors, Outcome, RealPage, RealRun, run as run_real};
use dehusk::evaluate::truth::Corpus;
use dehusk::pipeline::Cleaner;
use dehusk::render::json;
use dehusk::rules::library::Library;
use serde::Serialize;

use super::text::{RED, counted};
use crate::args::{ReportKind, RulesArgs, TestArgs};
use crate::exit::ExitStatus;
use crate::table::table;
use crate::{report, stdout};

/// All that is known, as JSON writes it.
#[derive(Serialize)]
struct Report<'a> {
    passed: bool,
    #[serde(flatten)]
    run: &'a RealRun,
    /// What is wrong with the corpus.
    problems: Vec<String>,
}

/// Cleans the real pages that are asked for.
pub(super) fn run(folder: &Path, args: &TestArgs, rules: &RulesArgs) -> anyhow::Result<ExitStatus> {
    if args.format == ReportKind::Junit {
        bail!("--real has no report as JUnit; write --format json, or leave --format out");
    }
    let faults = Faults::read(&args.samples.join(FILE)).map_err(|message| anyhow!("{message}"))?;
    let library = rules.library()?;
    known(&library, &args.sources)?;
    let corpus = Corpus::open(folder)?;
    let run = run_real(&Cleaner::new(library), &corpus, &args.sources, &faults.of(folder));
    if run.pages.is_empty() {
        let whose =
            if args.sources.is_empty() { "any source with a rule file".into() } else { args.sources.join(", ") };
        bail!("{} has no page of {whose}", folder.display());
    }
    let floors = Floors { html: args.floor, flattened: args.flattened_floor };
    let problems: Vec<_> = corpus.problems.iter().map(ToString::to_string).collect();
    let unknown = run.faults_of_nothing.iter();
    let unknown = unknown.map(|id| format!("{FILE} names page `{id}`, which the corpus does not have; take it away"));
    let problems: Vec<String> = problems.into_iter().chain(unknown).collect();
    for problem in &problems {
        report::error(problem);
    }
    let passed = problems.is_empty() && !run.pages.iter().any(|page| page.is_below(floors));
    match args.format {
        ReportKind::Json => stdout::write(&json::pretty(&Report { passed, run: &run, problems }))?,
        _ => stdout::write_styled(&text(&run, floors))?,
    }
    Ok(ExitStatus::fine_if(passed))
}

/// Sources that are asked for have to be there.
fn known(library: &Library, sources: &[String]) -> anyhow::Result<()> {
    let Some(unknown) = sources.iter().find(|source| library.source(source).is_none()) else { return Ok(()) };
    let hint = library.nearest(unknown).map(|near| format!("; is `{near}` meant?")).unwrap_or_default();
    bail!("no rule file has the name `{unknown}`{hint}")
}

/// The pages, those whose truth is wrong apart; then what differs, page by page, and the sums.
fn text(run: &RealRun, floors: Floors) -> String {
    let (wrong, right): (Vec<&RealPage>, Vec<&RealPage>) = run.pages.iter().partition(|page| page.fault.is_some());
    let mut out = rows(&right);
    for page in &right {
        out.push_str(&notes(page, floors));
    }
    if !wrong.is_empty() {
        let _ = write!(out, "\nThe truth of these is wrong, and they do not count:\n\n{}", rows(&wrong));
        for page in &wrong {
            let _ = writeln!(out, "{}: {}", page.id, page.fault.as_deref().unwrap_or_default());
        }
    }
    let _ = write!(out, "\n{}", sums(run, &right, floors));
    out
}

fn rows(pages: &[&RealPage]) -> String {
    let headings = ["source", "page", "ROUGE-LSum", "word F1", "title", "author", "date", "flattened", "flags"];
    let figure = |figure: Option<f64>| figure.map_or_else(|| "–".to_owned(), |figure| format!("{figure:.4}"));
    let right = |score: Option<f64>| match score {
        None => "–".to_owned(),
        Some(score) if score < 1.0 => "no".to_owned(),
        Some(_) => "yes".to_owned(),
    };
    let row = |page: &&RealPage| {
        let scores = &page.html.scores;
        let flags: BTreeSet<_> = page.html.flags.iter().map(|flag| flag.name()).collect();
        let mut flags: Vec<_> = flags.into_iter().collect();
        if !page.html.recognised {
            flags.push("not recognised");
        }
        vec![
            page.source.clone(),
            page.id.clone(),
            figure(scores.rouge),
            figure(Some(scores.f1)),
            right(scores.title),
            right(scores.author),
            right(scores.date),
            figure(Some(page.flattened.scores.f1)) + if page.flattened.recognised { "" } else { " unknown" },
            flags.join(", "),
        ]
    };
    table(headings.into_iter(), pages.iter().map(row))
}

/// What is wrong with a page, a line each.
fn notes(page: &RealPage, floors: Floors) -> String {
    let mut out = String::new();
    if page.is_below(floors) {
        let _ = writeln!(out, "{RED}FAIL{RED:#} {}", page.id);
    }
    for (form, one) in [("", &page.html), (", flattened", &page.flattened)] {
        if let Some(problem) = &one.problem {
            let _ = writeln!(out, "{}{form}: {problem}", page.id);
        }
        if let Some(other) = one.taken_for.as_ref().filter(|_| !one.recognised) {
            let _ = writeln!(out, "{}{form}: taken for a page of {other}", page.id);
        }
    }
    let shown = |text: &Option<String>| text.as_ref().map_or_else(|| "nothing".to_owned(), |text| format!("`{text}`"));
    for Difference { what, found, truth } in &page.differs {
        let _ = writeln!(out, "{}: {what} is {}, and should be {}", page.id, shown(found), shown(truth));
    }
    out
}

fn sums(run: &RealRun, right: &[&RealPage], floors: Floors) -> String {
    let sources: BTreeSet<_> = run.pages.iter().map(|page| &page.source).collect();
    let mean = |outcome: fn(&RealPage) -> &Outcome, figure: fn(&Outcome) -> Option<f64>| {
        let figures: Vec<f64> = right.iter().filter_map(|page| figure(outcome(page))).collect();
        let mean = figures.iter().sum::<f64>() / figures.len() as f64;
        if figures.is_empty() { "–".to_owned() } else { format!("{mean:.4}") }
    };
    let recognised = right.iter().filter(|page| page.flattened.recognised).count();
    format!(
        "{} of {}: ROUGE-LSum {}, word F1 {}; flattened, {recognised} recognised, word F1 {}; {} below the floor, {} with \
         a wrong truth{}\n",
        counted(run.pages.len(), "page"),
        counted(sources.len(), "source"),
        mean(|page| &page.html, |one| one.scores.rouge),
        mean(|page| &page.html, |one| Some(one.scores.f1)),
        mean(|page| &page.flattened, |one| Some(one.scores.f1)),
        right.iter().filter(|page| page.is_below(floors)).count(),
        run.pages.len() - right.len(),
        skipped(run),
    )
}

/// How many pages were left out, if any.
fn skipped(run: &RealRun) -> String {
    let pages: usize = run.skipped.values().sum();
    let (pages, sources) = (counted(pages, "page"), counted(run.skipped.len(), "source"));
    if run.skipped.is_empty() { String::new() } else { format!("\n{pages} of {sources} without a rule file left out") }
}

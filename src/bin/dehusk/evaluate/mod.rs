//! `dehusk evaluate`: scores the cleaner, or what other tools wrote, on pages whose true body is known.

mod text;

use std::collections::BTreeSet;

use anyhow::bail;
use dehusk::evaluate::answer::{Answers, Given, clean};
use dehusk::evaluate::learned::{LearnedRules, Scheme};
use dehusk::evaluate::summary::{Summary, summaries, worst};
use dehusk::evaluate::truth::Corpus;
use dehusk::evaluate::{Calibration, Scored, Selection, evaluate};
use dehusk::pipeline::Cleaner;
use dehusk::render::json;
use dehusk::storage::write_whole;
use serde::Serialize;

use crate::args::{EvaluateArgs, EvaluateFormat, LearnedFrom, RulesArgs};
use crate::exit::ExitStatus;
use crate::{report, stdout};

/// Scores the pages that are asked for.
pub(crate) fn run(args: &EvaluateArgs, rules: &RulesArgs) -> anyhow::Result<ExitStatus> {
    let selection = selection(args)?;
    let mut corpus = Corpus::open(&args.corpus)?;
    let mut beside = None;
    if !corpus.pages.iter().any(|page| selection.takes(page)) {
        bail!("{}", no_page(args, &corpus));
    }
    let pages = if let Some(path) = &args.texts {
        let answers = Answers::read(path)?;
        evaluate(&corpus, &selection, |page| answers.of(page))
    } else {
        let given = if args.flattened { Given::Flattened } else { Given::Html };
        if args.learned.is_some() || args.learned_from.is_some() {
            let cleaner = args.policy.cleaner(rules.library()?.without_sites())?;
            let by_rules = learned(args, &cleaner, &mut corpus, &selection, given)?;
            beside = Some(evaluate(&corpus, &selection, |page| clean(&cleaner, page, given)));
            evaluate(&corpus, &selection, |page| by_rules.answer(&cleaner, page, given))
        } else {
            let cleaner = args.policy.cleaner(rules.library()?)?;
            evaluate(&corpus, &selection, |page| clean(&cleaner, page, given))
        }
    };
    let problems = tell(&corpus, &pages);
    if let Some(path) = &args.save {
        let lines: String =
            pages.iter().filter(|page| page.problem.is_none()).map(|page| json::line(&page.answer)).collect();
        write_whole(path, lines.as_bytes(), args.force)?;
    }
    let mut summaries = summaries(&pages);
    // What comes of no rule file, on the same pages.
    summaries.extend(beside.iter().filter_map(|pages| summaries_of_all(pages)));
    let result = Evaluation {
        summaries,
        calibration: Calibration::of(&pages),
        problems: corpus.problems.iter().map(ToString::to_string).collect(),
        pages: &pages,
    };
    match args.format {
        EvaluateFormat::Text => stdout::write(&text::report(&result, &worst(&pages, args.worst)))?,
        EvaluateFormat::Json => stdout::write(&json::pretty(&result))?,
    }
    Ok(ExitStatus::fine_if(problems == 0))
}

/// What came out, as JSON writes it.
#[derive(Serialize)]
struct Evaluation<'a> {
    /// The figures of all pages, and of each type.
    summaries: Vec<Summary>,
    calibration: Option<Calibration>,
    /// What is wrong with the corpus.
    problems: Vec<String>,
    pages: &'a [Scored],
}

/// Learns rules for the pages that are asked for, and leaves only those in the corpus for which there are some.
fn learned(
    args: &EvaluateArgs,
    cleaner: &Cleaner,
    corpus: &mut Corpus,
    selection: &Selection,
    given: Given,
) -> anyhow::Result<LearnedRules> {
    let other = args.learned_from.as_deref().map(Corpus::open).transpose()?;
    let scheme = match (&other, args.learned) {
        (Some(other), _) => Scheme::From(other),
        (None, Some(LearnedFrom::LeaveOneOut)) => Scheme::LeaveOneOut,
        (None, _) => Scheme::InSample,
    };
    let rules = LearnedRules::learn(cleaner, corpus, selection, scheme, given);
    corpus.pages.retain(|page| rules.knows(page));
    if corpus.pages.is_empty() {
        bail!("no source has pages enough: two to learn from, and with leave-one-out one more to clean");
    }
    Ok(rules)
}

/// The figures of all pages together, named after what they were cleaned without.
fn summaries_of_all(pages: &[Scored]) -> Option<Summary> {
    let all = summaries(pages).into_iter().next();
    all.map(|all| Summary { pages: "no rules".to_owned(), ..all })
}

fn selection(args: &EvaluateArgs) -> anyhow::Result<Selection> {
    let fold = args.folds.zip(args.fold);
    if let Some((folds, fold)) = fold.filter(|(folds, fold)| fold >= folds) {
        bail!("there is no fold {fold} of {folds}: they are 0 to {}", folds - 1);
    }
    Ok(Selection { page_type: args.page_type.clone(), source: args.only_source.clone(), fold })
}

/// Why no page is left, with what there is instead.
fn no_page(args: &EvaluateArgs, corpus: &Corpus) -> String {
    let folder = args.corpus.display();
    if corpus.pages.is_empty() {
        let first = corpus.problems.first().map(|problem| format!("; {problem}")).unwrap_or_default();
        return format!("{folder} tells the body of no page{first}");
    }
    let types: BTreeSet<&str> = corpus.pages.iter().map(|page| page.page_type.as_str()).collect();
    if let Some(wanted) = args.page_type.as_deref().filter(|wanted| !types.contains(wanted)) {
        let types = types.into_iter().collect::<Vec<_>>().join(", ");
        return format!("no page of {folder} is of the type `{wanted}`; there are {types}");
    }
    let is_there = |wanted: &&str| corpus.pages.iter().any(|page| page.source == **wanted);
    if let Some(wanted) = args.only_source.as_deref().filter(|wanted| !is_there(wanted)) {
        return format!(
            "no page of {folder} is of the source `{wanted}`; sources are hosts without www, such as {}",
            corpus.pages[0].source
        );
    }
    format!("no page of {folder} is all that is asked for")
}

/// Tells what is wrong with the corpus and with pages; returns how much that is.
fn tell(corpus: &Corpus, pages: &[Scored]) -> usize {
    for problem in &corpus.problems {
        report::error(&problem.to_string());
    }
    let failed = pages.iter().filter_map(|page| Some((page, page.problem.as_ref()?)));
    let mut count = corpus.problems.len();
    for (page, problem) in failed {
        report::error(&format!("{}: {problem}; it counts as an empty answer", page.id));
        count += 1;
    }
    count
}

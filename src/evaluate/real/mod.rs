//! Runs rule files over real pages whose truth is known: for each page of a source that has a rule file, what comes of it
//! as HTML with its address, and as the text that flattening leaves, without.
//!
//! Samples are in the repository and pages of others may not be; who has some sees here what rules are worth.

pub mod faults;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use super::answer::{Answer, Given, article};
use super::score::{Scores, score};
use super::truth::{Corpus, Truth};
use crate::flags::Flag;
use crate::identify::by_address;
use crate::pipeline::Cleaner;
use crate::rules::library::Identities;

/// What came of the pages of a corpus.
#[derive(Debug, Serialize)]
pub struct RealRun {
    /// The pages of sources that have a rule file, by source and page.
    pub pages: Vec<RealPage>,
    /// Pages whose source has no rule file, by source. They are not cleaned.
    pub skipped: BTreeMap<String, usize>,
    /// Pages that are said to have a wrong truth, and are not in the corpus.
    pub faults_of_nothing: Vec<String>,
}

/// What came of a page.
#[derive(Debug, Serialize)]
pub struct RealPage {
    /// Its id in the corpus.
    pub id: String,
    /// The rule file that its address asks for.
    pub source: String,
    /// Why its truth is wrong, where somebody says so.
    pub fault: Option<String>,
    /// As HTML, with its address.
    pub html: Outcome,
    /// Flattened to text, without its address.
    pub flattened: Outcome,
    /// What the page tells otherwise than the truth, of title, author and date.
    pub differs: Vec<Difference>,
}

/// What came of a page in one of its forms.
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// Whether the page was taken for one of its source.
    pub recognised: bool,
    /// What it was taken for.
    pub taken_for: Option<String>,
    /// What a user should know of the result.
    pub flags: Vec<Flag>,
    /// Why there is none.
    pub problem: Option<String>,
    /// How well the truth is met.
    #[serde(flatten)]
    pub scores: Scores,
}

/// A part of the metadata that is not as the truth has it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// `title`, `author` or `date`.
    pub what: &'static str,
    /// What the page is said to have.
    pub found: Option<String>,
    /// What it has.
    pub truth: Option<String>,
}

impl Outcome {
    /// How well the body is met: ROUGE-LSum F1, or word F1 where the truth has no paragraphs.
    pub fn body(&self) -> f64 {
        self.scores.rouge.unwrap_or(self.scores.f1)
    }
}

impl RealPage {
    /// Whether it is worse than it may be, and its truth is not to blame.
    pub fn is_below(&self, floors: Floors) -> bool {
        let is_below = |one: &Outcome, floor: f64| floor > 0.0 && (!one.recognised || one.body() < floor);
        let failed = self.html.problem.is_some() || self.flattened.problem.is_some();
        let is_below = is_below(&self.html, floors.html) || is_below(&self.flattened, floors.flattened);
        self.fault.is_none() && (failed || is_below)
    }
}

/// How well the body of each page has to be met, from 0 to 1; 0 asks for nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Floors {
    /// As HTML.
    pub html: f64,
    /// Flattened.
    pub flattened: f64,
}

/// Cleans the pages of a corpus whose source has a rule file: of all sources, or of some. `faults` says of pages why
/// their truth is wrong.
pub fn run(cleaner: &Cleaner, corpus: &Corpus, sources: &[String], faults: &BTreeMap<String, String>) -> RealRun {
    let identities = cleaner.library().identities();
    let mut asked = Vec::new();
    let mut skipped = BTreeMap::new();
    for page in &corpus.pages {
        match source_of(identities, page) {
            Some(source) if sources.is_empty() || sources.contains(&source) => asked.push((source, page)),
            Some(_) => {}
            None => *skipped.entry(page.source.clone()).or_default() += 1,
        }
    }
    let mut pages: Vec<RealPage> = asked
        .into_par_iter()
        .map(|(source, page)| real_page(cleaner, page, source, faults.get(&page.id).cloned()))
        .collect();
    pages.sort_by(|a, b| (&a.source, &a.id).cmp(&(&b.source, &b.id)));
    let known: BTreeSet<&String> = corpus.pages.iter().map(|page| &page.id).collect();
    let faults_of_nothing = faults.keys().filter(|id| !known.contains(id)).cloned().collect();
    RealRun { pages, skipped, faults_of_nothing }
}

/// The rule file that a page asks for: by its address, or where there is none by the host that it is said to be of.
fn source_of(identities: &Identities, page: &Truth) -> Option<String> {
    let host = || format!("https://{}/", page.source);
    let claims = by_address(identities, &page.url.clone().unwrap_or_else(host));
    match &claims[..] {
        [source] => Some(source.to_string()),
        _ => None,
    }
}

fn real_page(cleaner: &Cleaner, page: &Truth, source: String, fault: Option<String>) -> RealPage {
    let (html, answer) = outcome(cleaner, page, &source, Given::Html);
    let (flattened, _) = outcome(cleaner, page, &source, Given::Flattened);
    let fields = [
        ("title", html.scores.title, &answer.title, &page.title),
        ("author", html.scores.author, &answer.author, &page.author),
        ("date", html.scores.date, &answer.date, &page.date),
    ];
    let wrong = fields.into_iter().filter(|(_, score, ..)| score.is_some_and(|score| score < 1.0));
    let differs = wrong.map(|(what, _, found, truth)| Difference { what, found: found.clone(), truth: truth.clone() });
    RealPage { id: page.id.clone(), differs: differs.collect(), source, fault, html, flattened }
}

fn outcome(cleaner: &Cleaner, page: &Truth, source: &str, given: Given) -> (Outcome, Answer) {
    match article(cleaner, page, given, None) {
        Ok(article) => {
            let answer = Answer::of(&page.id, &article);
            let taken_for = article.source_id().map(ToString::to_string);
            let recognised = taken_for.as_deref() == Some(source);
            let scores = score(&answer, page);
            (Outcome { recognised, taken_for, flags: article.flags, problem: None, scores }, answer)
        }
        Err(problem) => {
            let answer = Answer { id: page.id.clone(), ..Answer::default() };
            let scores = score(&answer, page);
            let problem = Some(problem);
            (Outcome { recognised: false, taken_for: None, flags: Vec::new(), problem, scores }, answer)
        }
    }
}

#[cfg(test)]
mod tests;

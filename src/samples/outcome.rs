//! Defines what came of a page in a form in which variants of it can be compared: all text normalised.

use super::failure::{Check, Failure};
use crate::article::Article;
use crate::ledger::Verdict;
use crate::samples::Expected;
use crate::text::normalise;

/// What came of a page: each part by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outcome(Vec<(&'static str, String)>);

impl Outcome {
    pub(super) fn of(article: &Article) -> Self {
        let metadata = Expected::of(article).fields().map(|(what, text)| (what, normalise(&text).into_owned()));
        let body = ("body", normalised_lines(&article.text()));
        Self([body].into_iter().chain(metadata).chain([("verdicts", verdicts(article))]).collect())
    }

    /// What is otherwise in a variant of the page. Where the body is, the verdicts are as well, and are not told.
    pub(super) fn differences(&self, variant: &Self, check: Check, with: &str) -> Vec<Failure> {
        let mut failures = Vec::new();
        for ((what, expected), (_, found)) in self.0.iter().zip(&variant.0) {
            if *what != "verdicts" || failures.is_empty() {
                failures.extend(Failure::if_differs(check, format!("{what} {with}"), expected, found));
            }
        }
        failures
    }
}

/// A text with each line normalised, and without empty lines.
fn normalised_lines(text: &str) -> String {
    text.lines().map(|line| normalise(line)).filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
}

/// A line for each text of the page: kept, or the rule that dropped or cut it.
fn verdicts(article: &Article) -> String {
    let dropped = article.ledger.dropped(&article.document).map(|(cause, text)| (&*cause.rule, text));
    let lines = dropped.map(|(rule, text)| format!("{rule}: {}\n", normalise(text)));
    let kept = article.ledger.verdicts.iter().filter(|verdict| **verdict == Verdict::Kept).count();
    lines.chain([format!("{kept} blocks are kept\n")]).collect()
}

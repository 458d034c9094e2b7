//! Cleans a sample, compares the result with what is expected of it, and then in all the ways in which the same page
//! must come out the same.
//!
//! 1. The page as it is: against `expected.md`, `expected.json`, and the texts of `page.toml`.
//! 2. Its source, told without its URL, and with its own rule file away ([`identity`]).
//! 3. What came out, cleaned again ([`again`]).
//! 4. The page flattened to text, if its source has rules for such pages ([`flattened_view`]).
//! 5. The page written otherwise ([`variants`](super::variants)).
//! 6. Each part of the rule files taken away, to see whether anything changes ([`View::notices`]).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::bench::Bench;
use super::failure::{Check, Failure, Problem};
use super::flatten::{differences, flattened, kept_texts};
use super::lines::{Differing, differing};
use super::outcome::Outcome;
use super::variants::variants;
use super::view::{Firing, View};
use super::{Description, Expected, Sample};
use crate::article::Article;
use crate::decode::decode;
use crate::identify::Identified;
use crate::ledger::Cause;
use crate::page::{Content, InputFormat, Page};
use crate::render::markdown::markdown;
use crate::rules::library::Identity;
use crate::storage::{WriteError, write_whole};
use crate::text::normalise;

/// What came of a sample.
#[derive(Debug)]
pub struct Checked {
    /// Its source and its case.
    pub name: String,
    /// What is not as it must be; empty for a sample that passes.
    pub failures: Vec<Failure>,
    /// The rules that fired, on the page and on the page flattened.
    pub fired: Vec<Firing>,
    /// The lines in which the body differs, with the rules to blame.
    pub lines: Differing,
    /// The parts of rule files, by name, without which the sample would not pass.
    pub noticed: BTreeSet<String>,
    /// The marks of the source that are found on the page, counted from 0.
    pub marks: BTreeSet<usize>,
    /// What came out: files with their texts. Empty where there is nothing to accept.
    proposal: Vec<(PathBuf, String)>,
}

impl Checked {
    /// Whether all is as it must be.
    pub fn passed(&self) -> bool {
        self.failures.is_empty()
    }

    /// How much is wrong, in words.
    pub fn weight(&self) -> usize {
        self.failures.iter().map(Failure::weight).sum()
    }

    /// Whether the result may be taken for the expectation, and differs from it.
    pub fn may_be_accepted(&self) -> bool {
        self.failures.iter().any(Failure::is_mended_by_accepting) && !self.failures.iter().any(Failure::guards)
    }

    /// Writes the result down as the expectation; what that mends is no failure any more.
    pub fn accept(&mut self) -> Result<(), WriteError> {
        self.proposal.iter().try_for_each(|(path, text)| write_whole(path, text.as_bytes(), true))?;
        self.failures.retain(|failure| !failure.is_mended_by_accepting());
        Ok(())
    }

    fn failed(name: &str, failures: Vec<Failure>) -> Self {
        Self {
            name: name.to_owned(),
            failures,
            fired: Vec::new(),
            lines: Differing::default(),
            noticed: BTreeSet::new(),
            marks: BTreeSet::new(),
            proposal: Vec::new(),
        }
    }
}

/// Cleans a sample and checks all there is to check.
pub(super) fn check(bench: &Bench<'_>, sample: &Sample) -> Checked {
    let failed = |message: String| Checked::failed(&sample.name, vec![Failure::told(Check::Page, message)]);
    if let Some(broken) = &sample.broken {
        return failed(broken.clone());
    }
    if let Some(problem) = bench.unknown_source(sample.source()) {
        return failed(problem);
    }
    let bytes = match fs::read(&sample.page) {
        Ok(bytes) => bytes,
        Err(error) => return failed(format!("cannot read {}: {error}", sample.page.display())),
    };
    let page = Page {
        url: sample.description.url.clone(),
        file_name: Some(sample.page.to_string_lossy().into_owned()),
        content: Content::Bytes(bytes.into()),
        ..Page::default()
    };
    let article = match bench.cleaner.clean(&page) {
        Ok(article) => article,
        Err(error) => return failed(format!("{}: {error}", sample.page.display())),
    };
    let mut checked = Checked::failed(&sample.name, Vec::new());
    as_expected(&mut checked, sample, &article);
    let view = View::new(bench, sample.name.clone(), &article, false);
    checked.failures.extend(identity(sample, &view));
    checked.failures.extend(again(bench, sample, &article));
    checked.failures.extend(written_otherwise(bench, &page, &article));
    let mut views = vec![view];
    let flat = flattened_view(bench, sample, &article).transpose();
    let flat = flat.unwrap_or_else(|failure| {
        checked.failures.push(failure);
        None
    });
    if let Some(flat) = &flat {
        checked.failures.extend(flat.failures.iter().cloned());
        if flat.counts {
            let view = View::new(bench, format!("{} (flattened)", sample.name), &flat.article, true);
            checked.failures.extend(identity(sample, &view));
            views.push(view);
        }
    } else if !sample.description.flattened_leaves.is_empty() || sample.description.not_flattened.is_some() {
        let message = "`flattened-leaves` and `not-flattened` of page.toml say nothing here: only HTML pages of sources \
                       that have marks, body anchors or rules for flattened text are looked at flattened; take them away";
        checked.failures.push(Failure::told(Check::Flattened, message));
    }
    for view in &views {
        checked.fired.extend(view.fired());
        checked.noticed.extend(view.notices(bench, sample.source()));
        checked.marks.extend(view.marks(bench.identity(sample.source())));
    }
    checked
}

/// The page as it is, against what is expected of it.
fn as_expected(checked: &mut Checked, sample: &Sample, article: &Article) {
    let body = markdown(&article.body());
    let found = Expected::of(article);
    let failures = &mut checked.failures;
    let seen = normalise(&article.text()).into_owned();
    let contains = |text: &&String| seen.contains(&*normalise(text));
    let Description { keep, absent, .. } = &sample.description;
    let lost = keep.iter().filter(|text| !contains(text));
    failures.extend(lost.map(|text| Failure::told(Check::Keep, format!("must be in the body, and is not: {text}"))));
    let leaked = absent.iter().filter(contains);
    failures
        .extend(leaked.map(|text| Failure::told(Check::Absent, format!("must not be in the body, and is: {text}"))));
    let body_path = sample.folder.join("expected.md");
    match read(&body_path, &body) {
        Ok(expected) => {
            failures.extend(Failure::if_differs(Check::Expected, "body", &expected, &body));
            if expected != body {
                checked.lines = differing(article, &expected);
            }
        }
        Err(failure) => failures.push(failure),
    }
    let rest_path = sample.folder.join("expected.json");
    match read(&rest_path, &found.to_json()).and_then(|json| parse(&rest_path, &json)) {
        Ok(expected) => {
            for ((what, expected), (_, found)) in expected.fields().into_iter().zip(found.fields()) {
                failures.extend(Failure::if_differs(Check::Expected, what, &expected, &found));
            }
            failures.extend(Failure::if_differs(Check::Expected, "verdicts", &expected.verdicts(), &found.verdicts()));
        }
        Err(failure) => failures.push(failure),
    }
    checked.proposal = vec![(body_path, body), (rest_path, found.to_json())];
}

fn read(path: &Path, found: &str) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure {
        check: Check::Expected,
        problem: match error.kind() {
            io::ErrorKind::NotFound => Problem::Missing { path: path.to_owned(), found: found.to_owned() },
            _ => Problem::Unreadable { path: path.to_owned(), message: error.to_string() },
        },
    })
}

fn parse(path: &Path, json: &str) -> Result<Expected, Failure> {
    serde_json::from_str(json).map_err(|error| Failure {
        check: Check::Expected,
        problem: Problem::Unreadable { path: path.to_owned(), message: error.to_string() },
    })
}

/// With its URL and without, a page is never taken for one of another source; without its URL and its own rule file,
/// it is of none.
fn identity(sample: &Sample, view: &View<'_>) -> Vec<Failure> {
    let own = sample.source();
    let url = sample.description.url.as_deref();
    let taken_for = |identified: Identified| {
        let names = identified.source.into_iter().chain(identified.rivals).filter(|id| **id != *own);
        names.map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" and ")
    };
    let ways = [
        ("with its URL", taken_for(view.rerun.source_without(None, url))),
        ("without its URL", taken_for(view.rerun.source_without(None, None))),
        ("without its URL and its own rule file", taken_for(view.rerun.source_without(Some(own), None))),
    ];
    // The later ways follow from the first that goes wrong.
    let wrong = ways.into_iter().find(|(_, names)| !names.is_empty());
    let told = wrong.map(|(way, names)| {
        let name = if view.is_flat { "the flattened page" } else { "the page" };
        let message = format!(
            "{name}, {way}, is taken for one of {names}; make the `marks`, `name` and `hosts` there such that only that \
             source has them"
        );
        Failure::told(Check::Identity, message)
    });
    told.into_iter().collect()
}

/// What came out, cleaned again under the same source, stays as it is.
fn again(bench: &Bench<'_>, sample: &Sample, article: &Article) -> Vec<Failure> {
    let url = sample.description.url.clone().or_else(|| bench.identity(sample.source()).and_then(address));
    let outputs = [("text", "page.txt", article.text()), ("Markdown", "page.md", markdown(&article.body()))];
    let is_judged = article.source_id().is_some() && !bench.reads_text(sample.source());
    let by_rule = |(cause, _): (&Cause, &str)| !cause.rule.starts_with("generic/");
    let mut failures = Vec::new();
    for (what, name, output) in outputs.into_iter().filter(|(_, _, output)| !output.trim().is_empty()) {
        let content = Content::Text(output.as_str().into());
        let page = Page { url: url.clone(), file_name: Some(name.into()), content, ..Page::default() };
        let what = format!("body, written as {what} and cleaned again");
        match bench.cleaner.clean(&page) {
            // What the generic cleaner makes of text is its own affair.
            Ok(second) if is_judged && !second.ledger.dropped(&second.document).any(by_rule) => {}
            Ok(second) => {
                let found = if name == "page.txt" { second.text() } else { markdown(&second.body()) };
                failures.extend(Failure::if_differs(Check::Again, what, &output, &found));
            }
            Err(error) => failures.push(Failure::told(Check::Again, format!("{what}: {error}"))),
        }
    }
    failures
}

/// An address under which pages of a source are found.
fn address(identity: &Identity) -> Option<String> {
    let path = identity.paths.first().map_or("/", String::as_str);
    identity.hosts.first().map(|host| format!("https://{host}{path}"))
}

/// The page, written in other ways that say the same.
fn written_otherwise(bench: &Bench<'_>, page: &Page<'_>, article: &Article) -> Vec<Failure> {
    let outcome = Outcome::of(article);
    let decoded = decode(page);
    let mut failures = Vec::new();
    for (check, way, text) in variants(&decoded.text, article.format == InputFormat::Html) {
        let page = Page { content: Content::Text(text.into()), ..page.clone() };
        match bench.cleaner.clean(&page) {
            Ok(variant) => failures.extend(outcome.differences(&Outcome::of(&variant), check, way)),
            Err(error) => failures.push(Failure::told(check, format!("the page {way}: {error}"))),
        }
    }
    failures
}

/// An HTML page, flattened to text and cleaned without its URL.
struct Flat {
    article: Article,
    failures: Vec<Failure>,
    /// It shows what rules do: `page.toml` does not say that it cannot be told.
    counts: bool,
}

/// The page flattened, for samples of sources that have rules for such pages.
fn flattened_view(bench: &Bench<'_>, sample: &Sample, article: &Article) -> Option<Result<Flat, Failure>> {
    let Description { flattened_leaves: leaves, not_flattened: excuse, .. } = &sample.description;
    let told = |message: &str| Failure::told(Check::Flattened, message);
    let applies = article.format == InputFormat::Html && bench.comes_flattened(sample.source());
    if !applies || article.source_id().is_none_or(|id| **id != *sample.source()) {
        return None;
    }
    let text = flattened(&article.document);
    let content = Content::Text(text.into());
    let page = Page { format: Some(InputFormat::Text), content, ..Page::default() };
    let flat = match bench.cleaner.clean(&page) {
        Ok(flat) => flat,
        Err(error) => return Some(Err(told(&format!("the page, flattened to text: {error}")))),
    };
    let mut failures = Vec::new();
    if flat.source_id().is_none_or(|id| **id != *sample.source()) {
        let message = "the page, flattened to text and without its URL, is not recognised; add `marks` that it has to \
                       the rule file, or say in page.toml why that cannot be: not-flattened = \"…\"";
        failures.push(told(message));
    } else if bench.reads_text(sample.source()) || !leaves.is_empty() {
        let expected = kept_texts(&article.ledger, &article.document);
        failures.extend(differences(&expected, kept_texts(&flat.ledger, &flat.document), leaves));
    }
    if excuse.is_some() {
        let stale =
            told("`not-flattened` of page.toml is out of date: the page passes flattened to text; take it away");
        let failures = if failures.is_empty() { vec![stale] } else { Vec::new() };
        return Some(Ok(Flat { article: flat, failures, counts: false }));
    }
    Some(Ok(Flat { article: flat, failures, counts: true }))
}

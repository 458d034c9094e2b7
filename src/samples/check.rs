//! Cleans a sample and compares the result with what is expected.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::{Expected, Sample};
use crate::ledger::RuleName;
use crate::page::{Content, Page};
use crate::pipeline::Cleaner;
use crate::render::markdown::markdown;
use crate::rules::nearest::nearest;
use crate::storage::{WriteError, write_whole};
use crate::text::normalise;

/// The folder of samples whose source no rule file knows.
const UNKNOWN: &str = "unknown";

/// What came of a sample.
#[derive(Debug)]
pub struct Checked {
    /// Its source and its case.
    pub name: String,
    /// What is not as expected; empty for a sample that passes.
    pub failures: Vec<Failure>,
    /// The rules that fired.
    pub fired: Vec<RuleName>,
    /// The expectations that would make it pass: files with their texts. Empty where a page must not be accepted.
    proposal: Vec<(PathBuf, String)>,
}

/// Something that is not as expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The page cannot be read, or not be cleaned.
    Page(String),
    /// There is no such expectation.
    Missing {
        /// Its file.
        path: PathBuf,
        /// What came out.
        found: String,
    },
    /// An expectation cannot be read.
    Unreadable(PathBuf, String),
    /// The body, the verdicts, or a piece of metadata differ.
    Differs {
        /// What.
        what: &'static str,
        /// What was expected.
        expected: String,
        /// What came out.
        found: String,
    },
    /// A text that must be in the body is not.
    Lost(String),
    /// A text that must not be in the body is.
    Leaked(String),
}

impl Checked {
    /// Whether all is as expected.
    pub fn passed(&self) -> bool {
        self.failures.is_empty()
    }

    /// Whether the result may be taken for the expectation. Texts that must, or must not, be in the body guard against
    /// accepting a wrong one.
    pub fn may_be_accepted(&self) -> bool {
        let guarded = |failure: &Failure| matches!(failure, Failure::Page(_) | Failure::Lost(_) | Failure::Leaked(_));
        !self.passed() && !self.failures.iter().any(guarded)
    }

    /// Writes the result down as the expectation.
    pub fn accept(&self) -> Result<(), WriteError> {
        self.proposal.iter().try_for_each(|(path, text)| write_whole(path, text.as_bytes(), true))
    }
}

/// Cleans a sample and compares.
pub fn check(cleaner: &Cleaner, sample: &Sample) -> Checked {
    let failed =
        |failure| Checked { name: sample.name.clone(), failures: vec![failure], fired: vec![], proposal: vec![] };
    if let Some(broken) = &sample.broken {
        return failed(Failure::Page(broken.clone()));
    }
    if let Some(problem) = unknown_source(cleaner, sample.source()) {
        return failed(Failure::Page(problem));
    }
    let bytes = match fs::read(&sample.page) {
        Ok(bytes) => bytes,
        Err(error) => return failed(Failure::Page(format!("cannot read {}: {error}", sample.page.display()))),
    };
    let page = Page {
        url: sample.description.url.clone(),
        file_name: Some(sample.page.to_string_lossy().into_owned()),
        content: Content::Bytes(bytes.into()),
        ..Page::default()
    };
    let article = match cleaner.clean(&page) {
        Ok(article) => article,
        Err(error) => return failed(Failure::Page(error.to_string())),
    };
    let body = markdown(&article.body());
    let found = Expected::of(&article);
    let mut failures = Vec::new();
    let seen = normalise(&article.text()).into_owned();
    let contains = |text: &&String| seen.contains(&*normalise(text));
    let description = &sample.description;
    failures.extend(description.keep.iter().filter(|text| !contains(text)).cloned().map(Failure::Lost));
    failures.extend(description.absent.iter().filter(contains).cloned().map(Failure::Leaked));
    let body_path = sample.folder.join("expected.md");
    match read(&body_path, &body) {
        Ok(expected) => differs(&mut failures, "body", expected, body.clone()),
        Err(failure) => failures.push(failure),
    }
    let rest_path = sample.folder.join("expected.json");
    match read(&rest_path, &found.to_json()).and_then(|json| parse(&rest_path, &json)) {
        Ok(expected) => {
            for ((what, expected), (_, found)) in expected.fields().into_iter().zip(found.fields()) {
                differs(&mut failures, what, expected, found);
            }
            differs(&mut failures, "verdicts", expected.verdicts(), found.verdicts());
        }
        Err(failure) => failures.push(failure),
    }
    let proposal = vec![(body_path, body), (rest_path, found.to_json())];
    Checked { name: sample.name.clone(), failures, fired: article.ledger.fired, proposal }
}

/// What is wrong with the folder that a sample is in: no rule file has its name.
fn unknown_source(cleaner: &Cleaner, source: &str) -> Option<String> {
    let library = cleaner.library();
    if source == UNKNOWN || library.site_layers().any(|(id, _)| id == source) {
        return None;
    }
    let help = match nearest(source, library.site_layers().map(|(id, _)| id)) {
        Some(near) => format!("rename the folder to `{near}`"),
        None => format!("add a rule file `sites/{source}.toml`, or move the sample to `{UNKNOWN}`"),
    };
    Some(format!("no rule file has the name of its folder, `{source}`: {help}"))
}

fn read(path: &Path, found: &str) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Failure::Missing { path: path.to_owned(), found: found.to_owned() },
        _ => Failure::Unreadable(path.to_owned(), error.to_string()),
    })
}

fn parse(path: &Path, json: &str) -> Result<Expected, Failure> {
    serde_json::from_str(json).map_err(|error| Failure::Unreadable(path.to_owned(), error.to_string()))
}

fn differs(failures: &mut Vec<Failure>, what: &'static str, expected: String, found: String) {
    if expected != found {
        failures.push(Failure::Differs { what, expected, found });
    }
}

/// The rules of the checked samples' sources, those of packs that they use among them, that fired on none of them. Packs
/// that apply to every page have [cases](super::cases) instead.
pub fn unexercised(cleaner: &Cleaner, samples: &[Sample], checked: &[Checked]) -> Vec<RuleName> {
    let fired: BTreeSet<&RuleName> = checked.iter().flat_map(|one| &one.fired).collect();
    let sources: BTreeSet<&str> = samples.iter().map(Sample::source).collect();
    let shared = cleaner.library().shared();
    let everywhere: BTreeSet<&RuleName> = shared.rules.iter().map(|rule| &rule.name).collect();
    let mut missing = BTreeSet::new();
    for source in sources.into_iter().filter_map(|id| cleaner.library().source(id)) {
        let layouts = source.layouts.iter().flat_map(|layout| &layout.rules);
        let silent = source
            .rules
            .iter()
            .chain(layouts)
            .map(|rule| &rule.name)
            .filter(|name| !fired.contains(name) && !everywhere.contains(name));
        missing.extend(silent.cloned());
    }
    missing.into_iter().collect()
}

//! Pages with the result that a reader wants of them: the regression tests of rules.
//!
//! A sample is a folder `<source>/<case>/` with a page, what is said of it (`page.toml`, [`Description`]), and what is
//! expected of it: the body (`expected.md`) and the rest (`expected.json`, [`Expected`]). [`run`] cleans the pages, in
//! all ways in which they must come out the same, compares, and says which parts of the rule files no sample needs. A
//! missing expectation is a failure like any other; only [`Checked::accept`] writes one.

mod bench;
pub mod cases;
mod check;
pub mod diff;
pub mod draft;
mod expected;
mod failure;
pub(crate) mod flatten;
mod lines;
mod outcome;
pub mod sources;
mod suite;
mod variants;
mod view;
mod without;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{fs, io};

use schemars::JsonSchema;
use serde::Deserialize;

pub use check::Checked;
pub use expected::Expected;
pub use failure::{Check, Failure, Problem};
pub use lines::{Differing, Noisy, Staying};
pub use suite::{NoisyOn, PartOfRules, Run, State, run};
pub use view::Firing;

use crate::rules::diagnostic::{FileText, RuleErrors};
use crate::rules::shape;

/// The file that makes a folder a sample.
pub const DESCRIPTION: &str = "page.toml";

/// A page with what is expected of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Its source and its case: `golem.de/flattened`.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// The page.
    pub page: PathBuf,
    /// What is said of it.
    pub description: Description,
    /// What keeps it from being checked, where its `page.toml` or its page is not as it must be.
    pub broken: Option<String>,
}

/// What `page.toml` says of a page.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Description {
    /// Where it was fetched.
    pub url: Option<String>,
    /// Texts that must be in the body.
    pub keep: Vec<String>,
    /// Texts that must not be in it.
    pub absent: Vec<String>,
    /// Texts that stay when the HTML page is flattened to text, since nothing in the text tells that they are none of
    /// the article.
    pub flattened_leaves: Vec<String>,
    /// Why the HTML page, flattened to text, cannot be told to be of its source, or not be cleaned.
    pub not_flattened: Option<String>,
}

/// Why samples cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// A folder or a file cannot be read.
    #[error("cannot read {path}: {error}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A `page.toml` says something that it cannot say.
    #[error("{message}")]
    Description {
        /// Which.
        path: PathBuf,
        /// What is wrong, where, and what to write instead.
        message: String,
    },
    /// A sample has no page, or more than one.
    #[error("{folder}: a sample has one page.html, page.md or page.txt beside its page.toml, this one has {count}")]
    Pages {
        /// The sample.
        folder: PathBuf,
        /// How many pages it has.
        count: usize,
    },
}

impl Sample {
    /// The source that its folder names: the first part of its name.
    pub fn source(&self) -> &str {
        self.name.split('/').next().unwrap_or_default()
    }
}

/// The samples in a folder, sorted by name: of all sources, or of some. One that is not as it must be is
/// [`broken`](Sample::broken), and costs only itself.
pub fn load(folder: &Path, sources: &[String]) -> Result<Vec<Sample>, SampleError> {
    let mut samples = Vec::new();
    for source in folders(folder)? {
        let name = file_name(&source);
        if !sources.is_empty() && !sources.contains(&name) {
            continue;
        }
        for case in folders(&source)? {
            if case.join(DESCRIPTION).exists() {
                samples.push(load_one(format!("{name}/{}", file_name(&case)), case));
            }
        }
    }
    Ok(samples)
}

fn load_one(name: String, folder: PathBuf) -> Sample {
    let read = read_description(&folder.join(DESCRIPTION)).and_then(|description| Ok((description, page_of(&folder)?)));
    match read {
        Ok((description, page)) => Sample { name, folder, page, description, broken: None },
        Err(error) => {
            let (page, description) = (PathBuf::new(), Description::default());
            Sample { name, folder, page, description, broken: Some(error.to_string()) }
        }
    }
}

fn page_of(folder: &Path) -> Result<PathBuf, SampleError> {
    let entries = entries(folder)?;
    let mut pages: Vec<_> = entries.into_iter().filter(|path| path.file_stem() == Some(OsStr::new("page"))).collect();
    pages.retain(|path| path.extension() != Some(OsStr::new("toml")));
    match <[PathBuf; 1]>::try_from(pages) {
        Ok([page]) => Ok(page),
        Err(pages) => Err(SampleError::Pages { folder: folder.to_owned(), count: pages.len() }),
    }
}

/// Reads what a `page.toml` says.
pub fn read_description(path: &Path) -> Result<Description, SampleError> {
    let unreadable = |error| SampleError::Unreadable { path: path.to_owned(), error };
    let text = fs::read_to_string(path).map_err(unreadable)?;
    let (description, problems) = shape::read(&FileText::new(path.to_string_lossy(), text));
    if problems.is_empty() {
        return Ok(description);
    }
    Err(SampleError::Description { path: path.to_owned(), message: RuleErrors(problems).render(false) })
}

fn folders(folder: &Path) -> Result<Vec<PathBuf>, SampleError> {
    Ok(entries(folder)?.into_iter().filter(|path| path.is_dir()).collect())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, SampleError> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.map_err(|error| SampleError::Unreadable { path: folder.to_owned(), error })?;
    let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests;

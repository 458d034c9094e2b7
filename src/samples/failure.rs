//! Defines what can be wrong with a sample.

use std::path::PathBuf;

use serde::Serialize;

use super::diff;

/// Something that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// What was looked at.
    pub check: Check,
    /// What is wrong.
    #[serde(flatten)]
    pub problem: Problem,
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// The sample has a page that can be cleaned, and a `page.toml` that can be read.
    Page,
    /// A text that must be in the body is.
    Keep,
    /// A text that must not be in the body is not.
    Absent,
    /// The body, the metadata and the verdicts are as expected.
    Expected,
    /// The page is told to be of its own source, or of none.
    Identity,
    /// Cleaning what came out changes nothing.
    Again,
    /// The HTML page passes flattened to text.
    Flattened,
    /// The page passes with all letters decomposed.
    Nfd,
    /// The page passes with CRLF line ends.
    Crlf,
    /// The page passes with no-break spaces between words.
    Nbsp,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "problem", rename_all = "kebab-case")]
pub enum Problem {
    /// What it is, where, and what to do.
    Told {
        /// In words.
        message: String,
    },
    /// There is no such expectation.
    Missing {
        /// Its file.
        path: PathBuf,
        /// What came out.
        found: String,
    },
    /// An expectation cannot be read.
    Unreadable {
        /// Its file.
        path: PathBuf,
        /// Why.
        message: String,
    },
    /// The body, the verdicts, or a piece of metadata differ.
    Differs {
        /// What.
        what: String,
        /// What was expected.
        expected: String,
        /// What came out.
        found: String,
    },
}

impl Failure {
    pub(super) fn told(check: Check, message: impl Into<String>) -> Self {
        Self { check, problem: Problem::Told { message: message.into() } }
    }

    /// A failure if two texts differ.
    pub(super) fn if_differs(check: Check, what: impl Into<String>, expected: &str, found: &str) -> Option<Self> {
        let differs = || Problem::Differs { what: what.into(), expected: expected.to_owned(), found: found.to_owned() };
        (expected != found).then(|| Self { check, problem: differs() })
    }

    /// Whether taking what came out for what is expected mends it.
    pub(super) fn is_mended_by_accepting(&self) -> bool {
        self.check == Check::Expected
    }

    /// Whether it keeps what came out from being taken for what is expected: texts that must, or must not, be in the
    /// body guard against accepting a wrong one.
    pub fn guards(&self) -> bool {
        matches!(self.check, Check::Page | Check::Keep | Check::Absent)
    }

    /// How much is wrong, in words: what is worst comes first in a report.
    pub fn weight(&self) -> usize {
        match (&self.problem, self.check) {
            // Nothing at all could be compared.
            (_, Check::Page) => usize::MAX / 1000,
            (Problem::Told { .. } | Problem::Unreadable { .. }, _) => 1,
            (Problem::Missing { found, .. }, _) => found.split_whitespace().count(),
            (Problem::Differs { expected, found, .. }, _) => diff::weight(expected, found),
        }
    }
}

impl Check {
    /// Its name, as reports write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Keep => "keep",
            Self::Absent => "absent",
            Self::Expected => "expected",
            Self::Identity => "identity",
            Self::Again => "again",
            Self::Flattened => "flattened",
            Self::Nfd => "nfd",
            Self::Crlf => "crlf",
            Self::Nbsp => "nbsp",
        }
    }
}

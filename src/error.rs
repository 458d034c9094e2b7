//! Defines what can go wrong with one page.
//!
//! Mistakes in rule files are [`LibraryError`](crate::rules::library::LibraryError)s; they stop a run before the first
//! page. What stands here concerns a single page and never stops a run.

use std::time::Duration;

use crate::budget::Step;
use crate::document::html::TooLarge;
use crate::kind::NotAPage;

pub use crate::budget::MAX_PAGE_BYTES;

/// Why a page cannot be cleaned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PageError {
    /// It is something else than a page, such as a PDF.
    #[error(transparent)]
    NotAPage(#[from] NotAPage),
    /// It has more bytes than its budget.
    #[error("the page has {bytes} bytes, and no more than {limit} are read: split it")]
    TooManyBytes {
        /// How many it has.
        bytes: usize,
        /// How many are read.
        limit: usize,
    },
    /// It is larger than is read once its markup is read.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    /// It takes longer than its budget.
    #[error("the page was given up after {} seconds, while {step}: give it more time, or split it", .limit.as_secs_f64())]
    TooSlow {
        /// How long it might take.
        limit: Duration,
        /// What was being done with it.
        step: Step,
    },
}

//! Defines what can go wrong with one page.
//!
//! Mistakes in rule files are [`LibraryError`](crate::rules::library::LibraryError)s; they stop a run before the first
//! page. What stands here concerns a single page and never stops a run.

use crate::document::html::TooLarge;
use crate::kind::NotAPage;

/// The largest page that is read, in bytes. The memory of a page is a multiple of its size (docs/limits.md), and no
/// article is a tenth as long.
pub const MAX_PAGE_BYTES: usize = 64 * 1024 * 1024;

/// Why a page cannot be cleaned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PageError {
    /// It is something else than a page, such as a PDF.
    #[error(transparent)]
    NotAPage(#[from] NotAPage),
    /// It has more bytes than are read.
    #[error("the page has {bytes} bytes, and no more than {MAX_PAGE_BYTES} are read: split it")]
    TooManyBytes {
        /// How many it has.
        bytes: usize,
    },
    /// It is larger than is read once its markup is read.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
}

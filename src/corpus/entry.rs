//! Defines what a container of pages holds: pages, things that are none, and what cannot be read.
//!
//! A reader hands entries on as they come and does only what must be done in order; what costs time (JSON, decompressing
//! one page, HTTP) waits in the entry until a thread [reads](Entry::read) it.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::jsonl::Id;
use crate::budget::Step;
use crate::error::PageError;
use crate::page::Page;

/// Entries in their order. One is handed on as soon as it is there: a stream that is still being written may be behind.
pub type Entries = Box<dyn Iterator<Item = Entry> + Send>;

/// What a container holds at one place.
pub enum Entry {
    /// A page, still to be read.
    Page(Box<dyn FnOnce() -> Result<Named, Failure> + Send>),
    /// What cannot be read.
    Failed(Failure),
    /// What is no page and is not taken for one, such as the request in a WARC file; and why, in words to count by.
    PassedOver(&'static str),
}

/// A page, and what it is called.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its id: of its record, or its path; goes with the page into every result.
    pub id: Option<Id>,
    /// Where it stands, for messages: `pages.jsonl: line 3 (id 17)`.
    pub place: String,
    /// The path that a file of its own is called after; `None` for records, which have no names.
    pub relative: Option<PathBuf>,
    /// The page.
    pub page: Page<'static>,
}

/// A page that yields nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Failure {
    /// The id of the page, where that much is known.
    pub id: Option<Id>,
    /// Its address, where it is known.
    pub url: Option<String>,
    /// Where it stands, as in [`Named::place`].
    pub place: String,
    /// How far it came.
    pub stage: Stage,
    /// Why, and what to do.
    pub reason: String,
}

/// How far a page came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// It could not be got out of its file: unreadable, broken, too large.
    Read,
    /// Its bytes are no page.
    Decode,
    /// Its markup is beyond what is read, or takes too long.
    Parse,
    /// Cleaning took too long, or a library gave up.
    Clean,
    /// Its result could not be written.
    Write,
}

impl Entry {
    /// The page; `Ok(None)` where there is none, and none was to be expected.
    pub fn read(self) -> Result<Option<Named>, Failure> {
        match self {
            Self::Page(read) => read().map(Some),
            Self::Failed(failure) => Err(failure),
            Self::PassedOver(_) => Ok(None),
        }
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(_) => f.write_str("Page"),
            Self::Failed(failure) => f.debug_tuple("Failed").field(failure).finish(),
            Self::PassedOver(why) => f.debug_tuple("PassedOver").field(why).finish(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

impl Stage {
    /// How far a page came that cannot be cleaned.
    pub fn of(error: &PageError) -> Self {
        match error {
            PageError::TooManyBytes { .. } => Self::Read,
            PageError::NotAPage(_) | PageError::TooSlow { step: Step::Decode, .. } => Self::Decode,
            PageError::TooLarge(_) | PageError::TooSlow { step: Step::Read, .. } => Self::Parse,
            PageError::TooSlow { .. } => Self::Clean,
        }
    }

    /// Its name, as records have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Decode => "decode",
            Self::Parse => "parse",
            Self::Clean => "clean",
            Self::Write => "write",
        }
    }
}

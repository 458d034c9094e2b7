//! Keeps the counts of a run, so that a later one is compared with them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::{Deserialize, Serialize};

use super::Batch;
use super::sketch::Sketch;
use super::tally::{Noted, Tally};
use crate::flags::Flag;
use crate::ledger::RuleName;
use crate::storage::{WriteError, write_whole};

/// The form of the files that are written. Others are not read.
const VERSION: u32 = 1;

/// So many repeated texts of a source are known again.
const MOST_TEXTS: usize = 1000;

/// The counts of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    version: u32,
    pub(super) sources: BTreeMap<String, Counts>,
}

/// The counts of a source.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Counts {
    /// All pages.
    pub(super) pages: u64,
    /// Those that rules judged.
    pub(super) judged: u64,
    pub(super) stale: u64,
    pub(super) empty: u64,
    pub(super) fired: BTreeMap<String, u64>,
    pub(super) set_aside: BTreeMap<String, u64>,
    pub(super) unexpected: BTreeMap<String, u64>,
    pub(super) lengths: Sketch,
    pub(super) shares: Sketch,
    /// Repeated texts, as they begin.
    pub(super) repeated: BTreeSet<String>,
}

/// A file that is no baseline.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// It cannot be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It holds something else.
    #[error("{}: not a baseline of `dehusk audit`: {why}; name another file, or remove this one", path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

impl Baseline {
    /// The counts of a batch.
    pub fn of(batch: &Batch) -> Self {
        let sources = batch.sources.iter().map(|(id, tally)| (id.to_string(), Counts::of(tally))).collect();
        Self { version: VERSION, sources }
    }

    /// Reads a baseline; `None` where there is no such file.
    pub fn read(path: &Path) -> Result<Option<Self>, BaselineError> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(BaselineError::Unreadable { path: path.to_owned(), source }),
        };
        let other = |why| BaselineError::Other { path: path.to_owned(), why };
        let baseline: Self = serde_json::from_str(&text).map_err(|error| other(error.to_string()))?;
        match baseline.version {
            VERSION => Ok(Some(baseline)),
            version => Err(other(format!("it is of version {version}, and {VERSION} is known"))),
        }
    }

    /// Writes it over what is there.
    pub fn write(&self, path: &Path) -> Result<(), WriteError> {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        write_whole(path, text.as_bytes(), true)
    }

    /// The counts of earlier runs, and those of this batch in the place of what they say of its sources.
    #[must_use]
    pub fn renewed(mut self, batch: &Batch) -> Self {
        self.sources.extend(Self::of(batch).sources);
        self
    }
}

impl Counts {
    fn of(tally: &Tally) -> Self {
        let noted = |counts: &BTreeMap<RuleName, Noted>| {
            counts.iter().map(|(rule, noted)| (rule.to_string(), noted.pages)).collect()
        };
        let repeated = tally.texts.boilerplate(tally.distinct);
        Self {
            pages: tally.pages as u64,
            judged: tally.judged as u64,
            stale: tally.flagged(Flag::StaleRules),
            empty: tally.flagged(Flag::Empty),
            fired: tally.fired.iter().map(|(rule, pages)| (rule.to_string(), *pages)).collect(),
            set_aside: noted(&tally.set_aside),
            unexpected: noted(&tally.unexpected),
            lengths: tally.lengths.sketch.clone(),
            shares: tally.shares.sketch.clone(),
            repeated: repeated.iter().take(MOST_TEXTS).map(|text| text.first.start.clone()).collect(),
        }
    }
}

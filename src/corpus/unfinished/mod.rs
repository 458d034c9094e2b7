//! Keeps what a run has done so far, so that one that was killed can go on.
//!
//! Results grow in a folder beside their place, [`Workplace`], and are moved there when they are whole. Now and then a
//! [`Checkpoint`] is written into it: which entries are done, and how long each file was then. Whoever goes on cuts the
//! files there and reads on from the first entry that is not done; what came between is done again, to the same end.

mod frontier;

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use self::frontier::Frontier;
use super::stream::Position;
use super::summary::Summary;
use crate::storage::{WriteError, write_whole};
use crate::table::frames::Whole;

const CHECKPOINT: &str = "checkpoint.json";
const LOCK: &str = "lock";

/// The results, as they grow.
pub const ROWS: &str = "rows";
/// The list of failed pages.
pub const ERRORS: &str = "errors.jsonl";
/// The list of pages that are left out.
pub const ASIDE: &str = "aside.jsonl";
/// The journal of bodies that were seen.
pub const BODIES: &str = "bodies";

/// How far a run has come.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Checkpoint {
    /// What was asked for, in a form that is the same only if it was the same.
    pub asked: String,
    /// The first entry that is not done: all before it are.
    pub next: Position,
    /// How many entries are before it.
    pub done: u64,
    /// Those behind it that are done, with their numbers from 0 over the whole run; none where results are in order.
    pub beyond: Vec<(u64, Position)>,
    /// How long the results are.
    pub rows: Whole,
    /// How long the list of failed pages is.
    pub errors: Whole,
    /// How long the list of pages that were left out is.
    pub aside: Whole,
    /// How long the journal of bodies that were seen is, in bytes.
    pub bodies: u64,
    /// What came of the run so far.
    pub summary: Summary,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// Whether all entries are done, and the files only wait to be moved to their places.
    pub is_complete: bool,
}

/// Why a run cannot have its folder.
#[derive(Debug, thiserror::Error)]
pub enum WorkplaceError {
    /// A run was stopped there.
    #[error(
        "{} holds a run that was not finished: go on with it by --resume and the same arguments, or give it up by --force",
        folder.display()
    )]
    Unfinished {
        /// The folder.
        folder: PathBuf,
    },
    /// Another run is at work there.
    #[error("{}: another run is at work here; wait for it, or write elsewhere", folder.display())]
    InUse {
        /// The folder.
        folder: PathBuf,
    },
    /// The checkpoint is not one of this program, or not whole.
    #[error("{}: not a checkpoint of this version ({why}); begin anew with --force", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The run that was stopped was another one.
    #[error(
        "{}: this run was begun with other arguments, other pages, other rules or another version; go on with the same, \
         or begin anew with --force", folder.display()
    )]
    Other {
        /// The folder.
        folder: PathBuf,
    },
    /// Nothing can be written there.
    #[error(transparent)]
    Unwritable(#[from] WriteError),
}

/// What to do about a run that was stopped at the same place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// Nothing is touched: it is an error.
    Refuse,
    /// Its work is thrown away.
    GiveUp,
    /// It is gone on with.
    GoOn,
}

/// The folder of a run: nobody else works there as long as this lives.
#[derive(Debug)]
pub struct Workplace {
    folder: PathBuf,
    /// Its lock ends with the process, however that ends.
    _lock: File,
}

impl Workplace {
    /// The folder for results that go to a place: beside it, by the same name and `.part`.
    pub fn of(output: &Path) -> PathBuf {
        let mut name = output.file_name().unwrap_or(output.as_os_str()).to_owned();
        name.push(".part");
        output.with_file_name(name)
    }

    /// Takes a folder for a run, and hands over how far an earlier one came, if that is to go on.
    pub fn open(folder: &Path, before: Before, asked: &str) -> Result<(Self, Option<Checkpoint>), WorkplaceError> {
        let unwritable = |source| WriteError::Unwritable { path: folder.to_owned(), source };
        fs::create_dir_all(folder).map_err(unwritable)?;
        let lock = File::options().create(true).append(true).open(folder.join(LOCK)).map_err(unwritable)?;
        // Some file systems have no locks; that is no reason not to work there.
        if let Err(TryLockError::WouldBlock) = lock.try_lock() {
            return Err(WorkplaceError::InUse { folder: folder.to_owned() });
        }
        let place = Self { folder: folder.to_owned(), _lock: lock };
        let checkpoint = place.checkpoint();
        match before {
            Before::Refuse if !matches!(checkpoint, Ok(None)) => {
                Err(WorkplaceError::Unfinished { folder: folder.to_owned() })
            }
            Before::Refuse | Before::GiveUp => {
                place.empty().map_err(unwritable)?;
                Ok((place, None))
            }
            Before::GoOn => match checkpoint? {
                Some(checkpoint) if checkpoint.asked == asked => Ok((place, Some(checkpoint))),
                Some(_) => Err(WorkplaceError::Other { folder: folder.to_owned() }),
                None => {
                    place.empty().map_err(unwritable)?;
                    Ok((place, None))
                }
            },
        }
    }

    /// A file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes down how far the run has come.
    pub fn write(&self, checkpoint: &Checkpoint) -> Result<(), WriteError> {
        let path = self.file(CHECKPOINT);
        let json = serde_json::to_vec(checkpoint);
        let json = json.map_err(|error| WriteError::Unwritable { path: path.clone(), source: error.into() })?;
        write_whole(&path, &json, true)
    }

    /// Moves a file to where it belongs, if it is still here.
    pub fn deliver(&self, name: &str, to: &Path) -> Result<(), WriteError> {
        let from = self.file(name);
        if !from.exists() {
            return Ok(());
        }
        fs::rename(&from, to).map_err(|source| WriteError::Unwritable { path: to.to_owned(), source })
    }

    /// Ends the run: the folder goes.
    pub fn leave(self) -> Result<(), WriteError> {
        let left = self.empty().and_then(|()| fs::remove_file(self.file(LOCK)));
        let left = left.and_then(|()| fs::remove_dir(&self.folder));
        left.map_err(|source| WriteError::Unwritable { path: self.folder.clone(), source })
    }

    fn checkpoint(&self) -> Result<Option<Checkpoint>, WorkplaceError> {
        let path = self.file(CHECKPOINT);
        let unreadable = |why: String| WorkplaceError::Unreadable { path: path.clone(), why };
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| unreadable(error.to_string())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unreadable(error.to_string())),
        }
    }

    /// Removes what a run leaves here; the checkpoint last, so that it is known to the end what the others were.
    fn empty(&self) -> io::Result<()> {
        for name in [ROWS, ERRORS, ASIDE, BODIES, CHECKPOINT] {
            match fs::remove_file(self.file(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}

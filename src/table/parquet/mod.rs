//! Writes lines of records as a Parquet file.

use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use super::fields::Fields;

/// What keeps a Parquet file from being made.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The lines cannot be read.
    #[error("the lines that {} is made of cannot be read: {source}", path.display())]
    Unreadable {
        /// The file to be made.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A line is no record.
    #[error("line {line} of those that {} is made of is no record: {problem}", path.display())]
    NoRecord {
        /// The file to be made.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        problem: String,
    },
    /// Writing failed.
    #[error("{}: cannot be written: {problem}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        problem: String,
    },
}

/// Makes a Parquet file of lines that [`Fields::line`] wrote, whole or not at all; tells how many rows it has. Without
/// `force`, a file that is there already is an error.
pub fn from_lines(_lines: impl BufRead, _fields: &Fields, _out: &Path, _force: bool) -> Result<u64, TableError> {
    Ok(0)
}

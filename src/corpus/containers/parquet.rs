//! Reads pages from Parquet files: a page a row, of the columns that hold it.
//!
//! Rows are read in batches, of the needed columns alone: what is in memory are the pages (as Parquet calls them) in which
//! these columns lie at that place. What cannot be read costs its group of rows, no more.

mod rows;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader as _, SerializedFileReader};

use self::rows::{Layout, Row, Rows};
use super::{Options, failure};
use crate::corpus::entry::{Entries, Entry};

/// The entries of a file. It is opened when the first is asked for.
pub(super) fn open(name: String, path: &Path, options: &Options) -> Entries {
    let state = State::Closed(path.to_owned());
    Box::new(Reader { name: name.into(), options: options.clone(), state, batch: VecDeque::new(), told: 0 })
}

/// What a file that does not lie on a disk is told.
pub(super) const FROM_THE_END: &str =
    "a Parquet file is read from its end: give it as a file of its own, neither compressed nor on standard input";

struct Reader {
    name: Arc<str>,
    options: Options,
    state: State,
    /// Rows that were read, or why they were not.
    batch: VecDeque<Result<Row, String>>,
    /// How many bytes were counted.
    told: u64,
}

enum State {
    Closed(PathBuf),
    Open(Box<Table>),
    Ended,
}

struct Table {
    file: SerializedFileReader<File>,
    layout: Arc<Layout>,
    length: u64,
    /// The group of rows that comes next, and the one that is being read.
    next: usize,
    rows: Option<Rows>,
    /// How many rows were handed on, or could not be read.
    done: u64,
}

impl Iterator for Reader {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        while self.batch.is_empty() && self.fill() {}
        let row = self.batch.pop_front()?;
        let State::Open(table) = &self.state else {
            return row.err().map(|reason| Entry::Failed(failure(self.name.to_string(), reason)));
        };
        match row {
            Ok(row) => {
                let (layout, name, most) =
                    (Arc::clone(&table.layout), Arc::clone(&self.name), self.options.max_page_bytes);
                Some(Entry::Page(Box::new(move || row.read(&layout, &name, most))))
            }
            Err(reason) => Some(Entry::Failed(failure(self.name.to_string(), reason))),
        }
    }
}

impl Reader {
    /// Reads on; whether there may be more behind it.
    fn fill(&mut self) -> bool {
        match &mut self.state {
            State::Closed(path) => {
                let opened = guarded(|| Table::open(path, &self.options).map_err(Problem::Told));
                match opened {
                    Ok(table) => self.state = State::Open(Box::new(table)),
                    Err(problem) => {
                        self.batch.push_back(Err(problem.to_string()));
                        self.state = State::Ended;
                    }
                }
                true
            }
            State::Open(table) => {
                let goes_on = match guarded(|| table.read(&mut self.batch).map_err(Problem::Parquet)) {
                    Ok(goes_on) => goes_on,
                    Err(problem) => {
                        self.batch.push_back(Err(table.give_up(&problem)));
                        true
                    }
                };
                let counted = if goes_on { table.counted() } else { table.length };
                self.options.read.fetch_add(counted.saturating_sub(self.told), Ordering::Relaxed);
                self.told = self.told.max(counted);
                goes_on
            }
            State::Ended => false,
        }
    }
}

impl Table {
    fn open(path: &Path, options: &Options) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| format!("cannot be read: {error}"))?;
        let length = file.metadata().map_or(0, |metadata| metadata.len());
        let file =
            SerializedFileReader::new(file).map_err(|error| format!("no Parquet file, or a broken one: {error}"))?;
        let layout = Layout::find(file.metadata().file_metadata().schema_descr(), options)?;
        Ok(Self { file, layout: Arc::new(layout), length, next: 0, rows: None, done: 0 })
    }

    /// Reads some rows; false when there are no more.
    fn read(&mut self, batch: &mut VecDeque<Result<Row, String>>) -> Result<bool, ParquetError> {
        if self.rows.is_none() {
            if self.next >= self.file.num_row_groups() {
                return Ok(false);
            }
            // Should it be broken, the next one follows.
            self.next += 1;
            let group = self.file.get_row_group(self.next - 1)?;
            self.rows = Some(Rows::open(group.as_ref(), &self.layout)?);
        }
        let Some(rows) = &mut self.rows else { return Ok(false) };
        let read = rows.read(self.done)?;
        self.done += read.len() as u64;
        if read.is_empty() {
            self.rows = None;
        }
        batch.extend(read.into_iter().map(Ok));
        Ok(true)
    }

    /// Passes over the rest of a group of rows, and says why.
    fn give_up(&mut self, problem: &Problem) -> String {
        let lost = match self.rows.take() {
            Some(rows) => rows.left(),
            None => self.next.checked_sub(1).map_or(0, |group| rows_of(&self.file, group)),
        };
        let first = self.done + 1;
        self.done = self.done.saturating_add(lost);
        match lost {
            0 | 1 => format!("row {first} cannot be read: {problem}"),
            _ => format!("rows {first} to {} cannot be read: {problem}", self.done),
        }
    }

    /// The bytes of the file that the rows so far stand for. Columns that are not needed count too, so that all rows are
    /// the whole file.
    fn counted(&self) -> u64 {
        let all =
            (0..self.file.num_row_groups()).fold(0_u64, |sum, group| sum.saturating_add(rows_of(&self.file, group)));
        let share = u128::from(self.length) * u128::from(self.done.min(all)) / u128::from(all.max(1));
        u64::try_from(share).unwrap_or(self.length)
    }
}

fn rows_of(file: &SerializedFileReader<File>, group: usize) -> u64 {
    file.metadata().row_groups().get(group).map_or(0, |group| u64::try_from(group.num_rows()).unwrap_or(0))
}

/// Why nothing can be read.
enum Problem {
    Told(String),
    Parquet(ParquetError),
    Panic,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Told(problem) => f.write_str(problem),
            Self::Parquet(problem) => problem.fmt(f),
            Self::Panic => f.write_str("the file is broken in a way that its reader gives up on"),
        }
    }
}

/// The library that reads Parquet is not ours: should it panic, a group of rows is lost and not the run.
fn guarded<T>(read: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(Problem::Panic))
}

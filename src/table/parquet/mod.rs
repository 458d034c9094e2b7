//! Makes a Parquet file of lines of records.
//!
//! A Parquet file cannot be gone on with: what is in it stands at its end. So a run gathers lines, and the file is made of
//! them when all are there, a group of rows after the other.

mod columns;
#[cfg(test)]
mod tests;

use std::io::{self, BufRead, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;

use self::columns::Columns;
use super::fields::{Field, Fields};
use crate::storage::{WriteError, write_whole_with};

/// A group of rows ends with the row at which it has so many rows, or so many bytes before they are compressed.
const ROWS: usize = 10_000;
const BYTES: usize = 64 * 1024 * 1024;

/// So many values are written before the size of a page of a column is looked at.
const BATCH: usize = 64;

/// Fields of which hardly any two values are the same: looking for equal ones would only cost time.
const DISTINCT: [Field; 4] = [Field::Id, Field::Text, Field::Dropped, Field::Sha256];

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
        problem: serde_json::Error,
    },
    /// The columns cannot be written.
    #[error("{}: cannot be written: {problem}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        problem: ParquetError,
    },
    /// The file cannot be written, or is there already.
    #[error(transparent)]
    File(#[from] WriteError),
}

/// Makes a Parquet file of lines that [`Fields::line`] wrote, whole or not at all; tells how many rows it has. Without
/// `force`, a file that is there already is an error.
///
/// The same lines yield the same bytes. No more than one group of rows is in memory.
pub fn from_lines(lines: impl BufRead, fields: &Fields, out: &Path, force: bool) -> Result<u64, TableError> {
    let mut rows = 0;
    write_whole_with(out, force, |file| {
        rows = write(lines, fields, BufWriter::new(file), out, (ROWS, BYTES))?;
        Ok::<_, TableError>(())
    })?;
    Ok(rows)
}

fn write(
    mut lines: impl BufRead,
    fields: &Fields,
    file: impl Write + Send,
    path: &Path,
    (most_rows, most_bytes): (usize, usize),
) -> Result<u64, TableError> {
    let unwritable = |problem| TableError::Unwritable { path: path.to_owned(), problem };
    let mut columns = Columns::new(fields);
    let schema = columns.schema().map_err(unwritable)?;
    let mut file = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties())).map_err(unwritable)?;
    let (mut line, mut number) = (Vec::new(), 0);
    loop {
        line.clear();
        let read = lines.read_until(b'\n', &mut line);
        if read.map_err(|source| TableError::Unreadable { path: path.to_owned(), source })? == 0 {
            break;
        }
        number += 1;
        let problem = |problem| TableError::NoRecord { path: path.to_owned(), line: number, problem };
        columns.add(&line).map_err(problem)?;
        if columns.rows() >= most_rows || columns.bytes() >= most_bytes {
            columns.write(&mut file).map_err(unwritable)?;
        }
    }
    columns.write(&mut file).map_err(unwritable)?;
    let mut rest = file.into_inner().map_err(unwritable)?;
    rest.flush().map_err(|error| unwritable(error.into()))?;
    Ok(number)
}

fn properties() -> WriterProperties {
    let properties = WriterProperties::builder()
        .set_created_by(concat!("dehusk version ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_write_batch_size(BATCH);
    let properties = DISTINCT.iter().fold(properties, |properties, field| {
        properties.set_column_dictionary_enabled(ColumnPath::from(field.name()), false)
    });
    // The least and greatest body are of no use to anybody.
    let wordy = [Field::Text, Field::Dropped].map(|field| ColumnPath::from(field.name()));
    let properties = wordy.into_iter().fold(properties, |properties, column| {
        properties.set_column_statistics_enabled(column, EnabledStatistics::None)
    });
    properties.build()
}

//! Reads pages from JSON Lines: one record a line, `{"id", "url", "html"}`, or `"markdown"` or `"text"` in the place of
//! `"html"`; or under the keys that [`Columns`] names.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;
use std::io::{self, BufRead, Read as _};

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};

use super::columns::Columns;
use crate::page::{Content, InputFormat, Page};

/// A longer line is an error, and never in memory as a whole: 64 MiB.
pub const LONGEST_LINE: usize = 64 * 1024 * 1024;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

const EXAMPLE: &str = r#"{"id": "1", "url": "https://…", "html": "<p>…"}"#;

/// A page with the id that its record carries.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its line, from 1.
    pub line: usize,
    /// Goes with the page from record to record.
    pub id: Option<Id>,
    /// The page.
    pub page: Page<'static>,
    /// The true body of the page, where the record tells it.
    pub body: Option<String>,
}

/// The id of a record. A number with more digits than a computer's numbers have is written as a string, in which none of
/// them is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Id {
    /// A string.
    Text(String),
    /// A number.
    Number(Number),
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
        }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => text.fmt(f),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// A line that is no record.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}", place(*.line, .id.as_ref()))]
pub struct RecordError {
    /// The line, from 1.
    pub line: usize,
    /// The id, where that much could be read.
    pub id: Option<Id>,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a line.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Reading failed; no more lines follow.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// It is longer than allowed.
    #[error("longer than {} MiB: give such a page as a file", LONGEST_LINE / 1024 / 1024)]
    TooLong,
    /// It is not UTF-8.
    #[error("not UTF-8 at byte {0}: JSON is always UTF-8, convert the line")]
    NotUtf8(usize),
    /// It is not JSON.
    #[error("not JSON at column {column}: {message}; a record is one object a line, such as {EXAMPLE}")]
    NotJson {
        /// The column, from 1.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// It is JSON, but no object.
    #[error("not an object: a record looks like {EXAMPLE}")]
    NotAnObject,
    /// A key has a value of the wrong kind.
    #[error("\"{key}\" must be {wanted}")]
    WrongKind {
        /// The key.
        key: String,
        /// What it must be.
        wanted: &'static str,
    },
    /// No content.
    #[error("no page in it: give {0}")]
    NoContent(String),
    /// More than one content.
    #[error("both \"{0}\" and \"{1}\": give one of them")]
    TwoContents(String, String),
}

/// Reads records, one a line. Blank lines are passed over; a bad line is an error, and the next line follows.
pub fn records<R: BufRead>(reader: R) -> Records<R> {
    Records { lines: Lines::new(reader), columns: Columns::default() }
}

/// The records of a reader; see [`records`].
#[derive(Debug)]
pub struct Records<R> {
    lines: Lines<R>,
    columns: Columns,
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Result<Record, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.lines.next().map(|line| line.and_then(|line| line.read(&self.columns)))
    }
}

/// A line that is still to be read.
#[derive(Debug)]
pub(super) struct Line {
    /// Its number, from 1.
    pub(super) number: usize,
    bytes: Vec<u8>,
}

/// The lines of a reader that are not blank. None is in memory that is too long.
#[derive(Debug)]
pub(super) struct Lines<R> {
    reader: R,
    number: usize,
    longest: usize,
    ended: bool,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Line, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            self.number += 1;
            let number = self.number;
            match self.read_line() {
                Ok(None) => self.ended = true,
                Ok(Some(bytes)) if is_blank(&bytes) => {}
                Ok(Some(bytes)) => return Some(Ok(Line { number, bytes })),
                Err(problem) => {
                    self.ended = matches!(problem, Problem::Unreadable(_));
                    return Some(Err(RecordError { line: number, id: None, problem }));
                }
            }
        }
        None
    }
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, number: 0, longest: LONGEST_LINE, ended: false }
    }

    fn read_line(&mut self) -> Result<Option<Vec<u8>>, Problem> {
        let mut line = Vec::new();
        let most = u64::try_from(self.longest).unwrap_or(u64::MAX).saturating_add(1);
        if self.reader.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if line.last() == Some(&b'\n') {
            line.pop();
        } else if line.len() > self.longest {
            drop(line);
            self.reader.skip_until(b'\n')?;
            return Err(Problem::TooLong);
        }
        Ok(Some(line))
    }
}

impl Line {
    /// Reads the record.
    pub(super) fn read(&self, columns: &Columns) -> Result<Record, RecordError> {
        read_record(&self.bytes, self.number, columns)
    }
}

/// A byte-order mark alone is nothing either.
fn is_blank(line: &[u8]) -> bool {
    line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line).trim_ascii().is_empty()
}

fn read_record(bytes: &[u8], line: usize, columns: &Columns) -> Result<Record, RecordError> {
    let failed = |id, problem| RecordError { line, id, problem };
    let mut object = read_object(bytes).map_err(|problem| failed(None, problem))?;
    let key = &columns.id.name;
    // Looked at and not taken: the id may be the address.
    let id = match object.get(key) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(Id::Text(text.clone())),
        Some(Value::Number(number)) => Some(whole_number(number.clone(), key, bytes)),
        Some(_) => return Err(failed(None, Problem::WrongKind { key: key.clone(), wanted: "a string or a number" })),
    };
    match take_page(&mut object, columns) {
        Ok(page) => {
            let body = object.remove("body").and_then(|body| body.as_str().map(str::to_owned));
            Ok(Record { line, id, page, body })
        }
        Err(problem) => Err(failed(id, problem)),
    }
}

/// Where a record stands, for messages: `line 3 (id 17)`.
pub fn place(line: usize, id: Option<&Id>) -> String {
    id.map_or_else(|| format!("line {line}"), |id| format!("line {line} (id {id})"))
}

/// The digits that any decimal number may have without losing some.
const SAFE_DIGITS: usize = 15;

/// The id that a number of the record is; its digits where the number that was read has lost some.
fn whole_number(number: Number, key: &str, record: &[u8]) -> Id {
    if !number.is_f64() {
        return Id::Number(number);
    }
    let record = record.strip_prefix(BYTE_ORDER_MARK).unwrap_or(record);
    let written = serde_json::from_slice::<HashMap<String, &RawValue>>(record);
    let Some(written) = written.ok().and_then(|object| object.get(key).map(|id| id.get().to_owned())) else {
        return Id::Number(number);
    };
    let is_fraction = written.contains(['.', 'e', 'E']);
    let digits = written.split(['e', 'E']).next().unwrap_or_default().matches(|c: char| c.is_ascii_digit()).count();
    let is_kept = is_fraction && digits <= SAFE_DIGITS && number.as_f64() != Some(0.0) || number.to_string() == written;
    if is_kept { Id::Number(number) } else { Id::Text(written) }
}

fn read_object(bytes: &[u8]) -> Result<Map<String, Value>, Problem> {
    // Files that were put together of several have the mark on any line.
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| Problem::NotUtf8(error.valid_up_to() + 1))?;
    let value = serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        // The parser counts lines within the line.
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        Problem::NotJson { column: error.column(), message }
    })?;
    let Value::Object(object) = value else { return Err(Problem::NotAnObject) };
    Ok(object)
}

fn take_page(object: &mut Map<String, Value>, columns: &Columns) -> Result<Page<'static>, Problem> {
    let url = match object.get(&columns.url.name) {
        None | Some(Value::Null) => None,
        Some(Value::String(url)) => Some(url.clone()),
        Some(_) => return Err(not_a_string(&columns.url.name)),
    };
    let mut found: Option<(&str, InputFormat, String)> = None;
    for (column, format) in &columns.contents {
        let text = match object.remove(&column.name) {
            None | Some(Value::Null) => continue,
            Some(Value::String(text)) => text,
            Some(_) => return Err(not_a_string(&column.name)),
        };
        if let Some((other, ..)) = found {
            return Err(Problem::TwoContents(other.to_owned(), column.name.clone()));
        }
        found = Some((&column.name, *format, text));
    }
    let (_, format, text) = found.ok_or_else(|| Problem::NoContent(columns.contents_shown()))?;
    Ok(Page { url, file_name: None, format: Some(format), charset: None, content: Content::Text(text.into()) })
}

fn not_a_string(key: &str) -> Problem {
    Problem::WrongKind { key: key.to_owned(), wanted: "a string" }
}

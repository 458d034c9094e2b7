//! Reads pages from JSON Lines: one record a line, `{"id", "url", "html"}`, or `"markdown"` or `"text"` in the place of
//! `"html"`.

use std::collections::HashMap;
use std::fmt;
use std::io::{self, BufRead, Read as _};

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};

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
        key: &'static str,
        /// What it must be.
        wanted: &'static str,
    },
    /// No content.
    #[error("no page in it: give \"html\", \"markdown\" or \"text\"")]
    NoContent,
    /// More than one content.
    #[error("both \"{0}\" and \"{1}\": give one of them")]
    TwoContents(&'static str, &'static str),
}

/// Reads records, one a line. Blank lines are passed over; a bad line is an error, and the next line follows.
pub fn records<R: BufRead>(reader: R) -> Records<R> {
    Records { reader, line: 0, longest: LONGEST_LINE, ended: false }
}

/// The records of a reader; see [`records`].
#[derive(Debug)]
pub struct Records<R> {
    reader: R,
    line: usize,
    longest: usize,
    ended: bool,
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Result<Record, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            self.line += 1;
            let line = self.line;
            let record = match self.read_line() {
                Ok(None) => {
                    self.ended = true;
                    return None;
                }
                Ok(Some(text)) if is_blank(&text) => continue,
                Ok(Some(text)) => read_record(&text, line),
                Err(problem) => {
                    self.ended = matches!(problem, Problem::Unreadable(_));
                    Err(RecordError { line, id: None, problem })
                }
            };
            return Some(record);
        }
        None
    }
}

impl<R: BufRead> Records<R> {
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

/// A byte-order mark alone is nothing either.
fn is_blank(line: &[u8]) -> bool {
    line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line).trim_ascii().is_empty()
}

fn read_record(bytes: &[u8], line: usize) -> Result<Record, RecordError> {
    let failed = |id, problem| RecordError { line, id, problem };
    let mut object = read_object(bytes).map_err(|problem| failed(None, problem))?;
    let id = match object.remove("id") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(Id::Text(text)),
        Some(Value::Number(number)) => Some(whole_number(number, bytes)),
        Some(_) => return Err(failed(None, Problem::WrongKind { key: "id", wanted: "a string or a number" })),
    };
    let body = object.remove("body").and_then(|body| body.as_str().map(str::to_owned));
    match take_page(&mut object) {
        Ok(page) => Ok(Record { line, id, page, body }),
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
fn whole_number(number: Number, record: &[u8]) -> Id {
    if !number.is_f64() {
        return Id::Number(number);
    }
    let record = record.strip_prefix(BYTE_ORDER_MARK).unwrap_or(record);
    let written = serde_json::from_slice::<HashMap<String, &RawValue>>(record);
    let Some(written) = written.ok().and_then(|object| object.get("id").map(|id| id.get().to_owned())) else {
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

fn take_page(object: &mut Map<String, Value>) -> Result<Page<'static>, Problem> {
    let url = take_text(object, "url")?;
    let mut found: Option<(&'static str, InputFormat, String)> = None;
    let contents = [("html", InputFormat::Html), ("markdown", InputFormat::Markdown), ("text", InputFormat::Text)];
    for (key, format) in contents {
        if let Some(text) = take_text(object, key)? {
            if let Some((other, ..)) = found {
                return Err(Problem::TwoContents(other, key));
            }
            found = Some((key, format, text));
        }
    }
    let (_, format, text) = found.ok_or(Problem::NoContent)?;
    Ok(Page { url, file_name: None, format: Some(format), charset: None, content: Content::Text(text.into()) })
}

fn take_text(object: &mut Map<String, Value>, key: &'static str) -> Result<Option<String>, Problem> {
    match object.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Problem::WrongKind { key, wanted: "a string" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[u8], longest: usize) -> Vec<String> {
        let records = Records { longest, ..records(io::BufReader::with_capacity(7, lines)) };
        let show = |record: Record| {
            let Content::Text(text) = &record.page.content else { return String::new() };
            let id = serde_json::to_string(&record.id).unwrap_or_default();
            format!("{id} {:?} {:?} {text}", record.page.url, record.page.format)
        };
        records.map(|record| record.map_or_else(|error| error.to_string(), show)).collect()
    }

    #[test]
    fn records_are_read() {
        let lines = "\u{feff}{\"id\":\"a\",\"url\":\"u\",\"html\":\"<p>\",\"more\":[1]}\r\n\n  \n{\"id\":1.50,\"text\":\"\"}\n\
            {\"id\":null,\"url\":null,\"markdown\":\"ü\",\"html\":null}";
        let expected = ["\"a\" Some(\"u\") Some(Html) <p>", "1.5 None Some(Text) ", "null None Some(Markdown) ü"];
        assert_eq!(read(lines.as_bytes(), 1000), expected);
        assert!(read(b"", 1000).is_empty());
    }

    #[test]
    fn no_id_loses_a_digit() {
        let ids = ["18446744073709551615", "-9223372036854775808", "12345678901234567890123", "0.12345678901234567890"];
        let lines: String = ids.iter().map(|id| format!("{{\"text\":\"\",\"id\":{id}}}\n")).collect();
        let ids: Vec<_> =
            read(lines.as_bytes(), 1000).iter().map(|line| line.split(' ').next().map(String::from)).collect();
        let expected = [
            "18446744073709551615",
            "-9223372036854775808",
            "\"12345678901234567890123\"",
            "\"0.12345678901234567890\"",
        ];
        assert_eq!(ids, expected.map(|id| Some(id.to_owned())));
    }

    #[test]
    fn a_mistake_names_the_id_of_its_record() {
        assert_eq!(read(b"{\"id\":\"a\",\"text\":1}", 1000), ["line 1 (id a): \"text\" must be a string"]);
    }

    #[test]
    fn a_bad_line_costs_only_itself() {
        let good = "null None Some(Text) a";
        let lines: &[u8] = b"{\"text\":\"\xff\"}\n{\"text\":\"a\"}\n{\"text\" \"a\"}\n[]\n{}\n{\"text\":1}\n\
            {\"text\":\"a\",\"html\":\"a\"}\n{\"id\":[],\"text\":\"a\"}\n{\"text\":\"a\"}";
        let read = read(lines, 1000);
        assert_eq!(read[0], "line 1: not UTF-8 at byte 10: JSON is always UTF-8, convert the line");
        assert_eq!(read[1], good);
        assert!(read[2].starts_with("line 3: not JSON at column 9: expected `:`; a record is one object a line"));
        assert!(read[3].starts_with("line 4: not an object"));
        assert_eq!(read[4], "line 5: no page in it: give \"html\", \"markdown\" or \"text\"");
        assert_eq!(read[5], "line 6: \"text\" must be a string");
        assert_eq!(read[6], "line 7: both \"html\" and \"text\": give one of them");
        assert_eq!(read[7], "line 8: \"id\" must be a string or a number");
        assert_eq!(read[8..], [good]);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let lines = format!("{}\n{{\"text\":\"a\"}}\n{}", "x".repeat(500), "y".repeat(21));
        let too_long = |line| format!("line {line}: longer than 64 MiB: give such a page as a file");
        assert_eq!(read(lines.as_bytes(), 20), [too_long(1), "null None Some(Text) a".into(), too_long(3)]);
    }
}

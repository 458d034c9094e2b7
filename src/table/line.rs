//! Writes the chosen fields of a record as a line of JSON, into which what only the whole run knows is put later.

use serde::Serialize;

use super::fields::{Field, Fields, Writer};
use crate::render::json::{Record, one_line_each};

/// A record as a line of JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    text: String,
    /// Where the value of `duplicate_of` stands, if it is null so far.
    duplicate_of: Option<usize>,
}

const NULL: &str = "null";

impl Fields {
    /// A record on a line that has these fields alone, in this order; as [`json::line`](crate::render::json::line) writes
    /// the whole record.
    pub fn line(&self, record: &Record<'_>) -> Line {
        let size: usize = if self.contains(Field::Text) { record.text.len() } else { 0 };
        let mut line = Vec::with_capacity(size + size / 8 + 1024);
        let mut duplicate_of = None;
        for field in self.iter() {
            line.push(if line.is_empty() { b'{' } else { b',' });
            line.push(b'"');
            line.extend_from_slice(field.name().as_bytes());
            line.extend_from_slice(b"\":");
            if field == Field::DuplicateOf && record.duplicate_of.is_none() {
                duplicate_of = Some(line.len());
            }
            field.write(record, &mut line);
        }
        line.extend_from_slice(b"}\n");
        // JSON is UTF-8.
        let text = String::from_utf8(line).unwrap_or_default();
        match duplicate_of {
            None => Line { text: one_line_each(text), duplicate_of },
            Some(place) => {
                let mut text = text;
                let behind = one_line_each(text.split_off(place));
                let mut text = one_line_each(text);
                let duplicate_of = Some(text.len());
                text += &behind;
                Line { text, duplicate_of }
            }
        }
    }
}

impl Writer for &mut Vec<u8> {
    fn write(self, value: &impl Serialize) {
        // What records are made of cannot fail to be written, nor can a vector.
        let _ = serde_json::to_writer(self, value);
    }
}

impl Line {
    /// The line, with the line break behind it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Says that the page is almost the same as an earlier one, where the line has a field for that.
    pub fn set_duplicate_of(&mut self, id: &impl Serialize) {
        let Some(place) = self.duplicate_of.take() else { return };
        let id = serde_json::to_string(id).map_or_else(|_| NULL.to_owned(), one_line_each);
        self.text.replace_range(place..place + NULL.len(), &id);
    }
}

impl From<Line> for String {
    fn from(line: Line) -> Self {
        line.text
    }
}

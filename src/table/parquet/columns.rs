//! Holds the rows of a group until it is written, a column a field.

use std::collections::HashMap;
use std::io::Write;
use std::mem;

use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::Type;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::table::fields::{Field, Fields, Kind};

/// The rows of a group.
pub(super) struct Columns {
    all: Vec<Column>,
    rows: usize,
    bytes: usize,
}

struct Column {
    field: Field,
    values: Values,
    /// How far each entry is there: 0 the value is null, 1 a list is empty, and so on.
    definition: Vec<i16>,
    /// Of entries of lists: 0 where a row begins, 1 where it goes on.
    repetition: Vec<i16>,
}

/// What stands in a column, without nulls.
enum Values {
    Texts(Vec<ByteArray>),
    Numbers(Vec<f64>),
    Counts(Vec<ByteArray>, Vec<i32>),
}

impl Columns {
    pub(super) fn new(fields: &Fields) -> Self {
        Self { all: fields.iter().map(Column::new).collect(), rows: 0, bytes: 0 }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// How much is held, roughly.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// What the file says of its columns.
    pub(super) fn schema(&self) -> Result<Type> {
        let columns: String = self.all.iter().map(|column| schema_of(column.field)).collect();
        parse_message_type(&format!("message pages {{ {columns}}}"))
    }

    /// Adds a record as a row. What it lacks is null.
    pub(super) fn add(&mut self, line: &[u8]) -> serde_json::Result<()> {
        let record: HashMap<&str, &RawValue> = serde_json::from_slice(line)?;
        for column in &mut self.all {
            column.add(record.get(column.field.name()).map_or("null", |value| value.get()))?;
        }
        self.rows += 1;
        self.bytes += line.len();
        Ok(())
    }

    /// Writes the rows as a group, if there are any, and holds none any more.
    pub(super) fn write<W: Write + Send>(&mut self, file: &mut SerializedFileWriter<W>) -> Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = file.next_row_group()?;
        for column in &mut self.all {
            let emptied = mem::replace(column, Column::new(column.field));
            emptied.write(&mut group)?;
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

/// A column as the language of Parquet schemas has it.
fn schema_of(field: Field) -> String {
    let name = field.name();
    match field.kind() {
        Kind::Text | Kind::Id | Kind::Json => format!("optional binary {name} (STRING); "),
        Kind::Number => format!("optional double {name}; "),
        Kind::Texts => {
            format!("optional group {name} (LIST) {{ repeated group list {{ required binary element (STRING); }} }} ")
        }
        Kind::Counts => format!(
            "optional group {name} (MAP) {{ repeated group key_value {{ required binary key (STRING); required int32 value; }} }} "
        ),
    }
}

impl Column {
    fn new(field: Field) -> Self {
        let values = match field.kind() {
            Kind::Text | Kind::Id | Kind::Json | Kind::Texts => Values::Texts(Vec::new()),
            Kind::Number => Values::Numbers(Vec::new()),
            Kind::Counts => Values::Counts(Vec::new(), Vec::new()),
        };
        Self { field, values, definition: Vec::new(), repetition: Vec::new() }
    }

    fn add(&mut self, json: &str) -> serde_json::Result<()> {
        if json == "null" {
            self.definition.push(0);
            if matches!(self.field.kind(), Kind::Texts | Kind::Counts) {
                self.repetition.push(0);
            }
            return Ok(());
        }
        match (&mut self.values, self.field.kind()) {
            (Values::Texts(texts), Kind::Texts) => {
                let more: Vec<String> = serde_json::from_str(json)?;
                note(&mut self.definition, &mut self.repetition, more.len());
                texts.extend(more.into_iter().map(|text| ByteArray::from(text.into_bytes())));
            }
            (Values::Texts(texts), kind) => {
                let is_text = kind == Kind::Text || kind == Kind::Id && json.starts_with('"');
                let text = if is_text { serde_json::from_str(json)? } else { json.to_owned() };
                texts.push(text.into_bytes().into());
                self.definition.push(1);
            }
            (Values::Numbers(numbers), _) => {
                numbers.push(serde_json::from_str(json)?);
                self.definition.push(1);
            }
            (Values::Counts(names, counts), _) => {
                let Pairs(more) = serde_json::from_str(json)?;
                note(&mut self.definition, &mut self.repetition, more.len());
                for (name, count) in more {
                    names.push(name.into_bytes().into());
                    counts.push(count);
                }
            }
        }
        Ok(())
    }

    fn write<W: Write + Send>(self, group: &mut SerializedRowGroupWriter<'_, W>) -> Result<()> {
        let Self { values, definition, repetition, .. } = self;
        let levels = (definition.as_slice(), repetition.as_slice());
        match values {
            Values::Texts(texts) => write_leaf::<ByteArrayType, W>(group, &texts, levels),
            Values::Numbers(numbers) => write_leaf::<DoubleType, W>(group, &numbers, levels),
            Values::Counts(names, counts) => {
                write_leaf::<ByteArrayType, W>(group, &names, levels)?;
                write_leaf::<Int32Type, W>(group, &counts, levels)
            }
        }
    }
}

/// Notes the levels of a row that is a list.
fn note(definition: &mut Vec<i16>, repetition: &mut Vec<i16>, entries: usize) {
    if entries == 0 {
        definition.push(1);
        repetition.push(0);
    }
    definition.extend((0..entries).map(|_| 2));
    repetition.extend((0..entries).map(|entry| i16::from(entry > 0)));
}

fn write_leaf<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
    (definition, repetition): (&[i16], &[i16]),
) -> Result<()> {
    let missing = || ParquetError::General("a column is missing".to_owned());
    let mut column = group.next_column()?.ok_or_else(missing)?;
    // Columns of single values have no levels of repetition.
    let repetition = (!repetition.is_empty()).then_some(repetition);
    column.typed::<T>().write_batch(values, Some(definition), repetition)?;
    column.close()
}

/// The entries of an object in their order.
struct Pairs(Vec<(String, i32)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Pairs;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object of numbers")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

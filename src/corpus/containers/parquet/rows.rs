//! Which columns hold the pages of a table, and how the rows of a group are read of them.

use parquet::basic::{ConvertedType, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::RowGroupReader;
use parquet::schema::types::{ColumnDescriptor, SchemaDescriptor};
use serde_json::Number;

use super::super::{Options, failure, too_large};
use crate::corpus::columns::Column;
use crate::corpus::entry::{Failure, Named};
use crate::corpus::jsonl::Id;
use crate::page::{Content, InputFormat, Page};

/// So many rows are read at once: pages may be large.
const BATCH: usize = 16;

/// So many names of columns help; more do not.
const SHOWN: usize = 40;

/// Where the parts of a page stand.
pub(super) struct Layout {
    id: Option<Leaf>,
    url: Option<Leaf>,
    contents: Vec<(Leaf, InputFormat)>,
}

/// A column of values.
struct Leaf {
    name: String,
    index: usize,
    /// The level at which a value is there.
    there: i16,
    holds: Holds,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Text,
    Bytes,
    Signed,
    Unsigned,
    Fraction,
}

/// A value.
enum Cell {
    Null,
    Bytes(ByteArray),
    Number(Number),
}

/// A row, still to be made a page.
pub(super) struct Row {
    /// From 1.
    number: u64,
    id: Cell,
    url: Cell,
    contents: Vec<Cell>,
}

/// The rows of a group.
pub(super) struct Rows {
    id: Option<Open>,
    url: Option<Open>,
    contents: Vec<Open>,
    left: u64,
}

struct Open {
    reader: ColumnReader,
    there: i16,
    holds: Holds,
}

impl Layout {
    /// Finds the columns; an error for the user where they are not there.
    pub(super) fn find(schema: &SchemaDescriptor, options: &Options) -> std::result::Result<Self, String> {
        let columns = &options.columns;
        let ids = [Holds::Text, Holds::Bytes, Holds::Signed, Holds::Unsigned, Holds::Fraction];
        let texts = [Holds::Text, Holds::Bytes];
        let mut contents = Vec::new();
        for (column, format) in &columns.contents {
            contents.extend(find(schema, column, &texts, true)?.map(|leaf| (leaf, *format)));
        }
        if contents.is_empty() {
            let wanted = columns.contents_shown();
            return Err(format!(
                "no column {wanted}: say which holds the pages, such as --columns html=NAME; {}",
                there_are(schema)
            ));
        }
        let (id, url) = (find(schema, &columns.id, &ids, false)?, find(schema, &columns.url, &texts, false)?);
        Ok(Self { id, url, contents })
    }
}

fn find(
    schema: &SchemaDescriptor,
    column: &Column,
    fitting: &[Holds],
    needed: bool,
) -> std::result::Result<Option<Leaf>, String> {
    let name = &column.name;
    let found = schema.columns().iter().enumerate().find(|(_, found)| found.path().string() == *name);
    let Some((index, found)) = found else {
        return if column.asked { Err(format!("no column \"{name}\"; {}", there_are(schema))) } else { Ok(None) };
    };
    match holds(found).filter(|holds| fitting.contains(holds)) {
        Some(holds) => Ok(Some(Leaf { name: name.clone(), index, there: found.max_def_level(), holds })),
        // A column that happens to be called so is none of ours.
        None if !column.asked && !needed => Ok(None),
        None => Err(format!("the column \"{name}\" holds {}; {}", type_of(found), wanted(fitting))),
    }
}

fn wanted(fitting: &[Holds]) -> &'static str {
    if fitting.contains(&Holds::Signed) { "an id is a string or a number" } else { "strings or bytes are wanted" }
}

fn holds(column: &ColumnDescriptor) -> Option<Holds> {
    if column.max_rep_level() > 0 {
        return None;
    }
    match (column.physical_type(), column.converted_type()) {
        (Physical::BYTE_ARRAY, ConvertedType::UTF8 | ConvertedType::JSON | ConvertedType::ENUM) => Some(Holds::Text),
        (Physical::BYTE_ARRAY, ConvertedType::NONE) => Some(Holds::Bytes),
        (Physical::INT32, ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32)
        | (Physical::INT64, ConvertedType::UINT_64) => Some(Holds::Unsigned),
        (
            Physical::INT32,
            ConvertedType::NONE | ConvertedType::INT_8 | ConvertedType::INT_16 | ConvertedType::INT_32,
        )
        | (Physical::INT64, ConvertedType::NONE | ConvertedType::INT_64) => Some(Holds::Signed),
        (Physical::FLOAT | Physical::DOUBLE, _) => Some(Holds::Fraction),
        _ => None,
    }
}

/// The type of a column, for messages.
fn type_of(column: &ColumnDescriptor) -> String {
    let list = if column.max_rep_level() > 0 { "lists of " } else { "" };
    match column.converted_type() {
        ConvertedType::NONE => format!("{list}{}", column.physical_type()),
        converted => format!("{list}{converted}"),
    }
}

fn there_are(schema: &SchemaDescriptor) -> String {
    let names: Vec<_> = schema.columns().iter().map(|column| format!("\"{}\"", column.path().string())).collect();
    let more = if names.len() > SHOWN { format!(" and {} more", names.len() - SHOWN) } else { String::new() };
    format!("the table has {}{more}", names[..names.len().min(SHOWN)].join(", "))
}

impl Rows {
    pub(super) fn open(group: &dyn RowGroupReader, layout: &Layout) -> Result<Self> {
        let open = |leaf: &Leaf| {
            let reader = group.get_column_reader(leaf.index)?;
            Ok::<_, ParquetError>(Open { reader, there: leaf.there, holds: leaf.holds })
        };
        Ok(Self {
            id: layout.id.as_ref().map(open).transpose()?,
            url: layout.url.as_ref().map(open).transpose()?,
            contents: layout.contents.iter().map(|(leaf, _)| open(leaf)).collect::<Result<_>>()?,
            left: u64::try_from(group.metadata().num_rows())?,
        })
    }

    /// How many rows were not read yet.
    pub(super) fn left(&self) -> u64 {
        self.left
    }

    /// Reads some rows; none at the end. So many of the table are before them.
    pub(super) fn read(&mut self, before: u64) -> Result<Vec<Row>> {
        let count = usize::try_from(self.left).unwrap_or(BATCH).min(BATCH);
        let known = |column: &mut Option<Open>| column.as_mut().map(|column| cells(column, count)).transpose();
        let mut ids = known(&mut self.id)?;
        let mut urls = known(&mut self.url)?;
        let mut contents = Vec::new();
        for column in &mut self.contents {
            contents.push(cells(column, count)?);
        }
        let rows = (0..count).map(|place| Row {
            number: before + place as u64 + 1,
            id: ids.as_mut().and_then(Iterator::next).unwrap_or(Cell::Null),
            url: urls.as_mut().and_then(Iterator::next).unwrap_or(Cell::Null),
            contents: contents.iter_mut().map(|cells| cells.next().unwrap_or(Cell::Null)).collect(),
        });
        let rows = rows.collect();
        self.left -= count as u64;
        Ok(rows)
    }
}

/// The next values of a column.
fn cells(column: &mut Open, count: usize) -> Result<std::vec::IntoIter<Cell>> {
    let Open { reader, there, holds } = column;
    let cells = match reader {
        ColumnReader::ByteArrayColumnReader(reader) => values(reader, count, *there, Cell::Bytes),
        ColumnReader::Int32ColumnReader(reader) if *holds == Holds::Unsigned => {
            values(reader, count, *there, |number| Cell::Number(number.cast_unsigned().into()))
        }
        ColumnReader::Int32ColumnReader(reader) => values(reader, count, *there, |number| Cell::Number(number.into())),
        ColumnReader::Int64ColumnReader(reader) if *holds == Holds::Unsigned => {
            values(reader, count, *there, |number| Cell::Number(number.cast_unsigned().into()))
        }
        ColumnReader::Int64ColumnReader(reader) => values(reader, count, *there, |number| Cell::Number(number.into())),
        ColumnReader::FloatColumnReader(reader) => values(reader, count, *there, |number| fraction(number.into())),
        ColumnReader::DoubleColumnReader(reader) => values(reader, count, *there, fraction),
        _ => Err(ParquetError::General("a column changes its type within the file".to_owned())),
    };
    Ok(cells?.into_iter())
}

fn fraction(number: f64) -> Cell {
    Number::from_f64(number).map_or(Cell::Null, Cell::Number)
}

fn values<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    count: usize,
    there: i16,
    cell: impl Fn(T::T) -> Cell,
) -> Result<Vec<Cell>> {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    let (read, ..) = reader.read_records(count, Some(&mut levels), None, &mut values)?;
    if read < count {
        return Err(ParquetError::General(format!("a column ends {} rows too early", count - read)));
    }
    let mut values = values.into_iter().map(cell);
    if there == 0 {
        return Ok(values.collect());
    }
    let levels = levels.into_iter();
    Ok(levels.map(|level| if level == there { values.next().unwrap_or(Cell::Null) } else { Cell::Null }).collect())
}

impl Row {
    /// The page of the row.
    pub(super) fn read(self, layout: &Layout, name: &str, most: usize) -> std::result::Result<Named, Failure> {
        let id = match self.id {
            Cell::Null => None,
            Cell::Bytes(bytes) => Some(Id::Text(String::from_utf8_lossy(bytes.data()).into_owned())),
            Cell::Number(number) => Some(Id::Number(number)),
        };
        let place = match &id {
            Some(id) => format!("{name}: row {} (id {id})", self.number),
            None => format!("{name}: row {}", self.number),
        };
        let url = match self.url {
            Cell::Bytes(bytes) => Some(String::from_utf8_lossy(bytes.data()).into_owned()),
            Cell::Null | Cell::Number(_) => None,
        };
        let mut found: Option<(&Leaf, InputFormat, ByteArray)> = None;
        let mut problem = None;
        for ((leaf, format), cell) in layout.contents.iter().zip(self.contents) {
            let Cell::Bytes(bytes) = cell else { continue };
            if let Some((other, ..)) = &found {
                let (one, two) = (&other.name, &leaf.name);
                problem =
                    Some(format!("both \"{one}\" and \"{two}\" hold a page: say which, such as --columns html={one}"));
            }
            found = Some((leaf, *format, bytes));
        }
        let (leaf, format, bytes) = match (problem, found) {
            (Some(problem), _) => return Err(Failure { id, url, ..failure(place, problem) }),
            (None, None) => {
                let names: Vec<_> = layout.contents.iter().map(|(leaf, _)| format!("\"{}\"", leaf.name)).collect();
                let problem = format!("no page in it: null in {}", names.join(", "));
                return Err(Failure { id, url, ..failure(place, problem) });
            }
            (None, Some((_, _, bytes))) if bytes.len() > most => {
                return Err(Failure { id, url, ..failure(place, too_large(most)) });
            }
            (None, Some(found)) => found,
        };
        let content = match std::str::from_utf8(bytes.data()) {
            Ok(text) if leaf.holds == Holds::Text => Content::Text(text.to_owned().into()),
            // A text that is none was written by a program that does not look; its encoding is found out.
            _ => Content::Bytes(bytes.data().to_vec().into()),
        };
        let page = Page { url, file_name: None, format: Some(format), charset: None, content };
        Ok(Named { id, place, relative: None, page })
    }
}

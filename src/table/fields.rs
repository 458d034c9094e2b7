//! Defines the fields of a record, and which of them a table has.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::render::json::Record;

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text, or null.
    Text,
    /// An id: a text, a number or null; in columns a number is its digits.
    Id,
    /// A number.
    Number,
    /// A list of texts.
    Texts,
    /// How often each of some names occurs.
    Counts,
    /// An object, or a list of objects; in columns the text of its JSON.
    Json,
}

/// One list of fields for all that is done with them.
macro_rules! fields {
    ($($(#[doc = $doc:literal])* $variant:ident $field:ident $kind:ident,)*) => {
        /// A field of a [`Record`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Field { $($(#[doc = $doc])* $variant,)* }

        impl Field {
            /// All fields, in the order of the record.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => stringify!($field),)* }
            }

            /// What its values are.
            pub fn kind(self) -> Kind {
                match self { $(Self::$variant => Kind::$kind,)* }
            }

            /// Gives its value in a record to a writer of JSON.
            pub(super) fn write<W: Writer>(self, record: &Record<'_>, writer: W) {
                match self { $(Self::$variant => writer.write(&record.$field),)* }
            }
        }
    };
}

/// Takes a value of any type.
pub(super) trait Writer {
    fn write(self, value: &impl Serialize);
}

fields! {
    /// What the user calls the page.
    Id id Id,
    /// Its address.
    Url url Text,
    /// The id of its source.
    Source source Text,
    /// What told the source.
    SourceBy source_by Text,
    /// The title.
    Title title Text,
    /// The author; several are separated by `, `.
    Author author Text,
    /// The authors, one by one.
    Authors authors Texts,
    /// When it was published.
    Date date Text,
    /// When it was last changed.
    Modified modified Text,
    /// The language that the page declares.
    Language language Text,
    /// The name of the site.
    Site site Text,
    /// What the article is about.
    Description description Text,
    /// The canonical address.
    Canonical canonical Text,
    /// The tags.
    Tags tags Texts,
    /// The address of the lead image.
    Image image Text,
    /// Where the metadata came from.
    MetadataFrom metadata_from Json,
    /// The body.
    Text text Text,
    /// What to know before taking the body for an article.
    Flags flags Texts,
    /// How likely the body is right.
    Confidence confidence Number,
    /// The sources that claim the page equally well.
    Rivals rivals Texts,
    /// What was read.
    Format format Text,
    /// The encoding.
    Encoding encoding Json,
    /// Every text that was dropped.
    Dropped dropped Json,
    /// The rules that would have dropped too much.
    SetAside set_aside Json,
    /// The rules whose `expect` does not agree with what they did.
    Unexpected unexpected Json,
    /// How many texts were dropped, by category.
    DroppedCounts dropped_counts Counts,
    /// The SHA-256 of the input.
    Sha256 sha256 Text,
    /// The id of an earlier page with almost the same body.
    DuplicateOf duplicate_of Id,
}

/// The fields that the group `table` stands for: what of a record is of use in a table of many.
const TABLE: [Field; 13] = [
    Field::Id,
    Field::Url,
    Field::Source,
    Field::Title,
    Field::Authors,
    Field::Date,
    Field::Language,
    Field::Text,
    Field::Confidence,
    Field::Flags,
    Field::DroppedCounts,
    Field::Sha256,
    Field::DuplicateOf,
];

/// Fields in an order, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields(Vec<Field>);

/// A list of fields that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldsError {
    /// There is no such field.
    #[error("no field is called `{name}`{} There are {}, and the groups all and table", nearest(name), known())]
    Unknown {
        /// What was written.
        name: String,
    },
    /// Nothing was named.
    #[error("no field is named. There are {}, and the groups all and table", known())]
    None,
}

impl Fields {
    /// All fields.
    pub fn all() -> Self {
        Self(Field::ALL.to_vec())
    }

    /// The fields of the group `table`.
    pub fn table() -> Self {
        Self(TABLE.to_vec())
    }

    /// The fields, in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Field> {
        self.0.iter().copied()
    }

    /// Whether a field is among them.
    pub fn contains(&self, field: Field) -> bool {
        self.0.contains(&field)
    }
}

impl FromStr for Fields {
    type Err = FieldsError;

    /// Reads names between commas. A field that is named once more, on its own or by a group, keeps its first place.
    fn from_str(list: &str) -> Result<Self, FieldsError> {
        let mut chosen = Vec::new();
        for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let named = match name {
                "all" => Field::ALL,
                "table" => &TABLE,
                _ => &[name.parse()?],
            };
            for field in named {
                if !chosen.contains(field) {
                    chosen.push(*field);
                }
            }
        }
        if chosen.is_empty() { Err(FieldsError::None) } else { Ok(Self(chosen)) }
    }
}

impl FromStr for Field {
    type Err = FieldsError;

    fn from_str(name: &str) -> Result<Self, FieldsError> {
        let found = Self::ALL.iter().find(|field| field.name() == name);
        found.copied().ok_or_else(|| FieldsError::Unknown { name: name.to_owned() })
    }
}

impl fmt::Display for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&names(&self.0))
    }
}

fn names(fields: &[Field]) -> String {
    fields.iter().map(|field| field.name()).collect::<Vec<_>>().join(",")
}

fn known() -> String {
    names(Field::ALL).replace(',', ", ")
}

/// Names that are less like what was written are no help.
const ALIKE: f64 = 0.7;

fn nearest(name: &str) -> String {
    let name = name.to_lowercase().replace('-', "_");
    let likeness = |known: &str| strsim::jaro_winkler(&name, known);
    let known = Field::ALL.iter().map(|field| field.name()).chain(["all", "table"]);
    let best = known.max_by(|a, b| likeness(a).total_cmp(&likeness(b))).filter(|best| likeness(best) >= ALIKE);
    best.map_or_else(|| ".".to_owned(), |best| format!("; did you mean `{best}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(list: &str) -> String {
        list.parse::<Fields>().map_or_else(|error| error.to_string(), |fields| fields.to_string())
    }

    #[test]
    fn lists_are_read() {
        let table =
            "id,url,source,title,authors,date,language,text,confidence,flags,dropped_counts,sha256,duplicate_of";
        assert_eq!(read("url, id ,text,"), "url,id,text");
        assert_eq!(read("table"), table);
        assert_eq!(read("all"), Fields::all().to_string());
        assert_eq!(read("text,table,tags,text"), format!("text,{},tags", table.replace(",text", "")));
        assert_eq!(read("table,all").len(), read("all").len());
    }

    #[test]
    fn mistakes_name_what_there_is() {
        let there_are = format!("There are {}, and the groups all and table", known());
        assert!(there_are.contains("id, url, source, source_by, title,"), "{there_are}");
        assert_eq!(read("id,titel"), format!("no field is called `titel`; did you mean `title`? {there_are}"));
        assert_eq!(
            read("Dropped-Counts"),
            format!("no field is called `Dropped-Counts`; did you mean `dropped_counts`? {there_are}")
        );
        assert_eq!(read("qqq"), format!("no field is called `qqq`. {there_are}"));
        assert_eq!(read(" ,"), format!("no field is named. {there_are}"));
    }
}

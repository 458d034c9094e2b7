//! Defines where a piece of metadata came from.

use serde::{Serialize, Serializer};

/// The pieces of metadata whose origin is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The title.
    Title,
    /// The authors.
    Author,
    /// The date of publication.
    Date,
    /// The date of the last change.
    Modified,
    /// The language.
    Language,
    /// The name of the site.
    Site,
    /// What the article is about, in a sentence or two.
    Description,
    /// The canonical address.
    Canonical,
    /// The tags.
    Tags,
    /// The lead image.
    Image,
}

impl Field {
    /// All of them, in the order of records.
    pub const ALL: [Self; 10] = [
        Self::Title,
        Self::Author,
        Self::Date,
        Self::Modified,
        Self::Language,
        Self::Site,
        Self::Description,
        Self::Canonical,
        Self::Tags,
        Self::Image,
    ];

    /// The name of the field in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Author => "author",
            Self::Date => "date",
            Self::Modified => "modified",
            Self::Language => "language",
            Self::Site => "site",
            Self::Description => "description",
            Self::Canonical => "canonical",
            Self::Tags => "tags",
            Self::Image => "image",
        }
    }
}

/// Where a piece of metadata came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Origin {
    /// The source's rule file: `[meta]`, or a group that one of its rules captured.
    Rules,
    /// JSON-LD.
    JsonLd,
    /// `OpenGraph`: `meta` whose name begins with `og:` or `article:`.
    #[serde(rename = "og")]
    OpenGraph,
    /// Another `meta`.
    Meta,
    /// An element with `itemprop`.
    Microdata,
    /// A `link` or a link with `rel`.
    Link,
    /// The attribute `lang`.
    Lang,
    /// A heading.
    Heading,
    /// The element `title`.
    Title,
    /// An element `time`.
    Time,
    /// The text near the title: a by-line, or a date.
    Byline,
    /// The address of the page.
    Url,
    /// Only the date of a change is known, and stands for that of publication.
    Modified,
}

/// Where the pieces of a page's metadata came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origins([Option<Origin>; Field::ALL.len()]);

impl Origins {
    /// Where a piece came from; `None` where it is not known itself.
    pub fn of(&self, field: Field) -> Option<Origin> {
        self.0[field as usize]
    }

    /// Keeps where a piece came from.
    pub(super) fn set(&mut self, field: Field, origin: Option<Origin>) {
        self.0[field as usize] = origin;
    }

    /// A value, whose origin is kept.
    pub(super) fn keep<T>(&mut self, field: Field, found: Option<(Origin, T)>) -> Option<T> {
        self.set(field, found.as_ref().map(|(origin, _)| *origin));
        found.map(|(_, value)| value)
    }
}

/// An object: the names of the fields that are known, each with its origin.
impl Serialize for Origins {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Field::ALL.iter().filter_map(|field| Some((field.name(), self.of(*field)?))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_is_written() {
        let mut origins = Origins::default();
        origins.set(Field::Title, Some(Origin::OpenGraph));
        origins.set(Field::Date, Some(Origin::JsonLd));
        origins.set(Field::Image, None);
        let json = serde_json::to_string(&origins).expect("JSON");
        assert_eq!(json, r#"{"title":"og","date":"json-ld"}"#);
    }
}

//! Knows by-lines: short blocks before the text that name an author whom the page declares or shows.
//!
//! The model sees no names. A by-line is metadata, be it written like a sentence and set like a paragraph.

use crate::metadata::declared::Declared;
use crate::strip::reading::Reading;
use crate::text::normalise;

/// No by-line is longer, and few paragraphs are shorter, in characters.
const LONGEST: usize = 120;

/// The by-lines of a page.
pub(super) struct Bylines {
    authors: Vec<String>,
    /// The first block that is too long for one.
    text: usize,
}

impl Bylines {
    pub(super) fn of(reading: &Reading<'_>, declared: &Declared) -> Self {
        let text = reading.seen().find(|(index, _)| reading.weight(*index) > LONGEST).map(|(index, _)| index);
        let authors = declared.authors.iter().map(|author| normalise(author).into_owned());
        Self { authors: authors.filter(|author| !author.is_empty()).collect(), text: text.unwrap_or(usize::MAX) }
    }

    /// Whether a block is one.
    pub(super) fn contain(&self, reading: &Reading<'_>, block: usize) -> bool {
        block < self.text
            && reading.text(block).is_some_and(|text| self.authors.iter().any(|author| text.as_str().contains(author)))
    }
}

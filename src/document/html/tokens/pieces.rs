//! Hands out parts of a page as the strings that the tree builder takes.

use std::ops::Range;

use html5ever::tendril::StrTendril;

use crate::text::start_of;

/// How many bytes of the page are copied at once: it need not be in memory a second time.
pub(super) const LEN: usize = 32 * 1024;

/// So many bytes a string holds without memory of its own.
const INLINE: usize = 8;

/// A page of which a piece is copied into memory that all parts of that piece share.
pub(super) struct Pieces<'t> {
    text: &'t str,
    len: usize,
    start: usize,
    piece: StrTendril,
}

impl<'t> Pieces<'t> {
    pub(super) fn new(text: &'t str, len: usize) -> Self {
        Self { text, len, start: 0, piece: StrTendril::new() }
    }

    /// A part of the page.
    pub(super) fn part(&mut self, range: Range<usize>) -> StrTendril {
        if range.len() <= self.len {
            return self.first(range);
        }
        StrTendril::from(&self.text[range])
    }

    /// A part of the page, or as much of its beginning as is copied at once.
    pub(super) fn first(&mut self, range: Range<usize>) -> StrTendril {
        if range.len() <= INLINE {
            return StrTendril::from(&self.text[range]);
        }
        let is_here = self.start <= range.start && range.end <= self.start + self.piece.len();
        if !is_here {
            self.start = range.start;
            // A character may be longer than a piece.
            self.piece = StrTendril::from(start_of(&self.text[range.start..], self.len.max(4)));
        }
        let start = range.start - self.start;
        let len = range.len().min(self.piece.len() - start);
        // A piece is far shorter than this.
        let number = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        self.piece.subtendril(number(start), number(len))
    }
}

//! Parts of the strings and lists that all nodes share.

/// A part of one of the strings.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::document::html::tree) struct Span {
    pub(super) start: u32,
    pub(super) len: u32,
}

impl Span {
    pub(in crate::document::html::tree) fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end()]
    }

    pub(super) fn end(self) -> usize {
        self.start as usize + self.len as usize
    }

    pub(in crate::document::html::tree) fn of_list<T>(self, list: &[T]) -> &[T] {
        &list[self.start as usize..self.end()]
    }
}

/// Adds to a string, if it stays within what a [`Span`] can say.
pub(super) fn push(string: &mut String, text: &str) -> Option<Span> {
    let start = string.len();
    let span = span(start, start + text.len())?;
    string.push_str(text);
    Some(span)
}

/// The part between two places.
pub(super) fn span(start: usize, end: usize) -> Option<Span> {
    u32::try_from(end).ok()?;
    Some(Span { start: u32::try_from(start).ok()?, len: u32::try_from(end - start).ok()? })
}

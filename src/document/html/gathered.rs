//! Gathers the text of one block from the pieces that elements hold, with the marks over it.

use super::tree::Element;
use crate::document::{Mark, Style};
use crate::text::is_invisible;

/// The attributes that hold the address of an image; pages that load images late keep it in another one than `src`.
const IMAGE_SOURCES: [&str; 4] = ["src", "data-src", "data-lazy-src", "data-original"];

/// The text of a block in the making.
pub(super) struct Gathered {
    text: String,
    /// Finished marks, with the order in which they were opened.
    marks: Vec<(usize, Mark)>,
    open: Vec<OpenMark>,
    opened: usize,
    /// White space was read, and shows only if more text follows.
    space: bool,
    /// How many bytes of addresses may still be written down.
    addresses: usize,
}

/// A mark whose end has not been reached.
struct OpenMark {
    style: Style,
    start: usize,
    order: usize,
}

impl Gathered {
    pub(super) fn new(addresses: usize) -> Self {
        Self { text: String::new(), marks: Vec::new(), open: Vec::new(), opened: 0, space: false, addresses }
    }

    /// How many bytes of addresses may still be written down.
    pub(super) fn addresses(&self) -> usize {
        self.addresses
    }

    /// Takes over what is left of them after another walk.
    pub(super) fn set_addresses(&mut self, left: usize) {
        self.addresses = left;
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.marks.is_empty()
    }

    /// Adds text, with its white space collapsed as readers see it.
    pub(super) fn push(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let shown = run(bytes, at, SPACE);
            self.space |= shown > at;
            at = end_of_shown(text, shown);
            if at > shown {
                self.begin_visible();
                self.text.push_str(&text[shown..at]);
            }
            // Where neither goes on, there is a character that is not seen.
            if bytes.get(at).is_some_and(|byte| class(*byte) == OTHER) {
                at += text[at..].chars().next().map_or(1, char::len_utf8);
            }
        }
    }

    /// Adds text with its white space.
    pub(super) fn push_code(&mut self, text: &str) {
        self.text.extend(text.chars().filter(|&c| !is_invisible(c)));
    }

    /// Adds a character that is seen.
    pub(super) fn push_visible(&mut self, c: char) {
        self.begin_visible();
        self.text.push(c);
    }

    fn begin_visible(&mut self) {
        if self.space && !self.text.is_empty() && !self.text.ends_with(['\n', '\t']) {
            self.text.push(' ');
        }
        self.space = false;
    }

    /// What follows stands apart from what is there.
    pub(super) fn separate(&mut self) {
        self.space = true;
    }

    /// Begins the next cell of a row.
    pub(super) fn begin_cell(&mut self) {
        self.text.truncate(self.text.trim_end_matches('\n').len());
        self.text.push('\t');
        self.space = false;
    }

    /// Breaks the line; `false` if it was broken just before.
    pub(super) fn break_line(&mut self) -> bool {
        // A no-break space between two breaks is there to keep them apart, and nothing to read.
        if self.text.trim_end_matches(['\u{a0}', ' ']).ends_with('\n') {
            return false;
        }
        if !self.text.is_empty() && !self.text.ends_with('\t') {
            self.space = false;
            self.text.push('\n');
        }
        true
    }

    /// Opens a mark, unless one of its kind is open (bold within bold is bold, and unclosed tags nest by the hundred),
    /// or its address is more than may still be written down.
    pub(super) fn open_mark(&mut self, style: Style) -> bool {
        let kind = std::mem::discriminant(&style);
        if self.open.iter().any(|open| std::mem::discriminant(&open.style) == kind) || !self.affords(&style) {
            return false;
        }
        self.open.push(OpenMark { style, start: self.text.len(), order: self.opened });
        self.opened += 1;
        true
    }

    /// Closes the mark that was opened last.
    pub(super) fn close_mark(&mut self) {
        if let Some(mark) = self.open.pop() {
            self.mark(mark.start, mark.order, mark.style);
        }
    }

    /// Puts an image where the text has come to.
    pub(super) fn push_image(&mut self, element: Element<'_>) {
        let is_real = |src: &&str| !src.is_empty() && !src.starts_with("data:");
        let src = IMAGE_SOURCES.iter().filter_map(|name| element.attr(name)).map(str::trim).find(is_real);
        if let Some(src) = src {
            let alt = element.attr("alt").unwrap_or_default().trim().to_owned();
            let at = self.text.len();
            let style = Style::Image { src: src.to_owned(), alt };
            self.marks.push((self.opened, Mark { range: at..at, style }));
            self.opened += 1;
        }
    }

    /// The block that has been gathered, if there is anything in it. Open marks go on in the next one.
    ///
    /// Text that came to nothing still makes a block, since elements point into it.
    pub(super) fn take(&mut self) -> Option<(String, Vec<Mark>)> {
        self.space = false;
        for mut mark in std::mem::take(&mut self.open) {
            if mark.start < self.text.len() && self.affords(&mark.style) {
                self.mark(mark.start, mark.order, mark.style.clone());
            }
            mark.start = 0;
            self.open.push(mark);
        }
        if self.is_empty() {
            return None;
        }
        // Copies, since what has grown holds more memory than it needs, in each of a million blocks.
        let text = without_loose_end(&self.text).to_owned();
        self.text.clear();
        self.marks.sort_by_key(|(order, _)| *order);
        let within = |mut mark: Mark| {
            mark.range = mark.range.start.min(text.len())..mark.range.end.min(text.len());
            mark
        };
        let marks = self.marks.drain(..).map(|(_, mark)| within(mark)).collect();
        Some((text, marks))
    }

    /// Marks the text from `start` on, without the white space at its edges.
    fn mark(&mut self, start: usize, order: usize, style: Style) {
        let text = &self.text[start.min(self.text.len())..];
        let range = self.text.len() - text.trim_start().len()..start + text.trim_end().len();
        if range.start < range.end {
            self.marks.push((order, Mark { range, style }));
        }
    }

    /// Whether the address of a link may still be written down; takes it off what is left.
    fn affords(&mut self, style: &Style) -> bool {
        let Style::Link { href } = style else { return true };
        let left = self.addresses.checked_sub(href.len());
        self.addresses = left.unwrap_or(self.addresses);
        left.is_some()
    }
}

/// What a byte of a text is: a character that is seen, or a part of one; white space to HTML; the first of a character
/// that may be one that [`is_invisible`].
const SEEN: u8 = 0;
const SPACE: u8 = 1;
const OTHER: u8 = 2;

const CLASSES: [u8; 256] = {
    let mut classes = [SEEN; 256];
    classes[b' ' as usize] = SPACE;
    classes[b'\n' as usize] = SPACE;
    classes[b'\t' as usize] = SPACE;
    classes[b'\r' as usize] = SPACE;
    classes[b'\x0c' as usize] = SPACE;
    classes[0xc2] = OTHER;
    classes[0xe2] = OTHER;
    classes[0xef] = OTHER;
    classes
};

fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

/// The first place from another one on that is not of a class.
fn run(text: &[u8], from: usize, of: u8) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    rest.iter().position(|byte| class(*byte) != of).map_or(text.len(), |offset| from + offset)
}

/// Where words that are seen as they are end, with single spaces between them.
fn end_of_shown(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at = run(bytes, at, SEEN);
        match bytes.get(at..).unwrap_or_default() {
            [b' ', next, ..] if at > from && class(*next) == SEEN => at += 2,
            [first, ..] if class(*first) == OTHER => match text[at..].chars().next() {
                Some(c) if !is_invisible(c) => at += c.len_utf8(),
                _ => return at,
            },
            _ => return at,
        }
    }
}

/// The text without white space at its end, and without a last line of nothing but no-break spaces.
fn without_loose_end(text: &str) -> &str {
    let is_blank = |c: char| matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{a0}');
    let end = text.trim_end_matches([' ', '\n', '\t', '\r']);
    // A text of no-break spaces alone stays what it is.
    let shorter = text.trim_end_matches(is_blank);
    if !shorter.is_empty() && end[shorter.len()..].contains('\n') { shorter } else { end }
}

//! Reads plain text into blocks: paragraphs, list items, code.
//!
//! Headings, quotes and tables cannot be told in plain text; their lines are paragraphs.

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::lines::{self, Item, Line, Row};
use super::{Block, BlockKind, Document, Marker, Place, wrap};
use crate::text::is_invisible;

/// How the lines of a text make up its blocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lines {
    /// The text decides: whether the breaks within its groups of lines are forced by a width.
    #[default]
    Guess,
    /// A line is a block, as in flattened pages.
    Block,
    /// Paragraphs run over several lines, and a blank line ends them.
    Wrapped,
}

/// Reads plain text.
///
/// A line is a block; in wrapped text, the lines up to a blank line or a list item are one. List items are told by their
/// marker, their depth by the columns that they are indented by (two or more make a level); an indented line below an
/// item goes on with it: as a block without marker, or, in wrapped text, as part of it. A group of lines that clearly is
/// code stays together, with its white space.
pub fn read(text: &str, lines: Lines) -> Document {
    let all = lines::split(text);
    let rows: Vec<_> = all.iter().map(row).collect();
    let items = lines::items(&rows);
    let code = code_groups(&all);
    let wrapped = match lines {
        Lines::Guess => is_wrapped(&all, &items, &code),
        Lines::Block => false,
        Lines::Wrapped => true,
    };
    let mut reader = Reader { text, blocks: Vec::new(), levels: Vec::new(), wrapped };
    let mut code = code.into_iter().peekable();
    let mut index = 0;
    while let Some(line) = all.get(index) {
        if let Some(group) = code.next_if(|group| group.start == index) {
            index = group.end;
            reader.code(&all[group]);
            continue;
        }
        match items[index] {
            Some(item) => reader.item(line, item),
            None => reader.line(line, index.checked_sub(1).and_then(|above| all.get(above))),
        }
        index += 1;
    }
    Document { blocks: reader.blocks, ..Document::default() }
}

/// Whether the line breaks of a text are those of a line filler rather than the ends of blocks.
pub(super) fn guesses_wrapped(text: &str) -> bool {
    let all = lines::split(text);
    let rows: Vec<_> = all.iter().map(row).collect();
    is_wrapped(&all, &lines::items(&rows), &code_groups(&all))
}

fn row<'a>(line: &'a Line<'_>) -> Row<'a> {
    Row { indent: line.indent, text: &line.text, apart: line.apart }
}

/// Only breaks that the text renderer would keep count, so that its output is judged as its input was.
fn is_wrapped(all: &[Line<'_>], items: &[Option<Item>], code: &[Range<usize>]) -> bool {
    let mut code = code.iter().peekable();
    let mut pairs = Vec::new();
    for (index, pair) in all.windows(2).enumerate() {
        while code.next_if(|group| group.end <= index).is_some() {}
        let (line, next) = (&pair[0], &pair[1]);
        let plain = items[index].is_none() || next.indent >= line.indent + 2;
        if !next.apart
            && items[index + 1].is_none()
            && plain
            && !code.peek().is_some_and(|group| group.contains(&index))
        {
            pairs.push((line, next));
        }
    }
    wrap::is_wrapped(all, &pairs)
}

struct Reader<'a> {
    text: &'a str,
    blocks: Vec<Block>,
    /// The indentation of the list items that are open, outermost first.
    levels: Vec<usize>,
    wrapped: bool,
}

impl Reader<'_> {
    fn item(&mut self, line: &Line<'_>, item: Item) {
        while self.levels.last().is_some_and(|&level| level > line.indent) {
            self.levels.pop();
        }
        let deeper = self.levels.last().is_none_or(|&level| line.indent >= level + 2);
        if deeper && self.levels.len() < usize::from(u8::MAX) {
            self.levels.push(line.indent);
        }
        let kind = BlockKind::ListItem { depth: self.depth(), marker: item.marker };
        self.push(kind, &line.text[item.len..], line);
    }

    /// A line that begins no list item: the next part of the block above, or a block of its own.
    fn line(&mut self, line: &Line<'_>, above: Option<&Line<'_>>) {
        if self.wrapped
            && !line.apart
            && let (Some(block), Some(above)) = (self.blocks.last_mut(), above)
            && let Place::Text { bytes, .. } = &mut block.place
        {
            let divided = self.text[above.bytes.end..above.whole.end].contains('\u{ad}');
            wrap::join(&mut block.text, &line.text, divided);
            bytes.end = line.bytes.end;
            return;
        }
        while self.levels.last().is_some_and(|&level| level + 2 > line.indent) {
            self.levels.pop();
        }
        let kind = if self.levels.is_empty() {
            BlockKind::Paragraph
        } else {
            BlockKind::ListItem { depth: self.depth(), marker: Marker::None }
        };
        self.push(kind, &line.text, line);
    }

    fn code(&mut self, lines: &[Line<'_>]) {
        let [first, ..] = lines else { return };
        self.levels.clear();
        let mut text = String::new();
        for line in lines {
            if !text.is_empty() {
                text.push('\n');
            }
            let raw = &self.text[line.whole.start..line.bytes.end];
            text.extend(raw.chars().filter(|&c| !is_invisible(c)));
        }
        let end = lines.last().unwrap_or(first).bytes.end;
        let place = Place::Text { bytes: first.whole.start..end, line: first.number };
        self.blocks.push(Block { apart: first.apart, ..Block::new(BlockKind::Code, text, place) });
    }

    fn push(&mut self, kind: BlockKind, text: &str, line: &Line<'_>) {
        let place = Place::Text { bytes: line.bytes.clone(), line: line.number };
        self.blocks.push(Block { apart: line.apart, ..Block::new(kind, text, place) });
    }

    fn depth(&self) -> u8 {
        u8::try_from(self.levels.len()).unwrap_or(u8::MAX)
    }
}

/// The groups of lines between blank ones that are code, as ranges of the lines.
fn code_groups(all: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let mut start = 0;
    while start < all.len() {
        let len = 1 + all[start + 1..].iter().take_while(|line| !line.apart).count();
        if is_code(&all[start..start + len]) {
            groups.push(start..start + len);
        }
        start += len;
    }
    groups
}

/// Whether a group of lines is code: three or more, indented unlike each other, from the margin on, no list; half of
/// them end as statements do, and something in them is not written in prose.
fn is_code(group: &[Line<'_>]) -> bool {
    if group.len() < 3 || group[0].indent != 0 || group.iter().all(|line| line.indent < 2) {
        return false;
    }
    if group.iter().any(|line| lines::may_be_item(&line.text)) {
        return false;
    }
    let opens = |pair: &[Line<'_>]| pair[0].text.ends_with([':', '(', '[']) && pair[1].indent > pair[0].indent;
    let closed = group.iter().filter(|line| line.text.ends_with(['{', '}', ';'])).count();
    let statements = closed + group.windows(2).filter(|pair| opens(pair)).count();
    let foreign = ["{", "}", "()", " = ", "=>", "->", "):"];
    statements * 2 >= group.len() && group.iter().any(|line| foreign.iter().any(|sign| line.text.contains(sign)))
}

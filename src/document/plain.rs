//! Reads plain text into blocks: paragraphs, list items, code.
//!
//! Headings, quotes and tables cannot be told in plain text; their lines are paragraphs.

mod code;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::lines::{self, Item, Line, Row};
use super::wrap::{self, Break};
use super::{Block, BlockKind, Document, Marker, Place};
use crate::budget::Watch;
use crate::text::is_invisible;

/// What a line takes, in steps of a [`Pace`](crate::budget::Pace).
const A_LINE: usize = 8;

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
/// item goes on with it: as a block without marker, or, in wrapped text, as part of it. Lines that clearly are code stay
/// together, with their white space and the blank lines between them.
pub fn read(text: &str, lines: Lines) -> Document {
    read_within(text, lines, Watch::NEVER)
}

/// The same until the time is up: what comes then is a part of it.
pub(crate) fn read_within(text: &str, lines: Lines, watch: Watch) -> Document {
    let all = lines::split(text);
    let rows: Vec<_> = all.iter().map(row).collect();
    let items = lines::items(&rows);
    let code = code::groups(&all);
    let joined = match lines {
        Lines::Guess => filled(&all, &items, &code),
        Lines::Block => None,
        Lines::Wrapped => Some(all.iter().map(|line| !line.apart).collect()),
    };
    let joined = joined.unwrap_or_else(|| vec![false; all.len()]);
    let mut reader = Reader { text, blocks: Vec::new(), levels: Vec::new() };
    let mut code = code.into_iter().peekable();
    let mut index = 0;
    let pace = watch.pace();
    while let Some(line) = all.get(index).filter(|_| !pace.go(A_LINE)) {
        if let Some(group) = code.next_if(|group| group.start == index) {
            index = group.end;
            reader.code(&all[group]);
            continue;
        }
        match items[index] {
            Some(item) => reader.item(line, item),
            None if joined[index] => reader.join(line, index.checked_sub(1).and_then(|above| all.get(above))),
            None => reader.line(line),
        }
        index += 1;
    }
    Document { blocks: reader.blocks, ..Document::default() }
}

/// Whether the line breaks of a text are those of a line filler rather than the ends of blocks.
pub(super) fn guesses_wrapped(text: &str) -> bool {
    let all = lines::split(text);
    let rows: Vec<_> = all.iter().map(row).collect();
    filled(&all, &lines::items(&rows), &code::groups(&all)).is_some()
}

fn row<'a>(line: &'a Line<'_>) -> Row<'a> {
    Row { indent: line.indent, text: &line.text, apart: line.apart }
}

/// Which lines go on with the paragraph above, if the text was filled at all.
///
/// A group of lines goes together or not: an address in a mail keeps its lines. Only breaks that the text renderer would
/// keep count, so that its output is judged as its input was.
fn filled(all: &[Line<'_>], items: &[Option<Item>], code: &[Range<usize>]) -> Option<Vec<bool>> {
    let mut in_code = vec![false; all.len()];
    for group in code {
        in_code[group.clone()].fill(true);
    }
    // The break above each line, and whether the renderer would keep it.
    let breaks: Vec<_> = (0..all.len())
        .map(|index| {
            let above = index.checked_sub(1)?;
            let (line, next) = (&all[above], &all[index]);
            let kept = items[above].is_none() || next.indent >= line.indent + 2;
            let within = !next.apart && items[index].is_none() && !in_code[index];
            within.then(|| (Break::between(line, next), kept))
        })
        .collect();
    let kept: Vec<_> = breaks.iter().flatten().filter(|(_, kept)| *kept).map(|(one, _)| one).collect();
    if !wrap::is_wrapped(all, &kept) {
        return None;
    }
    let mut joined = vec![false; all.len()];
    let mut start = 0;
    while start < all.len() {
        let len = 1 + breaks[start + 1..].iter().take_while(|one| one.is_some()).count();
        let group = || breaks[start..start + len].iter().flatten();
        let any_kept = group().any(|(_, kept)| *kept);
        let weighed = group().filter(|(_, kept)| *kept || !any_kept).map(|(one, _)| one);
        if wrap::is_filled(weighed) {
            joined[start + 1..start + len].fill(true);
        }
        start += len;
    }
    Some(joined)
}

struct Reader<'a> {
    text: &'a str,
    blocks: Vec<Block>,
    /// The indentation of the list items that are open, outermost first.
    levels: Vec<usize>,
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

    /// A line that goes on with the block above.
    fn join(&mut self, line: &Line<'_>, above: Option<&Line<'_>>) {
        let (Some(block), Some(above)) = (self.blocks.last_mut(), above) else { return self.line(line) };
        let Place::Text { bytes, .. } = &mut block.place else { return };
        let divided = self.text[above.bytes.end..above.whole.end].contains('\u{ad}');
        wrap::join(&mut block.text, &line.text, divided);
        bytes.end = line.bytes.end;
    }

    /// A line that begins a block, but no list item.
    fn line(&mut self, line: &Line<'_>) {
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
        let mut number = first.number;
        for line in lines {
            text.extend(std::iter::repeat_n('\n', line.number - number));
            number = line.number;
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

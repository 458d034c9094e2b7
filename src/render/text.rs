//! Writes blocks as plain text.
//!
//! What is written reads back ([`crate::document::plain`]) to blocks that are written the same way. To that end the
//! lines are looked at once more as the reader will look at them: where it would see a list, the list is set apart and
//! gets the usual markers.

#[cfg(test)]
mod tests;

use std::borrow::{Borrow, Cow};

use crate::document::lines::{self, Item, Row, clean, ends_line};
use crate::document::{Block, BlockKind, Marker, Place};
use crate::text::is_invisible;

/// What stands between the cells of a table row.
const CELL_BREAK: &str = " | ";

/// Writes blocks as plain text.
///
/// Paragraphs are apart by one blank line, except lines that stood directly below each other in a text that has blank
/// lines elsewhere (addresses, verses). List items follow each other closely, with `- ` or `1. ` and two spaces a
/// level, unless they were apart; so do table rows, with ` | ` between cells. Code stays as it is; marks are ignored.
/// A text in which nothing else is apart has its line breaks doubled: a reader would take each line for a block.
pub fn text(blocks: &[impl Borrow<Block>]) -> String {
    let mut rows = Vec::new();
    let mut levels = Levels::default();
    let mut numbers = Numbers::default();
    let mut above: Option<&Block> = None;
    for block in blocks.iter().map(Borrow::borrow).filter(|block| shows_text(block)) {
        let first = rows.len();
        let restarts = numbers.restart_at(block);
        let apart = above.is_some_and(|above| stands_apart(above, block) || restarts && !follows(above, block));
        write_block(block, &mut levels, &mut rows);
        if let Some(row) = rows.get_mut(first) {
            row.apart = apart;
            above = Some(block);
        }
    }
    settle(&mut rows);
    let mut text = String::with_capacity(rows.iter().map(|row| row.text.len() + 2).sum());
    for (index, row) in rows.iter().enumerate() {
        if index > 0 && row.apart {
            text.extend(std::iter::repeat_n('\n', 1 + row.further));
        }
        text.extend(std::iter::repeat_n(' ', row.indent));
        text.push_str(&row.text);
        text.push('\n');
    }
    text
}

fn shows_text(block: &Block) -> bool {
    block.text.contains(|c: char| !c.is_whitespace() && !is_invisible(c))
}

/// A line to be written.
struct Written<'b> {
    indent: usize,
    text: Cow<'b, str>,
    apart: bool,
    /// How many blank lines more than one stand before it, in code.
    further: usize,
    code: bool,
}

fn stands_apart(above: &Block, block: &Block) -> bool {
    use BlockKind::{Definition, ListItem, Paragraph, TableRow, Term};
    if block.apart {
        return true;
    }
    match (above.kind, block.kind) {
        (ListItem { .. }, ListItem { .. })
        | (TableRow { .. }, TableRow { .. })
        | (Term | Definition, Term | Definition) => false,
        // What was dropped between two lines leaves a gap.
        (Paragraph, Paragraph) => !follows(above, block),
        _ => true,
    }
}

/// Whether a block stands on the next line of a text.
fn follows(above: &Block, block: &Block) -> bool {
    match (&above.place, &block.place) {
        (Place::Text { line: above, .. }, Place::Text { line, .. }) => above.checked_add(1) == Some(*line),
        _ => false,
    }
}

/// The lists that are open: the depth of each, its last number, and whether its numbers go down.
#[derive(Default)]
struct Numbers {
    open: Vec<(u8, Option<u32>, Option<bool>)>,
}

impl Numbers {
    /// Whether a block begins a new list directly behind another: its number does not go on.
    fn restart_at(&mut self, block: &Block) -> bool {
        let BlockKind::ListItem { depth, marker } = block.kind else {
            self.open.clear();
            return false;
        };
        while self.open.last().is_some_and(|&(open, ..)| open > depth) {
            self.open.pop();
        }
        let number = match marker {
            Marker::None => return false,
            Marker::Bullet => None,
            Marker::Number(number) => Some(number),
        };
        let last = self.open.pop_if(|&mut (open, ..)| open == depth);
        let (Some((_, Some(before), down)), Some(number)) = (last, number) else {
            self.open.push((depth, number, None));
            return false;
        };
        let step = match (before.checked_add(1) == Some(number), number.checked_add(1) == Some(before)) {
            (true, _) => Some(false),
            (_, true) if down != Some(false) => Some(true),
            _ => None,
        };
        self.open.push((depth, Some(number), step));
        step.is_none()
    }
}

fn write_block<'b>(block: &'b Block, levels: &mut Levels, rows: &mut Vec<Written<'b>>) {
    let mut put = |indent, text| rows.push(Written { indent, text, apart: false, further: 0, code: false });
    let mut indent = 0;
    let mut sign = String::new();
    match block.kind {
        BlockKind::Code => {
            levels.open.clear();
            return write_code(&block.text, rows);
        }
        BlockKind::TableRow { .. } => {
            levels.open.clear();
            let row = clean(&block.text.trim_end().replace(ends_line, " ").replace('\t', CELL_BREAK)).into_owned();
            return put(0, Cow::Owned(row));
        }
        BlockKind::ListItem { depth, marker } => {
            let level = levels.of(depth, marker);
            indent = 2 * level;
            sign = match marker {
                Marker::Bullet => "- ".to_owned(),
                Marker::Number(number) => format!("{number}. "),
                Marker::None => String::new(),
            };
        }
        _ => levels.open.clear(),
    }
    for line in lines::lines(&block.text).map(clean).filter(|line| !line.is_empty()) {
        let hanging = if sign.is_empty() { indent } else { indent - 2 };
        put(hanging, if sign.is_empty() { line } else { Cow::Owned(std::mem::take(&mut sign) + &line) });
    }
}

/// Code keeps its white space, but none at the ends of its lines, and no blank lines around it.
fn write_code<'b>(code: &'b str, rows: &mut Vec<Written<'b>>) {
    let first = rows.len();
    let mut blank = 0_usize;
    for line in code.split(ends_line) {
        let text = line.trim_end_matches(|c: char| c.is_whitespace() || is_invisible(c));
        if text.is_empty() {
            blank += 1;
            continue;
        }
        let (apart, further) = if rows.len() > first { (blank > 0, blank.saturating_sub(1)) } else { (false, 0) };
        rows.push(Written { indent: 0, text: text.into(), apart, further, code: true });
        blank = 0;
    }
}

/// The list levels that are open, by the depth of their items. Levels that have no item are skipped.
#[derive(Default)]
struct Levels {
    open: Vec<u8>,
}

impl Levels {
    /// The level, from 1, that a block of a list stands on; 0 for one that goes on with an item that is not there.
    fn of(&mut self, depth: u8, marker: Marker) -> usize {
        let least = usize::from(marker == Marker::None);
        while self.open.len() > least && self.open.last().is_some_and(|&level| level > depth) {
            self.open.pop();
        }
        if marker != Marker::None && self.open.last().is_none_or(|&level| level < depth) {
            self.open.push(depth);
        }
        self.open.len()
    }
}

/// Looks at the lines as the reader will, and makes them what it will make of them.
fn settle(rows: &mut [Written<'_>]) {
    for (index, item) in items(rows).into_iter().enumerate() {
        let (Some(item), row) = (item, &mut rows[index]) else { continue };
        let content = &row.text[item.len..];
        match item.marker {
            Marker::Number(number) => row.text = format!("{number}. {content}").into(),
            Marker::Bullet if !row.text.starts_with("- ") => row.text = format!("- {content}").into(),
            _ => {}
        }
    }
    // The usual markers may make items of the lines next to them.
    let items = items(rows);
    let listed: Vec<_> = rows.iter().zip(items).map(|(row, item)| item.is_some() || row.indent > 0).collect();
    for index in 1..rows.len() {
        rows[index].apart |= listed[index - 1] != listed[index];
    }
    if rows.iter().skip(1).any(|row| row.apart) {
        return;
    }
    for index in 1..rows.len() {
        let (above, row) = (&rows[index - 1], &rows[index]);
        let table = above.text.contains(CELL_BREAK) && row.text.contains(CELL_BREAK);
        rows[index].apart = !(listed[index] || table || above.code && row.code);
    }
}

fn items(rows: &[Written<'_>]) -> Vec<Option<Item>> {
    let texts: Vec<_> =
        rows.iter().map(|row| if row.code { clean(&row.text) } else { Cow::Borrowed(&*row.text) }).collect();
    let indent = |row: &Written<'_>| if row.code { lines::indent(&row.text) } else { row.indent };
    let seen = rows.iter().zip(&texts).map(|(row, text)| Row { indent: indent(row), text, apart: row.apart });
    let items = lines::items(&seen.collect::<Vec<_>>());
    items.into_iter().zip(rows).map(|(item, row)| item.filter(|_| !row.code)).collect()
}

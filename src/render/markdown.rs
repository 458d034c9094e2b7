//! Writes blocks as Markdown that reads back ([`crate::document::markdown`]) as the same blocks.
//!
//! What Markdown cannot say becomes the nearest that it can: a caption is a paragraph, so is a term without a
//! definition; the rows of a table have as many cells as its longest, and only its first row may head it; a line break
//! in a heading, a term or a cell is a `<br>`. A style that the rules of Markdown do not let begin or end where it
//! should is left out: its text counts more.

mod escape;
#[cfg(test)]
mod tests;

use std::borrow::Borrow;

use super::inline::{Piece, pieces, shows};
use crate::document::{Block, BlockKind, Marker, Style};
use escape::{address, code_span, escape_text, fence_for};

/// Writes blocks as Markdown. Links that lead nowhere (`[x](#)`) are unwrapped.
pub fn markdown(blocks: &[impl Borrow<Block>]) -> String {
    let blocks: Vec<&Block> = blocks.iter().map(Borrow::borrow).filter(|block| shows(block)).collect();
    let mut writer = Writer::default();
    let mut index = 0;
    while let Some(block) = blocks.get(index) {
        let defined = blocks.get(index + 1).is_some_and(|next| next.kind == BlockKind::Definition);
        match block.kind {
            BlockKind::TableRow { .. } => {
                let more = blocks[index + 1..].iter();
                let len = 1 + more.take_while(|row| row.kind == BlockKind::TableRow { header: false }).count();
                writer.table(&blocks[index..index + len]);
                index += len;
                continue;
            }
            BlockKind::ListItem { depth, marker } => writer.item(block, depth, marker),
            BlockKind::Term if defined => {
                writer.apart("");
                writer.lines(block, "", "");
                writer.defining = true;
                index += 1;
                continue;
            }
            BlockKind::Definition if writer.defining => {
                writer.lines(block, ": ", "  ");
                writer.defining = blocks.get(index + 1).is_some_and(|next| next.kind == BlockKind::Definition);
                index += 1;
                continue;
            }
            kind => writer.block(block, kind),
        }
        index += 1;
    }
    writer.out
}

/// A list that is open.
struct Level {
    depth: u8,
    /// The columns that its items' text is indented by, beyond the level above.
    width: usize,
    /// The number that the next item would have; `None` for bullets.
    next: Option<u32>,
    /// What stands behind its numbers, or its bullet.
    sign: char,
}

#[derive(Default)]
struct Writer {
    out: String,
    levels: Vec<Level>,
    quoting: bool,
    /// A term, or a definition of it, was written last.
    defining: bool,
}

/// The largest number that Markdown takes for a list's.
const LARGEST: u32 = 999_999_999;

impl Writer {
    fn apart(&mut self, prefix: &str) {
        if !self.out.is_empty() {
            self.out.push_str(prefix);
            self.out.push('\n');
        }
        self.levels.clear();
        self.quoting = false;
        self.defining = false;
    }

    fn block(&mut self, block: &Block, kind: BlockKind) {
        let quote = kind == BlockKind::Quote;
        self.apart(if quote && self.quoting { ">" } else { "" });
        match kind {
            BlockKind::Quote => {
                self.lines(block, "> ", "> ");
                self.quoting = true;
            }
            BlockKind::Heading { level } => {
                let sign = "#".repeat(usize::from(level.clamp(1, 6))) + " ";
                self.lines(block, &sign, "");
            }
            BlockKind::Code => {
                let fence = fence_for(&block.text);
                let parts = [&fence, "\n", &block.text, "\n", &fence, "\n"];
                self.out.extend(parts);
            }
            _ => self.lines(block, "", ""),
        }
    }

    fn item(&mut self, block: &Block, depth: u8, marker: Marker) {
        let listed = !self.levels.is_empty();
        let least = usize::from(marker == Marker::None);
        let mut left = None;
        while self.levels.len() > least && self.levels.last().is_some_and(|level| level.depth > depth) {
            left = self.levels.pop();
        }
        if marker == Marker::None {
            let levels = std::mem::take(&mut self.levels);
            self.apart("");
            let indent = " ".repeat(levels.iter().map(|level| level.width).sum());
            self.lines(block, &indent, &indent);
            self.levels = levels;
            return;
        }
        let mut sign = if marker == Marker::Bullet { '-' } else { '.' };
        let number = if let Marker::Number(number) = marker { Some(number.min(LARGEST)) } else { None };
        let mut fits = false;
        // Where the levels between have no items, a list that was left stands where this one does.
        let same_depth = self.levels.pop_if(|level| level.depth == depth);
        if let Some(level) = same_depth.or(left) {
            let same = level.next.is_some() == number.is_some();
            fits = same && level.depth == depth && level.next == number;
            // A list whose numbers do not go on is another one: another sign ends the first.
            sign = match (same, fits, level.sign) {
                (true, true, sign) => sign,
                (true, false, '.') => ')',
                _ => sign,
            };
        }
        let indent = " ".repeat(self.levels.iter().map(|level| level.width).sum());
        let text = number.map_or_else(|| format!("{sign} "), |number| format!("{number}{sign} "));
        // Only a list that begins with 1 may follow a paragraph without a blank line.
        let follows = listed && (fits || number.is_none_or(|number| number == 1));
        if !self.out.is_empty() && (!follows || block.apart) {
            self.out.push('\n');
        }
        self.quoting = false;
        self.defining = false;
        let width = text.len();
        self.lines(block, &(indent.clone() + &text), &(indent + &" ".repeat(width)));
        self.levels.push(Level { depth, width, next: number.map(|number| number + 1), sign });
    }

    /// Writes the text of a block, with what stands before its first line and before the others.
    fn lines(&mut self, block: &Block, first: &str, other: &str) {
        let whole = matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Term);
        self.out.push_str(first);
        let heading = matches!(block.kind, BlockKind::Heading { .. });
        let text = inline(block, 0, block.text.len(), Within { whole, heading, cell: false });
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.out.push('\n');
                self.out.push_str(other);
            }
            self.out.push_str(line);
        }
        self.out.push('\n');
    }

    fn table(&mut self, rows: &[&Block]) {
        self.apart("");
        let columns = rows.iter().map(|row| row.text.split('\t').count()).max().unwrap_or(1);
        // Rows of very different length would be written mostly as empty cells: those are not tables.
        let filled: usize = rows.iter().map(|row| row.text.split('\t').count()).sum();
        if columns * rows.len() > 16 * filled + 1_000 {
            for (index, row) in rows.iter().enumerate() {
                if index > 0 {
                    self.apart("");
                }
                self.lines(row, "", "");
            }
            return;
        }
        let header = matches!(rows[0].kind, BlockKind::TableRow { header: true });
        let rule = "| --- ".repeat(columns) + "|\n";
        if !header {
            self.out.push_str(&("| ".repeat(columns) + "|\n"));
            self.out.push_str(&rule);
        }
        for (index, row) in rows.iter().enumerate() {
            let mut at = 0;
            let mut cells = 0;
            for cell in row.text.split('\t') {
                let text = inline(row, at, at + cell.len(), Within { whole: true, heading: false, cell: true });
                self.out.extend(["| ", &text, " "]);
                at += cell.len() + 1;
                cells += 1;
            }
            self.out.push_str(&"| ".repeat(columns - cells));
            self.out.push_str("|\n");
            if header && index == 0 {
                self.out.push_str(&rule);
            }
        }
    }
}

/// What a text is written in.
#[derive(Clone, Copy)]
struct Within {
    /// It must not have more than one line.
    whole: bool,
    heading: bool,
    cell: bool,
}

/// The inline Markdown of a stretch of a block.
fn inline(block: &Block, from: usize, to: usize, within: Within) -> String {
    let pieces = pieces(block, from, to);
    let mut out = String::new();
    // What closes the styles that are open; empty for one that could not be opened.
    let mut open: Vec<String> = Vec::new();
    let mut at = from;
    let mut code: Option<String> = None;
    for (index, piece) in pieces.iter().enumerate() {
        // Two signs next to each other would be read as one.
        let stuck = index > 0 && matches!(pieces[index - 1], Piece::Close(Style::Emphasis | Style::Strong));
        match *piece {
            Piece::Text(text) => {
                at += text.len();
                match &mut code {
                    Some(code) => code.push_str(text),
                    None => escape_text(&mut out, text, within.whole, within.heading, within.cell),
                }
            }
            Piece::Open(Style::Code) => code = Some(String::new()),
            Piece::Close(Style::Code) => {
                let text = code.take().unwrap_or_default();
                // Markdown would take the break for a space, and a cell would end at a bar.
                if text.contains('\n')
                    || text.trim().is_empty()
                    || within.cell && text.contains('|')
                    || out.ends_with('`')
                {
                    escape_text(&mut out, &text, within.whole, within.heading, within.cell);
                } else {
                    out.push_str(&code_span(&text));
                }
            }
            Piece::Open(Style::Link { href }) => {
                escape_last_bang(&mut out);
                out.push('[');
                open.push(format!("]({})", address(href, within.cell)));
            }
            Piece::Open(style) => {
                let inside = inside(&pieces[index + 1..], style);
                let nested = open.iter().any(|close| close.starts_with(['*', '_']));
                let sign = delimiter(&block.text, at, inside, style, nested);
                let sign = if stuck { "" } else { sign };
                out.push_str(sign);
                open.push(sign.to_owned());
            }
            Piece::Close(_) => out.push_str(&open.pop().unwrap_or_default()),
            Piece::Image { src, alt } => {
                escape_last_bang(&mut out);
                out.push_str("![");
                escape_text(&mut out, &alt.replace('\n', " "), true, within.heading, within.cell);
                out.push_str("](");
                out.push_str(&address(src, within.cell));
                out.push(')');
            }
        }
    }
    out
}

/// The pieces up to where a style is closed.
fn inside<'p, 'a>(pieces: &'p [Piece<'a>], style: &Style) -> &'p [Piece<'a>] {
    let closed = |piece: &Piece<'_>| matches!(piece, Piece::Close(other) if *other == style);
    let end = pieces.iter().position(closed).unwrap_or(pieces.len());
    &pieces[..end]
}

/// An exclamation mark before a bracket would make an image of a link.
fn escape_last_bang(out: &mut String) {
    if out.ends_with('!') {
        out.pop();
        out.push_str("\\!");
    }
}

/// The sign that opens and closes a style, or nothing where Markdown might not see it so: white space at its edges, or
/// a word that goes on outside next to something else than a word within.
fn delimiter(text: &str, at: usize, inside: &[Piece<'_>], style: &Style, nested: bool) -> &'static str {
    let len: usize = inside.iter().map(|piece| if let Piece::Text(text) = piece { text.len() } else { 0 }).sum();
    let (before, after) = (text[..at].chars().next_back(), text[at + len..].chars().next());
    let word = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !escape::is_punctuation(c));
    let (first, last) = (text[at..at + len].chars().next(), text[at..at + len].chars().next_back());
    let spaced = |c: Option<char>| c.is_none_or(char::is_whitespace);
    // A link, an image or code begins and ends with punctuation.
    let texts = |piece: Option<&Piece<'_>>| matches!(piece, Some(Piece::Text(_)));
    let tied = |outer, inner, piece| word(outer) && !(word(inner) && texts(piece));
    let in_word = word(before) || word(after);
    let styled = nested || inside.iter().any(|piece| matches!(piece, Piece::Open(Style::Emphasis | Style::Strong)));
    if spaced(first)
        || spaced(last)
        || tied(before, first, inside.first())
        || tied(after, last, inside.last())
        || in_word && styled
    {
        return "";
    }
    match style {
        Style::Strong => "**",
        _ if in_word => "*",
        _ => "_",
    }
}

//! Reads Markdown: `CommonMark` with tables, strikethrough, footnotes, definition lists and front matter.
//!
//! Scraped Markdown is often flattened: a block a line, without blank lines between. In a text that is Markdown only by
//! its looks the same guess as for plain text ([`super::plain`]) decides whether a single line break ends a block or is
//! a space; in one that is said to be Markdown it is a space, as `CommonMark` has it, unless each line clearly is a block
//! ([`has_a_block_a_line`]).

mod embedded;
mod inline;
mod sniff;
#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::plain::{self, Lines};
use super::{Block, BlockKind, Document, Mark, Marker, Place, Style, Unseen};
use crate::budget::Watch;
use crate::text::is_invisible;

use embedded::Part;
pub use sniff::{has_a_block_a_line, looks_like_markdown};

/// Reads Markdown.
///
/// Front matter and comments become blocks that no reader sees. Tags of raw HTML are dropped and their text is kept;
/// footnotes are paragraphs, references to them are dropped; headings and code in a list leave it.
pub fn read(text: &str, lines: Lines) -> Document {
    read_within(text, lines, Watch::NEVER)
}

/// The same until the time is up: what comes then is a part of it.
pub(crate) fn read_within(text: &str, lines: Lines, watch: Watch) -> Document {
    let wrapped = match lines {
        Lines::Guess => plain::guesses_wrapped(text),
        Lines::Block => false,
        Lines::Wrapped => true,
    };
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut reader = Reader { text, starts, wrapped, addresses: ADDRESSES.max(text.len()), ..Reader::default() };
    let pace = watch.pace();
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        if pace.go(AN_EVENT) {
            break;
        }
        reader.event(event, range);
    }
    reader.finish();
    Document { blocks: reader.blocks, ..Document::default() }
}

/// The bytes that all addresses of links together may have at least; in longer texts, as many as the text.
const ADDRESSES: usize = 1024 * 1024;

/// What an event takes, in steps of a [`Pace`](crate::budget::Pace).
const AN_EVENT: usize = 8;

/// A line that has nothing in so many characters is blank.
const WIDEST_MARGIN: usize = 200;

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
}

/// What the block being read stands in.
enum Container {
    Quote,
    List { next: Option<u64> },
    Item { marker: Marker, start: usize },
    Definition,
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    /// Where the lines of the text start.
    starts: Vec<usize>,
    wrapped: bool,
    blocks: Vec<Block>,
    containers: Vec<Container>,
    /// How many of the containers are lists.
    depth: usize,
    /// The block being read.
    open: Option<Block>,
    /// What is not closed yet in the open block: whether it left a mark. What lies in its like leaves none.
    styles: Vec<bool>,
    /// The marks that are not closed yet, as indices. They are few, however deep styles nest.
    marked: Vec<usize>,
    /// How many bytes of addresses may still be written down: a link over many lines is one in every block.
    addresses: usize,
    /// The alternative text of the image being read, and how many images it is nested in.
    alt: Option<(String, usize)>,
    /// The raw HTML being read.
    html: Option<String>,
    cells: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, &range),
            Event::Text(text) => self.write(&text, range),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.open_style(Style::Code, &range);
                self.write(&text, range);
                self.close_style();
            }
            Event::Html(html) => match &mut self.html {
                Some(block) => block.push_str(&html),
                None => self.write(&embedded::text(&html), range),
            },
            Event::InlineHtml(html) if embedded::is_line_break(&html) => self.break_line(),
            Event::SoftBreak if self.wrapped || self.keeps_together() => self.write(" ", range),
            Event::SoftBreak => self.split(range.end),
            Event::HardBreak => self.break_line(),
            Event::Rule => self.finish(),
            Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis => return self.open_style(Style::Emphasis, &range),
            Tag::Strong => return self.open_style(Style::Strong, &range),
            Tag::Link { dest_url, .. } => return self.open_style(Style::Link { href: dest_url.into_string() }, &range),
            Tag::Image { dest_url, .. } => return self.open_image(dest_url.into_string(), &range),
            Tag::Strikethrough | Tag::Superscript | Tag::Subscript => return self.styles.push(false),
            Tag::TableCell => {
                let first = self.cells == 0;
                self.cells += 1;
                if !first {
                    self.push_break('\t');
                }
                return;
            }
            _ => self.finish(),
        }
        match tag {
            Tag::Paragraph => self.begin(&range),
            Tag::Heading { level, .. } => self.begin_as(BlockKind::Heading { level: level_of(level) }, &range),
            Tag::BlockQuote(_) => self.containers.push(Container::Quote),
            Tag::CodeBlock(_) => self.begin_as(BlockKind::Code, &range),
            Tag::MetadataBlock(_) => {
                self.begin_as(BlockKind::Code, &range);
                if let Some(block) = &mut self.open {
                    block.unseen = Some(Unseen::Head);
                }
            }
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::List(next) => {
                self.depth += 1;
                self.containers.push(Container::List { next });
            }
            Tag::Item => {
                let marker = match self.containers.last_mut() {
                    Some(Container::List { next: Some(number) }) => {
                        *number += 1;
                        Marker::Number(u32::try_from(*number - 1).unwrap_or(u32::MAX))
                    }
                    _ => Marker::Bullet,
                };
                self.containers.push(Container::Item { marker, start: range.start });
            }
            Tag::DefinitionListTitle => self.begin_as(BlockKind::Term, &range),
            Tag::DefinitionListDefinition => self.containers.push(Container::Definition),
            Tag::TableHead | Tag::TableRow => {
                self.cells = 0;
                self.begin_as(BlockKind::TableRow { header: matches!(tag, Tag::TableHead) }, &range);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => return self.close_style(),
            TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {
                self.styles.pop();
                return;
            }
            TagEnd::Image => return self.close_image(),
            TagEnd::TableCell => return,
            _ => {}
        }
        if let Some(block) = &mut self.open
            && let Place::Text { bytes, .. } = &mut block.place
        {
            bytes.end = bytes.end.max(range.end);
        }
        self.finish();
        match tag {
            TagEnd::HtmlBlock => self.end_html(range),
            TagEnd::List(_) => {
                self.depth -= 1;
                self.containers.pop();
            }
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::DefinitionListDefinition => drop(self.containers.pop()),
            _ => {}
        }
    }

    fn end_html(&mut self, range: &Range<usize>) {
        let html = self.html.take().unwrap_or_default();
        // Without the space at its end, which each of its lines would have to pass over.
        let range = &(range.start..range.start + self.text[range.clone()].trim_end().len());
        for part in embedded::read(&html) {
            match part {
                Part::Line(line) => {
                    self.begin(range);
                    self.write(&line, range.clone());
                }
                Part::Row { header, cells } => {
                    self.begin_as(BlockKind::TableRow { header }, range);
                    for (index, cell) in cells.iter().enumerate() {
                        if index > 0 {
                            self.push_break('\t');
                        }
                        self.write(cell, range.clone());
                    }
                }
                Part::Hidden(text) => {
                    self.begin_as(BlockKind::Paragraph, range);
                    if let Some(block) = &mut self.open {
                        block.unseen = Some(Unseen::Hidden);
                    }
                    self.write(&text, range.clone());
                }
            }
            self.finish();
        }
    }

    /// Opens a block of the kind that the containers around make it.
    fn begin(&mut self, range: &Range<usize>) {
        let depth = u8::try_from(self.depth).unwrap_or(u8::MAX);
        let mut start = range.start;
        let kind = match self.containers.last_mut() {
            Some(Container::Item { marker, start: item }) => {
                let marker = std::mem::replace(marker, Marker::None);
                if marker != Marker::None {
                    start = *item;
                }
                BlockKind::ListItem { depth, marker }
            }
            Some(Container::Quote) => BlockKind::Quote,
            Some(Container::Definition) => BlockKind::Definition,
            Some(Container::List { .. }) | None => BlockKind::Paragraph,
        };
        self.begin_as(kind, &(start..range.end));
    }

    fn begin_as(&mut self, kind: BlockKind, range: &Range<usize>) {
        self.finish();
        let line = self.starts.partition_point(|&start| start <= range.start);
        // Many blocks may stand on one line: the one above is not looked at to its end for each.
        let blank = |line: &str| line.chars().take(WIDEST_MARGIN).all(|c| c.is_whitespace() || c == '>');
        let apart = match line.checked_sub(2).and_then(|above| self.starts.get(above..line)) {
            Some([above, start]) => self.blocks.is_empty() || blank(&self.text[*above..*start]),
            _ => true,
        };
        let place = Place::Text { bytes: range.clone(), line };
        self.open = Some(Block { apart, ..Block::new(kind, "", place) });
    }

    fn block(&mut self, range: &Range<usize>) -> &mut Block {
        if self.open.is_none() {
            self.begin(range);
        }
        self.open
            .get_or_insert_with(|| Block::new(BlockKind::Paragraph, "", Place::Text { bytes: range.clone(), line: 1 }))
    }

    /// Closes the open block. What shows nothing is left out.
    fn finish(&mut self) {
        self.styles.clear();
        self.marked.clear();
        self.alt = None;
        let Some(mut block) = self.open.take() else { return };
        match block.kind {
            BlockKind::Code if block.text.ends_with('\n') => drop(block.text.pop()),
            BlockKind::Code => {}
            BlockKind::TableRow { .. } => trim_row(&mut block),
            _ => block.text.truncate(block.text.trim_end_matches([' ', '\n']).len()),
        }
        let len = block.text.len();
        for mark in &mut block.marks {
            mark.range = mark.range.start.min(len)..mark.range.end.min(len);
        }
        block.marks.retain(|mark| matches!(mark.style, Style::Image { .. }) || !mark.range.is_empty());
        let image = block.marks.iter().any(|mark| matches!(mark.style, Style::Image { .. }));
        if image || !block.text.trim().is_empty() {
            if let Place::Text { bytes, .. } = &mut block.place {
                bytes.end = bytes.start + self.text[bytes.clone()].trim_end().len();
            }
            self.blocks.push(block);
        }
    }

    fn write(&mut self, text: &str, range: Range<usize>) {
        if let Some((alt, _)) = &mut self.alt {
            return alt.push_str(text);
        }
        if let Some(html) = &mut self.html {
            return html.push_str(text);
        }
        let block = self.block(&range);
        if let Place::Text { bytes, .. } = &mut block.place {
            bytes.end = bytes.end.max(range.end);
        }
        if block.kind == BlockKind::Code {
            return block.text.extend(text.chars().filter(|&c| !is_invisible(c)));
        }
        for c in text.chars().filter(|&c| !is_invisible(c)) {
            match c {
                ' ' | '\t' | '\n' | '\r' => {
                    if !block.text.is_empty() && !block.text.ends_with([' ', '\n', '\t']) {
                        block.text.push(' ');
                    }
                }
                c => block.text.push(c),
            }
        }
    }

    /// A break within a block: of the line, or to the next cell.
    fn push_break(&mut self, c: char) {
        if let Some((alt, _)) = &mut self.alt {
            return alt.push(' ');
        }
        let Some(block) = &mut self.open else { return };
        if block.text.ends_with(' ') {
            block.text.pop();
        }
        if c == '\t' || !block.text.is_empty() && !block.text.ends_with(['\n', '\t']) {
            block.text.push(c);
        }
    }

    fn break_line(&mut self) {
        self.push_break('\n');
    }

    fn keeps_together(&self) -> bool {
        let kind = self.open.as_ref().map(|block| block.kind);
        let whole = matches!(kind, Some(BlockKind::Heading { .. } | BlockKind::TableRow { .. } | BlockKind::Term));
        whole || self.alt.is_some()
    }

    /// Ends a block at the end of a line and opens the next one, which goes on with what is stressed or linked.
    fn split(&mut self, at: usize) {
        let Some(block) = &self.open else { return };
        let (kind, len) = (block.kind, block.text.len());
        let Place::Text { bytes, .. } = &block.place else { return };
        let end = bytes.end.max(at);
        let marked: Vec<_> = self.marked.iter().map(|&index| block.marks[index].style.clone()).collect();
        let styles = std::mem::take(&mut self.styles);
        if let Some(block) = &mut self.open {
            for &index in &self.marked {
                block.marks[index].range.end = len;
            }
            if let Place::Text { bytes, .. } = &mut block.place {
                bytes.end = at;
            }
        }
        let next = at + self.text[at..end].len() - self.text[at..end].trim_start().len();
        let kind = match kind {
            BlockKind::ListItem { depth, .. } => BlockKind::ListItem { depth, marker: Marker::None },
            kind => kind,
        };
        self.begin_as(kind, &(next..end));
        self.styles = styles;
        self.marked = (0..marked.len()).collect();
        let marks = marked.into_iter().map(|style| Mark { range: 0..0, style: self.afforded(style) }).collect();
        self.block(&(next..end)).marks = marks;
    }
}

/// Takes the empty cells at the end of a row away: which rows have them, Markdown does not say.
fn trim_row(block: &mut Block) {
    let images = block.marks.iter().filter(|mark| matches!(mark.style, Style::Image { .. }));
    let least = images.map(|mark| mark.range.start).max().unwrap_or_default();
    block.text.truncate(block.text.trim_end_matches(['\t', ' ']).len().max(least));
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

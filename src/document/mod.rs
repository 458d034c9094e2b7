//! Defines the one model that all three kinds of input are read into: a list of blocks in reading order.
//!
//! A [`Block`] carries flat text and, beside it, the marks that cover parts of it (links, emphasis). Rules match the
//! text, inline cuts are ranges of it, and renderers walk the marks; so nothing below needs to know whether a page came
//! as HTML, Markdown or plain text. For HTML the document also keeps the tree that CSS selectors run on.

pub mod html;
pub(crate) mod lines;
pub mod markdown;
pub mod plain;
pub mod seam;
mod wrap;

use std::ops::Range;

use html::{NodeId, Tree};

/// A page as a list of blocks.
#[derive(Debug, Default)]
pub struct Document {
    /// The blocks in reading order, those that no reader sees ([`Block::unseen`]) among them.
    pub blocks: Vec<Block>,
    /// The tree, for HTML.
    pub tree: Option<Tree>,
    /// The language that the page declares (BCP 47), if any.
    pub language: Option<String>,
    /// The share of the text that an element hides, and that was read all the same, because next to nothing would be
    /// left without it.
    pub revealed: Option<f64>,
}

/// A paragraph, a heading, a list item, …: the unit that is kept or dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text. White space is collapsed, except in code; `\n` is a line break inside the block, `\t` stands between
    /// the cells of a table row. Soft hyphens and zero-width spaces are gone.
    pub text: String,
    /// What covers parts of the text, in order of their start, outer before inner. An image is an empty range.
    pub marks: Vec<Mark>,
    /// Where it stands in the input.
    pub place: Place,
    /// A blank line stands before it, in text input; true for all of HTML but list items, table rows and definitions.
    pub apart: bool,
    /// Why no reader sees it, if none does: such a block is dropped before any rule is tried.
    pub unseen: Option<Unseen>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading {
        /// 1 to 6.
        level: u8,
    },
    /// A paragraph.
    Paragraph,
    /// An item of a list, or a further paragraph of it.
    ListItem {
        /// 1 for an item of an outermost list.
        depth: u8,
        /// What stands before it.
        marker: Marker,
    },
    /// The term of a definition list.
    Term,
    /// The definition that follows a term.
    Definition,
    /// A paragraph of a quotation.
    Quote,
    /// Code, with its white space.
    Code,
    /// A row of a table; `\t` stands between its cells.
    TableRow {
        /// It heads the table's columns.
        header: bool,
    },
    /// The caption of a figure or a table.
    Caption,
}

/// What stands before a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// A number.
    Number(u32),
    /// Nothing: the block goes on with the item above it.
    None,
}

/// What covers a part of a block's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of [`Block::text`].
    pub range: Range<usize>,
    /// What it says of them.
    pub style: Style,
}

/// What a mark says of the text that it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Style {
    /// A link.
    Link {
        /// Its target, as written.
        href: String,
    },
    /// Stress, mostly italics.
    Emphasis,
    /// Importance, mostly bold.
    Strong,
    /// Code within a sentence.
    Code,
    /// An image; its range is empty.
    Image {
        /// Its address, as written.
        src: String,
        /// Its alternative text.
        alt: String,
    },
}

/// Where a block stands in the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In an HTML tree: the element that the block was opened by.
    Node(NodeId),
    /// In decoded text.
    Text {
        /// Bytes of the text.
        bytes: Range<usize>,
        /// The line it starts on, from 1.
        line: usize,
    },
}

/// Why a reader does not see a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unseen {
    /// In the page's `head`: titles, links, metadata.
    Head,
    /// A script.
    Script,
    /// A style sheet.
    Style,
    /// A template that only a script would show.
    Template,
    /// Shown only where scripts are off.
    Noscript,
    /// Hidden by an attribute or an inline style.
    Hidden,
    /// The inside of a frame, a player, a drawing.
    Embedded,
    /// The choices and values of form controls.
    Control,
    /// Text that the page holds for its scripts alone; read only where there is next to nothing else.
    Data,
}

impl Block {
    /// A block that a reader sees, without marks.
    pub fn new(kind: BlockKind, text: impl Into<String>, place: Place) -> Self {
        Self { kind, text: text.into(), marks: Vec::new(), place, apart: true, unseen: None }
    }

    /// Whether there is text in it that a reader sees.
    pub fn has_visible_text(&self) -> bool {
        self.unseen.is_none() && !self.text.trim().is_empty()
    }
}

impl Document {
    /// Where a block stands, for people: `line 12`, or the path of its element such as `main > article.news > p`.
    pub fn locate(&self, block: &Block) -> String {
        match (&block.place, &self.tree) {
            (Place::Text { line, .. }, _) => format!("line {line}"),
            (Place::Node(node), Some(tree)) => tree.path(*node),
            (Place::Node(_), None) => String::new(),
        }
    }
}

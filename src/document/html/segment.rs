//! Makes blocks of a tree: one walk in reading order, without recursion.
//!
//! Text gathers in a block until an element of the page's flow begins or ends. Elements remember the positions between
//! which they stand ([`Extent`]), so that a CSS rule can drop blocks and cut inline elements alike. What no reader sees
//! becomes blocks of its own, behind the one that it interrupts.

mod aside;

use super::element::{self, Role};
use super::gathered::Gathered;
use super::list::List;
use super::table::{self, Columns};
use super::tree::{Element, Extent, Extents, Kind, Node, NodeId, Position, Tree};
use crate::budget::{Pace, Watch};
use crate::document::{Block, BlockKind, Marker, Place, Style, Unseen};
use crate::text::weight;

/// An element that hides a larger share of the page's text is not believed …
pub const MAX_HIDDEN_SHARE: f64 = 0.8;

/// … if that is at least as much as a short paragraph, in characters.
const LEAST_REVEALED: usize = 250;

/// What a node takes, in steps of a [`Pace`].
const A_NODE: usize = 8;

/// The blocks of a page, and where each element of it stands in them.
#[derive(Default)]
pub(super) struct Segmented {
    pub(super) blocks: Vec<Block>,
    pub(super) extents: Extents,
    /// The share of the text that is hidden by an element, and was read all the same.
    pub(super) revealed: Option<f64>,
}

/// Makes blocks of a page.
///
/// A link that is never closed is one in every block behind it. So that these cannot outgrow the page, all addresses
/// together may be as long as `addresses`, in bytes; links beyond that are text.
///
/// Some pages hide all they have until a script shows it, or keep it for readers without scripts. A page of which
/// next to nothing would be seen is read once more, with the largest such part shown.
pub(super) fn blocks(tree: &Tree, addresses: usize, watch: Watch) -> Segmented {
    let walk = |shown: Option<NodeId>| {
        let extents = Extents::of(tree);
        let mut segmenter = Segmenter { extents, shown, ..Segmenter::new(NodeId::ROOT, false, addresses, watch) };
        segmenter.walk(tree.root());
        segmenter
    };
    let first = walk(None);
    let largest = first.hidden_parts.iter().max_by_key(|(_, weight)| *weight);
    let revealing = largest.filter(|(_, weight)| *weight >= LEAST_REVEALED).and_then(|&(part, hidden)| {
        let seen = first.blocks.iter().filter(|block| block.unseen.is_none());
        let seen: usize = seen.map(|block| weight(&block.text)).sum();
        let share = hidden as f64 / (seen + hidden) as f64;
        (share > MAX_HIDDEN_SHARE).then_some((part, share))
    });
    let Some((part, share)) = revealing else {
        return Segmented { blocks: first.blocks, extents: first.extents, revealed: None };
    };
    let again = walk(Some(part));
    Segmented { blocks: again.blocks, extents: again.extents, revealed: Some(share) }
}

/// What the innermost element of the flow makes of the text in it.
#[derive(Clone, Copy)]
enum Frame {
    Heading(u8),
    Item { depth: u8, marker: Marker },
    Term,
    Definition,
    Quote,
    Code,
    Caption,
}

/// The row that is being read.
struct Row {
    cells: usize,
    header_cells: usize,
}

/// An element whose end has not been reached.
struct Open {
    role: Role,
    start: Position,
    has_mark: bool,
}

struct Segmenter {
    blocks: Vec<Block>,
    extents: Extents,
    /// All in this walk is hidden: what is hidden within it needs no notice.
    hidden: bool,
    /// What is shown although it is hidden.
    shown: Option<NodeId>,
    /// Hidden elements, and those for readers without scripts, with the weight of their text.
    hidden_parts: Vec<(NodeId, usize)>,
    pace: Pace,
    /// The block that gathers.
    gathered: Gathered,
    row: Option<Row>,
    /// Unseen blocks that wait for the end of the block that they interrupt.
    waiting: Vec<Block>,
    /// The elements around.
    open: Vec<Open>,
    frames: Vec<Frame>,
    flow: Vec<NodeId>,
    lists: Vec<List>,
    /// The tables around; those of data with their columns.
    tables: Vec<Option<Columns>>,
}

impl Segmenter {
    fn new(root: NodeId, hidden: bool, addresses: usize, watch: Watch) -> Self {
        Self {
            blocks: Vec::new(),
            extents: Extents::default(),
            hidden,
            shown: None,
            hidden_parts: Vec::new(),
            pace: watch.pace(),
            gathered: Gathered::new(addresses),
            row: None,
            waiting: Vec::new(),
            open: Vec::new(),
            frames: Vec::new(),
            flow: vec![root],
            lists: Vec::new(),
            tables: Vec::new(),
        }
    }

    fn walk(&mut self, root: Node<'_>) {
        let mut node = root;
        while !self.pace.go(A_NODE) {
            if self.enter(node)
                && let Some(child) = node.first_child()
            {
                node = child;
                continue;
            }
            loop {
                self.leave(node);
                if node.id() == root.id() {
                    self.finish();
                    return;
                }
                if let Some(next) = node.next_sibling() {
                    node = next;
                    break;
                }
                // A node in the walk has ancestors up to the root.
                let Some(parent) = node.parent() else { return };
                node = parent;
            }
        }
    }

    /// Whether the children of the node are to be walked too.
    fn enter(&mut self, node: Node<'_>) -> bool {
        match node.kind() {
            Kind::Text(text) => self.push(text),
            Kind::Element(element) => return self.open_element(element),
            _ => {}
        }
        true
    }

    fn leave(&mut self, node: Node<'_>) {
        if node.as_element().is_some()
            && let Some(open) = self.open.pop()
        {
            self.close_element(node.id(), &open);
        }
    }

    fn position(&self) -> Position {
        Position { block: self.blocks.len(), offset: self.gathered.len() }
    }

    fn open_element(&mut self, element: Element<'_>) -> bool {
        let mut role = element::role(element.name());
        if role == Role::Unseen(Unseen::Template) && element.attr("shadowrootmode").is_some() {
            role = Role::Block; // browsers show it in the place of its host
        } else if role == Role::Inline && element::is_styled_block(element) {
            role = Role::Block;
        }
        if !self.hidden && element::is_hidden(element) && self.shown != Some(element.node_id()) {
            self.set_aside_hidden(element.node());
            role = Role::Unseen(Unseen::Hidden);
        } else if let Role::Unseen(unseen) = role {
            match unseen {
                Unseen::Noscript if !self.hidden => self.set_aside_noscript(element.node()),
                _ => self.set_aside_unseen(element.node(), unseen),
            }
        }
        if self.begins_block(role) {
            self.flush();
        }
        let start = self.position();
        let has_mark = self.style(role, element).is_some_and(|style| self.gathered.open_mark(style));
        self.open.push(Open { role, start, has_mark });
        self.enter_role(role, element);
        !matches!(role, Role::Unseen(_) | Role::RubyParenthesis)
    }

    fn enter_role(&mut self, role: Role, element: Element<'_>) {
        match role {
            Role::Heading(level) => self.frames.push(Frame::Heading(level)),
            Role::List { ordered } => self.lists.push(List::new(ordered, element)),
            Role::Item => {
                let marker = self.lists.last_mut().map_or(Marker::Bullet, |list| list.marker(element));
                let depth = u8::try_from(self.lists.len().max(1)).unwrap_or(u8::MAX);
                self.frames.push(Frame::Item { depth, marker });
            }
            Role::Term => self.frames.push(Frame::Term),
            Role::Definition => self.frames.push(Frame::Definition),
            Role::Quote => self.frames.push(Frame::Quote),
            Role::Caption => self.frames.push(Frame::Caption),
            Role::Preformatted if self.row.is_none() => self.frames.push(Frame::Code),
            Role::Table => {
                self.tables.push((!table::is_layout(element)).then(Columns::default));
            }
            Role::Row if self.in_data_table() => self.begin_row(),
            Role::Cell { header } => self.begin_cell(header, element),
            Role::LineBreak => self.break_line(),
            Role::Quotation => self.gathered.push_visible('“'),
            Role::RubyText => self.gathered.push_visible('('),
            Role::Image => self.gathered.push_image(element),
            _ => {}
        }
        if self.begins_block(role) {
            self.flow.push(element.node_id());
        }
    }

    fn close_element(&mut self, node: NodeId, open: &Open) {
        match open.role {
            Role::Quotation => self.gathered.push_visible('”'),
            Role::RubyText => self.gathered.push_visible(')'),
            Role::Row => self.finish_row(),
            _ => {}
        }
        if open.has_mark {
            self.gathered.close_mark();
        }
        if self.begins_block(open.role) {
            self.flush();
            self.flow.pop();
        }
        match open.role {
            Role::Heading(_) | Role::Item | Role::Term | Role::Definition | Role::Quote | Role::Caption => {
                self.frames.pop();
            }
            Role::Preformatted if matches!(self.frames.last(), Some(Frame::Code)) => {
                self.frames.pop();
            }
            Role::List { .. } => {
                self.lists.pop();
            }
            Role::Table => {
                self.tables.pop();
            }
            _ => {}
        }
        let end = self.position();
        if !self.hidden && !matches!(open.role, Role::Unseen(_)) {
            self.extents.insert(node, Extent { start: open.start, end });
        }
    }

    /// Whether an element of this role stands apart from the text around it, where it stands.
    fn begins_block(&self, role: Role) -> bool {
        role.is_flow() && !(matches!(role, Role::Cell { .. }) && self.in_data_table())
    }

    fn in_data_table(&self) -> bool {
        matches!(self.tables.last(), Some(Some(_)))
    }

    fn style(&self, role: Role, element: Element<'_>) -> Option<Style> {
        if matches!(self.frames.last(), Some(Frame::Code)) {
            return None; // code has no parts
        }
        match role {
            Role::Link => element.attr("href").map(|href| Style::Link { href: href.trim().to_owned() }),
            Role::Emphasis => Some(Style::Emphasis),
            Role::Strong => Some(Style::Strong),
            Role::Code => Some(Style::Code),
            _ => None,
        }
    }

    /// Gathers text, with its white space collapsed unless it is code.
    fn push(&mut self, text: &str) {
        if matches!(self.frames.last(), Some(Frame::Code)) {
            self.gathered.push_code(text);
        } else {
            self.gathered.push(text);
        }
    }

    /// One line break stays in the block; a second one makes a paragraph, as readers see it.
    fn break_line(&mut self) {
        if matches!(self.frames.last(), Some(Frame::Code)) {
            self.gathered.push_code("\n");
        } else if !self.gathered.break_line() && self.row.is_none() {
            self.flush();
        }
    }

    /// Ends the block that gathers, except between the parts of a table's cell.
    fn flush(&mut self) {
        if self.row.is_some() {
            self.gathered.separate();
            return;
        }
        let kind = self.kind();
        self.end_block(kind);
    }

    fn kind(&self) -> BlockKind {
        match self.frames.last() {
            Some(Frame::Heading(level)) => BlockKind::Heading { level: *level },
            Some(Frame::Item { depth, marker }) => BlockKind::ListItem { depth: *depth, marker: *marker },
            Some(Frame::Term) => BlockKind::Term,
            Some(Frame::Definition) => BlockKind::Definition,
            Some(Frame::Quote) => BlockKind::Quote,
            Some(Frame::Code) => BlockKind::Code,
            Some(Frame::Caption) => BlockKind::Caption,
            None => BlockKind::Paragraph,
        }
    }

    fn begin_row(&mut self) {
        self.row = Some(Row { cells: 0, header_cells: 0 });
        if let Some(Some(columns)) = self.tables.last_mut() {
            columns.begin_row();
        }
    }

    /// Begins a cell, behind the columns that cells of earlier rows reach into.
    fn begin_cell(&mut self, header: bool, element: Element<'_>) {
        let Some(row) = &mut self.row else { return };
        let Some(Some(columns)) = self.tables.last_mut() else { return };
        let skipped = columns.begin_cell(element);
        for _ in 0..skipped {
            self.gathered.begin_cell();
        }
        row.cells += 1;
        row.header_cells += usize::from(header);
    }

    fn finish_row(&mut self) {
        if let Some(row) = self.row.take() {
            self.end_block(BlockKind::TableRow { header: row.cells > 0 && row.header_cells == row.cells });
        }
    }

    fn end_block(&mut self, kind: BlockKind) {
        if let Some((text, marks)) = self.gathered.take() {
            let apart =
                !matches!(kind, BlockKind::ListItem { .. } | BlockKind::TableRow { .. } | BlockKind::Definition);
            if let Some(Frame::Item { marker, .. }) = self.frames.last_mut()
                && !text.is_empty()
            {
                *marker = Marker::None;
            }
            let place = Place::Node(*self.flow.last().unwrap_or(&self.flow[0]));
            let unseen = self.hidden.then_some(Unseen::Hidden);
            self.blocks.push(Block { kind, text, marks, place, apart, unseen });
        }
        self.blocks.append(&mut self.waiting);
    }

    fn finish(&mut self) {
        self.finish_row();
        self.flush();
    }
}

//! Defines the tree of a page, with the way from its elements to the text of the blocks.
//!
//! A [`Tree`] owns all; [`Node`] and [`Element`] are places in it, as cheap to copy as a number.

mod arena;
mod element;
mod walk;

pub(super) use arena::Arena;
pub use arena::NodeId;
pub use element::{Element, Kind, Node};
use html5ever::LocalName;
pub use walk::Edge;

/// How many elements of a path are shown to people, from the innermost outwards.
const PATH_LENGTH: usize = 4;

/// The tree of an HTML page, on which selectors run.
#[derive(Debug)]
pub struct Tree {
    arena: Arena,
    extents: Extents,
}

/// What of the blocks' text lies in an element: all from its start to before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
}

/// A place in the text of the blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The index of the block.
    pub block: usize,
    /// Bytes of its text before the place.
    pub offset: usize,
}

impl Extent {
    /// Whether all of another lies in this one. A place at its very end does not.
    pub(crate) fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.start < self.end && other.end <= self.end
    }
}

/// The extents of elements, by the number of the node: start and end, each a block and an offset.
#[derive(Debug, Default)]
pub(super) struct Extents(Vec<[u32; 4]>);

impl Extents {
    /// What stands for no extent.
    const NONE: [u32; 4] = [u32::MAX; 4];

    /// No extents yet of a tree.
    pub(super) fn of(tree: &Tree) -> Self {
        Self(vec![Self::NONE; tree.arena.len()])
    }

    pub(super) fn insert(&mut self, node: NodeId, extent: Extent) {
        let Extent { start, end } = extent;
        let numbers = [start.block, start.offset, end.block, end.offset];
        if let Some(slot) = self.0.get_mut(node.index()) {
            // A text is shorter than the page, which is shorter than this.
            *slot = numbers.map(|number| u32::try_from(number).unwrap_or(u32::MAX - 1));
        }
    }

    fn get(&self, node: NodeId) -> Option<Extent> {
        let numbers = *self.0.get(node.index()).filter(|numbers| **numbers != Self::NONE)?;
        let [start_block, start_offset, end_block, end_offset] = numbers.map(|number| number as usize);
        let start = Position { block: start_block, offset: start_offset };
        Some(Extent { start, end: Position { block: end_block, offset: end_offset } })
    }
}

impl Tree {
    pub(super) fn new(arena: Arena) -> Self {
        Self { arena, extents: Extents::default() }
    }

    pub(super) fn set_extents(&mut self, extents: Extents) {
        self.extents = extents;
    }

    /// The document, around everything.
    pub fn root(&self) -> Node<'_> {
        Node::new(self, NodeId::ROOT)
    }

    /// The element `html`.
    pub fn root_element(&self) -> Option<Element<'_>> {
        self.root().children().find_map(Node::as_element)
    }

    /// The node with an id that this tree gave.
    pub fn node(&self, id: NodeId) -> Option<Node<'_>> {
        (id.index() < self.arena.len()).then(|| Node::new(self, id))
    }

    /// The element with an id that this tree gave.
    pub fn element(&self, id: NodeId) -> Option<Element<'_>> {
        self.node(id)?.as_element()
    }

    /// The names of all elements and attributes: [`Element::name_number`] tells which.
    pub(crate) fn names(&self) -> impl Iterator<Item = &LocalName> {
        self.arena.names().iter().map(|name| &name.local)
    }

    /// All elements in the order of the page.
    pub fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        self.root().elements()
    }

    /// What of the blocks' text lies in an element; nothing for elements that no reader sees.
    pub fn extent(&self, element: NodeId) -> Option<Extent> {
        self.extents.get(element)
    }

    /// Where an element stands, for people: its nearest ancestors with their ids and classes, as a selector that would
    /// find it, such as `main > article.news > p`.
    pub fn path(&self, node: NodeId) -> String {
        let Some(node) = self.node(node) else { return String::new() };
        let mut steps: Vec<String> = std::iter::once(node)
            .chain(node.ancestors())
            .filter_map(Node::as_element)
            .filter(|element| !matches!(element.name(), "html" | "body"))
            .take(PATH_LENGTH)
            .map(|element| {
                let id = element.id().filter(|id| !id.is_empty()).map(|id| format!("#{id}"));
                let classes = element.classes().take(2).map(|class| format!(".{class}"));
                std::iter::once(element.name().to_owned()).chain(id).chain(classes).collect()
            })
            .collect();
        steps.reverse();
        if steps.is_empty() { "body".to_owned() } else { steps.join(" > ") }
    }
}

#[cfg(test)]
mod tests;

//! Hands out nodes and elements of a tree: what they are, and what is around them.

use html5ever::{LocalName, Namespace, QualName, ns};

use super::Tree;
use super::arena::{Attributes, Data, NodeId, Slot, StoredAttribute, common};

/// A node of a tree.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    tree: &'a Tree,
    id: NodeId,
}

/// What a node is.
#[derive(Clone, Copy, Debug)]
pub enum Kind<'a> {
    /// The document, around everything.
    Document,
    /// What holds the contents of a template: its only child.
    Fragment,
    /// A doctype, a comment or a processing instruction.
    Aside,
    /// Text.
    Text(&'a str),
    /// An element.
    Element(Element<'a>),
}

/// An element of a tree.
#[derive(Clone, Copy)]
pub struct Element<'a> {
    node: Node<'a>,
    name: u32,
    attributes: Attributes,
}

impl<'a> Node<'a> {
    pub(super) fn new(tree: &'a Tree, id: NodeId) -> Self {
        Self { tree, id }
    }

    fn slot(self) -> &'a Slot {
        self.tree.arena.slot(self.id)
    }

    fn other(self, id: Option<NodeId>) -> Option<Self> {
        id.map(|id| Self { id, ..self })
    }

    /// Its place in the tree.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// What it is.
    pub fn kind(self) -> Kind<'a> {
        match self.slot().data {
            Data::Document => Kind::Document,
            Data::Fragment => Kind::Fragment,
            Data::Aside => Kind::Aside,
            Data::Text(_) | Data::LooseText(_) => Kind::Text(self.tree.arena.text(self.id).unwrap_or_default()),
            Data::Element { name, attributes } => Kind::Element(Element { node: self, name, attributes }),
        }
    }

    /// The element that it is. Unlike [`Node::kind`], this looks at no text.
    pub fn as_element(self) -> Option<Element<'a>> {
        match self.slot().data {
            Data::Element { name, attributes } => Some(Element { node: self, name, attributes }),
            _ => None,
        }
    }

    /// The node that it stands in.
    pub fn parent(self) -> Option<Self> {
        self.other(self.slot().parent)
    }

    /// The first node in it.
    pub fn first_child(self) -> Option<Self> {
        self.other(self.slot().first)
    }

    /// The last node in it.
    pub fn last_child(self) -> Option<Self> {
        self.other(self.slot().last)
    }

    /// The node before it in the same parent.
    pub fn previous_sibling(self) -> Option<Self> {
        self.other(self.slot().previous)
    }

    /// The node behind it in the same parent.
    pub fn next_sibling(self) -> Option<Self> {
        self.other(self.slot().next)
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.id == other.id
    }
}

impl Eq for Node<'_> {}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Node").field(&self.id).finish()
    }
}

impl<'a> Element<'a> {
    /// The element as a node of the tree.
    pub fn node(self) -> Node<'a> {
        self.node
    }

    /// Its place in the tree.
    pub fn node_id(self) -> NodeId {
        self.node.id
    }

    fn full_name(self) -> &'a QualName {
        self.node.tree.arena.name(self.name)
    }

    /// Its name, in lower case but for some in drawings.
    pub fn name(self) -> &'a str {
        &self.full_name().local
    }

    /// Its name, to compare with others.
    pub fn local_name(self) -> &'a LocalName {
        &self.full_name().local
    }

    /// The namespace of its name.
    pub fn namespace(self) -> &'a Namespace {
        &self.full_name().ns
    }

    /// The number of its name: elements of a page have the same number if they have the same name.
    pub fn name_number(self) -> usize {
        self.name as usize
    }

    /// Its id, if it has one.
    pub fn id(self) -> Option<&'a str> {
        self.attr("id")
    }

    /// Its classes, as written.
    pub fn classes(self) -> impl Iterator<Item = &'a str> {
        self.attr("class").unwrap_or_default().split_ascii_whitespace()
    }

    /// The value of an attribute; names are in lower case but for some in drawings.
    #[expect(
        clippy::inline_always,
        reason = "where the name is known, so is its number: the compiler does not see that"
    )]
    #[inline(always)]
    pub fn attr(self, name: &str) -> Option<&'a str> {
        match common(name) {
            Some(number) if self.attributes.have(number) => self.common_attr(number),
            Some(_) => None,
            None => self.rare_attr(name),
        }
    }

    fn rare_attr(self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(own, _)| &*own.local == name && own.ns == ns!()).map(|(_, value)| value)
    }

    fn common_attr(self, number: u32) -> Option<&'a str> {
        let arena = &self.node.tree.arena;
        let found = arena.attributes(self.attributes).iter().find(|attribute| attribute.name == number);
        found.map(|attribute| arena.value(attribute.value))
    }

    /// Its attributes as written: names and values.
    pub fn attributes(self) -> impl Iterator<Item = (&'a QualName, &'a str)> {
        let arena = &self.node.tree.arena;
        let attributes = arena.attributes(self.attributes).iter();
        attributes.map(|StoredAttribute { name, value }| (arena.name(*name), arena.value(*value)))
    }

    /// The numbers of the names of its attributes.
    pub(crate) fn attribute_numbers(self) -> impl Iterator<Item = usize> {
        self.node.tree.arena.attributes(self.attributes).iter().map(|attribute| attribute.name as usize)
    }

    /// The element around it.
    pub fn parent(self) -> Option<Self> {
        self.node.parent().and_then(Node::as_element)
    }

    /// The elements around it, from the innermost.
    pub fn ancestors(self) -> impl Iterator<Item = Self> {
        self.node.ancestors().filter_map(Node::as_element)
    }

    /// The elements in it, one level down.
    pub fn children(self) -> impl Iterator<Item = Self> {
        self.node.children().filter_map(Node::as_element)
    }

    /// The elements in it, in the order of the page.
    pub fn descendants(self) -> impl Iterator<Item = Self> {
        self.node.elements()
    }

    /// The element before it in the same parent.
    pub fn previous_sibling(self) -> Option<Self> {
        std::iter::successors(self.node.previous_sibling(), |node| node.previous_sibling()).find_map(Node::as_element)
    }

    /// The element behind it in the same parent.
    pub fn next_sibling(self) -> Option<Self> {
        std::iter::successors(self.node.next_sibling(), |node| node.next_sibling()).find_map(Node::as_element)
    }

    /// All text in it.
    pub fn text(self) -> String {
        self.node.texts().collect()
    }

    /// Something at an address that is its own while the tree lives.
    pub(crate) fn address(self) -> &'a impl Sized {
        self.node.slot()
    }
}

impl PartialEq for Element<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl Eq for Element<'_> {}

impl std::fmt::Debug for Element<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "<{}> {:?}", self.name(), self.node.id)
    }
}

//! Walks over the nodes of a tree, without recursion.

use super::{Element, Kind, Node};

/// The start or the end of a node.
#[derive(Clone, Copy, Debug)]
pub enum Edge<'a> {
    /// Before all that is in it.
    Open(Node<'a>),
    /// Behind all that is in it.
    Close(Node<'a>),
}

impl<'a> Node<'a> {
    /// The nodes in it, one level down.
    pub fn children(self) -> impl Iterator<Item = Node<'a>> {
        std::iter::successors(self.first_child(), |node| node.next_sibling())
    }

    /// The nodes around it, from the innermost.
    pub fn ancestors(self) -> impl Iterator<Item = Node<'a>> {
        std::iter::successors(self.parent(), |node| node.parent())
    }

    /// It and all nodes in it, in the order of the page.
    pub fn descendants(self) -> impl Iterator<Item = Node<'a>> {
        std::iter::successors(Some(self), move |node| node.first_child().or_else(|| node.behind(self)))
    }

    /// It and all nodes in it, each when it begins and when it ends.
    pub fn traverse(self) -> impl Iterator<Item = Edge<'a>> {
        std::iter::successors(Some(Edge::Open(self)), move |edge| match *edge {
            Edge::Open(node) => Some(node.first_child().map_or(Edge::Close(node), Edge::Open)),
            Edge::Close(node) if node == self => None,
            Edge::Close(node) => match node.next_sibling() {
                Some(next) => Some(Edge::Open(next)),
                None => node.parent().map(Edge::Close),
            },
        })
    }

    /// The elements in it, without itself, in the order of the page.
    pub fn elements(self) -> impl Iterator<Item = Element<'a>> {
        self.descendants().skip(1).filter_map(Node::as_element)
    }

    /// The pieces of text in it, in the order of the page.
    pub fn texts(self) -> impl Iterator<Item = &'a str> {
        self.descendants().filter_map(Node::as_text)
    }

    /// The node that follows all that is in it, within another.
    fn behind(self, within: Self) -> Option<Self> {
        std::iter::successors(Some(self), |node| node.parent())
            .take_while(|node| *node != within)
            .find_map(Self::next_sibling)
    }

    /// The text that it is.
    pub fn as_text(self) -> Option<&'a str> {
        match self.kind() {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }
}

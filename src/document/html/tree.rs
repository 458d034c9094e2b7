//! Defines the tree of a page, with the way from its elements to the text of the blocks.

use std::collections::HashMap;

use ego_tree::NodeId;
use scraper::{ElementRef, Html, Selector};

/// How many elements of a path are shown to people, from the innermost outwards.
const PATH_LENGTH: usize = 4;

/// The tree of an HTML page, on which selectors run.
#[derive(Debug)]
pub struct Tree {
    html: Html,
    extents: HashMap<NodeId, Extent>,
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

impl Tree {
    pub(super) fn new(html: Html, extents: HashMap<NodeId, Extent>) -> Self {
        Self { html, extents }
    }

    /// The parsed page.
    pub fn html(&self) -> &Html {
        &self.html
    }

    /// The elements that a selector finds, in the order of the tree.
    pub fn select<'a>(&'a self, selector: &'a Selector) -> impl Iterator<Item = ElementRef<'a>> {
        self.html.select(selector)
    }

    /// What of the blocks' text lies in an element; nothing for elements that no reader sees.
    pub fn extent(&self, element: NodeId) -> Option<Extent> {
        self.extents.get(&element).copied()
    }

    /// Where an element stands, for people: its nearest ancestors with their ids and classes, as a selector that would
    /// find it, such as `main > article.news > p`.
    pub fn path(&self, node: NodeId) -> String {
        let Some(node) = self.html.tree.get(node) else { return String::new() };
        let mut steps: Vec<String> = std::iter::once(node)
            .chain(node.ancestors())
            .filter_map(|node| node.value().as_element())
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

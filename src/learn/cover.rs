//! Knows which blocks the selectors of a page cover: all selectors that a rule may be written with, on all pages.

use std::collections::BTreeMap;
use std::ops::Range;

use super::names::{Named, selectors_of};
use super::pages::Seen;
use crate::document::Document;
use crate::document::html::{Element, Extent, Tree};

/// Elements beyond so many of a page are not looked at.
const MOST_ELEMENTS: usize = 40_000;

/// A selector that no more than so many stretches of blocks answer to on a page is kept in mind.
const MOST_STRETCHES: usize = 2_000;

/// Elements that need no name: what they are tells what is in them.
const TELLING: [&str; 16] = [
    "article",
    "main",
    "aside",
    "figure",
    "figcaption",
    "header",
    "footer",
    "nav",
    "form",
    "h1",
    "table",
    "blockquote",
    "address",
    "time",
    "button",
    "dialog",
];

/// Elements that say something as the child of one with a name.
const CHILDREN: [&str; 15] =
    ["p", "ul", "ol", "dl", "h2", "h3", "h4", "h5", "div", "section", "table", "blockquote", "a", "span", "figure"];

/// What there is to say against finding children: what else the parent may have on other pages is not found.
const CHILD: f64 = 0.5;

/// A selector, and which blocks it covers on each page.
#[derive(Clone, Debug)]
pub(super) struct Covering {
    pub(super) selector: String,
    pub(super) cost: f64,
    /// For each page, the stretches of blocks, in order and apart.
    pub(super) blocks: Vec<Vec<Range<usize>>>,
}

impl Covering {
    /// On how many pages it finds anything.
    pub(super) fn support(&self) -> usize {
        self.blocks.iter().filter(|stretches| !stretches.is_empty()).count()
    }
}

/// All selectors by which elements of the pages can be found, in order.
pub(super) fn coverings(pages: &[Seen<'_>]) -> Vec<Covering> {
    let mut found: BTreeMap<String, Covering> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        let Some(tree) = page.tree() else { continue };
        for element in tree.elements().take(MOST_ELEMENTS) {
            let Some(blocks) = covered(tree, &page.article.document, element) else { continue };
            for Named { selector, cost } in names_of(element) {
                let covering = found.entry(selector).or_insert_with_key(|selector| Covering {
                    selector: selector.clone(),
                    cost,
                    blocks: vec![Vec::new(); pages.len()],
                });
                push(&mut covering.blocks[at], &blocks);
            }
        }
    }
    let is_usable = |covering: &Covering| covering.blocks.iter().all(|stretches| stretches.len() <= MOST_STRETCHES);
    found.into_values().filter(is_usable).collect()
}

/// Adds a stretch; elements come in the order of the tree, so that one within another comes behind it.
fn push(stretches: &mut Vec<Range<usize>>, blocks: &Range<usize>) {
    match stretches.last_mut() {
        Some(last) if blocks.start < last.end => last.end = last.end.max(blocks.end),
        _ => stretches.push(blocks.clone()),
    }
}

/// The selectors of an element.
fn names_of(element: Element<'_>) -> Vec<Named> {
    let mut names = selectors_of(element);
    let name = element.name();
    if TELLING.contains(&name) {
        names.push(Named {
            selector: name.to_owned(),
            cost: if name == "article" || name == "main" { 0.8 } else { 1.0 },
        });
    }
    if CHILDREN.contains(&name)
        && let Some(parent) = element.parent()
    {
        let around = selectors_of(parent).into_iter();
        names.extend(
            around
                .map(|Named { selector, cost }| Named { selector: format!("{selector} > {name}"), cost: cost + CHILD }),
        );
        if matches!(parent.name(), "article" | "main") {
            names.push(Named { selector: format!("{} > {name}", parent.name()), cost: 1.0 + CHILD });
        }
    }
    names
}

/// The blocks that lie in an element wholly.
fn covered(tree: &Tree, document: &Document, element: Element<'_>) -> Option<Range<usize>> {
    let Extent { start, end } = tree.extent(element.node_id())?;
    let first = if start.offset == 0 { start.block } else { start.block + 1 };
    let ends = document.blocks.get(end.block).is_some_and(|block| end.offset >= block.text.len() && end.offset > 0);
    let behind = if ends { end.block + 1 } else { end.block };
    (first < behind).then_some(first..behind)
}

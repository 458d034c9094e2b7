//! Reads HTML: [`parse`] makes the tree, within bounds; [`segment`] makes blocks of it; [`element`] knows what each
//! element is to a reader.

mod bounds;
pub mod element;
mod gathered;
pub mod island;
mod list;
pub mod parse;
mod segment;
mod sink;
mod table;
mod tokens;
pub mod tree;

pub use bounds::TooLarge;
pub use segment::MAX_HIDDEN_SHARE;
pub use tree::{Element, Extent, NodeId, Position, Tree};

use self::segment::Segmented;
use super::Document;
use crate::budget::Watch;

/// The bytes that all addresses of links together may have at least; on larger pages, as many as the page.
const ADDRESSES: usize = 1024 * 1024;

/// Reads an HTML page: what a reader sees, in reading order, and what no reader sees, marked as such.
pub fn read(text: &str) -> Result<Document, TooLarge> {
    read_within(text, Watch::NEVER)
}

/// The same until the time is up: what comes then is a part of the page.
pub(crate) fn read_within(text: &str, watch: Watch) -> Result<Document, TooLarge> {
    let mut tree = parse::document_within(text, watch)?;
    let language = tree.root_element().and_then(|html| html.attr("lang")).map(str::trim);
    let language = language.filter(|lang| !lang.is_empty()).map(str::to_owned);
    let Segmented { blocks, extents, revealed } = segment::blocks(&tree, ADDRESSES.max(text.len()), watch);
    tree.set_extents(extents);
    Ok(Document { blocks, tree: Some(tree), language, revealed })
}

#[cfg(test)]
mod tests;

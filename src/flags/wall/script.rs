//! Tells pages that are an empty frame until a script fills it.

use crate::document::html::tree::Kind;
use crate::document::html::{Element, Tree};
use crate::document::{Document, Unseen};
use crate::flags::data::link_share;
use crate::strip::reading::Reading;

/// The ids of the elements into which frameworks draw.
const ROOTS: [&str; 12] = [
    "root",
    "app",
    "__next",
    "__nuxt",
    "___gatsby",
    "react-root",
    "app-root",
    "main-app",
    "react-app",
    "vue-app",
    "svelte",
    "q-app",
];

/// Parts of the names of what stands there meanwhile.
const WAITING: [&str; 6] = ["skeleton", "loader", "loading", "spinner", "preloader", "splash"];

/// What is said in all languages where scripts are off.
const JAVASCRIPT: [&str; 3] = ["javascript", "java script", "enable js"];

/// A frame may have an imprint at its foot; with more running text a page is short, and not empty, in characters.
const MOST_RUNNING: usize = 150;

/// Where something stands until something else comes, there is nothing else to read, in characters.
const MOST_WAITING: usize = 40;

/// A page that asks for scripts says little else, in characters.
const MOST_NOTICE: usize = 600;

/// How many elements that may be such frames are looked at: each may hold the whole page.
const MOST_FRAMES: usize = 20;

/// Whether a page needs a script to show anything; `running` is how much running text it shows without.
pub(super) fn needs_script(reading: &Reading<'_>, running: usize) -> bool {
    if running >= MOST_RUNNING {
        return false;
    }
    let asks = |text: &str| {
        let text = text.to_lowercase();
        JAVASCRIPT.iter().any(|word| text.contains(word))
    };
    let document = reading.document();
    let all: usize = reading.seen().map(|(index, _)| reading.weight(index)).sum();
    let is_notice = |index: usize| link_share(&document.blocks[index]) < 0.5;
    if all <= MOST_NOTICE && reading.seen().any(|(index, text)| is_notice(index) && asks(text)) {
        return true;
    }
    let Some(tree) = &document.tree else { return false };
    let noscript = document.blocks.iter().filter(|block| block.unseen == Some(Unseen::Noscript));
    if noscript.into_iter().any(|block| asks(&block.text)) {
        return true;
    }
    let frames = tree.elements().filter(|element| is_root(*element) || all <= MOST_WAITING && waits(*element));
    frames.take(MOST_FRAMES).any(|element| is_empty(tree, document, element))
}

/// Whether a framework draws into an element.
fn is_root(element: Element<'_>) -> bool {
    element.id().is_some_and(|id| ROOTS.contains(&id))
        || element.name().ends_with("-app")
        || element.name() == "app-root"
}

/// Whether an element is there until something else comes.
fn waits(element: Element<'_>) -> bool {
    let mut names = element.id().into_iter().chain(element.classes());
    names.any(|name| WAITING.iter().any(|part| name.contains(part)))
        || element.name() == "link" && element.attr("rel") == Some("modulepreload")
}

/// Whether no text is seen in an element.
fn is_empty(tree: &Tree, document: &Document, element: Element<'_>) -> bool {
    let Some(extent) = tree.extent(element.node_id()) else {
        return element.node().children().all(|node| !matches!(node.kind(), Kind::Text(_)));
    };
    let within = document.blocks.get(extent.start.block..extent.end.block).unwrap_or_default();
    within.iter().all(|block| !block.has_visible_text())
}

//! Finds the text of an article in what a page holds for its scripts: JSON-LD `articleBody`, and the data that a
//! framework draws the page from (`__NEXT_DATA__`, `window.__STATE__`, `self.__next_f.push` and their like).
//!
//! No framework is known by name. The strings in all scripts, and in attributes that hold JSON, are looked through, however JSON or JavaScript hold them
//! ([`mod@strings`]): an article is one long string of running text, or many strings of one key in one list. The page's own
//! description or a telling key has to speak for it.

mod prose;
mod strings;

use rustc_hash::FxHashMap;

use self::prose::is_prose;
use self::strings::{Found, strings};
use super::tree::{Element, Node, Tree};
use super::{NodeId, read};
use crate::document::{Block, BlockKind, Place, Unseen};
use crate::text::{normalise, start_of, weight};

/// No text of an article is longer, in bytes: what is behind is not looked at.
const LONGEST: usize = 2 * 1024 * 1024;

/// No more bytes of scripts and attributes together are looked through for data.
const MOST_DATA: usize = 32 * 1024 * 1024;

/// A shorter text is none of an article, in characters.
const LEAST_TEXT: usize = 400;

/// Nor of one for which nothing speaks but its key.
const LEAST_UNDESCRIBED: usize = 800;

/// How much of the page's description has to stand in a text that it describes, in bytes.
const DESCRIPTION: usize = 48;

/// Parts of keys that hold the text of an article, and of those that hold other long texts.
const BODY_KEYS: [&str; 8] = ["body", "content", "article", "html", "text", "paragraph", "story", "cooked"];
const OTHER_KEYS: [&str; 19] = [
    "descr",
    "caption",
    "comment",
    "bio",
    "terms",
    "policy",
    "legal",
    "footer",
    "disclaimer",
    "consent",
    "cookie",
    "query",
    "label",
    "message",
    "error",
    "faq",
    "transcript",
    "related",
    "review",
];

/// The scripts of a page that a browser or a search engine reads, in the order of the page.
pub fn scripts<'t>(tree: &'t Tree, blocks: &'t [Block]) -> impl Iterator<Item = Element<'t>> {
    // Each script is a block that no reader sees; those in the head lie in the one block of it.
    blocks.iter().flat_map(move |block| {
        let place = match (&block.place, block.unseen) {
            (Place::Node(node), Some(Unseen::Script | Unseen::Head)) => tree.node(*node),
            _ => None,
        };
        place.into_iter().flat_map(Node::descendants).filter_map(Node::as_element).filter(|one| one.name() == "script")
    })
}

/// The text in a script.
pub fn code(script: Element<'_>) -> impl Iterator<Item = &str> {
    script.node().children().filter_map(Node::as_text)
}

/// Whether a script holds JSON-LD.
pub fn is_json_ld(script: Element<'_>) -> bool {
    kind(script).eq_ignore_ascii_case("application/ld+json")
}

/// The article that JSON-LD holds, as blocks: the longest `articleBody`, if it has at least so many characters.
pub fn article_body(tree: &Tree, blocks: &[Block], least: usize) -> Vec<Block> {
    let mut best: Option<(usize, NodeId, String)> = None;
    for script in scripts(tree, blocks).filter(|script| is_json_ld(*script)) {
        let told = code(script).filter(|text| memchr::memmem::find(text.as_bytes(), b"\"articleBody\"").is_some());
        for found in told.flat_map(|text| strings(text, true)).filter(|found| found.key == "articleBody") {
            let weight = weight(&found.text);
            if weight >= least && best.as_ref().is_none_or(|(known, ..)| *known < weight) {
                best = Some((weight, script.node_id(), found.text));
            }
        }
    }
    best.map(|(_, script, text)| blocks_of(&[text], script)).unwrap_or_default()
}

/// The article that the data of a page's scripts hold, as blocks. With `described`, only one that the page's own
/// description stands in.
pub fn data_body(tree: &Tree, blocks: &[Block], described: bool) -> Vec<Block> {
    let description = description(tree);
    if described && description.is_none() {
        return Vec::new();
    }
    let mut best: Option<(usize, NodeId, Vec<String>)> = None;
    let mut room = MOST_DATA;
    let in_scripts = scripts(tree, blocks).filter(|script| holds_data(*script));
    let in_scripts = in_scripts.flat_map(|script| code(script).map(move |text| (script.node_id(), text)));
    for (place, text) in in_scripts.chain(tree.elements().flat_map(in_attributes)) {
        let Some(left) = room.checked_sub(text.len()) else { break };
        room = left;
        let (rank, texts) = article(&strings(text, false), description.as_deref(), described);
        if rank > best.as_ref().map_or(0, |(known, ..)| *known) {
            best = Some((rank, place, texts));
        }
    }
    best.map(|(_, place, texts)| blocks_of(&texts, place)).unwrap_or_default()
}

/// The attributes of an element that hold JSON long enough for an article (`data-preloaded`, `data-page`, `data-props`).
fn in_attributes(element: Element<'_>) -> impl Iterator<Item = (NodeId, &str)> {
    let values = element.attributes().map(|(_, value)| value);
    let data = values.filter(|value| value.len() > LEAST_TEXT && value.starts_with(['{', '[']));
    data.map(move |value| (element.node_id(), value))
}

/// By a key and a list: the weight of the strings, and which they are.
type Groups<'a> = FxHashMap<(&'a str, usize), (usize, Vec<usize>)>;

/// Of the strings of a script, those that make an article, and how good it is.
fn article(found: &[Found], description: Option<&str>, described: bool) -> (usize, Vec<String>) {
    // By the key, and the list around at each of three levels: rich text is lists in lists.
    let mut groups: [Groups<'_>; 3] = Default::default();
    let prose: Vec<&Found> = found.iter().filter(|found| is_prose(&found.text)).collect();
    let rank = |key: &str, weight: usize, texts: &[usize]| {
        let is_described =
            description.is_some_and(|start| texts.iter().any(|&at| normalise(&prose[at].text).contains(start)));
        match () {
            () if weight < LEAST_TEXT => 0,
            () if is_described => 4 * weight,
            () if described || weight < LEAST_UNDESCRIBED || speaks(key, &OTHER_KEYS) || !speaks(key, &BODY_KEYS) => 0,
            () => weight,
        }
    };
    for (at, found) in prose.iter().enumerate() {
        let weight = prose::weight_of(&found.text);
        for (level, groups) in groups.iter_mut().enumerate() {
            // The first level is the string by itself where no list is around.
            let list = found.lists[level].unwrap_or(usize::MAX - at);
            let (sum, texts) = groups.entry((&found.key, list)).or_default();
            *sum += weight;
            texts.push(at);
        }
    }
    // What is an article by itself is not looked for in a list of several.
    let best = groups.into_iter().find_map(|groups| {
        let mut here: Option<(usize, Vec<usize>)> = None;
        for ((key, _), (weight, texts)) in groups {
            let rank = rank(key, weight, &texts);
            let first = |texts: &[usize]| texts.first().copied();
            if rank > 0 && here.as_ref().is_none_or(|(known, other)| (*known, first(other)) < (rank, first(&texts))) {
                here = Some((rank, texts));
            }
        }
        here
    });
    best.map(|(rank, texts)| (rank, texts.into_iter().map(|at| prose[at].text.clone()).collect())).unwrap_or_default()
}

fn speaks(key: &str, parts: &[&str]) -> bool {
    let key = key.to_ascii_lowercase();
    parts.iter().any(|part| key.contains(part))
}

/// The blocks of a text, placed at the script that holds it.
fn blocks_of(texts: &[String], script: NodeId) -> Vec<Block> {
    let mut markup = String::new();
    for text in texts {
        let text = start_of(text, LONGEST.saturating_sub(markup.len()));
        if prose::is_markup(text) {
            markup.push_str("<div>");
            markup.push_str(text);
            markup.push_str("</div>");
            continue;
        }
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            markup.push_str("<p>");
            markup.push_str(&line.replace('<', "&lt;"));
            markup.push_str("</p>");
        }
    }
    let Ok(document) = read(&markup) else { return Vec::new() };
    let seen = document.blocks.into_iter().filter(|block| block.has_visible_text() && block.kind != BlockKind::Caption);
    seen.map(|block| Block { place: Place::Node(script), unseen: Some(Unseen::Data), ..block }).collect()
}

/// How the page describes itself, as far as it has to stand in the article's text.
fn description(tree: &Tree) -> Option<String> {
    let is_description = |meta: &Element<'_>| {
        let name = meta.attr("property").or_else(|| meta.attr("name"));
        meta.name() == "meta" && name.is_some_and(|name| matches!(name, "og:description" | "description"))
    };
    let content = tree.elements().find(is_description)?.attr("content")?;
    let start = start_of(content.trim(), DESCRIPTION);
    (start.len() + 4 > DESCRIPTION).then(|| normalise(start).into_owned())
}

fn kind(script: Element<'_>) -> &str {
    script.attr("type").unwrap_or_default().split(';').next().unwrap_or_default().trim()
}

/// Whether a script may hold data: JSON, or code. A template does not.
fn holds_data(script: Element<'_>) -> bool {
    let kind = kind(script);
    let ends = |ending: &str| {
        kind.len() >= ending.len()
            && kind.as_bytes()[kind.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
    };
    kind.is_empty() || ends("json") || ends("javascript") || kind.eq_ignore_ascii_case("module")
}

#[cfg(test)]
mod tests;

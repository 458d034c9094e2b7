//! Knows the elements around the blocks: what they hint at, and how much of the page they hold.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::blocks::Blocks;
use super::hints::{HINTS, Hints};
use crate::document::html::{Element, NodeId, Tree};

/// Farther up than this is as good as nowhere.
const FAR: u8 = 40;

/// An element that holds more of the page than this says nothing of what is in it by its names.
const WHOLE_PAGE: f32 = 0.95;

/// An element around blocks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The number of the place around it; its own for the outermost.
    pub(super) parent: u32,
    /// The least place around it that holds more blocks; its own if there is none.
    pub(super) wider: u32,
    pub(super) depth: u16,
    /// The number of the element's name among those that matter.
    pub(super) element: u8,
    /// How far up each hint stands.
    pub(super) hints: [u8; HINTS],
    /// How far up the element stands that says of itself to be the article, and which place that is.
    pub(super) to_article: u8,
    pub(super) article: u32,
    /// The blocks of the document in it.
    pub(super) start: u32,
    pub(super) end: u32,
    /// What blocks that look alike have in common: the names and classes of the element and of the one around it.
    pub(super) look: u64,
    own_look: u64,
}

impl Place {
    pub(super) fn blocks(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The elements around the blocks, each looked at once.
pub(super) struct Places<'t> {
    tree: &'t Tree,
    /// By the number of the node: the number of the place; 0 for none yet.
    known: Vec<u32>,
    /// What names hint at that have been looked at: many elements have the same classes.
    named: FxHashMap<&'t str, Hints>,
    pub(super) all: Vec<Place>,
    /// How much text of the page lies in elements with each hint, each letter once.
    pub(super) hinted: [f32; HINTS],
    /// The elements that say of themselves to be the article, and the text in them.
    pub(super) articles: f32,
    pub(super) in_articles: f32,
}

impl<'t> Places<'t> {
    pub(super) fn new(tree: &'t Tree, blocks: &Blocks<'_>) -> Self {
        let page = Place {
            parent: 0,
            wider: 0,
            depth: 0,
            element: 0,
            hints: [FAR; HINTS],
            to_article: FAR,
            article: u32::MAX,
            start: 0,
            end: as_number(blocks.all.len()),
            look: 0,
            own_look: 0,
        };
        Self {
            tree,
            known: vec![0; tree.len()],
            named: FxHashMap::default(),
            all: vec![page],
            hinted: [0.0; HINTS],
            articles: 0.0,
            in_articles: 0.0,
        }
    }

    /// The number of the place of a node; that of the page for what is none.
    pub(super) fn of(&mut self, node: NodeId, blocks: &Blocks<'_>) -> u32 {
        let mut unknown: Vec<Element<'t>> = Vec::new();
        let mut around = 0;
        let Some(start) = self.tree.node(node) else { return around };
        for node in std::iter::once(start).chain(start.ancestors()) {
            let known = self.known[node.id().index()];
            if known > 0 {
                around = known;
                break;
            }
            unknown.extend(node.as_element());
        }
        for element in unknown.into_iter().rev() {
            around = self.add(element, around, blocks);
        }
        around
    }

    fn add(&mut self, element: Element<'t>, around: u32, blocks: &Blocks<'_>) -> u32 {
        let number = as_number(self.all.len());
        let parent = self.all[around as usize];
        let extent = self.tree.extent(element.node_id());
        let range =
            extent.map_or(0..0, |extent| extent.start.block..extent.end.block + usize::from(extent.end.offset > 0));
        let up = |distance: u8| if distance >= FAR { FAR } else { distance + 1 };
        let mut place = Place {
            parent: around,
            depth: parent.depth.saturating_add(1),
            hints: parent.hints.map(up),
            to_article: up(parent.to_article),
            ..parent
        };
        place.start = as_number(range.start);
        place.end = as_number(range.end);
        place.element = kind(element.name());
        let held = blocks.sums(range);
        let page = blocks.page();
        if held.length <= page.length * WHOLE_PAGE {
            let named = &mut self.named;
            let mut hints = |names| *named.entry(names).or_insert_with(|| Hints::of_names(names));
            for hint in Hints::of_element(element, &mut hints).each() {
                if place.hints[hint] == FAR {
                    self.hinted[hint] += held.length;
                }
                place.hints[hint] = 0;
            }
        }
        if says_article(element) {
            if place.to_article == FAR {
                self.articles += 1.0;
                self.in_articles += held.length;
            }
            place.to_article = 0;
            place.article = number;
        }
        place.own_look = look(element);
        place.look = place.own_look ^ parent.own_look.rotate_left(17);
        let is_wider = blocks.sums(parent.blocks()).blocks > held.blocks;
        place.wider = if is_wider { around } else { parent.wider };
        self.known[element.node_id().index()] = number;
        self.all.push(place);
        number
    }

    /// The least container of several blocks around a block, the one around that, and the one around that.
    pub(super) fn containers(&self, place: usize, blocks: &Blocks<'_>) -> [usize; 3] {
        let holds_several = blocks.sums(self.all[place].blocks()).blocks > 1.0;
        let first = if holds_several { place } else { self.all[place].wider as usize };
        let second = self.all[first].wider as usize;
        [first, second, self.all[second].wider as usize]
    }
}

/// Whether an element says of itself that it holds the article or the main part of the page.
fn says_article(element: Element<'_>) -> bool {
    matches!(element.name(), "article" | "main")
        || element.attr("role").is_some_and(|role| matches!(role, "main" | "article"))
        || element
            .attr("itemprop")
            .is_some_and(|property| matches!(property, "articleBody" | "text" | "mainContentOfPage"))
}

/// The kinds of elements that matter, as numbers.
fn kind(name: &str) -> u8 {
    match name {
        "p" => 1,
        "div" => 2,
        "span" => 3,
        "h1" => 4,
        "h2" => 5,
        "h3" => 6,
        "h4" | "h5" | "h6" => 7,
        "li" => 8,
        "ul" | "ol" => 9,
        "a" => 10,
        "section" => 11,
        "article" | "main" => 12,
        "td" | "th" | "tr" => 13,
        "table" | "tbody" | "thead" => 14,
        "blockquote" => 15,
        "pre" | "code" => 16,
        "figure" | "figcaption" => 17,
        "header" | "footer" => 18,
        "nav" | "aside" => 19,
        "dt" | "dd" | "dl" => 20,
        "button" | "label" | "form" => 21,
        "body" => 22,
        _ => 0,
    }
}

/// A number that elements of the same name and classes have in common.
fn look(element: Element<'_>) -> u64 {
    use std::hash::{Hash as _, Hasher as _};
    let mut hasher = rustc_hash::FxHasher::default();
    element.name().hash(&mut hasher);
    element.attr("class").unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}

/// A number as places keep it.
fn as_number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

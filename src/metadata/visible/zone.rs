//! Finds the blocks near the title of a page.

use crate::document::html::{Element, Tree};
use crate::document::{Block, BlockKind, Place};
use crate::metadata::declared::{is_key, key};
use crate::strip::reading::Reading;
use crate::text::normalise;

/// How many blocks before and behind the title are near it.
const BEFORE: usize = 6;
const BEHIND: usize = 24;

/// A block that weighs more is a paragraph of the article; by-lines stand before the third.
const PARAGRAPH: usize = 200;
const PARAGRAPHS: usize = 2;

/// No longer text is looked at, in bytes.
const LONGEST: usize = 240;

/// How many blocks are looked at far from the title.
const MOST: usize = 2000;

/// How many headings may be the title, and how long they may be, in bytes.
const MOST_HEADINGS: usize = 200;
const MOST_ALIKE: usize = 40;
const LONGEST_TITLE: usize = 400;

/// The blocks near the title.
pub(super) struct Zone<'r> {
    pub(super) reading: &'r Reading<'r>,
    pub(super) tree: Option<&'r Tree>,
    /// Those short enough, the nearest first: those behind the title, then those before it.
    pub(super) near: Vec<Near<'r>>,
    /// Where the last of them stands.
    end: usize,
}

/// A block, where it stands, and its normalised text.
#[derive(Clone, Copy)]
pub(super) struct Near<'r> {
    pub(super) index: usize,
    pub(super) text: &'r str,
    /// How many blocks after the title it stands; less than 0 before it.
    pub(super) distance: isize,
    /// The short text of the block before it.
    pub(super) before: &'r str,
}

impl<'r> Zone<'r> {
    /// The blocks near the heading that is the title; `None` for pages without headings.
    pub(super) fn of(reading: &'r Reading<'r>, title: Option<&str>) -> Option<Self> {
        let heading = heading(reading, title)?;
        let document = reading.document();
        let mut near = Vec::new();
        let mut paragraphs = 0;
        let mut end = heading;
        let behind = reading.seen_from(heading + 1).take(BEHIND);
        for (distance, (index, text)) in (1..).zip(behind) {
            end = index;
            if reading.weight(index) > PARAGRAPH {
                paragraphs += 1;
                if paragraphs > PARAGRAPHS {
                    break;
                }
            }
            near.push((index, text, distance));
        }
        let ahead: Vec<_> =
            (0..heading).rev().filter_map(|index| Some((index, reading.text(index)?))).take(BEFORE).collect();
        for (distance, (index, text)) in (1..).zip(ahead) {
            near.push((index, text.as_str(), -distance));
        }
        let before = |index: usize| {
            let mut others = (index.saturating_sub(4)..index).rev().filter(|other| *other != heading);
            others.find_map(|other| reading.text(other)).map_or("", |text| text.as_str())
        };
        let near = near.into_iter().filter(|(_, text, _)| text.len() <= LONGEST);
        let near = near.map(|(index, text, distance)| Near { index, text, distance, before: before(index) });
        Some(Self { reading, tree: document.tree.as_ref(), near: near.collect(), end })
    }

    /// The short blocks behind those near the title.
    pub(super) fn far(&self) -> impl Iterator<Item = (usize, &'r str)> {
        self.reading.seen_from(self.end + 1).take(MOST).filter(|(_, text)| text.len() <= LONGEST)
    }

    pub(super) fn block(&self, index: usize) -> &'r Block {
        &self.reading.document().blocks[index]
    }

    /// The element that a block was opened by.
    pub(super) fn element(&self, index: usize) -> Option<Element<'r>> {
        match self.block(index).place {
            Place::Node(node) => self.tree?.element(node),
            Place::Text { .. } => None,
        }
    }

    /// Whether a block lies in a part of the page that stands beside the article.
    pub(super) fn is_beside(&self, index: usize) -> bool {
        self.is_in(index, &["aside", "nav", "footer"])
    }

    /// Whether a block lies in the navigation or the footer.
    pub(super) fn is_frame(&self, index: usize) -> bool {
        self.is_in(index, &["nav", "footer"])
    }

    fn is_in(&self, index: usize, names: &[&str]) -> bool {
        let Some(element) = self.element(index) else { return false };
        std::iter::once(element).chain(element.ancestors()).any(|element| names.contains(&element.name()))
    }
}

/// The heading that is the title: the first that says the same, else a block that does, else the first heading that has
/// much of it, else the first of level 1, else the first.
fn heading(reading: &Reading<'_>, title: Option<&str>) -> Option<usize> {
    let blocks = &reading.document().blocks;
    let level = |index: usize| match blocks[index].kind {
        BlockKind::Heading { level } => Some(level),
        _ => None,
    };
    let headings = reading.seen().filter_map(|(index, text)| Some((index, text, level(index)?)));
    let headings: Vec<(usize, &str, u8)> = headings.take(MOST_HEADINGS).collect();
    let short = || headings.iter().filter(|(_, text, _)| text.len() <= LONGEST_TITLE);
    let title = normalise(title.unwrap_or_default());
    let wanted = key(&title);
    let same = short().find(|(_, text, _)| is_key(text, &wanted)).map(|(index, ..)| *index);
    let block = || reading.seen().find(|(_, text)| *text == title).map(|(index, _)| index);
    let words = words(&title);
    let alike = || {
        let found = short().take(MOST_ALIKE).find(|(_, text, level)| {
            let own = self::words(text);
            let shared = own.iter().filter(|word| words.contains(word)).count();
            shared >= 2 && *level == 1 || shared >= 3 && 5 * shared >= 2 * own.len()
        });
        found.map(|(index, ..)| *index)
    };
    let first = || headings.iter().find(|(.., level)| *level == 1).or(headings.first()).map(|(index, ..)| *index);
    same.or_else(block).or_else(alike).or_else(first)
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(40).map(str::to_lowercase).collect()
}

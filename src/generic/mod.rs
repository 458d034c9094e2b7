//! Cleans pages that no rule file knows: a plain choice of the main content, after the packs that apply everywhere.
//!
//! Every block that it drops names why:
//!
//! | rule | what it drops |
//! |---|---|
//! | `generic/landmark` | blocks in navigation, header, footer and complementary landmarks (WAI-ARIA 1.2) |
//! | `generic/consent` | blocks in elements that consent managers name so |
//! | `generic/caption` | captions |
//! | `generic/link-density` | blocks that are mostly links (Kohlschütter et al., WSDM 2010) |
//! | `generic/title` | the heading that repeats the page's title, and what stands before it |
//! | `generic/byline` | short blocks before the text that name an author whom the page declares |
//! | `generic/outside-main` | blocks outside the element that holds most of the text |
//!
//! Flattened text has no tree to choose from: all that is seen of it stays.

mod landmark;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use self::landmark::Landmarks;
use crate::category::Category;
use crate::document::html::tree::{Edge, Node};
use crate::document::html::{NodeId, Tree};
use crate::document::{Block, BlockKind, Place, Style};
use crate::ledger::{Cause, Ledger, Verdict};
use crate::metadata::declared::Declared;
use crate::rules::file::Policy;
use crate::strip::Policies;
use crate::strip::reading::Reading;
use crate::text::normalise;

/// A block with a larger share of its text in links is navigation. The threshold of boilerpipe's first rule, 1/3, is
/// too low for articles that link every other word.
const MAX_LINK_DENSITY: f64 = 0.6;

/// The main content is the smallest element that holds so much of the running text. High enough not to lose the last
/// paragraphs behind an interrupting box, low enough not to take the page's frame in.
const MAIN_SHARE: f64 = 0.8;

/// An element that says it is the article is believed if it holds so much of the running text.
const ARTICLE_SHARE: f64 = 0.5;

/// No by-line is longer, and few paragraphs are shorter, in characters.
const BYLINE_WEIGHT: usize = 120;

/// No more of a page's text stands before the title of its article.
const MAX_SHARE_BEFORE_TITLE: f64 = 0.5;

/// Drops what is not the main content of a page, beside what its ledger has dropped already. What the page declares
/// tells its title and its by-line.
pub fn clean(reading: &Reading<'_>, declared: &Declared, policies: &Policies, ledger: &mut Ledger) {
    let document = reading.document();
    let Some(tree) = &document.tree else { return };
    let mut landmarks = Landmarks::new(tree, reading);
    let known = document.blocks.iter().zip(&ledger.verdicts).map(|(block, verdict)| match verdict {
        Verdict::Dropped(cause) => Some(cause.clone()),
        Verdict::Kept => reason(&mut landmarks, block),
    });
    let reasons: Vec<Option<Cause>> = known.collect();
    let main = main_element(reading, tree, &reasons);
    let in_main: Option<HashSet<NodeId>> = main.map(|main| main.descendants().map(Node::id).collect());
    let end_of_title = declared.title.as_ref().and_then(|title| end_of_title(reading, title));
    let start_of_text =
        reading.seen().find(|(index, _)| reading.weight(*index) > BYLINE_WEIGHT).map(|(index, _)| index);
    for (index, reason) in reasons.into_iter().enumerate() {
        if ledger.verdicts[index] != Verdict::Kept {
            continue;
        }
        let block = &document.blocks[index];
        let reason = reason
            .or_else(|| {
                let is_outside =
                    in_main.as_ref().is_some_and(|inside| node(block).is_none_or(|node| !inside.contains(&node)));
                is_outside.then(|| cause("outside-main", Category::Other))
            })
            .or_else(|| end_of_title.is_some_and(|end| index < end).then(|| cause("title", Category::Title)))
            .or_else(|| {
                let is_early = start_of_text.is_none_or(|start| index < start);
                (is_early && names_author(reading, index, declared)).then(|| cause("byline", Category::Byline))
            })
            .filter(|reason| policies.get(&reason.category) != Some(&Policy::Keep));
        if let Some(reason) = reason {
            ledger.verdicts[index] = Verdict::Dropped(reason);
        }
    }
    let Ledger { verdicts, cuts, .. } = ledger;
    cuts.retain(|cut| verdicts[cut.block] == Verdict::Kept);
}

fn cause(why: &str, category: Category) -> Cause {
    Cause { rule: format!("generic/{why}").into(), category }
}

/// Why a block is boilerplate, by itself and the elements around it.
fn reason(landmarks: &mut Landmarks<'_>, block: &Block) -> Option<Cause> {
    if let Some(cause) = node(block).and_then(|node| landmarks.cause_around(node)) {
        return Some(cause);
    }
    if block.kind == BlockKind::Caption {
        return Some(cause("caption", Category::Caption));
    }
    let is_list_like = !matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Code);
    (is_list_like && link_density(block) > MAX_LINK_DENSITY).then(|| cause("link-density", Category::Navigation))
}

fn link_density(block: &Block) -> f64 {
    let links = block.marks.iter().filter(|mark| matches!(mark.style, Style::Link { .. }));
    let linked: usize = links.map(|mark| mark.range.len()).sum();
    linked as f64 / block.text.len().max(1) as f64
}

/// The element that holds the main content; `None` where the page has no running text to find it by.
fn main_element<'t>(reading: &Reading<'_>, tree: &'t Tree, reasons: &[Option<Cause>]) -> Option<Node<'t>> {
    let mut own: HashMap<NodeId, usize> = HashMap::new();
    for (index, block) in reading.document().blocks.iter().enumerate() {
        let is_text = !matches!(block.kind, BlockKind::Heading { .. } | BlockKind::TableRow { .. });
        if let (None, true, Some(node)) = (&reasons[index], is_text, node(block)) {
            *own.entry(node).or_default() += reading.weight(index);
        }
    }
    let total: usize = own.values().sum();
    if total == 0 {
        return None;
    }
    // The deepest elements that hold enough, and of those as deep the first.
    let (mut article, mut any) = (None, None);
    let mut open: Vec<usize> = Vec::new();
    for edge in tree.root().traverse() {
        match edge {
            Edge::Open(node) => open.push(own.get(&node.id()).copied().unwrap_or(0)),
            Edge::Close(node) => {
                let held = open.pop().unwrap_or(0);
                if let Some(around) = open.last_mut() {
                    *around += held;
                }
                let share = held as f64 / total as f64;
                let remember = |place: &mut Option<(usize, Node<'t>)>| {
                    if place.is_none_or(|(depth, _)| open.len() > depth) {
                        *place = Some((open.len(), node));
                    }
                };
                if share >= MAIN_SHARE {
                    remember(&mut any);
                }
                if share >= ARTICLE_SHARE && landmark::is_article(node) {
                    remember(&mut article);
                }
            }
        }
    }
    article.or(any).map(|(_, node)| node)
}

/// The element that a block was opened by.
fn node(block: &Block) -> Option<NodeId> {
    match block.place {
        Place::Node(node) => Some(node),
        Place::Text { .. } => None,
    }
}

/// Whether a block names an author whom the page declares.
fn names_author(reading: &Reading<'_>, index: usize, declared: &Declared) -> bool {
    let names = |text: &str| declared.authors.iter().any(|author| text.contains(&*normalise(author)));
    reading.text(index).is_some_and(|text| names(text.as_str()))
}

/// The index behind the first heading that is the page's title. What stands before it is none of the article, unless
/// it is a good part of the page: then the heading is another one.
fn end_of_title(reading: &Reading<'_>, title: &str) -> Option<usize> {
    let title = normalise(title);
    let is_heading = |index: usize| matches!(reading.document().blocks[index].kind, BlockKind::Heading { .. });
    let (heading, _) = reading.seen().find(|(index, text)| is_heading(*index) && *text == title)?;
    let weight = |blocks: Range<usize>| blocks.map(|index| reading.weight(index)).sum::<usize>() as f64;
    let all = weight(0..reading.document().blocks.len());
    (weight(0..heading) <= all * MAX_SHARE_BEFORE_TITLE).then_some(heading + 1)
}

#[cfg(test)]
mod tests;

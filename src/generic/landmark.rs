//! Knows the elements that say of themselves what they hold: landmarks, and the dialogues of consent managers.

use std::collections::HashMap;

use super::cause;
use crate::category::Category;
use crate::document::html::tree::Node;
use crate::document::html::{Element, NodeId, Tree};
use crate::ledger::Cause;
use crate::strip::reading::Reading;

/// Whole words of ids and classes by which consent managers name their dialogues.
const CONSENT_WORDS: [&str; 4] = ["cookie", "cookies", "consent", "gdpr"];

/// No landmark of boilerplate holds more of a page's text.
const MAX_SHARE: f64 = 0.6;

/// What the elements around the blocks of a page say, each asked once however many blocks lie in it.
pub(super) struct Landmarks<'t> {
    tree: &'t Tree,
    /// For each block, the weight of those before it; the last entry is that of all.
    before: Vec<usize>,
    known: HashMap<NodeId, Around>,
}

/// What an element and those around it say.
#[derive(Clone, Copy, Default)]
struct Around {
    in_article: bool,
    /// Why that makes what is in them boilerplate, where it lies in no article; and where it does.
    outside: Option<Reason>,
    inside: Option<Reason>,
}

/// The name of a rule, and its category.
type Reason = (&'static str, Category);

impl<'t> Landmarks<'t> {
    pub(super) fn new(tree: &'t Tree, reading: &Reading<'_>) -> Self {
        let mut before = vec![0];
        let mut total = 0;
        for index in 0..reading.document().blocks.len() {
            total += reading.weight(index);
            before.push(total);
        }
        Self { tree, before, known: HashMap::new() }
    }

    /// Why an element makes what is in it boilerplate. One that holds most of the page is not believed: whole pages
    /// stand in a `header` or an `aside`, or under a class `cookies`.
    fn boilerplate(&self, node: NodeId, element: Element<'_>, in_article: bool) -> Option<Reason> {
        let weight_before = |block: usize| self.before[block.min(self.before.len() - 1)];
        let reason = boilerplate(element, in_article)?;
        let extent = self.tree.extent(node)?;
        let held = weight_before(extent.end.block) - weight_before(extent.start.block);
        (held as f64 <= weight_before(usize::MAX) as f64 * MAX_SHARE).then_some(reason)
    }

    /// Why a node and the elements around it make what is in it boilerplate, if they do; the outermost has the last
    /// word.
    pub(super) fn cause_around(&mut self, node: NodeId) -> Option<Cause> {
        let mut around = Around::default();
        let mut unknown = Vec::new();
        let node = self.tree.node(node)?;
        for node in std::iter::once(node).chain(node.ancestors()) {
            if let Some(known) = self.known.get(&node.id()) {
                around = *known;
                break;
            }
            unknown.push(node);
        }
        for node in unknown.into_iter().rev() {
            if let Some(element) = node.as_element() {
                around.in_article |= matches!(element.name(), "article" | "main");
                around.outside = around.outside.or_else(|| self.boilerplate(node.id(), element, false));
                around.inside = around.inside.or_else(|| self.boilerplate(node.id(), element, true));
            }
            self.known.insert(node.id(), around);
        }
        // The header and the footer of an article belong to it; those of the page do not.
        let reason = if around.in_article { around.inside } else { around.outside };
        reason.map(|(why, category)| cause(why, category))
    }
}

/// Whether an element says that it holds the article.
pub(super) fn is_article(node: Node<'_>) -> bool {
    node.as_element().is_some_and(|element| {
        matches!(element.name(), "article" | "main")
            || element.attr("role").is_some_and(|role| matches!(role, "main" | "article"))
            || element.attr("itemprop") == Some("articleBody")
    })
}

fn boilerplate(element: Element<'_>, in_article: bool) -> Option<Reason> {
    let landmark = |category| Some(("landmark", category));
    match (element.name(), element.attr("role")) {
        ("nav", _) | (_, Some("navigation" | "menu" | "menubar" | "search")) => landmark(Category::Navigation),
        ("header" | "footer", _) | (_, Some("banner" | "contentinfo")) if !in_article => landmark(Category::Navigation),
        ("aside", _) | (_, Some("complementary")) => landmark(Category::Related),
        ("html" | "body" | "article" | "main", _) => None,
        _ => {
            let names = element.id().into_iter().chain(element.classes());
            let mut words = names.flat_map(|name| name.split(|c: char| !c.is_ascii_alphanumeric()));
            words
                .any(|word| CONSENT_WORDS.iter().any(|consent| word.eq_ignore_ascii_case(consent)))
                .then_some(("consent", Category::CookieBanner))
        }
    }
}

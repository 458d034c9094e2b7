//! Knows the elements that say of themselves what they hold: landmarks, and the dialogues of consent managers.

use std::collections::HashMap;

use ego_tree::NodeId;
use scraper::Node;
use scraper::node::Element;

use super::cause;
use crate::category::Category;
use crate::document::html::Tree;
use crate::ledger::Cause;

/// Whole words of ids and classes by which consent managers name their dialogues.
const CONSENT_WORDS: [&str; 4] = ["cookie", "cookies", "consent", "gdpr"];

/// What the elements around the blocks of a page say, each asked once however many blocks lie in it.
pub(super) struct Landmarks<'t> {
    tree: &'t Tree,
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
    pub(super) fn new(tree: &'t Tree) -> Self {
        Self { tree, known: HashMap::new() }
    }

    /// Why a node and the elements around it make what is in it boilerplate, if they do; the outermost has the last
    /// word.
    pub(super) fn cause_around(&mut self, node: NodeId) -> Option<Cause> {
        let mut around = Around::default();
        let mut unknown = Vec::new();
        let node = self.tree.html().tree.get(node)?;
        for node in std::iter::once(node).chain(node.ancestors()) {
            if let Some(known) = self.known.get(&node.id()) {
                around = *known;
                break;
            }
            unknown.push(node);
        }
        for node in unknown.into_iter().rev() {
            if let Some(element) = node.value().as_element() {
                around.in_article |= matches!(element.name(), "article" | "main");
                around.outside = around.outside.or_else(|| boilerplate(element, false));
                around.inside = around.inside.or_else(|| boilerplate(element, true));
            }
            self.known.insert(node.id(), around);
        }
        // The header and the footer of an article belong to it; those of the page do not.
        let reason = if around.in_article { around.inside } else { around.outside };
        reason.map(|(why, category)| cause(why, category))
    }
}

/// Whether an element says that it holds the article.
pub(super) fn is_article(node: &Node) -> bool {
    node.as_element().is_some_and(|element| {
        matches!(element.name(), "article" | "main")
            || element.attr("role").is_some_and(|role| matches!(role, "main" | "article"))
            || element.attr("itemprop") == Some("articleBody")
    })
}

fn boilerplate(element: &Element, in_article: bool) -> Option<Reason> {
    let landmark = |category| Some(("landmark", category));
    match (element.name(), element.attr("role")) {
        ("nav", _) | (_, Some("navigation" | "menu" | "menubar" | "search")) => landmark(Category::Navigation),
        ("header" | "footer", _) | (_, Some("banner" | "contentinfo")) if !in_article => landmark(Category::Navigation),
        ("aside", _) | (_, Some("complementary")) => landmark(Category::Related),
        ("form", _) => landmark(Category::Other),
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

//! Knows the elements that say of themselves what they hold: landmarks, and the dialogues of consent managers.

use super::Reason;
use crate::category::Category;
use crate::document::html::tree::Node;
use crate::document::html::{Element, NodeId, Tree};
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
    /// By the number of the node.
    known: Vec<Option<Around>>,
}

/// What an element and those around it say.
#[derive(Clone, Copy, Default)]
struct Around {
    in_article: bool,
    /// Why that makes what is in them boilerplate, where it lies in no article; and where it does.
    outside: Option<Reason>,
    inside: Option<Reason>,
}

impl<'t> Landmarks<'t> {
    pub(super) fn new(tree: &'t Tree, reading: &Reading<'_>) -> Self {
        let mut before = vec![0];
        let mut total = 0;
        for index in 0..reading.document().blocks.len() {
            total += reading.weight(index);
            before.push(total);
        }
        Self { tree, before, known: vec![None; tree.len()] }
    }

    /// Whether an element that makes boilerplate of what is in it is believed. One that holds most of the page is not:
    /// whole pages stand in a `header` or an `aside`, or under a class `cookies`.
    fn is_believed(&self, element: Element<'_>) -> bool {
        let weight_before = |block: usize| self.before[block.min(self.before.len() - 1)];
        self.tree.extent(element.node_id()).is_some_and(|extent| {
            let held = weight_before(extent.end.block) - weight_before(extent.start.block);
            held as f64 <= weight_before(usize::MAX) as f64 * MAX_SHARE
        })
    }

    /// Why a node and the elements around it make what is in it boilerplate, if they do; the outermost has the last
    /// word.
    pub(super) fn reason_around(&mut self, node: NodeId) -> Option<Reason> {
        let mut around = Around::default();
        let mut unknown = Vec::new();
        let node = self.tree.node(node)?;
        for node in std::iter::once(node).chain(node.ancestors()) {
            if let Some(known) = self.known[node.id().index()] {
                around = known;
                break;
            }
            unknown.push(node);
        }
        for node in unknown.into_iter().rev() {
            if let Some(element) = node.as_element() {
                around.in_article |= matches!(element.name(), "article" | "main");
                if around.outside.is_none() || around.inside.is_none() {
                    let (outside, inside) = boilerplate(element);
                    if outside.is_some() && self.is_believed(element) {
                        around.outside = around.outside.or(outside);
                        around.inside = around.inside.or(inside);
                    }
                }
            }
            self.known[node.id().index()] = Some(around);
        }
        // The header and the footer of an article belong to it; those of the page do not.
        if around.in_article { around.inside } else { around.outside }
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

/// Why an element makes boilerplate of what is in it: where it lies in no article, and where it does.
fn boilerplate(element: Element<'_>) -> (Option<Reason>, Option<Reason>) {
    let (name, role) = (element.name(), element.attr("role"));
    if name == "nav" || matches!(role, Some("navigation" | "menu" | "menubar" | "search")) {
        let navigation = Some(Reason::Landmark(Category::Navigation));
        return (navigation, navigation);
    }
    let inside = match (name, role) {
        ("aside", _) | (_, Some("complementary")) => Some(Reason::Landmark(Category::Related)),
        ("html" | "body" | "article" | "main", _) => None,
        _ => asks_for_consent(element).then_some(Reason::Consent),
    };
    let is_frame = matches!((name, role), ("header" | "footer", _) | (_, Some("banner" | "contentinfo")));
    (if is_frame { Some(Reason::Landmark(Category::Navigation)) } else { inside }, inside)
}

fn asks_for_consent(element: Element<'_>) -> bool {
    let names = element.id().into_iter().chain(element.classes());
    let mut words = names.flat_map(|name| name.as_bytes().split(|byte| !byte.is_ascii_alphanumeric()));
    words.any(|word| CONSENT_WORDS.iter().any(|consent| word.eq_ignore_ascii_case(consent.as_bytes())))
}

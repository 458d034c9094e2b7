//! Knows the elements that say of themselves what they hold: landmarks, and the dialogues of consent managers.

use scraper::Node;
use scraper::node::Element;

use super::cause;
use crate::category::Category;
use crate::document::Block;
use crate::document::html::Tree;
use crate::ledger::Cause;

/// Whole words of ids and classes by which consent managers name their dialogues.
const CONSENT_WORDS: [&str; 4] = ["cookie", "cookies", "consent", "gdpr"];

/// Why the elements around a block make it boilerplate, if they do; the outermost has the last word.
pub(super) fn cause_around(tree: &Tree, block: &Block) -> Option<Cause> {
    let elements = || super::around(tree, block).filter_map(|node| node.value().as_element());
    // The header and the footer of an article belong to it; those of the page do not.
    let in_article = elements().any(|element| matches!(element.name(), "article" | "main"));
    elements().filter_map(|element| boilerplate(element, in_article)).last()
}

/// Whether an element says that it holds the article.
pub(super) fn is_article(node: &Node) -> bool {
    node.as_element().is_some_and(|element| {
        matches!(element.name(), "article" | "main")
            || element.attr("role").is_some_and(|role| matches!(role, "main" | "article"))
            || element.attr("itemprop") == Some("articleBody")
    })
}

fn boilerplate(element: &Element, in_article: bool) -> Option<Cause> {
    let landmark = |category| Some(cause("landmark", category));
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
                .then(|| cause("consent", Category::CookieBanner))
        }
    }
}

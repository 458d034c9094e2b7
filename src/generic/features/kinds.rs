//! Looks for evidence of what kind of page it is: what it declares, the words of its address, the names of its `body`.
//!
//! None of it decides. Many pages say nothing, or that everything is an article.

use super::feature::Feature;
use super::hints::{Hint, Hints};
use super::sheet::OfPage;
use crate::document::html::Tree;
use crate::document::html::tree::{Element, Node};

/// The types of JSON-LD that tell pages apart (schema.org), by column.
const TYPES: [(Feature, &[&str]); 4] = [
    (
        Feature::SaysArticle,
        &["Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "TechArticle", "ScholarlyArticle"],
    ),
    (Feature::SaysProduct, &["Product", "ProductGroup", "Offer", "AggregateOffer"]),
    (Feature::SaysPosts, &["DiscussionForumPosting", "QAPage", "Question", "Answer", "Comment"]),
    (Feature::SaysList, &["ItemList", "CollectionPage", "SearchResultsPage", "OfferCatalog"]),
];

/// So many types are looked at.
const MOST_TYPES: usize = 100;

/// What names hint at a kind of page, by column: in addresses, and in the classes of `html` and `body`.
const NAMED: [(Feature, Feature, Hint); 6] = [
    (Feature::AddressContent, Feature::BodyContent, Hint::Content),
    (Feature::AddressPost, Feature::BodyPost, Hint::Post),
    (Feature::AddressProduct, Feature::BodyProduct, Hint::Product),
    (Feature::AddressDocumentation, Feature::BodyDocumentation, Hint::Documentation),
    (Feature::AddressCard, Feature::BodyCard, Hint::Card),
    (Feature::AddressTags, Feature::BodyTags, Hint::Tags),
];

/// Fills in what the page says of itself, and what its address does.
pub(super) fn fill(page: &mut OfPage, tree: Option<&Tree>, address: Option<&str>) {
    if let Some(path) = address.and_then(path_of) {
        let hints = Hints::of_names(path);
        for (feature, _, hint) in NAMED {
            page.set(feature, hints.number(hint));
        }
        let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        page.set(Feature::AddressDepth, path.split('/').filter(|part| !part.is_empty()).count() as f32);
        page.set(Feature::AddressHyphens, last.bytes().filter(|byte| matches!(byte, b'-' | b'_')).count() as f32);
        page.set(Feature::AddressDigits, last.bytes().filter(u8::is_ascii_digit).count() as f32);
    } else {
        page.set(Feature::AddressDepth, -1.0);
    }
    let Some(root) = tree.and_then(Tree::root_element) else { return };
    let mut names = Hints::of(root);
    for part in root.children() {
        match part.name() {
            "head" => part.children().for_each(|element| declared(page, element)),
            "body" => names = names.and(Hints::of(part)),
            _ => {}
        }
    }
    for (_, feature, hint) in NAMED {
        page.set(feature, names.number(hint));
    }
}

/// The path of an address, without what is behind it.
fn path_of(address: &str) -> Option<&str> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    rest.split(['?', '#']).next()
}

/// What an element of the head says.
fn declared(page: &mut OfPage, element: Element<'_>) {
    match element.name() {
        "meta" if element.attr("property") == Some("og:type") => {
            let kind = element.attr("content").unwrap_or_default().trim();
            let number = match kind.split_once([':', '.']).map_or(kind, |(kind, _)| kind) {
                kind if kind.eq_ignore_ascii_case("article") || kind.eq_ignore_ascii_case("blog") => 3.0,
                kind if kind.eq_ignore_ascii_case("product") => 2.0,
                kind if kind.eq_ignore_ascii_case("website") => 1.0,
                _ => 0.0,
            };
            page.set(Feature::PageType, number);
        }
        "script"
            if element.attr("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) =>
        {
            for kind in element.node().children().filter_map(Node::as_text).flat_map(types).take(MOST_TYPES) {
                if let Some((feature, _)) = TYPES.iter().find(|(_, kinds)| kinds.contains(&kind)) {
                    page.set(*feature, 1.0);
                }
            }
        }
        _ => {}
    }
}

/// The types that a script of JSON-LD names, found without reading it whole.
fn types(script: &str) -> impl Iterator<Item = &str> {
    script.match_indices("\"@type\"").filter_map(|(at, key)| {
        let value = script[at + key.len()..].trim_start().strip_prefix(':')?;
        let value = value.trim_start().trim_start_matches('[').trim_start().strip_prefix('"')?;
        value.split_once('"').map(|(kind, _)| kind.rsplit('/').next().unwrap_or(kind))
    })
}

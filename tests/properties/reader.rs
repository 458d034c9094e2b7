//! What a reader sees of a page, told in the plainest way: the text nodes, without those that no browser shows.

use scraper::{Html, Node};

const UNSEEN: &[&str] = &[
    "head", "script", "style", "template", "noscript", "noframes", "noembed", "iframe", "object", "embed", "video",
    "audio", "canvas", "svg", "applet", "map", "select", "datalist", "textarea", "input", "progress", "meter", "rp",
];

/// The text of a page, as it stands in the tree.
pub(super) fn seen(html: &str) -> String {
    let html = Html::parse_document(html);
    let mut text = String::new();
    for node in html.tree.root().descendants() {
        let Node::Text(piece) = node.value() else { continue };
        let hidden = node.ancestors().filter_map(|node| node.value().as_element()).any(|element| {
            UNSEEN.contains(&element.name())
                || element.attr("hidden").is_some()
                || element.attr("style").is_some_and(|style| style.contains("none"))
                || element.name() == "dialog" && element.attr("open").is_none()
        });
        if !hidden {
            text += piece;
        }
    }
    text
}

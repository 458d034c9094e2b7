//! Collects the elements with `itemprop` that say something of the article.

use super::{clean, text_of};
use crate::document::html::tree::Element;
use crate::metadata::date::PublishedAt;
use crate::metadata::names;

/// What microdata says.
#[derive(Default)]
pub(super) struct Items {
    pub(super) authors: Vec<String>,
    pub(super) date: Option<PublishedAt>,
    pub(super) modified: Option<PublishedAt>,
    pub(super) headline: Option<String>,
    pub(super) image: Option<String>,
}

impl Items {
    /// Takes an element in. Whoever is named within a picture or comments is no author.
    pub(super) fn add(&mut self, properties: &str, element: Element<'_>, may_name_author: bool) {
        let text = || element.attr("content").and_then(clean).or_else(|| text_of(element.node()));
        let date = || {
            let given = element.attr("content").or_else(|| element.attr("datetime"));
            let given = given.map(str::to_owned).or_else(|| text_of(element.node()));
            given.as_deref().and_then(PublishedAt::parse)?.plausible()
        };
        for property in properties.split_ascii_whitespace().take(8) {
            match property {
                "author" if may_name_author && self.authors.len() < names::MOST => self.authors.extend(text()),
                "datePublished" if self.date.is_none() => self.date = date(),
                "dateModified" if self.modified.is_none() => self.modified = date(),
                "headline" if self.headline.is_none() => self.headline = text(),
                "image" if self.image.is_none() => {
                    let given = ["content", "src", "href"].into_iter().find_map(|name| element.attr(name));
                    self.image = given.and_then(clean);
                }
                _ => {}
            }
        }
    }
}

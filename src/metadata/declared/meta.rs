//! Collects the `<meta>` elements that are read.

use std::collections::BTreeMap;

use super::clean;
use crate::document::html::Element;

/// As many of one name are kept: some pages name each author so.
const MOST: usize = 20;

pub(super) const TITLE: [&str; 3] = ["og:title", "twitter:title", "parsely-title"];
pub(super) const SITE_NAME: [&str; 2] = ["og:site_name", "application-name"];
pub(super) const LANGUAGE: [&str; 2] = ["content-language", "og:locale"];
pub(super) const AUTHOR: [&str; 9] = [
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "citation_author",
    "byl",
    "og:article:author",
];
pub(super) const DATE: [&str; 22] = [
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "publication_date",
    "publish-date",
    "publishdate",
    "publish_date",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "citation_publication_date",
    "date",
    "article:published",
];
const OTHER: [&str; 1] = ["og:url"];

/// What `<meta>` elements say, by their names in lower case.
#[derive(Default)]
pub(super) struct Metas(BTreeMap<&'static str, Vec<String>>);

impl Metas {
    /// Takes an element in, if its name is known.
    pub(super) fn add(&mut self, element: Element<'_>) {
        let Some(content) = element.attr("content").and_then(clean) else { return };
        let names = ["property", "name", "itemprop", "http-equiv"].into_iter().filter_map(|key| element.attr(key));
        let known = || [&TITLE[..], &SITE_NAME, &LANGUAGE, &AUTHOR, &DATE, &OTHER].into_iter().flatten();
        for name in names {
            if let Some(known) = known().find(|known| known.eq_ignore_ascii_case(name.trim())) {
                let values = self.0.entry(known).or_default();
                if values.len() < MOST {
                    values.push(content);
                }
                return;
            }
        }
    }

    /// The first value of the first name that has one.
    pub(super) fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.0.get(name)?.first().cloned())
    }

    /// The values of the first name that has any but addresses.
    pub(super) fn all(&self, names: &[&str]) -> Vec<String> {
        let mut lists = names.iter().filter_map(|name| self.0.get(name));
        lists.find(|list| list.iter().any(|value| !value.contains("://"))).cloned().unwrap_or_default()
    }
}

//! Collects the `<meta>` elements that are read.

use std::collections::BTreeMap;

use super::clean;
use crate::document::html::Element;
use crate::metadata::by_words::is_by;
use crate::metadata::origin::Origin;

/// As many of one name are kept: some pages name each author so.
const MOST: usize = 20;

/// No name is longer, in bytes, punctuation not counted.
const LONGEST_NAME: usize = 48;

// Names in lower case, without punctuation: `article:published_time` is written with a dot or a hyphen as well.
pub(super) const TITLE: &[&str] = &["ogtitle", "twittertitle", "parselytitle", "citationtitle"];
pub(super) const SITE_NAME: &[&str] = &["ogsitename", "applicationname"];
pub(super) const LANGUAGE: &[&str] = &["contentlanguage", "oglocale"];
pub(super) const AUTHOR: &[&str] = &[
    "author",
    "articleauthor",
    "dccreator",
    "dctermscreator",
    "parselyauthor",
    "sailthruauthor",
    "citationauthor",
    "citationauthors",
    "byl",
    "ogarticleauthor",
    "cxenseparseauthor",
    "articleauthorname",
    "authors",
    "authorname",
    "ogauthor",
    LABELLED_AUTHOR,
];
pub(super) const DATE: &[&str] = &[
    "articlepublishedtime",
    "ogpublishedtime",
    "ogarticlepublishedtime",
    "datepublished",
    "parselypubdate",
    "sailthrudate",
    "cxenseparserecspublishtime",
    "articlepublished",
    "publicationdate",
    "publisheddate",
    "publishdate",
    "published",
    "publishedat",
    "pubdate",
    "dcdateissued",
    "dctermsissued",
    "dcdate",
    "dctermsdate",
    "dctermscreated",
    "dcdatecreated",
    "citationpublicationdate",
    "citationonlinedate",
    "citationdate",
    "date",
    OTHER_DATE,
];
pub(super) const MODIFIED: &[&str] = &[
    "articlemodifiedtime",
    "ogupdatedtime",
    "datemodified",
    "articlemodified",
    "lastmodified",
    "modifieddate",
    "dcdatemodified",
    "dctermsmodified",
    "updateddate",
    "lastupdated",
    OTHER_MODIFIED,
];
pub(super) const DESCRIPTION: &[&str] =
    &["ogdescription", "description", "twitterdescription", "dcdescription", "dctermsdescription"];
pub(super) const IMAGE: &[&str] = &["ogimage", "ogimageurl", "ogimagesecureurl", "twitterimage", "twitterimagesrc"];
pub(super) const TAGS: &[&str] = &["articletag"];
pub(super) const KEYWORDS: &[&str] = &["newskeywords", "parselytags", "keywords", "cxenseparserecskeywords"];
const OTHER: &[&str] = &["ogurl"];

/// Vendors put their own names before these.
const OTHER_DATE: &str = "…published";
const DATE_ENDINGS: [&str; 5] = ["publisheddate", "datepublished", "publishdate", "publishedtime", "publishtime"];
const OTHER_MODIFIED: &str = "…modified";
const MODIFIED_ENDINGS: [&str; 5] = ["modifieddate", "datemodified", "modifiedtime", "updatedtime", "updateddate"];

/// What stands beside a label such as "Written by" (`twitter:label1` and `twitter:data1`).
const LABELLED_AUTHOR: &str = "…label";

/// What `<meta>` elements say, by their names in lower case.
#[derive(Default)]
pub(super) struct Metas {
    values: BTreeMap<&'static str, Vec<String>>,
    /// The labels whose data comes next, by their number.
    labels: [bool; 3],
}

impl Metas {
    /// Takes an element in, if its name is known.
    pub(super) fn add(&mut self, element: Element<'_>) {
        let Some(content) = element.attr("content") else { return };
        let names = ["property", "name", "itemprop", "http-equiv"].into_iter().filter_map(|key| element.attr(key));
        for name in names {
            let mut plain = [0; LONGEST_NAME];
            let Some(known) = plain_name(name, &mut plain).and_then(|name| self.known(name, content)) else { continue };
            let values = self.values.entry(known).or_default();
            if values.len() < MOST {
                values.extend(clean(content));
            }
            return;
        }
    }

    /// The name under which a value is kept.
    fn known(&mut self, name: &str, content: &str) -> Option<&'static str> {
        const LISTS: [&[&str]; 11] =
            [TITLE, SITE_NAME, LANGUAGE, AUTHOR, DATE, MODIFIED, DESCRIPTION, IMAGE, TAGS, KEYWORDS, OTHER];
        if let Some(known) = LISTS.into_iter().flatten().find(|known| **known == name) {
            return Some(known);
        }
        if let Some(number) = name.strip_prefix("twitterlabel").and_then(|number| number.parse::<usize>().ok()) {
            let label = clean(content).unwrap_or_default();
            if let Some(says) = self.labels.get_mut(number) {
                *says = is_by(&label);
            }
        } else if let Some(number) = name.strip_prefix("twitterdata").and_then(|number| number.parse::<usize>().ok()) {
            return self.labels.get(number).is_some_and(|says| *says).then_some(LABELLED_AUTHOR);
        } else if DATE_ENDINGS.iter().any(|ending| name.ends_with(ending)) {
            return Some(OTHER_DATE);
        } else if MODIFIED_ENDINGS.iter().any(|ending| name.ends_with(ending)) {
            return Some(OTHER_MODIFIED);
        }
        None
    }

    /// The first value of the first name that has one.
    pub(super) fn first(&self, names: &[&str]) -> Option<(Origin, String)> {
        names.iter().find_map(|name| Some((origin(name), self.values.get(name)?.first()?.clone())))
    }

    /// The values of the first name that has any but addresses.
    pub(super) fn all(&self, names: &'static [&'static str]) -> Option<(Origin, &[String])> {
        self.lists(names).find(|(_, list)| list.iter().any(|value| !value.contains("://")))
    }

    /// The values of each name.
    pub(super) fn lists<'m>(&'m self, names: &'static [&'static str]) -> impl Iterator<Item = (Origin, &'m [String])> {
        names.iter().filter_map(|name| Some((origin(name), self.values.get(name)?.as_slice())))
    }
}

fn origin(name: &str) -> Origin {
    if name.starts_with("og") || name.starts_with("article") { Origin::OpenGraph } else { Origin::Meta }
}

/// A name in lower case, without punctuation.
fn plain_name<'b>(name: &str, buffer: &'b mut [u8; LONGEST_NAME]) -> Option<&'b str> {
    let mut len = 0;
    for byte in name.bytes().filter(u8::is_ascii_alphanumeric) {
        *buffer.get_mut(len)? = byte.to_ascii_lowercase();
        len += 1;
    }
    std::str::from_utf8(buffer.get(..len)?).ok().filter(|name| !name.is_empty())
}

//! Finds what belongs to an article beside its body: title, authors, dates, language, site, description, tags, image.
//!
//! The first of these that yields something is believed, each piece by itself:
//!
//! 1. the places that the source's rule file names (`[meta]`);
//! 2. what its rules captured in named groups on the way;
//! 3. what the page declares ([`declared`]);
//! 4. what it shows near its title, and what its address says ([`visible`]).
//!
//! Where each piece came from is told beside it ([`origin`]).

mod address;
mod by_words;
pub mod date;
pub mod declared;
mod names;
pub mod origin;
pub mod visible;

use crate::document::html::Element;
use crate::rules::source::{Meta, MetaFinder, MetaPlace};
use crate::strip::Captured;
use crate::strip::reading::Window;
use crate::strip::scan::Scan;
use crate::strip::scope::Admission;
use crate::text::normalise;
use date::PublishedAt;
use declared::Declared;
use origin::{Field, Origin, Origins};

/// What belongs to an article beside its body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title.
    pub title: Option<String>,
    /// The author; several are separated by `, `.
    pub author: Option<String>,
    /// The authors, one by one.
    pub authors: Vec<String>,
    /// When it was published. Where only the date of a change is known, that; [`Origin::Modified`] says so.
    pub date: Option<PublishedAt>,
    /// When it was last changed.
    pub modified: Option<PublishedAt>,
    /// The language that the page declares (BCP 47).
    pub language: Option<String>,
    /// The name of the site.
    pub site: Option<String>,
    /// What the article is about, in the words of the page.
    pub description: Option<String>,
    /// The canonical address.
    pub canonical: Option<String>,
    /// The tags.
    pub tags: Vec<String>,
    /// The address of the lead image.
    pub image: Option<String>,
    /// Where each of these came from.
    pub origins: Origins,
    /// The address that was given with the page.
    pub(crate) address: Option<String>,
}

/// Brings together what the rules and the page say. `url` is the address that was given with the page.
pub fn compose(
    scan: &Scan<'_, '_>,
    meta: &Meta,
    captured: &Captured,
    declared: &Declared,
    url: Option<&str>,
) -> Metadata {
    let window = scan.reading().page();
    let read = |places: &[MetaPlace], group| places.iter().flat_map(|place| values(scan, &window, place, group)).next();
    let mut origins = declared.origins;
    let mut ruled = |field, is_found: bool| {
        if is_found {
            origins.set(field, Some(Origin::Rules));
        }
    };
    let title = read(&meta.title, "title").or_else(|| captured.title.clone());
    ruled(Field::Title, title.is_some());
    let authors =
        meta.author.iter().map(|place| values(scan, &window, place, "author")).find(|names| !names.is_empty());
    let authors = authors.or_else(|| captured.author.clone().map(|author| vec![author]));
    ruled(Field::Author, authors.is_some());
    let date = read(&meta.date, "date").and_then(|text| PublishedAt::parse(&text));
    let date = date.or_else(|| captured.date.as_deref().and_then(PublishedAt::parse));
    ruled(Field::Date, date.is_some());
    let authors = authors.unwrap_or_else(|| declared.authors.clone());
    let date = date.or(declared.date);
    // What is said to have been changed before it was there is a mistake.
    let modified = declared.modified.filter(|modified| date.is_none_or(|date| modified.date() >= date.date()));
    if modified.is_none() {
        origins.set(Field::Modified, None);
    }
    if date.is_none() && modified.is_some() {
        origins.set(Field::Date, Some(Origin::Modified));
    }
    let language = declared.language.clone().or_else(|| scan.reading().document().language.clone());
    if language.is_some() && origins.of(Field::Language).is_none() {
        origins.set(Field::Language, Some(Origin::Lang));
    }
    let link = declared.canonical.clone().map(|link| (Origin::Link, link));
    let canonical = link.or_else(|| declared.og_url.clone().map(|url| (Origin::OpenGraph, url)));
    let canonical = canonical.map(|(origin, link)| (origin, address::whole(link, url)));
    let canonical = origins.keep(Field::Canonical, canonical);
    let page = url.or(canonical.as_deref());
    Metadata {
        title: title.or_else(|| declared.title.clone()),
        author: (!authors.is_empty()).then(|| authors.join(", ")),
        authors,
        date: date.or(modified),
        modified,
        language,
        site: declared.site_name.clone(),
        description: declared.description.clone(),
        tags: declared.tags.clone(),
        image: declared.image.clone().map(|image| address::whole(image, page)),
        canonical,
        origins,
        address: url.map(str::to_owned),
    }
}

/// What stands at a place, each text once.
fn values(scan: &Scan<'_, '_>, window: &Window, place: &MetaPlace, group: &str) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    let found: Vec<String> = match &place.finder {
        MetaFinder::Element { select, attr } => {
            let elements = scan.elements(select);
            match attr {
                Some(attr) => elements.filter_map(|element| element.attr(attr)).map(str::to_owned).collect(),
                None => elements.map(Element::text).collect(),
            }
        }
        MetaFinder::Block { pattern, scope } => {
            let admission = Admission::new(scan, window, scope);
            let first = scan.members(window, pattern, |position| admission.admits(position)).next();
            let captures = first.and_then(|position| pattern.captures(scan.text(window.members[position])));
            let text = captures.map(|groups| groups.name(group).map_or(&groups[0], |one| one.as_str()).to_owned());
            text.into_iter().collect()
        }
    };
    for text in found {
        let text = normalise(&text);
        let text = place.trim_start.as_deref().and_then(|start| text.strip_prefix(start)).unwrap_or(&text);
        let text = place.trim_end.as_deref().and_then(|end| text.strip_suffix(end)).unwrap_or(text).trim();
        if !text.is_empty() && !values.iter().any(|value| value == text) {
            values.push(text.to_owned());
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::html;
    use crate::rules::pattern::Pattern;
    use crate::strip::reading::Reading;

    fn element(css: &str, attr: Option<&str>) -> MetaPlace {
        let select = crate::rules::selector::compile(css).expect("a selector");
        let finder = MetaFinder::Element { select, attr: attr.map(str::to_owned) };
        MetaPlace { file: "s".into(), finder, trim_start: Some("Von ".to_owned()), trim_end: Some(" - X".to_owned()) }
    }

    #[test]
    fn rule_files_then_groups_then_the_page() {
        let html = "<h1>A title - X</h1><i>Von Ada</i><i>Bo</i><i>Bo</i><time datetime=2024-05-06>long ago</time><p>Am 1. Mai 2023";
        let document = html::read(html).expect("within bounds");
        let reading = Reading::new(&document);
        let scan = Scan::unindexed(&reading);
        let captured =
            Captured { title: Some("captured".into()), date: Some("7.5.2024".into()), ..Captured::default() };
        let declared =
            Declared { title: Some("declared".into()), authors: vec!["A".into(), "B".into()], ..Declared::default() };
        let places = Meta {
            title: vec![element("h2", None), element("h1", None)],
            author: vec![element("i", None)],
            date: vec![],
        };
        let found = compose(&scan, &places, &captured, &declared, None);
        assert_eq!((found.title.as_deref(), found.author.as_deref()), (Some("A title"), Some("Ada, Bo")));
        assert_eq!(found.date.map(|date| date.to_string()).as_deref(), Some("2024-05-07"));
        let found = compose(&scan, &Meta::default(), &Captured::default(), &declared, None);
        assert_eq!((found.title.as_deref(), found.author.as_deref()), (Some("declared"), Some("A, B")));
        let date = |finder| {
            let places = Meta {
                date: vec![MetaPlace { file: "s".into(), finder, trim_start: None, trim_end: None }],
                ..Meta::default()
            };
            compose(&scan, &places, &captured, &declared, None).date.map(|date| date.to_string())
        };
        let pattern = Pattern::part(r"Am (?P<date>\d.*)").expect("a pattern");
        assert_eq!(date(MetaFinder::Block { pattern, scope: Box::default() }).as_deref(), Some("2023-05-01"));
        let attribute = element("time", Some("datetime")).finder;
        assert_eq!(date(attribute).as_deref(), Some("2024-05-06"));
    }
}

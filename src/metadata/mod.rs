//! Finds what belongs to an article beside its body: title, author, date, language.
//!
//! The first of these that yields something is believed, each piece by itself:
//!
//! 1. the places that the source's rule file names (`[meta]`);
//! 2. what its rules captured in named groups on the way;
//! 3. what the page declares ([`declared`]).

pub mod date;
pub mod declared;

use crate::document::html::Element;
use crate::rules::source::{Meta, MetaFinder, MetaPlace};
use crate::strip::Captured;
use crate::strip::reading::Window;
use crate::strip::scan::Scan;
use crate::strip::scope::Admission;
use crate::text::normalise;
use date::PublishedAt;
use declared::Declared;

/// What belongs to an article beside its body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title.
    pub title: Option<String>,
    /// The author; several are separated by `, `.
    pub author: Option<String>,
    /// When it was published.
    pub date: Option<PublishedAt>,
    /// The language that the page declares (BCP 47).
    pub language: Option<String>,
}

/// Brings together what the rules and the page say.
pub fn compose(scan: &Scan<'_, '_>, meta: &Meta, captured: &Captured, declared: &Declared) -> Metadata {
    let window = scan.reading().page();
    let read = |places: &[MetaPlace], group| places.iter().flat_map(|place| values(scan, &window, place, group)).next();
    let authors =
        meta.author.iter().map(|place| values(scan, &window, place, "author")).find(|names| !names.is_empty());
    let declared_author = (!declared.authors.is_empty()).then(|| declared.authors.join(", "));
    let date = read(&meta.date, "date").and_then(|text| PublishedAt::parse(&text));
    Metadata {
        title: read(&meta.title, "title").or_else(|| captured.title.clone()).or_else(|| declared.title.clone()),
        author: authors.map(|names| names.join(", ")).or_else(|| captured.author.clone()).or(declared_author),
        date: date.or_else(|| captured.date.as_deref().and_then(PublishedAt::parse)).or(declared.date),
        language: declared.language.clone().or_else(|| scan.reading().document().language.clone()),
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
        MetaPlace { finder, trim_start: Some("Von ".to_owned()), trim_end: Some(" - X".to_owned()) }
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
        let found = compose(&scan, &places, &captured, &declared);
        assert_eq!((found.title.as_deref(), found.author.as_deref()), (Some("A title"), Some("Ada, Bo")));
        assert_eq!(found.date.map(|date| date.to_string()).as_deref(), Some("2024-05-07"));
        let found = compose(&scan, &Meta::default(), &Captured::default(), &declared);
        assert_eq!((found.title.as_deref(), found.author.as_deref()), (Some("declared"), Some("A, B")));
        let date = |finder| {
            let places = Meta { date: vec![MetaPlace { finder, trim_start: None, trim_end: None }], ..Meta::default() };
            compose(&scan, &places, &captured, &declared).date.map(|date| date.to_string())
        };
        let pattern = Pattern::part(r"Am (?P<date>\d.*)").expect("a pattern");
        assert_eq!(date(MetaFinder::Block { pattern, scope: Box::default() }).as_deref(), Some("2023-05-01"));
        let attribute = element("time", Some("datetime")).finder;
        assert_eq!(date(attribute).as_deref(), Some("2024-05-06"));
    }
}

//! Reads what the elements around a block say that it is, by their classes and ids.

use crate::document::html::Element;

/// What an element says that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// A name, or names, of authors.
    Author,
    /// A date.
    Date,
    /// Something about the author or the date that is neither.
    Other,
}

/// How many elements around a block are asked.
const DEPTH: usize = 3;

const AUTHOR: [&str; 9] =
    ["author", "byline", "by-line", "writer", "autor", "auteur", "verfasser", "redakteur", "contributor"];
const DATE: [&str; 9] = ["date", "publish", "posted", "pubdate", "time", "datum", "fecha", "byline", "meta"];

/// What stands in a name beside "author" where it is not the name of one.
const NOT_THE_NAME: [&str; 23] = [
    "bio", "avatar", "social", "descr", "desc", "position", "job", "role", "image", "img", "photo", "picture", "link",
    "follow", "count", "email", "expert", "about", "label", "prefix", "comment", "reviewe", "box-content",
];

/// The first thing that an element, or one of those close around it, says of itself; which one, counted outwards.
pub(super) fn author(element: Element<'_>) -> Option<(Hint, usize)> {
    first(element, |name| {
        let says = AUTHOR.iter().any(|word| name.contains(word)) && !name.contains("authori") && !name.contains("authority");
        says.then(|| if NOT_THE_NAME.iter().any(|word| name.contains(word)) { Hint::Other } else { Hint::Author })
    })
}

/// Whether an element, or one of those close around it, says that a date stands there.
pub(super) fn is_dated(element: Element<'_>) -> bool {
    element.name() == "time"
        || first(element, |name| {
            let says = DATE.iter().any(|word| name.contains(word)) && !name.contains("update-");
            says.then_some(Hint::Date)
        })
        .is_some()
}

fn first(element: Element<'_>, says: impl Fn(&str) -> Option<Hint>) -> Option<(Hint, usize)> {
    let around = std::iter::once(element).chain(element.ancestors()).take(DEPTH + 1);
    for (depth, element) in around.enumerate() {
        if matches!(element.name(), "body" | "html" | "main" | "article") {
            return None;
        }
        if let Some(hint) = of(element, &says) {
            return Some((hint, depth));
        }
    }
    None
}

/// What the classes and the id of one element say.
pub(super) fn of(element: Element<'_>, says: impl Fn(&str) -> Option<Hint>) -> Option<Hint> {
    let names = element.attr("class").into_iter().chain(element.attr("id"));
    let mut words = names.flat_map(str::split_ascii_whitespace).take(12).filter(|word| word.len() <= 100);
    words.find_map(|word| says(&word.to_ascii_lowercase()))
}

/// Whether one element says that it holds the name of an author.
pub(super) fn names_author(element: Element<'_>) -> bool {
    let says = |name: &str| {
        let says = AUTHOR.iter().any(|word| name.contains(word)) && !name.contains("authori");
        says.then(|| if NOT_THE_NAME.iter().any(|word| name.contains(word)) { Hint::Other } else { Hint::Author })
    };
    of(element, says) == Some(Hint::Author) || element.attr("itemprop") == Some("author") || element.attr("rel") == Some("author")
}

/// Whether an address is that of somebody's page: `/author/jo-muster`.
pub(super) fn is_of_author(href: &str) -> bool {
    const PARTS: [&str; 26] = [
        "author", "authors", "autor", "autoren", "autores", "auteur", "auteurs", "autore", "autori", "contributor",
        "contributors", "profile", "people", "person", "staff", "writer", "writers", "journalist", "journalists",
        "reporter", "reporters", "editors", "by", "our-people", "producers", "redakteur",
    ];
    let path = href.split_once("://").map_or(href, |(_, behind)| behind);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.split('/').skip(1).peekable();
    while let Some(part) = parts.next() {
        // Somebody must be named behind it.
        if PARTS.contains(&part) && parts.peek().is_some_and(|next| !next.is_empty()) {
            return true;
        }
    }
    false
}

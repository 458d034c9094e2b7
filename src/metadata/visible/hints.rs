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

/// What stands in a class beside "author" where it is not that of the name: anywhere, and as a part by itself.
const NOT_THE_NAME: [&str; 16] = [
    "avatar",
    "social",
    "descr",
    "position",
    "jobtitle",
    "image",
    "photo",
    "picture",
    "follow",
    "email",
    "comment",
    "reviewe",
    "content",
    "label",
    "prefix",
    "credential",
];
const NOT_THE_NAME_ALONE: [&str; 13] =
    ["bio", "desc", "job", "role", "img", "link", "links", "count", "expert", "about", "title", "titel", "des"];

/// What the nearest element that says anything of authors says of a text in it, and how many elements away it is.
pub(super) fn author(element: Element<'_>) -> Option<(Hint, usize)> {
    first(element, of_author)
}

/// What a class says of an author.
fn of_author(class: &str) -> Option<Hint> {
    let says = AUTHOR.iter().any(|word| class.contains(word)) && !class.contains("authori");
    let mut parts = class.split(|c: char| !c.is_ascii_alphanumeric());
    let mut other =
        || NOT_THE_NAME.iter().any(|word| class.contains(word)) || parts.any(|part| NOT_THE_NAME_ALONE.contains(&part));
    says.then(|| if other() { Hint::Other } else { Hint::Author })
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
    let is = |attribute| element.attr(attribute) == Some("author");
    is("itemprop") || is("rel") || of(element, of_author) == Some(Hint::Author)
}

/// Whether an address is that of somebody's page: `/author/jo-muster`.
pub(super) fn is_of_author(href: &str) -> bool {
    const PARTS: [&str; 26] = [
        "author",
        "authors",
        "autor",
        "autoren",
        "autores",
        "auteur",
        "auteurs",
        "autore",
        "autori",
        "contributor",
        "contributors",
        "profile",
        "people",
        "person",
        "staff",
        "writer",
        "writers",
        "journalist",
        "journalists",
        "reporter",
        "reporters",
        "editors",
        "our-people",
        "producers",
        "redakteur",
        "autorin",
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

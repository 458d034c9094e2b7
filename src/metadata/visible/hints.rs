//! Reads what the elements around a block say that it is, by their classes and ids.

use crate::document::html::Element;
use crate::text::has_pair;

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

/// What the nearest element that says anything of authors says of a text in it.
pub(super) fn author(element: Element<'_>) -> Option<Hint> {
    first(element, may_name_author, of_author)
}

/// Whether two letters stand in names as they do in those of [`AUTHOR`]; in most they do not.
fn may_name_author(names: &str) -> bool {
    has_pair(names, |one, next| {
        matches!((one, next), (b'u' | b'k', b't') | (b'y', b'l' | b'-') | (b'w', b'r') | (b'r', b'f'))
    })
}

/// The same for those of [`DATE`].
fn may_name_date(names: &str) -> bool {
    has_pair(names, |one, next| {
        matches!(
            (one, next),
            (b'd', b'a') | (b'u', b'b') | (b'o', b's') | (b'i', b'm') | (b'e', b'c' | b't') | (b'y', b'l')
        )
    })
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
        || first(element, may_name_date, |name| {
            let says = DATE.iter().any(|word| name.contains(word)) && !name.contains("update-");
            says.then_some(Hint::Date)
        })
        .is_some()
}

fn first(element: Element<'_>, may_say: fn(&str) -> bool, says: impl Fn(&str) -> Option<Hint>) -> Option<Hint> {
    let around = std::iter::once(element).chain(element.ancestors()).take(DEPTH + 1);
    let mut around = around.take_while(|element| !matches!(element.name(), "body" | "html" | "main" | "article"));
    around.find_map(|element| of(element, may_say, &says))
}

/// What the classes and the id of one element say.
fn of(element: Element<'_>, may_say: fn(&str) -> bool, says: impl Fn(&str) -> Option<Hint>) -> Option<Hint> {
    let names = element.attr("class").into_iter().chain(element.attr("id")).filter(|names| may_say(names));
    let mut words = names.flat_map(str::split_ascii_whitespace).take(12).filter(|word| word.len() <= 100);
    words.find_map(|word| if may_say(word) { says(&word.to_ascii_lowercase()) } else { None })
}

/// Whether one element says that it holds the name of an author.
pub(super) fn names_author(element: Element<'_>) -> bool {
    let is = |attribute| element.attr(attribute) == Some("author");
    is("itemprop") || is("rel") || of(element, may_name_author, of_author) == Some(Hint::Author)
}

/// Whether an address is that of somebody's page: `/author/jo-muster`.
pub(super) fn is_of_author(href: &str) -> bool {
    let path = href.split_once("://").map_or(href, |(_, behind)| behind);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.split('/').skip(1).peekable();
    while let Some(part) = parts.next() {
        // Somebody must be named behind it.
        if is_of_people(part) && parts.peek().is_some_and(|next| !next.is_empty()) {
            return true;
        }
    }
    false
}

fn is_of_people(part: &str) -> bool {
    matches!(
        part,
        "author"
            | "authors"
            | "autor"
            | "autoren"
            | "autores"
            | "autorin"
            | "auteur"
            | "auteurs"
            | "autore"
            | "autori"
            | "contributor"
            | "contributors"
            | "editors"
            | "journalist"
            | "journalists"
            | "our-people"
            | "people"
            | "person"
            | "producers"
            | "profile"
            | "redakteur"
            | "reporter"
            | "reporters"
            | "staff"
            | "writer"
            | "writers"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_passed_over() {
        for word in AUTHOR {
            assert!(may_name_author(word) && may_name_author(&word.to_uppercase()), "{word}");
        }
        for word in DATE {
            assert!(may_name_date(word) && may_name_date(&word.to_uppercase()), "{word}");
        }
        assert!(!may_name_author("teaser") && !may_name_date("teaser"));
    }
}

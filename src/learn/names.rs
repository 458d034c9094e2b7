//! Tells names that a site keeps from names that a build of it made up, and writes selectors of those that last.
//!
//! What makes a name last: it is made of words. Names with figures in them, and the names that CSS modules, styled
//! components and their like generate, are other ones tomorrow; of `article-body__content__17Yit` only what stands before
//! the hash is somebody's choice.

use crate::document::html::Element;

/// A selector of an element, and how much there is to say against it: 0 for the best.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Named {
    pub(super) selector: String,
    pub(super) cost: f64,
}

impl Named {
    fn new(selector: String, cost: f64) -> Self {
        Self { selector, cost }
    }
}

/// The attributes beside id and class by which sites name their parts.
const NAMING: [&str; 16] = [
    "data-testid",
    "data-test-id",
    "data-test",
    "data-qa",
    "data-component",
    "data-component-name",
    "data-module",
    "data-block",
    "data-type",
    "data-element",
    "data-role",
    "data-name",
    "data-area",
    "data-area-name",
    "data-gu-name",
    "data-external-selector",
];

/// No longer name is looked at.
const LONGEST: usize = 60;

/// What remains of a generated name has to be so long to say anything.
const SHORTEST_STEM: usize = 6;

/// The first words of names that tell of the state or the subject of one page, or of a grid, not of a part of the site.
const PASSING: [&str; 28] = [
    "active",
    "author",
    "category",
    "clearfix",
    "col",
    "container",
    "content",
    "css",
    "first",
    "flex",
    "grid",
    "has",
    "hidden",
    "inner",
    "is",
    "js",
    "last",
    "no",
    "node",
    "position",
    "relative",
    "row",
    "single",
    "tag",
    "term",
    "visible",
    "wrapper",
    "wp",
];

/// The selectors of an element by what it is called itself, without those around it.
pub(super) fn selectors_of(element: Element<'_>) -> Vec<Named> {
    let mut found = Vec::new();
    for attribute in ["itemprop", "property"] {
        if let Some(value) = element.attr(attribute).filter(|value| is_name(value)) {
            found.push(Named::new(format!("[{attribute}=\"{value}\"]"), 0.5));
        }
    }
    if let Some(role) = element.attr("role").filter(|role| is_name(role)) {
        found.push(Named::new(format!("[role=\"{role}\"]"), 1.5));
    }
    if let Some(id) = element.id() {
        if is_lasting(id) {
            found.push(Named::new(format!("#{id}"), 1.0));
        } else if let Some(stem) = stem(id) {
            found.push(Named::new(format!("[id^=\"{stem}\"]"), 1.8));
        }
    }
    let classes: Vec<&str> = element.classes().collect();
    // What styled components write beside such a name has no meaning, even where it looks like a word.
    let styled = classes.iter().any(|class| class.starts_with("sc-") || class.starts_with("css-"));
    for class in classes {
        if is_lasting(class) && !(styled && is_short_word(class)) {
            let passing = PASSING.contains(&class.split(['-', '_']).next().unwrap_or_default());
            found.push(Named::new(format!(".{class}"), if passing { 2.0 } else { 1.0 }));
        } else if let Some(stem) = stem(class) {
            found.push(Named::new(format!("[class*=\"{stem}\"]"), 1.6));
        }
    }
    for attribute in NAMING {
        let Some(value) = element.attr(attribute) else { continue };
        if is_lasting(value) {
            found.push(Named::new(format!("[{attribute}=\"{value}\"]"), 1.2));
        } else if let Some(stem) = stem(value) {
            found.push(Named::new(format!("[{attribute}^=\"{stem}\"]"), 1.4));
        }
    }
    found
}

/// Letters, and `-` and `_` between them: what can stand in a selector as it is.
fn is_name(name: &str) -> bool {
    (2..=LONGEST).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Whether a name is one that somebody chose, and that will be the same on the next page.
pub(super) fn is_lasting(name: &str) -> bool {
    is_name(name)
        && !name.contains(|c: char| c.is_ascii_digit())
        && !["sc-", "css-", "jsx-", "svelte-", "emotion-", "jss"].iter().any(|prefix| name.starts_with(prefix))
        && name.split(['-', '_']).all(|part| !is_hash(part))
        && !is_component(name)
}

/// Whether a name is that of a component with a hash behind it: `ArticlePage-hfxaau`.
fn is_component(name: &str) -> bool {
    let Some((words, hash)) = name.split_once('-') else { return false };
    name.starts_with(|c: char| c.is_ascii_uppercase()) && !words.contains('_') && is_short_word(hash)
}

/// What is left of a generated name that begins with words: `article-body__content__` of `article-body__content__17Yit`.
fn stem(name: &str) -> Option<&str> {
    let name = name.get(..name.len().min(LONGEST * 2))?;
    let mut end = 0;
    let mut start = 0;
    while start < name.len() {
        let rest = &name[start..];
        let part_len = rest.find(['-', '_']).unwrap_or(rest.len());
        let part = &rest[..part_len];
        if part.contains(|c: char| !c.is_ascii_alphabetic()) || is_hash(part) {
            break;
        }
        if start > 0 && is_component(name) {
            break;
        }
        let signs = rest[part_len..].len() - rest[part_len..].trim_start_matches(['-', '_']).len();
        start += part_len + signs;
        end = start;
    }
    let stem = &name[..end];
    let lasts = stem.len() < name.len() && stem.len() >= SHORTEST_STEM && stem.ends_with(['-', '_']);
    let words = stem.trim_end_matches(['-', '_']);
    let passing = PASSING.contains(&words) || ["post", "page", "article", "comment"].contains(&words);
    (lasts && !passing && is_lasting(words)).then_some(stem)
}

/// Whether a part of a name looks thrown together: no vowel in it, or capitals where no word begins.
fn is_hash(part: &str) -> bool {
    let letters = part.len();
    if letters < 4 {
        return false;
    }
    let vowels = part.chars().filter(|c| matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')).count();
    if vowels == 0 {
        // Sites do shorten words, but not to so many consonants.
        return letters >= 6 || part.contains(|c: char| c.is_ascii_uppercase());
    }
    if letters > 8 || part.chars().all(|c| c.is_ascii_lowercase()) || part.chars().all(|c| c.is_ascii_uppercase()) {
        return false;
    }
    // Words of a camel have three letters or more each, but for a first capital.
    let humps: Vec<usize> = part
        .char_indices()
        .filter(|(at, c)| *at > 0 && c.is_ascii_uppercase() != part[..*at].ends_with(|c: char| c.is_ascii_uppercase()))
        .map(|(at, _)| at)
        .collect();
    let begins_high = part.starts_with(|c: char| c.is_ascii_uppercase());
    let changes = humps.len() - usize::from(begins_high && humps.first() == Some(&1));
    let is_camel = matches!(changes, 0 | 2) && !ends_high(part);
    !is_camel || (changes == 2 && letters <= 6)
}

fn ends_high(part: &str) -> bool {
    part.ends_with(|c: char| c.is_ascii_uppercase())
}

/// Five to seven letters without a break, as long as a hash is.
fn is_short_word(class: &str) -> bool {
    (5..=7).contains(&class.len()) && class.chars().all(|c| c.is_ascii_alphabetic())
}

/// What a selector says in words, for the id of a rule: `share-bar` of `.ShareBar__root_`.
pub(super) fn words_of(selector: &str) -> String {
    let quoted = selector.rsplit('"').nth(1);
    let last = selector.rsplit([' ', '>', ',']).find(|part| !part.is_empty()).unwrap_or(selector);
    let name = quoted.unwrap_or(last);
    let mut words = String::new();
    let mut last = '-';
    for c in name.chars() {
        if c.is_ascii_alphabetic() {
            if c.is_ascii_uppercase() && last.is_ascii_lowercase() {
                words.push('-');
            }
            words.push(c.to_ascii_lowercase());
        } else if !words.ends_with('-') {
            words.push('-');
        }
        last = c;
    }
    let mut words = words.trim_matches('-').to_owned();
    words.truncate(LONGEST);
    if words.is_empty() { "part".to_owned() } else { words.trim_end_matches('-').to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_last_and_hashes_do_not() {
        for name in ["article-body", "ArticleBody_content", "storyText", "js-share", "figcaption", "nav", "byline"] {
            assert!(is_lasting(name), "{name}");
        }
        for name in [
            "css-a1b2c3",
            "sc-fzoLsD",
            "bCZUsK",
            "gSqxyU",
            "fDORXM",
            "text__17Yit",
            "post-123",
            "x_qzrtklm",
            "md:flex",
            "ArticlePage-hfxaau",
        ] {
            assert!(!is_lasting(name), "{name}");
        }
    }

    #[test]
    fn what_was_chosen_of_a_generated_name_is_found() {
        assert_eq!(stem("article-body__content__17Yit"), Some("article-body__content__"));
        assert_eq!(stem("Component-root-0-2-15"), Some("Component-root-"));
        assert_eq!(stem("paragraph-3"), Some("paragraph-"));
        assert_eq!(stem("ArticlePage-hfxaau"), Some("ArticlePage-"));
        for none in ["post-123", "sc-1x2y3z-4", "article-body", "q1w2e3", "col-4"] {
            assert_eq!(stem(none), None, "{none}");
        }
    }

    #[test]
    fn rules_are_called_as_elements_are() {
        let called =
            [".ShareBar__root", "[data-testid=\"related-links\"]", "#main > figure", "[class*=\"Ad_slot__\"]", "h1"];
        let words = called.map(words_of);
        assert_eq!(words, ["share-bar-root", "related-links", "figure", "ad-slot", "h"]);
    }
}

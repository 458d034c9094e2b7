//! Finds short texts that recur: lines to drop in what is left of the body, phrases to cut out of it, and marks that tell
//! the source.

use std::collections::{BTreeMap, BTreeSet};

use super::pages::{Seen, without_numbers};
use crate::category::Category;
use crate::document::BlockKind;
use crate::generic::called;

/// A longer line is no label.
const LONGEST: usize = 160;

/// No more lines go into one rule, no more marks into a file.
const MOST_LINES: usize = 6;
const MOST_MARKS: usize = 3;

/// A shorter mark is no mark.
const SHORTEST_MARK: usize = 12;

/// A longer one is text, and changes.
const LONGEST_MARK: usize = 90;

/// A phrase stands in so many blocks.
const LEAST_PHRASES: usize = 3;

/// A line or a phrase, and on how many pages it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Recurring {
    /// A pattern that matches it.
    pub(super) pattern: String,
    pub(super) support: usize,
}

/// The lines that recur in what is left, by the kind of boilerplate that they are, the most frequent first.
pub(super) fn lines(pages: &[Seen<'_>], left: &[Vec<bool>]) -> BTreeMap<Category, Vec<Recurring>> {
    let mut found: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        for (block, text) in page.reading.seen().filter(|(block, _)| left[at][*block]) {
            let is_heading = matches!(page.article.document.blocks[block].kind, BlockKind::Heading { .. });
            let is_unliked = page.wish[block] < 0.3 && page.weight[block] > 0.0;
            if page.recurs[block] && is_unliked && !is_heading && text.chars().count() <= LONGEST {
                found.entry(without_numbers(text)).or_default().insert(at);
            }
        }
    }
    let mut by_category: BTreeMap<Category, Vec<Recurring>> = BTreeMap::new();
    for (text, on) in found.into_iter().filter(|(_, on)| on.len() > 1) {
        let category = called::category(&text.replace(['[', ']', '"'], " ")).unwrap_or(Category::Other);
        by_category.entry(category).or_default().push(Recurring { pattern: pattern_of(&text), support: on.len() });
    }
    for lines in by_category.values_mut() {
        lines.sort_by(|one, other| other.support.cmp(&one.support).then_with(|| one.pattern.cmp(&other.pattern)));
        lines.truncate(MOST_LINES);
    }
    by_category
}

/// The phrases in brackets that stand in many blocks, such as `(opens in a new window)`.
pub(super) fn phrases(pages: &[Seen<'_>], left: &[Vec<bool>]) -> Vec<(String, usize)> {
    let mut found: BTreeMap<&str, (usize, BTreeSet<usize>)> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        for (_, text) in page.reading.seen().filter(|(block, _)| left[at][*block]) {
            for phrase in bracketed(text) {
                let (blocks, on) = found.entry(phrase).or_default();
                *blocks += 1;
                on.insert(at);
            }
        }
    }
    let recurring = found.into_iter().filter(|(_, (blocks, on))| *blocks >= LEAST_PHRASES && on.len() > 1);
    recurring.map(|(phrase, (_, on))| (phrase.to_owned(), on.len())).collect()
}

/// What stands in brackets and is three words or more, with the brackets. Years and abbreviations are none.
fn bracketed(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('(').filter_map(|(start, _)| {
        let end = start + text[start..].find(')')?;
        let inside = &text[start + 1..end];
        let words = inside.split_whitespace().count();
        let is_phrase = (3..=8).contains(&words) && !inside.contains(['(', '"', '“']);
        (is_phrase && !inside.contains(|c: char| c.is_ascii_digit())).then(|| &text[start..=end])
    })
}

/// The lines that only this source writes, by which its pages are told without an address: they have its name in them.
pub(super) fn marks(pages: &[Seen<'_>], host: &str, name: Option<&str>) -> Vec<Recurring> {
    let folded =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let stem = folded(host.split('.').rev().nth(1).unwrap_or(host));
    let names: Vec<String> =
        [Some(stem), name.map(folded)].into_iter().flatten().filter(|name| name.len() > 3).collect();
    let mut found: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        for (_, text) in page.reading.seen().filter(|(block, _)| page.recurs[*block]) {
            let length = text.chars().count();
            let is_sized = (SHORTEST_MARK..=LONGEST_MARK).contains(&length) && text.contains(' ');
            if is_sized && names.iter().any(|name| folded(text).contains(name)) {
                found.entry(without_numbers(text)).or_default().insert(at);
            }
        }
    }
    let all = found.into_iter().filter(|(_, on)| on.len() > 1 && on.len() * 3 >= pages.len() * 2);
    let mut marks: Vec<(String, usize)> = all.map(|(text, on)| (text, on.len())).collect();
    marks.sort_by(|one, other| {
        other.1.cmp(&one.1).then_with(|| other.0.len().cmp(&one.0.len())).then_with(|| one.0.cmp(&other.0))
    });
    marks.truncate(MOST_MARKS);
    marks.into_iter().map(|(text, support)| Recurring { pattern: pattern_of(&text), support }).collect()
}

/// A pattern that matches a line, with any numbers where it has some.
pub(super) fn pattern_of(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' if pattern.ends_with("\\d+") => {}
            '0'..='9' => pattern.push_str("\\d+"),
            // Escaped where they would mean something else; `#`, `-` and the like only do in other modes.
            '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$' => {
                pattern.push('\\');
                pattern.push(c);
            }
            c => pattern.push(c),
        }
    }
    pattern
}

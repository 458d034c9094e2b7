//! Knows what an element must have to be found by a selector.

use html5ever::LocalName;
use selectors::attr::{AttrSelectorOperator, ParsedCaseSensitivity};
use selectors::parser::{Component, Selector as Complex};

use crate::rules::selector::css::{Css, Tag, hash};

/// What an element must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// An id with this hash.
    Id(u32),
    /// An id that begins so.
    IdStart(Start),
    /// A class with this hash.
    Class(u32),
    /// An attribute.
    Attribute(LocalName),
    /// A name.
    Tag(LocalName),
}

/// How an id begins.
pub(super) type Start = [u8; 3];

/// Attributes that so many elements have that a name says more.
const COMMON: [&str; 4] = ["class", "href", "src", "style"];

/// What an element must have one of to be found by a selector; `None` if that cannot be told.
pub(super) fn keys(selector: &Complex<Css>) -> Option<Vec<Key>> {
    let parts = selector.iter().filter_map(part);
    parts.min_by_key(|(rarity, _)| *rarity).map(|(_, keys)| keys)
}

/// The hash of an id or a class that an element around must have, the nearest that is named.
pub(super) fn around(selector: &Complex<Css>) -> Option<u32> {
    let mut compounds = selector.iter();
    compounds.by_ref().for_each(drop);
    while let Some(combinator) = compounds.next_sequence() {
        let mut named = None;
        for part in compounds.by_ref() {
            match part {
                Component::ID(id) => named = Some(id.hash),
                Component::Class(class) => named = named.or(Some(class.hash)),
                _ => {}
            }
        }
        // What stands beside an element is not around it; but what is around that, is.
        if combinator.is_ancestor() && named.is_some() {
            return named;
        }
    }
    None
}

/// What an element must have one of to be what a part of a selector says, with the place of that among the others: what
/// fewest elements have is first.
fn part(part: &Component<Css>) -> Option<(u8, Vec<Key>)> {
    match part {
        Component::ID(id) => Some((0, vec![Key::Id(id.hash)])),
        Component::Class(class) => Some((1, vec![Key::Class(class.hash)])),
        Component::AttributeInNoNamespace { local_name, operator, value, case_sensitivity } => {
            let is_exact = *case_sensitivity == ParsedCaseSensitivity::CaseSensitive;
            match (operator, &*local_name.0) {
                (AttrSelectorOperator::Equal, "id") if is_exact => Some((0, vec![Key::Id(hash(&value.0))])),
                (AttrSelectorOperator::Prefix, "id")
                    if is_exact && let Some(start) = value.0.as_bytes().first_chunk() =>
                {
                    Some((0, vec![Key::IdStart(*start)]))
                }
                (AttrSelectorOperator::Includes, "class") if is_exact => Some((1, vec![Key::Class(hash(&value.0))])),
                _ => Some(attribute(local_name, local_name)),
            }
        }
        Component::AttributeInNoNamespaceExists { local_name, local_name_lower } => {
            Some(attribute(local_name, local_name_lower))
        }
        Component::AttributeOther(other) => Some(attribute(&other.local_name, &other.local_name_lower)),
        Component::LocalName(name) => Some((3, both(&name.name, &name.lower_name, Key::Tag))),
        Component::Is(list) | Component::Where(list) => {
            let mut all = (0, Vec::new());
            for selector in list.slice() {
                let (rarity, keys) = selector.iter().filter_map(self::part).min_by_key(|(rarity, _)| *rarity)?;
                all.0 = all.0.max(rarity);
                all.1.extend(keys.into_iter().filter(|key| !all.1.contains(key)).collect::<Vec<_>>());
            }
            Some(all)
        }
        // What is wrong within `:is()` finds nothing.
        Component::Invalid(_) => Some((0, Vec::new())),
        _ => None,
    }
}

fn attribute(name: &Tag, lower: &Tag) -> (u8, Vec<Key>) {
    let rarity = if COMMON.contains(&&*lower.0) { 4 } else { 2 };
    (rarity, both(name, lower, Key::Attribute))
}

/// A name as written is that of elements and attributes in drawings; all others are in lower case.
fn both(name: &Tag, lower: &Tag, key: fn(LocalName) -> Key) -> Vec<Key> {
    let mut keys = vec![key(lower.0.clone())];
    if name != lower {
        keys.push(key(name.0.clone()));
    }
    keys
}

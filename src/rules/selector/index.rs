//! Finds what many selectors find in one walk over a tree.
//!
//! One by one, ten thousand selectors look at each element ten thousand times. Here each selector waits under one thing
//! that an element must have to be found: an id, else a class, an attribute or a name. So an element meets only those
//! that wait under what it has; and of these, selectors that ask for elements around it are mostly refused by a Bloom
//! filter of what is around. Names are borne by many elements: selectors such as `.teaser p` sleep until a `.teaser` is
//! open.

mod filter;
mod key;
#[cfg(test)]
mod tests;

use precomputed_hash::PrecomputedHash;
use rustc_hash::FxHashMap;
use selectors::bloom::BloomFilter;
use selectors::context::{QuirksMode, SelectorCaches};
use selectors::matching::matches_selector;
use selectors::parser::{AncestorHashes, Selector as Complex};

use self::filter::Filter;
use self::key::{Key, Start};
use super::css::{Css, hash};
use super::matching::{A_MATCH, Found, Selector, context};
use crate::budget::Pace;
use crate::document::html::tree::Edge;
use crate::document::html::{Element, NodeId, Tree};

/// Many selectors, by what an element must have.
#[derive(Clone, Debug, Default)]
pub struct SelectorIndex {
    entries: Vec<Entry>,
    by_id: Bucket,
    by_id_start: FxHashMap<Start, Vec<u32>>,
    by_class: Bucket,
    by_attribute: Bucket,
    by_tag: Bucket,
    every: Vec<u32>,
    /// What waits under no more than a name, by the hash of an id or a class around it: the hash of the name, the entry.
    by_around: FxHashMap<u32, Vec<(u32, u32)>>,
    /// How many selectors there are.
    count: usize,
    /// The hashes of all ids, classes and names around that any of them asks for: most that a page has, none does.
    asked: Filter,
}

/// Entries by the hash of what they wait under. Different names of the same hash do no harm: the selector itself is
/// asked in the end.
type Bucket = FxHashMap<u32, Vec<u32>>;

/// One selector of a list.
#[derive(Clone, Debug)]
struct Entry {
    /// The number of the list.
    selector: u32,
    complex: Complex<Css>,
    ancestors: AncestorHashes,
}

impl SelectorIndex {
    /// Numbers selectors, from 0, and indexes them.
    pub fn new<'s>(selectors: impl IntoIterator<Item = &'s mut Selector>) -> Self {
        let mut index = Self::default();
        for selector in selectors {
            selector.number = Some(index.count);
            for complex in selector.list.slice() {
                index.add(complex);
            }
            index.count += 1;
        }
        index
    }

    fn add(&mut self, complex: &Complex<Css>) {
        let ancestors = AncestorHashes::new(complex, QuirksMode::NoQuirks);
        ancestors.packed_hashes.into_iter().chain([ancestors.fourth_hash()]).for_each(|hash| self.asked.insert(hash));
        let (Ok(selector), Ok(entry)) = (u32::try_from(self.count), u32::try_from(self.entries.len())) else { return };
        self.entries.push(Entry { selector, complex: complex.clone(), ancestors });
        let Some(keys) = key::keys(complex) else { return self.every.push(entry) };
        for key in keys {
            if let (Key::Tag(name), Some(around)) = (&key, key::around(complex)) {
                self.asked.insert(around);
                self.by_around.entry(around).or_default().push((name.precomputed_hash(), entry));
                continue;
            }
            if let Key::Id(hash) | Key::Class(hash) = key {
                self.asked.insert(hash);
            }
            let waiting = match key {
                Key::Id(hash) => self.by_id.entry(hash).or_default(),
                Key::IdStart(start) => self.by_id_start.entry(start).or_default(),
                Key::Class(hash) => self.by_class.entry(hash).or_default(),
                Key::Attribute(name) => self.by_attribute.entry(name.precomputed_hash()).or_default(),
                Key::Tag(name) => self.by_tag.entry(name.precomputed_hash()).or_default(),
            };
            waiting.push(entry);
        }
    }

    /// How many selectors there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is no selector.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// What each selector finds in a tree.
    pub fn matches(&self, tree: &Tree) -> Matches {
        self.matches_within(tree, &Pace::default())
    }

    /// The same while there is time; afterwards it is a part of that.
    pub fn matches_within(&self, tree: &Tree, pace: &Pace) -> Matches {
        let mut walk = Walk::new(self, tree, pace);
        if !self.entries.is_empty() {
            for edge in tree.root().traverse() {
                if pace.go(A_MATCH) {
                    break;
                }
                match edge {
                    Edge::Open(node) => node.as_element().into_iter().for_each(|element| walk.open(element)),
                    Edge::Close(node) => node.as_element().into_iter().for_each(|_| walk.close()),
                }
            }
        }
        Matches::new(walk.found, self.count)
    }
}

/// What selectors found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// The elements, those of the first selector first.
    nodes: Vec<NodeId>,
    /// For each selector, where its elements begin; the last entry is where all end.
    starts: Vec<usize>,
}

impl Matches {
    fn new(mut found: Vec<(u32, NodeId)>, selectors: usize) -> Self {
        // Stable: what one selector finds stays in the order of the page.
        found.sort_by_key(|(selector, _)| *selector);
        found.dedup();
        let mut starts = vec![0; selectors + 1];
        for (selector, _) in &found {
            starts[*selector as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self { nodes: found.into_iter().map(|(_, node)| node).collect(), starts }
    }

    /// The elements that a selector of the index finds, in the order of the page; `None` for one that is not in it.
    pub fn of(&self, selector: &Selector) -> Option<&[NodeId]> {
        let number = selector.number?;
        match self.starts.get(number..number.saturating_add(2)) {
            Some(&[start, end]) => Some(&self.nodes[start..end]),
            _ => None,
        }
    }
}

/// A walk over a tree.
struct Walk<'i> {
    index: &'i SelectorIndex,
    pace: &'i Pace,
    /// For each name in the tree, who asks for it.
    names: Vec<NameAsked<'i>>,
    ancestors: BloomFilter,
    /// The hashes of the elements around that are asked for, those of the innermost last.
    around: Vec<u32>,
    /// The entries that are awake, by the hash of the name that they wait under.
    awake: FxHashMap<u32, Vec<u32>>,
    /// What they woke by.
    woken: Vec<u32>,
    /// For each element around, how many there were before of those around and those that woke something.
    before: Vec<(usize, usize)>,
    caches: SelectorCaches,
    found: Vec<(u32, NodeId)>,
}

/// Who asks for a name.
struct NameAsked<'i> {
    /// What waits under it as the name of an element, and as that of an attribute.
    element: &'i [u32],
    attribute: &'i [u32],
    /// Its hash, if it may be asked for around.
    around: Option<u32>,
}

impl<'i> Walk<'i> {
    fn new(index: &'i SelectorIndex, tree: &Tree, pace: &'i Pace) -> Self {
        let names = tree.names().map(|name| {
            let hash = name.precomputed_hash();
            let around = index.asked.may_have(hash).then_some(hash);
            NameAsked { element: waiting(&index.by_tag, hash), attribute: waiting(&index.by_attribute, hash), around }
        });
        Self {
            index,
            pace,
            names: names.collect(),
            ancestors: BloomFilter::new(),
            around: Vec::new(),
            awake: FxHashMap::default(),
            woken: Vec::new(),
            before: Vec::new(),
            caches: SelectorCaches::default(),
            found: Vec::new(),
        }
    }

    fn open(&mut self, element: Element<'_>) {
        let before = self.around.len();
        self.before.push((before, self.woken.len()));
        self.ask_all(element);
        self.wake(before);
        self.around.extend(self.names[element.name_number()].around);
        for hash in &self.around[before..] {
            self.ancestors.insert_hash(*hash);
        }
    }

    /// Wakes what waits for the names from a place on, unless they are around already.
    fn wake(&mut self, from: usize) {
        for hash in &self.around[from..] {
            let Some(waiting) = self.index.by_around.get(hash).filter(|_| !self.woken.contains(hash)) else { continue };
            self.woken.push(*hash);
            for (name, entry) in waiting {
                self.awake.entry(*name).or_default().push(*entry);
            }
        }
    }

    fn close(&mut self) {
        let (around_before, woken_before) = self.before.pop().unwrap_or_default();
        // What woke last is last in each list.
        for hash in self.woken.drain(woken_before..).rev() {
            for (name, _) in self.index.by_around.get(&hash).into_iter().flatten() {
                self.awake.get_mut(name).and_then(Vec::pop);
            }
        }
        for hash in self.around.drain(around_before..) {
            self.ancestors.remove_hash(hash);
        }
    }

    /// Asks all selectors that may find an element. Leaves the hashes of its id and its classes that are asked for.
    fn ask_all(&mut self, element: Element<'_>) {
        let index = self.index;
        if let Some(id) = element.id().map(hash).filter(|id| index.asked.may_have(*id)) {
            self.ask(waiting(&index.by_id, id), element);
            self.around.push(id);
        }
        let start = element.id().and_then(|id| id.as_bytes().first_chunk());
        if let Some(entries) = start.and_then(|start| index.by_id_start.get(start)) {
            self.ask(entries, element);
        }
        for class in element.classes().map(hash).filter(|class| index.asked.may_have(*class)) {
            self.ask(waiting(&index.by_class, class), element);
            self.around.push(class);
        }
        for name in element.attribute_numbers() {
            self.ask(self.names[name].attribute, element);
        }
        self.ask(self.names[element.name_number()].element, element);
        self.ask(&index.every, element);
        if !self.woken.is_empty() {
            let name = element.local_name().precomputed_hash();
            let awake = self.awake.get_mut(&name).map(std::mem::take).unwrap_or_default();
            if !awake.is_empty() {
                self.ask(&awake, element);
                self.awake.insert(name, awake);
            }
        }
    }

    fn ask(&mut self, entries: &[u32], element: Element<'_>) {
        if entries.is_empty() {
            return;
        }
        self.pace.go(entries.len());
        let found = Found { element, pace: self.pace };
        let mut context = context(Some(&self.ancestors), &mut self.caches);
        for Entry { selector, complex, ancestors } in entries.iter().map(|entry| &self.index.entries[*entry as usize]) {
            if matches_selector(complex, 0, Some(ancestors), &found, &mut context) {
                self.found.push((*selector, element.node_id()));
            }
        }
    }
}

/// What waits under a hash.
fn waiting(bucket: &Bucket, hash: u32) -> &[u32] {
    bucket.get(&hash).map_or(&[], Vec::as_slice)
}

//! Finds what many selectors find in one walk over a tree.
//!
//! One by one, ten thousand selectors look at each element ten thousand times. Here each selector waits under one thing
//! that an element must have to be found: an id, else a class, an attribute or a name. So an element meets only those
//! that wait under what it has; and of these, selectors that ask for elements around it are mostly refused by a Bloom
//! filter of what is around. Names are borne by many elements: selectors such as `.teaser p` sleep until a `.teaser` is
//! open.

mod key;
#[cfg(test)]
mod tests;

use precomputed_hash::PrecomputedHash;
use rustc_hash::FxHashMap;
use selectors::bloom::BloomFilter;
use selectors::context::{QuirksMode, SelectorCaches};
use selectors::matching::matches_selector;
use selectors::parser::{AncestorHashes, Selector as Complex};

use self::key::Key;
use super::css::{Css, hash};
use super::matching::{Found, Selector, context};
use crate::document::html::tree::Edge;
use crate::document::html::{Element, NodeId, Tree};

/// Many selectors, by what an element must have.
#[derive(Clone, Debug, Default)]
pub struct SelectorIndex {
    entries: Vec<Entry>,
    by_id: Bucket,
    by_class: Bucket,
    by_attribute: Bucket,
    by_tag: Bucket,
    every: Vec<u32>,
    /// What waits under no more than a name, by the hash of an id or a class around it: the hash of the name, the entry.
    by_around: FxHashMap<u32, Vec<(u32, u32)>>,
    /// How many selectors there are.
    count: usize,
    /// Whether any of them asks for elements around.
    asks_around: bool,
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
        self.asks_around |= ancestors.packed_hashes[0] != 0;
        let (Ok(selector), Ok(entry)) = (u32::try_from(self.count), u32::try_from(self.entries.len())) else { return };
        self.entries.push(Entry { selector, complex: complex.clone(), ancestors });
        let Some(keys) = key::keys(complex) else { return self.every.push(entry) };
        let around = key::around(complex);
        self.asks_around |= around.is_some();
        for key in keys {
            if let (Key::Tag(name), Some(around)) = (&key, around) {
                self.by_around.entry(around).or_default().push((name.precomputed_hash(), entry));
                continue;
            }
            let (bucket, hash) = match key {
                Key::Id(hash) => (&mut self.by_id, hash),
                Key::Class(hash) => (&mut self.by_class, hash),
                Key::Attribute(name) => (&mut self.by_attribute, name.precomputed_hash()),
                Key::Tag(name) => (&mut self.by_tag, name.precomputed_hash()),
            };
            bucket.entry(hash).or_default().push(entry);
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
        let mut walk = Walk::new(self, tree);
        if !self.entries.is_empty() {
            for edge in tree.root().traverse() {
                match edge {
                    Edge::Open(node) => walk.open(node.as_element()),
                    Edge::Close(_) => walk.close(),
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
    /// For each name in the tree, what waits under it: as the name of an element, and of an attribute.
    names: Vec<[&'i [u32]; 2]>,
    ancestors: BloomFilter,
    /// The hashes of the elements around, those of the innermost last, and how many there were before each node around.
    around: Vec<u32>,
    depths: Vec<usize>,
    /// The entries that are awake, by the hash of the name that they wait under.
    awake: FxHashMap<u32, Vec<u32>>,
    /// What they woke by, and how much of it there was before each node around.
    woken: Vec<u32>,
    woken_before: Vec<usize>,
    caches: SelectorCaches,
    found: Vec<(u32, NodeId)>,
}

impl<'i> Walk<'i> {
    fn new(index: &'i SelectorIndex, tree: &Tree) -> Self {
        let waiting = |bucket: &'i Bucket, hash| bucket.get(&hash).map_or(&[][..], Vec::as_slice);
        let of_name = |hash| [waiting(&index.by_tag, hash), waiting(&index.by_attribute, hash)];
        Self {
            index,
            names: tree.names().map(|name| of_name(name.precomputed_hash())).collect(),
            ancestors: BloomFilter::new(),
            around: Vec::new(),
            depths: Vec::new(),
            awake: FxHashMap::default(),
            woken: Vec::new(),
            woken_before: Vec::new(),
            caches: SelectorCaches::default(),
            found: Vec::new(),
        }
    }

    fn open(&mut self, element: Option<Element<'_>>) {
        let before = self.around.len();
        self.woken_before.push(self.woken.len());
        if let Some(element) = element {
            self.ask_all(element);
            if self.index.asks_around {
                self.wake(before);
                self.around.push(element.local_name().precomputed_hash());
                for hash in &self.around[before..] {
                    self.ancestors.insert_hash(*hash);
                }
            } else {
                self.around.truncate(before);
            }
        }
        self.depths.push(before);
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
        // What woke last is last in each list.
        let woken_before = self.woken_before.pop().unwrap_or(0);
        for hash in self.woken.drain(woken_before..).rev() {
            for (name, _) in self.index.by_around.get(&hash).into_iter().flatten() {
                self.awake.get_mut(name).and_then(Vec::pop);
            }
        }
        let before = self.depths.pop().unwrap_or(0);
        for hash in self.around.drain(before..) {
            self.ancestors.remove_hash(hash);
        }
    }

    /// Asks all selectors that may find an element. Leaves the hashes of its id and its classes.
    fn ask_all(&mut self, element: Element<'_>) {
        let index = self.index;
        let waiting = |bucket: &'i Bucket, hash| bucket.get(&hash).map_or(&[][..], Vec::as_slice);
        if let Some(id) = element.id().map(hash) {
            self.ask(waiting(&index.by_id, id), element);
            self.around.push(id);
        }
        for class in element.classes().map(hash) {
            self.ask(waiting(&index.by_class, class), element);
            self.around.push(class);
        }
        for name in element.attribute_numbers() {
            self.ask(self.names[name][1], element);
        }
        self.ask(self.names[element.name_number()][0], element);
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
        let found = Found(element);
        let mut context = context(Some(&self.ancestors), &mut self.caches);
        for Entry { selector, complex, ancestors } in entries.iter().map(|entry| &self.index.entries[*entry as usize]) {
            if matches_selector(complex, 0, Some(ancestors), &found, &mut context) {
                self.found.push((*selector, element.node_id()));
            }
        }
    }
}

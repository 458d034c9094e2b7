//! Stores the nodes of a tree: all in one list that links by number, all text in one string. A page of 50 MB has
//! millions of nodes, so each is small, and none owns memory of its own.

mod links;
mod span;

use std::num::NonZeroU32;
use std::ops::Range;

use html5ever::{Attribute, LocalName, Namespace, QualName};
use precomputed_hash::PrecomputedHash as _;
use rustc_hash::FxHashMap;

pub(super) use self::span::Span;
use self::span::push;
use crate::document::html::bounds::{MAX_ATTRIBUTES, MAX_NODES};

/// A node of a tree: its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(NonZeroU32);

impl NodeId {
    /// The document, around everything.
    pub const ROOT: Self = Self(NonZeroU32::MIN);

    /// The number of the node, from 0.
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }

    /// The node with a number.
    fn at(index: usize) -> Option<Self> {
        u32::try_from(index + 1).ok().and_then(NonZeroU32::new).map(Self)
    }
}

/// What a node is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Data {
    Document,
    /// What holds the contents of a template.
    Fragment,
    /// A doctype, a comment or a processing instruction: nobody asks what stands in them.
    Aside,
    /// Text in the string of all text.
    Text(Span),
    /// Text that grew after other text had come: by its number among these.
    LooseText(u32),
    Element {
        name: u32,
        attributes: Attributes,
    },
}

/// The attributes of an element.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Attributes {
    start: u32,
    /// At most [`MAX_ATTRIBUTES`].
    len: u16,
    /// Which of the [`COMMON`] ones there are, a bit each.
    common: u16,
}

impl Attributes {
    /// Whether there is the common attribute with a number.
    #[inline]
    pub(super) fn have(self, common: u32) -> bool {
        self.common & bit(common) != 0
    }

    fn range(self) -> Range<usize> {
        self.start as usize..self.start as usize + usize::from(self.len)
    }
}

macro_rules! common {
    ($($number:literal $name:literal),*) => {
        /// The attributes that many elements are asked for. Their names have these places as numbers, so that most
        /// elements can say at once that they have none of that name.
        pub(super) const COMMON: [&str; 16] = [$($name),*];

        /// The number of a common attribute: known when this is compiled, where the name is.
        #[inline(always)]
        pub(super) fn common(name: &str) -> Option<u32> {
            match name {
                $($name => Some($number),)*
                _ => None,
            }
        }
    };
}

common!(
    0 "class", 1 "id", 2 "style", 3 "hidden", 4 "role", 5 "rel", 6 "itemprop", 7 "href", 8 "src", 9 "type",
    10 "content", 11 "lang", 12 "datetime", 13 "open", 14 "name", 15 "property"
);

/// The bit of a common attribute; none of others.
fn bit(number: u32) -> u16 {
    1_u16.checked_shl(number).unwrap_or(0)
}

/// A node as it is stored.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) parent: Option<NodeId>,
    pub(super) previous: Option<NodeId>,
    pub(super) next: Option<NodeId>,
    pub(super) first: Option<NodeId>,
    pub(super) last: Option<NodeId>,
    pub(super) data: Data,
}

/// The number of the name of what has none.
const NO_NAME: u32 = 16;

/// Of so many names it is kept which was met last.
const MET: usize = 128;

/// An attribute as it is stored.
#[derive(Clone, Copy, Debug)]
pub(super) struct StoredAttribute {
    pub(super) name: u32,
    pub(super) value: Span,
}

/// All nodes of a page.
#[derive(Debug)]
pub(in crate::document::html) struct Arena {
    slots: Vec<Slot>,
    text: String,
    loose: Vec<String>,
    names: Vec<QualName>,
    /// The number of the name last met, for each of some hashes: nearly all names are met again soon.
    met: [u32; MET],
    numbers: FxHashMap<QualName, u32>,
    attributes: Vec<StoredAttribute>,
    values: String,
    /// How many bytes the values of attributes may still have.
    room: usize,
    overfull: bool,
}

impl Arena {
    /// An empty document, for a page of so many bytes, whose attributes may have `room` bytes.
    pub(in crate::document::html) fn new(page: usize, room: usize) -> Self {
        let document = Slot { parent: None, previous: None, next: None, first: None, last: None, data: Data::Document };
        // About what pages need. Memory that is not used costs nothing.
        let mut slots = Vec::with_capacity(page / 64 + 1);
        slots.push(document);
        let mut arena = Self {
            slots,
            text: String::with_capacity(page / 4),
            loose: Vec::new(),
            names: Vec::new(),
            met: [0; MET],
            numbers: FxHashMap::default(),
            attributes: Vec::with_capacity(page / 64),
            values: String::with_capacity(page / 4),
            room,
            overfull: false,
        };
        for name in COMMON.into_iter().chain([""]) {
            arena.number(QualName::new(None, Namespace::default(), LocalName::from(name)));
        }
        arena
    }

    /// Whether the page has more nodes, or more bytes in attributes, than a page may have.
    pub(in crate::document::html) fn is_overfull(&self) -> bool {
        self.overfull || self.slots.len() > MAX_NODES
    }

    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    pub(super) fn slot(&self, node: NodeId) -> &Slot {
        &self.slots[node.index()]
    }

    fn slot_mut(&mut self, node: NodeId) -> &mut Slot {
        &mut self.slots[node.index()]
    }

    pub(super) fn name(&self, number: u32) -> &QualName {
        &self.names[number as usize]
    }

    pub(super) fn names(&self) -> &[QualName] {
        &self.names
    }

    pub(super) fn attributes(&self, attributes: Attributes) -> &[StoredAttribute] {
        &self.attributes[attributes.range()]
    }

    pub(super) fn value(&self, span: Span) -> &str {
        span.of(&self.values)
    }

    pub(super) fn text(&self, node: NodeId) -> Option<&str> {
        match self.slot(node).data {
            Data::Text(span) => Some(span.of(&self.text)),
            Data::LooseText(number) => Some(&self.loose[number as usize]),
            _ => None,
        }
    }

    /// The name of an element; an empty one for other nodes.
    pub(in crate::document::html) fn element_name(&self, node: NodeId) -> &QualName {
        match self.slot(node).data {
            Data::Element { name, .. } => self.name(name),
            _ => self.name(NO_NAME),
        }
    }

    /// Whether the node made last lies so deep.
    pub(in crate::document::html) fn newest_is_deep(&self, depth: usize) -> bool {
        let newest = NodeId::at(self.slots.len() - 1);
        let mut above = std::iter::successors(newest, |node| self.slot(*node).parent);
        above.nth(depth).is_some()
    }

    pub(in crate::document::html) fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.slot(node).parent
    }

    pub(in crate::document::html) fn first_child(&self, node: NodeId) -> Option<NodeId> {
        self.slot(node).first
    }

    /// Adds a node that stands nowhere yet.
    fn add(&mut self, data: Data) -> NodeId {
        let Some(id) = NodeId::at(self.slots.len()) else {
            // Four billion nodes: the bound on nodes comes long before.
            self.overfull = true;
            return NodeId::ROOT;
        };
        self.slots.push(Slot { parent: None, previous: None, next: None, first: None, last: None, data });
        id
    }

    /// Adds a doctype, a comment or a processing instruction.
    pub(in crate::document::html) fn add_aside(&mut self) -> NodeId {
        self.add(Data::Aside)
    }

    /// Adds what holds the contents of a template.
    pub(in crate::document::html) fn add_fragment(&mut self) -> NodeId {
        self.add(Data::Fragment)
    }

    /// Adds an element.
    pub(in crate::document::html) fn add_element(&mut self, name: QualName, attributes: Vec<Attribute>) -> NodeId {
        let name = self.number(name);
        let start = self.attributes.len();
        for attribute in attributes.into_iter().take(MAX_ATTRIBUTES) {
            self.store(attribute);
        }
        let attributes = self.attributes_from(start);
        self.add(Data::Element { name, attributes })
    }

    /// Gives an element those attributes that it does not have.
    pub(in crate::document::html) fn add_missing(&mut self, node: NodeId, attributes: Vec<Attribute>) {
        let Data::Element { name, attributes: own } = self.slot(node).data else { return };
        let room = MAX_ATTRIBUTES.saturating_sub(usize::from(own.len));
        if room == 0 {
            return;
        }
        let is_missing = |new: &Attribute| self.attributes(own).iter().all(|old| *self.name(old.name) != new.name);
        let missing: Vec<Attribute> = attributes.into_iter().filter(is_missing).take(room).collect();
        if missing.is_empty() {
            return;
        }
        let start = self.attributes.len();
        self.attributes.extend_from_within(own.range());
        for attribute in missing {
            self.store(attribute);
        }
        let attributes = self.attributes_from(start);
        self.slot_mut(node).data = Data::Element { name, attributes };
    }

    fn store(&mut self, attribute: Attribute) {
        let Some(room) = self.room.checked_sub(attribute.value.len()) else {
            self.overfull = true;
            return;
        };
        self.room = room;
        let name = self.number(attribute.name);
        let value = push(&mut self.values, &attribute.value).unwrap_or_else(|| {
            self.overfull = true;
            Span::default()
        });
        self.attributes.push(StoredAttribute { name, value });
    }

    /// The attributes that were stored last.
    fn attributes_from(&mut self, from: usize) -> Attributes {
        let (Ok(start), Ok(len)) = (u32::try_from(from), u16::try_from(self.attributes.len() - from)) else {
            self.overfull = true;
            return Attributes::default();
        };
        let common = self.attributes[from..].iter().fold(0, |common, attribute| common | bit(attribute.name));
        Attributes { start, len, common }
    }

    fn number(&mut self, name: QualName) -> u32 {
        let place = name.local.precomputed_hash() as usize % MET;
        let met = self.met[place];
        if self.names.get(met as usize) == Some(&name) {
            return met;
        }
        // There are fewer names than nodes and attributes.
        let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(name).or_insert_with_key(|name| {
            self.names.push(name.clone());
            next
        });
        self.met[place] = number;
        number
    }

    /// Gives back the memory that only a tree that grows needs.
    pub(in crate::document::html) fn finish(&mut self) {
        self.numbers = FxHashMap::default();
    }
}

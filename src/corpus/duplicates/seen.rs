//! Defines what is remembered of the pages of a run, in memory of a fixed size.

use std::collections::VecDeque;

use serde_json::Number;

use super::index::{BANDS, Band, Index, entries_for};
use super::signature::{BINS, Signature, bins_for};
use crate::corpus::jsonl::Id;

/// Bodies are near-duplicates that share so much of all shingles that either has, unless the user says otherwise.
/// `docs/duplicates.md` has what other shares find and confuse.
pub const USUAL_LIKENESS: f64 = 0.8;

/// What pages are remembered in unless the user says otherwise: a good million of them.
pub const USUAL_BYTES: usize = 256 * 1024 * 1024;

/// So many bytes are set apart for the id of a page: of longer ids fewer are remembered.
const BYTES_OF_ID: usize = 80;

/// A page with a longer id is not remembered, in bytes: one could push out thousands.
pub const LONGEST_ID: usize = 16 * 1024;

/// Fewer pages are no memory at all.
const FEWEST: usize = 64;

/// The index begins with room for so many pages, and doubles.
const FIRST_ROOM: usize = 4096;

/// The pages that are remembered.
///
/// ```
/// use dehusk::corpus::duplicates::{Seen, Signature, seen::USUAL_BYTES};
/// use dehusk::corpus::jsonl::Id;
///
/// let id = |name: &str| Id::Text(name.to_owned());
/// let mut seen = Seen::new(USUAL_BYTES);
/// let body = Signature::of("The ferry to the island runs again on Monday.").expect("there are words");
/// assert_eq!(seen.look(&body, &id("a")), None);
/// assert_eq!(seen.look(&body, &id("b")), Some(id("a")));
/// assert_eq!(seen.look(&body, &id("c")), Some(id("a")));
/// ```
#[derive(Debug)]
pub struct Seen {
    /// A ring: the page with the number `n` is in `n % most`.
    slots: Vec<Slot>,
    most: usize,
    /// The numbers of the oldest page that is remembered, and of the next.
    oldest: u64,
    next: u64,
    /// The ids of these pages, one behind the other.
    ids: VecDeque<u8>,
    most_ids: usize,
    /// How many bytes of ids are gone.
    ids_gone: u64,
    index: Index,
    room: usize,
    too_long: u64,
    /// In so many bins near-duplicates agree.
    agreeing: usize,
}

#[derive(Debug)]
struct Slot {
    signature: Signature,
    id_start: u64,
    id_len: usize,
}

impl Seen {
    /// Remembers what fits into so many bytes; of pages whose ids have 80 bytes, one in about 250 bytes. They are taken as
    /// they are needed, and never more than these (but room for 64 pages there is always).
    pub fn new(bytes: usize) -> Self {
        let bytes_of_page = size_of::<Slot>() + BYTES_OF_ID + entries_for(3) * size_of::<u32>() / 3;
        // The index numbers slots in 32 bits.
        let most = (bytes / bytes_of_page).clamp(FEWEST, u32::MAX as usize / 2);
        let room = FIRST_ROOM.min(most);
        Self {
            slots: Vec::new(),
            most,
            oldest: 0,
            next: 0,
            ids: VecDeque::new(),
            most_ids: (most * BYTES_OF_ID).max(LONGEST_ID),
            ids_gone: 0,
            index: Index::new(room, most),
            room,
            too_long: 0,
            agreeing: bins_for(USUAL_LIKENESS),
        }
    }

    /// Takes bodies for near-duplicates from another likeness on, from 0 to 1. Below one half the index finds not all.
    #[must_use]
    pub fn with_likeness(mut self, likeness: f64) -> Self {
        self.agreeing = bins_for(likeness);
        self
    }

    /// The id of the earliest page that is remembered of which this one is a near-duplicate. If there is none, this one is
    /// remembered, so that what is given back is never itself a duplicate.
    pub fn look(&mut self, signature: &Signature, id: &Id) -> Option<Id> {
        let found = self.find(signature).map(|slot| self.id_of(slot));
        if found.is_none() {
            self.remember(signature, id);
        }
        found
    }

    /// How many pages were forgotten, or never remembered for the length of their ids.
    pub fn forgotten(&self) -> u64 {
        self.oldest + self.too_long
    }

    /// How many pages are remembered.
    pub fn remembered(&self) -> u64 {
        self.next - self.oldest
    }

    /// How many pages can be remembered at most.
    pub fn most(&self) -> usize {
        self.most
    }

    /// How many bytes are taken.
    pub fn bytes(&self) -> usize {
        let index = entries_for(self.room) * size_of::<u32>();
        self.slots.capacity() * size_of::<Slot>() + self.ids.capacity() + index
    }

    /// Remembers a page without looking: for what was remembered before.
    pub(super) fn remember(&mut self, signature: &Signature, id: &Id) {
        let id = encoded(id);
        if id.len() > LONGEST_ID {
            return self.pass_over();
        }
        while self.remembered() >= self.most as u64 || self.ids.len() + id.len() > self.most_ids {
            self.forget_oldest();
        }
        if self.remembered() >= self.room as u64 {
            self.make_room();
        }
        self.reserve(id.len());
        let slot = Slot { signature: *signature, id_start: self.ids_gone + self.ids.len() as u64, id_len: id.len() };
        self.ids.extend(id);
        let place = self.place(self.next);
        match self.slots.get_mut(place) {
            Some(old) => *old = slot,
            None => self.slots.push(slot),
        }
        self.next += 1;
        self.enter(place);
    }

    /// Counts a page whose id is too long.
    pub(super) fn pass_over(&mut self) {
        self.too_long += 1;
    }

    /// The slot of the earliest page that agrees well enough.
    fn find(&self, signature: &Signature) -> Option<usize> {
        let bands = self.bands(signature);
        let candidates = bands.iter().flat_map(|band| self.index.slots(*band));
        let alike = candidates.filter(|slot| self.slots[*slot].signature.agreeing(signature) >= self.agreeing);
        alike.min_by_key(|slot| self.number(*slot))
    }

    fn forget_oldest(&mut self) {
        let place = self.place(self.oldest);
        let Some(slot) = self.slots.get(place) else { return };
        let (signature, id_len) = (slot.signature, slot.id_len);
        for band in self.bands(&signature) {
            self.index.remove(band, place);
        }
        self.ids.drain(..id_len.min(self.ids.len()));
        self.ids_gone += id_len as u64;
        self.oldest += 1;
    }

    /// Doubles the index, as far as it goes: it is made anew, the old one being gone by then.
    fn make_room(&mut self) {
        self.room = (self.room * 2).min(self.most);
        self.index = Index::new(0, self.most);
        self.index = Index::new(self.room, self.most);
        for number in self.oldest..self.next {
            self.enter(self.place(number));
        }
    }

    /// Takes memory for one page more, at most what was promised.
    fn reserve(&mut self, id_len: usize) {
        if self.slots.len() == self.slots.capacity() {
            let more = self.slots.len().max(FEWEST).min(self.most - self.slots.len());
            self.slots.reserve_exact(more);
        }
        if self.ids.len() + id_len > self.ids.capacity() {
            let more = self.ids.len().max(LONGEST_ID).min(self.most_ids - self.ids.len());
            self.ids.reserve_exact(more);
        }
    }

    fn enter(&mut self, place: usize) {
        let signature = self.slots[place].signature;
        let (oldest, most) = (self.oldest, self.most);
        for band in self.bands(&signature) {
            self.index.insert(band, place, |slot| number(slot, oldest, most));
        }
    }

    fn bands(&self, signature: &Signature) -> [Band; BANDS] {
        let mut bands = signature.bands().enumerate();
        std::array::from_fn(|_| {
            let (number, bins) = bands.next().unwrap_or_default();
            self.index.band(number, bins)
        })
    }

    fn id_of(&self, slot: usize) -> Id {
        let Slot { id_start, id_len, .. } = self.slots[slot];
        let start = usize::try_from(id_start - self.ids_gone).unwrap_or_default();
        let bytes: Vec<u8> = self.ids.range(start..start + id_len).copied().collect();
        decoded(&bytes).unwrap_or_else(|| Id::Text(String::new()))
    }

    fn place(&self, number: u64) -> usize {
        usize::try_from(number % self.most as u64).unwrap_or_default()
    }

    fn number(&self, slot: usize) -> u64 {
        number(slot, self.oldest, self.most)
    }
}

/// The number of the page in a slot.
fn number(slot: usize, oldest: u64, most: usize) -> u64 {
    let most = most as u64;
    oldest + (slot as u64 + most - oldest % most) % most
}

/// An id as bytes: what it is, and its text.
pub(super) fn encoded(id: &Id) -> Vec<u8> {
    match id {
        Id::Text(text) => [b"t", text.as_bytes()].concat(),
        Id::Number(number) => format!("n{number}").into_bytes(),
    }
}

/// The id that such bytes are.
pub(super) fn decoded(bytes: &[u8]) -> Option<Id> {
    let (kind, text) = bytes.split_first()?;
    let text = std::str::from_utf8(text).ok()?;
    match kind {
        b't' => Some(Id::Text(text.to_owned())),
        b'n' => serde_json::from_str::<Number>(text).ok().map(Id::Number),
        _ => None,
    }
}

const _: () = assert!(BANDS * 4 == BINS, "each bin is of one band");

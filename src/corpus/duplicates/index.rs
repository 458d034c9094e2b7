//! Defines the index of bands: for the four bins of a band, who had the same there.
//!
//! Buckets of eight, each entry the number of a slot and, in the bits to spare, a tag that saves looking at nearly all who
//! merely share the bucket. Where a bucket is full the oldest goes: fifteen other bands still lead to it.

use super::shingles::mix;

/// So many entries has a bucket: 32 bytes, half a cache line.
const BUCKET: usize = 8;

/// So many bands lead to a page.
pub(super) const BANDS: usize = 16;

/// So many of four entries are taken when all slots are.
const FILLED: (usize, usize) = (3, 4);

/// Which slots have which band.
#[derive(Debug)]
pub(super) struct Index {
    /// 0 is empty.
    entries: Vec<u32>,
    slot_bits: u32,
}

/// Where a band of a signature is looked up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Band {
    start: usize,
    tag: u32,
}

impl Index {
    /// An index with room for so many slots, each with a number below `most`.
    pub(super) fn new(room: usize, most: usize) -> Self {
        let slot_bits = u32::BITS - u32::try_from(most).unwrap_or(u32::MAX).leading_zeros();
        Self { entries: vec![0; entries_for(room)], slot_bits }
    }

    /// Where the band with this number and these bins is.
    pub(super) fn band(&self, number: usize, bins: u32) -> Band {
        let hash = mix(number as u64 | u64::from(bins) << 8);
        let buckets = (self.entries.len() / BUCKET) as u64;
        // The upper half chooses the bucket, the lower half is the tag.
        let bucket = usize::try_from(((hash >> 32) * buckets) >> 32).unwrap_or_default();
        let tag = u32::try_from(hash & u64::from(u32::MAX)).unwrap_or_default();
        Band { start: bucket * BUCKET, tag: tag.checked_shl(self.slot_bits).unwrap_or(0) }
    }

    /// The slots that may have this band.
    pub(super) fn slots(&self, band: Band) -> impl Iterator<Item = usize> + '_ {
        let mask = self.slot_mask();
        let bucket = self.entries[band.start..].iter().take(BUCKET);
        bucket
            .filter(move |entry| **entry & mask != 0 && **entry & !mask == band.tag)
            .map(move |e| (e & mask) as usize - 1)
    }

    /// Notes a slot; of a full bucket the slot goes whose rank is the least.
    pub(super) fn insert(&mut self, band: Band, slot: usize, rank: impl Fn(usize) -> u64) {
        let mask = self.slot_mask();
        let bucket = self.entries[band.start..].iter_mut().take(BUCKET);
        let place = bucket.min_by_key(|entry| match **entry & mask {
            0 => None,
            taken => Some(rank(taken as usize - 1)),
        });
        if let (Some(place), Some(entry)) = (place, u32::try_from(slot + 1).ok()) {
            *place = band.tag | entry;
        }
    }

    /// Takes a slot out.
    pub(super) fn remove(&mut self, band: Band, slot: usize) {
        let mask = self.slot_mask();
        let mut bucket = self.entries[band.start..].iter_mut().take(BUCKET);
        if let Some(entry) = bucket.find(|entry| (**entry & mask) as usize == slot + 1) {
            *entry = 0;
        }
    }

    fn slot_mask(&self) -> u32 {
        1_u32.checked_shl(self.slot_bits).map_or(u32::MAX, |bit| bit - 1)
    }
}

/// How many entries there are for so many slots.
pub(super) fn entries_for(slots: usize) -> usize {
    (slots * BANDS * FILLED.1 / FILLED.0).next_multiple_of(BUCKET).max(BUCKET)
}

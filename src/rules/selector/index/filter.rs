//! Defines a set of hashes that fits into the nearest cache, and that may take a few others for its own.

use selectors::bloom::BLOOM_HASH_MASK;

/// The words of 64 bits: 4 KB.
const WORDS: usize = 512;

/// A bit for each of some hashes.
#[derive(Clone, Debug)]
pub(super) struct Filter(Box<[u64; WORDS]>);

impl Filter {
    /// Adds a hash, or what selectors keep of it for what is around.
    pub(super) fn insert(&mut self, hash: u32) {
        let (word, bit) = place(hash);
        self.0[word] |= bit;
    }

    /// Whether a hash may be one of those that were added.
    pub(super) fn may_have(&self, hash: u32) -> bool {
        let (word, bit) = place(hash);
        self.0[word] & bit != 0
    }
}

impl Default for Filter {
    fn default() -> Self {
        Self(Box::new([0; WORDS]))
    }
}

fn place(hash: u32) -> (usize, u64) {
    let kept = hash & BLOOM_HASH_MASK;
    (kept as usize / 64 % WORDS, 1 << (kept % 64))
}

//! Defines the signature of a body: 64 bytes that agree, with those of another body, about as far as the two do.

use super::shingles::{self, Whole, mix};

/// So many bins has a signature, a byte each.
pub const BINS: usize = 64;

/// The chance that two bytes agree which have nothing to do with each other.
const BY_CHANCE: f64 = 1.0 / 256.0;

/// What is kept of a body to tell near-duplicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature([u8; BINS]);

impl Signature {
    /// The signature of a text; `None` where there is no letter or digit in it.
    ///
    /// Of texts with fewer than twenty words only equal ones have signatures that agree.
    ///
    /// ```
    /// use dehusk::corpus::duplicates::Signature;
    ///
    /// let words = |from: u32| (from..from + 200).map(|n| format!("w{n} ")).collect::<String>();
    /// let (one, other, far) = (Signature::of(&words(0)), Signature::of(&words(5)), Signature::of(&words(500)));
    /// let (Some(one), Some(other), Some(far)) = (one, other, far) else { panic!("all have words") };
    /// assert!(one.likeness(&other) > 0.8 && one.likeness(&far) < 0.1);
    /// ```
    pub fn of(text: &str) -> Option<Self> {
        let mut least = [u64::MAX; BINS];
        let whole = shingles::each(text, |shingle| {
            // The first six bits choose the bin, the rest competes there.
            let bin = &mut least[usize::try_from(shingle >> 58).unwrap_or_default()];
            *bin = (*bin).min(shingle);
        });
        match whole {
            Whole::Nothing => None,
            Whole::Short(hash) => Some(Self(std::array::from_fn(|bin| low_byte(mix(hash ^ mix(bin as u64)))))),
            Whole::Long => Some(Self(std::array::from_fn(|bin| low_byte(filled(&least, bin))))),
        }
    }

    /// The signature of these bytes.
    pub fn from_bytes(bytes: [u8; BINS]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub fn to_bytes(self) -> [u8; BINS] {
        self.0
    }

    /// How alike the shingles of two bodies are, from 0 to 1: about the number that both have, divided by the number that
    /// either has (the index of Jaccard).
    pub fn likeness(&self, other: &Self) -> f64 {
        let share = self.agreeing(other) as f64 / BINS as f64;
        ((share - BY_CHANCE) / (1.0 - BY_CHANCE)).max(0.0)
    }

    /// In how many bins two signatures agree.
    pub(super) fn agreeing(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).filter(|(one, other)| one == other).count()
    }

    /// The bins four at a time.
    pub(super) fn bands(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.chunks_exact(4).map(|band| band.iter().fold(0, |key, byte| key << 8 | u32::from(*byte)))
    }
}

/// In how many bins signatures agree that are so much alike, to the nearest.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to the number of bins")]
pub(super) fn bins_for(likeness: f64) -> usize {
    ((likeness.clamp(0.0, 1.0) * (1.0 - BY_CHANCE) + BY_CHANCE) * BINS as f64).round() as usize
}

/// What stands in a bin, or, if it is empty, in the first that is not of those which its number leads to.
fn filled(least: &[u64; BINS], bin: usize) -> u64 {
    let mut from = bin;
    let mut attempt = 0;
    // One bin at least is filled, and the numbers lead everywhere; the limit only says so.
    while least[from] == u64::MAX && attempt < 100_000 {
        attempt += 1;
        from = usize::try_from(mix(bin as u64 | attempt << 32) % BINS as u64).unwrap_or_default();
    }
    least[from]
}

fn low_byte(hash: u64) -> u8 {
    hash.to_le_bytes()[0]
}

//! Looks up the facts of patterns in a table that the [build script](super::write) wrote.

use std::ops::Range;

use super::facts::{Facts, Split};
use super::needles::{Needle, Place, Text};

/// Facts that are kept: how many there are, for each the key and where it stands, by key, and then the facts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table(pub(super) &'static [u8]);

/// A key and a place.
pub(super) const ENTRY: usize = 8 + 4;

impl Table {
    /// The facts of a pattern, if they are there.
    pub(super) fn get(self, pattern: &str, whole: bool) -> Option<Facts> {
        let count = Read(self.0).number::<4>()?;
        let entry = |at: usize| self.0.get(4 + at * ENTRY..).map(Read);
        let wanted = key(pattern, whole);
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = usize::midpoint(low, high);
            let mut entry = entry(middle)?;
            let key = entry.key()?;
            if key == wanted {
                let place = entry.number::<4>()?;
                return Read(self.0.get(place..)?).facts();
            }
            if key < wanted { low = middle + 1 } else { high = middle }
        }
        None
    }
}

/// The key of a pattern: FNV-1a, in 64 bits.
pub(super) fn key(pattern: &str, whole: bool) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    pattern.bytes().chain([u8::from(whole)]).fold(0xcbf2_9ce4_8422_2325, step)
}

/// What is still to be read.
struct Read(&'static [u8]);

impl Read {
    fn bytes(&mut self, count: usize) -> Option<&'static [u8]> {
        let (bytes, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(bytes)
    }

    fn key(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.bytes(8)?.try_into().ok()?))
    }

    fn number<const BYTES: usize>(&mut self) -> Option<usize> {
        Some(self.bytes(BYTES)?.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
    }

    fn range(&mut self) -> Option<Range<usize>> {
        Some(self.number::<4>()?..self.number::<4>()?)
    }

    fn group(&mut self) -> Option<String> {
        let length = self.number::<1>()?;
        String::from_utf8(self.bytes(length)?.to_vec()).ok()
    }

    fn needle(&mut self) -> Option<Needle> {
        let place = [Place::Whole, Place::Start, Place::Anywhere].get(self.number::<1>()?).copied()?;
        let alternative = u16::try_from(self.number::<2>()?).ok()?;
        let length = self.number::<1>()?;
        Some(Needle { text: Text::BuiltIn(self.bytes(length)?), place, alternative })
    }

    fn facts(mut self) -> Option<Facts> {
        let longest = self.number::<4>()?.checked_sub(1);
        let groups = (0..self.number::<1>()?).map(|_| self.group()).collect::<Option<_>>()?;
        let needles = match self.number::<2>()? {
            0 => None,
            count => Some((1..count).map(|_| self.needle()).collect::<Option<_>>()?),
        };
        let split = match self.number::<2>()? {
            0 => None,
            count => {
                let group = self.range()?;
                Some(Split { group, alternatives: (0..count).map(|_| self.range()).collect::<Option<_>>()? })
            }
        };
        Some(Facts { needles, longest, groups, split })
    }
}

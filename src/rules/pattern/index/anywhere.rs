//! Finds needles that may stand anywhere in a text.

use rustc_hash::FxHashMap;

use super::Needle;
use crate::rules::pattern::needles::SHORTEST;

/// Needles that may stand anywhere in a text.
#[derive(Clone, Debug)]
pub(super) struct Anywhere {
    /// By the [`key`] of the rarest part of each, and where that stands in it.
    needles: FxHashMap<u32, Vec<(usize, Needle)>>,
    /// For the [`slot`] of each key a bit for what follows it. It fits into the nearest cache, so that most places in a
    /// text, where no such part stands, are passed over at the speed of reading.
    filter: Box<[u8; SLOTS]>,
}

/// How many slots a filter has.
const SLOTS: usize = 8 * 1024;

/// A part of a text by which needles are found, and what follows it.
const PART: usize = SHORTEST + 1;

/// The bytes that most texts are made of, those in nearly every word first.
const COMMON: &[u8; 27] = b" etaoinrshldcumpgfywbvk.,xj";

impl Default for Anywhere {
    fn default() -> Self {
        Self { needles: FxHashMap::default(), filter: Box::new([0; SLOTS]) }
    }
}

impl Anywhere {
    /// Adds a needle; one that is too short is never found.
    pub(super) fn add(&mut self, needle: Needle) {
        let parts = needle.text.windows(PART).enumerate();
        let rarest = parts.min_by_key(|(_, part)| part.iter().map(|byte| commonness(*byte)).sum::<usize>());
        let at = rarest.map_or(0, |(at, _)| at);
        let Some(key) = needle.text[at..].first_chunk().copied().map(key) else { return };
        self.filter[slot(key)] |= needle.text.get(at + SHORTEST).map_or(u8::MAX, |next| bit(*next));
        self.needles.entry(key).or_default().push((at, needle));
    }

    /// Tells the needles that stand in a text; some more than once.
    pub(super) fn find(&self, text: &[u8], mut tell: impl FnMut(&Needle)) {
        if self.needles.is_empty() {
            return;
        }
        let mut tell_at = |key: u32, place: usize| {
            for (at, needle) in self.needles.get(&key).into_iter().flatten() {
                let from = place.checked_sub(*at).and_then(|start| text.get(start..));
                if from.is_some_and(|from| needle.begins(from)) {
                    tell(needle);
                }
            }
        };
        // The last four bytes, the latest highest.
        let mut part = 0;
        for (end, byte) in text.iter().enumerate() {
            part = part >> 8 | u32::from(*byte) << 24;
            let key = part & KEY;
            if self.filter[slot(key)] & bit(*byte) != 0 && end >= SHORTEST {
                tell_at(key, end - SHORTEST);
            }
        }
        // Nothing follows the last ones.
        if let Some(last) = text.last_chunk() {
            tell_at(key(*last), text.len() - SHORTEST);
        }
    }
}

/// How common a byte is in texts, roughly; capital letters, digits and what is not ASCII are rare.
fn commonness(byte: u8) -> usize {
    COMMON.iter().rev().position(|common| *common == byte).map_or(0, |rank| rank + 1)
}

/// The bytes of a part that make its key.
const KEY: u32 = 0xff_ffff;

fn key([first, second, third]: [u8; SHORTEST]) -> u32 {
    u32::from_le_bytes([first, second, third, 0])
}

/// Where a filter has its bits for a key.
fn slot(key: u32) -> usize {
    (key.wrapping_mul(0x9e37_79b1) >> 19) as usize % SLOTS
}

/// The bit for the byte behind a key.
fn bit(next: u8) -> u8 {
    1 << (next % 8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pattern::needles::Text;

    #[test]
    fn needles_are_found_wherever_they_stand() {
        let texts = ["the", "then", "of the Quarter", " to be ", "Zoë"];
        let mut anywhere = Anywhere::default();
        for (number, text) in (0..).zip(texts) {
            let text = Text::Own(text.as_bytes().into());
            anywhere.add(Needle { text, is_all: false, pattern: number, alternative: 0 });
        }
        for text in
            ["the", "then", "end of the Quarter", "of the", " to be ", "x to be or not", "Zoë", "hers, Zoë's", "of"]
        {
            let mut found = Vec::new();
            anywhere.find(text.as_bytes(), |needle| found.push(needle.pattern as usize));
            found.sort_unstable();
            found.dedup();
            let all = (0..texts.len()).filter(|at| text.contains(texts[*at])).collect::<Vec<_>>();
            assert_eq!(found, all, "{text}");
        }
    }
}

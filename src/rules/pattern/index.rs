//! Defines an index of many patterns: which of them may match a text at all is told by one look at the text.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Pattern;
use super::needles::{Place, SHORTEST};

/// Many patterns, told apart by their numbers ([`Pattern::number`]).
#[derive(Clone, Debug, Default)]
pub struct PatternIndex {
    /// Needles that stand at the start of a text.
    starts: Needles,
    /// The needles that may stand anywhere: of patterns that only match short texts, and of all others.
    short: Anywhere,
    long: Anywhere,
    /// For each pattern, whether it has needles.
    told: Vec<bool>,
}

/// How a needle begins.
type Key = [u8; SHORTEST];

/// Needles, by how they begin, each once.
type Needles = FxHashMap<Key, Vec<Needle>>;

/// A needle with the patterns whose it is.
#[derive(Clone, Debug)]
struct Needle {
    text: Box<[u8]>,
    /// It is all of the text.
    is_all: bool,
    patterns: Vec<u32>,
}

/// Needles that may stand anywhere in a text.
#[derive(Clone, Debug, Default)]
struct Anywhere {
    needles: Needles,
    /// A bit for the [`hash`] of each beginning. It fits into the nearest cache, so that most places in a text, where no
    /// needle begins, are passed over at the speed of reading.
    filter: Vec<u64>,
}

/// A text of more bytes is no line of an interface: most patterns match only shorter ones, and most text is longer.
const SHORT: usize = 240;

/// The words of 64 bits that a filter has: 8 KB. With a thousand beginnings, two places of a hundred pass by chance.
const WORDS: usize = 1024;

/// Which patterns of an index may match which texts.
#[derive(Debug, Default)]
pub struct Candidates {
    /// Pattern and text, ordered, each pair once.
    pairs: Vec<(u32, usize)>,
    told: Vec<bool>,
}

impl PatternIndex {
    /// Numbers patterns, and indexes them.
    pub fn new<'p>(patterns: impl IntoIterator<Item = &'p mut Pattern>) -> Self {
        let mut told = Vec::new();
        let [mut starts, mut short, mut long] = [const { BTreeMap::new() }; 3];
        for (number, pattern) in (0..).zip(patterns) {
            pattern.number = Some(number);
            // One that cannot be looked up is tried on each text.
            let needles = pattern.facts.needles.as_deref();
            let needles = needles.filter(|needles| needles.iter().all(|needle| needle.text.len() >= SHORTEST));
            told.push(needles.is_some());
            for needle in needles.into_iter().flatten() {
                let is_short = pattern.facts.longest.is_some_and(|longest| longest <= SHORT);
                let all = match needle.place {
                    Place::Whole | Place::Start => &mut starts,
                    Place::Anywhere if is_short => &mut short,
                    Place::Anywhere => &mut long,
                };
                let patterns: &mut Vec<u32> = all.entry((&*needle.text, needle.place == Place::Whole)).or_default();
                if patterns.last() != Some(&number) {
                    patterns.push(number);
                }
            }
        }
        Self { starts: by_beginning(starts), short: Anywhere::new(short), long: Anywhere::new(long), told }
    }

    /// Looks at texts, each under a number of the caller's.
    pub fn scan<'t>(&self, texts: impl IntoIterator<Item = (usize, &'t str)>) -> Candidates {
        let mut pairs = Vec::new();
        for (at, text) in texts {
            let bytes = text.as_bytes();
            let mut tell = |needle: &Needle| pairs.extend(needle.patterns.iter().map(|pattern| (*pattern, at)));
            let starts = bytes.first_chunk().and_then(|key: &Key| self.starts.get(key)).into_iter().flatten();
            starts.filter(|needle| needle.begins(bytes)).for_each(&mut tell);
            if bytes.len() <= SHORT {
                self.short.find(bytes, &mut tell);
            }
            self.long.find(bytes, &mut tell);
        }
        pairs.sort_unstable();
        pairs.dedup();
        Candidates { pairs, told: self.told.clone() }
    }
}

/// Needles with whether each is all of a text, and their patterns, by how they begin.
fn by_beginning(all: BTreeMap<(&[u8], bool), Vec<u32>>) -> Needles {
    let mut needles = Needles::default();
    for ((text, is_all), patterns) in all {
        if let Some(key) = text.first_chunk() {
            needles.entry(*key).or_default().push(Needle { text: text.into(), is_all, patterns });
        }
    }
    needles
}

impl Needle {
    /// Whether it stands at the beginning of a text.
    fn begins(&self, text: &[u8]) -> bool {
        text.starts_with(&self.text) && (!self.is_all || text.len() == self.text.len())
    }
}

impl Anywhere {
    fn new(all: BTreeMap<(&[u8], bool), Vec<u32>>) -> Self {
        let needles = by_beginning(all);
        let mut filter = vec![0; WORDS];
        for (word, bit) in needles.keys().copied().map(hash) {
            filter[word] |= bit;
        }
        Self { needles, filter }
    }

    /// Tells the needles that stand in a text; some more than once.
    fn find(&self, text: &[u8], mut tell: impl FnMut(&Needle)) {
        if self.needles.is_empty() {
            return;
        }
        for (at, key) in text.windows(SHORTEST).enumerate() {
            let Some(key) = key.first_chunk() else { return };
            let (word, bit) = hash(*key);
            if self.filter[word] & bit != 0
                && let Some(needles) = self.needles.get(key)
            {
                needles.iter().filter(|needle| text[at..].starts_with(&needle.text)).for_each(&mut tell);
            }
        }
    }
}

/// The word of a filter, and the bit there, for a beginning.
fn hash([first, second, third]: Key) -> (usize, u64) {
    let key = u32::from_le_bytes([first, second, third, 0]);
    let hash = key.wrapping_mul(0x9e37_79b1) >> 16;
    (hash as usize / 64 % WORDS, 1 << (hash % 64))
}

impl Candidates {
    /// The texts that a pattern may match, in order; `None` where it has to be tried on all.
    pub fn of(&self, pattern: &Pattern) -> Option<impl Iterator<Item = usize> + '_> {
        let number = pattern.number.filter(|number| self.told.get(*number as usize) == Some(&true))?;
        let first = self.pairs.partition_point(|(one, _)| *one < number);
        Some(self.pairs[first..].iter().take_while(move |(one, _)| *one == number).map(|(_, text)| *text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_match_is_missed() {
        let whole = |pattern| Pattern::whole(pattern).expect("a pattern");
        let part = |pattern| Pattern::part(pattern).expect("a pattern");
        let mut patterns = [
            whole("Menu( open)?"),
            whole("Men(u|ü)|Speisen"),
            part("Mail"),
            part("(?i)e-?mail"),
            whole(".+"),
            whole(r"\d+ Likes"),
            whole("é"),
            part(r"lik|ikes"),
            whole(".* Brief .*"),
        ];
        let long = "x".repeat(2 * SHORT) + " a Brief by Mail";
        let texts =
            [&*long, "Menu", "Menu open", "Menü", "Mail", "an E-MAIL", "5 Likes", "é", "", "Me", "Speisen", "Likes"];
        let index = PatternIndex::new(&mut patterns);
        let candidates = index.scan(texts.into_iter().enumerate());
        for pattern in &patterns {
            let matching: Vec<usize> = (0..texts.len()).filter(|at| pattern.matches(texts[*at])).collect();
            assert!(!matching.is_empty(), "{pattern:?}");
            let all = || (0..texts.len()).collect();
            let tried: Vec<usize> = candidates.of(pattern).map_or_else(all, Iterator::collect);
            assert!(matching.iter().all(|at| tried.contains(at)), "{pattern:?}: {matching:?} {tried:?}");
        }
        let tried = |at: usize| candidates.of(&patterns[at]).map(Iterator::count);
        assert_eq!([tried(0), tried(1), tried(2), tried(4)], [Some(2), Some(3), Some(2), None]);
        assert!(candidates.of(&whole("Menu")).is_none());
    }
}

//! Defines an index of many patterns: which of them may match a text at all is told by one look at the text.

use std::collections::{BTreeMap, HashMap};

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::Pattern;
use super::needles::{Place, SHORTEST};

/// Many patterns, told apart by their numbers ([`Pattern::number`]).
#[derive(Clone, Debug, Default)]
pub struct PatternIndex {
    /// Needles that stand at the start of a text, by how they begin, with the patterns whose needles they are.
    starts: HashMap<[u8; SHORTEST], Vec<Start>>,
    /// The needles that may stand anywhere: of patterns that only match short texts, and of all others.
    short: Anywhere,
    long: Anywhere,
    /// For each pattern, whether it has needles.
    told: Vec<bool>,
}

/// Needles that may stand anywhere in a text.
#[derive(Clone, Debug, Default)]
struct Anywhere {
    automaton: Option<AhoCorasick>,
    /// For each needle, the patterns.
    owners: Vec<Vec<u32>>,
}

/// A text of more bytes is no line of an interface: most patterns match only shorter ones, and most text is longer.
const SHORT: usize = 240;

/// Needles of so many bytes together get the fastest kind of automaton, which takes most memory: some three megabytes
/// for those of all packs.
const MOST_FOR_DFA: usize = 1 << 14;

/// A needle that stands at the start of a text.
#[derive(Clone, Debug)]
struct Start {
    text: Box<[u8]>,
    /// It is all of the text.
    is_all: bool,
    /// The pattern whose it is.
    pattern: u32,
}

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
        let mut index = Self::default();
        let [mut short, mut long] = [const { BTreeMap::<Box<[u8]>, Vec<u32>>::new() }; 2];
        for (number, pattern) in (0u32..).zip(patterns) {
            pattern.number = Some(number);
            index.told.push(pattern.facts.needles.is_some());
            for needle in pattern.facts.needles.iter().flatten() {
                let text = needle.text.clone();
                match needle.text.first_chunk() {
                    Some(start) if needle.place != Place::Anywhere => {
                        let is_all = needle.place == Place::Whole;
                        index.starts.entry(*start).or_default().push(Start { text, is_all, pattern: number });
                    }
                    _ => {
                        let is_short = pattern.facts.longest.is_some_and(|longest| longest <= SHORT);
                        let owners = if is_short { &mut short } else { &mut long }.entry(text).or_default();
                        if owners.last() != Some(&number) {
                            owners.push(number);
                        }
                    }
                }
            }
        }
        for (needles, anywhere) in [(short, &mut index.short), (long, &mut index.long)] {
            let size: usize = needles.keys().map(|needle| needle.len()).sum();
            let kind = (size <= MOST_FOR_DFA).then_some(AhoCorasickKind::DFA);
            match AhoCorasick::builder().kind(kind).build(needles.keys()) {
                Ok(automaton) => {
                    let owners = needles.into_values().collect();
                    *anywhere = Anywhere { automaton: Some(automaton), owners };
                }
                // More needles than an automaton can have: then each pattern is tried.
                Err(_) => needles.into_values().flatten().for_each(|number| index.told[number as usize] = false),
            }
        }
        index
    }

    /// Looks at texts, each under a number of the caller's.
    pub fn scan<'t>(&self, texts: impl IntoIterator<Item = (usize, &'t str)>) -> Candidates {
        let mut pairs = Vec::new();
        for (at, text) in texts {
            let bytes = text.as_bytes();
            if let Some(needles) = bytes.first_chunk().and_then(|start| self.starts.get(start)) {
                let is_there = |needle: &&Start| {
                    bytes.starts_with(&needle.text) && (!needle.is_all || bytes.len() == needle.text.len())
                };
                pairs.extend(needles.iter().filter(is_there).map(|needle| (needle.pattern, at)));
            }
            if bytes.len() <= SHORT {
                self.short.find(bytes, |pattern| pairs.push((pattern, at)));
            }
            self.long.find(bytes, |pattern| pairs.push((pattern, at)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        Candidates { pairs, told: self.told.clone() }
    }
}

impl Anywhere {
    /// Tells the patterns whose needles stand in a text; some more than once.
    fn find(&self, text: &[u8], mut told: impl FnMut(u32)) {
        let Some(automaton) = self.automaton.as_ref().filter(|_| !self.owners.is_empty()) else { return };
        for found in automaton.find_overlapping_iter(text) {
            self.owners[found.pattern().as_usize()].iter().for_each(|pattern| told(*pattern));
        }
    }
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

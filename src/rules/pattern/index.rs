//! Defines an index of many patterns: which of them may match a text at all is told by one look at the text.

use std::collections::HashMap;

use aho_corasick::AhoCorasick;

use super::Pattern;
use super::needles::SHORTEST;

/// Many patterns, told apart by their numbers ([`Pattern::number`]).
#[derive(Clone, Debug, Default)]
pub struct PatternIndex {
    /// Needles that stand at the start of a text, by how they begin, with the patterns whose needles they are.
    starts: HashMap<[u8; SHORTEST], Vec<Start>>,
    /// Finds the needles that may stand anywhere.
    automaton: Option<AhoCorasick>,
    /// For each needle of the automaton, the patterns.
    owners: Vec<Vec<u32>>,
    /// For each pattern, whether it has needles.
    told: Vec<bool>,
}

/// A needle that stands at the start of a text, and the pattern whose it is.
type Start = (Box<[u8]>, u32);

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
        let mut anywhere: HashMap<Box<[u8]>, Vec<u32>> = HashMap::new();
        for (number, pattern) in (0u32..).zip(patterns) {
            pattern.number = Some(number);
            let needles = &*pattern.needles;
            index.told.push(!needles.texts.is_empty());
            for text in &needles.texts {
                match text.first_chunk() {
                    Some(start) if needles.at_start => {
                        index.starts.entry(*start).or_default().push((text.clone(), number));
                    }
                    _ => anywhere.entry(text.clone()).or_default().push(number),
                }
            }
        }
        let mut anywhere: Vec<_> = anywhere.into_iter().collect();
        anywhere.sort();
        // Too many needles for an automaton are more than any rule file has; then each pattern is tried.
        index.automaton = AhoCorasick::new(anywhere.iter().map(|(text, _)| text)).ok();
        if index.automaton.is_none() {
            for number in anywhere.iter().flat_map(|(_, owners)| owners) {
                index.told[*number as usize] = false;
            }
        }
        index.owners = anywhere.into_iter().map(|(_, owners)| owners).collect();
        index
    }

    /// Looks at texts, each under a number of the caller's.
    pub fn scan<'t>(&self, texts: impl IntoIterator<Item = (usize, &'t str)>) -> Candidates {
        let mut pairs = Vec::new();
        for (at, text) in texts {
            let bytes = text.as_bytes();
            if let Some(needles) = bytes.first_chunk().and_then(|start| self.starts.get(start)) {
                let there = needles.iter().filter(|(needle, _)| bytes.starts_with(needle));
                pairs.extend(there.map(|(_, pattern)| (*pattern, at)));
            }
            if let Some(automaton) = self.automaton.as_ref().filter(|_| !self.owners.is_empty()) {
                for found in automaton.find_overlapping_iter(bytes) {
                    pairs.extend(self.owners[found.pattern().as_usize()].iter().map(|pattern| (*pattern, at)));
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        Candidates { pairs, told: self.told.clone() }
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
        ];
        let texts = ["Menu", "Menu open", "Menü", "Mail", "an E-MAIL", "5 Likes", "é", "", "Me", "Speisen", "Likes"];
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
        assert_eq!([tried(0), tried(1), tried(2), tried(4)], [Some(2), Some(4), Some(1), None]);
        assert!(candidates.of(&whole("Menu")).is_none());
    }
}

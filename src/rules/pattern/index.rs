//! Defines an index of many patterns: which of them may match a text at all is told by one look at the text.

mod anywhere;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use self::anywhere::Anywhere;
use super::needles::{Place, SHORTEST, Text};
use super::{Pattern, Shared};

/// Many patterns, told apart by their numbers ([`Pattern::number`]).
#[derive(Clone, Debug, Default)]
pub struct PatternIndex {
    /// An index that others share. Its patterns come first.
    shared: Option<Arc<PatternIndex>>,
    /// The number of each own pattern, by the address of what is known of it; that is kept, lest another take its place.
    numbers: FxHashMap<usize, u32>,
    known: Vec<Arc<Shared>>,
    /// Needles that stand at the start of a text.
    starts: Needles,
    /// Needles that may stand anywhere: all, and those of patterns that match long texts too.
    in_short: Anywhere,
    in_long: Anywhere,
    /// For each pattern, those of the shared index among them, whether it has needles.
    told: Vec<bool>,
}

/// Needles, by how they begin.
type Needles = FxHashMap<[u8; SHORTEST], Vec<Needle>>;

/// A needle of a pattern.
#[derive(Clone, Debug)]
struct Needle {
    text: Text,
    /// It is all of the text.
    is_all: bool,
    pattern: u32,
    /// The alternative of the pattern that it belongs to.
    alternative: u16,
}

/// A text of more bytes is no line of an interface: most patterns match only shorter ones, and most text is longer.
const SHORT: usize = 240;

/// Which patterns of an index may match which texts.
#[derive(Debug, Default)]
pub struct Candidates {
    /// The needles that were found, ordered, each once.
    found: Vec<Found>,
    told: Vec<bool>,
}

/// A needle that stands in a text. They are ordered by what they belong to; of one pattern in one text, those that tell
/// most come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    pattern: u32,
    text: usize,
    may: May,
}

/// What a needle of a pattern in a text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum May {
    /// The pattern matches the text: the needle is all of it.
    Match,
    /// This alternative may.
    BeMatchedBy(u16),
}

impl PatternIndex {
    /// Numbers patterns, and indexes them.
    pub fn new<'p>(patterns: impl IntoIterator<Item = &'p mut Pattern>) -> Self {
        Self::beside(None, patterns)
    }

    /// Numbers patterns, and indexes those that are not in an index which others share.
    pub fn beside<'p>(shared: Option<Arc<PatternIndex>>, patterns: impl IntoIterator<Item = &'p mut Pattern>) -> Self {
        let told = shared.as_ref().map(|shared| shared.told.clone()).unwrap_or_default();
        let mut index = Self { shared, told, ..Self::default() };
        for pattern in patterns {
            let address = Arc::as_ptr(&pattern.shared) as usize;
            pattern.number = index.shared.as_ref().and_then(|shared| shared.numbers.get(&address)).copied();
            if pattern.number.is_some() {
                continue;
            }
            let Ok(number) = u32::try_from(index.told.len()) else { break };
            pattern.number = Some(number);
            index.numbers.insert(address, number);
            index.known.push(pattern.shared.clone());
            let facts = &pattern.shared.facts;
            let is_short = facts.longest.is_some_and(|longest| longest <= SHORT);
            // One that cannot be looked up is tried on each text.
            let needles = facts.needles.as_deref();
            let needles = needles.filter(|needles| needles.iter().all(|needle| needle.text.len() >= SHORTEST));
            index.told.push(needles.is_some());
            for needle in needles.into_iter().flatten() {
                let is_all = needle.place == Place::Whole;
                let own =
                    Needle { text: needle.text.clone(), is_all, pattern: number, alternative: needle.alternative };
                if needle.place != Place::Anywhere {
                    let Some(key) = needle.text.first_chunk::<SHORTEST>() else { continue };
                    index.starts.entry(*key).or_default().push(own);
                    continue;
                }
                if !is_short {
                    index.in_long.add(own.clone());
                }
                index.in_short.add(own);
            }
        }
        index
    }

    /// Looks at texts, each under a number of the caller's.
    pub fn scan<'t>(&self, texts: impl IntoIterator<Item = (usize, &'t str)>) -> Candidates {
        let mut found = Vec::new();
        for (text, normalised) in texts {
            let bytes = normalised.as_bytes();
            for index in self.shared.as_deref().into_iter().chain([self]) {
                index.find(bytes, |needle| {
                    let may = if needle.is_all { May::Match } else { May::BeMatchedBy(needle.alternative) };
                    found.push(Found { pattern: needle.pattern, text, may });
                });
            }
        }
        found.sort_unstable();
        found.dedup();
        Candidates { found, told: self.told.clone() }
    }

    /// Tells the own needles that stand in a text; some more than once.
    fn find(&self, text: &[u8], mut tell: impl FnMut(&Needle)) {
        let starts = text.first_chunk().and_then(|key| self.starts.get(key)).into_iter().flatten();
        starts.filter(|needle| needle.begins(text)).for_each(&mut tell);
        let anywhere = if text.len() <= SHORT { &self.in_short } else { &self.in_long };
        anywhere.find(text, tell);
    }
}

impl Needle {
    /// Whether it stands at the beginning of a text.
    fn begins(&self, text: &[u8]) -> bool {
        text.starts_with(&self.text) && (!self.is_all || text.len() == self.text.len())
    }
}

impl Candidates {
    /// The texts that a pattern may match, in order; `None` where it has to be tried on all.
    pub fn of(&self, pattern: &Pattern) -> Option<impl Iterator<Item = Candidate<'_>>> {
        let number = pattern.number.filter(|number| self.told.get(*number as usize) == Some(&true))?;
        let first = self.found.partition_point(|found| found.pattern < number);
        let own = self.found[first..].partition_point(|found| found.pattern == number);
        let texts = self.found[first..][..own].chunk_by(|one, other| one.text == other.text);
        Some(texts.filter_map(|found| Some(Candidate { text: found.first()?.text, found })))
    }
}

/// A text that a pattern may match.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'f> {
    /// Its number.
    pub text: usize,
    /// The needles of the pattern in it.
    found: &'f [Found],
}

impl Candidate<'_> {
    /// Whether the pattern matches, given the text: only what may match there is tried.
    pub fn is_matched_by(self, pattern: &Pattern, text: &str) -> bool {
        self.found.iter().any(|found| match found.may {
            May::Match => true,
            May::BeMatchedBy(alternative) => pattern.alternative_matches(alternative, text),
        })
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
            whole("(?:Menu|Home|Speisen|Likes?|Mail|an) ?[a-z]*"),
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
            let tried: Vec<usize> =
                candidates.of(pattern).map_or_else(all, |tried| tried.map(|one| one.text).collect());
            assert!(matching.iter().all(|at| tried.contains(at)), "{pattern:?}: {matching:?} {tried:?}");
            for one in candidates.of(pattern).into_iter().flatten() {
                assert_eq!(one.is_matched_by(pattern, texts[one.text]), matching.contains(&one.text), "{pattern:?}");
            }
        }
        let tried = |at: usize| candidates.of(&patterns[at]).map(Iterator::count);
        assert_eq!([tried(0), tried(1), tried(2), tried(4)], [Some(2), Some(3), Some(2), None]);
        assert!(candidates.of(&whole("Menu")).is_none());
    }

    #[test]
    fn a_shared_index_is_looked_through_too() {
        let pattern = |text| Pattern::whole(text).expect("a pattern");
        let mut common = [pattern("Menu"), pattern(".+ mail")];
        let shared = Arc::new(PatternIndex::new(&mut common));
        let mut patterns = [pattern("Home"), common[1].clone(), common[0].clone(), pattern("Menu")];
        let index = PatternIndex::beside(Some(shared), &mut patterns);
        assert_eq!(patterns.each_ref().map(|pattern| pattern.number), [Some(2), Some(1), Some(0), Some(3)]);
        assert_eq!(index.starts.values().map(Vec::len).sum::<usize>(), 2);
        let candidates = index.scan([(4, "Home"), (5, "Menu"), (6, "A mail")]);
        let tried = |pattern: &Pattern| -> Vec<usize> {
            candidates.of(pattern).expect("it has needles").map(|one| one.text).collect()
        };
        assert_eq!(patterns.each_ref().map(tried), [vec![4], vec![6], vec![5], vec![5]]);
    }
}

//! Defines patterns: linear-time regular expressions over normalised block text.
//!
//! A pattern knows whether it must match a whole block or only occur in it, so that the engine cannot mix them up.
//! They see [`normalised`](crate::text) text, which spares the rule writer NBSP, NFD and soft hyphens.

mod facts;
pub mod index;
mod needles;
mod table;
#[cfg(test)]
mod write;

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use memchr::memmem;
use regex::{Captures, Regex};

use self::facts::Facts;
use self::needles::{Needle, Place};
use self::table::Table;

/// The group that alone is cut out of a match, so that a pattern can look at what stands around it.
pub const CUT: &str = "cut";

/// What the build script found out of patterns that every start needs.
static BUILT_IN: Table = Table(include_bytes!(concat!(env!("OUT_DIR"), "/patterns")));

/// A pattern. It is compiled when it is first tried: of the many that a source has, few are on one page. One that has
/// alternatives is compiled one by one, when a text comes that may match.
#[derive(Clone)]
pub struct Pattern {
    shared: Arc<Shared>,
    /// Its number in the [index](index::PatternIndex) that it is in, if any.
    number: Option<u32>,
}

/// What all clones of a pattern share.
#[derive(Debug)]
struct Shared {
    /// As it is written; it is well-formed.
    pattern: Box<str>,
    whole: bool,
    facts: Facts,
    /// All of it, and its alternatives.
    regex: Compiled,
    alternatives: Box<[Compiled]>,
}

/// `None` once it is found to be too big.
type Compiled = OnceLock<Option<Regex>>;

impl Pattern {
    /// A pattern that must match a block's whole text.
    pub fn whole(pattern: &str) -> Result<Self, regex::Error> {
        Self::new(pattern, true)
    }

    /// A pattern that must occur in a block's text.
    pub fn part(pattern: &str) -> Result<Self, regex::Error> {
        Self::new(pattern, false)
    }

    /// A pattern that finds this very text.
    pub fn literal(text: &str) -> Result<Self, regex::Error> {
        Self::part(&regex::escape(text))
    }

    fn new(pattern: &str, whole: bool) -> Result<Self, regex::Error> {
        let facts = match BUILT_IN.get(pattern, whole) {
            Some(facts) => facts,
            // What is wrong with it the regex library is asked to say.
            None => Facts::of(pattern, whole).map_err(|error| {
                Regex::new(pattern).err().unwrap_or_else(|| regex::Error::Syntax(error.to_string()))
            })?,
        };
        let alternatives = facts.split.as_ref().map_or(0, |split| split.alternatives.len());
        let alternatives = std::iter::repeat_with(Compiled::new).take(alternatives).collect();
        let shared = Shared { pattern: pattern.into(), whole, facts, regex: Compiled::new(), alternatives };
        Ok(Self { shared: Arc::new(shared), number: None })
    }

    /// Whether it is too big once it is spelt out, and so matches nothing. The only mistake that is found by compiling
    /// alone.
    pub fn check_size(&self) -> Result<(), regex::Error> {
        compile(&self.shared.pattern, self.shared.whole).map(drop)
    }

    fn regex(&self) -> Option<&Regex> {
        let Shared { pattern, whole, regex, .. } = &*self.shared;
        regex.get_or_init(|| compile(pattern, *whole).ok()).as_ref()
    }

    /// Whether it matches `text`: all of it, or somewhere in it, as it was made.
    pub fn matches(&self, text: &str) -> bool {
        let Shared { facts: Facts { needles, .. }, regex, .. } = &*self.shared;
        let Some(needles) = needles.as_ref().filter(|_| regex.get().is_none()) else {
            return self.regex().is_some_and(|regex| regex.is_match(text));
        };
        // What a needle says is often enough: without any, nothing matches, and one may be all that there is to match.
        let mut tried = None;
        let mut may_match = needles.iter().filter(|needle| stands_in(needle, text));
        may_match.any(|needle| {
            let is_new = tried.replace(needle.alternative) != Some(needle.alternative);
            needle.place == Place::Whole || (is_new && self.alternative_matches(needle.alternative, text))
        })
    }

    /// Whether it matches `text` by one of its alternatives, as a [needle](Needle) names it.
    fn alternative_matches(&self, alternative: u16, text: &str) -> bool {
        let Shared { facts, regex, .. } = &*self.shared;
        let whole = facts.split.is_none() || regex.get().is_some();
        let regex = if whole { self.regex() } else { self.alternative(alternative.into()) };
        regex.is_some_and(|regex| regex.is_match(text))
    }

    fn alternative(&self, at: usize) -> Option<&Regex> {
        let Shared { pattern, whole, facts, alternatives, .. } = &*self.shared;
        let split = facts.split.as_ref()?;
        alternatives.get(at)?.get_or_init(|| compile(&split.alternative(pattern, at), *whole).ok()).as_ref()
    }

    /// The first match, with its groups.
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.regex()?.captures(text)
    }

    /// The places of all matches that are not empty, in order; of their group [`CUT`], where there is one.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let is_something = |range: &Range<usize>| !range.is_empty();
        let Some(regex) = self.regex() else { return Vec::new() };
        if self.group_names().all(|name| name != CUT) {
            return regex.find_iter(text).map(|found| found.range()).filter(is_something).collect();
        }
        let groups = regex.captures_iter(text).filter_map(|groups| Some(groups.name(CUT)?.range()));
        groups.filter(is_something).collect()
    }

    /// The names of its groups.
    pub fn group_names(&self) -> impl Iterator<Item = &str> {
        self.shared.facts.groups.iter().map(String::as_str)
    }
}

/// Compiles a pattern that is well-formed.
fn compile(pattern: &str, whole: bool) -> Result<Regex, regex::Error> {
    if !whole {
        return Regex::new(pattern);
    }
    // The line break ends a comment that the pattern may close with under `(?x)`, where it counts for nothing.
    Regex::new(&format!(r"\A(?:{pattern})\z")).or_else(|error| match error {
        regex::Error::Syntax(_) => Regex::new(&format!("\\A(?:{pattern}\n)\\z")),
        error => Err(error),
    })
}

/// Whether a text has a needle where it has to be.
fn stands_in(needle: &Needle, text: &str) -> bool {
    match needle.place {
        Place::Whole => *text.as_bytes() == *needle.text,
        Place::Start => text.as_bytes().starts_with(&needle.text),
        Place::Anywhere => memmem::find(text.as_bytes(), &needle.text).is_some(),
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}/", self.shared.pattern)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_match_as_the_whole_does() {
        let head = "(?:[-*] ?)?(?:Menu(?: open)?|[Hh]ome|Share .+|Top of page|Ende?|(?:Über|About) us)(?: ›)?";
        let texts = [
            "Menu",
            "* Menu open",
            "- home ›",
            "Share",
            "Share this",
            "Top of page ›",
            "End",
            "Endes",
            "About us",
            "us",
        ];
        for pattern in [head, "Menu|Home page|Share .+|Ende?", "(?i)(?:menu|home|share .+|ende|über us)", "Menu"] {
            let regex = compile(pattern, true).expect("a pattern");
            let own = Pattern::whole(pattern).expect("a pattern");
            for text in texts {
                assert_eq!(own.matches(text), regex.is_match(text), "{pattern} on {text}");
            }
        }
        let split = Pattern::whole(head).expect("a pattern");
        assert_eq!(split.shared.alternatives.len(), 6);
        assert!(split.matches("Top of page"));
        assert!(split.shared.regex.get().is_none() && split.shared.alternatives[4].get().is_none());
    }

    #[test]
    fn whole_is_anchored_whatever_the_pattern_says() {
        let whole = |pattern: &str, text: &str| Pattern::whole(pattern).expect(pattern).matches(text);
        assert!(whole("a|ab", "ab"));
        assert!(!whole("a|b", "ab"));
        assert!(whole("(?x) a b # comment", "ab"));
        assert!(!whole("(?m)^a$", "a\nb"));
        assert!(Pattern::whole("a)|(?:b").is_err());
    }

    #[test]
    fn places_leave_out_empty_matches() {
        assert_eq!(Pattern::part("x*").expect("good").places("axxbx"), [1..3, 4..5]);
        assert_eq!(Pattern::part(r"\w(?P<cut> )\.").expect("good").places("a . b ."), [1..2, 5..6]);
    }
}

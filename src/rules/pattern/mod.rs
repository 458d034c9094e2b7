//! Defines patterns: linear-time regular expressions over normalised block text.
//!
//! A pattern knows whether it must match a whole block or only occur in it, so that the engine cannot mix them up.
//! They see [`normalised`](crate::text) text, which spares the rule writer NBSP, NFD and soft hyphens.

pub mod index;
mod needles;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use regex::{Captures, Regex};

use self::needles::Needles;

/// The group that alone is cut out of a match, so that a pattern can look at what stands around it.
pub const CUT: &str = "cut";

/// A compiled pattern.
#[derive(Clone)]
pub struct Pattern {
    regex: Regex,
    needles: Arc<Needles>,
    /// Its number in the [index](index::PatternIndex) that it is in, if any.
    number: Option<u32>,
}

impl Pattern {
    /// A pattern that must match a block's whole text.
    pub fn whole(pattern: &str) -> Result<Self, regex::Error> {
        // Alone first: an unbalanced `)` must not close the group that is put around it.
        Regex::new(pattern)?;
        // The line break ends a comment that the pattern may close with under `(?x)`, where it counts for nothing.
        let regex =
            Regex::new(&format!(r"\A(?:{pattern})\z")).or_else(|_| Regex::new(&format!("\\A(?:{pattern}\n)\\z")))?;
        Ok(Self { regex, needles: Arc::new(Needles::of(pattern, true)), number: None })
    }

    /// A pattern that must occur in a block's text.
    pub fn part(pattern: &str) -> Result<Self, regex::Error> {
        let regex = Regex::new(pattern)?;
        Ok(Self { regex, needles: Arc::new(Needles::of(pattern, false)), number: None })
    }

    /// A pattern that finds this very text.
    pub fn literal(text: &str) -> Result<Self, regex::Error> {
        Self::part(&regex::escape(text))
    }

    /// Whether it matches `text`: all of it, or somewhere in it, as it was made.
    pub fn matches(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// The first match, with its groups.
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.regex.captures(text)
    }

    /// The places of all matches that are not empty, in order; of their group [`CUT`], where there is one.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let is_something = |range: &Range<usize>| !range.is_empty();
        if self.group_names().all(|name| name != CUT) {
            return self.regex.find_iter(text).map(|found| found.range()).filter(is_something).collect();
        }
        let groups = self.regex.captures_iter(text).filter_map(|groups| Some(groups.name(CUT)?.range()));
        groups.filter(is_something).collect()
    }

    /// The names of its groups.
    pub fn group_names(&self) -> impl Iterator<Item = &str> {
        self.regex.capture_names().flatten()
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}/", self.regex.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

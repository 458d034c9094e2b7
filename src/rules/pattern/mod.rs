//! Defines patterns: linear-time regular expressions over normalised block text.
//!
//! A pattern knows whether it must match a whole block or only occur in it, so that the engine cannot mix them up.
//! They see [`normalised`](crate::text) text, which spares the rule writer NBSP, NFD and soft hyphens.

pub mod index;
mod needles;

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use regex::{Captures, Regex};
use regex_syntax::hir::{Hir, HirKind};

use self::needles::{Needle, needles};

/// The group that alone is cut out of a match, so that a pattern can look at what stands around it.
pub const CUT: &str = "cut";

/// A pattern. It is compiled when it is first tried: of the many that a source has, few are on one page.
#[derive(Clone)]
pub struct Pattern {
    /// The expression as it is compiled; it is well-formed.
    expression: Arc<str>,
    /// `None` once it is found to be too big.
    regex: Arc<OnceLock<Option<Regex>>>,
    facts: Arc<Facts>,
    /// Its number in the [index](index::PatternIndex) that it is in, if any.
    number: Option<u32>,
}

/// What is known of a pattern before it is compiled.
#[derive(Debug)]
struct Facts {
    needles: Option<Vec<Needle>>,
    /// How many bytes a text that it matches may have, if that is bounded.
    longest: Option<usize>,
    groups: Vec<String>,
}

impl Pattern {
    /// A pattern that must match a block's whole text.
    pub fn whole(pattern: &str) -> Result<Self, regex::Error> {
        // Alone first: an unbalanced `)` must not close the group that is put around it.
        let hir = parse(pattern)?;
        let mut expression = format!(r"\A(?:{pattern})\z");
        if parse(&expression).is_err() {
            // The line break ends a comment that the pattern may close with under `(?x)`, where it counts for nothing.
            expression = format!("\\A(?:{pattern}\n)\\z");
            parse(&expression)?;
        }
        Ok(Self::new(&expression, &hir, true))
    }

    /// A pattern that must occur in a block's text.
    pub fn part(pattern: &str) -> Result<Self, regex::Error> {
        Ok(Self::new(pattern, &parse(pattern)?, false))
    }

    /// A pattern that finds this very text.
    pub fn literal(text: &str) -> Result<Self, regex::Error> {
        Self::part(&regex::escape(text))
    }

    fn new(expression: &str, hir: &Hir, whole: bool) -> Self {
        let mut groups = Vec::new();
        add_groups(hir, &mut groups);
        let facts =
            Facts { needles: needles(hir, whole), longest: hir.properties().maximum_len().filter(|_| whole), groups };
        Self { expression: expression.into(), regex: Arc::default(), facts: Arc::new(facts), number: None }
    }

    /// Whether it is too big once it is spelt out, and so matches nothing. The only mistake that is found by compiling
    /// alone.
    pub fn check_size(&self) -> Result<(), regex::Error> {
        Regex::new(&self.expression).map(drop)
    }

    fn regex(&self) -> Option<&Regex> {
        self.regex.get_or_init(|| Regex::new(&self.expression).ok()).as_ref()
    }

    /// Whether it matches `text`: all of it, or somewhere in it, as it was made.
    pub fn matches(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
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
        self.facts.groups.iter().map(String::as_str)
    }
}

/// Reads a pattern. What is wrong with it the regex library is asked to say.
fn parse(pattern: &str) -> Result<Hir, regex::Error> {
    match regex_syntax::parse(pattern) {
        Ok(hir) => Ok(hir),
        Err(error) => Err(Regex::new(pattern).err().unwrap_or_else(|| regex::Error::Syntax(error.to_string()))),
    }
}

/// The names of the groups of a pattern, in order.
fn add_groups(hir: &Hir, groups: &mut Vec<String>) {
    match hir.kind() {
        HirKind::Capture(capture) => {
            groups.extend(capture.name.as_deref().map(str::to_owned));
            add_groups(&capture.sub, groups);
        }
        HirKind::Repetition(repeated) => add_groups(&repeated.sub, groups),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().for_each(|part| add_groups(part, groups)),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => {}
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}/", self.expression)
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

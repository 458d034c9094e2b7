//! Defines where the rules of a source may find something on a page: looked up once for all of them.

use super::reading::{Reading, Window};
use crate::budget::Pace;
use crate::document::html::Element;
use crate::rules::pattern::Pattern;
use crate::rules::pattern::index::{Candidate, Candidates};
use crate::rules::selector::Selector;
use crate::rules::selector::index::Matches;
use crate::rules::source::Source;

/// A page as the rules of one source look at it.
#[derive(Debug)]
pub struct Scan<'r, 'd> {
    reading: &'r Reading<'d>,
    candidates: Candidates,
    matches: Matches,
    pace: Pace,
}

impl<'r, 'd> Scan<'r, 'd> {
    /// Looks a page up for all patterns and selectors of a source.
    pub fn new(reading: &'r Reading<'d>, source: &Source) -> Self {
        let tree = reading.document().tree.as_ref();
        let pace = reading.watch().pace();
        let matches = tree.map(|tree| source.selectors.matches_within(tree, &pace)).unwrap_or_default();
        let texts = reading.seen().take_while(|(_, text)| !pace.go(a_look(text)));
        Self { reading, candidates: source.patterns.scan(texts), matches, pace }
    }

    /// A page that each pattern and each selector looks through by itself.
    #[cfg(test)]
    pub(crate) fn unindexed(reading: &'r Reading<'d>) -> Self {
        Self { reading, candidates: Candidates::default(), matches: Matches::default(), pace: Pace::default() }
    }

    /// Asks whether the time of the page is up. Then what is found here is a part of what there is.
    pub(crate) fn pace(&self) -> &Pace {
        &self.pace
    }

    /// The page.
    pub fn reading(&self) -> &'r Reading<'d> {
        self.reading
    }

    /// The elements that a selector finds, in the order of the tree.
    pub(crate) fn elements<'s>(&'s self, selector: &'s Selector) -> impl Iterator<Item = Element<'s>> {
        let tree = self.reading.document().tree.as_ref();
        let known = self.matches.of(selector);
        let found = tree.zip(known).into_iter().flat_map(|(tree, ids)| ids.iter().filter_map(|id| tree.element(*id)));
        let unknown = tree.filter(|_| known.is_none());
        found.chain(unknown.into_iter().flat_map(|tree| tree.select(selector)))
    }

    /// The blocks with visible text that a pattern matches, in order.
    pub(crate) fn blocks(&self, pattern: &Pattern) -> impl Iterator<Item = usize> {
        let may_match = self.may_match(pattern);
        may_match.filter(|one| self.is_matched(pattern, one)).map(|one| one.block)
    }

    /// The members of a window that a pattern matches, as positions in it, in order. Whether one may be it at all is
    /// asked before the pattern is tried.
    pub(crate) fn members(
        &self,
        window: &Window,
        pattern: &Pattern,
        may_be: impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = usize> {
        let positions = self.may_match(pattern).filter_map(|one| Some((window.position(one.block)?, one)));
        let matching = positions.filter(move |(position, one)| may_be(*position) && self.is_matched(pattern, one));
        matching.map(|(position, _)| position)
    }

    /// The normalised text of a block, empty where no reader sees one.
    pub(crate) fn text(&self, block: usize) -> &str {
        self.reading.text(block).map_or("", |text| text.as_str())
    }

    /// The blocks that a pattern may match, in order.
    fn may_match(&self, pattern: &Pattern) -> impl Iterator<Item = MayMatch<'_>> {
        let told = self.candidates.of(pattern);
        let all = told.is_none().then(|| self.reading.seen()).into_iter().flatten();
        let told = told.into_iter().flatten().map(|one| MayMatch { block: one.text, told: Some(one) });
        told.chain(all.map(|(block, _)| MayMatch { block, told: None }))
    }

    /// Whether a pattern matches a block; when the time is up, none does.
    pub(crate) fn is_match(&self, pattern: &Pattern, block: usize) -> bool {
        self.is_matched(pattern, &MayMatch { block, told: None })
    }

    fn is_matched(&self, pattern: &Pattern, one: &MayMatch<'_>) -> bool {
        let text = self.text(one.block);
        !self.pace.go(a_look(text))
            && one.told.map_or_else(|| pattern.matches(text), |told| told.is_matched_by(pattern, text))
    }
}

/// What a look at a text takes, in steps of a [`Pace`].
pub(crate) fn a_look(text: &str) -> usize {
    4 + text.len() / 8
}

/// A block that a pattern may match, and what is known of that.
struct MayMatch<'s> {
    block: usize,
    told: Option<Candidate<'s>>,
}

//! Tells what a user should know of a page before taking its body for an article, and how likely the body is right.
//!
//! 1. [`wall`]: what stands where an article should be: a dialogue for consent, an error, an empty frame for scripts.
//!    Of such a page nothing is kept: its blocks are dropped by `page/consent-wall`, `page/error-page` and
//!    `page/needs-javascript`, unless the user keeps their category.
//! 2. [`data`]: where next to nothing is seen of an article that the page holds for its scripts, that is the body.
//! 3. [`flags`]: what holds of the page.
//! 4. [`confidence`](confidence::capped): one number for all that.
//!
//! Before that, [`stale`] tells whether the rules of the source still fit the page at all.
//!
//! Each question is asked only of pages on which what is cheap to look at speaks for it: on a page with a long body, hardly
//! any.

pub mod confidence;
pub mod data;
mod listing;
mod live;
mod said;
pub mod stale;
pub mod wall;

use serde::Serialize;

use self::said::Said;
use self::wall::Wall;
use crate::category::Category;
use crate::identify::Identified;
use crate::ledger::{Ledger, Verdict};
use crate::metadata::declared::Declared;
use crate::strip::reading::Reading;

/// What a user should know before taking the body for an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Flag {
    /// No rule file knows the source: the generic cleaner chose the main content.
    Generic,
    /// The body selectors of the source's rule file find nothing, or not the article: the site was rebuilt, and the
    /// generic cleaner took over. Or none of its body anchors is on a flattened page: its rules were followed without
    /// them.
    StaleRules,
    /// Several sources claim the page equally well, and none got it.
    AmbiguousSource,
    /// Nothing is left of the page.
    Empty,
    /// The page holds a notice that only subscribers may read on: the body may be a stub.
    Paywall,
    /// A rule would have dropped too much, and was set aside; `page/hidden` is one where a page hides nearly all it has.
    RuleSetAside,
    /// The page asks for consent, and holds no article.
    ConsentWall,
    /// The page tells of an error, or keeps robots out, and holds no article.
    ErrorPage,
    /// The page is an empty frame that only scripts fill.
    NeedsJavascript,
    /// The page lists articles rather than being one.
    ListingPage,
    /// The page is a live blog: many short posts, and no end.
    LiveBlog,
    /// The body was taken from what the page holds for its scripts, since next to nothing of it is seen.
    FromData,
}

impl Flag {
    /// The name as records write it, such as `stale-rules`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Generic => "generic",
            Self::StaleRules => "stale-rules",
            Self::AmbiguousSource => "ambiguous-source",
            Self::Empty => "empty",
            Self::Paywall => "paywall",
            Self::RuleSetAside => "rule-set-aside",
            Self::ConsentWall => "consent-wall",
            Self::ErrorPage => "error-page",
            Self::NeedsJavascript => "needs-javascript",
            Self::ListingPage => "listing-page",
            Self::LiveBlog => "live-blog",
            Self::FromData => "from-data",
        }
    }
}

/// By what a page was cleaned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CleanedBy {
    /// The source's rules.
    Rules,
    /// The source's rules, whose anchors are not on the page.
    StaleRules,
    /// Packs, and then the generic cleaner.
    Generic,
    /// The generic cleaner, since the source's rules find no body.
    GenericForStale,
    /// Packs alone.
    Packs,
}

/// A shorter body may be the stub of a longer article, in characters.
const STUB: usize = 1200;

/// What holds of a page, in the order of [`Flag`].
pub fn flags(
    reading: &Reading<'_>,
    identified: &Identified,
    declared: &Declared,
    ledger: &Ledger,
    cleaned_by: CleanedBy,
    wall: Option<Wall>,
    from_data: bool,
) -> Vec<Flag> {
    let is_paywall =
        |verdict: &Verdict| matches!(verdict, Verdict::Dropped(cause) if cause.category == Category::Paywall);
    let kept = kept_weight(reading, ledger);
    let said = Said::of(reading.document());
    // A page on which an article was found by the rules of its source is what these rules are for.
    let is_ruled = cleaned_by == CleanedBy::Rules && kept > 0;
    // What stands where an article should be says nothing of the rules for articles.
    let is_stale = matches!(cleaned_by, CleanedBy::StaleRules | CleanedBy::GenericForStale);
    let all = [
        (Flag::Generic, cleaned_by == CleanedBy::Generic),
        (Flag::StaleRules, is_stale && wall.is_none()),
        (Flag::AmbiguousSource, !identified.rivals.is_empty()),
        (Flag::Empty, is_empty(reading, ledger)),
        (Flag::Paywall, ledger.verdicts.iter().any(is_paywall) || said.not_free && kept < STUB),
        (Flag::RuleSetAside, !ledger.set_aside.is_empty()),
        (Flag::ConsentWall, wall == Some(Wall::Consent)),
        (Flag::ErrorPage, wall == Some(Wall::Error)),
        (Flag::NeedsJavascript, wall == Some(Wall::Script)),
        (Flag::ListingPage, wall.is_none() && !from_data && !is_ruled && listing::is_listing(reading, ledger)),
        (Flag::LiveBlog, wall.is_none() && (said.live_blog || live::is_live_blog(reading, declared))),
        (Flag::FromData, from_data),
    ];
    all.into_iter().filter(|(_, holds)| *holds).map(|(flag, _)| flag).collect()
}

/// Whether nothing is left of a page.
fn is_empty(reading: &Reading<'_>, ledger: &Ledger) -> bool {
    let blocks = reading.document().blocks.iter().zip(&ledger.verdicts);
    !blocks.into_iter().any(|(block, verdict)| *verdict == Verdict::Kept && !block.text.trim().is_empty())
}

/// The weight of what is kept of what a reader sees.
pub(crate) fn kept_weight(reading: &Reading<'_>, ledger: &Ledger) -> usize {
    let kept = ledger.verdicts.iter().enumerate().filter(|(_, verdict)| **verdict == Verdict::Kept);
    kept.map(|(index, _)| reading.weight(index)).sum()
}

/// The indices of the blocks that are kept and seen.
fn kept<'a>(reading: &'a Reading<'_>, ledger: &'a Ledger) -> impl Iterator<Item = (usize, &'a str)> {
    reading.seen().filter(|(index, _)| ledger.verdicts.get(*index) == Some(&Verdict::Kept))
}

#[cfg(test)]
mod tests;

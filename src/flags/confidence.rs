//! Tells how likely the body of a page is right, as one number from 0 to 1.
//!
//! For rules of a source it is counted down from [`RULES`]: each rule that was set aside takes off [`SET_ASIDE`], each
//! that did not do what is expected of it [`UNEXPECTED`], anchors that are not on the page [`LOST_ANCHORS`]. The generic
//! cleaner judges its own result. Then flags put a ceiling on it ([`ceiling`]).

use super::{CleanedBy, Flag};
use crate::generic::Judged;
use crate::ledger::{Guard, Ledger};

/// Where nothing speaks against the rules.
const RULES: f64 = 0.98;

/// A rule that would have dropped too much: the page is not as its author knew it.
const SET_ASIDE: f64 = 0.15;

/// A rule that was expected to fire and did not, or the other way round.
const UNEXPECTED: f64 = 0.05;

/// All of these together take off no more.
const MOST_UNEXPECTED: f64 = 0.25;

/// The anchors of a flattened body are not on the page.
const LOST_ANCHORS: f64 = 0.35;

/// The site was rebuilt, and the generic cleaner knows nothing of it.
const STALE: f64 = 0.9;

/// Nothing has chosen a main content.
const PACKS: f64 = 0.3;

/// Before flags are looked at: from how well the rules did, or what the generic cleaner says of its result.
pub fn from_cleaning(cleaned_by: CleanedBy, ledger: &Ledger, judged: Option<Judged>) -> f64 {
    let generic = judged.map_or(PACKS, |judged| judged.confidence);
    // Rules that have it judge their body are no surer than it is.
    let rules = judged.map_or(RULES, |judged| judged.confidence.min(RULES));
    let off = ledger.set_aside.len().min(3) as f64 * SET_ASIDE
        + (ledger.unexpected.len() as f64 * UNEXPECTED).min(MOST_UNEXPECTED);
    let confidence = match cleaned_by {
        CleanedBy::Rules => rules - off,
        CleanedBy::StaleRules => rules - LOST_ANCHORS - off,
        CleanedBy::Generic => generic,
        CleanedBy::GenericForStale => generic * STALE,
        CleanedBy::Packs => PACKS,
    };
    confidence.clamp(0.0, 1.0)
}

/// The confidence in a body of so many characters, under the lowest ceiling that a flag puts on it.
pub fn capped(confidence: f64, flags: &[Flag], ledger: &Ledger, kept: usize) -> f64 {
    // Rules of a source count what is set aside; for the generic cleaner a guard of a pack is an everyday thing, but that
    // a page hides nearly all it has is not.
    let is_revealed = ledger.set_aside.iter().any(|one| one.guard == Guard::Rule && &*one.rule == "page/hidden");
    let ceilings = flags.iter().map(|flag| ceiling(*flag, kept)).chain(is_revealed.then_some(REVEALED));
    ceilings.fold(confidence, f64::min)
}

/// What a page hides until a script shows it may be a menu as well.
const REVEALED: f64 = 0.7;

/// Behind a notice of a paywall, a longer body is hardly a stub, in characters.
const LONG: usize = 2000;

/// How high the confidence may be at most where a flag stands.
fn ceiling(flag: Flag, kept: usize) -> f64 {
    match flag {
        Flag::ConsentWall | Flag::ErrorPage | Flag::NeedsJavascript | Flag::Empty => 0.05,
        Flag::Paywall if kept < LONG => 0.5,
        Flag::Paywall => 0.9,
        Flag::LiveBlog | Flag::FromData => 0.7,
        Flag::Generic | Flag::ListingPage | Flag::StaleRules | Flag::AmbiguousSource | Flag::RuleSetAside => 1.0,
    }
}

//! Tells pages on which something else stands where the article should be.
//!
//! All of it is asked only where little is left, and nothing is taken for a wall for its words alone: a consent dialogue
//! has a button to agree with, an error stands in the title or a heading, an empty frame has no text.

mod consent;
mod error;
mod script;
mod words;

use super::data::running_text;
use super::kept_weight;
use crate::category::Category;
use crate::ledger::{Cause, Ledger, Verdict};
use crate::metadata::declared::Declared;
use crate::rules::file::Policy;
use crate::strip::Policies;
use crate::strip::reading::Reading;

/// What stands where the article should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wall {
    /// A dialogue that asks for consent.
    Consent,
    /// An error, or a barrier to robots.
    Error,
    /// Nothing, until a script runs.
    Script,
}

/// Who asks for consent tells at length what for, in characters.
const MOST_CONSENT: usize = 5000;

/// No error is told at greater length, in characters.
const MOST_ERROR: usize = 1500;

/// A frame for scripts says no more, in characters.
const MOST_FRAME: usize = 250;

/// What stands where the article should be, if something does.
pub fn wall(reading: &Reading<'_>, declared: &Declared, ledger: &Ledger) -> Option<Wall> {
    let kept = kept_weight(reading, ledger);
    if kept > MOST_CONSENT {
        return None;
    }
    if kept <= MOST_ERROR && error::is_error(reading, declared, ledger) {
        return Some(Wall::Error);
    }
    if consent::asks_for_consent(reading, declared, ledger, kept) {
        return Some(Wall::Consent);
    }
    (kept <= MOST_FRAME && script::needs_script(reading, running_text(reading, ledger))).then_some(Wall::Script)
}

/// Drops what is left of a page that is a wall, unless the user keeps its category.
pub fn drop_all(wall: Wall, policies: &Policies, ledger: &mut Ledger) {
    let (rule, category) = match wall {
        Wall::Consent => ("page/consent-wall", Category::CookieBanner),
        Wall::Error => ("page/error-page", Category::Other),
        Wall::Script => ("page/needs-javascript", Category::Other),
    };
    if policies.get(&category) == Some(&Policy::Keep) {
        return;
    }
    let cause = Cause { rule: rule.into(), category };
    for verdict in ledger.verdicts.iter_mut().filter(|verdict| **verdict == Verdict::Kept) {
        *verdict = Verdict::Dropped(cause.clone());
    }
    ledger.cuts.clear();
}

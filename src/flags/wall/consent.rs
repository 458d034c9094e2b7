//! Tells pages that ask for consent before they show anything.

use super::words::{ACCEPT, CONSENT, POLICIES, REQUESTS};
use crate::category::Category;
use crate::flags::kept;
use crate::ledger::{Ledger, Verdict};
use crate::metadata::declared::Declared;
use crate::strip::reading::Reading;

/// The first paragraphs say what is asked for.
const FIRST: usize = 6;

/// A shorter block is none of them, in characters.
const PARAGRAPH: usize = 30;

/// They come to the point within so many characters.
const LONGEST_PREAMBLE: usize = 300;

/// Most of what they say is about that.
const MOST: f64 = 0.6;

/// A dialogue speaks of it in several ways.
const LEAST_WORDS: usize = 2;

/// No button says more, in characters.
const LONGEST_BUTTON: usize = 40;

/// Beside a dialogue that packs have dropped, hardly anything is left, in characters, …
const MOST_LEFT: usize = 250;

/// … and the dialogue is as long as one that stands alone.
const LEAST_DIALOGUE: usize = 200;

/// Below a title that asks for it, there is no more text than a dialogue has, in characters.
const MOST_REQUEST: usize = 2500;

/// Hosts that only ask for consent.
const HOSTS: [&str; 5] = ["//consent.", "//guce.", "//myprivacy.", "//cmp-consent-tool.", "//cookies-policy."];

/// Whether a page asks for consent, and does nothing else.
pub(super) fn asks_for_consent(reading: &Reading<'_>, declared: &Declared, ledger: &Ledger, left: usize) -> bool {
    // An article on cookies has a date; who explains a policy says so in the title.
    let title = declared.title.as_deref().unwrap_or_default().to_lowercase();
    if declared.date.is_some() || POLICIES.iter().any(|word| title.contains(word)) {
        return false;
    }
    let is_told = left <= MOST_REQUEST && REQUESTS.iter().any(|request| title.contains(request))
        || is_about_consent(reading, ledger)
        || is_dialogue_alone(reading, ledger, left);
    is_told && (has_button(reading) || is_on_consent_host(declared))
}

/// Whether the first paragraphs of what is left are about consent.
fn is_about_consent(reading: &Reading<'_>, ledger: &Ledger) -> bool {
    let (mut all, mut about) = (0, 0);
    let mut words: Vec<&str> = Vec::new();
    for (index, text) in kept(reading, ledger).filter(|(index, _)| reading.weight(*index) >= PARAGRAPH).take(FIRST) {
        let text = text.to_lowercase();
        let found: Vec<&str> = CONSENT.iter().copied().filter(|word| text.contains(word)).collect();
        all += reading.weight(index);
        if !found.is_empty() {
            about += reading.weight(index);
        } else if about == 0 && all > LONGEST_PREAMBLE {
            return false; // most pages leave here
        }
        words.extend(found);
    }
    words.sort_unstable();
    words.dedup();
    words.len() >= LEAST_WORDS && about as f64 >= all as f64 * MOST
}

/// Whether packs have dropped a dialogue, and next to nothing is left beside it.
fn is_dialogue_alone(reading: &Reading<'_>, ledger: &Ledger, left: usize) -> bool {
    let is_dialogue =
        |verdict: &Verdict| matches!(verdict, Verdict::Dropped(cause) if cause.category == Category::CookieBanner);
    let weights = ledger.verdicts.iter().enumerate().map(|(index, verdict)| (verdict, reading.weight(index)));
    let (dialogue, all) = weights.fold((0, 0), |(dialogue, all), (verdict, weight)| {
        (dialogue + if is_dialogue(verdict) { weight } else { 0 }, all + weight)
    });
    left <= MOST_LEFT && dialogue >= LEAST_DIALOGUE && dialogue as f64 >= all as f64 * MOST
}

/// Whether there is a button to agree with.
fn has_button(reading: &Reading<'_>) -> bool {
    reading.seen().filter(|(index, _)| reading.weight(*index) <= LONGEST_BUTTON).any(|(_, text)| {
        let text = text.to_lowercase();
        ACCEPT.contains(&text.trim_matches(|c: char| !c.is_alphanumeric()))
    })
}

fn is_on_consent_host(declared: &Declared) -> bool {
    let addresses = [&declared.canonical, &declared.og_url].into_iter().flatten();
    addresses.into_iter().any(|address| HOSTS.iter().any(|host| address.contains(host)))
}

//! Tells the user what to know of single pages, where results are not a table: its records tell it themselves.

use dehusk::article::Flag;
use dehusk::corpus::jsonl::Id;

use super::job::Cleaned;
use crate::args::CleanArgs;
use crate::report;

/// Tells what the user should know of a page. That a page has no rule file is no news; records carry all flags.
pub(super) fn page(cleaned: &Cleaned) {
    let place = &cleaned.place;
    if let Some(url) = &cleaned.unusable_url {
        report::warning(&format!("{place}: `{url}` is no address on the web, so it tells nothing of the page"));
    }
    let is_wall = |flag: &Flag| matches!(flag, Flag::ConsentWall | Flag::ErrorPage | Flag::NeedsJavascript);
    let is_walled = cleaned.flags.iter().any(is_wall);
    let told = cleaned.flags.iter().filter_map(|flag| {
        Some(match flag {
            Flag::StaleRules => {
                "`[body]` of its rule file finds no article on it; see `dehusk explain` for how it was cleaned"
            }
            Flag::AmbiguousSource => "several sources claim it; cleaned by the generic cleaner",
            Flag::Empty if !is_walled => "nothing is left of it",
            Flag::Paywall => "it has a paywall notice; the body may be a stub",
            Flag::RuleSetAside => "a rule would have dropped too much and was set aside; see `dehusk explain`",
            Flag::ConsentWall => "it asks for consent, and holds no article",
            Flag::ErrorPage => "it tells of an error or keeps robots out, and holds no article",
            Flag::NeedsJavascript => "it is an empty frame that only scripts fill",
            Flag::ListingPage => "it lists articles rather than being one",
            _ => return None,
        })
    });
    for message in told {
        report::warning(&format!("{place}: {message}"));
    }
    if let Some(confidence) = cleaned.left_out {
        report::warning(&format!("{place}: left out, since its confidence is {confidence:.2}"));
    }
}

/// Tells that a page is nearly the same as an earlier one, and what was done about it.
pub(super) fn duplicate(place: &str, earlier: &Id, is_dropped: bool) {
    let done = if is_dropped { ": left out" } else { "" };
    report::warning(&format!("{place}: nearly the same as {earlier}{done}"));
}

/// Tells how many pages were left out, and where they went.
pub(super) fn left_out(left_out: u64, args: &CleanArgs) {
    let (Some(least), 1..) = (args.min_confidence, left_out) else { return };
    let pages = if left_out == 1 { "1 page has".to_owned() } else { format!("{left_out} pages have") };
    let place = match &args.aside {
        Some(path) => format!("written to {}", path.display()),
        None => "not written; --aside PATH writes such pages elsewhere".to_owned(),
    };
    report::warning(&format!("{pages} less confidence than {least}: {place}"));
}

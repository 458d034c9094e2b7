//! Tells from the names in a selector what kind of boilerplate its elements are called.

use super::features::hints::{Hint, Hints, words};
use crate::category::Category;

/// Words that tell more than the hints do: what they say counts before.
const WORDS: [(Category, &str); 9] = [
    (Category::CookieBanner, "cookie cookies consent gdpr cmp"),
    (Category::Paywall, "paywall premium subscribe subscription subscriber piano regwall meter"),
    (Category::Newsletter, "newsletter newsletters signup optin mailchimp mailing"),
    (Category::Comments, "comment comments disqus"),
    (Category::Caption, "figcaption caption captions credit"),
    (Category::Date, "date datetime time timestamp published updated dateline"),
    (Category::Legal, "copyright legal disclaimer imprint impressum"),
    (Category::Media, "video videos player audio podcast embed gallery slideshow carousel iframe jwplayer brightcove"),
    (
        Category::Advertisement,
        "ad ads advert advertisement sponsored sponsor promo promotion affiliate taboola outbrain",
    ),
];

/// What the words of names hint at, the first of these.
const HINTS: [(Hint, Category); 13] = [
    (Hint::Comment, Category::Comments),
    (Hint::Navigation, Category::Navigation),
    (Hint::Picture, Category::Caption),
    (Hint::Related, Category::Related),
    (Hint::Share, Category::Share),
    (Hint::Promotion, Category::Advertisement),
    (Hint::Byline, Category::Byline),
    (Hint::Tags, Category::Related),
    (Hint::Footer, Category::Navigation),
    (Hint::Aside, Category::Related),
    (Hint::Dialogue, Category::Other),
    (Hint::Widget, Category::Other),
    (Hint::Card, Category::Related),
];

/// The kind of boilerplate that the names of a selector tell of, if they tell of any.
pub(crate) fn category(selector: &str) -> Option<Category> {
    let names = names_in(selector);
    let said = |list: &str| words(&names).any(|word| list.split(' ').any(|known| known.eq_ignore_ascii_case(word)));
    let by_word = WORDS.iter().find(|(_, list)| said(list)).map(|(category, _)| *category);
    by_word.or_else(|| by_element(selector)).or_else(|| {
        let hints = Hints::of_names(&names);
        HINTS.iter().find(|(hint, _)| hints.number(*hint) > 0.0).map(|(_, category)| *category)
    })
}

/// Whether the names of a selector tell of the article itself.
pub(crate) fn is_content(selector: &str) -> bool {
    let hints = Hints::of_names(&names_in(selector));
    [Hint::Content, Hint::Prose, Hint::Summary].iter().any(|hint| hints.number(*hint) > 0.0)
        || selector.ends_with("> p")
}

/// The names in a selector, without those of attributes, which are the same everywhere.
fn names_in(selector: &str) -> String {
    let mut names = String::new();
    let mut rest = selector;
    while let Some((before, behind)) = rest.split_once('[') {
        names.push_str(before);
        names.push(' ');
        rest = behind.split_once('=').map_or(behind, |(_, value)| value);
    }
    names + rest
}

fn by_element(selector: &str) -> Option<Category> {
    Some(match selector.rsplit(' ').next()? {
        "figure" | "figcaption" => Category::Caption,
        "nav" | "footer" | "header" => Category::Navigation,
        "aside" => Category::Related,
        "h1" => Category::Title,
        "form" | "button" | "dialog" => Category::Other,
        "address" => Category::Byline,
        "time" => Category::Date,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_of_boilerplate() {
        let told = [
            (".share-bar", Some(Category::Share)),
            ("[class*=\"NewsletterPromo_\"]", Some(Category::Newsletter)),
            ("figure", Some(Category::Caption)),
            ("aside", Some(Category::Related)),
            ("[data-testid=\"ad-slot\"]", Some(Category::Advertisement)),
            (".article-body", None),
            (".xyz", None),
        ];
        for (selector, category) in told {
            assert_eq!(super::category(selector), category, "{selector}");
        }
        assert!(is_content(".article-body") && is_content("#main > p") && !is_content(".share-bar"));
    }
}

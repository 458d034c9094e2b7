//! Chooses the title of the article among those that a page gives itself.

use super::entity::decoded;
use super::site::{MOST_TAILS, Site, key, tails};
use crate::metadata::origin::Origin;
use crate::text::normalise;

/// A heading with fewer letters is a section rather than a title.
const SHORTEST: usize = 10;

/// The titles of a page.
pub(super) struct Titles {
    /// What is to stand where the page is shared, in `<meta>`.
    pub(super) shared: Option<(Origin, String)>,
    /// The `headline` in JSON-LD.
    pub(super) headline: Option<String>,
    /// The first `h1`s.
    pub(super) headings: Vec<String>,
    /// The headline in microdata.
    pub(super) item: Option<String>,
    /// The `<title>`.
    pub(super) page: Option<String>,
}

impl Titles {
    /// The title of the article, without the name of the site, and where it stands.
    pub(super) fn chosen(&self, site: &Site) -> Option<(Origin, String)> {
        let heading = self.heading(site);
        let headline = self.headline.as_deref();
        // What is shared is sometimes written for that; where two others say the same, that is the title.
        let agreed = heading
            .filter(|heading| headline.is_some_and(|headline| plain(heading, site).1 == plain(headline, site).1));
        let (origin, title) = (agreed.map(|title| (Origin::Heading, title)))
            .or(self.shared.as_ref().map(|(origin, title)| (*origin, title.as_str())))
            .or(headline.map(|title| (Origin::JsonLd, title)))
            .or(heading.map(|title| (Origin::Heading, title)))
            .or(self.item.as_deref().map(|title| (Origin::Microdata, title)))
            .or(self.page.as_deref().map(|title| (Origin::Title, title)))?;
        let title = plain(title, site).0;
        let known = [heading, headline].into_iter().flatten().map(|text| plain(text, site).1);
        let known: Vec<String> = known.filter(|key| key.chars().count() >= SHORTEST).collect();
        // Behind a colon a title goes on.
        let goes_on = |before: &str| title[before.len()..].trim_start().starts_with([':', '：']);
        let mut tails = tails(&title).take(MOST_TAILS);
        let whole = tails.find(|(before, _)| !goes_on(before) && known.contains(&key(before)));
        let title = whole.map_or(title.as_str(), |(before, _)| before);
        (!title.is_empty()).then(|| (origin, title.to_owned()))
    }

    /// The heading of the article: of several, the longest that stands in the title of the page.
    fn heading(&self, site: &Site) -> Option<&str> {
        let page = self.page.as_deref().map(|title| key(&decoded(title))).unwrap_or_default();
        let headings = || self.headings.iter().map(String::as_str).filter(|heading| !site.is(heading));
        let mut best = (0, None);
        for heading in headings() {
            let key = key(heading);
            if key.len() > best.0 && page.contains(&key) {
                best = (key.len(), Some(heading));
            }
        }
        best.1.or_else(|| headings().next())
    }
}

/// A title as it is used, and the shape in which it is compared.
fn plain(title: &str, site: &Site) -> (String, String) {
    let title = decoded(title);
    let title = normalise(site.cut_off(&title)).into_owned();
    let key = key(&title);
    (title, key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(shared: &str, headline: &str, headings: &[&str], page: &str) -> Option<String> {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let headings = headings.iter().map(|&heading| heading.to_owned()).collect();
        let shared = given(shared).map(|shared| (Origin::OpenGraph, shared));
        let titles = Titles { shared, headline: given(headline), headings, item: None, page: given(page) };
        titles.chosen(&Site::new(["Blog"], None)).map(|(_, title)| title)
    }

    #[test]
    fn what_heading_and_headline_agree_on_wins() {
        assert_eq!(chosen("You won’t believe it", "A «story»", &["A story"], "").as_deref(), Some("A story"));
        assert_eq!(chosen("Shared", "A story", &["Another"], "").as_deref(), Some("Shared"));
        assert_eq!(chosen("Shared", "A story | Blog", &["Blog", "A story"], "").as_deref(), Some("A story"));
        assert_eq!(chosen("", "A &amp; B | Blog", &[], "").as_deref(), Some("A & B"));
    }

    #[test]
    fn what_a_heading_does_not_have_is_no_part_of_the_title() {
        assert_eq!(chosen("A long story | Opinion", "", &["A long story"], "").as_deref(), Some("A long story"));
        assert_eq!(chosen("A long story | Opinion", "", &["Else"], "").as_deref(), Some("A long story | Opinion"));
        for title in ["A long story: The end", "She said « a long story »"] {
            assert_eq!(chosen(title, "", &["A long story", "She said « a long story"], "").as_deref(), Some(title));
        }
        assert_eq!(chosen("Rust - A story", "", &["Rust"], "").as_deref(), Some("Rust - A story"));
    }

    #[test]
    fn of_several_headings_the_one_in_the_title_of_the_page() {
        assert_eq!(chosen("", "", &["Offers", "A story"], "A story of note").as_deref(), Some("A story"));
        assert_eq!(chosen("", "", &["News", "A story"], "A story - News").as_deref(), Some("A story"));
        assert_eq!(chosen("", "", &["Offers", "A story"], "Else").as_deref(), Some("Offers"));
        assert_eq!(chosen("", "", &["Blog", "–"], "Blog").as_deref(), Some("–"));
        assert_eq!(chosen("", "", &[], ""), None);
    }
}

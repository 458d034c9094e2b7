//! The names of the site that a page is from, and titles without them.

use crate::metadata::date::PublishedAt;

/// Labels of hosts that only say which kind of domain stands before them, as in `example.co.uk`.
const KINDS: [&str; 9] = ["co", "com", "org", "net", "gov", "ac", "edu", "or", "ne"];

/// Signs between a title and the name of the site that need no space on either side.
const TIGHT: [char; 4] = ['|', '｜', '：', '│'];

/// Signs between a title and the name of the site that have a space on at least one side.
const LOOSE: [char; 13] = ['-', '–', '—', '―', '·', '•', ':', '»', '«', '/', '>', '‹', '~'];

/// No title has more parts behind it.
pub(super) const MOST_TAILS: usize = 6;

/// The names of a site, in the shape in which they are compared.
#[derive(Default)]
pub(super) struct Site(Vec<String>);

impl Site {
    /// The site with these names, at this host.
    pub(super) fn new<'a>(names: impl IntoIterator<Item = &'a str>, host: Option<&str>) -> Self {
        let mut keys: Vec<String> = names.into_iter().map(key).collect();
        if let Some(host) = host {
            keys.push(key(host));
            keys.extend(label(host).map(key));
        }
        keys.retain(|key| !key.is_empty());
        Self(keys)
    }

    /// Whether a text is but a name of the site.
    pub(super) fn is(&self, text: &str) -> bool {
        self.0.contains(&key(text))
    }

    /// Cuts the names of the site off the end of a title, with the date that stands beside them.
    pub(super) fn cut_off<'t>(&self, title: &'t str) -> &'t str {
        let mut kept = title;
        let mut end = title.len();
        for _ in 0..MOST_TAILS {
            let tails = || tails(&title[..end]).take(MOST_TAILS);
            if let Some((before, _)) = tails().find(|(_, tail)| self.is(tail)) {
                kept = before;
                end = before.len();
            } else if let Some((before, _)) = tails().next().filter(|(_, tail)| is_date(tail)) {
                end = before.len();
            } else {
                break;
            }
        }
        kept
    }
}

/// What two texts that say the same have in common: letters and digits.
pub(in crate::metadata) fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a text has a key; told by its first letters in most cases.
pub(in crate::metadata) fn is_key(text: &str, key: &str) -> bool {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).eq(key.chars())
}

/// A title before each separator, and what stands behind it; the last separator is first.
pub(super) fn tails(title: &str) -> impl Iterator<Item = (&str, &str)> {
    title.char_indices().rev().filter_map(|(at, sign)| {
        let (before, tail) = (&title[..at], &title[at + sign.len_utf8()..]);
        let apart = before.ends_with(' ') || tail.starts_with(' ');
        let parts = TIGHT.contains(&sign) || LOOSE.contains(&sign) && apart;
        let before = before.trim_end_matches(|c: char| c.is_whitespace() || TIGHT.contains(&c) || LOOSE.contains(&c));
        (parts && !before.is_empty() && tail.contains(char::is_alphanumeric)).then_some((before, tail.trim()))
    })
}

/// Whether a text is but a date in figures.
fn is_date(text: &str) -> bool {
    !text.contains(char::is_alphabetic) && PublishedAt::parse(text).is_some()
}

/// The label of a host that names the site: `example` of `www.example.co.uk`.
fn label(host: &str) -> Option<&str> {
    let mut labels = host.rsplit('.').skip(1);
    labels.find(|label| !KINDS.contains(label)).filter(|label| label.contains(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_that_name_the_site_are_cut_off() {
        let site = Site::new(["Das Musterblatt", "Blatt - Für alle", "見本新聞デジタル"], Some("mb.example.co.uk"));
        for title in [
            "Ein Titel - Das Musterblatt",
            "Ein Titel | DAS MUSTERBLATT",
            "Ein Titel – Example – 13.06.2023",
            "Ein Titel | mb.example.co.uk | Example",
            "Ein Titel：見本新聞デジタル",
            "Ein Titel｜見本新聞デジタル",
            "Ein Titel|example",
            "Ein Titel: Example",
            "Ein Titel - Blatt - Für alle",
        ] {
            assert_eq!(site.cut_off(title), "Ein Titel");
        }
    }

    #[test]
    fn other_tails_stay() {
        let site = Site::new(["Musterblatt", "Fi"], None);
        for title in [
            "A - B - C",
            "Ein Titel – 13.06.2023",
            "Musterblatt",
            "Musterblatt | Ein Titel",
            "Neues vom Wi-Fi",
            "| Musterblatt",
            "Sie sagt « nein »",
            "",
        ] {
            assert_eq!(site.cut_off(title), title);
        }
    }

    #[test]
    fn labels_that_name_the_site() {
        let names = ["example.org", "www.example.co.uk", "news.example.com.au", "com", "localhost"].map(label);
        assert_eq!(names, [Some("example"), Some("example"), Some("example"), None, None]);
    }
}

//! Looks for places of metadata that the pages lack: only what neither their declarations nor their looks tell.

use super::pages::Seen;
use super::source::source_of;
use crate::metadata::Metadata;
use crate::pipeline::Cleaner;
use crate::pipeline::rerun::Rerun;

/// A place of `[meta]`, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) key: &'static str,
    pub(super) place: &'static str,
    /// On how many pages it is where the piece comes from.
    pub(super) support: usize,
}

/// Where sites that declare nothing show it, the most certain first.
const PLACES: [(&str, &str); 11] = [
    ("title", "{ css = 'h1' }"),
    ("author", "{ css = '[itemprop=\"author\"] [itemprop=\"name\"]' }"),
    ("author", "{ css = '[itemprop=\"author\"]' }"),
    ("author", "{ css = '[rel=\"author\"]' }"),
    ("author", "{ css = '.author-name' }"),
    ("author", "{ css = '.byline a' }"),
    ("author", "{ css = '.author a' }"),
    ("date", "{ css = '[itemprop=\"datePublished\"]', attr = \"datetime\" }"),
    ("date", "{ css = '[itemprop=\"datePublished\"]', attr = \"content\" }"),
    ("date", "{ css = 'article time', attr = \"datetime\" }"),
    ("date", "{ css = 'time', attr = \"datetime\" }"),
];

/// A name of an author has no more words.
const LONGEST_NAME: usize = 5;

/// The places of what some page lacks and a place of all of them yields.
pub(super) fn places(cleaner: &Cleaner, host: &str, pages: &[Seen<'_>]) -> Vec<Found> {
    let reruns: Vec<Rerun<'_>> = pages.iter().map(|page| cleaner.rerun(page.article)).collect();
    let mut found: Vec<Found> = Vec::new();
    for (key, place) in PLACES {
        let lacking: Vec<usize> =
            (0..pages.len()).filter(|at| piece(key, &pages[*at].article.metadata).is_none()).collect();
        if lacking.is_empty() || found.iter().any(|found| found.key == key) {
            continue;
        }
        let Some(source) = source_of(cleaner.library(), host, &format!("[meta]\n{key} = {place}\n")) else { continue };
        let told: Vec<Option<String>> =
            reruns.iter().map(|rerun| piece(key, &rerun.by(Some(&source)).metadata)).collect();
        let helps = lacking.iter().all(|at| told[*at].as_deref().is_some_and(|text| key != "author" || is_name(text)));
        let harms =
            (0..pages.len()).any(|at| !lacking.contains(&at) && told[at] != piece(key, &pages[at].article.metadata));
        if helps && !harms {
            found.push(Found { key, place, support: told.iter().flatten().count() });
        }
    }
    found
}

fn piece(key: &str, metadata: &Metadata) -> Option<String> {
    match key {
        "title" => metadata.title.clone(),
        "author" => metadata.author.clone(),
        _ => metadata.date.as_ref().map(ToString::to_string),
    }
}

fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=LONGEST_NAME).contains(&words.len())
        && words.iter().filter(|word| word.starts_with(char::is_uppercase)).count() >= 2
        && !text.contains(|c: char| c.is_ascii_digit())
}

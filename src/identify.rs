//! Tells which source a page is of.
//!
//! 1. The host and the path of its URL; a URL of a web archive stands for the one that it holds.
//! 2. What the page says of itself: its canonical link, then `og:url`, then `og:site_name`.
//! 3. For a page of which no address is known: marks, blocks that only this source writes.
//!
//! The first step that names any source decides. If it names two that claim the page equally well, neither gets it.

use std::sync::Arc;

use serde::Serialize;
use url::Url;

use crate::metadata::declared::Declared;
use crate::rules::library::{Identities, Identity};
use crate::rules::pattern::Pattern;
use crate::strip::reading::Reading;
use crate::strip::scan::a_look;

/// Which source a page is of, and how that was told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identified {
    /// The id of the source; `None` for a page that no source, or more than one, claims.
    pub source: Option<Arc<str>>,
    /// What decided.
    pub by: Option<Evidence>,
    /// The sources that claim the page equally well, if there are several.
    pub rivals: Vec<Arc<str>>,
}

/// What tells the source of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The URL that it was fetched from.
    Url,
    /// Its canonical link, or its `og:url`.
    Canonical,
    /// Its `og:site_name`.
    SiteName,
    /// Blocks that only this source writes.
    Marks,
}

/// Tells the source of a page.
pub fn identify(identities: &Identities, url: Option<&str>, declared: &Declared, reading: &Reading<'_>) -> Identified {
    identify_without(identities, None, url, declared, reading)
}

/// Tells the source of a page, as if one source were not there.
pub fn identify_without(
    identities: &Identities,
    absent: Option<&str>,
    url: Option<&str>,
    declared: &Declared,
    reading: &Reading<'_>,
) -> Identified {
    let Identities { all, marks, .. } = identities;
    let is_there = |identity: &&Identity| absent.is_none_or(|absent| *identity.id != *absent);
    let all = || all.iter().filter(is_there);
    let by_url = |url: &Url| best(around(identities, url).filter(is_there), |identity| claim(identity, url));
    let own = [(Evidence::Url, url)];
    let canonical = [&declared.canonical, &declared.og_url].map(|url| (Evidence::Canonical, url.as_deref()));
    for (by, url) in own.into_iter().chain(canonical) {
        let claims = url.and_then(address).as_ref().map_or_else(Vec::new, by_url);
        if !claims.is_empty() {
            return decide(by, claims);
        }
    }
    if let Some(name) = &declared.site_name {
        let name = name.trim().to_lowercase();
        let is_it = |own: &str| own.eq_ignore_ascii_case(&name) || !own.is_ascii() && own.to_lowercase() == name;
        let same = |identity: &Identity| identity.name.as_ref().is_some_and(|own| is_it(own.trim()));
        let claims = best(all(), |identity| usize::from(same(identity)));
        if !claims.is_empty() {
            return decide(Evidence::SiteName, claims);
        }
    }
    if url.is_some_and(|url| address(url).is_some()) {
        return Identified::default();
    }
    let pace = reading.watch().pace();
    let in_time = |text: &str| !pace.go(a_look(text));
    let candidates = marks.scan(reading.seen().take_while(|(_, text)| in_time(text)));
    let is_on_page = |mark: &&Pattern| {
        let text = |block| reading.text(block).map_or("", |text| text.as_str());
        match candidates.of(mark) {
            Some(mut blocks) => blocks.any(|one| in_time(text(one.text)) && one.is_matched_by(mark, text(one.text))),
            None => reading.seen().any(|(_, text)| in_time(text) && mark.matches(text)),
        }
    };
    decide(Evidence::Marks, best(all(), |identity| identity.marks.iter().filter(is_on_page).count()))
}

/// The sources that claim an address most strongly; none for what is no address on the web.
pub(crate) fn by_address(identities: &Identities, url: &str) -> Vec<Arc<str>> {
    let Some(url) = address(url) else { return Vec::new() };
    best(around(identities, &url), |identity| claim(identity, &url))
}

fn decide(by: Evidence, mut claims: Vec<Arc<str>>) -> Identified {
    match claims.len() {
        0 => Identified::default(),
        1 => Identified { source: claims.pop(), by: Some(by), rivals: Vec::new() },
        _ => Identified { source: None, by: Some(by), rivals: claims },
    }
}

/// The sources with the strongest claim, if any has one.
fn best<'i>(identities: impl Iterator<Item = &'i Identity>, claim: impl Fn(&Identity) -> usize) -> Vec<Arc<str>> {
    let mut claims: Vec<(usize, &Identity)> = identities.map(|identity| (claim(identity), identity)).collect();
    let strongest = claims.iter().map(|(claim, _)| *claim).max().unwrap_or(0);
    claims.retain(|(claim, _)| strongest > 0 && *claim == strongest);
    claims.into_iter().map(|(_, identity)| identity.id.clone()).collect()
}

/// Those that may claim a URL, by its host.
fn around<'i>(identities: &'i Identities, url: &'i Url) -> impl Iterator<Item = &'i Identity> {
    url.host_str().into_iter().flat_map(|host| identities.around(host))
}

/// How much of a URL an identity names: the longer its host and its path, the stronger its claim.
fn claim(identity: &Identity, url: &Url) -> usize {
    let Some(host) = url.host_str() else { return 0 };
    let host = host.strip_prefix("www.").unwrap_or(host);
    let is_of =
        |own: &&String| host.strip_suffix(own.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    let Some(own) = identity.hosts.iter().filter(is_of).max_by_key(|own| own.len()) else { return 0 };
    if identity.paths.is_empty() {
        return own.len();
    }
    let paths = identity.paths.iter().filter(|path| url.path().starts_with(path.as_str()));
    paths.map(|path| own.len() + path.len()).max().unwrap_or(0)
}

/// The address of a page on the web, out of an archive's if need be; `None` for files and the like.
fn address(url: &str) -> Option<Url> {
    let url = Url::parse(url.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    if url.host_str() == Some("web.archive.org") {
        // https://web.archive.org/web/20250909134601id_/https://example.com/path
        let held = url.as_str().find("/http").map(|at| &url.as_str()[at + 1..]);
        if let Some(held) = held.and_then(|held| Url::parse(held).ok()) {
            return Some(held);
        }
    }
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, BlockKind, Document, Place};

    fn identity(id: &str, name: &str, paths: &[&str], marks: &[&str]) -> Identity {
        Identity {
            id: id.into(),
            name: Some(name.to_owned()),
            hosts: vec![id.split('/').next().unwrap_or(id).to_owned()],
            paths: paths.iter().map(ToString::to_string).collect(),
            marks: marks.iter().map(|mark| Pattern::whole(mark).expect("a pattern")).collect(),
        }
    }

    fn told(url: Option<&str>, declared: &Declared, lines: &[&str]) -> (Option<String>, Option<Evidence>, usize) {
        let identities = [
            identity("a.de", "A Paper", &[], &["A menu", "A foot"]),
            identity("b.de", "B", &[], &["B menu", "A menu"]),
            identity("a.de/sport", "A Sport", &["/sport/"], &[]),
        ];
        let place = Place::Text { bytes: 0..0, line: 1 };
        let block = |line: &&str| Block::new(BlockKind::Paragraph, *line, place.clone());
        let document = Document { blocks: lines.iter().map(block).collect(), ..Document::default() };
        let identities = Identities::new(identities.into());
        let identified = identify(&identities, url, declared, &Reading::new(&document));
        (identified.source.map(|id| id.to_string()), identified.by, identified.rivals.len())
    }

    fn by_url(url: &str) -> Option<String> {
        told(Some(url), &Declared::default(), &[]).0
    }

    #[test]
    fn by_url_with_sub_domains_paths_and_archives() {
        assert_eq!(by_url("https://www.a.de/x").as_deref(), Some("a.de"));
        assert_eq!(by_url("http://M.A.de:8080").as_deref(), Some("a.de"));
        assert_eq!(by_url("https://a.de/sport/1").as_deref(), Some("a.de/sport"));
        assert_eq!(by_url("https://web.archive.org/web/2025id_/https://b.de/x").as_deref(), Some("b.de"));
        assert_eq!(by_url("https://nota.de/"), None);
        assert_eq!(by_url("https://a.de.evil.com/"), None);
        assert_eq!(by_url("no url"), None);
    }

    #[test]
    fn by_what_the_page_says_of_itself() {
        let canonical = Declared { canonical: Some("https://b.de/1".to_owned()), ..Declared::default() };
        assert_eq!(told(None, &canonical, &["A menu"]), (Some("b.de".to_owned()), Some(Evidence::Canonical), 0));
        assert_eq!(told(Some("https://a.de"), &canonical, &[]).1, Some(Evidence::Url));
        let named = Declared { site_name: Some("a paper".to_owned()), ..Declared::default() };
        assert_eq!(told(None, &named, &[]), (Some("a.de".to_owned()), Some(Evidence::SiteName), 0));
    }

    #[test]
    fn by_marks_where_no_address_is_known() {
        let none = Declared::default();
        assert_eq!(told(None, &none, &["A menu", "A foot"]).0.as_deref(), Some("a.de"));
        assert_eq!(told(None, &none, &["A menu"]), (None, Some(Evidence::Marks), 2));
        assert_eq!(told(Some("https://c.de/"), &none, &["A menu", "A foot"]), (None, None, 0));
        assert_eq!(told(Some("page.txt"), &none, &["A menu", "A foot"]).0.as_deref(), Some("a.de"));
    }
}

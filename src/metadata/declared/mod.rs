//! Defines what an HTML page declares of itself, for programs rather than readers.
//!
//! Pages say the same thing in several places, and not all are equally careful. The first of these that says anything
//! is believed:
//!
//! | what | places, in this order |
//! |---|---|
//! | title | `og:title`, `twitter:title`, JSON-LD `headline`, the first `h1`, `<title>` |
//! | authors | JSON-LD `author`, `meta` such as `author`, `article:author` (never an address), `[rel=author]`, `[itemprop=author]` |
//! | date | JSON-LD `datePublished`, `article:published_time`, other `meta` such as `date` and `dc.date`, `[itemprop=datePublished]`, the first `time` in an article, else in `main` |
//! | site name | `og:site_name`, `application-name`, the publisher in JSON-LD |
//! | canonical address | `link[rel=canonical]` |
//! | language | `html[lang]`, `meta` `content-language`, `og:locale`, JSON-LD `inLanguage` |
//!
//! A title that ends in ` - Golem.de` or ` | Golem.de` loses that, where the site name or the host of the page's
//! address is Golem.de. Everything is read in one walk over the tree; what is collected is bounded.

mod json_ld;
mod meta;
#[cfg(test)]
mod tests;

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use self::json_ld::Linked;
use self::meta::Metas;
use super::date::PublishedAt;
use crate::text::{normalise, start_of};

/// No title or name is longer, in bytes.
const LONGEST: usize = 1000;

/// A page has no more authors than this.
const MOST_AUTHORS: usize = 20;

/// Words before the names of authors.
const BY: [&str; 5] = ["by", "von", "par", "por", "door"];

/// Titles that the first `h1`s may have before one is not just the site's name.
const MOST_HEADINGS: usize = 5;

/// How many nodes below an element are looked at for its text.
const MOST_NODES: usize = 100;

/// What a page declares of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// The title of the article, without the name of the site.
    pub title: Option<String>,
    /// The authors, each once.
    pub authors: Vec<String>,
    /// When it was published.
    pub date: Option<PublishedAt>,
    /// The name of the site.
    pub site_name: Option<String>,
    /// The canonical address, as written.
    pub canonical: Option<String>,
    /// The address in `og:url`, as written.
    pub og_url: Option<String>,
    /// The language (BCP 47).
    pub language: Option<String>,
}

/// Reads what a page declares of itself.
///
/// ```
/// use dehusk::metadata::declared::declared;
///
/// let html = scraper::Html::parse_document("<title>A story | Example</title><meta property=og:site_name content=Example>");
/// assert_eq!(declared(&html).title.as_deref(), Some("A story"));
/// ```
pub fn declared(html: &Html) -> Declared {
    let mut seen = Seen::default();
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => seen.open(node),
            Edge::Close(node) => seen.close(node),
        }
    }
    seen.into_declared()
}

/// What one walk over the tree collects.
#[derive(Default)]
struct Seen {
    metas: Metas,
    linked: Linked,
    lang: Option<String>,
    title: Option<String>,
    headings: Vec<String>,
    canonical: Option<String>,
    rel_authors: Vec<String>,
    item_authors: Vec<String>,
    item_date: Option<PublishedAt>,
    article_time: Option<PublishedAt>,
    main_time: Option<PublishedAt>,
    /// How many `article`s, `main`s, and parts beside the content are open.
    articles: usize,
    mains: usize,
    asides: usize,
}

impl Seen {
    fn open(&mut self, node: NodeRef<'_, Node>) {
        let Node::Element(element) = node.value() else { return };
        match element.name() {
            "html" => {
                let lang = element.attr("lang").or_else(|| element.attr("xml:lang"));
                self.lang = self.lang.take().or_else(|| language(lang?));
            }
            "meta" => self.metas.add(element),
            "link" if has_word(element.attr("rel"), "canonical") => {
                self.canonical = self.canonical.take().or_else(|| clean(element.attr("href")?));
            }
            // A drawing has titles too.
            "title" if &*element.name.ns == "http://www.w3.org/1999/xhtml" && self.title.is_none() => {
                self.title = text_of(node);
            }
            "script" if is_json_ld(element) => {
                for text in node.children().filter_map(|child| child.value().as_text()) {
                    self.linked.read(text);
                }
            }
            "h1" if self.headings.len() < MOST_HEADINGS => self.headings.extend(text_of(node)),
            "time" => self.time(node, element),
            "article" => self.articles += 1,
            "main" => self.mains += 1,
            "aside" | "nav" | "footer" => self.asides += 1,
            _ => {}
        }
        if has_word(element.attr("rel"), "author") && self.rel_authors.len() < MOST_AUTHORS {
            self.rel_authors.extend(text_of(node));
        }
        match element.attr("itemprop") {
            Some("author") if self.item_authors.len() < MOST_AUTHORS => {
                self.item_authors.extend(element.attr("content").and_then(clean).or_else(|| text_of(node)));
            }
            Some("datePublished") if self.item_date.is_none() => {
                let given = element.attr("content").or_else(|| element.attr("datetime"));
                let given = given.map(str::to_owned).or_else(|| text_of(node));
                self.item_date = given.as_deref().and_then(PublishedAt::parse);
            }
            _ => {}
        }
    }

    fn close(&mut self, node: NodeRef<'_, Node>) {
        let Node::Element(element) = node.value() else { return };
        match element.name() {
            "article" => self.articles -= 1,
            "main" => self.mains -= 1,
            "aside" | "nav" | "footer" => self.asides -= 1,
            _ => {}
        }
    }

    fn time(&mut self, node: NodeRef<'_, Node>, element: &Element) {
        let place = match () {
            () if self.asides > 0 => return,
            () if self.articles > 0 => &mut self.article_time,
            () if self.mains > 0 => &mut self.main_time,
            () => return,
        };
        if place.is_none() {
            let given = element.attr("datetime").and_then(PublishedAt::parse);
            *place = given.or_else(|| PublishedAt::parse(&text_of(node)?));
        }
    }

    fn into_declared(self) -> Declared {
        let Self { metas, linked, .. } = self;
        let site_name = metas.first(&meta::SITE_NAME).or(linked.site_name).filter(|name| !name.contains("://"));
        let og_url = metas.first(&["og:url"]);
        let host = self.canonical.as_deref().or(og_url.as_deref()).and_then(host_of);
        let is_site = |text: &str| {
            let text = text.to_lowercase();
            site_name.as_deref().is_some_and(|name| name.to_lowercase() == text) || host.as_deref() == Some(&text)
        };
        let heading = self.headings.into_iter().find(|heading| !is_site(heading));
        let title = metas.first(&meta::TITLE).or(linked.headline).or(heading).or(self.title);
        let authors = [linked.authors, metas.all(&meta::AUTHOR), self.rel_authors, self.item_authors];
        Declared {
            title: title.map(|title| without_site(&title, is_site).to_owned()),
            authors: authors.into_iter().map(people).find(|names| !names.is_empty()).unwrap_or_default(),
            date: (linked.date)
                .or_else(|| metas.all(&meta::DATE).iter().find_map(|date| PublishedAt::parse(date)))
                .or(self.item_date)
                .or(self.article_time)
                .or(self.main_time),
            language: (self.lang)
                .or_else(|| metas.first(&meta::LANGUAGE).as_deref().and_then(language))
                .or_else(|| linked.language.as_deref().and_then(language)),
            canonical: self.canonical,
            og_url,
            site_name,
        }
    }
}

/// Cuts the name of the site off the end of a title.
fn without_site(title: &str, is_site: impl Fn(&str) -> bool) -> &str {
    for separator in [" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " / "] {
        if let Some((rest, site)) = title.rsplit_once(separator)
            && is_site(site.trim())
            && !rest.trim().is_empty()
        {
            return rest.trim_end();
        }
    }
    title
}

/// The names among what stands where authors are named.
fn people(names: Vec<String>) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    for name in names {
        let name = without_by(&name);
        let address = name.contains("://") || name.starts_with("www.") || name.starts_with('@');
        let known = people.iter().any(|person| person == name);
        if !address && !known && name.contains(char::is_alphabetic) && people.len() < MOST_AUTHORS {
            people.push(name.to_owned());
        }
    }
    people
}

fn without_by(name: &str) -> &str {
    // "von" also begins names: one with a single word behind it is left alone.
    match name.split_once(' ') {
        Some((by, rest)) if BY.iter().any(|known| known.eq_ignore_ascii_case(by)) && rest.contains(' ') => rest,
        _ => name,
    }
}

fn is_json_ld(element: &Element) -> bool {
    let kind = element.attr("type").unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
}

fn has_word(list: Option<&str>, word: &str) -> bool {
    list.is_some_and(|list| list.split_ascii_whitespace().any(|item| item.eq_ignore_ascii_case(word)))
}

/// The text of an element, without what only scripts and style sheets read.
fn text_of(node: NodeRef<'_, Node>) -> Option<String> {
    let mut text = String::new();
    for inner in node.descendants().take(MOST_NODES) {
        if let Node::Text(piece) = inner.value() {
            let skipped = inner.parent().and_then(|parent| parent.value().as_element()).map(Element::name);
            if !matches!(skipped, Some("script" | "style")) {
                text.push_str(start_of(piece, LONGEST));
            }
        } else if inner.value().as_element().is_some_and(|element| element.name() == "br") {
            text.push(' ');
        }
        if text.len() > LONGEST {
            break;
        }
    }
    clean(&text)
}

/// A declared text as it is used: normalised, and not too long.
fn clean(text: &str) -> Option<String> {
    let text = normalise(start_of(text.trim_start(), LONGEST));
    (!text.is_empty()).then(|| text.into_owned())
}

/// A language tag, if a text is one; `de_DE` is read as `de-DE`.
fn language(text: &str) -> Option<String> {
    let tag = text.trim().split(',').next()?.trim().replace('_', "-");
    let parts = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let first = tag.split('-').next()?;
    let plain = (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    // A lone letter or digit announces more; so "utf-8", which stands there now and then, is no language.
    let whole = tag.rsplit('-').next()?.len() > 1;
    (plain && whole && tag.len() <= 35 && tag.split('-').all(parts)).then_some(tag)
}

fn host_of(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

//! Defines what an HTML page declares of itself, for programs rather than readers.
//!
//! Pages say the same thing in several places, and not all are equally careful. The first of these that says anything
//! is believed:
//!
//! | what | places, in this order |
//! |---|---|
//! | title | an `h1` and the JSON-LD `headline` where they agree, `og:title`, `twitter:title`, JSON-LD `headline`, an `h1`, `<title>` |
//! | authors | JSON-LD `author`, `meta` such as `author`, `article:author` (never an address), `[rel=author]`, `[itemprop=author]` |
//! | date | JSON-LD `datePublished`, `article:published_time`, other `meta` such as `date` and `dc.date`, `[itemprop=datePublished]`, the first `time` in an article, else in `main` |
//! | site name | `og:site_name`, `application-name`, the publisher in JSON-LD |
//! | canonical address | `link[rel=canonical]` |
//! | language | `html[lang]`, `meta` `content-language`, `og:locale`, JSON-LD `inLanguage` |
//!
//! Of several `h1`s it is the one that stands in `<title>`, else the first. A title that ends in ` - Golem.de` or
//! `｜Golem` loses that, where one of the names of the site or the host of the page's address is Golem.de ([`site`]);
//! one that goes on behind a separator (no colon) where an `h1` or the `headline` ends, ends there as well ([`title`]).
//! Who is named in a picture or in comments is no author, nor is what holds an address, a number or parentheses; words
//! such as "By" go ([`names`]), and the site itself stands for its authors only where no person is named. Entities that
//! are left in titles and names are decoded ([`entity`]). Everything is read in one walk over the tree; what is
//! collected is bounded.

mod entity;
mod json_ld;
mod meta;
mod names;
mod site;
#[cfg(test)]
mod tests;
mod title;

use self::entity::decoded;
use self::json_ld::Linked;
use self::meta::Metas;
use self::site::Site;
use self::title::Titles;
use super::date::PublishedAt;
use crate::document::html::Tree;
use crate::document::html::tree::{Edge, Element, Kind, Node};
use crate::text::{normalise, start_of};

/// No title or name is longer, in bytes.
const LONGEST: usize = 1000;

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
/// let page = "<title>A story | Example</title><meta property=og:site_name content=Example>";
/// let tree = dehusk::document::html::parse::document(page)?;
/// assert_eq!(declared(&tree).title.as_deref(), Some("A story"));
/// # Ok::<(), dehusk::document::html::TooLarge>(())
/// ```
pub fn declared(tree: &Tree) -> Declared {
    let mut seen = Seen::default();
    for edge in tree.root().traverse() {
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
    /// How many pictures and comments are open: who is named there is not the author.
    others: usize,
}

impl Seen {
    fn open(&mut self, node: Node<'_>) {
        let Some(element) = node.as_element() else { return };
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
            "title" if &**element.namespace() == "http://www.w3.org/1999/xhtml" && self.title.is_none() => {
                self.title = text_of(node);
            }
            "script" if is_json_ld(element) => {
                for text in node.children().filter_map(Node::as_text) {
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
        self.others += usize::from(names_others(element));
        if self.others == 0 && has_word(element.attr("rel"), "author") && self.rel_authors.len() < names::MOST {
            self.rel_authors.extend(text_of(node));
        }
        match element.attr("itemprop") {
            Some("author") if self.others == 0 && self.item_authors.len() < names::MOST => {
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

    fn close(&mut self, node: Node<'_>) {
        let Some(element) = node.as_element() else { return };
        match element.name() {
            "article" => self.articles -= 1,
            "main" => self.mains -= 1,
            "aside" | "nav" | "footer" => self.asides -= 1,
            _ => {}
        }
        self.others -= usize::from(names_others(element));
    }

    fn time(&mut self, node: Node<'_>, element: Element<'_>) {
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
        let site_name = site_name.as_deref().and_then(|name| clean(&decoded(name)));
        let og_url = metas.first(&["og:url"]);
        let host = self.canonical.as_deref().or(og_url.as_deref()).and_then(host_of);
        let known = meta::SITE_NAME.iter().filter_map(|name| metas.first(&[name]));
        let known: Vec<String> = known.chain(linked.site_names).chain(site_name.clone()).collect();
        let site = Site::new(known.iter().map(String::as_str), host.as_deref());
        let titles = Titles {
            shared: metas.first(&meta::TITLE),
            headline: linked.headline,
            headings: self.headings,
            page: self.title,
        };
        Declared {
            title: titles.chosen(&site),
            authors: authors([linked.authors, metas.all(&meta::AUTHOR), self.rel_authors, self.item_authors], &site),
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

/// The names in the first list that names people. The site stands for them only where no list does.
fn authors(lists: [Vec<String>; 4], site: &Site) -> Vec<String> {
    let mut without_people = Vec::new();
    for list in lists {
        let list: Vec<_> = list.iter().map(|text| decoded(text)).filter_map(|text| clean(&text)).collect();
        let names = names::names(list.iter().map(String::as_str));
        let (sites, people): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| site.is(name));
        if !people.is_empty() {
            return people;
        }
        if without_people.is_empty() {
            without_people = sites;
        }
    }
    without_people
}

/// Whether who is named in an element is not the author of the article: a picture or comments.
fn names_others(element: Element<'_>) -> bool {
    match element.name() {
        "figure" | "figcaption" => return true,
        // Classes of these say whether there are comments.
        "html" | "body" | "main" => return false,
        _ => {}
    }
    let words = [element.attr("class"), element.attr("id")].into_iter().flatten();
    words.flat_map(str::split_ascii_whitespace).any(|word| {
        let mut parts = word.split(['-', '_']).peekable();
        let none = parts.peek().is_some_and(|first| ["no", "has", "with"].contains(first));
        !none && parts.any(|part| ["comment", "comments", "reply"].iter().any(|known| known.eq_ignore_ascii_case(part)))
    })
}

fn is_json_ld(element: Element<'_>) -> bool {
    let kind = element.attr("type").unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
}

fn has_word(list: Option<&str>, word: &str) -> bool {
    list.is_some_and(|list| list.split_ascii_whitespace().any(|item| item.eq_ignore_ascii_case(word)))
}

/// The text of an element, without what only scripts and style sheets read.
fn text_of(node: Node<'_>) -> Option<String> {
    let mut text = String::new();
    for inner in node.descendants().take(MOST_NODES) {
        if let Kind::Text(piece) = inner.kind() {
            let skipped = inner.parent().and_then(Node::as_element).map(Element::name);
            if !matches!(skipped, Some("script" | "style")) {
                text.push_str(start_of(piece, LONGEST));
            }
        } else if inner.as_element().is_some_and(|element| element.name() == "br") {
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

//! Defines what an HTML page declares of itself, for programs rather than readers.
//!
//! Pages say the same thing in several places, and not all are equally careful. The first of these that says anything
//! is believed:
//!
//! | what | places, in this order |
//! |---|---|
//! | title | an `h1` and the JSON-LD `headline` where they agree, `og:title`, `twitter:title`, JSON-LD `headline`, an `h1`, `[itemprop=headline]`, `<title>` |
//! | authors | JSON-LD `author`, `meta` such as `author`, `article:author` (never an address), `[rel=author]`, `[itemprop=author]`, a by-line near the title ([`visible`](super::visible)) |
//! | date | JSON-LD `datePublished`, `article:published_time`, other `meta` such as `date` and `dc.date`, `[itemprop=datePublished]`, the address of the page, a date near the title, the first `time` in an article, else in `main`, a short text that says "published" |
//! | modified | JSON-LD `dateModified`, `article:modified_time`, other `meta`, `[itemprop=dateModified]`, a date near the title that says so |
//! | site name | `og:site_name`, `application-name`, the publisher in JSON-LD |
//! | description | `og:description`, `meta` `description`, JSON-LD, other `meta` |
//! | canonical address | `link[rel=canonical]`, `og:url` |
//! | tags | `article:tag`, JSON-LD `keywords`, `meta` `news_keywords` and `keywords`, `[rel=tag]` |
//! | image | `og:image`, JSON-LD `image`, `twitter:image`, `link[rel=image_src]`, `[itemprop=image]` |
//! | language | `html[lang]`, `meta` `content-language`, `og:locale`, JSON-LD `inLanguage` |
//!
//! Of several `h1`s it is the one that stands in `<title>`, else the first. A title that ends in ` - Golem.de` or
//! `｜Golem` loses that, where one of the names of the site or the host of the page's address is Golem.de ([`site`]);
//! one that goes on behind a separator (no colon) where an `h1` or the `headline` ends, ends there as well ([`title`]).
//! Who is named in a picture or in comments is no author, nor is what holds an address, a number or parentheses; words
//! such as "By" go ([`names`]). The site itself, an organisation, and names of accounts stand for the authors only where
//! no place names a person ([`author`]). Dates that cannot be are passed over ([`plausible`](super::date::plausible)).
//! Entities that are left in titles and names are decoded ([`entity`]). Everything is read in one walk over the tree;
//! what is collected is bounded.

mod author;
mod entity;
mod json_ld;
mod meta;
mod microdata;
mod site;
mod tags;
#[cfg(test)]
mod tests;
mod title;

use self::entity::decoded;
use self::json_ld::Linked;
use self::meta::Metas;
use self::microdata::Items;
use self::site::Site;
pub(super) use self::site::{is_key, key};
use self::title::Titles;
use super::date::PublishedAt;
use super::names;
use super::origin::{Field, Origin, Origins};
use crate::budget::Watch;
use crate::document::html::tree::{Edge, Element, Kind, Node};
use crate::document::html::{NodeId, Tree};
use crate::text::{has_pair, normalise, start_of};

/// No title or name is longer, in bytes.
const LONGEST: usize = 1000;

/// No description is longer, in bytes.
const LONGEST_DESCRIPTION: usize = 4000;

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
    /// When it was last changed.
    pub modified: Option<PublishedAt>,
    /// The name of the site.
    pub site_name: Option<String>,
    /// What the article is about.
    pub description: Option<String>,
    /// The canonical address, as written.
    pub canonical: Option<String>,
    /// The address in `og:url`, as written.
    pub og_url: Option<String>,
    /// The tags, each once.
    pub tags: Vec<String>,
    /// The address of the lead image, as written.
    pub image: Option<String>,
    /// The language (BCP 47).
    pub language: Option<String>,
    /// Where each of these came from.
    pub origins: Origins,
    /// The authors are people, rather than the site, an organisation, or accounts.
    pub names_people: bool,
    /// The first `time` in an article, else in `main`: less certain than what stands near the title.
    pub time: Option<PublishedAt>,
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
    declared_within(tree, Watch::NEVER)
}

/// The same until the time is up: what comes then is a part of it.
pub fn declared_within(tree: &Tree, watch: Watch) -> Declared {
    let mut seen = Seen::default();
    let pace = watch.pace();
    for edge in tree.root().traverse() {
        if pace.go(1) {
            break;
        }
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
    image: Option<String>,
    rel_authors: Vec<String>,
    rel_tags: Vec<String>,
    items: Items,
    article_time: Option<PublishedAt>,
    main_time: Option<PublishedAt>,
    /// How many `article`s, `main`s, and parts beside the content are open.
    articles: usize,
    mains: usize,
    asides: usize,
    /// The pictures and comments that are open: who is named there is not the author.
    others: Vec<NodeId>,
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
            "link" => self.link(element),
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
        if names_others(element) {
            self.others.push(node.id());
        }
        if let Some(rel) = element.attr("rel") {
            if self.others.is_empty() && has_word(Some(rel), "author") && self.rel_authors.len() < names::MOST {
                self.rel_authors.extend(text_of(node));
            } else if self.asides == 0 && has_word(Some(rel), "tag") && self.rel_tags.len() < tags::MOST {
                self.rel_tags.extend(text_of(node));
            }
        }
        if let Some(properties) = element.attr("itemprop") {
            self.items.add(properties, element, self.others.is_empty());
        }
    }

    fn link(&mut self, element: Element<'_>) {
        let Some(rel) = element.attr("rel") else { return };
        let place = match () {
            () if has_word(Some(rel), "canonical") => &mut self.canonical,
            () if has_word(Some(rel), "image_src") => &mut self.image,
            () => return,
        };
        if place.is_none() {
            *place = element.attr("href").and_then(clean);
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
        self.others.pop_if(|other| *other == node.id());
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
        let Self { metas, mut linked, items, canonical, .. } = self;
        let mut origins = Origins::default();
        let json_ld = |text: Option<String>| text.map(|text| (Origin::JsonLd, text));
        let site_name = metas.first(meta::SITE_NAME).or_else(|| json_ld(linked.site_name.take()));
        let site_name = site_name.filter(|(_, name)| !name.contains("://"));
        let site_name = site_name.and_then(|(origin, name)| Some((origin, clean(&decoded(&name))?)));
        let site_name = origins.keep(Field::Site, site_name);
        let og_url = metas.first(&["ogurl"]).map(|(_, url)| url);
        let host = canonical.as_deref().or(og_url.as_deref()).and_then(host_of);
        let known = meta::SITE_NAME.iter().filter_map(|name| Some(metas.first(&[name])?.1));
        let known: Vec<String> = known.chain(linked.site_names.drain(..)).chain(site_name.clone()).collect();
        let site = Site::new(known.iter().map(String::as_str), host.as_deref());
        let titles = Titles {
            shared: metas.first(meta::TITLE),
            headline: linked.headline(),
            headings: self.headings,
            item: items.headline,
            page: self.title,
        };
        let authors = author::chosen(
            [
                (Origin::JsonLd, linked.authors()),
                author::texts(metas.all(meta::AUTHOR)),
                author::texts(Some((Origin::Link, &self.rel_authors))),
                author::texts(Some((Origin::Microdata, &items.authors))),
            ],
            &site,
        );
        let meta_date = |names| {
            let mut lists = metas.lists(names).flat_map(|(origin, list)| list.iter().map(move |text| (origin, text)));
            lists.find_map(|(origin, text)| Some((origin, PublishedAt::parse(text)?.plausible()?)))
        };
        let date = linked.date().map(|date| (Origin::JsonLd, date)).or_else(|| meta_date(meta::DATE));
        let date = date.or(items.date.map(|date| (Origin::Microdata, date)));
        let modified = linked.modified().map(|date| (Origin::JsonLd, date)).or_else(|| meta_date(meta::MODIFIED));
        let modified = modified.or(items.modified.map(|date| (Origin::Microdata, date)));
        let tag_language = |(origin, text): (Origin, String)| Some((origin, language(&text)?));
        let spoken = self.lang.map(|lang| (Origin::Lang, lang));
        let spoken = spoken.or_else(|| metas.first(meta::LANGUAGE).and_then(tag_language));
        let spoken = spoken.or_else(|| json_ld(linked.language()).and_then(tag_language));
        let first_of = |names: &[&[&str]; 2], from_json: Option<String>| {
            metas.first(names[0]).or_else(|| json_ld(from_json)).or_else(|| metas.first(names[1]))
        };
        let (main, other) = meta::DESCRIPTION.split_at(2);
        let description = first_of(&[main, other], linked.description());
        let description = description.and_then(|(origin, text)| Some((origin, clean_long(&decoded(&text))?)));
        let (main, other) = meta::IMAGE.split_at(3);
        let image = first_of(&[main, other], linked.image());
        let image = image.or_else(|| self.image.map(|image| (Origin::Link, image)));
        let image = image.or_else(|| items.image.map(|image| (Origin::Microdata, image)));
        let tags = tags::chosen(&metas, linked.tags(), &self.rel_tags);
        let people = authors.as_ref().is_some_and(|(_, authors)| authors.are_people);
        Declared {
            title: origins.keep(Field::Title, titles.chosen(&site)),
            authors: origins.keep(Field::Author, authors).map(|authors| authors.names).unwrap_or_default(),
            date: origins.keep(Field::Date, date),
            modified: origins.keep(Field::Modified, modified),
            language: origins.keep(Field::Language, spoken),
            description: origins.keep(Field::Description, description),
            image: origins.keep(Field::Image, image),
            tags: origins.keep(Field::Tags, tags).unwrap_or_default(),
            canonical,
            og_url,
            site_name,
            origins,
            names_people: people,
            time: self.article_time.or(self.main_time).and_then(PublishedAt::plausible),
        }
    }
}

/// Whether who is named in an element is not the author of the article: a picture or comments.
fn names_others(element: Element<'_>) -> bool {
    match element.name() {
        "figure" | "figcaption" => return true,
        // Classes of these say whether there are comments.
        "html" | "body" | "main" => return false,
        _ => {}
    }
    let names = [element.attr("class"), element.attr("id")].into_iter().flatten();
    let names = names.filter(|names| may_name_others(names));
    names.flat_map(str::split_ascii_whitespace).any(|word| {
        let mut parts = word.split(['-', '_']).peekable();
        let none = parts.peek().is_some_and(|first| ["no", "has", "with"].contains(first));
        !none && parts.any(|part| ["comment", "comments", "reply"].iter().any(|known| known.eq_ignore_ascii_case(part)))
    })
}

/// Whether two letters stand in names as they do in "comment" or "reply"; in most they do not.
fn may_name_others(names: &str) -> bool {
    has_pair(names, |one, next| matches!((one, next), (b'm', b'm') | (b'p', b'l')))
}

fn is_json_ld(element: Element<'_>) -> bool {
    let kind = element.attr("type").unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
}

fn has_word(list: Option<&str>, word: &str) -> bool {
    list.is_some_and(|list| list.split_ascii_whitespace().any(|item| item.eq_ignore_ascii_case(word)))
}

/// The text of an element, without what only scripts and style sheets read.
pub(super) fn text_of(node: Node<'_>) -> Option<String> {
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

/// A description as it is used.
fn clean_long(text: &str) -> Option<String> {
    let text = normalise(start_of(text.trim_start(), LONGEST_DESCRIPTION));
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

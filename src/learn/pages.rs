//! Looks at the pages to learn from: which of their text is likely to be the article.
//!
//! Where true bodies are given, they tell. Else the generic cleaner does, block by block; what stands on several pages is
//! template whatever it thinks; and blocks that stand at the same place of the template share one opinion, so that what is
//! doubtful on one page is told by the others.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::names;
use super::{Given, LearnError};
use crate::article::{Article, Flag};
use crate::document::html::{NodeId, Tree};
use crate::document::{BlockKind, Place};
use crate::ledger::Verdict;
use crate::page::Content;
use crate::pipeline::Cleaner;
use crate::strip::reading::Reading;
use crate::text::normalise;

/// Two pages with more of their articles in common are one page that was fetched twice.
const SAME_PAGE: f64 = 0.5;

/// How much of the opinion on a block is that on all blocks at its place.
const SHARED: f64 = 0.5;

/// Blocks at one place share an opinion if there are so many.
const LEAST_SHARING: usize = 3;

/// Pages with these flags are not built as articles are, or are not there as a whole …
const ODD: [Flag; 4] = [Flag::LiveBlog, Flag::ListingPage, Flag::Paywall, Flag::NeedsJavascript];

/// … and count next to nothing beside others.
const OF_ODD_PAGES: f64 = 0.001;

/// A page to learn from.
#[derive(Debug)]
pub(super) struct Seen<'a> {
    /// What it is called in messages.
    pub(super) name: &'a str,
    pub(super) article: &'a Article,
    pub(super) reading: Reading<'a>,
    /// For each block, the share of it that is likely to be of the article.
    pub(super) wish: Vec<f64>,
    /// For each block, its weight; 0 for what packs drop from every page, and what no reader sees.
    pub(super) weight: Vec<f64>,
    /// For each block, whether its text stands on another page too.
    pub(super) recurs: Vec<bool>,
    /// How much the page says of the source: 1 for a page as most are.
    pub(super) says: f64,
    /// Whether its true body was given.
    pub(super) is_told: bool,
}

impl Seen<'_> {
    pub(super) fn tree(&self) -> Option<&Tree> {
        self.article.document.tree.as_ref()
    }

    /// The weight of the article.
    pub(super) fn wanted(&self) -> f64 {
        self.weight.iter().zip(&self.wish).map(|(weight, wish)| weight * wish).sum()
    }
}

/// Pages in an order that does not depend on the one in which they were given.
pub(super) fn sorted<'g, 'a>(given: &'g [Given<'a>]) -> Vec<&'g Given<'a>> {
    let mut sorted: Vec<_> = given.iter().collect();
    sorted.sort_by(|one, other| (&one.page.url, bytes(one)).cmp(&(&other.page.url, bytes(other))));
    sorted
}

/// What was fetched.
fn bytes<'c>(given: &'c Given<'_>) -> &'c [u8] {
    match &given.page.content {
        Content::Bytes(bytes) => bytes,
        Content::Text(text) => text.as_bytes(),
    }
}

/// Cleans the pages as those of an unknown source. One of which nothing can be learned is left out, and named; if none is
/// left, that is an error.
pub(super) fn cleaned<'g, 'a>(
    cleaner: &Cleaner,
    given: &[&'g Given<'a>],
    warnings: &mut Vec<String>,
) -> Result<(Vec<&'g Given<'a>>, Vec<Article>), LearnError> {
    let (mut usable, mut articles) = (Vec::new(), Vec::new());
    let mut failed = Vec::new();
    for given in given {
        match clean(cleaner, given) {
            Ok(article) => {
                usable.push(*given);
                articles.push(article);
            }
            Err(problem) => failed.push((given.name.clone(), problem)),
        }
    }
    if let Some((name, problem)) = failed.first().filter(|_| usable.is_empty()) {
        return Err(LearnError::Page { name: name.clone(), problem: problem.clone() });
    }
    warnings.extend(failed.into_iter().map(|(name, problem)| format!("{name}: {problem}; left out")));
    Ok((usable, articles))
}

fn clean(cleaner: &Cleaner, given: &Given<'_>) -> Result<Article, String> {
    let article = cleaner.clean(&given.page).map_err(|error| error.to_string())?;
    let is_empty = !article.ledger.rest(&article.document).iter().any(|block| block.has_visible_text());
    if is_empty && given.body.is_none() {
        let why = if article.flags.contains(&Flag::Paywall) { "is only a paywall" } else { "is no text" };
        return Err(format!("there {why} on it where the article should be"));
    }
    Ok(article)
}

/// Looks at cleaned pages. Pages that tell the same as an earlier one are left out, and named.
pub(super) fn looked_at<'a>(
    given: &[&'a Given<'_>],
    articles: &'a [Article],
    warnings: &mut Vec<String>,
) -> Vec<Seen<'a>> {
    let mut pages: Vec<Seen<'a>> = Vec::new();
    for (given, article) in given.iter().zip(articles) {
        let page = Seen::new(given, article);
        match pages.iter().find(|other| is_same(other, &page)) {
            Some(other) => warnings.push(format!(
                "{}: has the same article as {}, and tells nothing more; left out",
                page.name, other.name
            )),
            None => pages.push(page),
        }
    }
    mark_recurring(&mut pages);
    share_opinions(&mut pages);
    pages
}

impl<'a> Seen<'a> {
    fn new(given: &'a Given<'_>, article: &'a Article) -> Self {
        let reading = Reading::new(&article.document);
        let ledger = &article.ledger;
        let title = article.metadata.title.as_deref().map(normalise);
        let body = given.body.as_deref().map(Body::new);
        let count = article.document.blocks.len();
        let (mut wish, mut weight) = (vec![0.0; count], vec![0.0; count]);
        for (block, text) in reading.seen() {
            let is_kept = ledger.verdicts.get(block) == Some(&Verdict::Kept);
            let score = ledger.score(block);
            let by_generic = is_by_generic(ledger.verdicts.get(block));
            if is_kept || score.is_some() || by_generic || body.is_some() {
                weight[block] = reading.weight(block) as f64;
            }
            let opinion =
                f64::midpoint(score.map_or(f64::from(u8::from(is_kept)), f64::from), f64::from(u8::from(is_kept)));
            let is_title = title.as_deref() == Some(text);
            wish[block] = match &body {
                Some(body) => body.share_of(text),
                None if is_title => 0.0,
                None => opinion,
            };
        }
        let recurs = vec![false; count];
        let is_told = body.is_some();
        let is_odd = !is_told && article.flags.iter().any(|flag| ODD.contains(flag));
        let says = if is_odd { OF_ODD_PAGES } else { 1.0 };
        Self { name: &given.name, article, reading, wish, weight, recurs, says, is_told }
    }
}

fn is_by_generic(verdict: Option<&Verdict>) -> bool {
    matches!(verdict, Some(Verdict::Dropped(cause)) if cause.rule.starts_with("generic/"))
}

/// A true body, to find blocks in.
struct Body {
    lines: BTreeSet<String>,
    all: String,
}

impl Body {
    fn new(text: &str) -> Self {
        let lines: BTreeSet<String> =
            text.lines().map(|line| normalise(line).into_owned()).filter(|line| !line.is_empty()).collect();
        let all = normalise(text).into_owned();
        Self { lines, all }
    }

    /// How much of a block is in the body.
    fn share_of(&self, block: &str) -> f64 {
        /// A shorter text stands in many a sentence by chance.
        const LEAST: usize = 25;
        if self.lines.contains(block) || (block.len() >= LEAST && self.all.contains(block)) {
            return 1.0;
        }
        let sentences = block.split_inclusive(['.', '!', '?']).map(str::trim);
        let (mut both, mut whole) = (0, 0);
        for sentence in sentences.filter(|sentence| !sentence.is_empty()) {
            whole += sentence.len();
            if sentence.len() >= LEAST && self.all.contains(sentence) {
                both += sentence.len();
            }
        }
        both as f64 / whole.max(1) as f64
    }
}

/// Whether two pages have one article.
fn is_same(one: &Seen<'_>, other: &Seen<'_>) -> bool {
    let texts = |page: &Seen<'_>| -> BTreeMap<String, f64> {
        let liked = page.reading.seen().filter(|(block, _)| page.wish[*block] > 0.5);
        liked.map(|(block, text)| (text.to_owned(), page.weight[block])).collect()
    };
    let (one, other) = (texts(one), texts(other));
    let both: f64 = one.iter().filter(|(text, _)| other.contains_key(*text)).map(|(_, weight)| weight).sum();
    let least = one.values().sum::<f64>().min(other.values().sum());
    least > 0.0 && both > SAME_PAGE * least
}

/// A text in which it does not count which numbers it has, unless it is a long one: `12 comments` is `3 comments`.
pub(super) fn without_numbers(text: &str) -> String {
    /// A longer text is hardly the same but for its numbers.
    const SHORT: usize = 80;
    if text.len() > SHORT || !text.contains(|c: char| c.is_ascii_digit()) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' if out.ends_with('0') => {}
            '0'..='9' => out.push('0'),
            c => out.push(c),
        }
    }
    out
}

/// What stands on several pages is template; headings such as `Background` are not, if they are liked.
fn mark_recurring(pages: &mut [Seen<'_>]) {
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for page in &*pages {
        let texts: BTreeSet<String> = page.reading.seen().map(|(_, text)| without_numbers(text)).collect();
        for text in texts {
            *counts.entry(text).or_default() += 1;
        }
    }
    for page in pages {
        let Seen { article, reading, wish, recurs, is_told, .. } = page;
        for (block, text) in reading.seen() {
            recurs[block] = counts.get(&without_numbers(text)).is_some_and(|count| *count > 1);
            let is_heading = matches!(article.document.blocks[block].kind, BlockKind::Heading { .. });
            if recurs[block] && !*is_told && !(is_heading && wish[block] > 0.5) {
                wish[block] = 0.0;
            }
        }
    }
}

/// Blocks at the same place of the template share one opinion.
fn share_opinions(pages: &mut [Seen<'_>]) {
    let places: Vec<Vec<Option<u64>>> = pages.iter().map(|page| places_of(page)).collect();
    let mut shared: FxHashMap<u64, (f64, f64, usize)> = FxHashMap::default();
    for (page, places) in pages.iter().zip(&places) {
        for (block, place) in places.iter().enumerate() {
            if let Some(place) = place
                && !page.recurs[block]
                && page.weight[block] > 0.0
            {
                let (liked, weight, count) = shared.entry(*place).or_default();
                *liked += page.wish[block] * page.weight[block];
                *weight += page.weight[block];
                *count += 1;
            }
        }
    }
    for (page, places) in pages.iter_mut().zip(&places).filter(|(page, _)| !page.is_told) {
        for (block, place) in places.iter().enumerate() {
            if page.recurs[block] || page.wish[block] <= 0.0 {
                continue;
            }
            if let Some((liked, weight, count)) = place.and_then(|place| shared.get(&place))
                && *count >= LEAST_SHARING
            {
                page.wish[block] = (1.0 - SHARED) * page.wish[block] + SHARED * liked / weight;
            }
        }
    }
}

/// For each block, a number of its place in the template: the names of the elements around it, without what differs from
/// page to page.
fn places_of(page: &Seen<'_>) -> Vec<Option<u64>> {
    let Some(tree) = page.tree() else { return vec![None; page.weight.len()] };
    let mut known: FxHashMap<NodeId, u64> = FxHashMap::default();
    let blocks = page.article.document.blocks.iter();
    blocks
        .map(|block| match block.place {
            Place::Node(node) => Some(place_of(tree, node, &mut known)),
            Place::Text { .. } => None,
        })
        .collect()
}

fn place_of(tree: &Tree, node: NodeId, known: &mut FxHashMap<NodeId, u64>) -> u64 {
    use std::hash::{Hash as _, Hasher as _};
    let mut open = Vec::new();
    let mut place = 0;
    let mut next = tree.node(node);
    while let Some(node) = next {
        if let Some(found) = known.get(&node.id()) {
            place = *found;
            break;
        }
        open.push(node);
        next = node.parent();
    }
    for node in open.into_iter().rev() {
        let mut hasher = rustc_hash::FxHasher::default();
        place.hash(&mut hasher);
        if let Some(element) = node.as_element() {
            element.name().hash(&mut hasher);
            let mut names: Vec<&str> = element.classes().filter(|class| names::is_lasting(class)).collect();
            names.extend(element.id().filter(|id| names::is_lasting(id)));
            names.sort_unstable();
            names.hash(&mut hasher);
        }
        place = hasher.finish();
        known.insert(node.id(), place);
    }
    place
}

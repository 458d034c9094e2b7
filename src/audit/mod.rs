//! Tells over a batch of pages whether the rules still hold: what changed on a site shows in counts, long before anybody
//! reads its pages.
//!
//! 1. [`Glimpse::of`]: what counts of one page; made beside the cleaning, on any thread.
//! 2. [`Tally::add`](tally::Tally::add): glimpses become counts of a source, in memory that does not grow with the pages:
//!    [`sketch`]es of lengths and shares, a [`repeated`] table of bounded size, a few names of pages.
//! 3. [`Report::new`](report::Report::new): what of it is a [`finding`], alone or beside a [`baseline`], the counts of an
//!    earlier run. What may be chance ([`chance`]) is none.

pub mod baseline;
mod chance;
pub mod finding;
mod propose;
mod repeated;
pub mod report;
mod sketch;
pub mod tally;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use url::Url;

use self::tally::Tally;
use crate::article::Article;
use crate::document::BlockKind;
use crate::flags::Flag;
use crate::ledger::{RuleName, Unexpected, Verdict};
use crate::text::{normalise, start_of, weight};

/// A longer block is no text that is looked for on other pages, in characters.
const LONGEST_TEXT: usize = 600;

/// A shorter one says nothing, in letters and digits.
const SHORTEST_TEXT: usize = 3;

/// So much of a text is remembered, in bytes.
const START: usize = 120;

/// So many blocks at the beginning, and at the end, of a body are its edge.
const EDGE: usize = 3;

/// What counts of a page.
#[derive(Debug)]
pub struct Glimpse {
    /// What the page is called.
    name: String,
    source: Option<Arc<str>>,
    host: Option<String>,
    flags: Vec<Flag>,
    fired: Vec<RuleName>,
    set_aside: Vec<RuleName>,
    unexpected: Vec<Unexpected>,
    /// The weight of the body.
    body: usize,
    /// The weight of all that is seen.
    all: usize,
    body_hash: u64,
    texts: Vec<Text>,
}

/// A block of a body.
#[derive(Debug)]
struct Text {
    hash: u64,
    /// How it begins.
    start: String,
    is_whole: bool,
    looks: Looks,
    /// It stands near the beginning or the end of the body.
    at_edge: bool,
    /// Where it stands on the page.
    place: String,
}

/// What a text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Looks {
    Heading,
    /// As long as a sentence, or longer.
    Sentence,
    Line,
}

impl Glimpse {
    /// What counts of a cleaned page of this name.
    pub fn of(article: &Article, name: &str, url: Option<&str>) -> Self {
        let Article { document, ledger, .. } = article;
        let body = ledger.rest(document);
        let mut hasher = DefaultHasher::new();
        let mut texts = Vec::new();
        for (at, block) in body.iter().enumerate().filter(|(_, block)| block.has_visible_text()) {
            block.text.hash(&mut hasher);
            let text = normalise(&block.text);
            let says_something = text.chars().filter(|c| c.is_alphanumeric()).take(SHORTEST_TEXT).count();
            let length = weight(&text);
            if says_something < SHORTEST_TEXT || length > LONGEST_TEXT {
                continue;
            }
            let start = start_of(&text, START);
            texts.push(Text {
                hash: hash(&text),
                start: start.to_owned(),
                is_whole: start.len() == text.len(),
                looks: match block.kind {
                    BlockKind::Heading { .. } => Looks::Heading,
                    _ if length > LONG => Looks::Sentence,
                    _ => Looks::Line,
                },
                at_edge: at < EDGE || at + EDGE >= body.len(),
                place: document.locate(block),
            });
        }
        let seen = document.blocks.iter().zip(&ledger.verdicts);
        let seen = seen.filter(|(block, verdict)| block.has_visible_text() || **verdict == Verdict::Kept);
        Self {
            name: name.to_owned(),
            source: article.source_id().cloned(),
            host: url.and_then(host),
            flags: article.flags.clone(),
            fired: ledger.fired.clone(),
            set_aside: ledger.set_aside.iter().map(|one| one.rule.clone()).collect(),
            unexpected: ledger.unexpected.clone(),
            body: body.iter().map(|block| weight(&block.text)).sum(),
            all: seen.map(|(block, _)| weight(&block.text)).sum(),
            body_hash: hasher.finish(),
            texts,
        }
    }

    /// Whether the page holds no article, for reasons that say nothing of the rules.
    fn is_no_article(&self) -> bool {
        let is_other = |flag: &Flag| matches!(flag, Flag::ConsentWall | Flag::ErrorPage | Flag::NeedsJavascript);
        self.flags.iter().any(is_other)
    }
}

/// A text with more characters is as long as a sentence.
const LONG: usize = 90;

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn host(url: &str) -> Option<String> {
    let url = Url::parse(url.trim()).ok()?;
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

/// The counts of a batch: of each source, and of the hosts that no rule file knows.
#[derive(Debug, Default)]
pub struct Batch {
    sources: BTreeMap<Arc<str>, Tally>,
    unknown: BTreeMap<String, Tally>,
    unknown_pages: usize,
    pages: usize,
}

/// So many hosts without a rule file are counted one by one.
const MOST_HOSTS: usize = 500;

impl Batch {
    /// Counts a page.
    pub fn add(&mut self, glimpse: Glimpse) {
        self.pages += 1;
        if let Some(source) = &glimpse.source {
            return self.sources.entry(source.clone()).or_default().add(glimpse);
        }
        self.unknown_pages += 1;
        if let Some(host) = &glimpse.host
            && (self.unknown.len() < MOST_HOSTS || self.unknown.contains_key(host))
        {
            self.unknown.entry(host.clone()).or_default().add(glimpse);
        }
    }
}

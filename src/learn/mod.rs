//! Learns a rule file from pages of one source.
//!
//! 1. The pages are cleaned as those of an unknown source, and what recurs on several is told from what does not
//!    ([`pages`]): that yields, for each block, how much of it is likely to be article.
//! 2. Every selector that could stand in a rule file is gathered with the blocks that it covers ([`names`], [`cover`]).
//! 3. The selectors of the body are chosen, by what can be expected of them ([`sums`], [`body`]), and what is dropped within
//!    it ([`drops`]); of flattened pages, the lines around the body ([`anchors`]).
//! 4. The pages are cleaned by that, and lines and phrases that recur in what is left are dropped ([`lines`]). Metadata that
//!    pages lack is looked for ([`meta`]).
//! 5. The file is written ([`write`]), and a rule without which each page comes out the same goes ([`needed`]).
//!
//! [`update`] proposes what is new to a file that is there already. The result depends on nothing but the pages, and not on
//! their order.

mod anchors;
mod body;
mod cover;
mod drops;
mod lines;
mod meta;
mod names;
mod needed;
mod pages;
mod source;
mod sums;
pub mod update;
mod write;

use url::Url;

use crate::category::Category;
use crate::generic::called;
use crate::page::Page;
use crate::pipeline::Cleaner;
use anchors::Anchors;
use cover::Covering;
use pages::Seen;

pub use source::source_of;

/// A page to learn from.
#[derive(Clone, Debug, Default)]
pub struct Given<'a> {
    /// What it is called in messages.
    pub name: String,
    /// The page.
    pub page: Page<'a>,
    /// Its true body, where it is known.
    pub body: Option<String>,
}

/// What was learned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learned {
    /// The text of the rule file.
    pub rules: String,
    /// The alternatives of the body, the first selector of each; none where all pages are text, or nothing tells.
    pub body: Vec<String>,
    /// What to know of it.
    pub warnings: Vec<String>,
}

/// Why nothing was learned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LearnError {
    /// There is no page.
    #[error("no page to learn from; give two or more of the source")]
    NoPage,
    /// A page cannot be cleaned, or is of no use.
    #[error("{name}: {problem}")]
    Page {
        /// The page.
        name: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A page is of another source.
    #[error("{name}: is a page of {found}, not of {host}; learn the rules of each source by itself")]
    OtherHost {
        /// The page.
        name: String,
        /// Its host.
        found: String,
        /// The one that was named.
        host: String,
    },
    /// There is no file to update.
    #[error("there is no rule file for {0} to update; leave --update away, and its first one is written")]
    NoFile(String),
    /// The file to update cannot be used.
    #[error("the rule file of {0} has mistakes in it; `dehusk rules lint` tells which")]
    BrokenFile(String),
}

/// A rule of the file to be.
#[derive(Clone, Debug, PartialEq)]
struct Drop {
    id: String,
    category: Category,
    finder: Finder,
    /// On how many pages it finds something.
    support: usize,
}

/// How a rule finds what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Finder {
    Css(String),
    Line(String),
}

/// A phrase to cut out.
#[derive(Clone, Debug, PartialEq)]
struct Phrase {
    id: String,
    text: String,
    support: usize,
}

/// What goes into a rule file.
#[derive(Clone, Debug, Default)]
struct Findings {
    name: Option<String>,
    /// Patterns, and on how many pages each stands.
    marks: Vec<(String, usize)>,
    /// For each alternative of the body its selectors, and on how many pages it counts.
    body: Vec<(Vec<String>, usize)>,
    anchors: Anchors,
    /// Whether the generic cleaner is to judge what rules leave.
    generic: bool,
    meta: Vec<meta::Found>,
    drops: Vec<Drop>,
    phrases: Vec<Phrase>,
    /// How many pages there are.
    pages: usize,
}

/// Learns a rule file for a host from pages of it.
pub fn learn(cleaner: &Cleaner, host: &str, given: &[Given<'_>]) -> Result<Learned, LearnError> {
    let mut warnings = Vec::new();
    let sorted = usable(host, given)?;
    let (usable, articles) = pages::cleaned(cleaner, &sorted, &mut warnings)?;
    let seen = pages::looked_at(&usable, &articles, &mut warnings);
    if seen.len() == 1 {
        let lost = "learned from one page: nothing tells what recurs on the pages of the source, nor whether a selector is \
                    found on others; look through the rules, or give a second page";
        warnings.push(lost.to_owned());
    }
    let mut findings = Findings { pages: seen.len(), ..Findings::default() };
    let declared = seen.iter().map(|page| cleaner.rerun(page.article).declared().site_name.clone());
    findings.name = declared.flatten().next();
    let marks = lines::marks(&seen, host, findings.name.as_deref());
    findings.marks = marks.into_iter().map(|mark| (mark.pattern, mark.support)).collect();
    findings.elements(&seen);
    findings.anchors = anchors::anchors(&seen);
    findings.meta = meta::places(cleaner, host, &seen);
    let left = needed::left(cleaner, host, &seen, &findings);
    findings.recurring(&seen, &left);
    needed::prune(cleaner, host, &seen, &mut findings);
    findings.generic = true;
    if findings.body.is_empty() && seen.iter().any(|page| page.tree().is_some()) {
        let nothing = "nothing tells where the body lies, so that all of a page is taken for it; `dehusk explain` shows the \
                       elements of a page";
        warnings.push(nothing.to_owned());
    }
    let body = findings.body.iter().filter_map(|(union, _)| union.first().cloned()).collect();
    Ok(Learned { rules: write::rule_file(host, &findings), body, warnings })
}

/// The pages in order, if they may be of the host.
fn usable<'g, 'a>(host: &str, given: &'g [Given<'a>]) -> Result<Vec<&'g Given<'a>>, LearnError> {
    if given.is_empty() {
        return Err(LearnError::NoPage);
    }
    for given in given {
        let url = given.page.url.as_deref().and_then(|url| Url::parse(url).ok());
        let found = url.as_ref().and_then(Url::host_str).unwrap_or(host);
        if !found.strip_suffix(host).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')) {
            let (name, found, host) = (given.name.clone(), found.to_owned(), host.to_owned());
            return Err(LearnError::OtherHost { name, found, host });
        }
    }
    Ok(pages::sorted(given))
}

impl Findings {
    /// What can be said by selectors.
    fn elements(&mut self, seen: &[Seen<'_>]) {
        let with_tree: Vec<usize> = (0..seen.len()).filter(|at| seen[*at].tree().is_some()).collect();
        let coverings = cover::coverings(seen);
        let bodies = body::bodies(seen, &coverings);
        let support = bodies.support(seen.len());
        let unions = bodies.alternatives.iter().map(|union| union.iter().map(|one| one.selector.clone()).collect());
        self.body = unions.zip(support).collect();
        if !self.body.is_empty() {
            self.drop_elements(&drops::choose(seen, &coverings, &bodies.mask(seen), &with_tree).rules);
        }
    }

    fn drop_elements(&mut self, coverings: &[&Covering]) {
        for covering in coverings {
            let category = called::category(&covering.selector).unwrap_or(Category::Other);
            let id = match (covering.selector.as_str(), category) {
                ("h1", _) => "title".to_owned(),
                (name @ ("figure" | "aside" | "table" | "form" | "button"), _) => format!("{name}s"),
                (selector, _) => names::words_of(selector),
            };
            let finder = Finder::Css(covering.selector.clone());
            self.add(&id, category, finder, covering.support());
        }
    }

    /// The lines and phrases that recur in what is left.
    fn recurring(&mut self, seen: &[Seen<'_>], left: &[Vec<bool>]) {
        for (category, lines) in lines::lines(seen, left) {
            let support = lines.iter().map(|line| line.support).max().unwrap_or_default();
            let patterns: Vec<String> = lines.into_iter().map(|line| line.pattern).collect();
            self.add(&format!("{category}-lines"), category, Finder::Line(patterns.join("|")), support);
        }
        for (text, support) in lines::phrases(seen, left) {
            let id = self.free_id(&names::words_of(&text.replace(' ', "-")));
            self.phrases.push(Phrase { id, text, support });
        }
    }

    fn add(&mut self, id: &str, category: Category, finder: Finder, support: usize) {
        let id = self.free_id(id);
        self.drops.push(Drop { id, category, finder, support });
    }

    fn free_id(&self, words: &str) -> String {
        let taken =
            |id: &str| self.drops.iter().any(|drop| drop.id == id) || self.phrases.iter().any(|phrase| phrase.id == id);
        let numbered = (2..).map(|number| format!("{words}-{number}"));
        std::iter::once(words.to_owned()).chain(numbered).find(|id| !taken(id)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;

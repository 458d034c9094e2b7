//! Learns a rule file from pages of one source.
//!
//! 1. The pages are cleaned as those of an unknown source, and what recurs on several is told from what does not
//!    ([`pages`]): that yields, for each block, how much of it is likely to be article.
//! 2. Every selector that could stand in a rule file is gathered with the blocks that it covers ([`names`], [`cover`]).
//! 3. The selectors of the body are chosen, by what can be expected of them ([`sums`], [`body`]), and what is dropped within
//!    it ([`drops`]); of flattened pages, the lines around the body ([`anchors`]).
//! 4. Lines and phrases that recur in what is left are dropped ([`lines`]), and metadata that pages lack is looked for
//!    ([`meta`]).
//! 5. The file is written ([`write`]), compiled, and the pages are cleaned by it; a rule that changes no page goes
//!    ([`needed`]).
//!
//! [`update`] proposes what is new to a file that is there already. The result depends on nothing but the pages, and not on
//! their order.

mod body;
mod cover;
mod drops;
mod names;
mod needed;
mod pages;
mod sums;
mod write;

use crate::category::Category;
use crate::generic::called;
use crate::page::{InputFormat, Page};
use crate::pipeline::Cleaner;
use pages::Seen;

pub use needed::source_of;

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
    /// The selectors of the body, the first of each alternative; none where all pages are text, or nothing tells.
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
}

/// What goes into a rule file.
#[derive(Clone, Debug, Default)]
struct Findings {
    name: Option<String>,
    /// For each alternative of the body its selectors, and on how many pages it counts.
    body: Vec<(Vec<String>, usize)>,
    drops: Vec<Drop>,
    /// How many pages there are.
    pages: usize,
}

/// Learns a rule file for a host from pages of it.
pub fn learn(cleaner: &Cleaner, host: &str, given: &[Given<'_>]) -> Result<Learned, LearnError> {
    let sorted = pages::sorted(given);
    if sorted.is_empty() {
        return Err(LearnError::NoPage);
    }
    let mut warnings = Vec::new();
    let (usable, articles) = pages::cleaned(cleaner, &sorted, &mut warnings)?;
    let seen = pages::looked_at(&usable, &articles, &mut warnings);
    if seen.len() == 1 {
        warnings.push(
            "learned from one page: nothing tells what recurs on all pages of the source, so look through the rules, or \
             give a second page"
                .to_owned(),
        );
    }
    let mut findings = Findings { pages: seen.len(), ..Findings::default() };
    let declared = seen.iter().map(|page| cleaner.rerun(page.article).declared().site_name.clone());
    findings.name = declared.flatten().next();
    elements(&seen, &mut findings);
    let unneeded = needed::prune(cleaner, host, &seen, &mut findings);
    let _ = unneeded;
    if findings.body.is_empty() && seen.iter().any(|page| page.tree().is_some()) {
        warnings.push("nothing tells where the body lies; `dehusk explain` shows the elements of a page".to_owned());
    }
    let body = findings.body.iter().filter_map(|(union, _)| union.first().cloned()).collect();
    Ok(Learned { rules: write::rule_file(host, &findings), body, warnings })
}

/// What can be said by selectors.
fn elements(seen: &[Seen<'_>], findings: &mut Findings) {
    let with_tree: Vec<usize> = (0..seen.len()).filter(|at| seen[*at].article.format == InputFormat::Html).collect();
    let coverings = cover::coverings(seen);
    let bodies = body::bodies(seen, &coverings);
    let support = bodies.support(seen.len());
    let unions = bodies.alternatives.iter().map(|union| union.iter().map(|one| one.selector.clone()).collect());
    findings.body = unions.zip(support).collect();
    if findings.body.is_empty() {
        return;
    }
    let chosen = drops::choose(seen, &coverings, &bodies.mask(seen), &with_tree);
    for covering in chosen.rules {
        findings.add(called::category(&covering.selector).unwrap_or(Category::Other), &covering.selector, covering.support());
    }
}

impl Findings {
    fn add(&mut self, category: Category, selector: &str, support: usize) {
        let words = names::words_of(selector);
        let words = match selector {
            "h1" => "title".to_owned(),
            "figure" | "aside" | "table" | "form" | "button" => format!("{words}s"),
            _ => words,
        };
        let numbered = (2..).map(|number| format!("{words}-{number}"));
        let is_free = |id: &String| self.drops.iter().all(|drop| drop.id != *id);
        let id = std::iter::once(words.clone()).chain(numbered).find(is_free).unwrap_or(words);
        self.drops.push(Drop { id, category, finder: Finder::Css(selector.to_owned()), support });
    }
}

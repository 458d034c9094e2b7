//! Guesses the selectors of the body: those of the smallest elements that hold what the generic cleaner keeps.

use std::collections::BTreeSet;

use crate::article::{Article, Flag};
use crate::document::{Block, BlockKind};
use crate::ledger::{Ledger, Verdict};
use crate::pipeline::Cleaner;
use crate::pipeline::rerun::Rerun;
use crate::rules::compile::{self, Check};
use crate::rules::diagnostic::FileText;
use crate::rules::file::SiteFile;
use crate::rules::shape;
use crate::rules::source::Source;
use crate::text::{normalise, weight};

/// An element holds the body if it has so much of what looks like it.
const HELD: f64 = 0.95;

/// How much more it counts that an element holds nothing else than on how many pages it is found: the element around the
/// whole page is found on all.
const PURITY: i32 = 4;

/// No more alternatives are guessed.
const MOST: usize = 3;

/// Selectors of the body that sites have in common: tried first, so that they win over equals.
const COMMON: [&str; 4] = ["[itemprop=articleBody]", "main article", "article", "main"];

/// A selector that may be that of the body.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Candidate {
    pub(super) selector: String,
    /// The title stands in it.
    pub(super) holds_title: bool,
}

/// A selector tried on a page.
struct Tried {
    /// The share of what looks like the body that it holds.
    held: f64,
    /// The share of what it holds that looks like the body.
    pure: f64,
    holds_title: bool,
}

/// The selectors of the body: the first is that of most pages, the others those of pages that it does not fit.
pub(super) fn bodies(cleaner: &Cleaner, host: &str, articles: &[Article]) -> Vec<Candidate> {
    let mut open: Vec<&Article> = articles.iter().filter(|article| article.document.tree.is_some()).collect();
    let mut chosen = Vec::new();
    while !open.is_empty() && chosen.len() < MOST {
        let reruns: Vec<_> = open.iter().map(|article| (*article, cleaner.rerun(article))).collect();
        let mut best: Option<(f64, Candidate, Vec<usize>)> = None;
        for selector in candidates(&open) {
            let Some(source) = source_of(host, &selector) else { continue };
            let tried: Vec<Option<Tried>> =
                reruns.iter().map(|(article, rerun)| attempt(article, rerun, &source)).collect();
            let fits = |one: &&Option<Tried>| one.as_ref().is_some_and(|one| one.held >= HELD);
            let score: f64 = tried.iter().filter(fits).flatten().map(|one| one.pure.powi(PURITY)).sum();
            if score > best.as_ref().map_or(0.0, |(best, ..)| *best) {
                let holds_title = tried.iter().flatten().any(|one| one.holds_title);
                let left = tried.iter().enumerate().filter(|(_, one)| !fits(one)).map(|(at, _)| at).collect();
                best = Some((score, Candidate { selector, holds_title }, left));
            }
        }
        let Some((_, candidate, left)) = best else { break };
        chosen.push(candidate);
        open = left.into_iter().map(|at| open[at]).collect();
    }
    chosen
}

/// The selectors to try: what the elements around the kept text are called, and what such elements are called at many
/// sites.
fn candidates(articles: &[&Article]) -> Vec<String> {
    let mut named = BTreeSet::new();
    for article in articles {
        let kept = article.document.blocks.iter().zip(&article.ledger.verdicts);
        for (block, _) in kept.filter(|(block, verdict)| **verdict == Verdict::Kept && block.has_visible_text()) {
            for step in article.document.locate(block).split(" > ") {
                named.extend(selectors_of(step));
            }
        }
    }
    let mut named: Vec<String> = named.into_iter().collect();
    // Of those that are as good, the shortest.
    named.sort_by_key(String::len);
    COMMON.map(str::to_owned).into_iter().chain(named).collect()
}

/// The selectors of an element that is shown as `div#id.class.class`: by its id, and by each of its classes. Names with
/// figures in them are made up anew by every build of a site.
fn selectors_of(step: &str) -> Vec<String> {
    let tag = step.split(['#', '.']).next().unwrap_or_default();
    let mut selectors = Vec::new();
    let mut rest = &step[tag.len()..];
    while let Some(sign) = rest.chars().next() {
        let name = rest[1..].split(['#', '.']).next().unwrap_or_default();
        rest = &rest[1 + name.len()..];
        let proper = |c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '_');
        if !name.is_empty() && name.chars().all(proper) && name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            selectors.push(if sign == '#' { format!("#{name}") } else { format!("{tag}.{name}") });
        }
    }
    selectors
}

/// A source that says nothing but where the body lies.
fn source_of(host: &str, selector: &str) -> Option<Source> {
    let file = FileText::new("draft", format!("[body]\nselect = ['{selector}']\n"));
    let (written, wrong) = shape::read::<SiteFile>(&file);
    let (parts, problems) = compile::site(&written, &file, host, Check::Quick);
    (wrong.is_empty() && parts.body.is_some() && problems.iter().all(|problem| !problem.message.contains("selector")))
        .then(|| parts.into_source(host.into(), []))
}

fn attempt(article: &Article, rerun: &Rerun<'_>, source: &Source) -> Option<Tried> {
    let judged = rerun.by(Some(source));
    if judged.flags.contains(&Flag::StaleRules) {
        return None;
    }
    let blocks = &article.document.blocks;
    let kept = |ledger: &Ledger, at: usize| ledger.verdicts.get(at) == Some(&Verdict::Kept);
    let weigh = |is_in: &dyn Fn(usize) -> bool| -> f64 {
        let weights = blocks.iter().enumerate().filter(|(at, block)| is_in(*at) && block.has_visible_text());
        weights.map(|(_, block)| weight(&block.text)).sum::<usize>() as f64
    };
    let looks = weigh(&|at| kept(&article.ledger, at));
    let held = weigh(&|at| kept(&judged.ledger, at));
    let both = weigh(&|at| kept(&article.ledger, at) && kept(&judged.ledger, at));
    let title = article.metadata.title.as_deref().map(normalise);
    let is_title = |block: &Block| {
        block.kind == BlockKind::Heading { level: 1 } && title.as_deref() == Some(&*normalise(&block.text))
    };
    let holds_title = blocks.iter().enumerate().any(|(at, block)| kept(&judged.ledger, at) && is_title(block));
    (looks > 0.0 && held > 0.0).then(|| Tried { held: both / looks, pure: both / held, holds_title })
}

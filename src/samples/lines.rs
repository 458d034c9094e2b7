//! Finds the lines in which a body differs from the one that is expected, and which rule is to blame: lines that a rule
//! dropped and that should stay (the rule is noisy), and lines that stay and no rule dropped (a rule is missing).

use std::collections::BTreeSet;

use serde::Serialize;

use crate::article::Article;
use crate::document::{Document, markdown, plain::Lines};
use crate::ledger::{RuleName, Verdict};
use crate::text::normalise;

/// The lines in which a body differs from the one that is expected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Differing {
    /// Dropped by a rule, and expected.
    pub noisy: Vec<Noisy>,
    /// Dropped by no rule, and not expected.
    pub missing: Vec<Staying>,
}

/// A text that a rule dropped and that should stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Noisy {
    /// The rule.
    pub rule: RuleName,
    /// The text.
    pub text: String,
}

/// A text that stays and should not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Staying {
    /// Where it stands: `line 12`, or the path of its element.
    pub place: String,
    /// The text.
    pub text: String,
}

/// Compares the body of an article with the Markdown that is expected, line by line.
pub(super) fn differing(article: &Article, expected: &str) -> Differing {
    let mut expected = texts(&markdown::read(expected, Lines::Wrapped));
    let document = &article.document;
    let mut staying = Vec::new();
    // What is kept as expected is settled first, so that a line that occurs twice is not blamed on both.
    for block in 0..document.blocks.len() {
        let kept = article.ledger.verdicts.get(block) == Some(&Verdict::Kept);
        if kept && document.blocks[block].has_visible_text() {
            let text = rest_of(article, block);
            if !text.is_empty() && !take(&mut expected, &text) {
                staying.push((block, text));
            }
        }
    }
    let mut differing = Differing::default();
    for (block, text) in staying {
        // A phrase that should stay was cut out of it.
        let whole = normalise(&document.blocks[block].text).into_owned();
        let cuts = article.ledger.cuts_of(block);
        if !cuts.is_empty() && take(&mut expected, &whole) {
            let noisy = cuts.iter().map(|cut| {
                let text = normalise(&document.blocks[block].text[cut.range.clone()]).into_owned();
                Noisy { rule: cut.cause.rule.clone(), text }
            });
            differing.noisy.extend(noisy);
        } else if !expected.iter().any(|line| is_like(line, &text)) {
            differing.missing.push(Staying { place: document.locate(&document.blocks[block]), text });
        }
    }
    for (block, verdict) in document.blocks.iter().zip(&article.ledger.verdicts) {
        let text = normalise(&block.text);
        if let Verdict::Dropped(cause) = verdict
            && !text.is_empty()
            && take(&mut expected, &text)
        {
            differing.noisy.push(Noisy { rule: cause.rule.clone(), text: text.into_owned() });
        }
    }
    differing
}

fn rest_of(article: &Article, block: usize) -> String {
    let cuts: Vec<_> = article.ledger.cuts_of(block).iter().map(|cut| cut.range.clone()).collect();
    let block = &article.document.blocks[block];
    let text =
        if cuts.is_empty() { block.text.clone() } else { crate::document::seam::without(block, cuts.into_iter()).text };
    normalise(&text).into_owned()
}

fn texts(document: &Document) -> Vec<String> {
    let texts = document.blocks.iter().map(|block| normalise(&block.text).into_owned());
    texts.filter(|text| !text.is_empty()).collect()
}

/// Whether two lines have most of their words in common: one is what the other was before somebody changed it.
fn is_like(one: &str, other: &str) -> bool {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
    let (one, other) = (words(one), words(other));
    one.intersection(&other).count() * 2 > one.len().max(other.len())
}

fn take(texts: &mut Vec<String>, text: &str) -> bool {
    let at = texts.iter().position(|one| one == text);
    at.map(|at| texts.remove(at)).is_some()
}

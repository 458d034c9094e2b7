//! Cleans the pages of a corpus by rule files that are learned from other pages of their sources: what `dehusk learn` is
//! worth. True bodies are not shown to it.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rayon::prelude::*;

use super::truth::{Corpus, Truth};
use super::{Selection, answer};
use crate::learn::{Given, learn, source_of};
use crate::page::{Content, InputFormat, Page};
use crate::pipeline::{Cleaner, read};
use crate::rules::source::Source;
use crate::samples::flatten::flattened;

/// Which pages a file is learned from, and which are cleaned by it.
#[derive(Clone, Copy, Debug)]
pub enum Scheme<'a> {
    /// From all pages of the source, two or more, which are then cleaned themselves.
    InSample,
    /// For each page from the others of its source, two or more.
    LeaveOneOut,
    /// From the pages of the source in another corpus.
    From(&'a Corpus),
}

/// A host, the pages to learn from, and those to clean.
type Task<'c> = (&'c str, Vec<&'c Truth>, Vec<&'c Truth>);

/// The rules for each page, by its id.
#[derive(Debug, Default)]
pub struct LearnedRules(BTreeMap<String, Result<Arc<Source>, String>>);

impl LearnedRules {
    /// Learns rules for the pages that are asked for. Those whose source has too few pages are left out.
    pub fn learn(
        cleaner: &Cleaner,
        corpus: &Corpus,
        selection: &Selection,
        scheme: Scheme<'_>,
        given: answer::Given,
    ) -> Self {
        let wanted: Vec<&Truth> = corpus.pages.iter().filter(|page| selection.takes(page)).collect();
        let mut tasks: BTreeMap<Vec<&str>, Task<'_>> = BTreeMap::new();
        for page in wanted {
            let known: Vec<&Truth> = match scheme {
                Scheme::InSample => corpus.pages.iter().filter(|other| other.source == page.source).collect(),
                Scheme::LeaveOneOut => {
                    corpus.pages.iter().filter(|other| other.source == page.source && other.id != page.id).collect()
                }
                Scheme::From(other) => other.pages.iter().filter(|other| other.source == page.source).collect(),
            };
            if known.len() > 1 && !page.source.is_empty() {
                let key = known.iter().map(|page| page.id.as_str()).collect();
                tasks.entry(key).or_insert_with(|| (page.source.as_str(), known, Vec::new())).2.push(page);
            }
        }
        let tasks: Vec<_> = tasks.into_values().collect();
        let learned = tasks.into_par_iter().flat_map_iter(|(host, known, pages)| {
            let outcome = catch_unwind(AssertUnwindSafe(|| from_pages(cleaner, host, &known, given)));
            let source = outcome.unwrap_or_else(|_| Err("learning from its pages broke off".to_owned())).map(Arc::new);
            pages.into_iter().map(move |page| (page.id.clone(), source.clone()))
        });
        Self(learned.collect::<Vec<_>>().into_iter().collect())
    }

    /// Whether there is something for a page, be it only why there is none.
    pub fn knows(&self, page: &Truth) -> bool {
        self.0.contains_key(&page.id)
    }

    /// The answer to a page.
    pub fn answer(&self, cleaner: &Cleaner, page: &Truth, given: answer::Given) -> Result<answer::Answer, String> {
        let source = self.0.get(&page.id).ok_or("no rules were learned for it")?;
        answer::clean_by(cleaner, page, given, source.as_ref().map_err(Clone::clone)?)
    }
}

fn from_pages(cleaner: &Cleaner, host: &str, pages: &[&Truth], as_what: answer::Given) -> Result<Source, String> {
    let given = |page: &&Truth| {
        let html = page.html().map_err(|error| error.to_string())?;
        let (format, url, text) = match as_what {
            answer::Given::Html => (InputFormat::Html, page.url.clone(), html),
            answer::Given::Flattened => {
                let document = read(&html, InputFormat::Html).map_err(|error| error.to_string())?;
                (InputFormat::Text, None, flattened(&document))
            }
        };
        let page_in = Page { url, format: Some(format), content: Content::Text(text.into()), ..Page::default() };
        Ok(Given { name: page.id.clone(), page: page_in, body: None })
    };
    let given: Vec<Given<'_>> = pages.iter().map(given).collect::<Result<_, String>>()?;
    let learned = learn(cleaner, host, &given).map_err(|error| error.to_string())?;
    source_of(cleaner.library(), host, &learned.rules).ok_or_else(|| "what was learned is no rule file".to_owned())
}

//! Defines what all samples of a run share: the rules, and what there is to take away from them.

use std::collections::BTreeMap;

use super::Sample;
use super::without::{self, UNKNOWN, Without};
use crate::pipeline::Cleaner;
use crate::rules::library::{Identity, Library};
use crate::rules::nearest::nearest;

/// The rules that samples are cleaned by.
pub(super) struct Bench<'c> {
    pub(super) cleaner: &'c Cleaner,
    sources: BTreeMap<String, Parts>,
}

struct Parts {
    each: Vec<Without>,
    comes_flattened: bool,
}

impl<'c> Bench<'c> {
    /// The rules for these samples.
    pub(super) fn new(cleaner: &'c Cleaner, samples: &[Sample]) -> Self {
        let library = cleaner.library();
        let parts = |sample: &Sample| {
            let id = sample.source();
            Parts { each: without::each(library, id), comes_flattened: comes_flattened(library, id) }
        };
        let mut sources = BTreeMap::new();
        for sample in samples {
            sources.entry(sample.source().to_owned()).or_insert_with(|| parts(sample));
        }
        Self { cleaner, sources }
    }

    /// The parts of the files of a source, each taken away.
    pub(super) fn parts(&self, id: &str) -> &[Without] {
        self.sources.get(id).map_or(&[], |parts| &parts.each)
    }

    /// The sources that have samples.
    pub(super) fn sources(&self) -> impl Iterator<Item = &str> {
        self.sources.keys().map(String::as_str)
    }

    /// Whether a source has marks, or rules for text that some scraper flattened.
    pub(super) fn comes_flattened(&self, id: &str) -> bool {
        self.sources.get(id).is_some_and(|parts| parts.comes_flattened)
    }

    /// Whether the files of a source say what is to stay of flattened text. Where they do not, the generic cleaner judges
    /// it, which may be wrong.
    pub(super) fn reads_text(&self, id: &str) -> bool {
        self.cleaner.library().source(id).is_some_and(|source| source.reads_text)
    }

    pub(super) fn identity(&self, id: &str) -> Option<&Identity> {
        self.cleaner.library().identities().all.iter().find(|identity| *identity.id == *id)
    }

    /// What is wrong with the folder that a sample is in: no rule file has its name.
    pub(super) fn unknown_source(&self, source: &str) -> Option<String> {
        let library = self.cleaner.library();
        if source == UNKNOWN || library.site_layers().any(|(id, _)| id == source) {
            return None;
        }
        let help = match nearest(source, library.site_layers().map(|(id, _)| id)) {
            Some(near) => format!("rename the folder to `{near}`"),
            None => format!("add a rule file `sites/{source}.toml`, or move the sample to `{UNKNOWN}`"),
        };
        Some(format!("no rule file has the name of its folder, `{source}`: {help}"))
    }
}

/// Whether a source says that its pages come flattened as well.
fn comes_flattened(library: &Library, id: &str) -> bool {
    library.parts(id).is_some_and(|(parts, _)| !parts.marks.is_empty() || parts.reads_text())
}

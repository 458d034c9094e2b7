//! Defines what all samples of a run share: the rules, and what there is to take away from them.

use std::collections::BTreeMap;

use super::Sample;
use super::without::{self, UNKNOWN, Without};
use crate::pipeline::Cleaner;
use crate::rules::file::InputKind;
use crate::rules::library::{Identity, Library};
use crate::rules::nearest::nearest;

/// The rules that samples are cleaned by.
pub(super) struct Bench<'c> {
    pub(super) cleaner: &'c Cleaner,
    sources: BTreeMap<String, Parts>,
}

struct Parts {
    each: Vec<Without>,
    has_text_rules: bool,
}

impl<'c> Bench<'c> {
    /// The rules for these samples.
    pub(super) fn new(cleaner: &'c Cleaner, samples: &[Sample]) -> Self {
        let library = cleaner.library();
        let parts = |sample: &Sample| {
            let id = sample.source();
            Parts { each: without::each(library, id), has_text_rules: has_text_rules(library, id) }
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

    /// Whether a source has rules for text that some scraper flattened.
    pub(super) fn has_text_rules(&self, id: &str) -> bool {
        self.sources.get(id).is_some_and(|parts| parts.has_text_rules)
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

/// Whether the own files of a source, not its packs, say that its pages come flattened as well: by marks, by anchors of
/// the body, or by a rule for such pages alone. Rules that match text serve HTML pages too, and say nothing by themselves.
fn has_text_rules(library: &Library, id: &str) -> bool {
    let Some((parts, _)) = library.parts(id) else { return false };
    let mut bodies = parts.layouts.iter().filter_map(|layout| layout.body.as_ref()).chain(&parts.body);
    let mut rules = parts.layouts.iter().flat_map(|layout| &layout.rules).chain(&parts.rules);
    !parts.marks.is_empty()
        || bodies.any(|body| body.from.is_some() || body.to.is_some())
        || rules.any(|rule| rule.scope.input == Some(InputKind::Flattened))
}

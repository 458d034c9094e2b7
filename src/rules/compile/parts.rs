//! Defines the compiled parts of single files, and how they are laid together to the rules of a source.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::SOURCE_SHARE;
use crate::category::Category;
use crate::ledger::RuleName;
use crate::rules::file::{InputKind, Policy, TextInput};
use crate::rules::located::Located;
use crate::rules::pattern::Pattern;
use crate::rules::selector::index::SelectorIndex;
use crate::rules::source::{Body, Layout, Meta, Rule, Source};

/// What one site file says.
#[derive(Clone, Debug, Default)]
pub struct SiteParts {
    /// How its plain text was written.
    pub text_input: Option<TextInput>,
    /// Patterns of blocks that only this source writes.
    pub marks: Vec<Pattern>,
    /// Where the body lies, if it says so.
    pub body: Option<Body>,
    /// Where metadata stands.
    pub meta: Meta,
    /// The share that all rules together may drop, if it says so.
    pub max_share: Option<f64>,
    /// What to do with whole categories.
    pub policy: BTreeMap<Category, Policy>,
    /// The packs that apply to every page, and not to its pages.
    pub without: Vec<Located<String>>,
    /// Its own rules: first those that drop, then those that cut.
    pub rules: Vec<Rule>,
    /// Its layouts, as they are written.
    pub layouts: Vec<Layout>,
}

/// What one pack says.
#[derive(Clone, Debug, Default)]
pub struct PackParts {
    /// Its own rules: first those that drop, then those that cut.
    pub rules: Vec<Rule>,
    /// What it says of the pages of a platform: body, metadata, layouts.
    pub platform: SiteParts,
    /// The packs that it builds on.
    pub uses: Vec<Located<String>>,
}

impl SiteParts {
    /// These parts over those of the file that they build on: what they say wins, a rule replaces the one of the same
    /// name, and all else is taken over.
    #[must_use]
    pub fn over(mut self, base: Self) -> Self {
        let names: HashSet<RuleName> = self.all_rules().map(|rule| rule.name.clone()).collect();
        let inherited = |rules: Vec<Rule>| rules.into_iter().filter(|rule| !names.contains(&rule.name));
        self.rules.extend(inherited(base.rules));
        for layout in base.layouts {
            self.layouts.push(Layout { rules: inherited(layout.rules).collect(), ..layout });
        }
        self.text_input = self.text_input.or(base.text_input);
        self.marks.extend(base.marks);
        self.body = self.body.or(base.body);
        self.meta = filled_in(self.meta, &base.meta);
        self.max_share = self.max_share.or(base.max_share);
        self.without.extend(base.without);
        for (category, policy) in base.policy {
            self.policy.entry(category).or_insert(policy);
        }
        self
    }

    /// The rules of the source with this id, those of its packs behind its own; not indexed yet.
    pub fn into_source(mut self, id: Arc<str>, packs: impl IntoIterator<Item = Rule>) -> Source {
        let reads_text = self.reads_text();
        self.rules.extend(packs);
        // A stable sort: layouts of one day, or of none, stay in the order of the file.
        self.layouts.sort_by_key(|layout| std::cmp::Reverse(layout.since));
        for layout in &mut self.layouts {
            layout.meta = filled_in(std::mem::take(&mut layout.meta), &self.meta);
        }
        Source {
            id,
            reads_text,
            text_input: self.text_input,
            body: self.body.unwrap_or_default(),
            meta: self.meta,
            max_share: self.max_share.unwrap_or(SOURCE_SHARE),
            policy: self.policy,
            rules: self.rules,
            layouts: self.layouts,
            patterns: Arc::default(),
            selectors: SelectorIndex::default(),
        }
    }

    /// Whether the files of the site say what is to stay of flattened text: by rules for such text alone, or by how it was
    /// written. Rules that match text serve HTML pages too, and anchors only bound the body.
    pub fn reads_text(&self) -> bool {
        self.text_input.is_some() || self.all_rules().any(|rule| rule.scope.input == Some(InputKind::Flattened))
    }

    fn all_rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().chain(self.layouts.iter().flat_map(|layout| &layout.rules))
    }
}

/// The places of `meta`, and those of `other` for keys that it leaves out.
fn filled_in(mut meta: Meta, other: &Meta) -> Meta {
    for (own, others) in
        [(&mut meta.title, &other.title), (&mut meta.author, &other.author), (&mut meta.date, &other.date)]
    {
        if own.is_empty() {
            own.clone_from(others);
        }
    }
    meta
}

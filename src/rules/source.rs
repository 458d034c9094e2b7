//! Defines the compiled rules of one source: what the engine runs.
//!
//! [`compile`](super::compile) makes them from the written files, with the rules of used packs behind the source's own
//! and everything checked, so that nothing here can fail on a page.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::file::{Expect, InputKind, Policy, TextInput};
use super::pattern::Pattern;
use super::pattern::index::PatternIndex;
use super::selector::Selector;
use super::selector::index::SelectorIndex;
use crate::category::Category;
use crate::ledger::RuleName;

/// The rules of one source, ready to run.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name of its file without the ending, such as `golem.de`.
    pub id: Arc<str>,
    /// Its files say what is to stay of flattened text; otherwise the generic cleaner judges what its rules leave of it.
    pub reads_text: bool,
    /// How its plain text was written, where the guess is wrong.
    pub text_input: Option<TextInput>,
    /// Where the body lies.
    pub body: Body,
    /// Where metadata stands.
    pub meta: Meta,
    /// The share of the text that all rules together may drop.
    pub max_share: f64,
    /// What to do with whole categories.
    pub policy: BTreeMap<Category, Policy>,
    /// What to drop and to cut, in the order to try.
    pub rules: Vec<Rule>,
    /// Other builds of the site, the latest first.
    pub layouts: Vec<Layout>,
    /// All patterns above that look at blocks.
    pub patterns: Arc<PatternIndex>,
    /// All selectors above that look through the whole page.
    pub selectors: SelectorIndex,
}

/// The name of the rule that drops what lies outside of the body on pages of a source.
pub fn outside_of(id: &str) -> RuleName {
    format!("{id}/body").into()
}

impl Source {
    /// The same source with its patterns and selectors indexed; until then each looks through the page by itself.
    #[must_use]
    pub fn indexed(self) -> Self {
        self.indexed_beside(None)
    }

    /// The same, with patterns that are in an index which other sources share looked up there.
    #[must_use]
    pub fn indexed_beside(mut self, shared: Option<Arc<PatternIndex>>) -> Self {
        let mut selectors = Vec::new();
        self.body.selectors(&mut selectors);
        self.meta.selectors(&mut selectors);
        self.rules.iter_mut().for_each(|rule| rule.selectors(&mut selectors));
        for layout in &mut self.layouts {
            selectors.extend(&mut layout.when_css);
            layout.body.iter_mut().for_each(|body| body.selectors(&mut selectors));
            layout.meta.selectors(&mut selectors);
            layout.rules.iter_mut().for_each(|rule| rule.selectors(&mut selectors));
        }
        self.selectors = SelectorIndex::new(selectors);
        let mut patterns = Vec::new();
        self.body.patterns(&mut patterns);
        self.meta.patterns(&mut patterns);
        self.rules.iter_mut().for_each(|rule| rule.patterns(&mut patterns));
        for layout in &mut self.layouts {
            patterns.extend(&mut layout.when_line);
            layout.body.iter_mut().for_each(|body| body.patterns(&mut patterns));
            layout.meta.patterns(&mut patterns);
            layout.rules.iter_mut().for_each(|rule| rule.patterns(&mut patterns));
        }
        self.patterns = Arc::new(PatternIndex::beside(shared, patterns));
        self
    }
}

impl Body {
    /// Whether nothing is said of it.
    pub fn is_empty(&self) -> bool {
        self.select.is_empty() && self.from.is_none() && self.to.is_none() && !self.generic
    }

    fn selectors<'a>(&'a mut self, all: &mut Vec<&'a mut Selector>) {
        all.extend(self.select.iter_mut().flatten());
    }

    fn patterns<'a>(&'a mut self, all: &mut Vec<&'a mut Pattern>) {
        all.extend(self.from.iter_mut().chain(&mut self.to));
    }
}

impl Meta {
    /// Whether nothing is said of it.
    pub fn is_empty(&self) -> bool {
        self.title.is_empty() && self.author.is_empty() && self.date.is_empty()
    }

    fn selectors<'a>(&'a mut self, all: &mut Vec<&'a mut Selector>) {
        for place in self.title.iter_mut().chain(&mut self.author).chain(&mut self.date) {
            if let MetaFinder::Element { select, .. } = &mut place.finder {
                all.push(select);
            }
        }
    }

    fn patterns<'a>(&'a mut self, all: &mut Vec<&'a mut Pattern>) {
        for place in self.title.iter_mut().chain(&mut self.author).chain(&mut self.date) {
            if let MetaFinder::Block { pattern, scope } = &mut place.finder {
                all.push(pattern);
                scope.patterns(all);
            }
        }
    }
}

impl Rule {
    /// Not that of the element around what it finds, which is asked only there.
    fn selectors<'a>(&'a mut self, all: &mut Vec<&'a mut Selector>) {
        if let Finder::Elements { select, .. } = &mut self.finder {
            all.push(select);
        }
    }

    /// Those that look at blocks; what narrows elements looks at their text.
    fn patterns<'a>(&'a mut self, all: &mut Vec<&'a mut Pattern>) {
        self.scope.patterns(all);
        match &mut self.finder {
            Finder::Elements { .. } => {}
            Finder::Blocks(pattern) | Finder::Phrases(pattern) => all.push(pattern),
            Finder::Between { from, to, .. } => all.extend(std::iter::once(from).chain(to)),
        }
    }
}

/// Where the body lies.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// The file that says so, such as `golem.de`, or the pack of its platform.
    pub file: Arc<str>,
    /// Alternatives, each a union of selectors; empty where only anchors, or nothing, are given.
    pub select: Vec<Vec<Selector>>,
    /// The block before a flattened body.
    pub from: Option<Pattern>,
    /// The block after it.
    pub to: Option<Pattern>,
    /// The generic cleaner judges what rules leave of it.
    pub generic: bool,
}

/// Where metadata stands: places to try in order.
#[derive(Clone, Debug, Default)]
pub struct Meta {
    /// The title.
    pub title: Vec<MetaPlace>,
    /// The author or authors.
    pub author: Vec<MetaPlace>,
    /// The date of publication.
    pub date: Vec<MetaPlace>,
}

/// A place that a piece of metadata is read from.
#[derive(Clone, Debug)]
pub struct MetaPlace {
    /// The file that names it.
    pub file: Arc<str>,
    /// How it is found.
    pub finder: MetaFinder,
    /// Taken off the start of what was found.
    pub trim_start: Option<String>,
    /// Taken off its end.
    pub trim_end: Option<String>,
}

/// How a piece of metadata is found.
#[derive(Clone, Debug)]
pub enum MetaFinder {
    /// The text, or an attribute, of elements.
    Element {
        /// Which elements.
        select: Selector,
        /// Which attribute, if not the text.
        attr: Option<String>,
    },
    /// A part of a block.
    Block {
        /// What must match; a [`Pattern`] knows whether the whole block.
        pattern: Pattern,
        /// Which blocks may be it.
        scope: Box<Scope>,
    },
}

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name, that of its file included.
    pub name: RuleName,
    /// What kind of boilerplate it drops.
    pub category: Category,
    /// What it finds.
    pub finder: Finder,
    /// Which blocks may be it.
    pub scope: Scope,
    /// It protects what it finds.
    pub keep: bool,
    /// The share of the text that it may drop.
    pub max_share: f64,
    /// How often it should fire.
    pub expect: Option<Expect>,
}

/// What a rule finds.
#[derive(Clone, Debug)]
pub enum Finder {
    /// Elements, with all in them.
    Elements {
        /// Which.
        select: Selector,
        /// Only those in whose text this occurs.
        text: Option<Pattern>,
        /// The nearest such element around them, in their place.
        closest: Option<Selector>,
        /// Only one of them: from 1, or from -1 backwards.
        pick: Option<i64>,
    },
    /// Blocks that match; a [`Pattern`] knows whether wholly.
    Blocks(Pattern),
    /// Blocks from one that matches to the next that does.
    Between {
        /// The first block.
        from: Pattern,
        /// The block after the last one; `None` is the end.
        to: Option<Pattern>,
        /// Where no block matches `to`, to the end.
        or_end: bool,
        /// All such stretches, not only the first.
        each: bool,
    },
    /// Phrases in blocks that stay.
    Phrases(Pattern),
}

/// Which blocks a rule may find.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Among the first so many blocks.
    pub first: Option<usize>,
    /// Among the last so many blocks.
    pub last: Option<usize>,
    /// Before this share of the text.
    pub before: Option<f64>,
    /// After this share of the text.
    pub after: Option<f64>,
    /// With blank lines on both sides, or not.
    pub isolated: Option<bool>,
    /// Only on pages that came so.
    pub input: Option<InputKind>,
    /// Below a heading that matches.
    pub under: Option<Pattern>,
    /// Directly behind a block that matches.
    pub previous: Option<Pattern>,
    /// Directly before a block that matches.
    pub next: Option<Pattern>,
}

impl Scope {
    fn patterns<'a>(&'a mut self, all: &mut Vec<&'a mut Pattern>) {
        all.extend(self.under.iter_mut().chain(&mut self.previous).chain(&mut self.next));
    }
}

/// Another build of the site.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The file that tells of it.
    pub file: Arc<str>,
    /// From which day on.
    pub since: Option<Date>,
    /// An element that a page of it has.
    pub when_css: Option<Selector>,
    /// A block that a page of it has.
    pub when_line: Option<Pattern>,
    /// Its body, if it differs.
    pub body: Option<Body>,
    /// Its metadata, the file's filled in.
    pub meta: Meta,
    /// Its own rules, before those of the source.
    pub rules: Vec<Rule>,
}

//! Takes one part of a rule file away at a time: a rule, a selector or an anchor of the body, a place of metadata, a
//! layout. If no sample notices, either nothing needs the part, or a sample is missing.
//!
//! Marks are another matter: several are wanted, so that one does when the other is not on the page. They only have to
//! be found on some sample.

use std::sync::{Arc, OnceLock};

use crate::ledger::RuleName;
use crate::rules::compile::parts::SiteParts;
use crate::rules::library::Library;
use crate::rules::source::{Body, Meta, MetaPlace, Rule, Source};

/// The folder of samples whose source no rule file knows.
pub(super) const UNKNOWN: &str = "unknown";

/// A source without one part of its files, made when it is first needed.
#[derive(Debug)]
pub(super) struct Without {
    /// The part: the name of a rule, or the file and the key, such as `golem.de [body] select 2`.
    pub(super) name: String,
    /// The file that it stands in: that of the source, or a pack.
    pub(super) file: Arc<str>,
    pub(super) part: Part,
    source: OnceLock<Option<Arc<Source>>>,
}

/// A part of a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Rule(RuleName),
    /// An alternative of the body's selectors, in the file's own body or in that of a layout, or one of a union.
    Select {
        layout: Option<usize>,
        alternative: usize,
        member: Option<usize>,
    },
    From {
        layout: Option<usize>,
    },
    To {
        layout: Option<usize>,
    },
    /// That the generic cleaner judges the body.
    Generic {
        layout: Option<usize>,
    },
    Meta {
        layout: Option<usize>,
        key: Key,
        place: usize,
    },
    Layout(usize),
}

/// The keys of `[meta]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Title,
    Author,
    Date,
}

impl Key {
    const ALL: [(Self, &'static str); 3] = [(Self::Title, "title"), (Self::Author, "author"), (Self::Date, "date")];

    fn of(self, meta: &Meta) -> &[MetaPlace] {
        match self {
            Self::Title => &meta.title,
            Self::Author => &meta.author,
            Self::Date => &meta.date,
        }
    }

    fn of_mut(self, meta: &mut Meta) -> &mut Vec<MetaPlace> {
        match self {
            Self::Title => &mut meta.title,
            Self::Author => &mut meta.author,
            Self::Date => &mut meta.date,
        }
    }
}

impl Without {
    /// Whether the part is a rule, which fires or does not.
    pub(super) fn is_rule(&self) -> bool {
        matches!(self.part, Part::Rule(_))
    }

    /// The source without the part; `None` where the library has no such source.
    pub(super) fn source(&self, library: &Library, id: &str) -> Option<&Source> {
        let make = || {
            let (mut parts, mut packs) = parts_of(library, id)?;
            self.part.take_from(&mut parts, &mut packs);
            Some(Arc::new(library.indexed(parts.into_source(id.into(), packs))))
        };
        self.source.get_or_init(make).as_deref()
    }
}

/// All parts of the files that a source is made of, each taken away.
pub(super) fn each(library: &Library, id: &str) -> Vec<Without> {
    let Some((parts, packs)) = parts_of(library, id) else { return Vec::new() };
    let mut all = Vec::new();
    let mut add =
        |file: &Arc<str>, part, name| all.push(Without { name, file: file.clone(), part, source: OnceLock::new() });
    let layouts = || parts.layouts.iter().enumerate();
    let bodies = layouts().map(|(at, layout)| (Some(at), layout.body.as_ref()));
    for (layout, body) in [(None, parts.body.as_ref())].into_iter().chain(bodies) {
        let Some(body) = body else { continue };
        for (part, name) in of_body(body, layout) {
            add(&body.file, part, format!("{}{}[body] {name}", body.file, prefix(&parts, layout)));
        }
    }
    let metas = layouts().map(|(at, layout)| (Some(at), &layout.meta));
    for (layout, meta) in [(None, &parts.meta)].into_iter().chain(metas) {
        for (key, name) in Key::ALL {
            for (at, place) in key.of(meta).iter().enumerate() {
                let told = format!("{}{}[meta] {name} {}", place.file, prefix(&parts, layout), at + 1);
                add(&place.file, Part::Meta { layout, key, place: at }, told);
            }
        }
    }
    for (at, layout) in layouts() {
        add(&layout.file, Part::Layout(at), format!("{} [[layout]] {}", layout.file, number(&parts, at)));
    }
    let layouts = parts.layouts.iter().flat_map(|layout| &layout.rules);
    for rule in parts.rules.iter().chain(layouts).chain(&packs) {
        let file = rule.name.split('/').next().unwrap_or_default().into();
        add(&file, Part::Rule(rule.name.clone()), rule.name.to_string());
    }
    all
}

/// What a source is made of; pages of none have the packs that apply to every page.
fn parts_of(library: &Library, id: &str) -> Option<(SiteParts, Vec<Rule>)> {
    if id == UNKNOWN { Some((SiteParts::default(), library.shared_rules())) } else { library.parts(id) }
}

/// What stands between the name of a file and a key of it.
fn prefix(parts: &SiteParts, layout: Option<usize>) -> String {
    layout.map_or_else(|| " ".to_owned(), |at| format!(" [[layout]] {}, ", number(parts, at)))
}

/// Which layout of its file one is, from 1.
fn number(parts: &SiteParts, at: usize) -> usize {
    let file = &parts.layouts[at].file;
    parts.layouts[..=at].iter().filter(|layout| layout.file == *file).count()
}

fn of_body(body: &Body, layout: Option<usize>) -> Vec<(Part, String)> {
    let mut parts = Vec::new();
    for (alternative, union) in body.select.iter().enumerate() {
        let number = alternative + 1;
        parts.push((Part::Select { layout, alternative, member: None }, format!("select {number}")));
        for member in (0..union.len()).filter(|_| union.len() > 1) {
            let part = Part::Select { layout, alternative, member: Some(member) };
            parts.push((part, format!("select {number}, {} of its union", member + 1)));
        }
    }
    if body.from.is_some() {
        parts.push((Part::From { layout }, "from".to_owned()));
    }
    if body.to.is_some() {
        parts.push((Part::To { layout }, "to".to_owned()));
    }
    if body.generic {
        parts.push((Part::Generic { layout }, "generic".to_owned()));
    }
    parts
}

impl Part {
    /// Whether it says where the body lies.
    pub(super) fn bounds_the_body(&self) -> bool {
        matches!(self, Self::Select { .. } | Self::From { .. } | Self::To { .. })
    }

    fn take_from(&self, parts: &mut SiteParts, packs: &mut Vec<Rule>) {
        match self {
            Self::Rule(name) => {
                let layouts = parts.layouts.iter_mut().map(|layout| &mut layout.rules);
                for rules in layouts.chain([&mut parts.rules, packs]) {
                    rules.retain(|rule| rule.name != *name);
                }
            }
            Self::Select { layout, alternative, member } => {
                let Some(body) = body_of(parts, *layout) else { return };
                match member {
                    Some(member) => drop(body.select[*alternative].remove(*member)),
                    None => drop(body.select.remove(*alternative)),
                }
            }
            Self::From { layout } => {
                if let Some(body) = body_of(parts, *layout) {
                    body.from = None;
                }
            }
            Self::To { layout } => {
                if let Some(body) = body_of(parts, *layout) {
                    body.to = None;
                }
            }
            Self::Generic { layout } => {
                if let Some(body) = body_of(parts, *layout) {
                    body.generic = false;
                }
            }
            Self::Meta { layout, key, place } => {
                let meta = match layout {
                    Some(at) => &mut parts.layouts[*at].meta,
                    None => &mut parts.meta,
                };
                key.of_mut(meta).remove(*place);
            }
            Self::Layout(at) => drop(parts.layouts.remove(*at)),
        }
        // A section that says nothing is as good as none.
        let bodies = parts.layouts.iter_mut().map(|layout| &mut layout.body).chain([&mut parts.body]);
        for body in bodies {
            *body = body.take().filter(|body| !body.is_empty());
        }
    }
}

fn body_of(parts: &mut SiteParts, layout: Option<usize>) -> Option<&mut Body> {
    match layout {
        Some(at) => parts.layouts.get_mut(at)?.body.as_mut(),
        None => parts.body.as_mut(),
    }
}

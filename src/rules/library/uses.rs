//! Defines what `use` means: which files build on which, in which order their rules run, and what is wrong with it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Library;
use super::layer::{Layer, Written};
use crate::ledger::RuleName;
use crate::rules::compile::parts::{PackParts, SiteParts};
use crate::rules::diagnostic::Diagnostic;
use crate::rules::file::{PackFile, SiteFile};
use crate::rules::located::Located;
use crate::rules::nearest::{listed, nearest};
use crate::rules::source::{Rule, Source};

/// What a name in `use` stands for.
enum Used<'a> {
    /// The file of the same name that this one lies over.
    Base,
    /// A pack, and how many files lie over it.
    Pack(&'a str, usize),
    /// Nothing.
    Unknown,
}

/// The rules of packs, gathered for one source.
#[derive(Default)]
struct Gathered<'a> {
    seen: HashSet<(&'a str, usize)>,
    names: HashSet<RuleName>,
    rules: Vec<Rule>,
    /// What they say of the pages of their platform.
    platforms: Vec<&'a SiteParts>,
}

/// Packs on the way, while circles are looked for.
#[derive(Clone, Copy, PartialEq)]
enum Visit {
    Open,
    Done,
}

impl Library {
    /// Lays the files of a site and its packs together.
    pub(super) fn link(&self, id: &Arc<str>) -> Option<Source> {
        let (parts, packs) = self.parts(id)?;
        Some(self.indexed(parts.into_source(id.clone(), packs)))
    }

    /// A source with its rules indexed: those of packs for every page in the index that all sources share.
    pub(crate) fn indexed(&self, source: Source) -> Source {
        source.indexed_beside(Some(self.shared().patterns.clone()))
    }

    /// What the files of a site say, laid together, and the rules of their packs: what its source is made of.
    pub(crate) fn parts(&self, id: &str) -> Option<(SiteParts, Vec<Rule>)> {
        let mut gathered = Gathered::default();
        let parts = self.site_parts(id, 0, &mut gathered)?;
        let parts = gathered.platforms.drain(..).fold(parts, |parts, platform| parts.over(platform.clone()));
        for pack in self.everywhere().filter(|pack| parts.without.iter().all(|name| name.as_str() != &***pack)) {
            self.gather(pack, 0, &mut gathered);
        }
        Some((parts, gathered.rules))
    }

    /// The rules of the packs that apply to every page, for those that no site file knows.
    pub(super) fn link_packs(&self) -> Source {
        SiteParts::default().into_source("packs".into(), self.shared_rules()).indexed()
    }

    /// The rules of the packs that apply to every page.
    pub(crate) fn shared_rules(&self) -> Vec<Rule> {
        let mut gathered = Gathered::default();
        for pack in self.everywhere() {
            self.gather(pack, 0, &mut gathered);
        }
        gathered.rules
    }

    /// The names of the packs that apply to every page, in order.
    pub(super) fn everywhere(&self) -> impl Iterator<Item = &Arc<str>> {
        let names = self.packs.keys().filter(|_| !self.without_packs);
        names.filter(|name| self.applies_everywhere(name))
    }

    /// Whether a pack applies to every page: as its file says, or the file that it lies over and builds on.
    pub(crate) fn applies_everywhere(&self, name: &str) -> bool {
        let layers = self.packs.get(name).map_or(&[][..], |layers| layers);
        for layer in layers {
            let written = layer.written();
            match written.everywhere {
                Some(everywhere) => return everywhere,
                None if written.uses.iter().any(|used| used.value == name) => {}
                None => break,
            }
        }
        false
    }

    fn site_parts<'a>(&'a self, id: &str, depth: usize, gathered: &mut Gathered<'a>) -> Option<SiteParts> {
        let layers = &self.sites.get(id)?.layers;
        let layer = layers.get(depth)?;
        let mut parts = layer.parts().clone();
        let mut based = false;
        for name in layer.written().uses() {
            match self.used(id, depth, layers.len(), name) {
                // Named twice, it is still taken over once.
                Used::Base if !based => {
                    based = true;
                    parts = parts.over(self.site_parts(id, depth + 1, gathered)?);
                }
                Used::Pack(pack, below) => self.gather(pack, below, gathered),
                Used::Base | Used::Unknown => {}
            }
        }
        Some(parts)
    }

    fn gather<'a>(&'a self, name: &'a str, depth: usize, gathered: &mut Gathered<'a>) {
        let Some(layers) = self.packs.get(name).filter(|_| gathered.seen.insert((name, depth))) else { return };
        let Some(layer) = layers.get(depth) else { return };
        let PackParts { rules, platform, .. } = layer.parts();
        gathered.platforms.push(platform);
        for rule in rules {
            if gathered.names.insert(rule.name.clone()) {
                gathered.rules.push(rule.clone());
            }
        }
        for used in layer.written().uses() {
            match self.used(name, depth, layers.len(), used) {
                Used::Base => self.gather(name, depth + 1, gathered),
                Used::Pack(pack, below) => self.gather(pack, below, gathered),
                Used::Unknown => {}
            }
        }
    }

    fn used(&self, user: &str, depth: usize, layers: usize, name: &str) -> Used<'_> {
        if name == user && depth + 1 < layers {
            return Used::Base;
        }
        match self.packs.get_key_value(name) {
            Some((pack, _)) => Used::Pack(pack, 0),
            None => Used::Unknown,
        }
    }

    /// The names in the `use` of one file that stand for nothing.
    pub(super) fn unknown_uses<W: Written>(&self, user: &str, depth: usize, layers: &[Layer<W>]) -> Vec<Diagnostic> {
        let Some(layer) = layers.get(depth) else { return Vec::new() };
        let names = layer.written().uses().iter();
        let unknown = names.filter(|name| matches!(self.used(user, depth, layers.len(), name), Used::Unknown));
        unknown.map(|name| self.unknown_use(user, layer, name)).collect()
    }

    /// The names in the `without` of a site file that stand for no pack.
    pub(super) fn unknown_withouts(&self, layer: &Layer<SiteFile>) -> Vec<Diagnostic> {
        let unknown = layer.written().without.iter().filter(|name| !self.packs.contains_key(name.as_str()));
        let packs = || self.packs.keys().map(|pack| &**pack);
        let told = unknown.map(|name| {
            let help = nearest(name, packs()).map_or("take it away".to_owned(), |near| format!("write `{near}`"));
            layer.file.error(name.span.clone(), format!("there is no pack `{}`", name.value), help)
        });
        told.collect()
    }

    fn unknown_use<W: Written>(&self, user: &str, layer: &Layer<W>, name: &Located<String>) -> Diagnostic {
        let packs = || self.packs.keys().map(|pack| &**pack);
        if name.value == user {
            let message = format!("there is no other `{user}` that this file lies over");
            return layer.file.error(name.span.clone(), message, "take it away");
        }
        if self.sites.contains_key(name.as_str()) {
            let message = format!("`{}` is a site, not a pack", name.value);
            let help = "move the rules that both need to a pack, and use that";
            return layer.file.error(name.span.clone(), message, help);
        }
        let help = match nearest(name, packs()) {
            Some(near) => format!("write `{near}`"),
            None if self.packs.is_empty() => "take it away: there are no packs".to_owned(),
            None => format!("write one of {}", listed(packs())),
        };
        layer.file.error(name.span.clone(), format!("there is no pack `{}`", name.value), help)
    }

    /// The circles in which packs use each other, each once.
    pub(super) fn circles(&self) -> Vec<Diagnostic> {
        let mut visits = HashMap::new();
        let mut problems = Vec::new();
        for name in self.packs.keys() {
            self.visit(name, 0, &mut visits, &mut Vec::new(), &mut problems);
        }
        problems
    }

    fn visit<'a>(
        &'a self,
        name: &'a str,
        depth: usize,
        visits: &mut HashMap<(&'a str, usize), Visit>,
        way: &mut Vec<(&'a str, usize)>,
        problems: &mut Vec<Diagnostic>,
    ) {
        if visits.contains_key(&(name, depth)) {
            return;
        }
        let Some(layers) = self.packs.get(name) else { return };
        let Some(layer) = layers.get(depth) else { return };
        visits.insert((name, depth), Visit::Open);
        way.push((name, depth));
        for used in layer.written().uses() {
            let next = match self.used(name, depth, layers.len(), used) {
                Used::Base => (name, depth + 1),
                Used::Pack(pack, below) => (pack, below),
                Used::Unknown => continue,
            };
            if visits.get(&next) == Some(&Visit::Open) {
                problems.push(circle(layer, used, way, next));
            } else {
                self.visit(next.0, next.1, visits, way, problems);
            }
        }
        way.pop();
        visits.insert((name, depth), Visit::Done);
    }
}

fn circle(layer: &Layer<PackFile>, used: &Located<String>, way: &[(&str, usize)], to: (&str, usize)) -> Diagnostic {
    let start = way.iter().position(|step| *step == to).unwrap_or_default();
    let names: Vec<_> = way[start..].iter().chain([&to]).map(|(name, _)| *name).collect();
    let message = format!("`use` goes in a circle: {}", names.join(" → "));
    layer.file.error(used.span.clone(), message, "take one of these away")
}

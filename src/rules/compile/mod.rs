//! Defines how a written file becomes rules that can run, and what is wrong with one that cannot.
//!
//! Each file is compiled by itself, so that every message points into the file that it speaks of, and a pack is
//! compiled once however many sources use it; [`parts`] then lays them together.

mod finder;
mod meta;
pub mod parts;
mod rule;
mod value;

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use self::parts::{PackParts, SiteParts};
use super::diagnostic::{Diagnostic, FileText};
use super::file::{BodySection, DropRule, InlineRule, LayoutSection, PackFile, SiteFile};
use super::source::{Body, Layout, Rule};

/// What one rule may drop unless it says so itself. Half a page is more than any one box of boilerplate has, and an
/// article of usual length is more than that.
pub const RULE_SHARE: f64 = 0.5;
/// What all rules of a source may drop unless its file says so. News pages with long teaser lists come near to three
/// quarters; beyond that a rule has most likely eaten the article.
pub const SOURCE_SHARE: f64 = 0.75;

/// How closely a file is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// As far as its rules need it to run.
    Quick,
    /// Whether its patterns are too big as well, which takes as long as all else.
    Full,
}

/// Compiles a site file; `stem` is its name without the ending. What is broken is left out, and told.
pub fn site(written: &SiteFile, file: &FileText, stem: &str, check: Check) -> (SiteParts, Vec<Diagnostic>) {
    let mut compiler = Compiler::new(file, stem, check);
    let parts = compiler.site(written);
    (parts, compiler.finish())
}

/// Compiles a pack; `stem` is its name without the ending. What is broken is left out, and told.
pub fn pack(written: &PackFile, file: &FileText, stem: &str, check: Check) -> (PackParts, Vec<Diagnostic>) {
    let mut compiler = Compiler::new(file, stem, check);
    let rules = compiler.rules("", &written.drop, &written.inline);
    let platform = compiler.platform(written);
    let parts = PackParts { rules, platform, uses: written.uses.clone() };
    (parts, compiler.finish())
}

/// What is known while one file is compiled.
struct Compiler<'a> {
    file: &'a FileText,
    stem: &'a str,
    check: Check,
    /// The ids given so far, with their places.
    ids: HashMap<&'a str, Range<usize>>,
    /// The file's tables with their places, read once something without a place of its own is wrong.
    tables: OnceCell<Spanned<DeTable<'a>>>,
    problems: Vec<Diagnostic>,
}

impl<'a> Compiler<'a> {
    fn new(file: &'a FileText, stem: &'a str, check: Check) -> Self {
        Self { file, stem, check, ids: HashMap::new(), tables: OnceCell::new(), problems: Vec::new() }
    }

    fn finish(mut self) -> Vec<Diagnostic> {
        self.problems.sort_by_key(|problem| problem.span.start);
        self.problems
    }

    fn error(&mut self, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(self.file.error(span, message, help));
    }

    /// A section lacks a key: one of these.
    fn lacking(&mut self, keys: &[&str], span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(self.file.error(span, message, help).about(keys.iter().copied()));
    }

    /// Where the table or key at a path such as `drop.3.where` stands; where there is none, the nearest around it.
    fn place(&self, path: &str) -> Range<usize> {
        let mut place = 0..0;
        let mut table = Some(self.tables.get_or_init(|| DeTable::parse_recoverable(&self.file.text).0).get_ref());
        let mut list: Option<&[Spanned<DeValue<'_>>]> = None;
        for step in path.split('.').filter(|step| !step.is_empty()) {
            let found = match (table, list) {
                // One table may stand for a list of one.
                (Some(table), _) if step.parse::<usize>().is_ok() && !table.contains_key(step) => continue,
                (Some(table), _) => table.get(step),
                (None, Some(list)) => step.parse().ok().and_then(|index: usize| list.get(index)),
                (None, None) => None,
            };
            let Some(found) = found else { break };
            place = found.span();
            table = found.get_ref().as_table();
            list = found.get_ref().as_array().map(|list| &**list);
        }
        place
    }

    fn site(&mut self, written: &'a SiteFile) -> SiteParts {
        for host in &written.hosts {
            self.check_host(host);
        }
        for path in written.paths.iter().filter(|path| !path.starts_with('/')) {
            let message = format!("the path `{}` does not begin with `/`", path.value);
            self.error(path.span.clone(), message, format!("write `'/{}'`", path.value));
        }
        if let (Some(first), true) = (written.paths.first(), written.hosts.is_empty()) {
            self.error(first.span.clone(), "`paths` without `hosts`", "add `hosts = ['…']`, which `paths` narrows");
        }
        let marks = written.marks.iter().filter_map(|mark| self.whole(mark)).collect();
        let body = self.body(&written.body, "body");
        let meta = self.meta("meta", &written.meta);
        let max_share = written.limits.max_share.as_ref().and_then(|share| self.share("max-share", share));
        let rules = self.rules("", &written.drop, &written.inline);
        let layouts = written.layout.iter().enumerate().map(|(at, layout)| self.layout(at, layout)).collect();
        SiteParts {
            text_input: written.text_input,
            marks,
            body,
            meta,
            max_share,
            policy: written.policy.clone(),
            without: written.without.clone(),
            rules,
            layouts,
        }
    }

    /// What a pack says of the pages of a platform. One that applies to every page cannot know where their body lies.
    fn platform(&mut self, written: &'a PackFile) -> SiteParts {
        let body = self.body(&written.body, "body");
        let meta = self.meta("meta", &written.meta);
        let layouts: Vec<_> = written.layout.iter().enumerate().map(|(at, one)| self.layout(at, one)).collect();
        let sections = [("body", body.is_some()), ("meta", !meta.is_empty()), ("layout", !layouts.is_empty())];
        if let (Some(true), Some((section, _))) = (written.everywhere, sections.iter().find(|(_, is_there)| *is_there))
        {
            let message = format!("`{section}` in a pack that applies to every page");
            let help = "take `everywhere` away, and name the pack in the `use` of the sites that it is about";
            self.error(self.place(section), message, help);
        }
        SiteParts { body, meta, layouts, ..SiteParts::default() }
    }

    fn check_host(&mut self, host: &super::located::Located<String>) {
        let name = host.trim().to_lowercase();
        let bare = name.split_once("://").map_or(name.as_str(), |(_, rest)| rest);
        let bare = bare.split(['/', ':', '?', '#']).next().unwrap_or_default();
        let bare = bare.trim_start_matches("*.").trim_start_matches("www.").trim_matches('.');
        let fitting = !bare.is_empty() && bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
        if !fitting {
            self.error(host.span.clone(), format!("`{}` is not a host", host.value), "write `'example.org'`");
        } else if bare != name.trim_start_matches("www.") {
            let message = format!("`{}` is more than a host", host.value);
            self.error(
                host.span.clone(),
                message,
                format!("write `'{bare}'`, which stands for its sub-domains as well"),
            );
        }
    }

    /// The body of a section; `None` where it says nothing.
    fn body(&mut self, written: &BodySection, path: &str) -> Option<Body> {
        let generic = written.generic.as_ref().is_some_and(|generic| generic.value);
        if written.select.is_empty() && written.from.is_none() && written.to.is_none() && !generic {
            return None;
        }
        let mut select = Vec::new();
        for (at, alternative) in written.select.iter().enumerate() {
            if alternative.0.is_empty() {
                let place = self.place(&format!("{path}.select.{at}"));
                self.error(place, "an empty list selects nothing", "take it away, or write a selector in it");
            }
            select.push(alternative.0.iter().filter_map(|selector| self.selector(selector)).collect());
        }
        let from = written.from.as_ref().and_then(|pattern| self.whole(pattern));
        let to = match &written.to {
            Some(to) if to.value == "end" => None,
            to => to.as_ref().and_then(|pattern| self.whole(pattern)),
        };
        Some(Body { file: self.stem.into(), select, from, to, generic })
    }

    fn rules(&mut self, section: &str, drop: &'a [DropRule], inline: &'a [InlineRule]) -> Vec<Rule> {
        let mut rules = Vec::with_capacity(drop.len() + inline.len());
        for (at, written) in drop.iter().enumerate() {
            rules.extend(self.drop_rule(&format!("{section}drop.{at}"), written));
        }
        for (at, written) in inline.iter().enumerate() {
            rules.extend(self.inline_rule(&format!("{section}inline.{at}"), written));
        }
        rules
    }

    fn layout(&mut self, at: usize, written: &'a LayoutSection) -> Layout {
        let path = format!("layout.{at}");
        let when = &written.when;
        if written.since.is_none() && when.css.is_none() && when.line.is_none() {
            let help = "add `when = { css = '…' }` with an element that only its pages have, or `since = '2025-08-21'`";
            let keys = ["since", "when", "css", "line"];
            self.lacking(&keys, self.place(&path), "nothing tells pages of this layout", help);
        }
        Layout {
            file: self.stem.into(),
            since: written.since.as_ref().and_then(|since| self.day(since)),
            when_css: when.css.as_ref().and_then(|css| self.selector(css)),
            when_line: when.line.as_ref().and_then(|line| self.whole(line)),
            body: self.body(&written.body, &format!("{path}.body")),
            meta: self.meta(&format!("{path}.meta"), &written.meta),
            rules: self.rules(&format!("{path}."), &written.drop, &written.inline),
        }
    }
}

#[cfg(test)]
mod tests;

//! Defines what is allowed in rule files but hardly meant.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use self::rivals::rivals;
use self::unmatched::unmatched;
use super::compile::Check;
use super::diagnostic::{Diagnostic, FileText};
use super::file::{
    BodySection, DropRule, InlineRule, InputKind, LayoutSection, MetaSection, PackFile, SiteFile, Where,
};
use super::library::{Layer, Library, Origin};
use super::located::Located;
use super::pattern::Pattern;
use super::selector::{can_never_match, finds_no_content};
use super::shape;

mod rivals;
mod unmatched;

/// A shorter mark is a word or two, which other sources write as well.
const SHORTEST_MARK: usize = 12;

/// All errors and warnings on the files of a library, by file and place.
pub fn check(library: &Library) -> Vec<Diagnostic> {
    let mut problems = library.problems();
    let mut used = HashSet::new();
    for (id, layers) in library.site_layers() {
        for (depth, layer) in layers.iter().enumerate() {
            let written = layer.written();
            used.extend(written.uses.iter().map(|name| name.value.as_str()));
            problems.extend(site_warnings(written, &layer.file));
            problems.extend(idle_withouts(library, written, &layer.file));
            let based = depth + 1 < layers.len() && written.uses.iter().any(|name| name.value == id);
            problems.extend(if based { None } else { unreachable(written, &layer.file) });
        }
    }
    for (_, layers) in library.pack_layers() {
        for layer in layers {
            used.extend(layer.written().uses.iter().map(|name| name.value.as_str()));
            problems.extend(pack_warnings(layer.written(), &layer.file));
        }
    }
    let idle = |id: &str| !used.contains(id) && !library.applies_everywhere(id);
    for (id, layers) in library.pack_layers().filter(|(id, _)| idle(id)) {
        problems.extend(layers.first().and_then(|layer| unused(id, layer)));
    }
    for path in library.ignored() {
        let file = FileText::new(path.to_string_lossy(), "");
        problems.push(file.warning(0..0, "this is no rule file", "give it the ending `.toml`, or take it away"));
    }
    for path in library.misplaced() {
        let file = FileText::new(path.to_string_lossy(), "");
        let help = "put site files into a folder `sites`, packs into a folder `packs`, none deeper";
        problems.push(file.warning(0..0, "rule files are not read from here", help));
    }
    problems.extend(rivals(library));
    problems.sort_by(|a, b| (&a.file, a.span.start).cmp(&(&b.file, b.span.start)));
    problems.dedup();
    problems
}

/// All errors and warnings on a site file by itself; `stem` is its name without the ending.
pub fn check_site(file: &FileText, stem: &str) -> Vec<Diagnostic> {
    let (written, shape) = shape::read::<SiteFile>(file);
    let mut problems = shape::together(shape, super::compile::site(&written, file, stem, Check::Full).1);
    problems.extend(site_warnings(&written, file));
    problems.extend(if written.uses.iter().any(|name| name.value == stem) {
        None
    } else {
        unreachable(&written, file)
    });
    problems.sort_by_key(|problem| problem.span.start);
    problems
}

/// All errors and warnings on a pack by itself; `stem` is its name without the ending.
pub fn check_pack(file: &FileText, stem: &str) -> Vec<Diagnostic> {
    let (written, shape) = shape::read::<PackFile>(file);
    let mut problems = shape::together(shape, super::compile::pack(&written, file, stem, Check::Full).1);
    problems.extend(pack_warnings(&written, file));
    problems.sort_by_key(|problem| problem.span.start);
    problems
}

/// A site that no page can be told to come from. Only an error where rules are checked: it does no harm.
fn unreachable(written: &SiteFile, file: &FileText) -> Option<Diagnostic> {
    let known = !written.hosts.is_empty() || !written.marks.is_empty() || written.name.is_some();
    let help = "add `hosts = ['example.org']`, or `marks`, for pages without a URL";
    (!known).then(|| file.error(0..0, "no page can be told to be of this site", help))
}

/// A pack of one's own that nothing builds on. The built-in ones are there for others to use.
fn unused(id: &str, layer: &Layer<PackFile>) -> Option<Diagnostic> {
    let help = format!("add `use = [\"{id}\"]` to a site file, or `everywhere = true` to the pack, or take it away");
    (layer.origin != Origin::BuiltIn).then(|| layer.file.warning(0..0, format!("nothing uses the pack `{id}`"), help))
}

/// Packs that a file leaves out, which would not apply to its pages anyway.
fn idle_withouts(library: &Library, written: &SiteFile, file: &FileText) -> Vec<Diagnostic> {
    let names = written.without.iter().filter(|name| !library.applies_everywhere(name));
    let warn = |name: &Located<String>| {
        let message = format!("the pack `{}` does not apply by itself, so it need not be left out", name.value);
        file.warning(name.span.clone(), message, "take it away")
    };
    names.map(warn).collect()
}

fn site_warnings(written: &SiteFile, file: &FileText) -> Vec<Diagnostic> {
    let mut lint = Lint::new(file);
    for mark in &written.marks {
        if mark.chars().filter(|c| c.is_alphanumeric()).count() < SHORTEST_MARK && Pattern::whole(mark).is_ok() {
            let help = "take a text that no other source writes, of several words";
            lint.warn(mark.span.clone(), "a mark so short is on other pages as well", help);
        }
        lint.greedy(mark, true);
        lint.unmatched(mark, true);
    }
    lint.repeated("host", &written.hosts);
    lint.repeated("pack", &written.uses);
    lint.places(&written.body, &written.meta);
    lint.rules(written.uses.is_empty(), &written.drop, &written.inline);
    lint.layouts(&written.layout);
    lint.problems
}

fn pack_warnings(written: &PackFile, file: &FileText) -> Vec<Diagnostic> {
    let mut lint = Lint::new(file);
    lint.repeated("pack", &written.uses);
    // A site may use other packs after this one.
    lint.places(&written.body, &written.meta);
    lint.rules(false, &written.drop, &written.inline);
    lint.layouts(&written.layout);
    lint.problems
}

struct Lint<'a> {
    file: &'a FileText,
    problems: Vec<Diagnostic>,
}

impl<'a> Lint<'a> {
    fn new(file: &'a FileText) -> Self {
        Self { file, problems: Vec::new() }
    }

    fn warn(&mut self, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(self.file.warning(span, message, help));
    }

    fn layouts(&mut self, layouts: &[LayoutSection]) {
        for layout in layouts {
            layout.when.css.iter().for_each(|css| self.selector(css, false));
            layout.when.line.iter().for_each(|line| self.unmatched(line, true));
            self.places(&layout.body, &layout.meta);
            // The rules of the file come after them.
            self.rules(false, &layout.drop, &layout.inline);
        }
    }

    /// Warns of where body and metadata are said to be.
    fn places(&mut self, body: &BodySection, meta: &MetaSection) {
        body.select.iter().flat_map(|union| &union.0).for_each(|css| self.selector(css, true));
        body.from.iter().chain(&body.to).for_each(|anchor| self.unmatched(anchor, true));
        if let Some(generic) = body.generic.as_ref().filter(|generic| !generic.value) {
            let help = "take it away: the generic cleaner judges the body only where this is `true`";
            self.warn(generic.span.clone(), "`generic = false` says nothing", help);
        }
        for place in [&meta.title, &meta.author, &meta.date].into_iter().flat_map(|places| &places.0) {
            place.css.iter().for_each(|css| self.selector(css, false));
            place.line.iter().for_each(|line| self.unmatched(line, true));
            place.find.iter().for_each(|find| self.unmatched(find, false));
            if !is_narrow(&place.scope) {
                place.line.iter().for_each(|line| self.greedy(line, true));
                place.find.iter().for_each(|find| self.greedy(find, false));
            }
        }
    }

    /// Warns of single rules and of their order; `is_last` says that no other rules come after them.
    fn rules(&mut self, is_last: bool, drop: &[DropRule], inline: &[InlineRule]) {
        for rule in drop {
            rule.css.iter().chain(&rule.closest).for_each(|css| self.selector(css, true));
            rule.closest.as_ref().or(rule.css.as_ref()).into_iter().for_each(|css| self.whole_page(css));
            [&rule.line, &rule.from, &rule.to, &rule.scope.under, &rule.scope.previous, &rule.scope.next]
                .into_iter()
                .flatten()
                .for_each(|p| self.unmatched(p, true));
            [&rule.find, &rule.text].into_iter().flatten().for_each(|pattern| self.unmatched(pattern, false));
            if !is_narrow(&rule.scope) {
                rule.line.iter().chain(&rule.from).for_each(|pattern| self.greedy(pattern, true));
                rule.find.iter().for_each(|find| self.greedy(find, false));
            }
            if let (Some(to), None, None) = (&rule.to, &rule.scope.after, &rule.max_share)
                && to.value == "end"
            {
                let help = "add `where = { after = 0.6 }`, or a `max-share`";
                self.warn(to.span.clone(), "this may drop the whole article where `from` matches early", help);
            }
            if let (Some(css), Some(InputKind::Flattened)) = (&rule.css, rule.scope.input) {
                let help = "take `input` away, or find the blocks by `line`";
                self.warn(css.span.clone(), "flattened pages have no elements, so this never matches", help);
            }
            if let (true, Some(share)) = (rule.keep, &rule.max_share) {
                let help = "take it away: a rule with `keep` drops nothing";
                self.warn(share.span.clone(), "`max-share` beside `keep` has no meaning", help);
            }
        }
        for rule in inline {
            rule.find.iter().for_each(|find| self.greedy(find, false));
            rule.find.iter().for_each(|find| self.unmatched(find, false));
        }
        let mut seen: HashMap<String, &Located<String>> = HashMap::new();
        for rule in drop {
            let Some(id) = &rule.id else { continue };
            if let Some(first) = seen.get(&found_by(rule)) {
                let line = self.file.warning(first.span.clone(), "", "").line();
                let message = format!("this finds the same as the rule of line {line}, which comes first");
                self.warn(id.span.clone(), message, "take one of them away");
            } else {
                seen.insert(found_by(rule), id);
            }
        }
        if let Some(id) = drop.last().filter(|rule| rule.keep && is_last).and_then(|rule| rule.id.as_ref()) {
            let help = "put it before the rules from which it protects";
            self.warn(id.span.clone(), "nothing is dropped after this rule, so it protects from nothing", help);
        }
    }

    fn selector(&mut self, css: &Located<String>, content: bool) {
        let never = can_never_match(css).map(|(why, help)| (format!("this never matches: {why}"), help));
        if let Some((message, help)) = never.or_else(|| finds_no_content(css).filter(|_| content)) {
            self.warn(css.span.clone(), message, help);
        }
    }

    /// Warns of a rule that drops the page.
    fn whole_page(&mut self, css: &Located<String>) {
        let is_page = |one: &str| matches!(one.trim().to_lowercase().as_str(), "html" | "body" | "*" | ":root");
        if css.split(',').any(is_page) {
            let help = "write what tells the elements to drop from those of the article";
            self.warn(css.span.clone(), "this finds the whole page", help);
        }
    }

    /// Warns of a pattern that no text can match.
    fn unmatched(&mut self, written: &Located<String>, whole: bool) {
        if let Some((why, help)) = unmatched(written, whole) {
            self.warn(written.span.clone(), format!("this never matches: {why}"), help);
        }
    }

    /// Warns of a pattern that matches anything.
    fn greedy(&mut self, written: &Located<String>, whole: bool) {
        let pattern = if whole { Pattern::whole(written) } else { Pattern::part(written) };
        let Ok(pattern) = pattern else { return };
        let help = "write what tells these blocks from those of the article";
        // Texts that have nothing in common: what matches them all matches everything.
        if ["Zw\u{f6}lf Boxk\u{e4}mpfer.", "1 2", "\u{4e2d}\u{6587}!", "-"].iter().all(|text| pattern.matches(text)) {
            self.warn(written.span.clone(), "this pattern matches every block", help);
        } else if pattern.matches("") {
            let help = "write what must be there: `+` in place of `*`, or no `?`";
            self.warn(written.span.clone(), "this pattern matches even a block without text", help);
        }
    }

    fn repeated(&mut self, what: &str, names: &[Located<String>]) {
        let mut seen = HashSet::new();
        for name in names.iter().filter(|name| !seen.insert(name.as_str())) {
            self.warn(name.span.clone(), format!("the {what} `{}` is named twice", name.value), "take one away");
        }
    }
}

/// Whether so few blocks are left that a pattern need not tell them apart.
fn is_narrow(scope: &Where) -> bool {
    let by_neighbours = [&scope.under, &scope.previous, &scope.next].into_iter().any(Option::is_some);
    scope.first.is_some() || scope.last.is_some() || by_neighbours
}

/// All that decides which blocks a rule finds, spelt out.
fn found_by(rule: &DropRule) -> String {
    let text = |value: &Option<Located<String>>| value.as_ref().map(|text| text.value.clone());
    let number = |value: &Option<Located<f64>>| value.as_ref().map(|share| share.value);
    let scope = &rule.scope;
    format!(
        "{:?}",
        (
            [&rule.css, &rule.text, &rule.closest, &rule.line, &rule.find, &rule.from, &rule.to].map(text),
            [&scope.under, &scope.previous, &scope.next].map(text),
            [&scope.before, &scope.after].map(number),
            [&scope.first, &scope.last].map(|count| count.as_ref().map(|count| count.value)),
            (rule.pick.as_ref().map(|pick| pick.value), scope.isolated, scope.input, rule.keep),
        )
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::diagnostic::RuleErrors;

    const R: &str = "name = 'S'\n[[drop]]\nid = 'a'\ncategory = 'share'\n";

    /// Lines behind the head of a rule, the place, a part of the message.
    const WARNINGS: &[(&str, &str, &str)] = &[
        ("from = 'a'\nto = 'end'", "6:6", "may drop the whole article"),
        ("css = 'img p'", "5:7", "this never matches: `img` has nothing in it"),
        ("css = 'script'", "5:7", "never part of what a reader sees"),
        ("css = 'p'\nwhere = { input = 'flattened' }", "5:7", "have no elements"),
        ("line = '.*'", "5:8", "matches every block"),
        ("find = 'a*'", "5:8", "matches every block"),
        ("line = '(a)?'", "5:8", "even a block without text"),
        ("css = 'html, p'", "5:7", "finds the whole page"),
        ("line = ' a'", "5:8", "this never matches: no block begins"),
        ("find = 'a  b'", "5:8", "this never matches: several spaces"),
        ("line = 'a'\nkeep = true", "3:6", "protects from nothing"),
        ("line = 'a'\n[body]\ngeneric = false", "7:11", "says nothing"),
        ("line = 'a'\n[[drop]]\nid = 'b'\ncategory = 'other'\nline = 'a'", "7:6", "the same as the rule of line 3"),
    ];

    #[test]
    fn what_is_hardly_meant_is_told() {
        for (text, place, message) in WARNINGS {
            let file = FileText::new("s.toml", format!("{R}{text}\n"));
            let problems = check_site(&file, "s");
            assert_eq!(problems.len(), 1, "{text}: {problems:?}");
            let problem = &problems[0];
            assert!(problem.message.contains(message), "{problem:?}");
            assert!(problem.render(false).contains(&format!("s.toml:{place}")), "{}", problem.render(false));
            assert!(!problem.help.is_empty());
        }
        let harmless = format!("{R}from = 'a'\nto = 'end'\nwhere = {{ after = 0.5 }}\n");
        let narrow = format!("{R}line = '.+'\nwhere = {{ first = 1 }}\n");
        assert_eq!(check_site(&FileText::new("s.toml", narrow), "s"), []);
        assert_eq!(check_site(&FileText::new("s.toml", harmless), "s"), []);
    }

    #[test]
    fn built_in_rules_are_without_blame() {
        let problems = check(&Library::builtin());
        assert!(problems.is_empty(), "{}", RuleErrors(problems).render(false));
    }

    #[test]
    fn sites_with_the_same_pages_are_told() {
        let told = |one: &str, other: &str| {
            let library = Library::of_texts(&[
                ("sites/a.toml", &format!("hosts = ['www.a.de']\n{one}")),
                ("sites/b.toml", &format!("hosts = ['a.de']\n{other}")),
            ]);
            check(&library).into_iter().map(|problem| problem.render(false)).collect::<Vec<_>>().join("\n")
        };
        let both = told("", "");
        assert!(both.contains("sites/b.toml:1:10") && both.contains("claimed by sites/a.toml as well"), "{both}");
        assert!(told("paths = ['/x']", "paths = ['/y', '/x']").contains("as well"));
        assert_eq!(told("paths = ['/x']", ""), "");
        assert_eq!(told("paths = ['/x']", "paths = ['/y']"), "");
    }

    #[test]
    fn a_library_is_checked_as_a_whole() {
        let library = Library::of_texts(&[
            ("sites/s.toml", "marks = ['Teilen']\nuse = ['p', 'p']"),
            ("sites/t.toml", ""),
            ("sites/t.toml", "use = ['t']"),
            ("packs/p.toml", ""),
            ("packs/q.toml", ""),
        ]);
        let told: Vec<_> = check(&library).into_iter().map(|problem| problem.message).collect();
        let expected = ["nothing uses the pack `q`", "a mark so short", "named twice", "no page can be told"];
        assert_eq!(told.len(), expected.len(), "{told:?}");
        assert!(told.iter().zip(expected).all(|(told, part)| told.contains(part)), "{told:?}");
    }
}

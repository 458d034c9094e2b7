//! Gives every block of a page its verdict by the rules of the page's source.
//!
//! 1. What no reader sees is dropped by `page/<why>` ([`unseen`]).
//! 2. The layout of the page is found, and with it the body; what is outside is dropped by `<source>/body` ([`body`]).
//! 3. Each rule in turn finds blocks, and phrases in them, within its scope ([`find`], [`scope`]); what is protected or
//!    dropped already is passed over, and a rule that would drop too much is set aside ([`slate`]).
//! 4. If all together dropped too much, the greediest are set aside, until they have not.

mod body;
mod find;
pub mod reading;
pub mod scan;
pub(crate) mod scope;
mod slate;

use jiff::civil::Date;

use crate::category::Category;
use crate::document::{Document, Unseen};
use crate::ledger::{Cause, Ledger, Verdict};
use crate::rules::file::{Expect, Policy};
use crate::rules::source::{Body, Finder, Layout, Meta, Rule, Source, outside_of};
use reading::Window;
use scan::Scan;
use slate::Slate;

/// What a rule takes that finds nothing, in steps of a [`Pace`](crate::budget::Pace).
const A_RULE: usize = 8;

/// What the user wants done with whole categories, over what sources say.
pub type Policies = std::collections::BTreeMap<Category, Policy>;

/// What came of running a source's rules over a page.
#[derive(Debug)]
pub struct Stripped {
    /// A verdict a block.
    pub ledger: Ledger,
    /// What rules captured of the page's metadata.
    pub captured: Captured,
    /// The source bounds the body of flattened text by anchors, and none of them is on the page.
    pub lost_anchors: bool,
    /// For each block, whether a rule protects it: nothing that comes later drops it.
    pub protected: Vec<bool>,
}

impl Stripped {
    /// What comes of a page on which no rule has done anything yet: only what no reader sees is dropped.
    pub fn by_none(document: &Document) -> Self {
        let ledger = Ledger { verdicts: unseen(document), ..Ledger::default() };
        Self { ledger, captured: Captured::default(), lost_anchors: false, protected: Vec::new() }
    }
}

/// Metadata that rules captured in named groups: the first of each, in the order of the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captured {
    /// Group `title`.
    pub title: Option<String>,
    /// Group `author`.
    pub author: Option<String>,
    /// Group `date`, as written.
    pub date: Option<String>,
}

/// The body selectors of a source found nothing: the site was rebuilt since they were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaleRules;

/// Strips a page by the rules of its source.
pub fn strip(
    scan: &Scan<'_, '_>,
    source: &Source,
    layout: Option<&Layout>,
    policies: &Policies,
) -> Result<Stripped, StaleRules> {
    let body = body(source, layout);
    let window = body::find(scan, body).ok_or(StaleRules)?;
    let lost_anchors = body::lost_anchors(scan, body);
    let slate = blank_slate(scan, &window, source);
    Ok(Stripped { lost_anchors, ..strip_window(scan, &window, slate, source, layout, policies) })
}

/// Strips a page by rules of no source, those of packs: wherever they find something.
pub fn strip_whole(scan: &Scan<'_, '_>, packs: &Source, policies: &Policies) -> Stripped {
    let window = scan.reading().page();
    strip_window(scan, &window, blank_slate(scan, &window, packs), packs, None, policies)
}

/// The same for the generic cleaner, which looks at what was taken for comments once more: on some pages they are most of
/// the text, and on those of forums they are what the page is about. No guard protects them.
pub fn strip_for_generic(scan: &Scan<'_, '_>, packs: &Source, policies: &Policies) -> Stripped {
    let window = scan.reading().page();
    let slate = blank_slate(scan, &window, packs).without_guard_on(Category::Comments);
    strip_window(scan, &window, slate, packs, None, policies)
}

fn blank_slate<'r, 'd>(scan: &Scan<'r, 'd>, window: &Window, source: &Source) -> Slate<'r, 'd> {
    Slate::new(scan.reading(), window, &outside_of(&source.id))
}

fn strip_window(
    scan: &Scan<'_, '_>,
    window: &Window,
    mut slate: Slate<'_, '_>,
    source: &Source,
    layout: Option<&Layout>,
    policies: &Policies,
) -> Stripped {
    let rules = layout.map_or(&[][..], |layout| &layout.rules).iter().chain(&source.rules);
    let policy = |category| policies.get(&category).or_else(|| source.policy.get(&category));
    let applied: Vec<&Rule> = rules.filter(|rule| rule.keep || policy(rule.category) != Some(&Policy::Keep)).collect();
    let pace = scan.pace();
    for rule in applied.iter().take_while(|_| !pace.go(A_RULE)) {
        let found = find::find(scan, window, rule, |block| slate.keeps(block));
        slate.apply(rule, found);
    }
    slate.limit(source.max_share, pace);
    for rule in &applied {
        // A rule can only be missed on the kind of page that it is about.
        let about_this_page =
            matches!(rule.finder, Finder::Elements { .. }) == scan.reading().document().tree.is_some();
        match rule.expect {
            Some(Expect::Always | Expect::Often) if about_this_page => slate.expect(rule, true),
            Some(Expect::Never) => slate.expect(rule, false),
            _ => {}
        }
    }
    slate.finish()
}

/// The layout that a page is of: of those that fit, the latest; `date` is when the page says it was published.
pub fn layout<'s>(scan: &Scan<'_, '_>, source: &'s Source, date: Option<Date>) -> Option<&'s Layout> {
    source.layouts.iter().find(|layout| {
        if layout.when_css.is_none() && layout.when_line.is_none() {
            return layout.since.is_some_and(|since| date.is_some_and(|date| date >= since));
        }
        layout.when_css.as_ref().is_none_or(|selector| scan.elements(selector).next().is_some())
            && layout.when_line.as_ref().is_none_or(|line| scan.blocks(line).next().is_some())
    })
}

/// Where the body of a page lies.
pub fn body<'s>(source: &'s Source, layout: Option<&'s Layout>) -> &'s Body {
    layout.and_then(|layout| layout.body.as_ref()).unwrap_or(&source.body)
}

/// The places of metadata that hold for a page.
pub fn meta<'s>(source: &'s Source, layout: Option<&'s Layout>) -> &'s Meta {
    layout.map_or(&source.meta, |layout| &layout.meta)
}

/// A verdict a block: unseen blocks dropped, all others kept. What every way of cleaning starts from.
pub fn unseen(document: &Document) -> Vec<Verdict> {
    document
        .blocks
        .iter()
        .map(|block| block.unseen.map_or(Verdict::Kept, |unseen| Verdict::Dropped(why(unseen))))
        .collect()
}

fn why(unseen: Unseen) -> Cause {
    let (name, category) = match unseen {
        Unseen::Head => ("page/head", Category::Other),
        Unseen::Script => ("page/script", Category::Other),
        Unseen::Style => ("page/style", Category::Other),
        Unseen::Template => ("page/template", Category::Other),
        Unseen::Noscript => ("page/noscript", Category::Other),
        Unseen::Hidden => ("page/hidden", Category::Other),
        Unseen::Embedded => ("page/embedded", Category::Media),
        Unseen::Control => ("page/control", Category::Navigation),
        Unseen::Data => ("page/data", Category::Other),
    };
    Cause { rule: name.into(), category }
}

#[cfg(test)]
mod tests;

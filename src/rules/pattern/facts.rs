//! Defines what is known of a pattern before it is compiled, and where it falls apart into alternatives.
//!
//! Reading a pattern and looking for its needles takes as long as compiling it. So the build script, of which this file is
//! a part as well, does that for the patterns that every start needs, and keeps the facts in a [table](super::table).

use std::ops::Range;

use regex_syntax::ast::{Ast, GroupKind, parse::Parser};
use regex_syntax::hir::{Hir, HirKind};

use super::needles::{Needle, SHORTEST, needles};

/// What is known of a pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// Texts of which one stands in all that it matches.
    pub(super) needles: Option<Vec<Needle>>,
    /// How many bytes a text that it matches may have, if that is bounded.
    pub(super) longest: Option<usize>,
    /// The names of its groups, in order.
    pub(super) groups: Vec<String>,
    /// Where it falls apart into alternatives, if it does: each needle then names its own.
    pub(super) split: Option<Split>,
}

/// Where the alternatives of a pattern stand in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Split {
    /// The group that has them, or all of the pattern.
    pub(super) group: Range<usize>,
    pub(super) alternatives: Vec<Range<usize>>,
}

/// A pattern with fewer alternatives is compiled as quickly whole.
const FEWEST_ALTERNATIVES: usize = 4;

/// An alternative with more needles has them looked for elsewhere.
const MANY_NEEDLES: usize = 24;

impl Facts {
    /// The facts of a pattern; `whole` says that it must match a whole text.
    pub(super) fn of(pattern: &str, whole: bool) -> Result<Self, Box<regex_syntax::Error>> {
        let hir = regex_syntax::parse(pattern)?;
        let mut groups = Vec::new();
        add_groups(&hir, &mut groups);
        let longest = hir.properties().maximum_len().filter(|_| whole);
        if let Some((split, needles)) = Split::of(pattern, whole) {
            return Ok(Self { needles: Some(needles), longest, groups, split: Some(split) });
        }
        Ok(Self { needles: needles(&hir, whole), longest, groups, split: None })
    }
}

impl Split {
    /// The alternatives of a pattern that has several, with the needles of each.
    fn of(pattern: &str, whole: bool) -> Option<(Self, Vec<Needle>)> {
        // Comments may hold what looks like an alternative.
        if pattern.contains('#') {
            return None;
        }
        let ast = Parser::new().parse(pattern).ok()?;
        let split = match &ast {
            Ast::Alternation(_) => Self::at(0..pattern.len(), &ast),
            Ast::Group(_) => of_group(&ast),
            Ast::Concat(parts) => parts.asts.iter().filter_map(of_group).max_by_key(|split| split.alternatives.len()),
            _ => None,
        };
        let split = split.filter(|split| split.alternatives.len() >= FEWEST_ALTERNATIVES)?;
        let mut all = Vec::new();
        for at in 0..split.alternatives.len() {
            let own = split.needles(pattern, at, whole)?;
            if own.is_empty() || own.iter().any(|needle| needle.text.len() < SHORTEST) {
                return None;
            }
            let alternative = u16::try_from(at).ok()?;
            all.extend(own.into_iter().map(|needle| Needle { alternative, ..needle }));
        }
        Some((split, all))
    }

    /// The needles of an alternative. What stands before the group would multiply them, and so may the alternative: then
    /// those are taken that stand somewhere in it, if they are fewer.
    fn needles(&self, pattern: &str, at: usize, whole: bool) -> Option<Vec<Needle>> {
        let of = |text: &str, whole| needles(&regex_syntax::parse(text).ok()?, whole);
        let all = || of(&self.alternative(pattern, at), whole);
        // Flags hold for what is behind them.
        let before = pattern.get(..self.group.start)?;
        if before.match_indices("(?").any(|(at, open)| !before[at + open.len()..].starts_with(':')) {
            return all();
        }
        let inner = of(pattern.get(self.alternatives.get(at)?.clone())?, false);
        if self.group.start > 0 && inner.is_some() {
            return inner;
        }
        let all = all()?;
        Some(inner.filter(|inner| all.len() > MANY_NEEDLES && inner.len() < all.len()).unwrap_or(all))
    }

    fn at(group: Range<usize>, ast: &Ast) -> Option<Self> {
        let Ast::Alternation(alternation) = ast else { return None };
        let has_flags = |ast: &Ast| match ast {
            Ast::Flags(_) => true,
            Ast::Concat(parts) => parts.asts.iter().any(|part| matches!(part, Ast::Flags(_))),
            _ => false,
        };
        // Flags hold for the alternatives behind them as well.
        if alternation.asts.iter().any(has_flags) {
            return None;
        }
        let place = |ast: &Ast| ast.span().start.offset..ast.span().end.offset;
        Some(Self { group, alternatives: alternation.asts.iter().map(place).collect() })
    }

    /// The pattern with only one of its alternatives.
    pub(super) fn alternative(&self, pattern: &str, at: usize) -> String {
        let part = |range: Range<usize>| pattern.get(range).unwrap_or_default();
        let alternative = self.alternatives.get(at).cloned().unwrap_or_default();
        format!("{}(?:{}){}", part(0..self.group.start), part(alternative), part(self.group.end..pattern.len()))
    }
}

/// The alternatives of a group that neither captures nor sets flags.
fn of_group(ast: &Ast) -> Option<Split> {
    let Ast::Group(group) = ast else { return None };
    match &group.kind {
        GroupKind::NonCapturing(flags) if flags.items.is_empty() => {
            Split::at(group.span.start.offset..group.span.end.offset, &group.ast)
        }
        _ => None,
    }
}

/// The names of the groups of a pattern, in order.
fn add_groups(hir: &Hir, groups: &mut Vec<String>) {
    match hir.kind() {
        HirKind::Capture(capture) => {
            groups.extend(capture.name.as_deref().map(str::to_owned));
            add_groups(&capture.sub, groups);
        }
        HirKind::Repetition(repeated) => add_groups(&repeated.sub, groups),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().for_each(|part| add_groups(part, groups)),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => {}
    }
}

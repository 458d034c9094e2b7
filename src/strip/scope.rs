//! Decides which blocks of a window a rule may find (`where`).

use std::cell::OnceCell;

use super::reading::Window;
use super::scan::Scan;
use crate::document::BlockKind;
use crate::rules::file::InputKind;
use crate::rules::pattern::Pattern;
use crate::rules::source::Scope;

/// Which members of a window a scope admits; asked of the few that may matter.
pub(crate) struct Admission<'a> {
    scan: &'a Scan<'a, 'a>,
    window: &'a Window,
    scope: &'a Scope,
    /// Whether the page came as the scope wants it.
    input_fits: bool,
    /// For each member, whether it stands below the heading of the scope.
    under: OnceCell<Vec<bool>>,
}

impl<'a> Admission<'a> {
    pub(crate) fn new(scan: &'a Scan<'a, 'a>, window: &'a Window, scope: &'a Scope) -> Self {
        let is_html = scan.reading().document().tree.is_some();
        let input_fits = scope.input.is_none_or(|input| (input == InputKind::Html) == is_html);
        Self { scan, window, scope, input_fits, under: OnceCell::new() }
    }

    /// Whether the member at a position is admitted.
    pub(crate) fn admits(&self, position: usize) -> bool {
        let Scope { first, last, before, after, isolated, under, previous, next, input: _ } = self.scope;
        let share = || self.window.before[position] as f64 / self.window.total.max(1) as f64;
        self.input_fits
            && first.is_none_or(|first| position < first)
            && last.is_none_or(|last| position + last >= self.window.members.len())
            && before.is_none_or(|before| share() < before)
            && after.is_none_or(|after| share() >= after)
            && isolated.is_none_or(|isolated| self.is_isolated(position) == isolated)
            && previous.as_ref().is_none_or(|line| self.is(position.checked_sub(1), line))
            && next.as_ref().is_none_or(|line| self.is(position.checked_add(1), line))
            && under.as_ref().is_none_or(|heading| {
                self.under.get_or_init(|| self.below(heading)).get(position).copied().unwrap_or_default()
            })
    }

    /// Whether there is a member at a position, and a pattern matches it.
    fn is(&self, position: Option<usize>, pattern: &Pattern) -> bool {
        let member = position.and_then(|position| self.window.members.get(position));
        member.is_some_and(|block| self.scan.is_match(pattern, *block))
    }

    fn is_isolated(&self, position: usize) -> bool {
        let blocks = &self.scan.reading().document().blocks;
        let apart = |position: usize| self.window.members.get(position).is_none_or(|&index| blocks[index].apart);
        apart(position) && apart(position + 1)
    }

    /// For each member, whether it stands below a heading that matches, up to the next heading that is not below that
    /// one.
    fn below(&self, heading: &Pattern) -> Vec<bool> {
        // A block of plain text is as far down as can be: nothing ends what it opens but the next block that matches.
        const NO_HEADING: u8 = u8::MAX;
        let document = self.scan.reading().document();
        let mut headings = self.scan.members(self.window, heading, |_| true).peekable();
        let mut open: Option<u8> = None;
        let mut below = Vec::with_capacity(self.window.members.len());
        for (position, &index) in self.window.members.iter().enumerate() {
            let level = match document.blocks[index].kind {
                BlockKind::Heading { level } => level,
                _ => NO_HEADING,
            };
            let ends = level != NO_HEADING && open.is_some_and(|open| level <= open);
            if ends {
                open = None;
            }
            below.push(open.is_some());
            let is_heading = headings.next_if_eq(&position).is_some();
            let may_open = level != NO_HEADING || document.tree.is_none();
            if is_heading && may_open && open.is_none() {
                open = Some(level);
            }
        }
        below
    }
}

//! Decides which blocks of a window a rule may find (`where`).

use super::reading::{Reading, Window};
use crate::document::BlockKind;
use crate::rules::file::InputKind;
use crate::rules::pattern::Pattern;
use crate::rules::source::Scope;

/// For each member of the window, whether the scope admits it.
pub(crate) fn admitted(reading: &Reading<'_>, window: &Window, scope: &Scope) -> Vec<bool> {
    let count = window.members.len();
    let mut admitted = vec![true; count];
    let mut narrow = |admits: &dyn Fn(usize) -> bool| {
        for (position, one) in admitted.iter_mut().enumerate() {
            *one = *one && admits(position);
        }
    };
    if scope.input.is_some_and(|input| (input == InputKind::Html) != reading.document().tree.is_some()) {
        narrow(&|_| false);
    }
    if let Some(first) = scope.first {
        narrow(&|position| position < first);
    }
    if let Some(last) = scope.last {
        narrow(&|position| position + last >= count);
    }
    let share = |position: usize| window.before[position] as f64 / window.total.max(1) as f64;
    if let Some(before) = scope.before {
        narrow(&|position| share(position) < before);
    }
    if let Some(after) = scope.after {
        narrow(&|position| share(position) >= after);
    }
    if let Some(isolated) = scope.isolated {
        let blocks = &reading.document().blocks;
        let apart = |position: usize| window.members.get(position).is_none_or(|&index| blocks[index].apart);
        narrow(&|position| (apart(position) && apart(position + 1)) == isolated);
    }
    if let Some(heading) = &scope.under {
        let under = under(reading, window, heading);
        narrow(&|position| under[position]);
    }
    admitted
}

/// For each member, whether it stands below a heading that matches, up to the next heading that is not below that one.
fn under(reading: &Reading<'_>, window: &Window, heading: &Pattern) -> Vec<bool> {
    // A block of plain text is as far down as can be: nothing ends what it opens but the next block that matches.
    const NO_HEADING: u8 = u8::MAX;
    let mut open: Option<u8> = None;
    let mut under = Vec::with_capacity(window.members.len());
    for &index in &window.members {
        let level = match reading.document().blocks[index].kind {
            BlockKind::Heading { level } => level,
            _ => NO_HEADING,
        };
        let ends = level != NO_HEADING && open.is_some_and(|open| level <= open);
        if ends {
            open = None;
        }
        under.push(open.is_some());
        let may_open = level != NO_HEADING || reading.document().tree.is_none();
        if may_open && open.is_none() && reading.text(index).is_some_and(|text| heading.matches(text.as_str())) {
            open = Some(level);
        }
    }
    under
}

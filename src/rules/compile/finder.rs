//! Defines how what a rule finds is compiled: its finder and the blocks that it is narrowed to.

use super::Compiler;
use crate::rules::file::{DropRule, Where};
use crate::rules::located::Located;
use crate::rules::source::{Finder, Scope};

impl Compiler<'_> {
    /// What a drop rule finds; `None` where that is broken.
    pub(super) fn drop_finder(&mut self, path: &str, written: &DropRule) -> Option<Finder> {
        self.check_companions(path, written);
        let ways = [("css", &written.css), ("line", &written.line), ("find", &written.find), ("from", &written.from)];
        let (way, value) = self.only_one(path, &ways)?;
        match way {
            "css" => {
                let select = self.selector(value);
                let text = written.text.as_ref().map(|text| self.part(text));
                let closest = written.closest.as_ref().map(|closest| self.selector(closest));
                let pick = written.pick.as_ref().map(|pick| pick.value);
                Some(Finder::Elements { select: select?, text: whole(text)?, closest: whole(closest)?, pick })
            }
            "line" => self.whole(value).map(Finder::Blocks),
            "find" => self.part(value).map(Finder::Blocks),
            _ => {
                let from = self.whole(value);
                let to = match &written.to {
                    None => {
                        let help = "add `to = 'a pattern'`, or `to = \"end\"` for all that follows";
                        self.error(value.span.clone(), "`from` says no end: `to` is missing", help);
                        return None;
                    }
                    Some(to) if to.value == "end" => None,
                    Some(to) => Some(self.whole(to)?),
                };
                Some(Finder::Between { from: from?, to, or_end: written.or_end, each: written.each })
            }
        }
    }

    /// Checks the keys that only make sense beside another one.
    fn check_companions(&mut self, path: &str, written: &DropRule) {
        let span = |value: &Option<Located<String>>| value.as_ref().map(|value| value.span.clone());
        let with_css = [
            ("text", span(&written.text), "take it away, or use `find`, which looks into blocks"),
            ("closest", span(&written.closest), "take it away, or find the block by `css`"),
            (
                "pick",
                written.pick.as_ref().map(|pick| pick.span.clone()),
                "take it away, or use `where = { first = 1 }`",
            ),
        ];
        if written.css.is_none() {
            for (key, span, help) in with_css {
                if let Some(span) = span {
                    self.error(span, format!("`{key}` has a meaning only with `css`"), help);
                }
            }
        }
        if let Some(pick) = written.pick.as_ref().filter(|pick| pick.value == 0) {
            self.error(
                pick.span.clone(),
                "`pick` counts from 1",
                "write `pick = 1` for the first, `pick = -1` for the last",
            );
        }
        match &written.to {
            Some(to) if written.from.is_none() => {
                self.error(to.span.clone(), "`to` has a meaning only with `from`", "add `from = '…'`, the first block");
            }
            Some(to) if to.value == "end" && written.or_end => {
                let place = self.place(&format!("{path}.or-end"));
                self.error(place, "`or-end` with `to = \"end\"` says the same twice", "take `or-end` away");
            }
            Some(to) if to.value == "end" && written.each => {
                let place = self.place(&format!("{path}.each"));
                self.error(place, "`each` with `to = \"end\"`: the first stretch has it all", "take `each` away");
            }
            None if written.each => {
                let place = self.place(&format!("{path}.each"));
                let help = "add `to = '…'`, the block behind each stretch";
                self.error(place, "`each` has a meaning only with `to`", help);
            }
            None if written.or_end => {
                let place = self.place(&format!("{path}.or-end"));
                self.error(
                    place,
                    "`or-end` has a meaning only with `to`",
                    "add `to = '…'`, the block that may be missing",
                );
            }
            _ => {}
        }
    }

    /// The one of several ways that is given.
    pub(super) fn only_one<'w>(
        &mut self,
        path: &str,
        ways: &[(&'static str, &'w Option<Located<String>>)],
    ) -> Option<(&'static str, &'w Located<String>)> {
        let mut given = ways.iter().filter_map(|(key, value)| value.as_ref().map(|value| (*key, value)));
        let names: Vec<_> = ways.iter().map(|(key, _)| format!("`{key}`")).collect();
        let names = names.join(", ");
        let Some(first) = given.next() else {
            let place = self.place(path);
            let keys: Vec<_> = ways.iter().map(|(key, _)| *key).collect();
            self.lacking(&keys, place, "nothing says what to find", format!("add one of {names}"));
            return None;
        };
        if let Some((second, value)) = given.next() {
            let message = format!("`{}` and `{second}` in one entry", first.0);
            self.error(value.span.clone(), message, format!("keep one of {names}; write a second entry for the other"));
            return None;
        }
        Some(first)
    }

    /// The blocks that a rule is narrowed to; `None` where that is broken.
    pub(super) fn scope(&mut self, written: &Where) -> Option<Scope> {
        let problems = self.problems.len();
        for (key, count) in [("first", &written.first), ("last", &written.last)] {
            if let Some(count) = count.as_ref().filter(|count| count.value == 0) {
                self.error(
                    count.span.clone(),
                    format!("`{key} = 0` leaves no block"),
                    format!("write `{key} = 1` or more"),
                );
            }
        }
        let before = written.before.as_ref().and_then(|share| self.share("before", share));
        let after = written.after.as_ref().and_then(|share| self.share("after", share));
        if let (Some(before), Some(after), Some(place)) = (before, after, &written.before)
            && before <= after
        {
            let message = format!("nothing lies before {before} and after {after} of the text");
            let help = if before < after {
                format!("write `before = {after}, after = {before}` if the part between them is meant")
            } else {
                "write a larger `before`".to_owned()
            };
            self.error(place.span.clone(), message, help);
        }
        let empty = [
            written.before.as_ref().filter(|_| before == Some(0.0)).map(|share| (share, "before = 0")),
            written.after.as_ref().filter(|_| after == Some(1.0)).map(|share| (share, "after = 1")),
        ];
        for (share, what) in empty.into_iter().flatten() {
            self.error(share.span.clone(), format!("`{what}` leaves no block"), "write a share between 0 and 1");
        }
        let [under, previous, next] =
            [&written.under, &written.previous, &written.next].map(|one| one.as_ref().map(|one| self.whole(one)));
        if self.problems.len() > problems {
            return None;
        }
        let count = |count: &Option<Located<u32>>| count.as_ref().and_then(|count| usize::try_from(count.value).ok());
        Some(Scope {
            first: count(&written.first),
            last: count(&written.last),
            before,
            after,
            isolated: written.isolated,
            input: written.input,
            under: whole(under)?,
            previous: whole(previous)?,
            next: whole(next)?,
        })
    }
}

/// What was left out is fine; what is broken is not.
#[expect(clippy::option_option, reason = "the outer one says whether it was written, the inner one whether it is good")]
pub(super) fn whole<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(value) => value.map(Some),
    }
}

//! Defines how single values are compiled: patterns, selectors, shares, days.

use std::ops::Range;

use jiff::civil::Date;

use super::Compiler;
use crate::rules::located::{Day, Located};
use crate::rules::nearest::{listed, nearest};
use crate::rules::pattern::{CUT, Pattern};
use crate::rules::selector::{self, Selector};

/// The groups that feed the metadata.
const METADATA: &[&str] = &["title", "author", "date"];

impl Compiler<'_> {
    /// A pattern for whole blocks.
    pub(super) fn whole(&mut self, written: &Located<String>) -> Option<Pattern> {
        self.pattern(written, Pattern::whole, METADATA)
    }

    /// A pattern for parts of blocks.
    pub(super) fn part(&mut self, written: &Located<String>) -> Option<Pattern> {
        self.pattern(written, Pattern::part, METADATA)
    }

    /// A pattern for phrases that are cut out.
    pub(super) fn phrase(&mut self, written: &Located<String>) -> Option<Pattern> {
        self.pattern(written, Pattern::part, &[CUT])
    }

    /// A text to be found as it stands.
    pub(super) fn literal(&mut self, written: &Located<String>) -> Option<Pattern> {
        if written.trim().is_empty() {
            self.error(written.span.clone(), "there is nothing to find", "write the text that is to be cut");
            return None;
        }
        // Blocks are matched in their normalised form, so what is looked for has to have it as well.
        let normal = crate::text::normalise(written);
        Pattern::literal(&normal).map_err(|error| self.bad_pattern(written, &error)).ok()
    }

    fn pattern(
        &mut self,
        written: &Located<String>,
        compile: fn(&str) -> Result<Pattern, regex::Error>,
        groups: &[&str],
    ) -> Option<Pattern> {
        if written.is_empty() {
            let help = "write what a block's text looks like; `.+` is any text";
            self.error(written.span.clone(), "the pattern is empty", help);
            return None;
        }
        let pattern = match compile(written) {
            Ok(pattern) => pattern,
            Err(error) => {
                self.bad_pattern(written, &error);
                return None;
            }
        };
        for name in pattern.group_names().filter(|name| !groups.contains(name)) {
            let at = written.find(&format!("<{name}>")).map_or(0..written.len(), |at| at + 1..at + 1 + name.len());
            let help = match nearest(name, groups.iter().copied()) {
                Some(near) => format!("write `(?P<{near}>…)`"),
                None => format!("write `(?:…)`; here a group may be called {}", listed(groups.iter().copied())),
            };
            let span = self.file.inside(written, at);
            self.problems.push(self.file.error(span, format!("no group is called `{name}` here"), help));
        }
        Some(pattern)
    }

    fn bad_pattern(&mut self, written: &Located<String>, error: &regex::Error) {
        let (place, message, help) = match regex_syntax::Parser::new().parse(written) {
            Err(regex_syntax::Error::Parse(error)) => {
                let (what, help) = syntax_mistake(error.kind());
                (bytes(error.span()), what, help)
            }
            Err(regex_syntax::Error::Translate(error)) => {
                (bytes(error.span()), error.kind().to_string(), "see https://docs.rs/regex for what a pattern may say")
            }
            _ if matches!(error, regex::Error::CompiledTooBig(_)) => (
                0..written.len(),
                "too big once it is spelt out".to_owned(),
                "write smaller counts than in `{1000}`, or `*` and `+` in their place",
            ),
            _ => (0..written.len(), "it cannot be compiled".to_owned(), "see https://docs.rs/regex"),
        };
        // The end of the pattern has no characters to point at: its last one stands for it.
        let place = if place.is_empty() { place.start.saturating_sub(1)..place.end } else { place };
        let span = self.file.inside(written, place);
        self.error(span, format!("bad pattern: {}", message.trim_end_matches('.')), help);
    }

    /// A CSS selector.
    pub(super) fn selector(&mut self, written: &Located<String>) -> Option<Selector> {
        match selector::compile(written) {
            Ok(selector) => Some(selector),
            Err(mistake) => {
                let span = self.file.inside(written, mistake.range);
                self.error(span, format!("bad selector: {}", mistake.message), mistake.help);
                None
            }
        }
    }

    /// A share of the text.
    pub(super) fn share(&mut self, key: &str, written: &Located<f64>) -> Option<f64> {
        if (0.0..=1.0).contains(&written.value) {
            return Some(written.value);
        }
        let percent = written.value / 100.0;
        let help = match percent {
            0.0..=1.0 => format!("write `{key} = {percent}`"),
            _ => format!("write a number from 0 to 1: `{key} = 0.5`"),
        };
        self.error(written.span.clone(), format!("`{key}` must be a share from 0 to 1"), help);
        None
    }

    /// A day of the calendar.
    pub(super) fn day(&mut self, written: &Located<Day>) -> Option<Date> {
        // jiff reads times and other forms as well; the file says days in one way only.
        let text = &written.value.0;
        match text.parse::<Date>() {
            Ok(day) if day.to_string() == *text => Some(day),
            _ => {
                let message = format!("`{text}` is not a day of the calendar");
                self.error(written.span.clone(), message, "write year, month and day: `'2025-08-21'`");
                None
            }
        }
    }
}

fn syntax_mistake(kind: &regex_syntax::ast::ErrorKind) -> (String, &'static str) {
    use regex_syntax::ast::ErrorKind;
    let help = match kind {
        ErrorKind::UnsupportedLookAround => {
            "there is no look-around, so that every pattern runs in linear time: match the whole block with `line`, or \
             narrow the rule with `where`"
        }
        ErrorKind::UnsupportedBackreference => "write out what may come again; a slash needs no backslash",
        ErrorKind::GroupUnclosed => "close the group with `)`, or write `\\(` for a bracket in the text",
        ErrorKind::GroupUnopened => "open the group with `(`, or write `\\)` for a bracket in the text",
        ErrorKind::ClassUnclosed => "close the class with `]`, or write `\\[` for a bracket in the text",
        ErrorKind::RepetitionMissing => "write what is repeated before it, or a backslash for the sign itself: `\\*`",
        ErrorKind::EscapeUnrecognized => "leave out the backslash: only signs with a meaning need one",
        ErrorKind::RepetitionCountUnclosed | ErrorKind::RepetitionCountDecimalEmpty => {
            "write `{2,4}`, or `\\{` for the sign itself"
        }
        ErrorKind::GroupNameDuplicate { .. } => "give the name to one group, with `|` in it: `(?P<date>a|b)`",
        _ => "see https://docs.rs/regex for what a pattern may say",
    };
    (kind.to_string(), help)
}

fn bytes(span: &regex_syntax::ast::Span) -> Range<usize> {
    span.start.offset..span.end.offset
}

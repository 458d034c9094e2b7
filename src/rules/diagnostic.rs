//! Defines what is wrong with a rule file: where, what, and what to write instead.
//!
//! Nothing that reads rule files stops at the first problem, so that a writer sees them all at once; the list itself
//! is the error.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::located::Located;

/// The text of a rule file with the name that messages give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileText {
    /// The name, such as `rules/sites/golem.de.toml`.
    pub name: Arc<str>,
    /// What it says.
    pub text: Arc<str>,
}

impl FileText {
    /// A file with this name and text.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// A problem that makes the file unusable.
    pub fn error(&self, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        self.diagnostic(Severity::Error, span, message.into(), help.into())
    }

    /// Something that is allowed but hardly meant.
    pub fn warning(&self, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        self.diagnostic(Severity::Warning, span, message.into(), help.into())
    }

    /// The bytes of the file that a part of a string value stands on, or those of the whole value where escapes stand in
    /// between.
    pub fn inside(&self, value: &Located<String>, part: Range<usize>) -> Range<usize> {
        let written = self.text.get(value.span.clone()).unwrap_or_default();
        match written.find(value.as_str()) {
            Some(at) if !value.is_empty() => value.span.start + at + part.start..value.span.start + at + part.end,
            _ => value.span.clone(),
        }
    }

    fn diagnostic(&self, severity: Severity, span: Range<usize>, message: String, help: String) -> Diagnostic {
        Diagnostic { severity, file: self.name.clone(), text: self.text.clone(), span, message, help, keys: Vec::new() }
    }
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The rules cannot be used.
    Error,
    /// They can, but hardly do what was meant.
    Warning,
}

/// One problem in a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The name of the file as shown.
    pub file: Arc<str>,
    /// The whole text of the file.
    pub text: Arc<str>,
    /// Where in the text.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// The keys that it is about: those of which one is missing, or the one that was meant.
    pub(crate) keys: Vec<String>,
}

impl Diagnostic {
    /// The same problem, said to be about keys.
    #[must_use]
    pub(crate) fn about<'k>(mut self, keys: impl IntoIterator<Item = &'k str>) -> Self {
        self.keys = keys.into_iter().map(ToOwned::to_owned).collect();
        self
    }

    /// The line, counted from 1.
    pub fn line(&self) -> usize {
        self.text[..self.line_start()].matches('\n').count() + 1
    }

    /// The column in characters, counted from 1.
    pub fn column(&self) -> usize {
        self.text[self.line_start()..self.start()].chars().count() + 1
    }

    /// The problem as a reader sees it: place, line, carets and help, with colours or without. It ends without a
    /// line break.
    pub fn render(&self, coloured: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        // Only the line that the problem begins in is shown: a table or an unclosed string may go on to the end.
        let line_start = self.line_start();
        let line = self.text[line_start..].split('\n').next().unwrap_or_default();
        let line = line.strip_suffix('\r').unwrap_or(line);
        let start = (self.start() - line_start).min(line.len());
        let end = floor(line, self.span.end.saturating_sub(line_start)).max(start);
        // The snippet must not be empty, or no place is shown.
        let shown = if line.is_empty() { " " } else { line };
        let snippet = Snippet::source(shown)
            .path(self.file.as_ref())
            .line_start(self.line())
            .annotation(AnnotationKind::Primary.span(start..end));
        let mut group = level.primary_title(self.message.as_str()).element(snippet);
        if !self.help.is_empty() {
            group = group.element(Level::HELP.message(self.help.as_str()));
        }
        let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }

    fn start(&self) -> usize {
        floor(&self.text, self.span.start)
    }

    fn line_start(&self) -> usize {
        self.text[..self.start()].rfind('\n').map_or(0, |at| at + 1)
    }
}

/// The last character boundary of `text` that is not after `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// All that is wrong with some rule files.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
pub struct RuleErrors(pub Vec<Diagnostic>);

/// More problems than these nobody reads; they are counted.
const MOST_SHOWN: usize = 100;

impl RuleErrors {
    /// All problems, a blank line apart, with colours or without.
    pub fn render(&self, coloured: bool) -> String {
        let shown = self.0.iter().take(MOST_SHOWN);
        let mut rendered: Vec<_> = shown.map(|diagnostic| diagnostic.render(coloured)).collect();
        if self.0.len() > MOST_SHOWN {
            rendered.push(format!("and {} more problems", self.0.len() - MOST_SHOWN));
        }
        rendered.join("\n\n")
    }
}

impl fmt::Display for RuleErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_place_line_and_help() {
        let file = FileText::new("a.toml", "x = 1\nä = 'b'\n");
        let shown = file.error(11..14, "no such thing", "write `c`").render(false);
        let expected = "error: no such thing\n --> a.toml:2:5\n  |\n2 | ä = 'b'\n  |     ^^^\n  |\n  = help: write `c`";
        assert_eq!(shown, expected);
    }

    #[test]
    fn copes_with_any_span() {
        let file = FileText::new("a.toml", "ä\r\n\n");
        for (start, end) in [(0, 99), (1, 1), (3, 1), (4, 4), (99, 99), (2, 3)] {
            let diagnostic = file.warning(start..end, "m", "");
            assert!(diagnostic.render(false).contains("--> a.toml:"), "{start}..{end}");
            assert!(diagnostic.line() >= 1 && diagnostic.column() >= 1);
        }
    }
}

//! Defines how CSS selectors are compiled, and what is said of those that are none.
//!
//! The selector library names its own types where something is wrong, not the writer's mistake, and it goes down the
//! stack a bracket at a time. So brackets are counted before it runs, and what it refuses is dissected here.

mod anatomy;
mod css;
pub mod index;
mod matching;
mod never;

use std::ops::Range;

use cssparser::{BasicParseErrorKind, ParseErrorKind};
use selectors::SelectorList;
use selectors::parser::ParseRelative;

pub use matching::Selector;
pub(crate) use never::{can_never_match, finds_no_content};

/// Brackets in brackets; far more than anyone writes.
const DEEPEST: usize = 32;
/// Steps (`a b > c` has three) of one selector: matching goes down the stack a step at a time.
const LONGEST: usize = 128;

/// What is wrong with a selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Bytes of the selector.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

impl Mistake {
    fn new(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { range, message: message.into(), help: help.into() }
    }
}

/// Compiles a selector, or a list of them with commas.
pub fn compile(selector: &str) -> Result<Selector, Mistake> {
    let whole = 0..selector.len();
    let trimmed = selector.trim_start();
    if trimmed.is_empty() {
        return Err(Mistake::new(whole, "the selector is empty", "write which elements: `div.ad, #teaser`"));
    }
    check_brackets(selector)?;
    let parsed = SelectorList::parse(&css::Parser, &mut cssparser::Parser::new(selector), ParseRelative::No);
    let refused = match parsed {
        Ok(list) => return Ok(Selector { list, number: None }),
        Err(refused) => refused.kind,
    };
    if trimmed.starts_with('/') || trimmed.starts_with("./") || selector.contains("//") {
        let help = "write CSS: what XPath calls `//div[@class=\"ad\"]//p` is `div.ad p`";
        return Err(Mistake::new(whole, "this is XPath, not a CSS selector", help));
    }
    match anatomy::dissect(selector) {
        Err(mistake) => Err(mistake),
        Ok(_) if matches!(refused, ParseErrorKind::Basic(BasicParseErrorKind::EndOfInput)) => Err(Mistake::new(
            whole,
            "the selector ends too early",
            "write it to its end, or take away what is too much",
        )),
        Ok(_) => {
            let help = "write elements (`div`), classes (`.ad`), ids (`#ad`) and attributes (`[data-ad]`)";
            Err(Mistake::new(whole, "this is not a CSS selector", help))
        }
    }
}

/// Checks that brackets and quotes are closed, that they are not nested too deeply, and that there are not too many
/// steps.
fn check_brackets(selector: &str) -> Result<(), Mistake> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut quote: Option<(usize, char)> = None;
    let mut steps = 0;
    let mut in_gap = false;
    let mut chars = selector.char_indices();
    while let Some((at, c)) = chars.next() {
        let here = at..at + c.len_utf8();
        if c == '\\' {
            chars.next();
            continue;
        }
        if let Some((_, closing)) = quote {
            if c == closing {
                quote = None;
            }
            continue;
        }
        let gap = c.is_whitespace() || matches!(c, '>' | '+' | '~');
        if gap && !in_gap && open.iter().all(|(_, bracket)| *bracket == ')') {
            steps += 1;
        }
        in_gap = gap;
        match c {
            '"' | '\'' => quote = Some((at, c)),
            '(' | '[' => {
                open.push((at, if c == '(' { ')' } else { ']' }));
                if open.len() > DEEPEST {
                    let message = format!("brackets are nested more than {DEEPEST} deep");
                    return Err(Mistake::new(here, message, "write several rules with simpler selectors"));
                }
            }
            ')' | ']' => match open.pop() {
                Some((_, expected)) if expected == c => {}
                Some((_, expected)) => {
                    let message = format!("`{c}` where `{expected}` should close a bracket");
                    return Err(Mistake::new(here, message, format!("write `{expected}`")));
                }
                None => {
                    let message = format!("`{c}` closes nothing");
                    return Err(Mistake::new(here, message, "take it away, or open the bracket before it"));
                }
            },
            ',' if open.is_empty() => steps = 0,
            _ => {}
        }
        if steps > LONGEST {
            let message = format!("the selector has more than {LONGEST} steps");
            return Err(Mistake::new(here, message, "leave out the outer ones: `article .ad` finds at any depth"));
        }
    }
    if let Some((at, closing)) = quote {
        let message = "the quoted text is not closed";
        return Err(Mistake::new(at..at + 1, message, format!("close it with `{closing}`")));
    }
    match open.first() {
        Some((at, closing)) => {
            let message = format!("the bracket `{}` is not closed", &selector[*at..=*at]);
            Err(Mistake::new(*at..*at + 1, message, format!("close it with `{closing}`")))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;

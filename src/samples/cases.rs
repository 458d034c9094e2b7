//! Defines cases: short pieces of pages that show of a pack's rule what it drops, and what it leaves alone.
//!
//! A pack that applies to every page is not shown to be right by the samples of some sites. So each of its rules has
//! cases in `samples/packs/<pack>.toml` ([`Case`]): a snippet is put into an invented page and cleaned by the packs
//! alone. A snippet that [`fires`](Case::fires) must be dropped, all of it and by that very rule; one that the rule
//! [`spares`](Case::spares) must not be touched by any rule of any pack. [`check`] tells what is otherwise, and which
//! rules have no case.

mod page;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{SampleError, entries};
use crate::ledger::RuleName;
use crate::pipeline::Cleaner;
use crate::rules::diagnostic::{Diagnostic, FileText};
use crate::rules::located::Located;
use crate::rules::nearest::nearest;
use crate::rules::shape;
use crate::text::normalise;
use page::page;

/// The folder of cases within that of samples.
pub const FOLDER: &str = "packs";

/// The cases of one pack: `samples/packs/<pack>.toml`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CaseFile {
    /// Its cases.
    pub case: Vec<Case>,
}

/// A snippet that a rule drops, or one that it leaves alone, or both.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Case {
    /// The `id` of the rule in the pack of the same name.
    pub rule: Option<Located<String>>,
    /// What the rule drops: all of it, and no other rule any of it.
    pub fires: Option<Located<String>>,
    /// What looks like it, and is part of the text: no rule of any pack drops any of it.
    pub spares: Option<Located<String>>,
    /// Where in the page it stands.
    pub at: Place,
    /// What the page is, and so the snippet.
    pub input: Input,
}

/// Where in the page a snippet stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Before all else, outside the article.
    Top,
    /// Above the first paragraph, in the article.
    Start,
    /// Between two paragraphs.
    #[default]
    Middle,
    /// Below the last paragraph, in the article.
    End,
    /// After all else, outside the article.
    Bottom,
}

/// What a page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Input {
    /// HTML.
    #[default]
    Html,
    /// Text that some scraper flattened a page to, a block a line.
    Text,
}

/// What came of the cases in a folder.
#[derive(Debug, Default)]
pub struct CheckedCases {
    /// How many snippets were looked at.
    pub snippets: usize,
    /// What is not as it must be, by file and place.
    pub problems: Vec<Diagnostic>,
    /// The rules of packs that apply to every page, of which no case shows that they fire, in order.
    pub never_fire: Vec<RuleName>,
    /// Those of which no case shows what they spare.
    pub never_spare: Vec<RuleName>,
}

impl CheckedCases {
    /// Whether all is as it must be.
    pub fn passed(&self) -> bool {
        self.problems.is_empty() && self.never_fire.is_empty() && self.never_spare.is_empty()
    }
}

/// A snippet with what is expected of it.
struct Snippet {
    file: FileText,
    rule: RuleName,
    text: Located<String>,
    fires: bool,
    at: Place,
    input: Input,
}

/// Checks all cases in a folder of samples: those of the packs that apply to every page. Where it has none, no rule is
/// shown to be right.
///
/// The cleaner is that of the rules in question, [without the generic one](Cleaner::without_generic).
pub fn check(cleaner: &Cleaner, samples: &Path) -> Result<CheckedCases, SampleError> {
    let rules: BTreeSet<RuleName> = cleaner.library().shared().rules.iter().map(|rule| rule.name.clone()).collect();
    let mut checked = CheckedCases::default();
    let mut snippets = Vec::new();
    for path in files(&samples.join(FOLDER))? {
        let text = fs::read_to_string(&path).map_err(|error| SampleError::Unreadable { path: path.clone(), error })?;
        let file = FileText::new(path.to_string_lossy(), text);
        let (written, mut problems) = shape::read::<CaseFile>(&file);
        let pack = path.file_stem().unwrap_or_default().to_string_lossy();
        for case in written.case {
            match snippets_of(&pack, &file, case, &rules) {
                Ok(found) => snippets.extend(found),
                Err(problem) => problems.push(*problem),
            }
        }
        checked.problems.append(&mut problems);
    }
    checked.snippets = snippets.len();
    let wrong: Vec<_> = snippets.par_iter().filter_map(|snippet| snippet.problem(cleaner)).collect();
    checked.problems.extend(wrong);
    checked.problems.sort_by(|a, b| (&a.file, a.span.start).cmp(&(&b.file, b.span.start)));
    let lacking = |fires: bool| {
        let shown: BTreeSet<_> = snippets.iter().filter(|one| one.fires == fires).map(|one| &one.rule).collect();
        rules.iter().filter(|rule| !shown.contains(rule)).cloned().collect()
    };
    checked.never_fire = lacking(true);
    checked.never_spare = lacking(false);
    Ok(checked)
}

/// The files of cases in a folder that may not be there.
fn files(folder: &Path) -> Result<Vec<PathBuf>, SampleError> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let is_toml = |path: &PathBuf| path.extension() == Some(OsStr::new("toml"));
    Ok(entries(folder)?.into_iter().filter(is_toml).collect())
}

/// The snippets of a case, or what is wrong with it.
fn snippets_of(
    pack: &str,
    file: &FileText,
    case: Case,
    rules: &BTreeSet<RuleName>,
) -> Result<Vec<Snippet>, Box<Diagnostic>> {
    let Some(id) = case.rule else {
        let place = case.fires.or(case.spares).map_or(0..0, |snippet| snippet.span);
        return Err(Box::new(file.error(
            place,
            "a case of no rule",
            "add `rule = \"…\"`, the `id` of the rule that it is about",
        )));
    };
    let name = format!("{pack}/{}", id.value);
    let Some(rule) = rules.get(name.as_str()) else {
        let known = rules.iter().filter_map(|rule| rule.split_once('/'));
        let mut ids = known.filter(|(of, _)| *of == pack).map(|(_, id)| id).peekable();
        let help = match (ids.peek().is_some(), nearest(&id, ids)) {
            (false, _) => "call this file like a pack that applies to every page".to_owned(),
            (true, Some(near)) => format!("write `{near}`"),
            (true, None) => "take the case away, or add the rule".to_owned(),
        };
        return Err(Box::new(file.error(
            id.span,
            format!("no pack that applies to every page has the rule `{name}`"),
            help,
        )));
    };
    if case.fires.is_none() && case.spares.is_none() {
        let help = "add `fires = '…'`, what it drops, or `spares = '…'`, what it leaves alone";
        return Err(Box::new(file.error(id.span, "a case without a snippet", help)));
    }
    let snippet = |text: Option<Located<String>>, fires| {
        text.map(|text| Snippet { file: file.clone(), rule: rule.clone(), text, fires, at: case.at, input: case.input })
    };
    Ok(snippet(case.fires, true).into_iter().chain(snippet(case.spares, false)).collect())
}

impl Snippet {
    /// What is wrong with what became of it.
    fn problem(&self, cleaner: &Cleaner) -> Option<Diagnostic> {
        let told = |message: String, help: &str| Some(self.file.error(self.text.span.clone(), message, help));
        let clean = |snippet: &str| cleaner.clean(&page(snippet, self.at, self.input));
        let (with, without) = match (clean(&self.text), clean("")) {
            (Ok(with), Ok(without)) => (with, without),
            (Err(error), _) | (_, Err(error)) => return told(error.to_string(), "write a snippet that can be read"),
        };
        let dropped = with.ledger.dropped(&with.document).filter(|(cause, _)| !cause.rule.starts_with("page/"));
        let (by_it, by_others): (Vec<_>, Vec<_>) = dropped.partition(|(cause, _)| cause.rule == self.rule);
        if let Some((cause, text)) = by_others.first() {
            let message = format!("`{}` drops of it: {}", cause.rule, normalise(text));
            let help = if self.fires {
                "write a snippet that only the rule in question drops, or mend that rule"
            } else {
                "mend that rule: this is part of the text"
            };
            return told(message, help);
        }
        let (left, bare) = (with.text(), without.text());
        match (self.fires, by_it.first()) {
            (false, Some((cause, text))) => told(
                format!("`{}` drops of it: {}", cause.rule, normalise(text)),
                "mend the rule: this is part of the text",
            ),
            (false, None) if normalise(&left) == normalise(&bare) => {
                told("nothing of it is to be seen, so nothing can be spared".to_owned(), "write a snippet with a text")
            }
            (true, None) => {
                let aside = with.ledger.set_aside.iter().find(|one| one.rule == self.rule);
                let why = aside.map_or(String::new(), |one| {
                    format!(": it would have dropped {:.2} of the page, over its limit of {:.2}", one.share, one.limit)
                });
                told(
                    format!("`{}` drops nothing of it{why}", self.rule),
                    "write a snippet that it drops, or mend the rule",
                )
            }
            (true, Some(_)) if normalise(&left) != normalise(&bare) => {
                let message = format!("`{}` does not drop all of it, or some of the text around it", self.rule);
                told(message, "write a snippet of which nothing is to stay")
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;

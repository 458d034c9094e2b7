//! Proposes what pages teach beyond the rule file that a source has: as a difference, so that a person decides.
//!
//! Nothing that stands in the file is touched. What its rules leave on the pages is looked at as the body is when a file is
//! learned; where its selectors find nothing, a further alternative is proposed.

use similar::TextDiff;

use super::cover::coverings;
use super::needed::unneeded;
use super::source::{linked, parts_of};
use super::{Drop, Findings, Given, LearnError, body, drops, pages, usable, write};
use crate::article::Flag;
use crate::ledger::Verdict;
use crate::pipeline::Cleaner;
use crate::rules::diagnostic::FileText;
use crate::rules::file::SiteFile;
use crate::rules::library::Library;
use crate::rules::shape;

/// What is proposed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Update {
    /// The file with what is new in it.
    pub rules: String,
    /// What is new, as a unified difference; empty where there is nothing.
    pub difference: String,
    /// What to know of it.
    pub warnings: Vec<String>,
}

/// Proposes additions to the rule file that a library has for a host. `cleaner` knows no source.
pub fn update(cleaner: &Cleaner, library: &Library, host: &str, given: &[Given<'_>]) -> Result<Update, LearnError> {
    let file = library.text_of(&format!("sites/{host}")).ok_or_else(|| LearnError::NoFile(host.to_owned()))?;
    let (parts, packs) = library.parts(host).ok_or_else(|| LearnError::BrokenFile(host.to_owned()))?;
    let mut warnings = Vec::new();
    let sorted = usable(host, given)?;
    let (usable, articles) = pages::cleaned(cleaner, &sorted, &mut warnings)?;
    let seen = pages::looked_at(&usable, &articles, &mut warnings);
    let all = coverings(&seen);
    let source = linked(library, host, parts.clone(), packs.clone());
    let judged: Vec<_> = seen.iter().map(|page| cleaner.rerun(page.article).by(Some(&source))).collect();
    let is_stale: Vec<bool> = judged.iter().map(|judged| judged.flags.contains(&Flag::StaleRules)).collect();
    let further = if is_stale.contains(&true) { body::bodies(&seen, &all) } else { body::Bodies::default() };
    let by_further = further.mask(&seen);
    let left: Vec<Vec<bool>> = judged
        .iter()
        .enumerate()
        .map(|(at, judged)| {
            if is_stale[at] {
                return by_further[at].clone();
            }
            judged.ledger.verdicts.iter().take(seen[at].weight.len()).map(|one| *one == Verdict::Kept).collect()
        })
        .collect();
    let (written, _) = shape::read::<SiteFile>(file);
    let mut findings = Findings { pages: seen.len(), ..Findings::default() };
    // Ids that are taken.
    let ids = written.drop.iter().map(|rule| &rule.id).chain(written.inline.iter().map(|rule| &rule.id));
    let taken = ids.flatten().map(|id| Drop::placeholder(id.value.clone()));
    findings.drops.extend(taken);
    let known = findings.drops.len();
    let with_tree: Vec<usize> = (0..seen.len()).filter(|at| seen[*at].tree().is_some()).collect();
    findings.drop_elements(&drops::choose(&seen, &all, &left, &with_tree).rules);
    findings.recurring(&seen, &left);
    findings.drops.drain(..known);
    let support = further.support(seen.len());
    let unions: Vec<Vec<String>> =
        further.alternatives.iter().map(|union| union.iter().map(|one| one.selector.clone()).collect()).collect();
    findings.body = unions.into_iter().zip(support).filter(|(_, support)| *support > 0).collect();
    let extended = extended(file, &written, &findings);
    if let Some(with_all) = parts_of(host, &extended) {
        let names: Vec<String> = findings.drops.iter().map(|drop| format!("{host}/{}", drop.id)).collect();
        let unneeded = unneeded(cleaner, host, &seen, with_all, &packs, &names);
        findings.drops.retain(|drop| !unneeded.contains(&format!("{host}/{}", drop.id)));
    }
    let rules = self::extended(file, &written, &findings);
    let name = file.name.to_string();
    let difference = if rules == file.text.as_ref() as &str {
        String::new()
    } else {
        TextDiff::from_lines(file.text.as_ref() as &str, rules.as_str()).unified_diff().header(&name, &name).to_string()
    };
    Ok(Update { rules, difference, warnings })
}

/// The file with what is new put where it belongs; all else stays as it is.
fn extended(file: &FileText, written: &SiteFile, findings: &Findings) -> String {
    let mut text = file.text.to_string();
    let rules: Vec<String> = findings.drops.iter().map(|drop| write::rule(drop, findings.pages)).collect();
    if !rules.is_empty() {
        let at = end_of_drops(&text);
        let before = text[..at].trim_end().len();
        let behind = text[at..].trim_start_matches('\n').to_owned();
        let between = if behind.is_empty() { "\n" } else { "\n\n" };
        text = format!("{}\n\n{}{between}{behind}", &text[..before], rules.join("\n\n"));
    }
    let phrases: Vec<String> = findings.phrases.iter().map(|phrase| write::inline(phrase, findings.pages)).collect();
    if !phrases.is_empty() {
        text = format!("{}\n\n{}\n", text.trim_end(), phrases.join("\n\n"));
    }
    let alternatives: Vec<String> = findings.body.iter().map(|(union, _)| write::alternative(union)).collect();
    if alternatives.is_empty() {
        return text;
    }
    // Before the drops, so that its place is as it was.
    let first = written.body.select.first().and_then(|union| union.0.first());
    let key = first.and_then(|first| text.get(..first.span.start)?.rfind("select"));
    if let Some(end) = key.and_then(|key| end_of_list(&text, key)) {
        let before = text[..end].trim_end();
        let sign = if before.ends_with(',') { " " } else { ", " };
        return format!("{before}{sign}{}{}", alternatives.join(", "), &text[before.len()..]);
    }
    let select = format!("select = [{}]", alternatives.join(", "));
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if let Some(at) = lines.iter().position(|line| line.trim_end() == "[body]") {
        lines.insert(at + 1, select);
    } else {
        let first = lines.iter().position(|line| line.starts_with('[')).unwrap_or(lines.len());
        lines.splice(first..first, ["[body]".to_owned(), select, String::new()]);
    }
    lines.join("\n") + "\n"
}

/// Where rules that drop end: before the first that cuts and before layouts, with the comments above those.
fn end_of_drops(text: &str) -> usize {
    let mut at = 0;
    let mut comments_from = None;
    for line in text.split_inclusive('\n') {
        let is_comment = line.trim_start().starts_with('#');
        if line.starts_with("[[inline]]") || line.starts_with("[[layout") {
            return comments_from.unwrap_or(at);
        }
        comments_from = if is_comment { comments_from.or(Some(at)) } else { None };
        at += line.len();
    }
    text.len()
}

/// The bracket that closes the list behind a key.
fn end_of_list(text: &str, key: usize) -> Option<usize> {
    let (mut depth, mut quote, mut in_comment) = (0, None, false);
    let mut chars = text[key..].char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (_, '\n') => in_comment = false,
            (Some('"'), '\\') => drop(chars.next()),
            (Some(open), c) if open == c => quote = None,
            _ if in_comment || quote.is_some() => {}
            (None, '#') => in_comment = true,
            (None, '"' | '\'') => quote = Some(c),
            (None, '[') => depth += 1,
            (None, ']') if depth == 1 => return Some(key + at),
            (None, ']') => depth -= 1,
            _ => {}
        }
    }
    None
}

impl Drop {
    /// What keeps an id from being given again.
    fn placeholder(id: String) -> Self {
        Self { id, category: crate::category::Category::Other, finder: super::Finder::Css(String::new()), support: 0 }
    }
}

//! Shows what became of every block of a page, and by which rule: as rows for a terminal, and as a page to look at.

pub mod features;

use std::fmt::Write as _;

use super::html::escape;
use crate::article::Article;
use crate::ledger::{Guard, Verdict};

/// What became of a block, or of a phrase in it.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The number of the block, from 1; `None` for a phrase in the block above.
    pub number: Option<usize>,
    /// `+` for a kept block, `-` for a dropped one, `~` for a phrase cut out of a kept one.
    pub sign: char,
    /// The verdict on the block; `None` for a phrase.
    pub verdict: Option<&'a Verdict>,
    /// The rule that dropped it, if one did.
    pub rule: &'a str,
    /// The category of that rule.
    pub category: &'a str,
    /// What the generic cleaner thinks of it, if it judged it: the share that is likely to be main content.
    pub score: Option<f32>,
    /// Where it stands in the page.
    pub place: String,
    /// Its text.
    pub text: &'a str,
}

/// A row for every block, and for every phrase cut out of one. Blocks that hold nothing, not even a script, are left
/// out.
pub fn rows(article: &Article) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for (index, block) in article.document.blocks.iter().enumerate() {
        let Some(verdict) = article.ledger.verdicts.get(index) else { continue };
        if block.unseen.is_none() && block.text.trim().is_empty() && block.marks.is_empty() {
            continue;
        }
        let (sign, rule, category) = match verdict {
            Verdict::Kept => ('+', "", ""),
            Verdict::Dropped(cause) => ('-', &*cause.rule, cause.category.name()),
        };
        let (number, place) = (Some(index + 1), article.document.locate(block));
        let score = article.ledger.score(index);
        rows.push(Row { number, sign, verdict: Some(verdict), rule, category, score, place, text: &block.text });
        if *verdict == Verdict::Kept {
            rows.extend(article.ledger.cuts_of(index).iter().map(|cut| Row {
                number: None,
                sign: '~',
                verdict: None,
                rule: &cut.cause.rule,
                category: cut.cause.category.name(),
                score: None,
                place: String::new(),
                text: &block.text[cut.range.clone()],
            }));
        }
    }
    rows
}

/// A score as it is shown, to three digits; nothing where there is none.
pub fn shown_score(score: Option<f32>) -> String {
    score.map(|score| format!("{score:.3}")).unwrap_or_default()
}

/// What is known of the page as a whole, a line each.
pub fn summary(article: &Article, name: &str) -> Vec<String> {
    let source = match (article.source_id(), article.source.by) {
        (Some(source), Some(by)) => format!("{source} (by {})", serde_name(&by)),
        _ if !article.source.rivals.is_empty() => format!("claimed by {}", article.source.rivals.join(", ")),
        _ => "unknown".to_owned(),
    };
    let metadata = &article.metadata;
    let encoding = &article.encoding;
    let mut lines = vec![
        format!("page      {name}"),
        format!("read as   {}, {} (by {})", serde_name(&article.format), encoding.name, serde_name(&encoding.by)),
        format!("source    {source}"),
        format!("title     {}", metadata.title.as_deref().unwrap_or("–")),
        format!("author    {}", metadata.author.as_deref().unwrap_or("–")),
        format!("date      {}", metadata.date.map_or_else(|| "–".to_owned(), |date| date.to_string())),
    ];
    lines.push(format!("confident {:.2}", article.confidence));
    if !article.flags.is_empty() {
        let flags: Vec<_> = article.flags.iter().map(|flag| flag.name()).collect();
        lines.push(format!("flags     {}", flags.join(", ")));
    }
    for one in &article.ledger.set_aside {
        let whose = match one.guard {
            Guard::Rule => "it may drop",
            Guard::Source => "all rules may drop",
        };
        lines.push(format!(
            "set aside {}: {:.0} % of the text, {whose} {:.0} %",
            one.rule,
            one.share * 100.0,
            one.limit * 100.0
        ));
    }
    for one in &article.ledger.unexpected {
        lines.push(format!(
            "expected  {} {}",
            one.rule,
            if one.fired { "not to fire, and it did" } else { "to fire, and it did not" }
        ));
    }
    lines
}

/// The name that records give a value.
fn serde_name(value: &impl serde::Serialize) -> String {
    match value.serialize(serde_json::value::Serializer) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;\
    color-scheme:light dark}pre{white-space:pre-wrap}table{border-collapse:collapse;width:100%}\
    td{padding:.2rem .6rem;vertical-align:top;border-top:1px solid #8884;white-space:pre-wrap}\
    .dropped td{color:#b33;background:#b331}.cut td{color:#b70}.kept td:last-child{font-weight:500}\
    td:not(:last-child){font-size:.8rem;color:#888}td.score{text-align:right}";

/// The page to look at: self-contained, readable in light and dark.
pub fn html(article: &Article, name: &str) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{0}</title>\n<style>{STYLE}</style>\n<h1>{0}</h1>\n<pre>",
        escape(name)
    );
    for line in summary(article, name) {
        page.push_str(&escape(&line));
        page.push('\n');
    }
    page.push_str("</pre>\n<table>\n");
    let rows = rows(article);
    let has_scores = rows.iter().any(|row| row.score.is_some());
    for row in rows {
        let class = match row.sign {
            '+' => "kept",
            '-' => "dropped",
            _ => "cut",
        };
        let number = row.number.map(|number| number.to_string()).unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = write!(page, "<tr class=\"{class}\">");
        for cell in [&number, row.rule, row.category] {
            let _ = write!(page, "<td>{}</td>", escape(cell));
        }
        if has_scores {
            let _ = write!(page, "<td class=\"score\">{}</td>", shown_score(row.score));
        }
        for cell in [&row.place, row.text] {
            let _ = write!(page, "<td>{}</td>", escape(cell));
        }
        page.push_str("</tr>\n");
    }
    page + "</table>\n</html>\n"
}

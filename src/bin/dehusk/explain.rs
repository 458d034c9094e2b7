//! `dehusk explain`: shows what became of every block of a page, and by which rule.

use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use anyhow::{Context as _, anyhow, bail};
use dehusk::article::Article;
use dehusk::corpus::inputs::expand;
use dehusk::ledger::Verdict;
use dehusk::pipeline::Cleaner;
use dehusk::render::explain;
use dehusk::storage::write_whole;

use crate::args::{ExplainArgs, InputKind, RulesArgs};
use crate::exit::ExitStatus;
use crate::stdout;

/// How much of a text is shown, in characters.
const EXCERPT: usize = 60;

/// The width of a score, with the space behind it.
const SCORE: usize = 7;

const KEPT: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));
const DROPPED: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));

/// Explains one page.
pub(crate) fn run(args: &ExplainArgs, rules: &RulesArgs) -> anyhow::Result<ExitStatus> {
    if args.input.input_format == Some(InputKind::Jsonl) {
        bail!("explain shows one page, not records; write its HTML or text to a file and name that");
    }
    InputKind::refuse_archives(args.input.input_format)?;
    let mut inputs = expand([&args.page]);
    if inputs.len() != 1 {
        bail!("{}: explain shows one page, and there are {}; name one of them", args.page.display(), inputs.len());
    }
    let input = inputs.pop().ok_or_else(|| anyhow!("no page"))??;
    let mut page = input.read()?;
    page.url = args.input.url.clone().or(page.url);
    page.format = args.input.input_format.and_then(InputKind::page_format);
    let cleaner = args.policy.cleaner(rules.library()?)?;
    let name = input.shown().to_string_lossy().into_owned();
    let article = cleaner.clean(&page).with_context(|| name.clone())?;
    if !args.features.is_empty() {
        stdout::write(&described(&cleaner, &article, &name, &args.features)?)?;
        return Ok(ExitStatus::Success);
    }
    match &args.html {
        None => stdout::write_styled(&shown(&article, &name, args.full))?,
        Some(path) if path == Path::new("-") => stdout::write(&explain::html(&article, &name))?,
        Some(path) => write_whole(path, explain::html(&article, &name).as_bytes(), args.force)?,
    }
    Ok(ExitStatus::Success)
}

fn shown(article: &Article, name: &str, full: bool) -> String {
    let mut out: String = explain::summary(article, name).iter().map(|line| visible(line) + "\n").collect();
    out.push('\n');
    let rows = explain::rows(article);
    let width = |of: fn(&explain::Row<'_>) -> usize| rows.iter().map(of).max().unwrap_or(0);
    let rules = width(|row| row.rule.len());
    let scores = if rows.iter().any(|row| row.score.is_some()) { SCORE } else { 0 };
    let categories = width(|row| row.category.len());
    let places = width(|row| row.place.chars().count());
    for row in &rows {
        let style = if row.verdict == Some(&Verdict::Kept) { KEPT } else { DROPPED };
        let text = if full { row.text.to_owned() } else { excerpt(row.text) };
        let line = format!(
            "{:>4} {} {:rules$}  {:categories$}  {:scores$}{:places$}  {}",
            row.number.map(|number| number.to_string()).unwrap_or_default(),
            row.sign,
            row.rule,
            row.category,
            explain::shown_score(row.score),
            row.place,
            text.replace('\n', "⏎").replace('\t', " | "),
        );
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{style}{}{style:#}", visible(line.trim_end()));
    }
    out
}

/// Blocks as the generic cleaner's model sees them.
fn described(cleaner: &Cleaner, article: &Article, name: &str, numbers: &[NonZeroUsize]) -> anyhow::Result<String> {
    let known = article.document.blocks.len();
    if let Some(number) = numbers.iter().find(|number| number.get() > known) {
        bail!(
            "{name}: there is no block {number}, the last is {known}; `dehusk explain` without `--features` numbers them"
        );
    }
    let blocks: Vec<usize> = numbers.iter().map(|number| number.get() - 1).collect();
    let sheets = cleaner.rerun(article).features(&blocks);
    let shown: Vec<String> = blocks
        .into_iter()
        .zip(&sheets)
        .map(|(block, sheet)| {
            explain::features::lines(article, block, sheet.as_ref()).iter().map(|line| visible(line) + "\n").collect()
        })
        .collect();
    Ok(shown.join("\n"))
}

/// Text that does nothing to a terminal.
fn visible(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

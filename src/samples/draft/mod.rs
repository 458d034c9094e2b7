//! Drafts a rule file for a source that has none, and samples, from pages of it: a beginning that runs.
//!
//! The rule file is learned from the pages ([`learn`](mod@crate::learn)); metadata is left to the writer, with a word on what
//! the pages yield.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use url::Url;

use crate::article::Article;
use crate::document::BlockKind;
use crate::learn::{Given, learn};
use crate::metadata::declared::Declared;
use crate::page::{InputFormat, Page};
use crate::pipeline::Cleaner;
use crate::rules::library::Library;
use crate::text::normalise;

/// How much of a paragraph is written down to know it by, in characters.
const EXCERPT: usize = 50;

/// A page that a draft is made from.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// What it is called: the case is named after it.
    pub name: String,
    /// The page.
    pub page: Page<'a>,
}

/// A rule file and samples to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The text of the rule file.
    pub rules: String,
    /// A sample a page.
    pub cases: Vec<Case>,
    /// Selectors of the body, the most common first; none where all pages are text, or nothing tells.
    pub body: Vec<String>,
    /// What to know of the rule file.
    pub warnings: Vec<String>,
}

/// A sample to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The name of its folder.
    pub name: String,
    /// The name of its page, such as `page.html`.
    pub page: &'static str,
    /// The text of its `page.toml`.
    pub description: String,
}

/// Drafts a rule file for a host. A page that cannot be cleaned is named, with why.
pub fn draft(host: &str, sources: &[Source<'_>]) -> Result<Draft, String> {
    let cleaner = Cleaner::new(Library::builtin().without_sites());
    let clean = |source: &Source<'_>| {
        let article = cleaner.clean(&source.page).map_err(|error| format!("{}: {error}", source.name))?;
        // Without rules there is nothing that could be wrong with the page: an empty one has no body to look for.
        if kept(&article).next().is_none() {
            return Err(format!("{}: there is no text on the page; take one with an article", source.name));
        }
        Ok(article)
    };
    let articles: Vec<Article> = sources.iter().map(clean).collect::<Result<_, _>>()?;
    let given: Vec<Given<'_>> = sources
        .iter()
        .map(|source| Given { name: source.name.clone(), page: source.page.clone(), body: None })
        .collect();
    let learned = learn(&cleaner, host, &given).map_err(|error| error.to_string())?;
    let declared: Vec<Declared> = articles.iter().map(|article| cleaner.rerun(article).declared().clone()).collect();
    let rules = learned.rules + &of_metadata(&articles);
    let names = case_names(sources);
    let cases = names.into_iter().zip(articles.iter().zip(&declared));
    let cases = cases.map(|(name, (article, declared))| case(host, name, article, declared)).collect();
    Ok(Draft { rules, cases, body: learned.body, warnings: learned.warnings })
}

/// What title, author and date of each page are without a place in the file, for the writer to look at.
fn of_metadata(articles: &[Article]) -> String {
    let mut text = "\n# Title, author and date without a place in [meta]:\n".to_owned();
    for (article, name) in articles.iter().zip(1..) {
        let metadata = &article.metadata;
        let or_none = |text: Option<&str>| normalise(text.unwrap_or("(none)")).into_owned();
        let (title, author) = (or_none(metadata.title.as_deref()), or_none(metadata.author.as_deref()));
        let date = or_none(metadata.date.map(|date| date.to_string()).as_deref());
        // Writing to a string cannot fail.
        let _ = writeln!(text, "# page {name}: title  {title}\n#         author {author}\n#         date   {date}");
    }
    text
}

fn case(host: &str, name: String, article: &Article, declared: &Declared) -> Case {
    let page = match article.format {
        InputFormat::Html => "page.html",
        InputFormat::Markdown => "page.md",
        _ => "page.txt",
    };
    let addresses = [&declared.canonical, &declared.og_url];
    let url = addresses.into_iter().flatten().find(|address| is_of(host, address));
    let known = if url.is_some() { "" } else { "# Put the address of the page here.\n" };
    let fallback = format!("https://{host}/");
    let mut description = format!("{known}url = {}\n", quoted(url.unwrap_or(&fallback)));
    description.push_str("# Texts that must be in the body; guessed.\nkeep = [\n");
    let paragraphs: Vec<&str> = kept(article).collect();
    let mut ends: Vec<&str> = paragraphs.first().into_iter().chain(paragraphs.last()).copied().collect();
    ends.dedup();
    for text in ends {
        let _ = writeln!(description, "    {},", quoted(&start_of(text)));
    }
    description.push_str("]\n# Texts that must not be in it, such as the first words of each box.\nabsent = []\n");
    Case { name, page, description }
}

/// The paragraphs that are kept.
fn kept(article: &Article) -> impl Iterator<Item = &str> {
    let blocks = article.document.blocks.iter().zip(&article.ledger.verdicts);
    let paragraphs = blocks.filter(|(block, verdict)| {
        **verdict == crate::ledger::Verdict::Kept
            && !matches!(block.kind, BlockKind::Heading { .. })
            && block.has_visible_text()
    });
    paragraphs.map(|(block, _)| block.text.as_str())
}

fn is_of(host: &str, address: &str) -> bool {
    let url = Url::parse(address).ok();
    let found = url.as_ref().and_then(Url::host_str).unwrap_or_default();
    found.strip_suffix(host).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// How a text begins: whole words.
fn start_of(text: &str) -> String {
    let text = normalise(text);
    let Some((end, _)) = text.char_indices().nth(EXCERPT) else { return text.into_owned() };
    let start = &text[..end];
    start.rfind(' ').map_or(start, |space| &start[..space]).to_owned()
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A name for each page, from that of its file.
fn case_names(sources: &[Source<'_>]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let name = |source: &Source<'_>| {
        let words: Vec<String> = source
            .name
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let base = if words.is_empty() { "page".to_owned() } else { words.join("-") };
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        let free = std::iter::once(base.clone()).chain(numbered).find(|name| taken.insert(name.clone()));
        free.unwrap_or(base)
    };
    sources.iter().map(name).collect()
}

#[cfg(test)]
mod tests;

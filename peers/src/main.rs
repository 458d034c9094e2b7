//! Runs extractors written in Rust over pages, and times them beside a bare parse: `dehusk-peers ROUNDS TOOL…`.
//!
//! Reads one JSON object a line, `{"id", "url", "html"}`, and answers each with a line for every tool, in the order in
//! which they were named: what it takes for the body and the metadata, and the best of its times. It answers a page before
//! it reads the next, so that whoever asks can time tools of its own in between.

use std::error::Error;
use std::io::{BufRead as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use dehusk::page::{Content, InputFormat, Page};
use dehusk::pipeline::Cleaner;
use dehusk::rules::library::Library;
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Asked {
    id: String,
    url: Option<String>,
    html: String,
}

#[derive(Default, Serialize)]
struct Answer {
    text: String,
    title: Option<String>,
    author: Option<String>,
    date: Option<String>,
}

#[derive(Serialize)]
struct Line<'a> {
    tool: &'a str,
    id: &'a str,
    ms: f64,
    #[serde(flatten)]
    answer: Answer,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let rounds: usize = arguments.next().ok_or("usage: dehusk-peers ROUNDS TOOL…")?.parse()?;
    let tools: Vec<String> = arguments.collect();
    let cleaner = Cleaner::new(Library::builtin());
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let asked: Asked = serde_json::from_str(&line?)?;
        let mut best: Vec<(f64, Answer)> = tools.iter().map(|_| (f64::INFINITY, Answer::default())).collect();
        for _ in 0..rounds.max(1) {
            for (tool, best) in tools.iter().zip(&mut best) {
                let start = Instant::now();
                // A tool that panics has no answer.
                let answer = catch_unwind(AssertUnwindSafe(|| run(tool, &cleaner, &asked)));
                let ms = start.elapsed().as_secs_f64() * 1000.0;
                let answer = answer.unwrap_or_else(|_| Ok(Answer::default()))?;
                if ms < best.0 {
                    *best = (ms, answer);
                }
            }
        }
        for (tool, (ms, answer)) in tools.iter().zip(best) {
            let ms = (ms * 1000.0).round() / 1000.0;
            serde_json::to_writer(&mut out, &Line { tool, id: &asked.id, ms, answer })?;
            writeln!(out)?;
        }
        out.flush()?;
    }
    Ok(())
}

/// What a tool takes for the article. A page that it gives up on is one without text.
fn run(tool: &str, cleaner: &Cleaner, page: &Asked) -> Result<Answer, Box<dyn Error>> {
    Ok(match tool {
        "parse" => {
            drop(scraper::Html::parse_document(&page.html));
            Answer::default()
        }
        "dehusk" => dehusk(cleaner, page),
        "rs-trafilatura" => rs_trafilatura(page),
        "dom_smoothie" => dom_smoothie(page),
        _ => return Err(format!("there is no tool `{tool}`").into()),
    })
}

fn dehusk(cleaner: &Cleaner, page: &Asked) -> Answer {
    let content = Content::Text(page.html.as_str().into());
    let page = Page { url: page.url.clone(), content, format: Some(InputFormat::Html), ..Page::default() };
    let Ok(article) = cleaner.clean(&page) else { return Answer::default() };
    let metadata = &article.metadata;
    Answer {
        text: article.text(),
        title: metadata.title.clone(),
        author: metadata.author.clone(),
        date: metadata.date.map(|date| date.to_string()),
    }
}

fn rs_trafilatura(page: &Asked) -> Answer {
    let options = rs_trafilatura::Options { url: page.url.clone(), ..rs_trafilatura::Options::default() };
    let Ok(found) = rs_trafilatura::extract_with_options(&page.html, &options) else { return Answer::default() };
    Answer {
        text: found.content_text,
        title: found.metadata.title,
        author: found.metadata.author,
        date: found.metadata.date.map(|date| date.to_rfc3339()),
    }
}

fn dom_smoothie(page: &Asked) -> Answer {
    use dom_smoothie::{Config, Readability, TextMode};
    // Otherwise the words at the ends of paragraphs run together.
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let read = Readability::new(page.html.as_str(), page.url.as_deref(), Some(config.clone()));
    let read = read.or_else(|_| Readability::new(page.html.as_str(), None, Some(config)));
    let Ok(found) = read.and_then(|mut read| read.parse()) else { return Answer::default() };
    Answer {
        text: found.text_content.to_string(),
        title: Some(found.title),
        author: found.byline,
        date: found.published_time,
    }
}

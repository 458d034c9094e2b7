//! Pages that would take minutes, and pages with hardly any time: each is given up in whatever step it is, or comes out as
//! it would without a limit.

use std::time::{Duration, Instant};

use dehusk::article::Article;
use dehusk::budget::Budget;
use dehusk::error::PageError;
use dehusk::page::{Content, InputFormat, Page};
use dehusk::pipeline::Cleaner;
use dehusk::render::{Extras, Format, render};

use super::rules::{library, paragraphs, rule};

/// Cleans a page of the site that these rules are for, within a time.
fn clean(rules: &str, content: &str, format: InputFormat, time: Option<Duration>) -> Result<Article, PageError> {
    let cleaner = Cleaner::new(library(rules).expect("rules without mistakes"));
    let page = Page {
        url: Some("https://hostile.test/".into()),
        format: Some(format),
        content: Content::Text(content.into()),
        ..Page::default()
    };
    cleaner.with_budget(Budget { time, ..Budget::default() }).clean(&page)
}

fn is_too_slow(result: &Result<Article, PageError>) -> bool {
    matches!(result, Err(PageError::TooSlow { .. }))
}

/// All that is told of an article.
fn told(article: &Article) -> String {
    let extras = Extras { title: true, front_matter: true };
    let written = [Format::Markdown, Format::JsonLines]
        .map(|format| render(article, format, extras, serde_json::Value::Null, &Page::default()));
    format!("{:?}{written:?}{:?}{:?}", article.document.blocks, article.ledger, article.flags)
}

#[test]
fn what_would_take_minutes_is_given_up() {
    let siblings = format!("<article>{}", paragraphs(50_000));
    let limit = Some(Duration::from_millis(250));
    for what in ["css = 'a ~ p'", "css = 'article:has(a ~ p)'", "css = 'p'\nclosest = 'article:has(a ~ p)'"] {
        let result = clean(&rule(what), &siblings, InputFormat::Html, limit);
        assert!(is_too_slow(&result), "{what}: {result:?}");
    }
    // The text of each box is that of all boxes in it.
    let boxes = format!("{}{}", "<div>".repeat(500), "<p>Words of an article. ".repeat(50_000));
    let text = rule("css = 'div'\ntext = '(?i)no such words'");
    assert!(is_too_slow(&clean(&text, &boxes, InputFormat::Html, limit)));
}

#[test]
fn without_time_no_page_is_read() {
    let html = format!("<title>A title</title>{}", paragraphs(20_000));
    let text = "A line of a page.\n\n- an item\n".repeat(20_000);
    for (page, format) in [(&html, InputFormat::Html), (&text, InputFormat::Markdown), (&text, InputFormat::Text)] {
        assert!(is_too_slow(&clean("", page, format, Some(Duration::ZERO))));
        assert!(!is_too_slow(&clean("", page, format, Some(Duration::MAX))));
    }
}

#[test]
fn with_any_limit_a_page_is_given_up_or_as_it_is_without() {
    let rules = "[body]\nselect = ['main', 'article']\n\
        [meta]\ntitle = { css = 'h1' }\nauthor = { line = 'By (?P<author>.*)' }\n\
        [[drop]]\nid = 'a'\ncategory = 'other'\ncss = 'h1 ~ .ad, p:has(+ .ad)'\n\
        [[drop]]\nid = 'b'\ncategory = 'other'\nline = 'By .*'\n\
        [[drop]]\nid = 'c'\ncategory = 'other'\ncss = 'div'\ntext = '^More'\n\
        [[inline]]\nid = 'd'\ncategory = 'other'\nfind = '\\(.{3,9}\\)'\n";
    let part = "<p>Words of an article (and more), and of another.</p><div class=ad hidden>More <a href=/>words</a></div>\
        <noscript><p>An image</p></noscript><script type=application/ld+json>{\"@type\":\"Thing\"}</script>";
    let known = format!("<title>T</title><main><h1>T</h1><p>By Ada Lovelace</p>{}", part.repeat(100));
    let unknown = format!("<h1>T</h1><p>By Ada Lovelace</p>{}", part.repeat(100));
    let text = "# T\n\nBy Ada Lovelace\n\nWords (of one) article.\n\n- and an item\n\n".repeat(100);
    let pages = [(&known, InputFormat::Html), (&unknown, InputFormat::Html), (&text, InputFormat::Markdown)];
    for (page, format) in pages {
        let started = Instant::now();
        let whole = told(&clean(rules, page, format, None).expect("a page"));
        // From hardly any time to about as much as it takes: in each step the time is up now and then.
        let enough = started.elapsed();
        for part in 0..20 {
            match clean(rules, page, format, Some(enough * part / 40)) {
                Err(PageError::TooSlow { limit, .. }) => assert_eq!(limit, enough * part / 40),
                result => assert_eq!(told(&result.expect("a page")), whole),
            }
        }
    }
}

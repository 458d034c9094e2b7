//! Pages and rule files that were made to do harm, and broken ones that do it by accident: each is cleaned, or turned
//! away with a reason. That none takes minutes or gigabytes, whoever runs the suite would notice.

use std::fmt::Write as _;

use dehusk::article::Article;
use dehusk::error::PageError;
use dehusk::page::{Content, InputFormat, Page};
use dehusk::pipeline::Cleaner;
use dehusk::render::{Extras, Format, explain, render};
use dehusk::rules::library::Library;

#[path = "hostile/data.rs"]
mod data;
#[path = "hostile/markdown.rs"]
mod markdown;
#[path = "hostile/rules.rs"]
mod rules;
#[path = "hostile/time.rs"]
mod time;

const MEGABYTE: usize = 1024 * 1024;

/// Cleans a page by the built-in rules, and writes it in every format.
fn clean(content: impl AsRef<[u8]>, format: Option<InputFormat>) -> Result<Article, PageError> {
    clean_with(&Cleaner::new(Library::builtin()), content, format)
}

fn clean_with(cleaner: &Cleaner, content: impl AsRef<[u8]>, format: Option<InputFormat>) -> Result<Article, PageError> {
    let page = Page { content: Content::Bytes(content.as_ref().into()), format, ..Page::default() };
    let article = cleaner.clean(&page)?;
    assert_eq!(article.ledger.verdicts.len(), article.document.blocks.len());
    for format in [Format::Text, Format::Markdown, Format::Html, Format::Json] {
        render(&article, format, Extras::default(), serde_json::Value::Null, &Page::default());
    }
    explain::rows(&article);
    Ok(article)
}

fn html(content: impl AsRef<[u8]>) -> Article {
    clean(content, Some(InputFormat::Html)).expect("within bounds")
}

fn refusal(content: impl AsRef<[u8]>) -> String {
    clean(content, Some(InputFormat::Html)).expect_err("out of bounds").to_string()
}

#[test]
fn an_empty_file_is_an_empty_page() {
    for format in [None, Some(InputFormat::Html), Some(InputFormat::Markdown), Some(InputFormat::Text)] {
        for content in [&b""[..], b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe"] {
            assert_eq!(clean(content, format).expect("a page").text(), "", "{format:?} {content:?}");
        }
    }
}

#[test]
fn nested_elements_are_read_to_the_innermost() {
    for tag in ["div", "b", "span", "table", "svg", "blockquote", "ul", "ol", "a", "font", "q", "ruby", "section"] {
        let page = format!("{}<p>Deep down.", format!("<{tag}>").repeat(100_000));
        let article = html(&page);
        let told = article.document.blocks.iter().any(|block| block.text.contains("Deep down."));
        assert!(told, "{tag}");
        html(page + &format!("</{tag}>").repeat(100_000));
    }
}

#[test]
fn nested_cells_items_and_definitions() {
    for tags in ["<table><tr><td>", "<ul><li>", "<dl><dd>", "<b><i>", "<p><b>", "<div hidden><p>", "<object><video>"] {
        html(format!("{}x", tags.repeat(100_000)));
        html(format!("{}x", tags.repeat(100_000)).replace("<b>", "<b id=1>"));
    }
}

#[test]
fn a_million_siblings() {
    for tag in ["p", "br", "div", "li", "i", "img src=a", "hr", "td", "option", "script", "div hidden"] {
        let article = html(format!("<{tag}>x").repeat(1_000_000));
        assert!(!article.document.blocks.is_empty(), "{tag}");
    }
}

#[test]
fn siblings_far_down() {
    html(format!("{}{}", "<div>".repeat(500), "<p>x".repeat(300_000)));
    html(format!("{}{}", "<div class=cookie>".repeat(500), "<p>x".repeat(300_000)));
    html(format!("{}{}", "<div>".repeat(500), "</p>".repeat(1_000_000)));
    html(format!("{}{}", "<div>".repeat(500), "</li></b>".repeat(1_000_000)));
}

#[test]
fn a_line_of_50_megabytes() {
    let line = "Words that go on. ".repeat(50 * MEGABYTE / 18);
    for format in [InputFormat::Text, InputFormat::Wrapped, InputFormat::Markdown, InputFormat::Html] {
        let article = clean(&line, Some(format)).expect("a page");
        assert!(article.text().len() >= line.trim().len(), "{format:?}");
    }
}

#[test]
fn a_page_of_50_megabytes() {
    let mut page = String::new();
    for number in 0.. {
        if page.len() > 50 * MEGABYTE {
            break;
        }
        let _ = writeln!(
            page,
            "<div class=\"teaser\"><h2><a href=\"/news/{number}.html\">Title {number}</a></h2>\
             <p>A paragraph of the page, with <b>bold</b> words in it and enough of them to be one.</p></div>"
        );
    }
    assert!(html(&page).text().len() > MEGABYTE);
    let lines = "A line of a page.\n\n- an item\n".repeat(50 * MEGABYTE / 30);
    assert!(!clean(&lines, Some(InputFormat::Text)).expect("a page").text().is_empty());
}

#[test]
fn a_larger_page_is_turned_away() {
    let error = clean(vec![b' '; 65 * MEGABYTE], Some(InputFormat::Text)).expect_err("too large");
    assert!(matches!(error, PageError::TooManyBytes { .. }), "{error}");
}

#[test]
fn a_hundred_thousand_attributes() {
    let attributes: String = (0..100_000).map(|number| format!(" a{number}=\"{number} >\"")).collect();
    assert_eq!(html(format!("<p{attributes}>Words.</p>")).text(), "Words.\n");
    let classes: String = (0..100_000).map(|number| format!("c{number} ")).collect();
    assert_eq!(html(format!("<p class=\"{classes}\">Words.</p>")).text(), "Words.\n");
    html(format!("<p{attributes}").repeat(10));
}

#[test]
fn nul_bytes_become_what_the_standards_say() {
    assert_eq!(html(b"<p>a\0b</p>\0<p>c\0").text(), "ab\n\nc\n");
    let text = clean(b"a\0b", Some(InputFormat::Text)).expect("a page").text();
    assert_eq!(text, "a\u{fffd}b\n");
    // Nothing but such bytes is no page.
    assert!(matches!(clean(vec![0; MEGABYTE], None), Err(PageError::NotAPage(_))));
}

#[test]
fn invalid_utf_8_is_read_and_told() {
    let article =
        html([&b"<meta charset=utf-8><p>fine \xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f "[..], b"\xff broken"].concat());
    assert!(article.encoding.malformed && article.text().contains("broken"));
    html(vec![0xff; MEGABYTE]);
    html([&b"<p>"[..], &b"\xed\xa0\x80\xf8\x88".repeat(100_000)].concat());
}

#[test]
fn what_is_never_closed_ends_with_the_page() {
    for open in [
        "<!-- ",
        "<!",
        "<script>",
        "<style>",
        "<title>",
        "<p class=\"",
        "<p ",
        "<plaintext>",
        "</",
        "<![CDATA[",
        "<svg><![CDATA[",
        "<select><option>",
        "<textarea>",
        "<noscript>",
    ] {
        let article = html(format!("<p>Before.</p>{open}{}", "after <b ".repeat(500_000)));
        assert!(article.document.blocks.iter().any(|block| block.text == "Before."), "{open}");
        // The same, over and over.
        let _ = clean(format!("<p>Before.</p>{}", open.repeat(300_000)), Some(InputFormat::Html));
    }
}

#[test]
fn styles_that_are_rebuilt_in_every_paragraph() {
    let many: String = (0..400).map(|number| format!("<b id=b{number}>")).collect();
    assert!(refusal(format!("<p>{many}{}", "<p>x".repeat(200_000))).contains("expands"));
    let long = format!("<b style=\"{}\" class=\"{0}\">", "x ".repeat(MEGABYTE / 2));
    assert!(refusal(format!("<p>{long}{}", "<p>x".repeat(200_000))).contains("expands"));
    // Opened and closed while many others are open.
    html(format!("<p>{many}{}", "<b id=x></b>".repeat(100_000)));
    html(format!("{}{}", "<b><i><a href=/>".repeat(200), "<div>x</div>".repeat(100_000)));
}

#[test]
fn a_link_that_is_never_closed() {
    let address = "x".repeat(MEGABYTE);
    let article = html(format!("<a href=\"{address}\">{}</a>", "<div>x</div>".repeat(100_000)));
    let linked: usize = article.document.blocks.iter().map(|block| block.marks.len()).sum();
    assert!((1..10).contains(&linked), "{linked}");
}

#[test]
fn tables() {
    assert_eq!(html(format!("<table><tr>{}</table>", "<td>x<td>y".repeat(50_000))).text().matches('|').count(), 99_999);
    html(format!("<table>{}</table>", "<tr><td>x<td>y".repeat(50_000)));
    html("<table><tr><td>x<table><tr><td>y</table>".repeat(50_000));
    html(format!("<table>{}", "<p>lost</p><tr><td>x".repeat(50_000)));
    html(format!("{}{}", "<table>".repeat(300), "x<b>".repeat(20_000)));
}

#[test]
fn a_million_marks_in_one_block() {
    let article = html(format!("<p>{}</p>", "<b>x</b> <a href=/>y</a> ".repeat(500_000)));
    assert_eq!(article.document.blocks.iter().map(|block| block.marks.len()).max(), Some(1_000_000));
    html(format!("<table><tr><td>{}</table>", "<b>x</b><td>".repeat(100_000)));
}

#[test]
fn white_space_and_combining_characters_without_end() {
    for c in [" ", "\n", "\u{a0}", "\u{200b}", "\u{301}", "\t", "\r", "\u{3000}", "\u{ad}", "e\u{301}", "\u{1160}"] {
        let text = c.repeat(4 * MEGABYTE / c.len());
        for format in [InputFormat::Text, InputFormat::Markdown, InputFormat::Html, InputFormat::Wrapped] {
            clean(format!("a{text}b"), Some(format)).expect("a page");
        }
        html(format!("<pre>{text}</pre><p>{text}<b>{text}"));
    }
}

#[test]
fn json_ld_and_metadata_without_end() {
    html(format!("<script type=application/ld+json>{}", "[".repeat(MEGABYTE)));
    html(format!("<script type=application/ld+json>{}</script><p>x", "{\"@graph\":[".repeat(100_000)));
    html("<script type=application/ld+json>{\"@type\":\"Article\"}</script>".repeat(100_000));
    html("<meta name=author content=a><h1>x</h1><time datetime=1>".repeat(100_000));
    html(format!("<article><h1>{}</h1><time>{0}", "1 ".repeat(MEGABYTE)));
}

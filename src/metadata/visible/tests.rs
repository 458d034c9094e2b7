use proptest::prelude::*;

use super::*;
use crate::document::{Document, html, markdown};
use crate::metadata::declared::declared;

const TEXT: &str = "<p>The bridge over the harbour was opened on Sunday, two years later than the town had planned it.";

fn completed(document: &Document, url: Option<&str>) -> Declared {
    let mut page = document.tree.as_ref().map(declared).unwrap_or_default();
    complete(&mut page, &Reading::new(document), url);
    page
}

fn read(html: &str) -> Declared {
    completed(&html::read(html).expect("within bounds"), None)
}

fn authors(html: &str) -> Vec<String> {
    read(&format!("<title>Bridge opens</title><h1>Bridge opens</h1>{html}{TEXT}")).authors
}

fn date(html: &str) -> Option<String> {
    let page = read(&format!("<title>Bridge opens</title><h1>Bridge opens</h1>{html}{TEXT}"));
    page.date.map(|date| date.to_string())
}

#[test]
fn by_lines() {
    for line in [
        "<p>By Jo Muster",
        "<p>By <a href=/x>Jo Muster</a>, Senior Editor",
        "<p>Written by <b>Jo Muster</b> on May 5, 2024",
        "<p>by: Jo Muster, Dec 17, 2025",
        "<p>By Jo Muster May 5, 2024",
        "<p>Published August 7, 2023 by Jo Muster",
        "<p>May 5, 2024 • By Jo Muster • 6 min read",
        "<p>Harbour – Text by Jo Muster",
        "<p>By Jo Muster, Reading",
        "<p>By Jo Muster. Reviewed by Al Probe.",
        "<div>By</div><div>Jo Muster</div>",
        "<h6>Author</h6><p>Jo Muster",
        "<p><a href=https://example.org/author/jo-muster>Jo Muster</a>",
        "<p>Edited by <a href=/author/al>Al Probe</a>, written by <a href=/author/jo>Jo Muster</a>",
        "<div class=post-author><span>Jo Muster</span></div>",
        "<div class=c-authorName>Jo Muster</div><div class=c-author-bio>Ada Writes</div>",
        "<p>Harbour <span class=byline__name>Jo Muster</span>",
        "<div class=author-info>Jo Muster<br>May 5, 2024</div>",
        "<p>Von Jo Muster",
        "<p>Par Jo Muster",
        "<p>Escrito por Jo Muster",
        "<p>Di Jo Muster",
        "<p>Door Jo Muster",
        "<p>Autor: Jo Muster",
        "<p>بقلم: Jo Muster",
    ] {
        assert_eq!(authors(line), ["Jo Muster"], "{line}");
    }
    assert_eq!(authors("<p>By Jo Muster and Al Probe"), ["Jo Muster", "Al Probe"]);
    assert_eq!(authors("<p>By Jo Muster, MD"), ["Jo Muster, MD"]);
    assert_eq!(authors("<p>By Ludwig van der Muster"), ["Ludwig van der Muster"]);
    assert_eq!(authors("<p class=author>Jo Muster</p><p class=author>Al Probe</p>"), ["Jo Muster", "Al Probe"]);
    assert_eq!(authors("<p>by jmuster"), ["jmuster"]);
    assert_eq!(
        (authors("<p>作者：李四"), authors("<p>文・山田花子")),
        (vec!["李四".to_owned()], vec!["山田花子".to_owned()])
    );
}

#[test]
fn what_names_no_author() {
    for line in [
        "<p>By the sea",
        "<p>By May 2024 the work was done",
        "<p>Reviewed by Al Probe",
        "<p>Photo by Al Probe",
        "<p>Photo by <a href=/author/al>Al Probe</a>",
        "<p>Share",
        "<p class=author-title>Senior Editor",
        "<p class=author>Read more",
        "<p class=author>Harbour",
        "<p>Town by the River",
        "<a href=/author/>Our Authors</a>",
    ] {
        assert!(authors(line).is_empty(), "{line}: {:?}", authors(line));
    }
}

#[test]
fn the_site_is_no_author_where_a_by_line_names_one() {
    let head = r#"<meta property=og:site_name content="Das Blatt"><meta name=author content="Das Blatt">"#;
    assert_eq!(read(&format!("{head}<h1>Bridge opens</h1><p>By Jo Muster{TEXT}")).authors, ["Jo Muster"]);
    assert_eq!(read(&format!("{head}<h1>Bridge opens</h1><p>By Das Blatt{TEXT}")).authors, ["Das Blatt"]);
    let linked = r#"<script type="application/ld+json">{"@type": "Article",
        "author": {"@type": "Organization", "name": "Press House"}}</script>"#;
    let page = read(&format!("{linked}<h1>Bridge opens</h1><p>By Jo Muster{TEXT}"));
    assert_eq!(page.authors, ["Jo Muster"]);
    assert_eq!(page.origins.of(Field::Author), Some(Origin::Byline));
    assert_eq!(read(&format!("{linked}<h1>Bridge opens</h1>{TEXT}")).authors, ["Press House"]);
}

#[test]
fn the_only_author_in_a_box_below() {
    let page = |behind: &str| read(&format!("<h1>Bridge opens</h1>{}{behind}", TEXT.repeat(30))).authors;
    assert_eq!(page("<div class=author-name>Jo Muster</div>"), ["Jo Muster"]);
    let related = "<div class=author-name>Jo Muster</div><div class=author-name>Al Probe</div>";
    assert!(page(related).is_empty());
    assert!(page("<footer><div class=author-name>Jo Muster</div></footer>").is_empty());
}

#[test]
fn dates_near_the_title() {
    for line in [
        "<p>May 5, 2024",
        "<p>5 May 2024 · 6 min read",
        "<div class=post-date>Harbour, May 5, 2024</div>",
        "<p>Published on May 5, 2024",
        "<h4>Published</h4><p>May 5, 2024",
        "<p>Updated June 6, 2025</p><p>May 5, 2024",
        "<p>May 5, 2024 - Updated June 6, 2025",
        "<p>By Jo Muster | 5. Mai 2024",
        "<p>2024年5月5日",
        "<p>٥ مايو ٢٠٢٤",
        "<p>Publié le 5 mai 2024",
        "<p>Dodano: 5 maja 2024",
        "<p>2024. 5. 5.",
    ] {
        assert_eq!(date(line).as_deref(), Some("2024-05-05"), "{line}");
    }
    let exact = "<p>Posted <time datetime=2024-05-05T18:00:00+02:00>May 5, 2024</time>";
    assert_eq!(date(exact).as_deref(), Some("2024-05-05T18:00:00+02:00"));
    let ambiguous = "<p><time datetime=2024-05-04>05/04/2024</time> by Jo Muster";
    assert_eq!(date(ambiguous).as_deref(), Some("2024-05-04"));
}

#[test]
fn dates_of_something_else() {
    for line in [
        "<p>The bridge was begun on May 5, 2024, and has cost the town more than anybody had thought it would.",
        "<p>© May 5, 2024",
        "<p>Updated May 5, 2024",
        "<p>May 5, 2099",
        "<p>May 5, 1924",
        "<p>05/04/2024",
    ] {
        assert_eq!(date(line), None, "{line}");
    }
    let page = read(&format!("<h1>Bridge opens</h1><p>Updated May 5, 2024{TEXT}"));
    assert_eq!(page.modified.map(|date| date.to_string()).as_deref(), Some("2024-05-05"));
}

#[test]
fn days_come_first_in_most_languages() {
    let date = |lang: &str| {
        let page = read(&format!("<html lang={lang}><h1>Bridge opens</h1><p>05/04/2024{TEXT}"));
        page.date.map(|date| date.to_string())
    };
    assert_eq!(date("fr").as_deref(), Some("2024-04-05"));
    assert_eq!(date("en-GB").as_deref(), Some("2024-04-05"));
    assert_eq!((date("en"), date("en-US")), (None, None));
}

#[test]
fn what_is_declared_stays() {
    let head = r#"<meta name=author content="Al Probe"><meta property=article:published_time content=2024-01-01>"#;
    let page = read(&format!("{head}<h1>Bridge opens</h1><p>By Jo Muster</p><p>May 5, 2024{TEXT}"));
    assert_eq!(page.authors, ["Al Probe"]);
    assert_eq!(page.date.map(|date| date.to_string()).as_deref(), Some("2024-01-01"));
}

#[test]
fn the_address_comes_before_the_text() {
    let document = html::read(&format!("<h1>Bridge opens</h1><p>June 6, 2024{TEXT}")).expect("within bounds");
    let page = completed(&document, Some("https://example.org/2024/05/05/bridge"));
    assert_eq!(page.date.map(|date| date.to_string()).as_deref(), Some("2024-05-05"));
    assert_eq!(page.origins.of(Field::Date), Some(Origin::Url));
}

#[test]
fn flattened_pages_have_by_lines_as_well() {
    let text = format!("# Bridge opens\n\nBy Jo Muster | May 5, 2024\n\n{}\n", &TEXT[3..]);
    let page = completed(&markdown::read(&text, crate::document::plain::Lines::Wrapped), None);
    assert_eq!(page.authors, ["Jo Muster"]);
    assert_eq!(page.date.map(|date| date.to_string()).as_deref(), Some("2024-05-05"));
}

#[test]
fn elements_in_one_another_cost_no_more_than_others() {
    let deep = "<div class=author>".repeat(400);
    let page = format!("<h1>x</h1>{}", format!("{deep}Jo{}", "</div>".repeat(400)).repeat(20));
    assert!(read(&page).authors.len() <= 1);
}

proptest! {
    #[test]
    fn no_text_panics(text in "(\\PC{0,6}|[Bb]y |Von |作者：| on |May 5, 2024|٥|é|, | & |[.*(|·]|Jo |MD\\. ){0,9}") {
        let document = html::read(&format!("<h1>x</h1><p>{text}<p class=author>{text}<p>{text}")).expect("within bounds");
        completed(&document, Some(&text));
    }
}

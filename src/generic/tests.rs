use super::*;
use crate::document::html;
use crate::strip::unseen;

const PAGE: &str = "<body><div id=cookie-banner><p>We use cookies to improve what you see on this site.</p></div>\
    <header><p>The Daily Example</p></header><nav><ul><li><a href=/>Home</a></ul></nav>\
    <div class=story><h1>A title</h1><p>By Ada Lovelace, May</p>\
    <p>The first paragraph of the story, which is as long as paragraphs are, and that is longer than any line that says \
    who wrote it, be it Ada Lovelace or somebody else.</p>\
    <p><a href=/more>Read more about all this</a></p>\
    <figure><img src=a.jpg><figcaption>A picture</figcaption></figure>\
    <p>The second paragraph of the story, no shorter than the first one was, and without any link.</p></div>\
    <div class=more><p>Something else that is going on</p></div><aside><p>Related</p></aside>\
    <footer><p>Imprint</p></footer>";

fn dropped(html: &str, policies: &Policies) -> Vec<(String, String)> {
    let document = html::read(html).expect("within bounds");
    let declared =
        Declared { title: Some("A title".to_owned()), authors: vec!["Ada Lovelace".to_owned()], ..Declared::default() };
    let mut ledger = Ledger { verdicts: unseen(&document), ..Ledger::default() };
    clean(&Reading::new(&document), &declared, policies, &mut ledger);
    ledger.dropped(&document).map(|(cause, text)| (cause.rule.to_string(), text.to_owned())).collect()
}

#[test]
fn every_dropped_block_names_why() {
    let rules: Vec<_> = dropped(PAGE, &Policies::new()).into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(
        rules,
        [
            "generic/consent",
            "generic/landmark",
            "generic/landmark",
            "generic/title",
            "generic/byline",
            "generic/link-density",
            "generic/caption",
            "generic/outside-main",
            "generic/landmark",
            "generic/landmark"
        ]
    );
    let keep = Policies::from([(Category::Caption, Policy::Keep)]);
    assert!(dropped(PAGE, &keep).iter().all(|(_, text)| text != "A picture"));
}

#[test]
fn an_article_is_believed() {
    let long = "A sentence that goes on. ".repeat(20);
    let html = format!("<div><p>{long}</p></div><article><p>{long}{long}</p><p>short</p></article>");
    assert_eq!(dropped(&html, &Policies::new()).len(), 1);
}

#[test]
fn a_page_without_text_keeps_what_there_is() {
    assert_eq!(dropped("<h2>Only a heading</h2>", &Policies::new()), []);
    assert_eq!(dropped("", &Policies::new()), []);
}

use super::*;
use crate::category::Category;
use crate::document::{Unseen, html};
use crate::ledger::Cause;
use crate::metadata::declared::Declared;
use crate::strip::unseen;

fn sentences(count: usize) -> String {
    "The old lighthouse keeper, who had seen many winters, told the children how the lamp was lit. ".repeat(count)
}

fn page() -> String {
    let (long, short) = (sentences(4), sentences(2));
    format!(
        "<body><header><div class=logo>The Daily Example</div></header>\
         <div class=menu><ul><li><a href=/>Home</a><li><a href=/n>News</a><li><a href=/s>Sports</a></ul></div>\
         <div class=content><article class=post><h1>A title</h1>\
         <p>{long}</p><p>{short}</p><p>{long}</p><h2>How it went on</h2><p>{long}</p><p>{short}</p></article></div>\
         <div class=related-posts><h3>Related</h3><ul><li><a href=/a>Another story</a><li><a href=/b>One more</a></ul></div>\
         <footer><p>© The Daily Example</p></footer>"
    )
}

fn cleaned(html: &str, generic: &Generic, policies: &Policies) -> (Ledger, Vec<(String, String)>, Judged) {
    let document = html::read(html).expect("within bounds");
    let declared = Declared { title: Some("A title".to_owned()), ..Declared::default() };
    let mut stripped = Stripped::by_none(&document);
    let known = Known { declared: &declared, url: None };
    let judged = generic.clean(&Reading::new(&document), known, Among::Page, policies, &mut stripped);
    let ledger = stripped.ledger;
    let dropped = ledger.dropped(&document).map(|(cause, text)| (cause.rule.to_string(), text.to_owned())).collect();
    (ledger, dropped, judged)
}

#[test]
fn every_dropped_block_names_why_and_has_a_score() {
    let (ledger, dropped, judged) = cleaned(&page(), &Generic::default(), &Policies::new());
    let why = |text: &str| dropped.iter().find(|(_, dropped)| dropped == text).map(|(rule, _)| rule.as_str());
    assert_eq!(why("A title"), Some("generic/title"));
    assert_eq!(why("Home"), Some("generic/navigation"));
    assert_eq!(why("Another story"), Some("generic/related"));
    assert_eq!(why("© The Daily Example"), Some("generic/landmark"));
    assert!(dropped.iter().all(|(_, text)| !text.contains("lighthouse") && text != "How it went on"), "{dropped:?}");
    let judged_blocks = ledger.scores.iter().flatten();
    assert!(judged_blocks.clone().all(|score| (0.0..=1.0).contains(score)));
    assert_eq!(judged_blocks.count(), dropped.len() + 6);
    assert!(judged.confidence > 0.8, "{judged:?}");
}

#[test]
fn categories_are_kept_on_request() {
    let keep = Policies::from([(Category::Title, Policy::Keep)]);
    let (_, dropped, _) = cleaned(&page(), &Generic::default(), &keep);
    assert!(dropped.iter().all(|(_, text)| text != "A title"));
}

#[test]
fn the_balance_moves_what_is_kept() {
    let kept = |balance: Balance| {
        let (ledger, ..) = cleaned(&page(), &Generic::default().with_balance(balance), &Policies::new());
        ledger.verdicts.iter().filter(|verdict| **verdict == Verdict::Kept).count()
    };
    assert!(kept(Balance::Precision) <= kept(Balance::Even));
    assert!(kept(Balance::Even) <= kept(Balance::Recall));
}

#[test]
fn what_a_reader_unfolds_is_judged_too() {
    let answer = sentences(3);
    let html = page()
        .replace("</article>", &format!("<h2>And then?</h2><div style='display:none'><p>{answer}</p></div></article>"));
    let document = html::read(&html).expect("within bounds");
    let hidden = document.blocks.iter().position(|block| block.unseen == Some(Unseen::Hidden)).expect("it is hidden");
    let (ledger, ..) = cleaned(&html, &Generic::default(), &Policies::new());
    assert!(ledger.scores[hidden].is_some());
}

#[test]
fn in_the_body_of_a_source_only_what_rules_left_is_judged() {
    let answer = sentences(3);
    let html = page().replace(
        "</article>",
        &format!("<div style='display:none'><p>{answer}</p></div><p class=reply>{answer}</p></article>"),
    );
    let document = html::read(&html).expect("within bounds");
    let declared = Declared::default();
    let known = Known { declared: &declared, url: None };
    let comment = Cause { rule: "a.example/comments".into(), category: Category::Comments };
    let at = |text: &str| document.blocks.iter().position(|block| block.text.starts_with(text)).expect("it is there");
    let reply = document.blocks.iter().rposition(|block| block.text.starts_with(answer.trim())).expect("it is there");
    let page_as_left = unseen(&document);
    let judge = |among: Among<'_>| {
        let mut stripped = Stripped::by_none(&document);
        stripped.ledger.verdicts[reply] = Verdict::Dropped(comment.clone());
        stripped.protected = vec![false; document.blocks.len()];
        stripped.protected[at("Another story")] = true;
        let judged = Generic::default().clean(&Reading::new(&document), known, among, &Policies::new(), &mut stripped);
        assert!(judged.confidence > 0.5, "{judged:?}");
        stripped.ledger
    };
    let (page, body) = (judge(Among::Page), judge(Among::Body { page: &page_as_left }));
    let hidden = document.blocks.iter().position(|block| block.unseen == Some(Unseen::Hidden)).expect("it is hidden");
    assert!(page.scores[reply].is_some() && page.scores[hidden].is_some());
    assert!(body.scores[reply].is_none() && body.scores[hidden].is_none());
    assert_eq!(body.verdicts[reply], Verdict::Dropped(comment));
    // What a rule protects stays; what stands beside it does not.
    assert_eq!(body.verdicts[at("Another story")], Verdict::Kept);
    assert!(matches!(&body.verdicts[at("One more")], Verdict::Dropped(cause) if cause.rule.starts_with("generic/")));
}

#[test]
fn pages_with_little_on_them_do_no_harm() {
    for html in ["", "<h2>Only a heading</h2>", "<p>", "<div hidden>x</div>", "<table><tr><td>1"] {
        let (ledger, _, judged) = cleaned(html, &Generic::default(), &Policies::new());
        assert!((0.0..=1.0).contains(&judged.confidence), "{html}");
        assert!(ledger.scores.len() == ledger.verdicts.len());
    }
}

#[test]
fn a_page_of_more_blocks_than_are_described_at_once_is_judged_whole() {
    let long = sentences(2);
    let html: String = (0..AT_ONCE + 10).map(|number| format!("<p>{number} {long}")).collect();
    let (ledger, ..) = cleaned(&html, &Generic::default(), &Policies::new());
    assert_eq!(ledger.scores.iter().flatten().count(), AT_ONCE + 10);
}

#[test]
fn a_note_is_left_as_it_is() {
    use crate::document::plain::{self, Lines};
    let document = plain::read("Home\n\nRead more\n\nMilk, bread", Lines::Block);
    let mut stripped = Stripped::by_none(&document);
    let known = Known { declared: &Declared::default(), url: None };
    Generic::default().clean(&Reading::new(&document), known, Among::Page, &Policies::new(), &mut stripped);
    assert!(stripped.ledger.verdicts.iter().all(|verdict| *verdict == Verdict::Kept));
}

#[test]
fn bylines_are_dropped_by_the_names_in_them() {
    let html = page().replace(
        "<h1>A title</h1>",
        "<h1>A title</h1><p>A long way home, told by Ada Lovelace in the spring of last year</p>",
    );
    let document = html::read(&html).expect("within bounds");
    let declared = Declared { authors: vec!["Ada Lovelace".to_owned()], ..Declared::default() };
    let mut stripped = Stripped::by_none(&document);
    let known = Known { declared: &declared, url: None };
    Generic::default().clean(&Reading::new(&document), known, Among::Page, &Policies::new(), &mut stripped);
    let byline = stripped.ledger.dropped(&document).find(|(_, text)| text.contains("Ada Lovelace"));
    assert_eq!(byline.map(|(cause, _)| &*cause.rule), Some("generic/byline"));
}

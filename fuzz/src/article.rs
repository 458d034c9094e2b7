//! What must hold of every article, whatever the page and the rules were.

use dehusk::article::Article;
use dehusk::document::{Unseen, html};
use dehusk::ledger::Verdict;
use dehusk::page::Page;
use dehusk::render::{Extras, Format, explain, render};
use dehusk::text::{is_invisible, weight};
use serde_json::Value;

use crate::letters;

/// Asserts all of it.
pub fn check(article: &Article) {
    blocks(article);
    verdicts(article);
    what_is_dropped_is_listed(article);
    written(article);
}

/// Marks and places lie within the text.
fn blocks(article: &Article) {
    for block in &article.document.blocks {
        for mark in &block.marks {
            assert!(block.text.get(mark.range.clone()).is_some(), "{mark:?} in {block:?}");
        }
        article.document.locate(block);
    }
}

/// Every block has one verdict, dropped ones name a rule, cuts are in order and within the text of kept blocks, and the
/// body is what is left.
fn verdicts(article: &Article) {
    let (ledger, document) = (&article.ledger, &article.document);
    assert_eq!(ledger.verdicts.len(), document.blocks.len(), "one verdict a block");
    let mut body = ledger.body(document).into_iter();
    for (index, (verdict, block)) in ledger.verdicts.iter().zip(&document.blocks).enumerate() {
        let cuts = ledger.cuts_of(index);
        match verdict {
            Verdict::Dropped(cause) => {
                assert!(is_name(&cause.rule), "{cause:?}");
                assert!(cuts.is_empty(), "a dropped block has cuts: {block:?} {cuts:?}");
            }
            Verdict::Kept => {
                // What a reader can unfold may be a part of the body, and what a page holds for its scripts.
                let may_be_seen = matches!(block.unseen, None | Some(Unseen::Hidden | Unseen::Data));
                assert!(may_be_seen, "kept, though no reader sees it: {block:?}");
                let (mut at, mut rest) = (0, String::new());
                for cut in cuts {
                    assert!(is_name(&cut.cause.rule), "{cut:?}");
                    assert!(at <= cut.range.start && cut.range.start < cut.range.end, "{cuts:?}");
                    rest += block.text.get(at..cut.range.start).expect("within the text");
                    assert!(block.text.get(cut.range.clone()).is_some(), "{cut:?} in {block:?}");
                    at = cut.range.end;
                }
                rest += block.text.get(at..).expect("within the text");
                assert!(cuts.is_empty() || !rest.trim().is_empty(), "nothing is left, and yet it is kept: {block:?}");
                let kept = body.next().expect("a kept block is in the body");
                assert_eq!(without_space(&kept.text), without_space(&rest), "{cuts:?}");
                for mark in &kept.marks {
                    assert!(kept.text.get(mark.range.clone()).is_some(), "{mark:?} in {kept:?}, cut from {block:?}");
                }
            }
        }
    }
    assert!(body.next().is_none());
    assert!(ledger.cuts.is_sorted_by_key(|cut| cut.block));
    assert!(ledger.cuts.iter().all(|cut| cut.block < document.blocks.len()));
    assert!(ledger.fired.iter().all(|rule| is_name(rule)));
}

fn what_is_dropped_is_listed(article: &Article) {
    let (ledger, blocks) = (&article.ledger, &article.document.blocks);
    let listed: usize = ledger.dropped(&article.document).map(|(_, text)| weight(text)).sum();
    let dropped = ledger.verdicts.iter().zip(blocks).filter(|(verdict, _)| **verdict != Verdict::Kept);
    let cut = ledger.cuts.iter().map(|cut| weight(&blocks[cut.block].text[cut.range.clone()]));
    assert_eq!(listed, dropped.map(|(_, block)| weight(&block.text)).sum::<usize>() + cut.sum::<usize>());
}

/// Every format can be written; HTML and text hold the letters of the body, and records are JSON, one a line.
fn written(article: &Article) {
    let page = Page { url: Some("https://any.test/?a&b\"c".into()), ..Page::default() };
    let write = |format, extras| render(article, format, extras, Value::from("id"), &page);
    let body = article.ledger.body(&article.document);
    let kept = letters(body.iter().map(|block| block.text.as_str()));
    assert_eq!(kept, letters_of_blocks(&write(Format::Html, Extras::default())), "written as HTML and read again");
    for format in [Format::Text, Format::Markdown, Format::Html, Format::Json, Format::JsonLines] {
        let text = write(format, Extras { title: true, front_matter: true });
        if matches!(format, Format::Json | Format::JsonLines) {
            serde_json::from_str::<Value>(&text).expect("a record is JSON");
        }
        if format == Format::JsonLines {
            assert!(!text.trim_end_matches('\n').contains('\n'), "a record is one line");
        }
    }
    explain::rows(article);
    explain::summary(article, "name");
    explain::html(article, "name");
}

/// The letters of all blocks that a page of HTML has. None may be a script, nor anything else that was not written.
fn letters_of_blocks(text: &str) -> String {
    let document = html::read(text).expect("what was read can be read again");
    letters(document.blocks.iter().map(|block| block.text.as_str()))
}

/// `<file>/<id>`.
fn is_name(rule: &str) -> bool {
    rule.split_once('/').is_some_and(|(file, id)| !file.is_empty() && !id.is_empty())
}

fn without_space(text: &str) -> String {
    text.chars().filter(|&c| !c.is_whitespace() && !is_invisible(c)).collect()
}

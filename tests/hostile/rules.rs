//! Rule files that would be slow in other engines, or would eat the article.

use std::fs;

use dehusk::article::{Article, Flag};
use dehusk::ledger::Guard;
use dehusk::page::{Content, InputFormat, Page};
use dehusk::pipeline::Cleaner;
use dehusk::rules::library::{Library, LibraryError};

use super::{MEGABYTE, clean_with};

/// The built-in rules with one more site, `hostile.test`.
pub(super) fn library(rules: &str) -> Result<Library, LibraryError> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("sites")).expect("a folder");
    let file = format!("name = 'Hostile'\nhosts = ['hostile.test']\n{rules}");
    fs::write(folder.path().join("sites/hostile.test.toml"), file).expect("a file");
    Library::with_overlays(&[folder.path()])
}

fn clean(rules: &str, content: &str, format: InputFormat) -> Article {
    let cleaner = Cleaner::new(library(rules).expect("rules without mistakes"));
    let page = Page {
        url: Some("https://hostile.test/".into()),
        format: Some(format),
        content: Content::Text(content.into()),
        ..Page::default()
    };
    cleaner.clean(&page).expect("a page")
}

pub(super) fn rule(what: &str) -> String {
    format!("[[drop]]\nid = 'r'\ncategory = 'other'\n{what}\n")
}

pub(super) fn paragraphs(count: usize) -> String {
    "<p>Words of an article.</p>".repeat(count)
}

#[test]
fn patterns_that_explode_when_they_backtrack() {
    let text = format!("{}!", "a".repeat(100_000));
    for pattern in ["(a+)+", "(a|a)*", "(a|aa)+$", "(.*a){20}", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$"] {
        for key in ["line", "find"] {
            clean(&rule(&format!("{key} = '{pattern}'")), &text, InputFormat::Text);
        }
        clean(&format!("[[inline]]\nid = 'i'\ncategory = 'other'\nfind = '{pattern}x'"), &text, InputFormat::Text);
    }
}

#[test]
fn patterns_that_are_too_big_are_refused() {
    for pattern in [r"(\w{1000}){1000}", r"((\pL{100}){100}){100}"] {
        let error = library(&rule(&format!("line = '{pattern}'"))).expect_err(pattern).to_string();
        assert!(error.contains("bad pattern"), "{error}");
    }
    assert!(library(&rule(&format!("line = '{}a{}'", "(".repeat(10_000), ")".repeat(10_000)))).is_err());
}

#[test]
fn a_list_of_ten_thousand_selectors() {
    let list: Vec<_> = (0..10_000).map(|number| format!("div.c{number} > p")).collect();
    let page = format!("{}<div class=c9999><p>gone</p></div>", paragraphs(1000));
    let article = clean(&rule(&format!("css = '{}'", list.join(", "))), &page, InputFormat::Html);
    assert!(!article.text().contains("gone") && article.text().contains("Words"));
}

#[test]
fn deep_selectors() {
    let nested = |depth: usize| format!("css = 'p{}.a{}'", ":not(".repeat(depth), ")".repeat(depth));
    assert!(library(&rule(&nested(100_000))).is_err());
    clean(&rule(&nested(30)), &paragraphs(10_000), InputFormat::Html);
    let steps = |count: usize| format!("css = '{}'", vec!["div"; count].join(" "));
    assert!(library(&rule(&steps(10_000))).is_err());
    clean(&rule(&steps(100)), &format!("{}x", "<div>".repeat(400)), InputFormat::Html);
}

#[test]
fn selectors_over_siblings_and_contents() {
    let page = paragraphs(5000);
    for css in ["p:nth-child(3n+1)", "p:nth-last-of-type(2n)", "a ~ p", "p:has(~ a)", "div:has(a)", "p + p + p"] {
        clean(&rule(&format!("css = '{css}'")), &page, InputFormat::Html);
    }
}

#[test]
fn boxes_in_boxes() {
    let page = format!("{}{}", "<div class=a>".repeat(500), "<p>x".repeat(100_000));
    for what in ["css = 'div'", "css = 'div, p'", "css = 'p'\nclosest = '.a'", "css = '.a'\nwhere = { after = 0.5 }"] {
        clean(&rule(what), &page, InputFormat::Html);
    }
    clean("[body]\nselect = ['div']\n", &page, InputFormat::Html);
    clean("[body]\nselect = [['div', 'p', 'div div']]\n", &page, InputFormat::Html);
}

#[test]
fn no_rule_eats_an_article() {
    let html = paragraphs(50);
    let text = "Words of an article.\n".repeat(50);
    let everything = ["line = '.*'", "find = '.'", "from = 'Words.*'\nto = 'end'\nwhere = { after = 0.0 }"];
    for (format, page) in [(InputFormat::Html, &html), (InputFormat::Lines, &text)] {
        for what in everything {
            // With a word on its text the file leaves nothing of it to the generic cleaner.
            let article = clean(&format!("text-input = 'lines'\n{}", rule(what)), page, format);
            assert_eq!(article.text().matches("Words of an article.").count(), 50, "{what}");
            assert!(article.flags.contains(&Flag::RuleSetAside), "{what}");
        }
        let inline = "text-input = 'lines'\n[[inline]]\nid = 'i'\ncategory = 'other'\nfind = '.+'";
        assert_eq!(clean(inline, page, format).text().matches("Words").count(), 50);
    }
    assert_eq!(clean(&rule("css = 'body'"), &html, InputFormat::Html).text().matches("Words").count(), 50);
}

#[test]
fn rules_that_share_a_block_count_once_and_fully() {
    // The first cuts 40 of 100 characters, the second drops the block that they were cut out of.
    let page = format!("{}{}\n{}\n", "a".repeat(40), "b".repeat(30), "c".repeat(30));
    let rules = "[limits]\nmax-share = 0.5\n[[inline]]\nid = 'cut'\ncategory = 'other'\nfind = 'a+'\n\
        [[drop]]\nid = 'drop'\ncategory = 'other'\nfind = 'b'\nmax-share = 1.0\n";
    let article = clean(rules, &page, InputFormat::Lines);
    assert!(article.ledger.set_aside.iter().any(|one| one.guard == Guard::Source));
    let dropped: usize = article.ledger.dropped(&article.document).map(|(_, text)| text.trim().len()).sum();
    assert!(dropped <= 50, "{dropped}");
}

#[test]
fn a_million_cuts_in_one_line() {
    let rules =
        "[[inline]]\nid = 'i'\ncategory = 'other'\nfind = 'x'\n[[inline]]\nid = 'j'\ncategory = 'other'\nfind = 'y'";
    let article = clean(rules, &"x word y a ".repeat(500_000), InputFormat::Lines);
    assert_eq!(article.ledger.cuts.len(), 1_000_000);
    assert!(!article.text().contains(['x', 'y']));
}

#[test]
fn rule_files_without_end_or_sense() {
    for text in ["[", "[[drop]]\n", "a = ", "use = ['a',", "= ", "\"", "'''", "a.b."] {
        assert!(library(&text.repeat(20_000)).is_err(), "{text}");
    }
    assert!(library(&format!("a = {}", "[".repeat(MEGABYTE))).is_err());
    assert!(library(&format!("a = {}", "{ a = ".repeat(100_000))).is_err());
    let many: String = (0..2000)
        .map(|number| format!("[[drop]]\nid = 'r{number}'\ncategory = 'other'\nline = 'x{number}'\n"))
        .collect();
    clean(&many, &paragraphs(100), InputFormat::Html);
    let cleaner = Cleaner::new(Library::empty());
    clean_with(&cleaner, paragraphs(1000), None).expect("a page");
}

//! Markdown: read, cleaned, written as Markdown and read again, no letter of the body is lost.
//!
//! The whole input is the page.

#![no_main]

use std::sync::LazyLock;

use dehusk::article::Article;
use dehusk::document::plain::Lines;
use dehusk::document::{Block, markdown};
use dehusk::error::PageError;
use dehusk::page::{Content, InputFormat, Page};
use dehusk::pipeline::{Cleaner, read};
use dehusk::render::{Extras, Format, render};
use dehusk::rules::library::Library;
use dehusk_fuzz::{article, letters};
use libfuzzer_sys::{Corpus, fuzz_target};

static CLEANER: LazyLock<Cleaner> = LazyLock::new(|| Cleaner::new(Library::empty()));

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(bytes) else { return Corpus::Reject };
    let Ok(cleaned) = clean(text) else { return Corpus::Reject };
    article::check(&cleaned);
    let once = write(&cleaned);
    // Straight to the reader: the front door turns text away that begins like a picture, and it may do so now.
    let again = read(&once, InputFormat::Markdown).expect("what was read can be read again");
    let body = cleaned.ledger.body(&cleaned.document);
    assert_eq!(letters_of(&again.blocks), letters_of(&body), "{once}");
    // Read by its looks alone, it may be cut up otherwise, but all of it is there.
    assert_eq!(letters_of(&markdown::read(&once, Lines::Guess).blocks), letters_of(&body), "{once}");
    Corpus::Keep
});

fn clean(text: &str) -> Result<Article, PageError> {
    CLEANER.clean(&Page { format: Some(InputFormat::Markdown), content: Content::Text(text.into()), ..Page::default() })
}

fn write(article: &Article) -> String {
    render(article, Format::Markdown, Extras::default(), serde_json::Value::Null, &Page::default())
}

fn letters_of(blocks: &[Block]) -> String {
    letters(blocks.iter().map(|block| block.text.as_str()))
}

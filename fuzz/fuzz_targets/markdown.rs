//! Markdown: read, cleaned, written as Markdown and read again, no letter of the body is lost, and what is written the
//! second time says the same as the first.
//!
//! The whole input is the page.

#![no_main]

use std::sync::LazyLock;

use dehusk::article::Article;
use dehusk::document::Document;
use dehusk::document::markdown;
use dehusk::document::plain::Lines;
use dehusk::page::{Content, InputFormat, Page};
use dehusk::pipeline::Cleaner;
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
    let again = clean(&once).expect("what was read can be read again");
    assert_eq!(
        letters_of(&again.ledger.body(&again.document)),
        letters_of(&cleaned.ledger.body(&cleaned.document)),
        "{once}"
    );
    // Read by its looks alone, it may be cut up otherwise, but all of it is there.
    let guessed: Document = markdown::read(&once, Lines::Guess);
    assert_eq!(letters_of(&guessed.blocks), letters_of(&again.document.blocks), "{once}");
    Corpus::Keep
});

fn clean(text: &str) -> Result<Article, dehusk::error::PageError> {
    CLEANER.clean(&Page { format: Some(InputFormat::Markdown), content: Content::Text(text.into()), ..Page::default() })
}

fn write(article: &Article) -> String {
    render(article, Format::Markdown, Extras::default(), serde_json::Value::Null, None)
}

fn letters_of(blocks: &[dehusk::document::Block]) -> String {
    letters(blocks.iter().map(|block| block.text.as_str()))
}

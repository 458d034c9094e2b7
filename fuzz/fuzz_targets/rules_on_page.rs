//! A rule file and a page of its source: the file lies over the built-in ones, and what it does to the page stays
//! within its guards.
//!
//! The first byte says the format of the page (`0` to `5`). Then comes the rule file, the line `---8<---`, and the page.

#![no_main]

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fs;
use std::rc::Rc;

use dehusk::page::{Content, Page};
use dehusk::pipeline::Cleaner;
use dehusk::rules::diagnostic::FileText;
use dehusk::rules::file::SiteFile;
use dehusk::rules::library::Library;
use dehusk::rules::shape;
use dehusk_fuzz::{article, input, rules};
use libfuzzer_sys::{Corpus, fuzz_target};
use tempfile::TempDir;

const STEM: &str = "any.test";

/// Making a library takes far longer than cleaning a page by it, and many an input has the rules of another.
const REMEMBERED: usize = 16;

struct Made {
    rules: String,
    cleaner: Rc<Cleaner>,
}

thread_local! {
    static MADE: RefCell<VecDeque<Made>> = const { RefCell::new(VecDeque::new()) };
    static FOLDER: TempDir = {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("sites")).expect("a folder");
        folder
    };
}

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let (format, rest) = input::first(bytes);
    let (file, content) = input::rules_and_page(rest);
    let Ok(text) = std::str::from_utf8(file) else { return Corpus::Reject };
    let Some(cleaner) = cleaner(text) else { return Corpus::Keep };
    let (written, problems) = shape::read::<SiteFile>(&FileText::new(STEM, text));
    assert!(problems.is_empty(), "the library takes a file of the wrong shape: {problems:?}");
    let page = Page {
        url: written.hosts.first().map(|host| format!("https://{}/", host.trim())),
        format: input::format(format),
        content: Content::Bytes(content.into()),
        ..Page::default()
    };
    let Ok(cleaned) = cleaner.clean(&page) else { return Corpus::Reject };
    article::check(&cleaned);
    if let Some(source) = cleaned.source_id().and_then(|id| cleaner.library().source(id)) {
        rules::check_guards(&cleaned, &source);
    }
    Corpus::Keep
});

/// A cleaner with these rules over the built-in ones, unless something is wrong with them.
fn cleaner(text: &str) -> Option<Rc<Cleaner>> {
    let known = |made: &RefCell<VecDeque<Made>>| {
        made.borrow().iter().find(|made| made.rules == text).map(|made| made.cleaner.clone())
    };
    if let Some(cleaner) = MADE.with(known) {
        return Some(cleaner);
    }
    let library = FOLDER.with(|folder| {
        fs::write(folder.path().join(format!("sites/{STEM}.toml")), text).expect("a file");
        Library::with_overlays(&[folder.path()])
    });
    match library {
        Ok(library) => {
            let cleaner = Rc::new(Cleaner::new(library));
            MADE.with_borrow_mut(|made| {
                made.truncate(REMEMBERED - 1);
                made.push_front(Made { rules: text.to_owned(), cleaner: cleaner.clone() });
            });
            Some(cleaner)
        }
        Err(error) => {
            assert!(error.folders.is_empty() && !error.rules.0.is_empty(), "{error}");
            error.rules.0.iter().for_each(rules::check_problem);
            None
        }
    }
}

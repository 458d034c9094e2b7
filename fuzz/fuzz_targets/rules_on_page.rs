//! A rule file and a page of its source: the file lies over the built-in ones, and what it does to the page stays
//! within its guards.
//!
//! The first byte says the format of the page (`0` to `5`). Then comes the rule file, the line `---8<---`, and the page.

#![no_main]

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

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

struct Folder {
    root: TempDir,
    file: PathBuf,
}

static FOLDER: LazyLock<Folder> = LazyLock::new(|| {
    let root = tempfile::tempdir().expect("a folder");
    let sites = root.path().join("sites");
    fs::create_dir(&sites).expect("a folder");
    Folder { file: sites.join(format!("{STEM}.toml")), root }
});

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let (format, rest) = input::first(bytes);
    let (file, content) = input::rules_and_page(rest);
    let Ok(text) = std::str::from_utf8(file) else { return Corpus::Reject };
    fs::write(&FOLDER.file, text).expect("a file");
    let library = match Library::with_overlays(&[FOLDER.root.path()]) {
        Ok(library) => library,
        Err(error) => {
            assert!(error.folders.is_empty() && !error.rules.0.is_empty(), "{error}");
            error.rules.0.iter().for_each(rules::check_problem);
            return Corpus::Keep;
        }
    };
    let (written, problems) = shape::read::<SiteFile>(&FileText::new(STEM, text));
    assert!(problems.is_empty(), "the library takes a file of the wrong shape: {problems:?}");
    let page = Page {
        url: written.hosts.first().map(|host| format!("https://{}/", host.trim())),
        format: input::format(format),
        content: Content::Bytes(content.into()),
        ..Page::default()
    };
    let cleaner = Cleaner::new(library);
    let Ok(cleaned) = cleaner.clean(&page) else { return Corpus::Reject };
    article::check(&cleaned);
    if let Some(source) = cleaned.source_id().and_then(|id| cleaner.library().source(id)) {
        rules::check_guards(&cleaned, &source);
    }
    Corpus::Keep
});

//! The three pages that the project was asked for: bodies byte for byte, and their metadata.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use dehusk::page::{Content, Page};
use dehusk::pipeline::Cleaner;
use dehusk::rules::library::Library;

/// The pages that the project was asked for. Their text is not ours, so they lie beside the checkout, not in it.
#[test]
fn the_pages_that_the_project_was_asked_for() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(entries) = fs::read_dir(&seeds) else {
        // Past the capture of test output: a skipped test is to be seen.
        let _ = writeln!(std::io::stderr(), "SKIPPED: {} is not there", seeds.display());
        return;
    };
    let cleaner = Cleaner::new(Library::builtin());
    let expected = entries.filter_map(Result::ok).map(|entry| entry.path());
    let expected: Vec<_> = expected.filter(|path| path.to_string_lossy().ends_with(".expected.txt")).collect();
    assert!(!expected.is_empty());
    for path in expected {
        let name = path.to_string_lossy().replace(".expected.txt", ".txt");
        let page = Page {
            content: Content::Bytes(fs::read(&name).expect("the page").into()),
            file_name: Some(name.clone()),
            ..Page::default()
        };
        let article = cleaner.clean(&page).expect("a page");
        assert_eq!(article.text(), fs::read_to_string(&path).expect("the body"), "{name}");
        let metadata = fs::read(path.with_extension("json")).expect("the metadata");
        let metadata: serde_json::Value = serde_json::from_slice(&metadata).expect("JSON");
        let found = serde_json::json!({
            "source": article.source_id(),
            "title": article.metadata.title,
            "author": article.metadata.author,
            "date": article.metadata.date,
        });
        assert_eq!(found, metadata, "{name}");
    }
}

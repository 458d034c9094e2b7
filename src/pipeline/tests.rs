use std::fs;
use std::path::Path;

use super::*;

fn text(text: &'static str, format: InputFormat) -> Page<'static> {
    Page { content: Content::Text(text.into()), format: Some(format), ..Page::default() }
}

#[test]
fn pages_of_unknown_sources_are_flagged() {
    let cleaner = Cleaner::new(Library::empty());
    let article = cleaner.clean(&text("A line of text", InputFormat::Lines)).expect("a page");
    assert_eq!((article.flags.as_slice(), article.text().as_str()), (&[Flag::Generic][..], "A line of text\n"));
    let article = cleaner.clean(&text("", InputFormat::Html)).expect("an empty page is a page");
    assert_eq!(article.flags, [Flag::Generic, Flag::Empty]);
}

#[test]
fn what_is_no_page_is_refused() {
    let cleaner = Cleaner::new(Library::empty());
    let pdf = Page { content: Content::Bytes(b"%PDF-1.7"[..].into()), ..Page::default() };
    assert!(matches!(cleaner.clean(&pdf), Err(PageError::NotAPage(_))));
    let large = Page { content: Content::Bytes(vec![b'a'; MAX_PAGE_BYTES + 1].into()), ..Page::default() };
    assert_eq!(cleaner.clean(&large).err(), Some(PageError::TooManyBytes { bytes: MAX_PAGE_BYTES + 1 }));
}

/// The pages that the project was asked for. Their text is not ours, so they lie beside the checkout, not in it.
#[test]
fn the_pages_that_the_project_was_asked_for() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(entries) = fs::read_dir(&seeds) else {
        eprintln!("SKIPPED: {} is not there", seeds.display());
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

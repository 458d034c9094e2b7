use std::fs;
use std::path::Path;

use super::*;
use crate::rules::library::Library;

const RULES: &str = "name = 'Gazette'\nhosts = ['gazette.example']\nmarks = ['The Gazette, since 1880']\n\
                     [body]\nselect = ['main']\n\
                     [[drop]]\nid = 'mark'\ncategory = 'navigation'\nline = 'The Gazette, since 1880'\n";
const PAGE: &str = "<title>A mill</title><p>The Gazette, since 1880</p><main><p>The mill turns again this year.</p>\
                    <p>Nobody had hoped for it.</p></main>";

/// A corpus with two pages of a source that has rules, and one of another.
fn corpus(folder: &Path) -> Corpus {
    let row = |id: &str, host: &str, body: &str| {
        format!(
            "{{\"id\": \"{id}\", \"url\": \"https://{host}/{id}\", \"title\": \"A mill\", \"author\": \"Ada\", \"body\": \"{body}\"}}\n"
        )
    };
    let body = "The mill turns again this year. Nobody had hoped for it.";
    let rows =
        row("a", "www.gazette.example", body) + &row("b", "gazette.example", "Else") + &row("c", "else.example", body);
    fs::write(folder.join("truth.jsonl"), rows).expect("it is written");
    fs::create_dir(folder.join("pages")).expect("a folder");
    for id in ["a", "b", "c"] {
        fs::write(folder.join(format!("pages/{id}.html")), PAGE).expect("it is written");
    }
    Corpus::open(folder).expect("a corpus")
}

#[test]
fn pages_of_sources_with_rules_are_scored_and_others_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = corpus(folder.path());
    let cleaner = Cleaner::new(Library::of_texts(&[("sites/gazette.example.toml", RULES)]));
    let faults = BTreeMap::from([("b".to_owned(), "no truth".to_owned()), ("z".to_owned(), "gone".to_owned())]);
    let found = run(&cleaner, &corpus, &[], &faults);
    assert_eq!(found.skipped, BTreeMap::from([("else.example".to_owned(), 1)]));
    assert_eq!(found.faults_of_nothing, ["z"]);
    let [good, wrong] = &<[RealPage; 2]>::try_from(found.pages).expect("two pages");
    assert!(good.html.recognised && good.flattened.recognised, "{good:?}");
    assert!((good.html.scores.f1 - 1.0).abs() < 1e-9, "{good:?}");
    let author = Difference { what: "author", found: None, truth: Some("Ada".to_owned()) };
    assert_eq!(good.differs, [author]);
    let floors = Floors { html: 0.98, flattened: 0.0 };
    assert!(!good.is_below(floors) && !wrong.is_below(floors));
    let blamed = run(&cleaner, &corpus, &["gazette.example".to_owned()], &BTreeMap::new());
    assert!(blamed.pages[1].is_below(floors) && !blamed.pages[1].is_below(Floors::default()));
    assert!(run(&cleaner, &corpus, &["else.example".to_owned()], &faults).pages.is_empty());
}

#[test]
fn a_page_that_is_missing_is_below_any_floor() {
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = corpus(folder.path());
    fs::remove_file(folder.path().join("pages/a.html")).expect("it is there");
    let cleaner = Cleaner::new(Library::of_texts(&[("sites/gazette.example.toml", RULES)]));
    let found = run(&cleaner, &corpus, &[], &BTreeMap::new());
    assert!(found.pages[0].is_below(Floors::default()), "{:?}", found.pages[0]);
}

use super::*;

fn page(id: &str, source: &str, page_type: &str) -> Truth {
    let [id, source, page_type] = [id, source, page_type].map(str::to_owned);
    Truth { id, source, page_type, ..Truth::default() }
}

#[test]
fn pages_are_selected_by_type_source_and_fold() {
    let page = page("1", "evening-post.example", "article");
    let takes = |selection: Selection| selection.takes(&page);
    let some = |text: &str| Some(text.to_owned());
    assert!(takes(Selection::default()));
    assert!(takes(Selection { page_type: some("article"), ..Selection::default() }));
    assert!(!takes(Selection { page_type: some("forum"), ..Selection::default() }));
    assert!(!takes(Selection { source: some("gazette.example"), ..Selection::default() }));
    assert_eq!((0..5).filter(|fold| takes(Selection { fold: Some((5, *fold)), ..Selection::default() })).count(), 1);
}

/// The folds are those of Python's `zlib.crc32`, so that others can make the same ones.
#[test]
fn folds_are_told_by_the_source() {
    assert_eq!(fold_of(&page("1", "golem.de", ""), 5), Some(2));
    assert_eq!(fold_of(&page("1", "", ""), 1000), Some(583));
    assert_eq!(fold_of(&page("1", "golem.de", ""), 0), None);
}

#[test]
fn a_page_without_an_answer_counts_as_an_empty_one() {
    let truth = |id: &str| Truth { body: "one two".to_owned(), ..page(id, "", "article") };
    let corpus = Corpus { pages: vec![truth("a"), truth("b")], problems: Vec::new() };
    let answer = |page: &Truth| match page.id.as_str() {
        "a" => Ok(Answer { text: "one two".to_owned(), ..Answer::default() }),
        _ => Err("no answer".to_owned()),
    };
    let pages = evaluate(&corpus, &Selection::default(), answer);
    let all = &summary::summaries(&pages)[0];
    assert_eq!((all.count, all.no_answer, all.figure("f1"), all.figure("title")), (2, 1, Some(0.5), None));
    assert_eq!(summary::worst(&pages, 1)[0].id, "b");
}

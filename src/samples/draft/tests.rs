use super::*;
use crate::page::Content;

const PAGE: &str = "<title>A mill opens - The Example</title><link rel=canonical href='https://www.paper.example/mill'>\
    <meta property=og:site_name content='The \"Example\"'>\
    <nav><a href=/>Home</a></nav><div class='page css-1x9'><main class=wide><h1>A mill opens</h1><div class='share-bar'>\
    <a href=/s>Share this page with friends</a></div><div class='story text-3'>\
    <p>The first paragraph of the story, which is as long as paragraphs are, and longer than a line. It tells what has \
    happened, and who was there when the wheel turned for the first time.</p>\
    <p>The second paragraph of the story, no shorter than the first one was, and without any link. It goes on with what \
    people said about it, and what they had for dinner.</p>\
    <p>A third paragraph tells how long it took to build the mill, what it cost, and who paid for it in the end.</p>\
    </div></main><div class=related><ul><li><a href=/more>Something else that is going on elsewhere</a></ul></div></div>";

fn page(name: &str, text: &str) -> Source<'static> {
    let page = Page { content: Content::Text(text.to_owned().into()), ..Page::default() };
    Source { name: name.to_owned(), page }
}

#[test]
fn the_body_is_the_smallest_element_with_a_stable_name() {
    let drafted = draft("paper.example", &[page("Mill 1.html", PAGE)]).expect("a draft");
    assert_eq!(drafted.body, [".story"]);
    assert!(
        drafted.rules.contains("name  = \"The \\\"Example\\\"\"\nhosts = [\"paper.example\"]"),
        "{}",
        drafted.rules
    );
    assert!(drafted.rules.contains("select  = ['.story']"), "{}", drafted.rules);
    assert!(!drafted.rules.contains("\n[[drop]]"), "the title is outside: {}", drafted.rules);
    let case = &drafted.cases[0];
    assert_eq!((case.name.as_str(), case.page), ("mill-1-html", "page.html"));
    assert!(case.description.starts_with("url = \"https://www.paper.example/mill\"\n"), "{}", case.description);
    assert!(case.description.contains("\"The first paragraph of the story, which is as\""), "{}", case.description);
}

#[test]
fn cases_of_one_name_are_numbered() {
    let other = |text: &str| PAGE.replace("mill", text).replace("wheel", text);
    let pages = [page("a", PAGE), page("b", &other("ferry")), page("a", &other("bridge"))];
    let drafted = draft("paper.example", &pages).expect("a draft");
    let names: Vec<_> = drafted.cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "a-2"]);
}

#[test]
fn what_is_drafted_is_a_rule_file_that_can_be_read() {
    let text = "Menu\n\nA line of text that stands on the page.\n";
    let drafted = draft("paper.example", &[page("a", PAGE), page("b", text)]).expect("a draft");
    let library = Library::of_texts(&[("sites/paper.example.toml", &drafted.rules)]);
    assert_eq!(library.problems(), []);
    assert_eq!(drafted.cases[1].page, "page.txt");
    assert!(
        drafted.cases[1]
            .description
            .starts_with("# Put the address of the page here.\nurl = \"https://paper.example/\"")
    );
    for case in &drafted.cases {
        assert!(toml::from_str::<crate::samples::Description>(&case.description).is_ok(), "{}", case.description);
    }
}

#[test]
fn a_page_without_text_is_named() {
    let error =
        draft("paper.example", &[page("empty.html", "<script>text</script>")]).expect_err("nothing to draft from");
    assert!(error.starts_with("empty.html: there is no text"), "{error}");
}

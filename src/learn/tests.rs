use super::update::update;
use super::*;
use crate::page::Content;
use crate::rules::library::Library;

/// A page of an invented paper: an article of its own within a template.
fn html(topic: &str) -> String {
    let paragraph = |what: &str| {
        format!(
            "<p>The {topic} {what} in the early morning, and the people of the village came to see it. Nobody had \
             expected so many visitors, said the mayor of {topic}, who had opened the gates himself.</p>"
        )
    };
    format!(
        "<title>The {topic} opens - The Paper</title><meta property=og:site_name content='The Paper'>\
         <nav><a href=/>Home</a><a href=/local>Local news</a></nav>\
         <main class='css-1a2b3c'><h1>The {topic} opens</h1>\
         <div class='story-body bCZUsK'>{}<p class='signup-box sc-x1y2z3'>Get the letter of The Paper every morning, \
         with all that counts, for free.</p>{}<figure class=picture><figcaption>The {topic} at dawn, seen from the other \
         side of the river</figcaption></figure>{}</div></main>\
         <div class=teasers><ul><li><a href=/1>Something about {topic} that went on elsewhere</a></ul></div>\
         <footer><p>All rights reserved by The Paper, the house of news on the coast.</p></footer>",
        paragraph("opened"),
        paragraph("was shown"),
        paragraph("closed"),
    )
}

fn given(name: &str, text: &str) -> Given<'static> {
    let page = Page { content: Content::Text(text.to_owned().into()), ..Page::default() };
    Given { name: name.to_owned(), page, body: None }
}

fn cleaner() -> Cleaner {
    Cleaner::new(Library::builtin().without_sites())
}

fn learned(given: &[Given<'_>]) -> Learned {
    learn(&cleaner(), "paper.example", given).expect("something is learned")
}

#[test]
fn the_file_is_as_a_person_would_write_it() {
    let pages = [given("a", &html("bridge")), given("b", &html("ferry"))];
    let learned = learned(&pages);
    assert!(learned.body[0].starts_with(".story-body"), "{}", learned.rules);
    assert!(learned.rules.contains("css      = '.signup-box'"), "{}", learned.rules);
    assert_eq!(learned.warnings, Vec::<String>::new());
    assert!(learned.rules.contains("select  = ['.story-body"), "{}", learned.rules);
    assert!(learned.rules.contains("# 2 of 2 pages"), "{}", learned.rules);
    for made_up in ["css-", "sc-", "bCZUsK", "nth-child"] {
        assert!(!learned.rules.contains(made_up), "{}", learned.rules);
    }
    let library = Library::of_texts(&[("sites/paper.example.toml", &learned.rules)]);
    assert_eq!(library.problems(), []);
    let page = Page { url: Some("https://paper.example/1".into()), ..pages[0].page.clone() };
    let text = Cleaner::new(library).clean(&page).expect("it is cleaned").text();
    assert!(text.starts_with("The bridge opened") && text.contains("bridge closed"), "{text}");
    assert!(!text.contains("Get the letter") && !text.contains("Local news") && !text.contains("at dawn"), "{text}");
}

#[test]
fn the_order_of_the_pages_does_not_matter() {
    let [a, b, c] = ["bridge", "ferry", "mill"].map(|topic| given(topic, &html(topic)));
    let one = learned(&[a.clone(), b.clone(), c.clone()]);
    assert_eq!(one, learned(&[c, a, b]));
}

#[test]
fn no_rule_changes_nothing() {
    let pages = [given("a", &html("bridge")), given("b", &html("ferry"))];
    let rules = learned(&pages).rules.replace("generic = true", "generic = false");
    let cleaner = cleaner();
    let articles: Vec<_> = pages.iter().map(|given| cleaner.clean(&given.page).expect("it is cleaned")).collect();
    let kept = |rules: &str| {
        let source = source_of(cleaner.library(), "paper.example", rules).expect("a rule file");
        let of = |article| cleaner.rerun(article).by(Some(&source)).ledger.verdicts;
        articles.iter().map(of).collect::<Vec<_>>()
    };
    let (head, drops) = rules.split_at(rules.find("[[drop]]").expect("there are rules"));
    let drops: Vec<String> = drops.split("[[drop]]").skip(1).map(|rule| format!("[[drop]]{rule}")).collect();
    for at in 0..drops.len() {
        let without: Vec<&str> =
            drops.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, one)| one.as_str()).collect();
        assert_ne!(kept(&format!("{head}{}", without.concat())), kept(&rules), "{}", drops[at]);
    }
}

#[test]
fn a_true_body_counts_more_than_any_guess() {
    let caption = |topic: &str| format!("The {topic} at dawn, seen from the other side of the river");
    let told = |topic: &str| Given { body: Some(caption(topic)), ..given(topic, &html(topic)) };
    let learned = learned(&[told("bridge"), told("ferry")]);
    assert!(
        learned.body == ["figure"] || learned.body == [".picture"] || learned.body == ["figcaption"],
        "{}",
        learned.rules
    );
}

#[test]
fn flattened_pages_get_anchors() {
    let flat = |topic: &str| {
        let page = crate::pipeline::read(&html(topic), crate::page::InputFormat::Html).expect("it is read");
        let lines = page.blocks.iter().filter(|block| block.has_visible_text()).map(|block| block.text.clone());
        lines.collect::<Vec<_>>().join("\n\n")
    };
    let learned = learned(&[given("a.txt", &flat("bridge")), given("b.txt", &flat("ferry"))]);
    assert_eq!(learned.body, Vec::<String>::new());
    assert!(source_of(cleaner().library(), "paper.example", &learned.rules).is_some(), "{}", learned.rules);
    assert!(learned.rules.contains("marks = ["), "{}", learned.rules);
}

#[test]
fn pages_of_no_use_are_named() {
    let fail =
        |given: &[Given<'_>]| learn(&cleaner(), "paper.example", given).expect_err("nothing is learned").to_string();
    assert!(fail(&[]).starts_with("no page to learn from"));
    assert!(fail(&[given("empty.html", "<script>x</script>")]).starts_with("empty.html: there is no text on it"));
    let mut elsewhere = given("a.html", &html("bridge"));
    elsewhere.page.url = Some("https://other.example/1".to_owned());
    assert!(fail(&[elsewhere]).starts_with("a.html: is a page of other.example, not of paper.example"));
    let twice = learned(&[given("a", &html("bridge")), given("b", &html("bridge"))]);
    assert!(twice.warnings[0].contains("has the same article as"), "{:?}", twice.warnings);
    assert!(twice.warnings[1].starts_with("learned from one page"), "{:?}", twice.warnings);
}

#[test]
fn hostile_pages_do_no_harm() {
    let deep = format!("{}<p>text</p>", "<div class=a>".repeat(2_000));
    let flat = "<p class=x>one line of text that is repeated</p>".repeat(5_000);
    let lines = (0..3_000).map(|number| format!("line {number} of a page")).collect::<Vec<_>>().join("\n\n");
    for text in [deep, flat, lines] {
        let other = format!("{text}<p>end");
        let pages = [given("a", &text), given("b", &other)];
        let learned = learn(&cleaner(), "paper.example", &pages);
        assert!(
            learned.is_err()
                || source_of(cleaner().library(), "paper.example", &learned.expect("rules").rules).is_some()
        );
    }
}

#[test]
fn an_update_adds_what_is_new_and_touches_nothing_else() {
    let pages = [given("a", &html("bridge")), given("b", &html("ferry"))];
    let file = "# A comment that stays.\nhosts = [\"paper.example\"]\n\n[body]\nselect = ['.old']   # before the relaunch\n\n\
                [[drop]]\nid       = \"pictures\" # why\ncategory = \"caption\"\ncss      = '.picture'\n\n# Phrases.\n[[inline]]\n\
                id       = \"sign\"\ncategory = \"navigation\"\nliteral  = \"(opens here)\"\n";
    let proposed = |file: &str| {
        let library = Library::of_texts(&[("sites/paper.example.toml", file)]);
        update(&cleaner(), &library, "paper.example", &pages).expect("an update")
    };
    let first = proposed(file);
    let gone: Vec<&str> = first.difference.lines().skip(2).filter(|line| line.starts_with('-')).collect();
    assert_eq!(gone, ["-select = ['.old']   # before the relaunch"], "{}", first.difference);
    assert!(first.rules.contains("select = ['.old', '.story-body"), "{}", first.rules);
    assert!(first.rules.contains("\n# Phrases.\n[[inline]]"), "{}", first.rules);
    assert!(first.rules.starts_with("# A comment that stays."), "{}", first.rules);
    let again = proposed(&first.rules);
    assert_eq!(again.difference, "", "what was taken over is not proposed again");
}

use super::*;
use crate::budget::MAX_PAGE_BYTES;
use crate::category::Category;
use crate::generic::features::Feature;
use crate::page::Content;
use crate::rules::file::Policy;

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
fn a_line_break_in_markdown_is_a_space_where_it_is_said_to_be_markdown() {
    let cleaner = Cleaner::new(Library::empty());
    let lines = "# Title\n\n## Part\n\nA paragraph that\nsomebody broke\nas it came.\n";
    let blocks = |page: Page<'_>| cleaner.clean(&page).map(|article| article.document.blocks.len());
    let named = |name: &str| Page { format: None, file_name: Some(name.into()), ..text(lines, InputFormat::Text) };
    assert_eq!(blocks(text(lines, InputFormat::Markdown)), Ok(3));
    assert_eq!(blocks(named("a.md")), Ok(3));
    assert_eq!(blocks(named("a.txt")), Ok(5));
}

#[test]
fn anchors_that_are_not_there_are_flagged() {
    let rules =
        "hosts = ['a.de']\n[body]\nfrom = 'Menu'\nto = 'Foot'\n[[drop]]\nid = 'x'\ncategory = 'share'\nline = 'Share'";
    let cleaner = Cleaner::new(Library::of_texts(&[("sites/a.de.toml", rules)]));
    let clean = |lines: &'static str| {
        let page = Page { url: Some("https://a.de/1".into()), ..text(lines, InputFormat::Lines) };
        let article = cleaner.clean(&page).expect("a page");
        (article.text(), article.flags)
    };
    assert_eq!(clean("News\nShare\nText"), ("News\n\nText\n".to_owned(), vec![Flag::StaleRules]));
    assert_eq!(clean("News\nMenu\nText"), ("Text\n".to_owned(), vec![]));
}

#[test]
fn flattened_text_is_judged_where_a_file_says_nothing_of_it() {
    let menu = "Home\n\nLocal news\n\nSport\n\nWeather\n\n";
    let paragraph = "The old lighthouse keeper, who had seen many winters, told the children how the lamp was lit.";
    let page = format!("{menu}{}\n\nMore from us\n\nImprint\n", [paragraph; 8].join("\n\n"));
    let clean = |rules: &str| {
        let rules = format!("hosts = ['a.de']\n[body]\nselect = ['main']\n{rules}");
        let cleaner = Cleaner::new(Library::of_texts(&[("sites/a.de.toml", &rules)]));
        let content = Content::Text(page.clone().into());
        let page = Page { url: Some("https://a.de/1".into()), ..text("", InputFormat::Text) };
        let article = cleaner.clean(&Page { content, ..page }).expect("a page");
        let dropped: Vec<_> = article.ledger.dropped(&article.document).map(|(cause, _)| cause.rule.clone()).collect();
        (dropped, article.flags)
    };
    let rule = "[[drop]]\nid = 'more'\ncategory = 'related'\nline = 'More from us'\n";
    let (dropped, flags) = clean(rule);
    assert!(dropped.iter().any(|rule| **rule == *"a.de/more"), "{dropped:?}");
    assert!(dropped.iter().any(|rule| rule.starts_with("generic/")), "{dropped:?}");
    assert_eq!(flags, []);
    let (dropped, _) = clean(&format!("{rule}where = {{ input = 'flattened' }}\n"));
    assert!(dropped.iter().all(|rule| !rule.starts_with("generic/")), "{dropped:?}");
}

#[test]
fn what_is_no_page_is_refused() {
    let cleaner = Cleaner::new(Library::empty());
    let pdf = Page { content: Content::Bytes(b"%PDF-1.7"[..].into()), ..Page::default() };
    assert!(matches!(cleaner.clean(&pdf), Err(PageError::NotAPage(_))));
    let large = Page { content: Content::Bytes(vec![b'a'; MAX_PAGE_BYTES + 1].into()), ..Page::default() };
    assert_eq!(
        cleaner.clean(&large).err(),
        Some(PageError::TooManyBytes { bytes: MAX_PAGE_BYTES + 1, limit: MAX_PAGE_BYTES })
    );
}

#[test]
fn a_rule_file_can_have_the_generic_cleaner_judge_its_body() {
    let rules = "hosts = ['a.de']\npolicy = { related = 'drop' }\n[body]\nselect = ['main']\ngeneric = true\n[[drop]]\n\
        id = 'replies'\ncategory = 'comments'\ncss = '.replies'";
    let long =
        "The old lighthouse keeper, who had seen many winters, told the children how the lamp was lit. ".repeat(4);
    let html = format!(
        "<nav><a href=/>Home</a></nav><main><article class=post><p>{long}<p>{long}<p>{long}</article>\
         <div class=replies><p>{long}</div>\
         <div class=related-posts><ul><li><a href=/a>Another story</a><li><a href=/b>One more</a></ul></div></main>"
    );
    let clean = |cleaner: &Cleaner| {
        let page =
            Page { content: Content::Text(html.clone().into()), url: Some("https://a.de/1".into()), ..Page::default() };
        cleaner.clean(&page).expect("a page")
    };
    let library = || Library::of_texts(&[("sites/a.de.toml", rules)]);
    let cleaner = Cleaner::new(library());
    let article = clean(&cleaner);
    let why: Vec<_> = article.ledger.dropped(&article.document).map(|(cause, _)| &*cause.rule).collect();
    assert_eq!(why, ["a.de/body", "a.de/replies", "generic/related", "generic/related"]);
    assert_eq!(article.flags, []);
    let alone = clean(&Cleaner::new(library()).without_generic());
    assert!(article.confidence < alone.confidence, "{} {}", article.confidence, alone.confidence);
    // What the rules dropped was not judged, and what was judged has its numbers.
    let judged: Vec<usize> =
        (0..article.document.blocks.len()).filter(|at| article.ledger.score(*at).is_some()).collect();
    assert_eq!(judged.len(), 5);
    let all: Vec<usize> = (0..article.document.blocks.len()).collect();
    let sheets = cleaner.rerun(&article).features(&all);
    assert!(sheets.iter().enumerate().all(|(at, sheet)| sheet.is_some() == judged.contains(&at)));
    let links = sheets.iter().flatten().map(|sheet| sheet.get(Feature::LinkShare, sheet.rows().start) > 0.9);
    assert_eq!(links.collect::<Vec<_>>(), [false, false, false, true, true]);
    // Without it the rules are on their own, and with a policy its reasons are.
    assert_eq!(alone.ledger.dropped(&article.document).count(), 2);
    let keep = Policies::from([(Category::Related, Policy::Keep)]);
    assert_eq!(clean(&Cleaner::new(library()).with_policies(keep)).ledger.dropped(&article.document).count(), 2);
}

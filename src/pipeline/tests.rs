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
fn what_is_no_page_is_refused() {
    let cleaner = Cleaner::new(Library::empty());
    let pdf = Page { content: Content::Bytes(b"%PDF-1.7"[..].into()), ..Page::default() };
    assert!(matches!(cleaner.clean(&pdf), Err(PageError::NotAPage(_))));
    let large = Page { content: Content::Bytes(vec![b'a'; MAX_PAGE_BYTES + 1].into()), ..Page::default() };
    assert_eq!(cleaner.clean(&large).err(), Some(PageError::TooManyBytes { bytes: MAX_PAGE_BYTES + 1 }));
}

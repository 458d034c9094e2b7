use proptest::prelude::*;

use super::*;
use crate::document::html::parse;

fn read(html: &str) -> Declared {
    declared(&parse::document(html).expect("within bounds"))
}

fn date(html: &str) -> Option<String> {
    read(html).date.map(|date| date.to_string())
}

#[test]
fn a_page_that_says_everything() {
    let page = read(
        r#"<html lang="de-DE"><head><title>Neue Werkstatt - Musterblatt</title>
        <meta property="og:title" content="Neue Werkstatt &amp; mehr - Musterblatt">
        <meta property="og:site_name" content="Musterblatt"><meta property="og:url" content="https://m.example/1">
        <link rel="canonical" href="https://www.example.org/1">
        <script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
            {"@type": "WebSite", "name": "Anders"},
            {"@type": ["NewsArticle"], "headline": "Kurz", "datePublished": "2024-04-04T18:00:00+02:00",
             "author": [{"@type": "Person", "name": "Jo Muster"}, "Kim Beispiel", {"name": "Jo Muster"}]}]}</script>"#,
    );
    assert_eq!(page.title.as_deref(), Some("Neue Werkstatt & mehr"));
    assert_eq!(page.authors, ["Jo Muster", "Kim Beispiel"]);
    assert_eq!(page.date.map(|date| date.to_string()).as_deref(), Some("2024-04-04T18:00:00+02:00"));
    assert_eq!(page.site_name.as_deref(), Some("Musterblatt"));
    assert_eq!(page.canonical.as_deref(), Some("https://www.example.org/1"));
    assert_eq!(page.og_url.as_deref(), Some("https://m.example/1"));
    assert_eq!(page.language.as_deref(), Some("de-DE"));
}

#[test]
fn a_page_that_says_nothing() {
    assert_eq!(read(""), Declared::default());
}

#[test]
fn titles() {
    let title = |html: &str| read(html).title.unwrap_or_default();
    assert_eq!(title("<title>T</title><h1>The <b>story</b></h1>"), "The story");
    assert_eq!(title("<meta name=application-name content=Blog><h1>Blog</h1><h1>Story</h1>"), "Story");
    assert_eq!(title("<title>A - B - C</title>"), "A - B - C", "nobody says that C is the site");
    assert_eq!(title("<link rel=canonical href=https://www.golem.de/x><title>A - Golem.de</title>"), "A");
    assert_eq!(title("<svg><title>Icon</title></svg><title>Story</title>"), "Story");
}

#[test]
fn authors() {
    let authors = |html: &str| read(html).authors;
    assert_eq!(
        authors("<meta property=article:author content=https://social.example/jo><a rel=author>By Jo Muster</a>"),
        ["Jo Muster"]
    );
    assert_eq!(authors("<meta name=author content='Jo Muster'><a rel=author>Kim</a>"), ["Jo Muster"]);
    assert_eq!(authors("<span itemprop=author><span itemprop=name>Von Jo Muster</span></span>"), ["Jo Muster"]);
}

#[test]
fn titles_without_the_names_of_the_site() {
    let title = |html: &str| read(html).title.unwrap_or_default();
    let publisher =
        r#"<script type=application/ld+json>{"@type": "NewsArticle", "publisher": {"name": "Das Blatt"}}</script>"#;
    let page =
        format!("<meta property=og:site_name content=Musterblatt>{publisher}<title>A &amp;amp; B | Das Blatt</title>");
    assert_eq!(title(&page), "A & B");
    let dated = "<link rel=canonical href=https://www.mb.example/x><title>A – MB – 13.06.2023</title>";
    assert_eq!(title(&dated.replace("mb.example", "mb.com")), "A");
    let several = "<title>Story | Blog</title><h1>Offers</h1><h1>Story</h1>";
    assert_eq!(title(several), "Story");
    let agreed = r#"<meta property=og:title content="Wow!"><h1>Story</h1>
        <script type=application/ld+json>{"@type": "Article", "headline": "Story"}</script>"#;
    assert_eq!(title(agreed), "Story");
}

#[test]
fn who_is_no_author() {
    let authors = |html: &str| read(html).authors;
    let others = "<figure><a rel=author>Kim</a></figure><div class=comment-list><i itemprop=author>Bo</i></div>
        <div class='no-comments'><i itemprop=author>Jo Muster</i></div><p id=reply><i itemprop=author>Al</i></p>";
    assert_eq!(authors(others), ["Jo Muster"]);
    let site = "<meta property=og:site_name content='Das Blatt'><meta name=author content='Das Blatt'>";
    assert_eq!(authors(site), ["Das Blatt"]);
    assert_eq!(authors(&format!("{site}<a rel=author>Jo Muster</a>")), ["Jo Muster"]);
    assert_eq!(authors("<meta name=author content='Jo &amp;amp; Söhne'>"), ["Jo & Söhne"]);
    assert_eq!(authors("<meta name=author content='jo@mail.example'><a rel=author>Jo</a>"), ["Jo"]);
}

#[test]
fn names_in_all_scripts() {
    let page = read("<meta name=author content='中文'><meta name=author content=朝日新聞><meta name=author content=द>");
    assert_eq!(page.authors, ["中文", "朝日新聞", "द"]);
}

#[test]
fn dates() {
    assert_eq!(date("<meta name=DC.Date content=2024-04-04>").as_deref(), Some("2024-04-04"));
    let page = "<time datetime=2024-01-01></time><aside><article><time datetime=2024-02-02></time></article></aside>
        <main><time datetime=2024-03-03></time><article><time datetime=nonsense></time><time datetime=2024-04-04></time>";
    let time = |html: &str| read(html).time.map(|date| date.to_string());
    assert_eq!((time(page).as_deref(), date(page)), (Some("2024-04-04"), None));
    assert_eq!(time("<article><time>Aug 04, 2025</time>").as_deref(), Some("2025-08-04"));
    assert_eq!(date("<i itemprop=datePublished>5. Mai 2024</i>").as_deref(), Some("2024-05-05"));
}

#[test]
fn dates_that_cannot_be_are_passed_over() {
    let page = "<meta property=article:published_time content=1970-01-01T00:00:00Z><meta name=date content=2099-01-01>
        <meta name=vendor-published-date content=2024-04-04>";
    assert_eq!(date(page).as_deref(), Some("2024-04-04"));
}

#[test]
fn changes_are_not_publications() {
    let page = read(
        r#"<meta property=article:modified_time content=2024-05-05><meta name=cms.dateModified content=2024-06-06>
        <script type="application/ld+json">{"@type": "WebPage", "dateModified": "2024-04-04T18:00:00Z"}</script>"#,
    );
    assert_eq!(
        (page.date, page.modified.map(|date| date.to_string()).as_deref()),
        (None, Some("2024-04-04T18:00:00Z"))
    );
    let item = "<i itemprop='dateCreated datePublished'>5. Mai 2024</i><i itemprop=dateModified>6. Mai 2024</i>";
    let written = [read(item).date, read(item).modified].map(|date| date.map(|date| date.to_string()));
    assert_eq!(written, [Some("2024-05-05".to_owned()), Some("2024-05-06".to_owned())]);
}

#[test]
fn where_each_piece_comes_from() {
    use Field::{Author, Canonical, Date, Description, Image, Language, Site, Tags, Title};
    let page = read(
        r#"<html lang=en><meta property=og:title content="The story"><meta name=author content="Jo Muster">
        <meta property=og:site_name content=Blatt><meta name=description content="What it is about">
        <meta property=article:tag content=Trees><meta property=article:tag content="Paths, Trees">
        <meta name=twitter:image content=/i.jpg><i itemprop=datePublished content=2024-05-05></i>"#,
    );
    assert_eq!((page.tags, page.image.as_deref()), (vec!["Trees".to_owned(), "Paths".to_owned()], Some("/i.jpg")));
    assert_eq!(page.description.as_deref(), Some("What it is about"));
    let origin = |field| page.origins.of(field);
    assert_eq!([Title, Site, Tags].map(origin), [Some(Origin::OpenGraph); 3]);
    assert_eq!([Author, Description, Image].map(origin), [Some(Origin::Meta); 3]);
    assert_eq!([Date, Language, Canonical].map(origin), [Some(Origin::Microdata), Some(Origin::Lang), None]);
}

#[test]
fn json_ld_over_several_objects() {
    let page = |json: &str| read(&format!("<script type=application/ld+json>{json}</script>"));
    let graph = page(
        r##"{"@graph": [{"@type": "WebPage", "datePublished": "2024-01-01", "description": "Of the page"},
        {"@type": "NewsArticle", "headline": "A story", "author": {"@id": "#jo"}, "image": [{"url": "https://e.example/i.jpg"}],
         "keywords": "Trees, Paths"},
        {"@type": "Article", "headline": "Another story", "author": "Kim", "dateModified": "2024-03-03"},
        {"@type": "BlogPosting", "headline": "A story", "dateModified": "2024-02-02"},
        {"@type": "Person", "@id": "#jo", "name": "Jo Muster"}]}"##,
    );
    assert_eq!(graph.authors, ["Jo Muster"]);
    assert_eq!(graph.modified.map(|date| date.to_string()).as_deref(), Some("2024-02-02"));
    assert_eq!(graph.date.map(|date| date.to_string()).as_deref(), Some("2024-01-01"), "no article says it");
    assert_eq!((graph.tags.len(), graph.image.as_deref()), (2, Some("https://e.example/i.jpg")));
    let blog = |posts: &str| page(&format!(r#"{{"@type": "Blog", "blogPost": [{posts}]}}"#)).title;
    let post = r#"{"@type": "BlogPosting", "headline": "A story"}"#;
    assert_eq!(blog(post).as_deref(), Some("A story"));
    assert_eq!(blog(&[post, post].join(",")), None, "a list of several");
}

#[test]
fn labels_of_cards_name_authors() {
    let label = "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Jo Muster'>
        <meta name=twitter:label2 content='Reading time'><meta name=twitter:data2 content='6 minutes'>";
    assert_eq!(read(label).authors, ["Jo Muster"]);
}

#[test]
fn organisations_and_accounts_stand_back() {
    let linked = r#"<script type=application/ld+json>{"@type": "Article", "author": [
        {"@type": "Organization", "name": "Press House"}]}</script>"#;
    assert_eq!(read(&format!("{linked}<a rel=author>Jo Muster</a>")).authors, ["Jo Muster"]);
    assert_eq!(read(linked).authors, ["Press House"]);
    assert_eq!(read("<meta name=author content=jmuster><a rel=author>Jo Muster</a>").authors, ["Jo Muster"]);
    let both = linked.replace("}]", r#"}, {"@type": "Person", "name": "Jo Muster"}]"#);
    assert_eq!(read(&both).authors, ["Press House", "Jo Muster"]);
    assert_eq!(read("<a rel=author>Jo Muster</a><a rel=author>More About Jo Muster »</a>").authors, ["Jo Muster"]);
}

#[test]
fn languages() {
    let language = |html: &str| read(html).language.unwrap_or_default();
    assert_eq!(language("<meta property=og:locale content=de_DE>"), "de-DE");
    assert_eq!(language("<html lang='{{ locale }}'><meta http-equiv=Content-Language content='fr, en'>"), "fr");
    assert_eq!(language("<html lang=utf-8>"), "");
}

#[test]
fn broken_and_hostile_json_is_passed_over() {
    let page = |json: &str| read(&format!("<script type=application/ld+json>{json}</script>"));
    let article = |name: &str| format!(r#"{{"@type":"Article","headline":"{name}","author":{{"name":["Jo"]}}}}"#);
    assert_eq!(page("{\"@type\": \"Article\", ").title, None);
    assert_eq!(page(&article("Two\nlines")).title.as_deref(), Some("Two lines"));
    assert_eq!(page(&format!("<!-- {} -->", article("A"))).authors, ["Jo"]);
    assert_eq!(page(&format!("{}{}", "[".repeat(100_000), article("A"))).title, None);
    assert_eq!(page(&format!("{}{}{}", "[".repeat(50), article("A"), "]".repeat(50))).title, None);
    assert_eq!(page(&format!("[{}]", vec![article("A"); 5000].join(","))).title.as_deref(), Some("A"));
    let related = r#"{"@type":"ItemList","itemListElement":[{"@type":"Article","headline":"Other"}]}"#;
    assert_eq!(page(related).title, None);
}

#[test]
fn nested_elements_cost_no_more_than_others() {
    let page = format!("{}Jo{}", "<span itemprop=author>".repeat(5_000), "<h1>x".repeat(5_000));
    assert!(read(&page).authors.len() <= names::MOST);
}

proptest! {
    #[test]
    fn no_text_panics(text in "(\\PC{0,6}|by |von | - | \\| |https://www\\.|é|中| ){0,6}") {
        let text = text.replace('\'', "");
        let json = serde_json::json!({"@type": "Article", "headline": text, "author": text, "inLanguage": text});
        read(&format!(
            "<html lang='{text}'><meta name=author content='{text}'><meta property=og:site_name content='{text}'>
            <link rel=canonical href='{text}'><title>{text}</title><a rel=author>{text}</a><time datetime='{text}'>
            <script type=application/ld+json>{json}</script>"
        ));
    }
}

//! Audits of invented batches: what is found, and what is not.

use std::fs;

use dehusk::audit::baseline::Baseline;
use dehusk::audit::finding::Kind;
use dehusk::audit::report::Report;
use dehusk::audit::{Batch, Glimpse};
use dehusk::flags::Flag;
use dehusk::page::{Content, Page};
use dehusk::pipeline::Cleaner;
use dehusk::rules::library::Library;

const RULES: &str = r#"
name  = "Evening Post"
hosts = ["evening-post.example"]

[body]
select = ["div.story"]

[[drop]]
id       = "kicker"
category = "navigation"
css      = "p.kicker"
expect   = "always"

[[drop]]
id       = "offer"
category = "advertisement"
css      = "p.offer"
"#;

/// What changes from page to page.
#[derive(Clone, Copy)]
struct Build<'a> {
    kicker: bool,
    offer: bool,
    paragraphs: usize,
    /// The class of the element around the article.
    body: &'a str,
    /// The class of a box of teasers above it.
    teasers: &'a str,
    /// A last paragraph that the page shares with others.
    last: &'a str,
}

const HEALTHY: Build<'_> =
    Build { kicker: true, offer: true, paragraphs: 8, body: "story", teasers: "teasers", last: "" };

/// A page about something else each time.
fn page(number: usize, build: Build<'_>) -> String {
    const WHO: [&str; 7] =
        ["the ferry", "a miller", "the mayor", "the old bridge", "a beekeeper", "the choir", "the harbour"];
    const DOES: [&str; 5] = ["waited for", "painted", "had forgotten", "wrote to", "was looking for"];
    const WHAT: [&str; 11] = [
        "the tide",
        "a lantern",
        "the council",
        "its visitors",
        "the rain",
        "a letter",
        "the market",
        "two goats",
        "the timetable",
        "an engineer",
        "the lighthouse",
    ];
    let sentence = |k: usize| {
        let (who, does, what) =
            (WHO[(number + k * 3) % 7], DOES[(number * 2 + k) % 5], WHAT[(number * 5 + k * 7) % 11]);
        format!(
            "In the year {}, {who} {does} {what}, and nobody in town {number} was surprised by it.",
            1800 + k + number
        )
    };
    let paragraphs: String = (0..build.paragraphs)
        .map(|k| format!("<p>{} {} {}</p>", sentence(k * 3), sentence(k * 3 + 1), sentence(k * 3 + 2)))
        .collect();
    let teaser = |k: usize| format!("<p><a href=/{k}>{}</a></p>", sentence(100 + k));
    let kicker = if build.kicker { "<p class=kicker>Town and harbour</p>" } else { "" };
    let offer = if build.offer { "<p class=offer>Read the paper on paper: four weeks for one.</p>" } else { "" };
    let last = if build.last.is_empty() { String::new() } else { format!("<p class=more>{}</p>", build.last) };
    format!(
        "<html><head><title>Page {number}</title></head><body><nav><a href=/>Home</a> <a href=/town>Town</a></nav>\
         <div class=\"{}\">{}{}</div><h1>The news of day {number}</h1><div class=\"{}\">{kicker}{paragraphs}{offer}{last}</div>\
         <footer><p>Evening Post, Quay Street 1</p></footer></body></html>",
        build.teasers,
        teaser(1),
        teaser(2),
        build.body,
    )
}

fn cleaner() -> Cleaner {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("sites")).expect("a folder");
    fs::write(folder.path().join("sites/evening-post.example.toml"), RULES).expect("a file");
    Cleaner::new(Library::with_overlays(&[folder.path()]).expect("good rules"))
}

fn batch(cleaner: &Cleaner, host: &str, pages: impl IntoIterator<Item = String>) -> Batch {
    let mut batch = Batch::default();
    for (number, html) in pages.into_iter().enumerate() {
        let url = format!("https://{host}/{number}");
        let page = Page { url: Some(url.clone()), content: Content::Text(html.into()), ..Page::default() };
        let article = cleaner.clean(&page).expect("a page");
        batch.add(Glimpse::of(&article, &format!("page {number}"), Some(&url)));
    }
    batch
}

/// The findings of a batch of one source, alone or beside another batch.
fn findings(pages: impl IntoIterator<Item = String>, before: Option<Vec<String>>) -> Vec<(Kind, Option<String>, u64)> {
    let cleaner = cleaner();
    let host = "evening-post.example";
    let before = before.map(|pages| Baseline::of(&batch(&cleaner, host, pages)));
    let report = Report::new(&batch(&cleaner, host, pages), 0, cleaner.library(), before.as_ref());
    let found = report.sources.into_iter().flat_map(|source| source.findings);
    found.map(|finding| (finding.kind, finding.rule, finding.pages)).collect()
}

fn healthy(count: usize) -> Vec<String> {
    (0..count).map(|number| page(number, Build { paragraphs: 6 + number % 5, ..HEALTHY })).collect()
}

#[test]
fn on_healthy_pages_nothing_is_found() {
    assert_eq!(findings(healthy(40), None), []);
    assert_eq!(findings(healthy(40), Some(healthy(30))), []);
}

#[test]
fn a_relaunch_is_found_whatever_the_old_selectors_find() {
    let cleaner = cleaner();
    let cut = Build { body: "text", ..HEALTHY };
    // The old name is that of the teasers now, or that of the whole page.
    let moved = Build { body: "text", teasers: "story", ..HEALTHY };
    for build in [cut, moved] {
        let html = page(1, build);
        let page = Page {
            url: Some("https://evening-post.example/1".into()),
            content: Content::Text(html.into()),
            ..Page::default()
        };
        let article = cleaner.clean(&page).expect("a page");
        assert!(article.flags.contains(&Flag::StaleRules), "{:?}", article.flags);
        let text = article.text();
        assert!(text.matches("nobody in town 1 was surprised").count() >= 20, "the article is there: {text}");
        let alone = Cleaner::new(Library::builtin());
        assert!(!alone.clean(&page).expect("a page").flags.contains(&Flag::StaleRules), "a source without rules");
    }
    let pages = healthy(20).into_iter().chain((0..4).map(|number| page(50 + number, moved)));
    assert_eq!(findings(pages, None), [(Kind::StaleRules, None, 4)]);
}

#[test]
fn a_body_that_is_short_for_good_reasons_is_not_stale() {
    let cleaner = cleaner();
    let html = page(3, Build { paragraphs: 1, ..HEALTHY });
    let page = Page {
        url: Some("https://evening-post.example/3".into()),
        content: Content::Text(html.into()),
        ..Page::default()
    };
    let article = cleaner.clean(&page).expect("a page");
    assert!(!article.flags.contains(&Flag::StaleRules));
    assert!(article.text().starts_with("In the year"));
}

#[test]
fn what_is_expected_always_is_missed_at_once() {
    let pages = healthy(10).into_iter().chain([page(77, Build { kicker: false, ..HEALTHY })]);
    assert_eq!(findings(pages, None), [(Kind::Expect, Some("evening-post.example/kicker".into()), 1)]);
}

#[test]
fn rates_change_beyond_chance_only() {
    let without = |count: usize, every: usize| -> Vec<String> {
        (0..count).map(|number| page(number, Build { offer: number % every != 0, ..HEALTHY })).collect()
    };
    let gone = without(40, 1);
    assert_eq!(findings(gone, Some(healthy(40))), [(Kind::Rate, Some("evening-post.example/offer".into()), 0)]);
    assert_eq!(findings(without(40, 10), Some(healthy(40))), []);
    assert_eq!(findings(without(2, 1), Some(healthy(40))), [], "two pages tell little");
}

#[test]
fn bodies_out_of_the_band_are_found_and_named() {
    let odd = [page(90, Build { paragraphs: 1, ..HEALTHY }), page(91, Build { paragraphs: 160, ..HEALTHY })];
    let found = findings(healthy(40).into_iter().chain(odd.clone()), None);
    assert!(found.contains(&(Kind::Length, None, 2)), "{found:?}");
    assert_eq!(findings(healthy(10).into_iter().chain(odd), None), [], "too few pages have no band");
    let half: Vec<String> =
        (0..40).map(|number| page(number, Build { paragraphs: 3 + number % 3, ..HEALTHY })).collect();
    let found = findings(half, Some(healthy(40)));
    assert!(found.contains(&(Kind::Length, None, 40)), "all are shorter than they were: {found:?}");
}

#[test]
fn repeated_text_is_proposed_as_a_rule_that_drops_it() {
    let build = Build { last: "Don't miss our newsletter (every day at 5.30)!", ..HEALTHY };
    let pages = || healthy(20).into_iter().chain((30..40).map(move |number| page(number, build)));
    let cleaner = cleaner();
    let seen = batch(&cleaner, "evening-post.example", pages());
    let report = Report::new(&seen, 0, cleaner.library(), None);
    let findings = &report.sources[0].findings;
    assert_eq!(findings.len(), 1, "{findings:?}");
    let finding = &findings[0];
    assert_eq!((finding.kind, finding.pages, finding.of), (Kind::Repeated, 10, 30));
    let proposal = finding.proposal.as_deref().expect("a rule");
    assert!(proposal.contains("category = \"newsletter\""), "{proposal}");

    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("sites")).expect("a folder");
    fs::write(folder.path().join("sites/evening-post.example.toml"), format!("{RULES}\n{proposal}")).expect("a file");
    let cleaner = Cleaner::new(Library::with_overlays(&[folder.path()]).expect("the proposal is a good rule"));
    let seen = batch(&cleaner, "evening-post.example", pages());
    assert_eq!(Report::new(&seen, 0, cleaner.library(), None).findings, 0);
}

#[test]
fn what_articles_repeat_is_not_proposed() {
    let same = || std::iter::repeat_n(page(5, HEALTHY), 6);
    assert_eq!(findings(healthy(20).into_iter().chain(same()), None), [], "copies of a page");
    let build = Build { last: "The ferry sails again in spring.", ..HEALTHY };
    let two = [page(30, build), page(31, build)];
    assert_eq!(findings(healthy(20).into_iter().chain(two), None), [], "on two pages");
}

#[test]
fn a_known_repetition_is_no_news() {
    let build = Build { last: "Follow the Evening Post", ..HEALTHY };
    let pages = || -> Vec<String> { (0..20).map(|number| page(number, build)).collect() };
    assert_eq!(findings(pages(), None).len(), 1);
    assert_eq!(findings(pages(), Some(pages())), []);
}

#[test]
fn pages_of_unknown_sources_are_counted_by_host() {
    let cleaner = cleaner();
    let build = Build { last: "Follow the Gazette", ..HEALTHY };
    let seen = batch(&cleaner, "www.gazette.example", (0..20).map(|number| page(number, build)));
    let report = Report::new(&seen, 0, cleaner.library(), None);
    assert_eq!((report.unknown.pages, report.findings, report.sources.len()), (20, 0, 0));
    assert_eq!(report.unknown.hosts[0].host, "gazette.example");
}

#[test]
fn a_baseline_survives_its_file() {
    let cleaner = cleaner();
    let host = "evening-post.example";
    let before = Baseline::of(&batch(&cleaner, host, healthy(25)));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("deep/baseline.json");
    assert_eq!(Baseline::read(&path).expect("none is fine"), None);
    before.write(&path).expect("written");
    assert_eq!(Baseline::read(&path).expect("a baseline").as_ref(), Some(&before));
    let renewed = before.clone().renewed(&batch(&cleaner, host, healthy(30)));
    assert_ne!(renewed, before);
    fs::write(&path, "{\"version\":9,\"sources\":{}}").expect("a file");
    let error = Baseline::read(&path).expect_err("of another version").to_string();
    assert!(error.contains("version 9"), "{error}");
    fs::write(&path, "[]").expect("a file");
    assert!(Baseline::read(&path).expect_err("something else").to_string().contains("not a baseline"));
}

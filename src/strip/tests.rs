use std::sync::Arc;

use crate::rules::selector::{Selector, compile};

use super::*;
use crate::document::{Block, BlockKind, Place, html};
use crate::ledger::Guard;
use crate::rules::pattern::Pattern;
use crate::rules::selector::index::SelectorIndex;
use crate::rules::source::{Body, Scope};
use crate::strip::reading::Reading;

fn text(lines: &[&str]) -> Document {
    let place = |line| Place::Text { bytes: 0..0, line };
    let block = |(at, line): (usize, &&str)| Block::new(BlockKind::Paragraph, *line, place(at + 1));
    Document { blocks: lines.iter().enumerate().map(block).collect(), ..Document::default() }
}

fn page(html: &str) -> Document {
    html::read(html).expect("within bounds")
}

fn whole(pattern: &str) -> Pattern {
    Pattern::whole(pattern).expect("a pattern")
}

fn css(selector: &str) -> Selector {
    compile(selector).expect("a selector")
}

fn rule(id: &str, finder: Finder) -> Rule {
    let name = format!("x/{id}").into();
    let category = Category::Other;
    Rule { name, category, finder, scope: Scope::default(), keep: false, max_share: 0.9, expect: None }
}

fn elements(id: &str, selector: &str) -> Rule {
    rule(id, Finder::Elements { select: css(selector), text: None, closest: None, pick: None })
}

fn source(rules: Vec<Rule>) -> Source {
    Source {
        id: Arc::from("x"),
        reads_text: false,
        text_input: None,
        body: Body::default(),
        meta: Meta::default(),
        max_share: 0.9,
        policy: Policies::new(),
        rules,
        layouts: Vec::new(),
        patterns: Arc::default(),
        selectors: SelectorIndex::default(),
    }
}

/// With its patterns indexed and without, which must come to the same.
fn run(document: &Document, source: &Source) -> Stripped {
    let reading = Reading::new(document);
    let plain = strip(&Scan::unindexed(&reading), source, None, &Policies::new()).expect("a body");
    let indexed = source.clone().indexed();
    let stripped = strip(&Scan::new(&reading, &indexed), &indexed, None, &Policies::new()).expect("a body");
    assert_eq!((&plain.ledger.verdicts, &plain.ledger.cuts), (&stripped.ledger.verdicts, &stripped.ledger.cuts));
    stripped
}

/// The texts that stay.
fn kept(document: &Document, source: &Source) -> Vec<String> {
    run(document, source).ledger.body(document).into_iter().map(|block| block.text).filter(|t| !t.is_empty()).collect()
}

#[test]
fn blocks_by_pattern_within_their_scope() {
    let document = text(&["Menu", "One long text", "Menu", "Two long texts", "Menu"]);
    let scoped = |scope| Rule { scope, ..rule("menu", Finder::Blocks(whole("Menu"))) };
    let left = |scope| kept(&document, &source(vec![scoped(scope)])).len();
    assert_eq!(left(Scope::default()), 2);
    assert_eq!(left(Scope { first: Some(1), ..Scope::default() }), 4);
    assert_eq!(left(Scope { last: Some(3), ..Scope::default() }), 3);
    assert_eq!(left(Scope { after: Some(0.5), ..Scope::default() }), 4);
    assert_eq!(left(Scope { before: Some(0.5), ..Scope::default() }), 3);
    assert_eq!(left(Scope { under: Some(whole("One.*")), ..Scope::default() }), 3);
    assert_eq!(left(Scope { isolated: Some(false), ..Scope::default() }), 5);
    let input = Some(crate::rules::file::InputKind::Html);
    assert_eq!(left(Scope { input, ..Scope::default() }), 5);
}

#[test]
fn spans_of_blocks() {
    let document = text(&["text one", "About us", "we are", "Contact", "someone"]);
    let between =
        |to: Option<&str>, or_end| Finder::Between { from: whole("About us"), to: to.map(whole), or_end, each: false };
    let left = |finder| kept(&document, &source(vec![rule("about", finder)]));
    assert_eq!(left(between(None, false)), ["text one"]);
    assert_eq!(left(between(Some("Contact"), false)), ["text one", "Contact", "someone"]);
    assert_eq!(left(between(Some("Missing"), false)).len(), 5);
    assert_eq!(left(between(Some("Missing"), true)), ["text one"]);
}

#[test]
fn each_stretch_where_it_is_asked_for() {
    let document = text(&["Box", "a", "text one", "Box", "b", "text two", "Box", "c"]);
    let finder = |each| Finder::Between { from: whole("Box"), to: Some(whole("text .*")), or_end: true, each };
    let left = |each| kept(&document, &source(vec![rule("box", finder(each))]));
    assert_eq!(left(false), ["text one", "Box", "b", "text two", "Box", "c"]);
    assert_eq!(left(true), ["text one", "text two"]);
}

#[test]
fn a_stretch_begins_at_a_block_that_is_still_there() {
    let document = text(&["text one", "More", "text two", "More", "teaser"]);
    let first =
        Rule { scope: Scope { first: Some(2), ..Scope::default() }, ..rule("a", Finder::Blocks(whole("More"))) };
    let rest = rule("b", Finder::Between { from: whole("More"), to: None, or_end: false, each: false });
    assert_eq!(kept(&document, &source(vec![rest.clone()])), ["text one"]);
    assert_eq!(kept(&document, &source(vec![first, rest])), ["text one", "text two"]);
}

#[test]
fn neighbours_narrow_a_rule() {
    let document = text(&["A caption", "(Photo: X)", "text", "A caption"]);
    let left = |scope| kept(&document, &source(vec![Rule { scope, ..rule("caption", Finder::Blocks(whole(".+"))) }]));
    let next = Scope { next: Some(whole(r"\(Photo: .+\)")), ..Scope::default() };
    assert_eq!(left(next), ["(Photo: X)", "text", "A caption"]);
    let previous = Scope { previous: Some(whole("text")), ..Scope::default() };
    assert_eq!(left(previous), ["A caption", "(Photo: X)", "text"]);
}

#[test]
fn elements_are_dropped_and_inline_ones_cut() {
    let document = page("<p>one <a class=n>(new)</a>, two</p><div class=ad><p>buy</p></div><p class=ad>now</p>");
    assert_eq!(kept(&document, &source(vec![elements("ad", ".ad"), elements("new", ".n")])), ["one, two"]);
    let pick = |pick| Finder::Elements { select: css(".ad"), text: None, closest: None, pick: Some(pick) };
    assert_eq!(kept(&document, &source(vec![rule("ad", pick(-1))])), ["one (new), two", "buy"]);
    assert_eq!(kept(&document, &source(vec![rule("ad", pick(3))])).len(), 3);
    let closest = Finder::Elements {
        select: css("p"),
        text: Some(Pattern::part("buy").expect("a pattern")),
        closest: Some(css("div")),
        pick: None,
    };
    assert_eq!(kept(&document, &source(vec![rule("ad", closest)])), ["one (new), two", "now"]);
}

#[test]
fn the_body_is_the_first_alternative_that_has_text() {
    let document = page("<main></main><nav>menu</nav><h1>T</h1><article><p>one</p><img src=i></article><p>foot</p>");
    let select = vec![vec![css("main")], vec![css("h1"), css("article")]];
    let found = Source { body: Body { select, ..Body::default() }, ..source(vec![]) };
    assert_eq!(kept(&document, &found), ["T", "one"]);
    let missing = Source { body: Body { select: vec![vec![css("#gone")]], ..Body::default() }, ..source(vec![]) };
    let stale = strip(&Scan::unindexed(&Reading::new(&document)), &missing, None, &Policies::new());
    assert_eq!(stale.err(), Some(StaleRules));
    let anchors = Body { from: Some(whole("a")), to: Some(whole("b")), ..Body::default() };
    let anchored = Source { body: anchors, ..source(vec![]) };
    assert_eq!(kept(&text(&["b", "a", "x", "b", "y"]), &anchored), ["x"]);
}

#[test]
fn what_is_protected_stays() {
    let document = text(&["Menu of the day", "Menu"]);
    let keep = Rule { keep: true, ..rule("food", Finder::Blocks(whole("Menu of .*"))) };
    let drop = rule("menu", Finder::Blocks(whole("Menu.*")));
    assert_eq!(kept(&document, &source(vec![keep.clone(), drop.clone()])), ["Menu of the day"]);
    assert!(kept(&document, &source(vec![Rule { max_share: 1.0, ..drop }, keep])).len() == 2, "guarded as a whole");
}

#[test]
fn phrases_are_cut_and_blocks_of_nothing_else_dropped() {
    let document = text(&["berichtet(neu) .", "(neu)", "M\u{fc}nchen(neu)"]);
    let stripped = run(&document, &source(vec![rule("new", Finder::Phrases(Pattern::literal("(neu)").expect("one")))]));
    let left: Vec<_> = stripped.ledger.body(&document).into_iter().map(|block| block.text).collect();
    assert_eq!(left, ["berichtet.", "München"]);
    let dropped: Vec<_> = stripped.ledger.dropped(&document).map(|(cause, text)| (&*cause.rule, text)).collect();
    assert_eq!(dropped, [("x/new", "(neu)"); 3]);
}

#[test]
fn overlapping_cuts_are_cut_once() {
    let document = text(&["abcdef"]);
    let phrase = |id, pattern| rule(id, Finder::Phrases(Pattern::part(pattern).expect("a pattern")));
    let stripped = run(&document, &source(vec![phrase("one", "bcd"), phrase("two", "cde"), phrase("three", "ab")]));
    let cuts: Vec<_> = stripped.ledger.cuts.iter().map(|cut| (&*cut.cause.rule, cut.range.clone())).collect();
    assert_eq!(cuts.iter().map(|(_, range)| range.len()).sum::<usize>(), 5);
    assert_eq!(stripped.ledger.body(&document)[0].text, "f");
}

#[test]
fn no_rule_eats_an_article() {
    let document = text(&["the first paragraph", "the second paragraph", "x"]);
    let all = Rule { max_share: 0.5, ..rule("all", Finder::Blocks(whole(".*"))) };
    let stripped = run(&document, &source(vec![all]));
    assert_eq!(stripped.ledger.body(&document).len(), 3);
    assert_eq!(stripped.ledger.set_aside[0].guard, Guard::Rule);
    let halves = vec![
        rule("first", Finder::Blocks(whole("the first.*"))),
        rule("second", Finder::Blocks(whole("the second.*"))),
        rule("third", Finder::Blocks(whole("x"))),
    ];
    let stripped = run(&document, &source(halves));
    let aside: Vec<_> = stripped.ledger.set_aside.iter().map(|one| (&*one.rule, one.guard)).collect();
    assert_eq!(aside, [("x/second", Guard::Source)]);
    assert_eq!(stripped.ledger.body(&document)[0].text, "the second paragraph");
}

#[test]
fn policies_and_expectations() {
    let document = text(&["menu", "a paragraph of text"]);
    let menu = Rule { expect: Some(Expect::Never), ..rule("menu", Finder::Blocks(whole("menu"))) };
    let missing = Rule { expect: Some(Expect::Always), ..rule("missing", Finder::Blocks(whole("gone"))) };
    let site = source(vec![menu, missing]);
    let stripped = run(&document, &site);
    let unexpected: Vec<_> = stripped.ledger.unexpected.iter().map(|one| (&*one.rule, one.fired)).collect();
    assert_eq!(unexpected, [("x/menu", true), ("x/missing", false)]);
    let keep = Policies::from([(Category::Other, Policy::Keep)]);
    let stripped = strip(&Scan::unindexed(&Reading::new(&document)), &site, None, &keep).expect("a body");
    assert_eq!(stripped.ledger.body(&document).len(), 2);
}

#[test]
fn groups_are_captured() {
    let document = text(&["Von Ada Lovelace", "a paragraph of text"]);
    let byline = rule("byline", Finder::Blocks(whole("Von (?P<author>.+)")));
    assert_eq!(run(&document, &source(vec![byline])).captured.author.as_deref(), Some("Ada Lovelace"));
}

#[test]
fn layouts_by_what_a_page_has_or_when_it_appeared() {
    let layout = |since: &str, when_css: Option<&str>| Layout {
        file: "s".into(),
        since: since.parse().ok(),
        when_css: when_css.map(css),
        when_line: None,
        body: None,
        meta: Meta::default(),
        rules: Vec::new(),
    };
    let mut site = source(vec![]);
    site.layouts = vec![layout("2025-01-01", Some("main")), layout("2023-01-01", None)];
    let since = |html: &str, date: &str| {
        let document = page(html);
        super::layout(&Scan::unindexed(&Reading::new(&document)), &site, date.parse().ok())
            .and_then(|layout| layout.since)
    };
    assert_eq!(since("<main>x", "2020-01-01"), "2025-01-01".parse().ok());
    assert_eq!(since("<p>x", "2024-01-01"), "2023-01-01".parse().ok());
    assert_eq!(since("<p>x", "2020-01-01"), None);
}

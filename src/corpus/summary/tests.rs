//! Tests of the summary of a run.

use std::time::Duration;

use super::histogram::Histogram;
use super::{MOST_NAMES, OTHERS, Outcome, PageFacts, Summary, amount};
use crate::category::Category;
use crate::corpus::entry::{Failure, Stage};
use crate::document::{Block, BlockKind, Document, Place, Unseen};
use crate::flags::Flag;
use crate::ledger::{Cause, Cut, Ledger, SetAside, Verdict};
use crate::page::{Content, Page};
use crate::pipeline::Cleaner;
use crate::rules::library::Library;

fn facts(number: u32) -> PageFacts {
    PageFacts {
        name: format!("page {number}"),
        bytes: 1000 * u64::from(number),
        seconds: 0.001 * f64::from(number),
        source: (!number.is_multiple_of(3)).then(|| "golem.de".into()),
        flags: if number.is_multiple_of(2) { vec![Flag::Generic, Flag::Paywall] } else { Vec::new() },
        confidence: 0.95,
        kept: 60,
        dropped: [(Category::Navigation, 30), (Category::Related, 10)].into(),
        unseen: 5,
        set_aside: if number == 7 { vec!["golem.de/topics".into()] } else { Vec::new() },
    }
}

fn failure(stage: Stage) -> Failure {
    Failure { id: None, url: None, place: "a.html".into(), stage, reason: "no bytes in it".into() }
}

fn summary() -> Summary {
    let outcomes = [Outcome::Written, Outcome::Marked, Outcome::Dropped, Outcome::LeftOut];
    let mut summary = Summary::new();
    for number in 0..40_u32 {
        summary.add(&facts(number), outcomes[if number < 10 { number as usize % 4 } else { 0 }]);
        summary.at(f64::from(number) / 10.0, Some(50_000_000));
    }
    for stage in [Stage::Read, Stage::Read, Stage::Clean] {
        summary.failed(&failure(stage));
    }
    (0..4).for_each(|_| summary.passed_over("a request"));
    summary.end(4.0, None);
    summary
}

#[test]
fn all_that_is_read_is_accounted_for() {
    let summary = summary();
    assert_eq!(summary.read(), 40 + 3 + 4);
    let pages = &summary.pages;
    let sum = pages.written + pages.duplicates_dropped + pages.left_out + pages.failed + pages.passed_over;
    assert_eq!(summary.read(), sum);
    assert_eq!((pages.duplicates_dropped, summary.duplicates, pages.left_out), (2, 5, 2));
    // What is told apart adds up to the same.
    assert_eq!(summary.failures.values().map(|row| row.pages).sum::<u64>(), pages.failed);
    assert_eq!(summary.passed_over.values().sum::<u64>(), pages.passed_over);
    assert_eq!(summary.sources.values().map(|row| row.pages).sum::<u64>(), summary.cleaned());
    assert_eq!(summary.sources.values().map(|row| row.kept).sum::<u64>(), summary.text.kept);
    for histogram in [&summary.confidence, &summary.kept_share, &summary.page_bytes, &summary.page_seconds] {
        assert_eq!(histogram.count(), summary.cleaned());
    }
    assert_eq!(summary.timeline.samples.last().map(|last| (last.pages, last.bytes)), Some((40, summary.bytes)));
}

#[test]
fn a_summary_for_people() {
    let expected = "\
pages        47 read, 36 written, 2 dropped as near-duplicates, 3 of these marked as near-duplicates, 2 left out, 3 failed, \
4 passed over
failed at    read 2, clean 1
passed over  a request 4
flags        generic 20, paywall 20
sources      golem.de 26, (none) 14
text         4,000 characters, 60 % kept, 40 % dropped: navigation 30 %, related 10 %
set aside    golem.de/topics 1
time         4.00 s; 10.0 pages and 195 kB a second; half of the pages took up to 19.0 ms, 99 of 100 up to 39.3 ms
slowest      39.0 ms, 39.0 kB: page 39
slowest      38.0 ms, 38.0 kB: page 38
slowest      37.0 ms, 37.0 kB: page 37
";
    assert_eq!(summary().to_string(), expected);
    assert_eq!(Summary::new().to_string(), "pages        0 read, 0 written\ntime         0 µs\n");
}

#[test]
fn a_summary_survives_being_written_down() {
    let summary = summary();
    let json = summary.json();
    let mut back: Summary = serde_json::from_str(&json).expect("it is a summary");
    assert_eq!(back, summary);
    let figures: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!((&figures["figures"]["read"], &figures["figures"]["pages_a_second"]), (&47.into(), &10.0.into()));
    assert_eq!(figures["text"]["dropped"]["navigation"], 1200);
    assert_eq!(figures["failures"]["read"]["first"], "a.html: no bytes in it");
    // It goes on as the undisturbed one does.
    let mut undisturbed = summary;
    for summary in [&mut back, &mut undisturbed] {
        summary.add(&facts(99), Outcome::Written);
        summary.end(5.0, None);
    }
    assert_eq!(back, undisturbed);
}

#[test]
fn memory_does_not_grow_with_names_and_time() {
    let mut summary = Summary::new();
    for number in 0..10_000_u32 {
        let source = Some(format!("{number}.example").into());
        summary.add(&PageFacts { name: "x".repeat(5000), source, ..facts(number) }, Outcome::Written);
        summary.passed_over(&format!("{number}"));
        summary.at(f64::from(number), None);
    }
    assert_eq!((summary.sources.len(), summary.passed_over.len()), (MOST_NAMES + 1, MOST_NAMES + 1));
    assert_eq!(summary.sources[OTHERS].pages, 10_000 - MOST_NAMES as u64);
    assert!(summary.slowest.len() == 10 && summary.slowest.iter().all(|page| page.name.len() <= 300));
    let samples = &summary.timeline.samples;
    assert!((100..=240).contains(&samples.len()), "{}", samples.len());
    assert!(samples.is_sorted_by(|one, other| one.seconds < other.seconds));
    assert_eq!(samples[0].pages, 1);
}

#[test]
fn what_is_dropped_is_weighed_by_category() {
    let block = |text: &str, unseen| Block {
        unseen,
        ..Block::new(BlockKind::Paragraph, text, Place::Text { bytes: 0..0, line: 1 })
    };
    let cause = |category| Cause { rule: "a/b".into(), category };
    let mut article = Cleaner::new(Library::empty())
        .clean(&Page { content: Content::Text("x".into()), ..Page::default() })
        .expect("it is text");
    article.document = Document {
        blocks: vec![block("Home News", None), block("Ads: the body", None), block("hidden", Some(Unseen::Hidden))],
        ..Document::default()
    };
    article.ledger = Ledger {
        verdicts: vec![
            Verdict::Dropped(cause(Category::Navigation)),
            Verdict::Kept,
            Verdict::Dropped(cause(Category::Other)),
        ],
        cuts: vec![Cut { block: 1, range: 0..5, cause: cause(Category::Advertisement) }],
        set_aside: vec![SetAside { rule: "a/c".into(), share: 0.9, limit: 0.5, guard: crate::ledger::Guard::Rule }],
        ..Ledger::default()
    };
    let facts = PageFacts::of(&article, "a".into(), 10, Duration::from_millis(5));
    let dropped = [(Category::Navigation, 8), (Category::Advertisement, 4)];
    assert_eq!((facts.kept, facts.dropped, facts.unseen), (7, dropped.into(), 6));
    assert_eq!((facts.seconds, facts.set_aside), (0.005, vec!["a/c".into()]));
}

#[test]
fn histograms_tell_the_middle_and_the_ends() {
    let mut histogram = Histogram::decades(-5, 2);
    assert_eq!((histogram.quantile(0.5), histogram.bins().len()), (None, 0));
    (1..=1000).for_each(|ms| histogram.add(f64::from(ms) / 1000.0));
    for (share, truth) in [(0.5, 0.5), (0.95, 0.95), (0.1, 0.1)] {
        let found = histogram.quantile(share).expect("there are values");
        assert!((found / truth - 1.0).abs() < 0.15, "{found} for {truth}");
    }
    histogram.add(1e9);
    histogram.add(0.0);
    assert_eq!((histogram.count(), histogram.counts[0], histogram.counts.last()), (1002, 1, Some(&1)));
    let mut shares = Histogram::linear(20);
    for share in [0.0, 0.049, 0.05, 0.999, 1.0] {
        shares.add(share);
    }
    assert_eq!((shares.counts[0], shares.counts[1], shares.counts[19]), (2, 1, 2));
    // What a file may hold.
    let mut broken = Histogram { edges: vec![0.0, 1.0, 2.0], ..Histogram::default() };
    broken.add(1.0);
    assert_eq!((broken.quantile(0.5), broken.bins().len()), (None, 0));
}

#[test]
fn amounts_are_written_for_people() {
    let counts = [0, 999, 1000, 1_234_567].map(amount::count);
    assert_eq!(counts, ["0", "999", "1,000", "1,234,567"]);
    let bytes = [0.0, 999.0, 999.9, 12_345.0, 123_456_789.0, 9.99e18].map(amount::bytes);
    assert_eq!(bytes, ["0 B", "999 B", "1.00 kB", "12.3 kB", "123 MB", "9990 PB"]);
    let times = [0.0, 0.000_012_3, 0.9999, 1.5, 59.0, 200.0, 18_720.0].map(amount::seconds);
    assert_eq!(times, ["0 µs", "12.3 µs", "1.00 s", "1.50 s", "59.0 s", "3 min 20 s", "5 h 12 min"]);
    let shares = [(0, 5), (1, 3), (1, 20), (1, 5000), (999, 1000), (5, 5), (0, 0)];
    let shares = shares.map(|(part, whole)| amount::share(part, whole));
    assert_eq!(shares, ["0 %", "33 %", "5.0 %", "< 0.1 %", "99.9 %", "100 %", "0 %"]);
    assert_eq!([amount::rate(1234.5), amount::rate(0.5)], ["1,235", "0.50"]);
    assert_eq!(amount::characters(2_340_000), "2.34 million");
}

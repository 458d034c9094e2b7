//! Tests of the page that shows a run.

use std::cell::RefCell;
use std::time::Duration;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use scraper::{Html, Selector};

use super::html;
use crate::category::Category;
use crate::corpus::entry::{Failure, Stage};
use crate::corpus::summary::{Outcome, PageFacts, Summary};
use crate::flags::Flag;

const ODD: &str = "<script>alert(1)</script>&amp;\"'\u{202e}\u{0}";

fn summary() -> Summary {
    let mut summary = Summary::new();
    for number in 0..3000_u32 {
        let share = f64::from(number * 7919 % 1000) / 1000.0;
        let page = PageFacts {
            name: format!("{ODD}{number}"),
            bytes: 2000 + u64::from(number * 104_729 % 300_000),
            seconds: 0.0002 + share * share * 0.004,
            source: (number % 5 > 1).then(|| format!("{}.example", ["news", ODD, "mill"][number as usize % 3]).into()),
            flags: if number % 9 == 0 { vec![Flag::Generic, Flag::ListingPage] } else { Vec::new() },
            confidence: 1.0 - share * share * 0.7,
            kept: 900 + u64::from(number % 500),
            dropped: [(Category::Navigation, 400), (Category::Related, 90), (Category::CookieBanner, 30)].into(),
            unseen: 70,
            set_aside: if number % 100 == 0 { vec![ODD.into()] } else { Vec::new() },
        };
        let outcome = match number % 20 {
            0 => Outcome::Dropped,
            1 => Outcome::Marked,
            2 => Outcome::LeftOut,
            _ => Outcome::Written,
        };
        summary.add(&page, outcome);
        summary.at(
            Duration::from_millis(u64::from(number) * 30).as_secs_f64(),
            Some(60_000_000 + u64::from(number % 70) * 100_000),
        );
    }
    for stage in [Stage::Read, Stage::Read, Stage::Parse] {
        summary.failed(&Failure { id: None, url: None, place: ODD.into(), stage, reason: "too long".into() });
    }
    summary.passed_over(ODD);
    summary.end(90.0, Some(61_000_000));
    summary
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a selector");
    page.select(&selector).map(|element| element.text().collect()).collect()
}

/// What is wrong with the tags of a page.
#[derive(Default)]
struct Faults {
    open: RefCell<Vec<String>>,
    faults: RefCell<Vec<String>>,
}

impl TokenSink for Faults {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        match token {
            // Void elements, and what SVG closes at once.
            Token::TagToken(tag) if tag.self_closing || &*tag.name == "meta" => {}
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.open.borrow_mut().push(tag.name.to_string()),
            Token::TagToken(tag) => {
                let open = self.open.borrow_mut().pop();
                if open.as_deref() != Some(&*tag.name) {
                    self.faults.borrow_mut().push(format!("line {line}: </{}> closes {open:?}", tag.name));
                }
            }
            Token::ParseError(error) => self.faults.borrow_mut().push(format!("line {line}: {error}")),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// What html5ever's tokenizer says against a page, and tags that do not close one another.
fn faults(page: &str) -> Vec<String> {
    let options = TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(Faults::default(), options);
    let input = BufferQueue::default();
    input.push_back(page.into());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let Faults { open, faults } = tokenizer.sink;
    let open = open.into_inner().into_iter().map(|name| format!("<{name}> is not closed"));
    faults.into_inner().into_iter().chain(open).collect()
}

#[test]
fn faults_are_found() {
    assert_eq!(faults("<!DOCTYPE html><p><b>a</p>").len(), 2);
    assert_eq!(faults("<!DOCTYPE html><p a=1 a=2></p>").len(), 1);
    assert_eq!(faults("<!DOCTYPE html><p title=\"&lt;\">a &amp; b</p>"), [""; 0]);
}

#[test]
fn the_page_is_well_formed_and_needs_nothing_else() {
    let text = html(&summary(), "A run");
    let page = Html::parse_document(&text);
    assert_eq!(faults(&text), [""; 0]);
    for absent in ["script", "link", "img", "iframe", "[src]", "[href]", "[onclick]"] {
        assert!(texts(&page, absent).is_empty(), "{absent}");
    }
    assert!(!text.contains("@import") && !text.contains("NaN") && !text.contains("inf"), "{text}");
    // Addresses are nowhere, not even of name spaces.
    assert!(!text.contains("://"));
}

#[test]
fn what_comes_from_pages_stays_text() {
    let page = Html::parse_document(&html(&summary(), ODD));
    let shown = "<script>alert(1)</script>&amp;\"'\u{fffd}\u{fffd}";
    assert_eq!(texts(&page, "h1"), [shown]);
    assert_eq!(texts(&page, "head > title"), [shown]);
    let cells = texts(&page, "td");
    for expected in [format!("{shown}.example"), format!("{shown}: too long")] {
        assert!(cells.contains(&expected), "{expected} in {cells:?}");
    }
    assert!(texts(&page, "svg title").contains(&format!("{shown}: 30")));
}

#[test]
fn every_plot_has_a_title_and_its_values_as_text() {
    let page = Html::parse_document(&html(&summary(), "A run"));
    let captions = texts(&page, "figure > figcaption");
    let expected = [
        "What became of what was read",
        "Failures by stage",
        "Passed over, by why",
        "Flags",
        "Text kept, and dropped by category",
        "Share of a page's text that is kept",
        "Confidence in the bodies",
        "Rules set aside",
        "Sizes of pages",
        "Time a page took",
        "The slowest pages",
        "Pages a second",
        "Bytes a second",
        "Memory",
        "The sources with most pages",
    ];
    assert_eq!(captions, expected);
    let all = texts(&page, "main").concat();
    for value in ["written", "2,700 (90 %)", "dropped as near-duplicates", "150 (5.0 %)", "3 (< 0.1 %)", "Values"] {
        assert!(all.contains(value), "{value}");
    }
    let labels = Selector::parse("figure svg").expect("a selector");
    assert!(page.select(&labels).all(|svg| svg.attr("aria-label").is_some_and(|label| !label.is_empty())));
}

#[test]
fn a_run_of_nothing_has_a_page_too() {
    let mut nothing = Summary::new();
    let text = html(&nothing, "Nothing");
    assert_eq!(faults(&text), [""; 0]);
    let page = Html::parse_document(&text);
    assert_eq!(texts(&page, "figcaption"), ["What became of what was read"]);
    // Nor does a page that holds nothing, in no time.
    nothing.add(&PageFacts::default(), Outcome::Written);
    nothing.end(0.0, None);
    let text = html(&nothing, "Next to nothing");
    assert!(!text.contains("NaN") && !text.contains("inf") && !text.contains("-0.0"), "{text}");
}

#[test]
fn the_page_of_a_long_run_is_small() {
    let mut summary = summary();
    for second in 90..20_000 {
        summary.add(
            &PageFacts { source: Some(format!("{second}.example").into()), ..PageFacts::default() },
            Outcome::Written,
        );
        summary.at(f64::from(second), Some(1 << 26));
    }
    let size = html(&summary, "A run").len();
    assert!(size < 150_000, "{size}");
}

/// The contrast of two colours of the style sheet, as the Web Content Accessibility Guidelines reckon it.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| -> f64 {
        let part = |at: usize| {
            let value = u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour");
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn colours_are_told_from_the_ground_in_light_and_dark() {
    let page = html(&Summary::new(), "Colours");
    let schemes: Vec<_> = page.split("--ground: ").skip(1).collect();
    assert_eq!(schemes.len(), 2);
    for scheme in schemes {
        let colour = |name: &str| {
            let at = scheme.find(&format!("--{name}: ")).expect("it is there") + name.len() + 4;
            &scheme[at..at + 7]
        };
        for ground in [&scheme[..7], colour("card")] {
            for (name, least) in [("ink", 4.5), ("quiet", 4.5), ("blue", 3.0), ("orange", 3.0), ("grey", 3.0)] {
                let contrast = contrast(colour(name), ground);
                assert!(contrast >= least, "{name} on {ground}: {contrast:.2}");
            }
        }
    }
}

//! What ten thousand selectors cost in one walk over a page, beside all of cleaning it without them.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dehusk::document::html::{Element, Tree, parse};
use dehusk::page::{Content, InputFormat, Page};
use dehusk::pipeline::Cleaner;
use dehusk::rules::library::Library;
use dehusk::rules::selector::index::SelectorIndex;
use dehusk::rules::selector::{Selector, compile};

mod pages;

const SELECTORS: usize = 10_000;

/// Every so many pages of the corpus.
const STEP: usize = 100;

fn selectors(criterion: &mut Criterion) {
    for (name, pages) in [("samples", pages::samples()), ("wcxb-dev", pages::corpus(STEP))] {
        let pages: Vec<String> = pages.iter().map(|page| String::from_utf8_lossy(page).into_owned()).collect();
        let trees: Vec<Tree> = pages.iter().filter_map(|page| parse::document(page).ok()).collect();
        if trees.is_empty() {
            continue;
        }
        let mut group = criterion.benchmark_group(format!("{SELECTORS} selectors, {name}"));
        group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
        group.throughput(Throughput::Bytes(pages.iter().map(|page| page.len() as u64).sum()));
        let mut selectors = written(&trees);
        group.bench_function("index", |bench| bench.iter(|| black_box(SelectorIndex::new(&mut selectors))));
        let index = SelectorIndex::new(&mut selectors);
        group.bench_function("one walk", |bench| {
            bench.iter(|| trees.iter().for_each(|tree| drop(black_box(index.matches(tree)))));
        });
        let cleaner = Cleaner::new(Library::builtin());
        let pages: Vec<Page<'_>> = pages
            .iter()
            .map(|page| Page {
                content: Content::Text(page.into()),
                format: Some(InputFormat::Html),
                ..Page::default()
            })
            .collect();
        group.bench_function("whole clean without them", |bench| {
            bench.iter(|| pages.iter().for_each(|page| drop(black_box(cleaner.clean(page)))));
        });
        group.finish();
    }
}

/// Selectors as rule files have them: of names in these pages, and of names in none.
fn written(trees: &[Tree]) -> Vec<Selector> {
    let elements = || trees.iter().flat_map(Tree::elements);
    let classes: BTreeSet<&str> = elements().flat_map(Element::classes).collect();
    let plain = |name: &&str| name.starts_with(|c: char| c.is_ascii_alphabetic());
    let known: Vec<&str> = classes.into_iter().filter(plain).collect();
    let mut known = known.into_iter().cycle();
    let mut names = (0..).map(|number: usize| match number % 2 {
        0 => known.next().map_or_else(|| "known".to_owned(), str::to_owned),
        _ => format!("box-{number}"),
    });
    let shapes: [fn(&str) -> String; 8] = [
        |name| format!(".{name}"),
        |name| format!("#{name}"),
        |name| format!("div.{name}"),
        |name| format!(".{name} a"),
        |name| format!("article .{name} > p"),
        |name| format!("[data-{name}]"),
        |name| format!(".{name}:not(.wide), .{name}-x"),
        |name| format!("section:has(> .{name})"),
    ];
    let mut written = Vec::new();
    for shape in shapes.iter().cycle() {
        // Names that must be escaped are left out.
        written.extend(names.next().and_then(|name| compile(&shape(&name)).ok()));
        if written.len() == SELECTORS {
            break;
        }
    }
    written
}

criterion_group!(benches, selectors);
criterion_main!(benches);

//! What each step of cleaning costs, beside scraper's bare parse of the same pages.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime};
use dehusk::article::Article;
use dehusk::decode::decode;
use dehusk::document::html::parse;
use dehusk::generic::features::Known;
use dehusk::generic::{Among, Generic};
use dehusk::identify::identify;
use dehusk::metadata::declared::declared;
use dehusk::page::{Content, InputFormat, Page};
use dehusk::pipeline::{Cleaner, read};
use dehusk::render;
use dehusk::rules::library::Library;
use dehusk::strip::reading::Reading;
use dehusk::strip::scan::Scan;
use dehusk::strip::{Policies, Stripped, strip};

mod pages;

/// Every so many pages of the corpus: all of them would take an hour.
const STEP: usize = 50;

fn cleaning(criterion: &mut Criterion) {
    for (name, pages) in [("samples", pages::samples()), ("wcxb-dev", pages::corpus(STEP))] {
        if pages.is_empty() {
            continue;
        }
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(4));
        group.throughput(Throughput::Bytes(pages.iter().map(|page| page.len() as u64).sum()));
        steps(&mut group, &pages);
        group.finish();
    }
}

fn steps(group: &mut BenchmarkGroup<'_, WallTime>, pages: &[Vec<u8>]) {
    let cleaner = Cleaner::new(Library::builtin());
    let pages: Vec<Page<'_>> = pages
        .iter()
        .map(|page| Page { content: Content::Bytes(page.into()), format: Some(InputFormat::Html), ..Page::default() })
        .collect();
    let texts: Vec<String> = pages.iter().map(|page| decode(page).text.into_owned()).collect();
    group.bench_function("bare parse (scraper)", |bench| {
        bench.iter(|| texts.iter().for_each(|text| drop(black_box(scraper::Html::parse_document(text)))));
    });
    group.bench_function("whole clean", |bench| {
        bench.iter(|| pages.iter().for_each(|page| drop(black_box(cleaner.clean(page)))));
    });
    group.bench_function("decode", |bench| {
        bench.iter(|| pages.iter().for_each(|page| drop(black_box(decode(page)))));
    });
    group.bench_function("tree", |bench| {
        bench.iter(|| texts.iter().for_each(|text| drop(black_box(parse::document(text)))));
    });
    group.bench_function("tree and blocks", |bench| {
        bench.iter(|| texts.iter().for_each(|text| drop(black_box(read(text, InputFormat::Html)))));
    });
    let documents: Vec<_> = texts.iter().filter_map(|text| read(text, InputFormat::Html).ok()).collect();
    group.bench_function("normalise", |bench| {
        bench.iter(|| documents.iter().for_each(|document| drop(black_box(Reading::new(document)))));
    });
    let readings: Vec<_> = documents.iter().map(Reading::new).collect();
    let trees = || documents.iter().filter_map(|document| document.tree.as_ref());
    group.bench_function("declared", |bench| {
        bench.iter(|| trees().for_each(|tree| drop(black_box(declared(tree)))));
    });
    let declarations: Vec<_> = trees().map(declared).collect();
    let identities = cleaner.library().identities();
    group.bench_function("identify", |bench| {
        bench.iter(|| {
            for (reading, declared) in readings.iter().zip(&declarations) {
                drop(black_box(identify(identities, None, declared, reading)));
            }
        });
    });
    let packs = cleaner.library().shared();
    group.bench_function("look up (packs)", |bench| {
        bench.iter(|| readings.iter().for_each(|reading| drop(black_box(Scan::new(reading, &packs)))));
    });
    let source = cleaner.library().source("golem.de").expect("a built-in source");
    group.bench_function("strip (rules of golem.de)", |bench| {
        // The rules alone: the body selectors of one site find nothing on the pages of others.
        let rules = dehusk::rules::source::Source {
            reads_text: false,
            id: source.id.clone(),
            text_input: source.text_input,
            body: dehusk::rules::source::Body::default(),
            meta: source.meta.clone(),
            max_share: source.max_share,
            policy: source.policy.clone(),
            rules: source.rules.clone(),
            layouts: Vec::new(),
            patterns: std::sync::Arc::default(),
            selectors: dehusk::rules::selector::index::SelectorIndex::default(),
        }
        .indexed();
        bench.iter(|| {
            for reading in &readings {
                drop(black_box(strip(&Scan::new(reading, &rules), &rules, None, &Policies::new())));
            }
        });
    });
    group.bench_function("strip (generic)", |bench| {
        bench.iter(|| {
            for (reading, declared) in readings.iter().zip(&declarations) {
                let mut stripped = Stripped::by_none(reading.document());
                let known = Known { declared, url: None };
                Generic::default().clean(reading, known, Among::Page, &Policies::new(), &mut stripped);
                black_box(&stripped);
            }
        });
    });
    let articles: Vec<Article> = pages.iter().filter_map(|page| cleaner.clean(page).ok()).collect();
    group.bench_function("render text", |bench| {
        bench.iter(|| articles.iter().for_each(|article| drop(black_box(article.text()))));
    });
    group.bench_function("render Markdown", |bench| {
        bench.iter(|| articles.iter().for_each(|article| drop(black_box(render::markdown::markdown(&article.body())))));
    });
}

criterion_group!(benches, cleaning);
criterion_main!(benches);

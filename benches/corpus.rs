//! What a run over many pages costs beside cleaning them: reading containers, signatures of bodies, writing records.

use std::hint::black_box;
use std::io::{Cursor, Write as _};
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dehusk::article::Article;
use dehusk::corpus::containers::{From, Kind, Options, Source, open};
use dehusk::corpus::duplicates::seen::USUAL_BYTES;
use dehusk::corpus::duplicates::{Seen, Signature};
use dehusk::corpus::entry::Entry;
use dehusk::corpus::jsonl::Id;
use dehusk::page::{Content, InputFormat, Page};
use dehusk::pipeline::Cleaner;
use dehusk::render::{Extras, Format, render};
use dehusk::rules::library::Library;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

mod pages;

fn corpus(criterion: &mut Criterion) {
    let pages = pages::samples();
    let size = |pages: &[Vec<u8>]| Throughput::Bytes(pages.iter().map(|page| page.len() as u64).sum());
    let mut group = criterion.benchmark_group("many pages");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    group.throughput(size(&pages));
    let containers = [
        ("read JSON Lines", Kind::JsonLines, lines(&pages)),
        ("read WARC", Kind::Warc, pages.iter().flat_map(|page| response(page)).collect()),
        (
            "read WARC, a gzip member a record",
            Kind::Warc,
            pages.iter().flat_map(|page| packed(&response(page))).collect(),
        ),
    ];
    for (name, kind, bytes) in containers {
        assert_eq!(read(kind, bytes.clone()), pages.len());
        group.bench_function(name, |bench| bench.iter(|| read(kind, bytes.clone())));
    }
    let cleaner = Cleaner::new(Library::builtin());
    let clean = |page: &Vec<u8>| {
        let content = Content::Bytes(page.into());
        cleaner.clean(&Page { content, format: Some(InputFormat::Html), ..Page::default() }).ok()
    };
    let articles: Vec<Article> = pages.iter().filter_map(clean).collect();
    let bodies: Vec<String> = articles.iter().map(Article::text).collect();
    group.bench_function("write JSON Lines", |bench| {
        let (extras, page) = (Extras::default(), Page::default());
        let write = |article: &Article| render(article, Format::JsonLines, extras, Value::Null, &page);
        bench.iter(|| articles.iter().for_each(|article| drop(black_box(write(article)))));
    });
    group.throughput(Throughput::Bytes(bodies.iter().map(|body| body.len() as u64).sum()));
    group.bench_function("signatures of bodies", |bench| {
        bench.iter(|| bodies.iter().map(|body| Signature::of(body)).for_each(|signature| _ = black_box(signature)));
    });
    let signatures: Vec<Signature> = bodies.iter().filter_map(|body| Signature::of(body)).collect();
    group.throughput(Throughput::Elements(signatures.len() as u64));
    group.bench_function("near-duplicates", |bench| bench.iter(|| looked_up(&signatures)));
    group.finish();
}

/// How many pages there are in a container.
fn read(kind: Kind, bytes: Vec<u8>) -> usize {
    let source = Source {
        name: "pages".to_owned(),
        relative: None,
        url: None,
        from: From::Reader(Box::new(Cursor::new(bytes))),
    };
    let entries = open(source, &Options { kind: Some(kind), ..Options::default() });
    entries.filter_map(|entry| Entry::read(entry).ok().flatten()).map(black_box).count()
}

/// How many of some bodies are near-duplicates of others.
fn looked_up(signatures: &[Signature]) -> usize {
    let mut seen = Seen::new(USUAL_BYTES);
    let ids = (0..).map(|number: u32| Id::Text(number.to_string()));
    signatures.iter().zip(ids).filter_map(|(signature, id)| seen.look(signature, &id)).count()
}

fn lines(pages: &[Vec<u8>]) -> Vec<u8> {
    let line = |page: &Vec<u8>| json!({ "html": String::from_utf8_lossy(page) }).to_string() + "\n";
    pages.iter().map(line).collect::<String>().into_bytes()
}

fn response(page: &[u8]) -> Vec<u8> {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n", page.len());
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://site.example/\r\n\
         WARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        http.len() + page.len()
    );
    [head.as_bytes(), http.as_bytes(), page, b"\r\n\r\n"].concat()
}

fn packed(record: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(record).and_then(|()| packer.finish()).expect("memory takes all")
}

criterion_group!(benches, corpus);
criterion_main!(benches);

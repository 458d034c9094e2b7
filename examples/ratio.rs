//! Prints what cleaning a page costs beside scraper's bare parse of it, over a folder of pages (`*.html`, `*.html.gz`):
//! `cargo run --release --example ratio -- FOLDER [ROUNDS]`. Without a folder, the samples are measured.

use std::error::Error;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use dehusk::decode::decode;
use dehusk::page::{Content, InputFormat, Page};
use dehusk::pipeline::Cleaner;
use dehusk::rules::library::Library;

/// Below so many kilobytes a page is of the first size, the second, and so on.
const SIZES: [usize; 5] = [16, 64, 256, 1024, usize::MAX / 1024];

/// How many of the slowest pages are named.
const SLOWEST: usize = 5;

/// A page with its best times, in milliseconds.
struct Measured {
    path: PathBuf,
    html: Vec<u8>,
    parse: f64,
    clean: f64,
}

impl Measured {
    fn new(path: PathBuf, html: Vec<u8>) -> Self {
        Self { path, html, parse: f64::INFINITY, clean: f64::INFINITY }
    }

    /// Parses and cleans it once more. The two are measured in turn, so that what else the machine does hits both.
    fn measure(&mut self, cleaner: &Cleaner) {
        let content = Content::Bytes((&self.html).into());
        let page = Page { content, format: Some(InputFormat::Html), ..Page::default() };
        let text = decode(&page).text;
        self.parse = self.parse.min(milliseconds(|| drop(scraper::Html::parse_document(&text))));
        self.clean = self.clean.min(milliseconds(|| drop(cleaner.clean(&page).map(|article| article.text()))));
    }

    fn ratio(&self) -> f64 {
        self.clean / self.parse
    }

    fn nanoseconds_a_byte(&self) -> f64 {
        self.clean * 1e6 / self.html.len().max(1) as f64
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "samples".to_owned());
    let rounds = arguments.next().map_or(Ok(5), |rounds| rounds.parse())?.max(1);
    let mut pages = Vec::new();
    read_folder(Path::new(&folder), &mut pages)?;
    let cleaner = Cleaner::new(Library::builtin());
    for _ in 0..rounds {
        for page in &mut pages {
            page.measure(&cleaner);
        }
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} pages, the best of {rounds} rounds; times in ms", pages.len())?;
    writeln!(out, "                  p50      p95      p99     most     sums")?;
    let (parse, clean) = sums(&pages.iter().collect::<Vec<_>>());
    writeln!(out, "bare parse  {}", quantiles(pages.iter().map(|page| page.parse), parse))?;
    writeln!(out, "whole clean {}", quantiles(pages.iter().map(|page| page.clean), clean))?;
    writeln!(out, "ratio       {}", quantiles(pages.iter().map(Measured::ratio), clean / parse))?;
    writeln!(out, "\npages of      number   parse MB/s   clean MB/s   ratio: p50      p95   sums")?;
    let mut least = 0;
    for below in SIZES {
        let is_of_size = |page: &&Measured| (least..below).contains(&(page.html.len() / 1024));
        let of_size: Vec<&Measured> = pages.iter().filter(is_of_size).collect();
        if of_size.is_empty() {
            continue;
        }
        let megabytes = of_size.iter().map(|page| page.html.len()).sum::<usize>() as f64 / 1e6;
        let (parse, clean) = sums(&of_size);
        let mut ratios: Vec<f64> = of_size.iter().map(|page| page.ratio()).collect();
        ratios.sort_by(f64::total_cmp);
        let [median, high] = [50, 95].map(|percent| quantile(&ratios, percent));
        let speed = |time: f64| megabytes * 1000.0 / time;
        let (parsing, cleaning, number) = (speed(parse), speed(clean), of_size.len());
        let ratio = clean / parse;
        writeln!(
            out,
            "{least:4} KB up {number:9} {parsing:12.0} {cleaning:12.0} {median:12.2} {high:8.2} {ratio:6.2}"
        )?;
        least = below;
    }
    pages.sort_by(|one, other| other.nanoseconds_a_byte().total_cmp(&one.nanoseconds_a_byte()));
    writeln!(out, "\nslowest by the byte")?;
    for page in pages.iter().take(SLOWEST) {
        let (speed, bytes, path) = (page.nanoseconds_a_byte(), page.html.len(), page.path.display());
        writeln!(out, "{speed:8.1} ns/byte {bytes:9} bytes  {path}")?;
    }
    Ok(())
}

fn milliseconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1000.0
}

/// The times of some pages together: parse and clean.
fn sums(pages: &[&Measured]) -> (f64, f64) {
    (pages.iter().map(|page| page.parse).sum(), pages.iter().map(|page| page.clean).sum())
}

fn quantile(sorted: &[f64], percent: usize) -> f64 {
    sorted.get(sorted.len().saturating_sub(1) * percent / 100).copied().unwrap_or(f64::NAN)
}

/// Some quantiles, and what stands for all pages together.
fn quantiles(values: impl Iterator<Item = f64>, all: f64) -> String {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let columns = [50, 95, 99, 100].map(|percent| quantile(&values, percent));
    columns.into_iter().chain([all]).map(|value| format!("{value:9.2}")).collect()
}

fn read_folder(folder: &Path, pages: &mut Vec<Measured>) -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read_folder(&path, pages)?;
        } else if path.extension().is_some_and(|ending| ending == "gz") {
            let mut page = Vec::new();
            flate2::read::GzDecoder::new(fs::File::open(&path)?).read_to_end(&mut page)?;
            pages.push(Measured::new(path, page));
        } else if path.extension().is_some_and(|ending| ending == "html") {
            let page = fs::read(&path)?;
            pages.push(Measured::new(path, page));
        }
    }
    Ok(())
}

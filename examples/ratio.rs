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

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "samples".to_owned());
    let rounds: usize = arguments.next().map_or(Ok(5), |rounds| rounds.parse())?;
    let mut pages = Vec::new();
    read_folder(Path::new(&folder), &mut pages)?;
    let cleaner = Cleaner::new(Library::builtin());
    // For each page the best times, the two measured in turn so that what else the machine does hits both.
    let mut parses = vec![f64::INFINITY; pages.len()];
    let mut cleans = vec![f64::INFINITY; pages.len()];
    for _ in 0..rounds.max(1) {
        for (at, bytes) in pages.iter().enumerate() {
            let page =
                Page { content: Content::Bytes(bytes.into()), format: Some(InputFormat::Html), ..Page::default() };
            let text = decode(&page).text;
            parses[at] = parses[at].min(milliseconds(|| drop(scraper::Html::parse_document(&text))));
            cleans[at] = cleans[at].min(milliseconds(|| drop(cleaner.clean(&page).map(|article| article.text()))));
        }
    }
    let mut ratios: Vec<f64> = cleans.iter().zip(&parses).map(|(clean, parse)| clean / parse).collect();
    let (parsing, cleaning): (f64, f64) = (parses.iter().sum(), cleans.iter().sum());
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} pages, {:.1} MB, the best of {rounds} rounds", pages.len(), size(&pages))?;
    writeln!(out, "bare parse  {}", percentiles(&mut parses, "ms"))?;
    writeln!(out, "whole clean {}", percentiles(&mut cleans, "ms"))?;
    writeln!(out, "ratio       {}", percentiles(&mut ratios, "x "))?;
    writeln!(out, "all pages: parse {parsing:.0} ms, clean {cleaning:.0} ms, ratio {:.2}", cleaning / parsing)?;
    Ok(())
}

fn milliseconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1000.0
}

fn size(pages: &[Vec<u8>]) -> f64 {
    pages.iter().map(Vec::len).sum::<usize>() as f64 / 1e6
}

fn percentiles(values: &mut [f64], unit: &str) -> String {
    values.sort_by(f64::total_cmp);
    let at = |percent: usize| values.get((values.len().saturating_sub(1)) * percent / 100).copied().unwrap_or(0.0);
    format!(
        "p50 {:8.2} {unit}  p95 {:8.2} {unit}  p99 {:8.2} {unit}  most {:8.2} {unit}",
        at(50),
        at(95),
        at(99),
        at(100)
    )
}

fn read_folder(folder: &Path, pages: &mut Vec<Vec<u8>>) -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read_folder(&path, pages)?;
        } else if path.extension().is_some_and(|ending| ending == "gz") {
            let mut page = Vec::new();
            flate2::read::GzDecoder::new(fs::File::open(&path)?).read_to_end(&mut page)?;
            pages.push(page);
        } else if path.extension().is_some_and(|ending| ending == "html") {
            pages.push(fs::read(&path)?);
        }
    }
    Ok(())
}

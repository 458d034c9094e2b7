//! Prints what rules cost: each page of a folder (`*.html.gz`) is cleaned by a site file alone, with the packs that apply
//! to every page beside it, and with 10,000 more selectors; and it is parsed by scraper, for comparison:
//! `cargo run --release --example rule_cost -- FOLDER [ROUNDS]`.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read as _, Write as _};
use std::time::Instant;

use dehusk::decode::decode;
use dehusk::page::{Content, InputFormat, Page};
use dehusk::pipeline::Cleaner;
use dehusk::rules::library::Library;

/// A site file that fits any page.
const SITE: &str = "hosts = ['site.example']\n[body]\nselect = ['article', 'main', 'body']\n\
    [meta]\ntitle = { css = 'h1' }\nauthor = { css = '[rel=author], .byline a' }\ndate = { css = 'time', attr = 'datetime' }\n\
    [[drop]]\nid = 'title'\ncategory = 'title'\ncss = 'h1'\n\
    [[drop]]\nid = 'bars'\ncategory = 'share'\ncss = '.share-bar, .social-links, ul.toolbar'\n\
    [[drop]]\nid = 'teasers'\ncategory = 'related'\ncss = 'aside.teaser, .related-box, section.more'\n\
    [[drop]]\nid = 'ads'\ncategory = 'advertisement'\ncss = '[id^=\"ad-slot\"], .ad-box'\n\
    [[drop]]\nid = 'captions'\ncategory = 'caption'\ncss = 'figure img'\nclosest = 'figure'\n\
    [[drop]]\nid = 'byline'\ncategory = 'byline'\nline = 'By (?P<author>.+)'\nwhere = { first = 6 }\n\
    [[drop]]\nid = 'more'\ncategory = 'related'\nfrom = 'More stories'\nto = 'end'\nwhere = { after = 0.7 }\n\
    [[inline]]\nid = 'window'\ncategory = 'navigation'\nliteral = '(opens in a new window)'\n";

/// How many selectors a large rule file has.
const MANY: usize = 10_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name a folder of pages (*.html.gz)")?;
    let rounds: usize = arguments.next().map_or(Ok(3), |rounds| rounds.parse())?;
    let pages = pages(&folder)?;
    let (few, many) = (library(SITE)?, library(&(SITE.to_owned() + &selectors()))?);
    let cleaners = [
        ("site file alone", Cleaner::new(few.1.without_packs())),
        ("with all packs", Cleaner::new(library(SITE)?.1)),
        ("with 10,000 more selectors", Cleaner::new(many.1.without_packs())),
    ];
    let mut sums = vec![0.0; cleaners.len() + 1];
    for bytes in &pages {
        let page = Page {
            content: Content::Bytes(bytes.into()),
            format: Some(InputFormat::Html),
            url: Some("https://site.example/".into()),
            ..Page::default()
        };
        let text = decode(&page).text;
        let mut best = vec![f64::INFINITY; cleaners.len() + 1];
        for _ in 0..rounds.max(1) {
            best[0] = best[0].min(milliseconds(|| drop(scraper::Html::parse_document(&text))));
            for (at, (_, cleaner)) in cleaners.iter().enumerate() {
                let time = milliseconds(|| drop(cleaner.clean(&page).map(|article| article.text())));
                best[at + 1] = best[at + 1].min(time);
            }
        }
        sums.iter_mut().zip(best).for_each(|(sum, time)| *sum += time);
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} pages, best of {rounds} rounds each", pages.len())?;
    writeln!(out, "{:28} {:8.0} ms", "bare parse (scraper)", sums[0])?;
    for ((name, _), sum) in cleaners.iter().zip(&sums[1..]) {
        let (parse, alone) = (sum / sums[0], sum / sums[1]);
        writeln!(out, "{name:28} {sum:8.0} ms   {parse:.2} x bare parse   {alone:.2} x site file alone")?;
    }
    Ok(())
}

/// Selectors of the usual kinds, a rule each, that no page needs.
fn selectors() -> String {
    let mut rules = String::new();
    for at in 0..MANY {
        let css = match at % 5 {
            0 => format!(".teaser-{at}"),
            1 => format!("#slot-{at}"),
            2 => format!("div.box-{at} > p"),
            3 => format!("aside.promo-{at} a"),
            _ => format!("[data-unit-{at}]"),
        };
        let _ = write!(rules, "[[drop]]\nid = 'r{at}'\ncategory = 'other'\ncss = '{css}'\n");
    }
    rules
}

/// The built-in rules with a site file over them, and the folder that it lies in.
fn library(site: &str) -> Result<(tempfile::TempDir, Library), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    fs::create_dir(folder.path().join("sites"))?;
    fs::write(folder.path().join("sites/site.example.toml"), site)?;
    let library = Library::with_overlays(&[folder.path()])?;
    Ok((folder, library))
}

fn pages(folder: &str) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder)? {
        let mut page = Vec::new();
        flate2::read::GzDecoder::new(fs::File::open(entry?.path())?).read_to_end(&mut page)?;
        pages.push(page);
    }
    Ok(pages)
}

fn milliseconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1000.0
}

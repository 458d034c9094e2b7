//! Tells what single pages cost, for `scripts/speed.py`, which asks other tools in between: for each line of standard input
//! (`{"path":"page.html.gz","url":"https://…"}`) a line with nanoseconds comes back.
//!
//! - `parse`: scraper's bare parse;
//! - `clean`: the whole of cleaning by the rules that there are, with text written;
//! - `site`: the same by one plain rule file and the packs that apply to every page, wherever the page is from.

use std::error::Error;
use std::fs;
use std::io::{BufRead as _, Read as _, Write as _};
use std::path::PathBuf;
use std::time::Instant;

use dehusk::decode::decode;
use dehusk::page::{Content, InputFormat, Page};
use dehusk::pipeline::Cleaner;
use dehusk::rules::library::Library;
use serde::{Deserialize, Serialize};

/// A site file that fits any page.
const SITE: &str = "hosts = ['site.example']\n[body]\nselect = ['article', 'main', 'body']\n\
    [meta]\ntitle = { css = 'h1' }\nauthor = { css = '[rel=author], .byline a' }\ndate = { css = 'time', attr = 'datetime' }\n\
    [[drop]]\nid = 'title'\ncategory = 'title'\ncss = 'h1'\n\
    [[drop]]\nid = 'bars'\ncategory = 'share'\ncss = '.share-bar, .social-links, ul.toolbar'\n\
    [[drop]]\nid = 'ads'\ncategory = 'advertisement'\ncss = '[id^=\"ad-slot\"], .ad-box'\n\
    [[drop]]\nid = 'byline'\ncategory = 'byline'\nline = 'By (?P<author>.+)'\nwhere = { first = 6 }\n\
    [[drop]]\nid = 'more'\ncategory = 'related'\nfrom = 'More stories'\nto = 'end'\nwhere = { after = 0.7 }\n\
    [[inline]]\nid = 'window'\ncategory = 'navigation'\nliteral = '(opens in a new window)'\n";

#[derive(Deserialize)]
struct Asked {
    path: PathBuf,
    url: Option<String>,
}

#[derive(Serialize)]
struct Told {
    parse: u128,
    clean: u128,
    site: u128,
    /// Whose rules cleaned it, if any did.
    source: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    fs::create_dir(folder.path().join("sites"))?;
    fs::write(folder.path().join("sites/site.example.toml"), SITE)?;
    let cleaner = Cleaner::new(Library::builtin());
    let by_site = Cleaner::new(Library::with_overlays(&[folder.path()])?);
    for line in std::io::stdin().lock().lines() {
        let asked: Asked = serde_json::from_str(&line?)?;
        let bytes = read(&asked)?;
        let content = || Content::Bytes((&bytes).into());
        let format = Some(InputFormat::Html);
        let page = Page { content: content(), format, url: asked.url, ..Page::default() };
        let at_site = Page { content: content(), format, url: Some("https://site.example/".into()), ..Page::default() };
        let text = decode(&page).text;
        let mut source = None;
        let parse = nanoseconds(|| drop(scraper::Html::parse_document(&text)));
        let clean = nanoseconds(|| {
            let article = cleaner.clean(&page).inspect(|article| drop(article.text()));
            source = article.ok().and_then(|article| article.source_id().map(ToString::to_string));
        });
        let site = nanoseconds(|| drop(by_site.clean(&at_site).map(|article| article.text())));
        let told = Told { parse, clean, site, source };
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}", serde_json::to_string(&told)?)?;
        out.flush()?;
    }
    Ok(())
}

fn read(asked: &Asked) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut bytes = fs::read(&asked.path)?;
    if asked.path.extension().is_some_and(|ending| ending == "gz") {
        let packed = std::mem::take(&mut bytes);
        flate2::read::GzDecoder::new(&*packed).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn nanoseconds(work: impl FnOnce()) -> u128 {
    let start = Instant::now();
    work();
    start.elapsed().as_nanos()
}

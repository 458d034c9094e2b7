//! Writes what the model of the generic cleaner sees of pages, for training it (`training/`):
//! `cargo run --release --example block_features -- OUT < RECORDS`, with a JSON object a line as `dehusk clean` takes them.
//!
//! `OUT.jsonl` has a line for each page: its id, and the texts of its rows; the first line names the
//! features. `OUT.f32` has the numbers, row by row, little-endian.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead as _, BufWriter, Write as _};

use dehusk::generic::features::Feature;
use dehusk::page::{Content, InputFormat, Page};
use dehusk::pipeline::Cleaner;
use dehusk::rules::library::Library;

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::args().nth(1).ok_or("where to: a path without ending")?;
    let mut lines = BufWriter::new(File::create(format!("{out}.jsonl"))?);
    let mut numbers = BufWriter::new(File::create(format!("{out}.f32"))?);
    let names: Vec<&str> = Feature::ALL.iter().map(|feature| feature.name()).collect();
    writeln!(lines, "{}", serde_json::json!({ "features": names }))?;
    let cleaner = Cleaner::new(Library::builtin().without_sites());
    for line in std::io::stdin().lock().lines() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        let (text, format) = match (&record["html"], &record["markdown"], &record["text"]) {
            (serde_json::Value::String(html), _, _) => (html, Some(InputFormat::Html)),
            (_, serde_json::Value::String(markdown), _) => (markdown, Some(InputFormat::Markdown)),
            (_, _, serde_json::Value::String(text)) => (text, Some(InputFormat::Text)),
            _ => return Err("a record without html, markdown and text".into()),
        };
        let url = record["url"].as_str().map(Into::into);
        let page = Page { content: Content::Text(text.into()), format, url, ..Page::default() };
        let Ok((document, blocks, sheet)) = cleaner.describe(&page) else { continue };
        let texts: Vec<&str> = blocks.iter().map(|block| document.blocks[*block].text.as_str()).collect();
        writeln!(lines, "{}", serde_json::json!({ "id": record["id"], "texts": texts }))?;
        for row in sheet.rows() {
            for feature in Feature::ALL {
                numbers.write_all(&sheet.get(*feature, row).to_le_bytes())?;
            }
        }
    }
    Ok(())
}

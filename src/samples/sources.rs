//! Defines the page about the sources that rule files know: what each of them has, counted from rule files and samples.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::{Sample, SampleError, load};
use crate::category::Category;
use crate::decode::decode;
use crate::metadata::declared::declared;
use crate::page::{Content, InputFormat, Page};
use crate::pipeline::read;
use crate::rules::compile::parts::SiteParts;
use crate::rules::library::{Identity, Library};

const HEAD: &str = "\
<!-- Generated from rules/ and samples/ by src/samples/sources.rs.
     Refresh it with: SNAPSHOTS=overwrite cargo test --test docs -->

# Sources

The sites whose pages are cleaned by rules of their own. Pages of all others are left to the packs and the generic cleaner.
";

const LEGEND: &str = "
**Language** is what most samples declare. **Flattened** says that the source is recognised without an address and without
markup. **Layouts** counts builds of the site beside the present one. **Rules** are those of the source itself; those of the
packs that it names come on top, and so do those of the packs that apply to every page ([packs.md](packs.md)).
";

/// A source, and what there is for it.
struct Row {
    id: String,
    name: String,
    hosts: Vec<String>,
    language: Option<String>,
    flattened: bool,
    layouts: usize,
    samples: usize,
    rules: BTreeMap<Category, usize>,
    packs: Vec<String>,
}

/// The page in Markdown, with a line break at its end: the sources of a library, with the samples in a folder.
pub fn markdown(library: &Library, samples: &Path) -> Result<String, SampleError> {
    let mut by_source: BTreeMap<String, Vec<Sample>> = BTreeMap::new();
    for sample in load(samples, &[])? {
        by_source.entry(sample.source().to_owned()).or_default().push(sample);
    }
    let of = |identity: &Identity| by_source.get(&*identity.id).map_or(&[][..], |samples| samples);
    let rows: Vec<Row> =
        library.identities().all.iter().filter_map(|identity| row(library, identity, of(identity))).collect();
    Ok(page(&rows))
}

fn row(library: &Library, identity: &Identity, samples: &[Sample]) -> Option<Row> {
    let (parts, _) = library.parts(&identity.id)?;
    let (_, layers) = library.site_layers().find(|(id, _)| **id == *identity.id)?;
    let packs = layers.iter().flat_map(|layer| layer.written().uses.iter().map(|used| used.value.clone()));
    let SiteParts { marks, layouts, .. } = &parts;
    let mut rules = BTreeMap::new();
    for rule in parts.rules.iter().chain(layouts.iter().flat_map(|layout| &layout.rules)) {
        *rules.entry(rule.category).or_default() += 1;
    }
    Some(Row {
        id: identity.id.to_string(),
        name: identity.name.clone().unwrap_or_else(|| identity.id.to_string()),
        hosts: identity.hosts.clone(),
        language: language(samples),
        flattened: !marks.is_empty(),
        layouts: layouts.len(),
        samples: samples.len(),
        rules,
        packs: packs.filter(|pack| **pack != *identity.id).collect(),
    })
}

/// The language that most of the samples declare, without region and script; of several, the first by name.
fn language(samples: &[Sample]) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for language in samples.iter().filter_map(declared_language) {
        *counts.entry(language).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(language, _)| language)
}

fn declared_language(sample: &Sample) -> Option<String> {
    if sample.page.extension().is_none_or(|ending| ending != "html") {
        return None;
    }
    let page = Page { content: Content::Bytes(fs::read(&sample.page).ok()?.into()), ..Page::default() };
    let document = read(&decode(&page).text, InputFormat::Html).ok()?;
    let language = declared(document.tree.as_ref()?).language?;
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    Some(primary.to_lowercase()).filter(|primary| !primary.is_empty())
}

fn page(rows: &[Row]) -> String {
    let mut out = HEAD.to_owned();
    out.push_str(&totals(rows));
    out.push_str("\n| source | hosts | language | flattened | layouts | samples | rules | packs |\n");
    out.push_str("|---|---|---|---|---:|---:|---|---|\n");
    for row in rows {
        let Row { id, name, language, flattened, layouts, samples, .. } = row;
        let hosts = row.hosts.join(", ");
        let name = name.replace('|', "\\|");
        let rules = listed(row.rules.iter().map(|(category, count)| format!("{} {count}", category.name())));
        let packs = listed(row.packs.iter().cloned());
        let language = language.as_deref().unwrap_or("–");
        let flattened = if *flattened { "yes" } else { "" };
        let source = if name == *id { name } else { format!("{name} (`{id}`)") };
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "| {source} | {hosts} | {language} | {flattened} | {layouts} | {samples} | {rules} | {packs} |"
        );
    }
    out.push_str(LEGEND);
    out
}

fn totals(rows: &[Row]) -> String {
    let rules: usize = rows.iter().flat_map(|row| row.rules.values()).sum();
    let layouts: usize = rows.iter().map(|row| row.layouts).sum();
    let samples: usize = rows.iter().map(|row| row.samples).sum();
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    for language in rows.iter().filter_map(|row| row.language.as_deref()) {
        *languages.entry(language).or_default() += 1;
    }
    let hosts: BTreeSet<&String> = rows.iter().flat_map(|row| &row.hosts).collect();
    let languages = listed(languages.iter().map(|(language, count)| format!("{language} {count}")));
    format!(
        "\n{} sources on {} hosts, {} of them recognised when flattened; {rules} rules and {layouts} layouts of their own; \
         {samples} samples. By language: {languages}.\n",
        rows.len(),
        hosts.len(),
        rows.iter().filter(|row| row.flattened).count(),
    )
}

fn listed(items: impl Iterator<Item = String>) -> String {
    let items: Vec<_> = items.collect();
    if items.is_empty() { "–".to_owned() } else { items.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_tells_what_there_is() {
        let top = tempfile::tempdir().expect("a folder");
        let case = top.path().join("a.example/one");
        fs::create_dir_all(&case).expect("folders");
        fs::write(case.join("page.toml"), "").expect("a file");
        fs::write(case.join("page.html"), "<html lang=de-AT><p>Text").expect("a file");
        let rule = "[[drop]]\nid = 'x'\ncategory = 'byline'\nline = 'A'\n";
        let site = format!("name = 'A|B'\nhosts = ['a.example']\nmarks = ['M']\nuse = ['p']\n{rule}");
        let files = [
            ("sites/a.example.toml", &*site),
            ("sites/b.example.toml", "hosts = ['b.example']"),
            ("packs/p.toml", rule),
        ];
        let written = markdown(&Library::of_texts(&files), top.path()).expect("samples");
        let row = "| A\\|B (`a.example`) | a.example | de | yes | 0 | 1 | byline 1 | p |";
        assert!(written.contains(row), "{written}");
        assert!(written.contains("| b.example | b.example | – |  | 0 | 0 | – | – |"), "{written}");
        assert!(written.contains("2 sources on 2 hosts, 1 of them recognised"), "{written}");
        assert!(written.contains("By language: de 1."), "{written}");
    }
}

//! Takes the built-in rule files into the program, with what every start needs to know of them: by what the pages of each
//! source are told, and the facts of the patterns that are asked of all pages. So a start reads the files of one source
//! and of the packs for every page, however many there are.

#![allow(clippy::print_stdout, reason = "so a build script speaks to cargo")]

/// The same files as in the library, which looks up what is written here.
#[path = "src/rules/pattern"]
mod pattern {
    mod facts;
    mod needles;
    #[allow(dead_code, reason = "it is not read here")]
    mod table;
    pub(crate) mod write;
}

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use toml::{Table, Value};

/// The keys whose patterns must match a whole block, and those whose must occur in one.
const WHOLE: [&str; 6] = ["line", "from", "to", "under", "previous", "next"];
const PART: [&str; 2] = ["find", "text"];

/// A rule file. One that is no TOML has nothing in its table; the library tells what is wrong with it.
struct File {
    stem: String,
    path: PathBuf,
    table: Option<Table>,
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/rules/pattern");
    let rules = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("rules");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let (sites, packs) = (files(&rules.join("sites"))?, files(&rules.join("packs"))?);
    let mut patterns = Vec::new();
    for marks in sites.iter().filter_map(|site| site.table.as_ref()?.get("marks")?.as_array()) {
        patterns.extend(marks.iter().filter_map(Value::as_str).map(|mark| (mark, true)));
    }
    for pack in packs.iter().filter_map(|pack| pack.table.as_ref()) {
        add_patterns(pack, &mut patterns);
    }
    fs::write(out.join("patterns"), pattern::write::table(patterns).ok_or("the patterns of packs are too large")?)?;
    let mut code = String::new();
    for (name, files, is_site) in [("SITES", &sites, true), ("PACKS", &packs, false)] {
        writeln!(code, "pub(super) static {name}: &[BuiltIn] = &[")?;
        for file in files {
            let said = file.table.as_ref().filter(|_| is_site).and_then(said);
            let said = said.map_or("None".to_owned(), |said| format!("Some({said})"));
            let File { stem, path, .. } = file;
            let path = path.to_str().ok_or("the path of the checkout is not UTF-8")?;
            writeln!(code, "    BuiltIn {{ stem: {stem:?}, text: include_str!({path:?}), said: {said} }},")?;
        }
        writeln!(code, "];")?;
    }
    fs::write(out.join("library.rs"), code)?;
    Ok(())
}

/// The rule files in a folder, sorted.
fn files(folder: &Path) -> Result<Vec<File>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).ok_or("a file name is not UTF-8")?.to_owned();
            let table = fs::read_to_string(&path)?.parse().ok();
            files.push(File { stem, path, table });
        }
    }
    files.sort_by(|one, other| one.stem.cmp(&other.stem));
    Ok(files)
}

/// All patterns of a pack, each with whether it must match a whole block.
fn add_patterns<'t>(table: &'t Table, patterns: &mut Vec<(&'t str, bool)>) {
    for (key, value) in table {
        match value {
            Value::String(text) if WHOLE.contains(&key.as_str()) => patterns.push((text, true)),
            Value::String(text) if PART.contains(&key.as_str()) => patterns.push((text, false)),
            Value::Table(table) => add_patterns(table, patterns),
            Value::Array(list) => {
                list.iter().filter_map(Value::as_table).for_each(|table| add_patterns(table, patterns));
            }
            _ => {}
        }
    }
}

/// What a site file says of its source, as code; nothing where it is not as it must be.
fn said(site: &Table) -> Option<String> {
    let name = match site.get("name") {
        Some(name) => Some(name.as_str()?),
        None => None,
    };
    let list = |key: &str| {
        let Some(list) = site.get(key) else { return Some(Vec::new()) };
        list.as_array()?.iter().map(Value::as_str).collect::<Option<Vec<_>>>()
    };
    let [hosts, paths, marks] = ["hosts", "paths", "marks"].map(list);
    let texts = |list: Vec<&str>| format!("Cow::Borrowed(&{list:?})");
    let (hosts, paths, marks) = (texts(hosts?), texts(paths?), texts(marks?));
    Some(format!(
        "Said {{ name: {name:?}, hosts: {hosts}, paths: {paths}, marks: {marks}, builds_on: Cow::Borrowed(&[]) }}"
    ))
}

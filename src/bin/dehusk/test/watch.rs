//! `dehusk test --watch`: runs again what a saved rule file or sample touches.
//!
//! It looks at the times of the files a few times a second. That is next to no work for a few hundred small files, and
//! works on network folders and in containers, where systems do not tell of changes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{fs, thread};

use dehusk::pipeline::Cleaner;
use dehusk::samples::{load, run as run_samples};

use super::text;
use crate::args::{RulesArgs, TestArgs};
use crate::exit::ExitStatus;
use crate::{report, stdout};

const PAUSE: Duration = Duration::from_millis(250);

/// The folder of rules that a checkout has.
const CHECKOUT: &str = "rules";

/// The files that are watched, with what changes when they are saved.
type Files = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Runs the samples, and again after each change, until it is stopped.
pub(super) fn run(args: &TestArgs, rules: &RulesArgs) -> anyhow::Result<ExitStatus> {
    let rules = watched_rules(rules);
    // What cannot be put right while watching is told at once.
    super::samples(args)?;
    let mut files = files(args, &rules);
    let mut sources: Vec<String> = args.sources.clone();
    loop {
        once(args, &rules, &sources)?;
        let changed = loop {
            thread::sleep(PAUSE);
            let now = self::files(args, &rules);
            let changed = changed(&files, &now);
            files = now;
            if !changed.is_empty() {
                break changed;
            }
        };
        sources = touched(&changed, &args.samples);
        if !args.sources.is_empty() {
            sources = if sources.is_empty() { args.sources.clone() } else { sources };
            sources.retain(|source| args.sources.contains(source));
            if sources.is_empty() {
                continue;
            }
        }
    }
}

/// The folders of rules; those of a checkout where none are named, since built-in rules do not change.
fn watched_rules(rules: &RulesArgs) -> RulesArgs {
    if rules.folders().is_empty() && Path::new(CHECKOUT).join("sites").is_dir() {
        return RulesArgs::of(vec![CHECKOUT.into()]);
    }
    RulesArgs::of(rules.folders().to_vec())
}

/// Runs the samples of some sources; all for an empty list. Mistakes in rule files are told, and waited for.
fn once(args: &TestArgs, rules: &RulesArgs, sources: &[String]) -> anyhow::Result<()> {
    let library = match rules.library() {
        Ok(library) => library,
        Err(error) => {
            report::failure(&error);
            return Ok(());
        }
    };
    let what = if sources.is_empty() { "all samples".to_owned() } else { sources.join(", ") };
    let out = match load(&args.samples, sources) {
        Ok(samples) => text::report(&run_samples(&Cleaner::new(library), &samples, sources.is_empty())),
        Err(error) => format!("{error}\n"),
    };
    stdout::write_styled(&format!("==> {what} <==\n{out}\nwaiting for a change; stop with Ctrl-C\n"))
}

fn files(args: &TestArgs, rules: &RulesArgs) -> Files {
    let mut files = Files::new();
    for folder in rules.folders().iter().chain([&args.samples]) {
        gather(folder, &mut files);
    }
    files
}

fn gather(folder: &Path, files: &mut Files) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let Ok(metadata) = fs::metadata(&path) else { continue };
        if metadata.is_dir() {
            gather(&path, files);
        } else if !entry.file_name().to_string_lossy().starts_with('.') {
            files.insert(path, (metadata.modified().ok(), metadata.len()));
        }
    }
}

/// The files that are new, gone, or otherwise than they were.
fn changed(before: &Files, now: &Files) -> Vec<PathBuf> {
    let new = now.iter().filter(|(path, state)| before.get(*path) != Some(state)).map(|(path, _)| path.clone());
    let gone = before.keys().filter(|path| !now.contains_key(*path)).cloned();
    new.chain(gone).collect()
}

/// The sources whose samples have to run again; none for all of them, as after a change of a pack.
fn touched(changed: &[PathBuf], samples: &Path) -> Vec<String> {
    let mut sources = BTreeSet::new();
    for path in changed {
        let name = |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().into_owned());
        let source = if let Ok(below) = path.strip_prefix(samples) {
            name(below.components().next().map(|first| first.as_os_str()))
        } else if path.parent().is_some_and(|folder| folder.ends_with("sites")) {
            // The pages of other sources could be taken for its own now; a full run tells.
            name(path.file_stem())
        } else {
            return Vec::new();
        };
        sources.extend(source);
    }
    sources.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_saved_file_touches() {
        let told = |paths: &[&str]| {
            let paths: Vec<_> = paths.iter().map(PathBuf::from).collect();
            touched(&paths, Path::new("samples"))
        };
        assert_eq!(told(&["rules/sites/a.example.toml"]), ["a.example"]);
        assert_eq!(told(&["samples/b.example/case/page.html", "samples/b.example/case/page.toml"]), ["b.example"]);
        assert_eq!(told(&["rules/sites/a.example.toml", "samples/b.example/x/page.md"]), ["a.example", "b.example"]);
        assert_eq!(told(&["rules/sites/a.example.toml", "rules/packs/captions.toml"]), Vec::<String>::new());
    }

    #[test]
    fn new_files_gone_ones_and_changed_ones() {
        let files = |files: &[(&str, u64)]| -> Files {
            files.iter().map(|(path, len)| (PathBuf::from(path), (None, *len))).collect()
        };
        let told = changed(&files(&[("a", 1), ("b", 1), ("c", 1)]), &files(&[("a", 1), ("b", 2), ("d", 1)]));
        assert_eq!(told, [PathBuf::from("b"), PathBuf::from("d"), PathBuf::from("c")]);
        assert_eq!(changed(&files(&[("a", 1)]), &files(&[("a", 1)])), Vec::<PathBuf>::new());
    }
}

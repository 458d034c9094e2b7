//! `dehusk test --watch`: runs again what a saved rule file or sample touches.
//!
//! It looks at the times of the files a few times a second. That is next to no work for a few hundred small files, and
//! works on network folders and in containers, where systems do not tell of changes.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{fs, thread};

use dehusk::pipeline::Cleaner;
use dehusk::samples::{cases, load, run as run_samples};

use super::text;
use crate::args::{RulesArgs, TestArgs};
use crate::exit::ExitStatus;
use crate::{report, stdout};

const PAUSE: Duration = Duration::from_millis(250);

/// The folder of rules that a checkout has.
const CHECKOUT: &str = "rules";

/// The files that are watched, with what saving them changes.
type Files = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Runs the samples, and again after each change, until it is stopped.
pub(super) fn run(args: &TestArgs, rules: &RulesArgs) -> anyhow::Result<ExitStatus> {
    let rules = watched_rules(rules);
    // What cannot be put right while watching is told at once.
    super::samples(args)?;
    let mut files = files(args, &rules);
    let mut sources = args.sources.clone();
    loop {
        once(args, &rules, &sources)?;
        sources = loop {
            thread::sleep(PAUSE);
            let now = self::files(args, &rules);
            let changed = changed(&files, &now);
            files = now;
            if let Some(sources) = to_run(touched(&changed, &args.samples), &args.sources) {
                break sources;
            }
        };
    }
}

/// The sources to run, of those that are asked for; `None` where a change touches none of them.
fn to_run(touched: Touched, asked_for: &[String]) -> Option<Vec<String>> {
    match touched {
        Touched::All => Some(asked_for.to_vec()),
        Touched::Sources(sources) => {
            let is_asked_for = |source: &String| asked_for.is_empty() || asked_for.contains(source);
            let sources: Vec<_> = sources.into_iter().filter(is_asked_for).collect();
            (!sources.is_empty()).then_some(sources)
        }
    }
}

/// The folders of rules; those of a checkout where none are named, since built-in rules do not change.
fn watched_rules(rules: &RulesArgs) -> RulesArgs {
    if rules.folders().is_empty() && Path::new(CHECKOUT).join("sites").is_dir() {
        return rules.with_folders(vec![CHECKOUT.into()]);
    }
    rules.with_folders(rules.folders().to_vec())
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
        Ok(samples) => {
            let mut run = run_samples(&Cleaner::new(library), &samples, sources.is_empty());
            run.cases = if sources.is_empty() { super::checked_cases(args, rules)? } else { None };
            text::report(&run)
        }
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

/// What a change touches.
#[derive(Debug, PartialEq, Eq)]
enum Touched {
    /// Every source, as the change of a pack does.
    All,
    /// These.
    Sources(BTreeSet<String>),
}

fn touched(changed: &[PathBuf], samples: &Path) -> Touched {
    let mut sources = BTreeSet::new();
    for path in changed {
        let name = |part: &OsStr| part.to_string_lossy().into_owned();
        if path.starts_with(samples.join(cases::FOLDER)) {
            return Touched::All;
        } else if let Ok(below) = path.strip_prefix(samples) {
            sources.extend(below.components().next().map(|first| name(first.as_os_str())));
        } else if path.parent().is_some_and(|folder| folder.ends_with("sites")) {
            sources.extend(path.file_stem().map(name));
        } else {
            return Touched::All;
        }
    }
    Touched::Sources(sources)
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
        let sources = |names: &[&str]| Touched::Sources(names.iter().map(ToString::to_string).collect());
        assert_eq!(told(&["rules/sites/a.example.toml"]), sources(&["a.example"]));
        assert_eq!(
            told(&["samples/b.example/case/page.html", "samples/b.example/case/page.toml"]),
            sources(&["b.example"])
        );
        assert_eq!(
            told(&["rules/sites/a.example.toml", "samples/b.example/x/page.md"]),
            sources(&["a.example", "b.example"])
        );
        assert_eq!(told(&["rules/sites/a.example.toml", "rules/packs/captions.toml"]), Touched::All);
        assert_eq!(told(&["samples/packs/captions.toml"]), Touched::All);
        let asked_for = ["a.example".to_owned()];
        assert_eq!(to_run(sources(&["a.example", "b.example"]), &asked_for).as_deref(), Some(&asked_for[..]));
        assert_eq!(to_run(sources(&["b.example"]), &asked_for), None);
        assert_eq!(to_run(sources(&[]), &[]), None);
        assert_eq!(to_run(Touched::All, &asked_for).as_deref(), Some(&asked_for[..]));
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

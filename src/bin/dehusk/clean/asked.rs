//! Says what a run was asked to do, so that one that goes on is known to be the same.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use dehusk::corpus::inputs::{InputError, Place};
use sha2::{Digest as _, Sha256};

use super::plan::Plan;
use crate::args::{CleanArgs, RulesArgs};

/// A digest of all that decides on the results: the version, what was typed, rule files and models, the inputs by their
/// names and sizes. How fast it is to go and what is told of it do not belong to it.
pub(super) fn asked(plan: &Plan, args: &CleanArgs, rules: &RulesArgs) -> String {
    let mut digest = Sha256::new();
    let mut add = |what: &str| {
        digest.update(what.len().to_le_bytes());
        digest.update(what);
    };
    add(env!("CARGO_PKG_VERSION"));
    let CleanArgs { input, columns, output, min_confidence, aside, with_title, front_matter, policy, run, .. } = args;
    add(&format!("{input:?} {columns:?} {:?} {:?} {output:?} {min_confidence:?} {aside:?}", plan.format, plan.fields));
    add(&format!("{with_title} {front_matter} {policy:?} {:?} {:?}", rules, plan.dedup));
    let crate::args::RunArgs { unordered, errors, max_page_bytes, max_page_seconds, dedup_memory, .. } = run;
    add(&format!("{unordered} {errors:?} {max_page_bytes} {max_page_seconds:?} {dedup_memory}"));
    for file in rules.folders().iter().flat_map(|folder| files(folder)).chain(policy.model.clone()) {
        add(&file.to_string_lossy());
        add(&fs::read_to_string(&file).unwrap_or_default());
    }
    for input in &plan.inputs {
        add(&match input.as_ref().map(|input| &input.place) {
            Ok(Place::File(path)) => format!("{} {}", path.display(), path.metadata().map_or(0, |file| file.len())),
            Ok(Place::Stdin) => "-".to_owned(),
            Err(InputError { path, problem }) => format!("{}: {problem}", path.display()),
        });
    }
    digest.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The rule files in a folder and in those within it, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut open) = (Vec::new(), vec![(folder.to_owned(), 0)]);
    while let Some((folder, depth)) = open.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            // Rule files lie in `sites` and `packs`, none deeper.
            if path.is_dir() && depth == 0 {
                open.push((path, depth + 1));
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

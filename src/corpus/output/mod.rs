//! Decides where results are written: folders are mirrored, no two pages have one file, nothing is overwritten unasked.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use super::inputs::{Input, has_page_ending};

/// Why results have no place to be written to.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// Two inputs have one output.
    #[error(
        "{} and {} would both be written to {}; clean them one after the other, into two folders",
        first.display(), second.display(), output.display()
    )]
    Clash {
        /// One input.
        first: PathBuf,
        /// The other one.
        second: PathBuf,
        /// Their output.
        output: PathBuf,
    },
    /// A file is there already.
    #[error("{} is there already{}; write to another folder, or overwrite with --force", path.display(), others(*more))]
    Exists {
        /// The file.
        path: PathBuf,
        /// How many others are.
        more: usize,
    },
}

fn others(more: usize) -> String {
    if more == 0 { String::new() } else { format!(", and {more} more files") }
}

/// The file that each input is written to: its relative path in a folder, with another ending.
///
/// Nothing is written yet. That two inputs would be written to one file is an error, and that a file is there already
/// is one without `force`.
pub fn plan(inputs: &[Input], folder: &Path, ending: &str, force: bool) -> Result<Vec<PathBuf>, OutputError> {
    let mut taken: HashMap<PathBuf, &Input> = HashMap::with_capacity(inputs.len());
    let mut outputs = Vec::with_capacity(inputs.len());
    for input in inputs {
        let output = folder.join(with_ending(&inside(&input.relative), ending));
        if let Some(other) = taken.insert(output.clone(), input) {
            return Err(OutputError::Clash { first: other.shown(), second: input.shown(), output });
        }
        outputs.push(output);
    }
    if !force {
        // A broken link is there as well.
        let mut there = outputs.iter().filter(|output| output.symlink_metadata().is_ok());
        if let Some(path) = there.next() {
            return Err(OutputError::Exists { path: path.clone(), more: there.count() });
        }
    }
    Ok(outputs)
}

/// A path that leads nowhere but further in.
fn inside(relative: &Path) -> PathBuf {
    relative.components().filter(|part| matches!(part, Component::Normal(_))).collect()
}

/// Another ending in the place of a page's; any other ending, such as the one of `release-2.1`, is part of the name.
fn with_ending(path: &Path, ending: &str) -> PathBuf {
    if has_page_ending(path) {
        return path.with_extension(ending);
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

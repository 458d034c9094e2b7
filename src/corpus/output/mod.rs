//! Decides where results are written: folders are mirrored, no two pages have one file, nothing is overwritten unasked.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::inputs::{Input, InputError, Place, has_page_ending};

/// Why results have no place to be written to.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// Two inputs have one output.
    #[error("{}", clash(first, second, output))]
    Clash {
        /// One input.
        first: PathBuf,
        /// The other one.
        second: PathBuf,
        /// Their output.
        output: PathBuf,
    },
    /// A file is there already.
    #[error("{} is there already{}; write elsewhere, or overwrite with --force", path.display(), others(*more))]
    Exists {
        /// The file.
        path: PathBuf,
        /// How many others are.
        more: usize,
    },
    /// The folder is a file.
    #[error("{} is a file, and results are written into a folder; name another one", path.display())]
    File {
        /// The file.
        path: PathBuf,
    },
    /// A folder is where a file would be.
    #[error("{} is a folder, and a result would be written there; remove it, or write to another folder", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// A page is where its result, or another's, would be.
    #[error("{} is one of the pages, and a result would overwrite it; write to another folder", path.display())]
    Page {
        /// The page.
        path: PathBuf,
    },
    /// Results would lie among the pages.
    #[error(
        "{} is the folder of the pages: results would lie among them and pass for pages the next time; write to a \
         folder within it or elsewhere", path.display()
    )]
    AmongPages {
        /// The folder.
        path: PathBuf,
    },
}

fn clash(first: &Path, second: &Path, output: &Path) -> String {
    let (first, second, output) = (first.display(), second.display(), output.display());
    if first.to_string() == second.to_string() {
        return format!("{first} is named twice, and would be written to {output} both times; name it once");
    }
    format!("{first} and {second} would both be written to {output}; rename one of them")
}

fn others(more: usize) -> String {
    match more {
        0 => String::new(),
        1 => ", and so is another file".to_owned(),
        more => format!(", and so are {more} other files"),
    }
}

/// The inputs that are no results of an earlier run: an output folder within a folder of pages is not one of pages.
/// That it is a folder of pages itself is an error.
pub fn without_results(
    mut inputs: Vec<Result<Input, InputError>>,
    named: &[PathBuf],
    folder: &Path,
) -> Result<Vec<Result<Input, InputError>>, OutputError> {
    // What is not there yet has no results in it.
    let Ok(real) = fs::canonicalize(folder) else { return Ok(inputs) };
    let around = |path: &&PathBuf| path.is_dir() && fs::canonicalize(path).is_ok_and(|path| real.starts_with(path));
    for path in named.iter().filter(around) {
        if fs::canonicalize(path).is_ok_and(|path| path == real) {
            return Err(OutputError::AmongPages { path: folder.to_owned() });
        }
        inputs.retain(|input| match input {
            Ok(Input { place: Place::File(page), .. }) => {
                !(page.starts_with(path) && fs::canonicalize(page).is_ok_and(|page| page.starts_with(&real)))
            }
            _ => true,
        });
    }
    Ok(inputs)
}

/// The file that each input is written to: its relative path in a folder, with another ending.
///
/// Nothing is written yet. That two inputs would be written to one file is an error, that a page would be overwritten
/// too, and that a file is there already is one without `force`.
pub fn plan(inputs: &[Input], folder: &Path, ending: &str, force: bool) -> Result<Vec<PathBuf>, OutputError> {
    if folder.is_file() {
        return Err(OutputError::File { path: folder.to_owned() });
    }
    let mut taken: HashMap<PathBuf, &Input> = HashMap::with_capacity(inputs.len());
    let mut outputs = Vec::with_capacity(inputs.len());
    for input in inputs {
        let output = file_for(&input.relative, folder, ending);
        if let Some(other) = taken.insert(output.clone(), input) {
            return Err(OutputError::Clash { first: other.shown(), second: input.shown(), output });
        }
        outputs.push(output);
    }
    // A broken link is there as well.
    let there: Vec<_> = outputs.iter().filter(|output| output.symlink_metadata().is_ok()).collect();
    let Some(first) = there.first() else { return Ok(outputs) };
    let pages: HashSet<_> = inputs.iter().filter_map(|input| fs::canonicalize(input.shown()).ok()).collect();
    let is_page = |path: &Path| fs::canonicalize(path).is_ok_and(|path| pages.contains(&path));
    if let Some(path) = there.iter().find(|path| is_page(path)) {
        return Err(OutputError::Page { path: (*path).clone() });
    }
    if let Some(path) = there.iter().find(|path| path.is_dir()) {
        return Err(OutputError::Folder { path: (*path).clone() });
    }
    if !force {
        return Err(OutputError::Exists { path: (*first).clone(), more: there.len() - 1 });
    }
    Ok(outputs)
}

/// The file that a page of this name is written to.
pub fn file_for(relative: &Path, folder: &Path, ending: &str) -> PathBuf {
    folder.join(with_ending(&inside(relative), ending))
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

//! Writes results: folders are mirrored, and a file appears whole or not at all.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};
use std::{fs, iter};

use super::inputs::{Input, has_page_ending};

/// What keeps results from being written.
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
    /// Writing failed.
    #[error("{}: cannot be written: {source}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
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

/// Writes a file whole or not at all, with the folders that it lies in: it is written under another name beside its
/// place and then moved there. Without `force`, a file that has appeared there in the meantime is left as it is.
pub fn write_whole(path: &Path, content: &[u8], force: bool) -> Result<(), OutputError> {
    let written = || -> io::Result<()> {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        fs::create_dir_all(folder)?;
        let mut file = new_file().tempfile_in(folder)?;
        file.write_all(content)?;
        let moved = if force { file.persist(path) } else { file.persist_noclobber(path) };
        moved.map(drop).map_err(|error| error.error)
    };
    written().map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists if !force && path.symlink_metadata().is_ok() => {
            OutputError::Exists { path: path.to_owned(), more: 0 }
        }
        _ => OutputError::Unwritable { path: path.to_owned(), source },
    })
}

/// Whether an error says that nobody reads on, as when output goes to `head`: a reason to stop, and no failure.
pub fn is_closed_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut causes = iter::successors(Some(error), |&error| error.source());
    causes.any(|error| error.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe))
}

fn new_file() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dehusk-");
    // Others may read the result as any file that is created; the umask has its say. For a temporary file alone, nobody
    // else could.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
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

//! Where results go: to standard output, into a file each, or into a table.

use std::collections::HashSet;
use std::fs::{self, OpenOptions};
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use dehusk::corpus::output::file_for;
use dehusk::render::Format;
use dehusk::storage::{WriteError, write_whole};
use dehusk::table::frames::FrameWriter;

use crate::stdout;

/// One place for results.
pub(super) enum Place {
    /// A file each.
    Files(Files),
    /// All to one end: under headings, or as a JSON list, where there are several.
    Stream { out: Box<dyn Write>, name: Option<PathBuf>, format: Format, several: bool, written: usize },
    /// A line each, in a file that grows.
    Lines(FrameWriter),
}

/// Files in a folder, called after the pages.
pub(super) struct Files {
    pub(super) folder: PathBuf,
    pub(super) ending: &'static str,
    /// Whether what is there may be overwritten.
    pub(super) force: bool,
    /// What was written in this run, as hashes of paths: archives may hold a name twice.
    taken: HashSet<u64>,
}

/// Why a page has no file of its own.
pub(super) enum Unwritten {
    /// Its name is taken, or it has none: this page fails.
    Page(String),
    /// Nothing can be written: the run ends.
    All(anyhow::Error),
}

impl Place {
    pub(super) fn files(folder: &Path, ending: &'static str, force: bool) -> Self {
        Self::Files(Files { folder: folder.to_owned(), ending, force, taken: HashSet::new() })
    }

    /// Standard output.
    pub(super) fn stdout(format: Format, several: bool) -> Self {
        Self::Stream { out: Box::new(io::stdout()), name: None, format, several, written: 0 }
    }

    /// One file for all that is written. What is there already is left as it is, unless `force` says otherwise.
    pub(super) fn file(path: &Path, force: bool, format: Format, several: bool) -> anyhow::Result<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("{}: cannot be written", path.display()))?;
        }
        let mut options = OpenOptions::new();
        options.write(true).create(force).truncate(force).create_new(!force);
        let opened = options.open(path);
        let out = opened.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => anyhow::Error::new(WriteError::Exists { path: path.to_owned() }),
            _ => anyhow::Error::new(error).context(format!("{}: cannot be written", path.display())),
        })?;
        Ok(Self::Stream { out: Box::new(out), name: Some(path.to_owned()), format, several, written: 0 })
    }

    /// Writes what came of a page.
    pub(super) fn write(&mut self, shown: &str, relative: Option<&Path>, text: &str) -> Result<(), Unwritten> {
        match self {
            Self::Files(files) => files.write(relative, text),
            Self::Lines(lines) => lines.write_line(text).map_err(|error| Unwritten::All(error.into())),
            Self::Stream { out, name, format, several, written } => {
                let is_first = *written == 0;
                *written += 1;
                // Standard input may turn out to be an archive.
                let is_one_more = !is_first && *format != Format::Json;
                let done = one_of_many(out, shown, text, (*several || is_one_more).then_some(*format), is_first);
                done.with_context(|| unwritable(name.as_deref())).map_err(Unwritten::All)
            }
        }
    }

    /// Ends what was begun.
    pub(super) fn finish(&mut self) -> anyhow::Result<()> {
        match self {
            Self::Files(_) => Ok(()),
            Self::Lines(lines) => {
                lines.finish()?;
                Ok(())
            }
            Self::Stream { out, name, format, several, written } => {
                let end: &[u8] = match (format, several, written) {
                    (Format::Json, true, 0) => b"[]\n",
                    (Format::Json, true, _) => b"\n]\n",
                    _ => b"",
                };
                out.write_all(end).and_then(|()| out.flush()).with_context(|| unwritable(name.as_deref()))
            }
        }
    }
}

impl Files {
    fn write(&mut self, relative: Option<&Path>, text: &str) -> Result<(), Unwritten> {
        let Some(relative) = relative else {
            return Err(Unwritten::Page(
                "a record has no name for a file: write a table, such as -o pages.jsonl".into(),
            ));
        };
        let path = file_for(relative, &self.folder, self.ending);
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(&path);
        if !self.taken.insert(hash) {
            let path = path.display();
            return Err(Unwritten::Page(format!(
                "{path} was written for another page of the same name: write a table"
            )));
        }
        match write_whole(&path, text.as_bytes(), self.force) {
            Err(error @ WriteError::Exists { .. }) => Err(Unwritten::Page(error.to_string())),
            written => written.map_err(|error| Unwritten::All(error.into())),
        }
    }
}

/// Writes a text that is one of several, if so, in a format that keeps them apart.
fn one_of_many(
    out: &mut dyn Write,
    shown: &str,
    text: &str,
    several: Option<Format>,
    is_first: bool,
) -> io::Result<()> {
    match several {
        Some(Format::Json) => {
            out.write_all(if is_first { b"[\n" } else { b",\n" })?;
            out.write_all(text.trim_end().as_bytes())
        }
        Some(Format::Text | Format::Markdown | Format::Html) => {
            let gap = if is_first { "" } else { "\n" };
            write!(out, "{gap}==> {shown} <==\n\n{text}")
        }
        Some(Format::JsonLines) | None => out.write_all(text.as_bytes()),
    }
}

fn unwritable(name: Option<&Path>) -> String {
    name.map_or_else(|| stdout::UNWRITABLE.to_owned(), |path| format!("{}: cannot be written", path.display()))
}

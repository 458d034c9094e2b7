//! Where results go: to standard output, or a file each; and those that are left out elsewhere, if anywhere.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use dehusk::render::Format;
use dehusk::storage::write_whole;

use super::Cleaned;
use crate::stdout;

/// Where the results of a run go.
pub(super) struct Output {
    main: Place,
    /// Where those go that are left out.
    aside: Option<Place>,
}

/// One place for results.
pub(super) enum Place {
    /// A file each.
    Files { paths: std::vec::IntoIter<Option<PathBuf>> },
    /// All to one end: under headings, or as a JSON list, where there are several.
    Stream { out: Box<dyn Write>, name: Option<PathBuf>, format: Format, several: bool, written: usize },
}

impl Output {
    pub(super) fn new(main: Place, aside: Option<Place>) -> Self {
        Self { main, aside }
    }

    /// Writes what came of a page where it belongs.
    pub(super) fn write(&mut self, shown: &Path, cleaned: &Cleaned) -> anyhow::Result<()> {
        let (here, there) = match cleaned.left_out {
            Some(_) => (self.aside.as_mut(), Some(&mut self.main)),
            None => (Some(&mut self.main), self.aside.as_mut()),
        };
        if let Some(there) = there {
            there.pass_over();
        }
        here.map_or(Ok(()), |here| here.write(shown, cleaned))
    }

    /// Ends what was begun.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        [Some(self.main), self.aside].into_iter().flatten().try_for_each(Place::finish)
    }
}

impl Place {
    /// A file for each page, in their order; `None` for what has none.
    pub(super) fn files(paths: Vec<Option<PathBuf>>) -> Self {
        Self::Files { paths: paths.into_iter() }
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
            io::ErrorKind::AlreadyExists => {
                anyhow::anyhow!("{} is there already; write elsewhere, or overwrite with --force", path.display())
            }
            _ => anyhow::Error::new(error).context(format!("{}: cannot be written", path.display())),
        })?;
        Ok(Self::Stream { out: Box::new(out), name: Some(path.to_owned()), format, several, written: 0 })
    }

    fn pass_over(&mut self) {
        if let Self::Files { paths } = self {
            paths.next();
        }
    }

    fn write(&mut self, shown: &Path, cleaned: &Cleaned) -> anyhow::Result<()> {
        match self {
            Self::Files { paths } => match (paths.next().flatten(), &cleaned.text, &cleaned.failure) {
                // The plan has made sure that nothing is overwritten unasked.
                (Some(path), Some(text), None) => Ok(write_whole(&path, text.as_bytes(), true)?),
                _ => Ok(()),
            },
            Self::Stream { out, name, format, several, written } => {
                let Some(text) = &cleaned.text else { return Ok(()) };
                let is_first = *written == 0;
                *written += 1;
                one_of_many(out, shown, text, several.then_some(*format), is_first)
                    .with_context(|| unwritable(name.as_deref()))
            }
        }
    }

    fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Files { .. } => Ok(()),
            Self::Stream { mut out, name, format, several, written } => {
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

/// Writes a text that is one of several, if so, in a format that keeps them apart.
fn one_of_many(
    out: &mut dyn Write,
    shown: &Path,
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
            write!(out, "{gap}==> {} <==\n\n{text}", shown.display())
        }
        Some(Format::JsonLines) | None => out.write_all(text.as_bytes()),
    }
}

fn unwritable(name: Option<&Path>) -> String {
    name.map_or_else(|| stdout::UNWRITABLE.to_owned(), |path| format!("{}: cannot be written", path.display()))
}

//! Finds the pages that paths name: files, folders with all in them, standard input.
//!
//! A file that is named is taken whatever it is called. In a folder, files with the ending of a page are taken
//! ([`ENDINGS`]), compressed ones too, hidden files and folders are not. A folder that holds a `page.toml` is a sample: of
//! it only the page is taken, not the expected results beside it.
//!
//! Of the containers of many pages only WARC files are taken from a folder, and only where the caller reads such
//! ([`expand_all`]). JSON Lines and Parquet are what results are written as, and would be taken for pages the next time;
//! an archive beside pages mostly holds the same pages. They are taken when they are named.
//!
//! Something that cannot be read is an error in its place in the list; everything else is still found.

#[cfg(test)]
mod tests;

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::{fs, iter};

use super::containers::{self, Kind, MAX_PAGE_BYTES, Options, PAGES, Packing, Source, open};
use super::entry::{Entry, Failure};
use crate::page::Page;
use crate::samples::{DESCRIPTION, SampleError, read_description};

/// The endings of pages in a folder. Behind each may stand `.gz` or `.zst`.
pub const ENDINGS: [&str; 8] = {
    let [html, htm, xhtml, md, markdown, txt] = PAGES;
    [html, htm, xhtml, md, markdown, txt, "mhtml", "mht"]
};

/// A page to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where it is.
    pub place: Place,
    /// Its path in the folder that was named, or its name: what output is called after.
    pub relative: PathBuf,
    /// Where it was fetched, if a sample says so.
    pub url: Option<String>,
}

/// Where a page is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

/// A path that gives no page.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}", path.display())]
pub struct InputError {
    /// The path.
    pub path: PathBuf,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a path.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// There is nothing.
    #[error("no such file or folder")]
    Missing,
    /// It cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(io::Error),
    /// A link to itself, or to a folder that it lies in.
    #[error("a link that leads back to itself or to a folder around it; remove it")]
    Circle,
    /// A folder without pages.
    #[error(
        "no pages in it; pages in a folder end in .{}, compressed (.gz, .zst) or not; files of many pages are to be named",
        ENDINGS.join(", .")
    )]
    Empty,
    /// Neither a file nor a folder.
    #[error("neither a file nor a folder; pass it to standard input, with `-` as the path")]
    Special,
    /// It holds many pages, where one is wanted.
    #[error("holds many pages, and one is wanted here: `dehusk clean` reads them all")]
    Many,
    /// The page in it cannot be read.
    #[error("{0}")]
    Unread(String),
    /// A sample's page.toml is broken.
    #[error("a mistake in it:\n{0}")]
    Sample(String),
    /// A sample has no page.
    #[error("a sample without a page; put a page.html, page.md or page.txt beside it")]
    NoPage,
}

/// Finds the pages that paths name, in the order of the paths, those of a folder sorted by name. The path `-` is
/// standard input.
///
/// Files of one page are taken from folders, and of samples those alone.
pub fn expand<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Vec<Result<Input, InputError>> {
    expand_with(paths, is_page)
}

/// The same, and from folders WARC files too.
pub fn expand_all<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Vec<Result<Input, InputError>> {
    expand_with(paths, |path| is_page(path) || Kind::of_name(path) == Some(Kind::Warc))
}

fn expand_with<P: AsRef<Path>>(
    paths: impl IntoIterator<Item = P>,
    is_taken: fn(&Path) -> bool,
) -> Vec<Result<Input, InputError>> {
    let mut found = Vec::new();
    for path in paths {
        let path = path.as_ref();
        if path == Path::new("-") {
            found.push(Ok(Input { place: Place::Stdin, relative: "stdin".into(), url: None }));
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                let before = found.len();
                Walk { found: &mut found, open: Vec::new(), is_taken }.folder(path, Path::new(""));
                if found.len() == before {
                    found.push(failed(path, Problem::Empty));
                }
            }
            // Named as such, a pipe is as good as a file.
            Ok(_) => found.push(named_file(path)),
            Err(error) => found.push(failed(path, unreadable(error))),
        }
    }
    found
}

impl Input {
    /// Reads the page, if it is one: compressed or not, or MHTML. For what holds many there is
    /// [`Stream`](super::stream::Stream).
    pub fn read(&self) -> Result<Page<'static>, InputError> {
        let failed = |problem| InputError { path: self.shown(), problem };
        let kind = match &self.place {
            Place::File(path) => Kind::of_name(path),
            Place::Stdin => None,
        };
        if let Some(Kind::Warc | Kind::Zip | Kind::Tar | Kind::Parquet) = kind {
            return Err(failed(Problem::Many));
        }
        let kind = kind.filter(|kind| kind.is_one_page()).unwrap_or(Kind::Page);
        let options = Options { kind: Some(kind), max_page_bytes: MAX_PAGE_BYTES, ..Options::default() };
        let read = open(Source::from(self), &options).next().map_or(Ok(None), Entry::read);
        let named = read.map_err(|Failure { reason, .. }| failed(Problem::Unread(reason)))?;
        named.map(|named| named.page).ok_or_else(|| failed(Problem::Many))
    }

    /// The path as messages show it.
    pub fn shown(&self) -> PathBuf {
        match &self.place {
            Place::File(path) => path.clone(),
            Place::Stdin => "standard input".into(),
        }
    }
}

impl From<&Input> for Source {
    fn from(input: &Input) -> Self {
        let from = match &input.place {
            Place::File(path) => containers::From::File(path.clone()),
            Place::Stdin => containers::From::Reader(Box::new(io::stdin())),
        };
        let name = input.shown().to_string_lossy().into_owned();
        Self { name, relative: Some(input.relative.clone()), url: input.url.clone(), from }
    }
}

/// Whether a name has the ending of one page, compressed or not.
fn is_page(path: &Path) -> bool {
    has_page_ending(&Packing::split(path).0)
}

/// The path that results are called after: a compressed page is called after the page.
fn called(path: PathBuf) -> PathBuf {
    if is_page(&path) { Packing::split(&path).0 } else { path }
}

/// Whether a name has the ending of a page.
pub fn has_page_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

fn failed(path: &Path, problem: Problem) -> Result<Input, InputError> {
    Err(InputError { path: path.to_owned(), problem })
}

fn unreadable(error: io::Error) -> Problem {
    if error.kind() == io::ErrorKind::NotFound { Problem::Missing } else { Problem::Unreadable(error) }
}

fn file(path: &Path, relative: PathBuf, url: Option<String>) -> Input {
    Input { place: Place::File(path.to_owned()), relative: called(relative), url }
}

fn named_file(path: &Path) -> Result<Input, InputError> {
    let relative = path.file_name().unwrap_or(path.as_os_str()).into();
    let sample = path.with_file_name(DESCRIPTION);
    // The page of a sample is the same page when it is named itself.
    let url = if is_page_of_sample(path) && sample.is_file() { sample_url(&sample)? } else { None };
    Ok(file(path, relative, url))
}

fn is_page_of_sample(path: &Path) -> bool {
    path.file_stem() == Some(OsStr::new("page")) && has_page_ending(path)
}

fn sample_url(sample: &Path) -> Result<Option<String>, InputError> {
    let description = read_description(sample);
    description.map(|description| description.url).map_err(|error| {
        let problem = match error {
            SampleError::Unreadable { error, .. } => unreadable(error),
            SampleError::Description { message, .. } => Problem::Sample(message),
            SampleError::Pages { .. } => Problem::NoPage,
        };
        InputError { path: sample.to_owned(), problem }
    })
}

/// A walk through a folder.
struct Walk<'a> {
    found: &'a mut Vec<Result<Input, InputError>>,
    /// The folders that are being read, outermost first, without links in their paths.
    open: Vec<PathBuf>,
    is_taken: fn(&Path) -> bool,
}

impl Walk<'_> {
    fn folder(&mut self, path: &Path, relative: &Path) {
        let real = match fs::canonicalize(path) {
            Ok(real) if self.open.contains(&real) => return self.found.push(failed(path, Problem::Circle)),
            Ok(real) => real,
            Err(error) => return self.found.push(failed(path, unreadable(error))),
        };
        let mut names = Vec::new();
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => return self.found.push(failed(path, unreadable(error))),
        };
        for entry in entries {
            match entry {
                Ok(entry) => names.push(entry.file_name()),
                Err(error) => self.found.push(failed(path, unreadable(error))),
            }
        }
        names.retain(|name| !name.as_encoded_bytes().starts_with(b"."));
        names.sort();
        if names.iter().any(|name| name == DESCRIPTION) {
            return self.sample(path, relative, &names);
        }
        self.open.push(real);
        for name in names {
            self.entry(&path.join(&name), relative.join(&name));
        }
        self.open.pop();
    }

    fn entry(&mut self, path: &Path, relative: PathBuf) {
        let is_page = (self.is_taken)(path);
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.folder(path, &relative),
            Ok(metadata) if is_page && metadata.is_file() => self.found.push(Ok(file(path, relative, None))),
            Ok(_) if is_page => self.found.push(failed(path, Problem::Special)),
            Ok(_) => {}
            // Whatever is behind a broken link that is not called a page, it would have been passed over.
            Err(error) if error.kind() == io::ErrorKind::NotFound && !is_page => {}
            // What the system says to such a link has no stable name in the standard library.
            Err(_) if fs::symlink_metadata(path).is_ok_and(|own| own.is_symlink()) && leads_to_itself(path) => {
                self.found.push(failed(path, Problem::Circle));
            }
            Err(error) => self.found.push(failed(path, unreadable(error))),
        }
    }

    fn sample(&mut self, path: &Path, relative: &Path, names: &[std::ffi::OsString]) {
        let url = match sample_url(&path.join(DESCRIPTION)) {
            Ok(url) => url,
            Err(error) => return self.found.push(Err(error)),
        };
        let mut pages = names.iter().filter(|name| is_page_of_sample(Path::new(name))).peekable();
        if pages.peek().is_none() {
            return self.found.push(failed(&path.join(DESCRIPTION), Problem::NoPage));
        }
        self.found.extend(pages.map(|name| Ok(file(&path.join(name), relative.join(name), url.clone()))));
    }
}

/// Whether following a link, again and again, ends at a link that was there before.
fn leads_to_itself(link: &Path) -> bool {
    let follow = |path: &PathBuf| {
        let target = fs::read_link(path).ok()?;
        Some(path.parent()?.join(target))
    };
    // As many as systems follow.
    iter::successors(Some(link.to_owned()), follow).take(41).count() == 41
}

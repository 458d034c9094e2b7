//! Reads pages out of what holds them: files of one page, compressed or not, MHTML, JSON Lines, WARC, Parquet, ZIP, tar.
//!
//! [`open`] tells what a file is and hands on its entries. Each reader is a file; `docs/formats.md` says what becomes of
//! what in it. Bytes come through an [`unpack::Unpack`], which decompresses and knows its place in the file.

pub mod kind;
mod lines;
#[cfg(feature = "archives")]
mod member;
#[cfg(feature = "archives")]
mod mhtml;
#[cfg(feature = "parquet")]
mod parquet;
mod single;
#[cfg(feature = "archives")]
mod tar;
#[cfg(all(test, feature = "archives"))]
mod tests;
// Only the readers of archives look for their way behind what is broken.
#[cfg_attr(not(feature = "archives"), allow(dead_code))]
mod unpack;
#[cfg(feature = "archives")]
mod warc;
#[cfg_attr(not(feature = "archives"), allow(dead_code))]
mod window;
#[cfg(feature = "archives")]
mod zip;
#[cfg(feature = "archives")]
mod zstandard;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::{fmt, iter, mem};

pub use kind::{Kind, PAGES, Packing};

use self::unpack::Unpack;
use self::window::Window;
use super::columns::Columns;
use super::entry::{Entries, Entry, Failure, Stage};
use super::jsonl::Id;
use crate::page::InputFormat;

pub use crate::budget::MAX_PAGE_BYTES;

/// So many bytes tell what a file is.
const LOOKED_AT: usize = 4096;

/// A file of pages.
pub struct Source {
    /// What messages call it, and the id of its page if it is one.
    pub name: String,
    /// The path that results are called after; `None` where there is no name.
    pub relative: Option<PathBuf>,
    /// Where its page was fetched, if that is known.
    pub url: Option<String>,
    /// Where its bytes come from.
    pub from: From,
}

/// Where the bytes of a file of pages come from.
pub enum From {
    /// A file by this name.
    File(PathBuf),
    /// A stream, such as standard input. It is read once, from its beginning to its end.
    Reader(Box<dyn Read + Send>),
}

/// How pages are read.
#[derive(Clone, Debug)]
pub struct Options {
    /// What the user says the file is; `None` lets its name and its first bytes decide.
    pub kind: Option<Kind>,
    /// What the user says the pages are; `None` lets their names, their headers and their content decide. Records tell it
    /// by their keys.
    pub format: Option<InputFormat>,
    /// Which key of a record, or which column of a table, holds what.
    pub columns: Columns,
    /// A larger page is a failure, and never in memory as a whole.
    pub max_page_bytes: usize,
    /// Counts the bytes taken from files, compressed as they are.
    pub read: Arc<AtomicU64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            kind: None,
            format: None,
            columns: Columns::default(),
            max_page_bytes: MAX_PAGE_BYTES,
            read: Arc::default(),
        }
    }
}

/// The bytes of a file, decompressed.
type Bytes = Window<Unpack>;

/// Of so many bytes behind a mark the beginning is kept: the largest page with its headers.
fn kept(options: &Options) -> usize {
    options.max_page_bytes.saturating_add(256 * 1024)
}

/// The entries of a file. What cannot be opened is an entry too: a failure.
pub fn open(source: Source, options: &Options) -> Entries {
    let kind = options.kind.or_else(|| source.path().and_then(Kind::of_name));
    match (kind, &source.from) {
        // A file of one page is opened by who reads it, on any thread.
        (Some(kind), From::File(_)) if kind.is_one_page() => single::open(source, kind, options.clone()),
        _ => {
            let options = options.clone();
            Box::new(iter::once_with(move || look_into(source, kind, &options)).flatten())
        }
    }
}

fn look_into(source: Source, kind: Option<Kind>, options: &Options) -> Entries {
    let name = source.name.clone();
    by_bytes(source, kind, options)
        .unwrap_or_else(|error| Box::new(iter::once(Entry::Failed(unreadable(name, &error)))))
}

fn by_bytes(mut source: Source, kind: Option<Kind>, options: &Options) -> io::Result<Entries> {
    let mut bytes = source.bytes(options)?;
    let kind = match kind {
        Some(kind) => kind,
        None => kind_of(&mut bytes)?,
    };
    let path = source.path().filter(|_| !bytes.source().is_packed()).map(Path::to_owned);
    match (kind, path) {
        (Kind::Page | Kind::Mhtml, _) => Ok(single::of_bytes(source, kind, bytes, options.clone())),
        (Kind::JsonLines, _) => Ok(lines::open(source.name, bytes, options)),
        #[cfg(feature = "archives")]
        (Kind::Warc, _) => Ok(warc::open(source.name, bytes, options)),
        #[cfg(feature = "archives")]
        (Kind::Tar, _) => Ok(tar::open(&source, bytes, options)),
        #[cfg(feature = "archives")]
        (Kind::Zip, Some(path)) => zip::open(&source, &path, bytes, options),
        #[cfg(feature = "archives")]
        (Kind::Zip, None) => Ok(zip::stream(&source, bytes, options)),
        #[cfg(not(feature = "archives"))]
        (Kind::Warc | Kind::Tar | Kind::Zip, _) => Err(not_built_in("archives", "archives")),
        #[cfg(feature = "parquet")]
        (Kind::Parquet, Some(path)) => Ok(parquet::open(source.name, &path, options)),
        #[cfg(feature = "parquet")]
        (Kind::Parquet, None) => Err(io::Error::new(io::ErrorKind::Unsupported, parquet::FROM_THE_END)),
        #[cfg(not(feature = "parquet"))]
        (Kind::Parquet, _) => Err(not_built_in("Parquet", "parquet")),
    }
}

/// What a stream holds, or a file whose name says nothing. No more is awaited than it takes to tell.
fn kind_of(bytes: &mut Bytes) -> io::Result<Kind> {
    let mut wanted = 1;
    loop {
        let start = bytes.at_least(wanted)?;
        let kind = Kind::of_bytes(&start[..start.len().min(LOOKED_AT)]);
        if kind != Kind::Page || start.len() < wanted || start.len() >= LOOKED_AT {
            return Ok(kind);
        }
        wanted = start.len() + 1;
    }
}

#[cfg(not(all(feature = "archives", feature = "parquet")))]
fn not_built_in(what: &str, feature: &str) -> io::Error {
    let message = format!("reading {what} is not built in: build with the feature `{feature}`");
    io::Error::new(io::ErrorKind::Unsupported, message)
}

impl Source {
    /// The path of the file.
    fn path(&self) -> Option<&Path> {
        match &self.from {
            From::File(path) => Some(path),
            From::Reader(_) => None,
        }
    }

    /// Opens it; a stream only once.
    fn bytes(&mut self, options: &Options) -> io::Result<Bytes> {
        let reader: Box<dyn Read + Send> = match &mut self.from {
            From::File(path) => Box::new(File::open(path)?),
            From::Reader(reader) => mem::replace(reader, Box::new(io::empty())),
        };
        let unpack = Unpack::new(Box::new(Counted { reader, read: Arc::clone(&options.read) }))?;
        Ok(Window::new(unpack, kept(options)))
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("name", &self.name).field("path", &self.path()).finish_non_exhaustive()
    }
}

/// Counts the bytes that are read.
struct Counted<R> {
    reader: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(out)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Bytes up to a bound: `Ok(None)` beyond it.
fn read_bounded(mut reader: impl Read, most: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    reader.by_ref().take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= most).then_some(bytes))
}

fn too_large(most: usize) -> String {
    format!("larger than {}: allow more with --max-page-bytes", shown_bytes(most))
}

fn shown_bytes(count: usize) -> String {
    const MIB: usize = 1024 * 1024;
    if count >= MIB && count.is_multiple_of(MIB) { format!("{} MiB", count / MIB) } else { format!("{count} bytes") }
}

fn failure(place: String, reason: impl Into<String>) -> Failure {
    Failure { id: None, url: None, place, stage: Stage::Read, reason: reason.into() }
}

/// A file that cannot be read, or not on.
fn unreadable(place: String, error: &io::Error) -> Failure {
    let id = Some(Id::Text(place.clone()));
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".into(),
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof | io::ErrorKind::Unsupported => error.to_string(),
        _ => format!("cannot be read: {error}"),
    };
    Failure { id, ..failure(place, reason) }
}

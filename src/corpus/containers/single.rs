//! Reads a file that holds one page: as it is, compressed, or as MHTML.

use std::iter;
use std::path::{Path, PathBuf};

use super::{Bytes, Kind, Options, Packing, Source, failure, read_bounded, too_large, unreadable};
use crate::corpus::entry::{Entries, Entry, Failure, Named};
use crate::corpus::jsonl::Id;
use crate::page::{Content, Page};

/// A page that nobody has opened yet.
pub(super) fn open(mut source: Source, kind: Kind, options: Options) -> Entries {
    Box::new(iter::once(Entry::Page(Box::new(move || match source.bytes(&options) {
        Ok(bytes) => read(source, kind, bytes, &options),
        Err(error) => Err(Failure { url: source.url, ..unreadable(source.name, &error) }),
    }))))
}

/// A page of which the beginning was looked at.
pub(super) fn of_bytes(source: Source, kind: Kind, bytes: Bytes, options: Options) -> Entries {
    Box::new(iter::once(Entry::Page(Box::new(move || read(source, kind, bytes, &options)))))
}

fn read(source: Source, kind: Kind, bytes: Bytes, options: &Options) -> Result<Named, Failure> {
    let file_name = source.path().and_then(file_name);
    let found = Found { name: source.name, relative: source.relative, file_name, url: source.url };
    match read_bounded(bytes, options.max_page_bytes) {
        Ok(Some(bytes)) => found.page(kind, bytes, options),
        Ok(None) => Err(found.failed(too_large(options.max_page_bytes))),
        Err(error) => Err(Failure { url: found.url, ..unreadable(found.name, &error) }),
    }
}

/// The name of a file without the ending that says how it is compressed.
pub(super) fn file_name(path: &Path) -> Option<String> {
    Packing::split(path).0.file_name().map(|name| name.to_string_lossy().into_owned())
}

/// A file of one page that was found, on its own or in an archive.
pub(super) struct Found {
    /// Its place, and its id.
    pub(super) name: String,
    pub(super) relative: Option<PathBuf>,
    pub(super) file_name: Option<String>,
    pub(super) url: Option<String>,
}

impl Found {
    /// The page in it.
    pub(super) fn page(self, kind: Kind, bytes: Vec<u8>, options: &Options) -> Result<Named, Failure> {
        let Self { name, relative, file_name, url } = self;
        let id = Some(Id::Text(name.clone()));
        if kind == Kind::Mhtml {
            return mhtml(Self { name, relative, file_name, url }, &bytes, options);
        }
        let content = Content::Bytes(bytes.into());
        let page = Page { url, file_name, format: options.format, charset: None, content };
        Ok(Named { id, place: name, relative, page })
    }

    pub(super) fn failed(self, reason: impl Into<String>) -> Failure {
        Failure { id: Some(Id::Text(self.name.clone())), url: self.url, ..failure(self.name, reason) }
    }
}

#[cfg(feature = "archives")]
fn mhtml(found: Found, bytes: &[u8], options: &Options) -> Result<Named, Failure> {
    let root = match super::mhtml::root(bytes) {
        Ok(root) => root,
        Err(reason) => return Err(found.failed(reason)),
    };
    if root.body.len() > options.max_page_bytes {
        return Err(found.failed(too_large(options.max_page_bytes)));
    }
    let page = Page {
        url: found.url.or(root.url),
        // Its ending is that of the message, and says nothing of the page.
        file_name: None,
        format: options.format.or(root.format),
        charset: root.charset,
        content: Content::Bytes(root.body.into()),
    };
    Ok(Named { id: Some(Id::Text(found.name.clone())), place: found.name, relative: found.relative, page })
}

#[cfg(not(feature = "archives"))]
fn mhtml(found: Found, _: &[u8], _: &Options) -> Result<Named, Failure> {
    Err(found.failed("reading MHTML is not built in: build with the feature `archives`"))
}

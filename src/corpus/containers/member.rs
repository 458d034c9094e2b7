//! Tells what a file within an archive is, by its name, and what its page is called.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::single::{Found, file_name};
use super::unpack::Unpack;
use super::{Kind, Options, Packing, Source, read_bounded, too_large};
use crate::corpus::entry::{Entry, Failure, Named};

/// An archive that is being read.
#[derive(Clone)]
pub(super) struct Archive {
    name: Arc<str>,
    /// The folder that its pages are called after: that which it would be unpacked into.
    folder: Option<Arc<Path>>,
    pub(super) options: Arc<Options>,
}

/// A file in an archive that is a page.
pub(super) struct Member {
    found: Found,
    kind: Kind,
    options: Arc<Options>,
}

impl Archive {
    pub(super) fn new(source: &Source, options: &Options) -> Self {
        let folder = source.relative.as_deref().map(|relative| Arc::from(unpacked(relative)));
        Self { name: source.name.as_str().into(), folder, options: Arc::new(options.clone()) }
    }

    /// The page that a file is, or in a word why it is none.
    pub(super) fn member(&self, raw_name: &[u8]) -> Result<Member, &'static str> {
        let path = cleaned(raw_name);
        if path.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b".")) || is_of_macos(&path) {
            return Err("a hidden file");
        }
        let kind = match Kind::of_name(&path) {
            Some(kind) if kind.is_one_page() => kind,
            Some(Kind::JsonLines | Kind::Parquet) => return Err("records within an archive"),
            Some(_) => return Err("an archive within an archive"),
            None => return Err("not a page by its name"),
        };
        // The same name on any system.
        let shown: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let name = format!("{}/{}", self.name, shown.join("/"));
        let page = Packing::split(&path).0;
        let relative = self.folder.as_ref().map(|folder| folder.join(&page));
        let found = Found { name, relative, file_name: file_name(&path), url: None };
        Ok(Member { found, kind, options: Arc::clone(&self.options) })
    }

    /// What is wrong with the archive itself.
    pub(super) fn failed(&self, place: Option<&str>, reason: impl Into<String>) -> Entry {
        let place = place.map_or_else(|| self.name.to_string(), |place| format!("{}: {place}", self.name));
        Entry::Failed(super::failure(place, reason))
    }
}

impl Member {
    /// The page, of the bytes that the archive holds.
    pub(super) fn read(self, bytes: Vec<u8>) -> Result<Named, Failure> {
        let most = self.options.max_page_bytes;
        if Packing::of_bytes(&bytes).is_none() {
            return self.found.page(self.kind, bytes, &self.options);
        }
        let unpack = Unpack::new(Box::new(std::io::Cursor::new(bytes)));
        match unpack.and_then(|unpack| read_bounded(unpack, most)) {
            Ok(Some(bytes)) => self.found.page(self.kind, bytes, &self.options),
            Ok(None) => Err(self.found.failed(too_large(most))),
            Err(error) => Err(self.found.failed(error.to_string())),
        }
    }

    pub(super) fn failed(self, reason: impl Into<String>) -> Failure {
        self.found.failed(reason)
    }

    pub(super) fn too_large(self) -> Failure {
        let most = self.options.max_page_bytes;
        self.found.failed(too_large(most))
    }
}

/// The folder that an archive would be unpacked into: `saved/pages.tar.gz` into `saved/pages`.
fn unpacked(relative: &Path) -> PathBuf {
    let (name, _) = Packing::split(relative);
    match Kind::of_name(&name) {
        Some(_) => name.with_extension(""),
        None => name,
    }
}

/// A path that leads nowhere but down: no root, no drive, no way up, and `/` between its parts, whatever wrote it.
fn cleaned(raw: &[u8]) -> PathBuf {
    let text = String::from_utf8_lossy(raw);
    let is_part = |part: &&str| !matches!(*part, "" | "." | "..");
    // Neither drives and streams of Windows, nor what no file system takes.
    let part = |part: &str| part.replace(|c: char| c == ':' || c.is_control(), "_");
    text.split(['/', '\\']).filter(is_part).map(part).collect()
}

/// What the archiver of macOS adds: a file beside each that is no page, whatever it is called.
fn is_of_macos(path: &Path) -> bool {
    path.starts_with("__MACOSX")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_but_down() {
        let clean = |name: &str| cleaned(name.as_bytes()).to_string_lossy().into_owned();
        assert_eq!(clean("a/b.html"), "a/b.html");
        assert_eq!(clean("/etc/b.html"), "etc/b.html");
        assert_eq!(clean("../../a/../b.html"), "a/b.html");
        assert_eq!(clean("C:\\x\\..\\b.html"), "C_/x/b.html");
        assert_eq!(clean("a//./b\n.html"), "a/b_.html");
        assert_eq!(cleaned(b"caf\xe9.html").to_string_lossy(), "caf\u{fffd}.html");
    }

    #[test]
    fn an_archive_is_as_a_folder() {
        let folder = |name: &str| unpacked(Path::new(name)).to_string_lossy().into_owned();
        assert_eq!(folder("saved/pages.tar.gz"), "saved/pages");
        assert_eq!(folder("pages.tgz"), "pages");
        assert_eq!(folder("pages.v2.zip"), "pages.v2");
        assert_eq!(folder("stdin"), "stdin");
    }
}

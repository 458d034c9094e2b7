//! Reads pages from tar archives, file by file as they come.

use std::io::{self, Read as _};

use tar::{EntryType, Header, PaxExtensions};

use super::member::Archive;
use super::{Bytes, Options, Source};
use crate::corpus::entry::{Entries, Entry};

const BLOCK: usize = 512;

/// A longer name, or more about a file than that, is broken.
const MAX_EXTENSION: u64 = 64 * 1024;

pub(super) fn open(source: &Source, bytes: Bytes, options: &Options) -> Entries {
    Box::new(Tar { archive: Archive::new(source, options), bytes, ended: false })
}

struct Tar {
    archive: Archive,
    bytes: Bytes,
    ended: bool,
}

/// What a file is preceded by.
#[derive(Default)]
struct Extensions {
    name: Option<Vec<u8>>,
    size: Option<u64>,
}

impl Iterator for Tar {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        if self.ended {
            return None;
        }
        let place = self.bytes.position();
        self.next_file().unwrap_or_else(|error| {
            self.ended = true;
            let reason = match error.kind() {
                io::ErrorKind::UnexpectedEof => "cut off: the file ends within the archive".into(),
                _ => format!("{error}; the rest of the archive is not read"),
            };
            Some(self.archive.failed(Some(&format!("byte {place}")), reason))
        })
    }
}

impl Tar {
    fn next_file(&mut self) -> io::Result<Option<Entry>> {
        let mut extensions = Extensions::default();
        loop {
            let Some(header) = self.header()? else {
                self.ended = true;
                return Ok(None);
            };
            let size = header.entry_size().map_err(|_| broken("the size of a file is no number"))?;
            match header.entry_type() {
                EntryType::GNULongName => {
                    let mut name = self.extension(size)?;
                    name.truncate(name.iter().position(|byte| *byte == 0).unwrap_or(name.len()));
                    extensions.name = Some(name);
                }
                EntryType::XHeader => {
                    let data = self.extension(size)?;
                    for extension in PaxExtensions::new(&data).flatten() {
                        match extension.key_bytes() {
                            b"path" => extensions.name = Some(extension.value_bytes().to_vec()),
                            b"size" => extensions.size = extension.value().ok().and_then(|size| size.parse().ok()),
                            _ => {}
                        }
                    }
                }
                // What holds for all files of the archive tells nothing of a page.
                EntryType::GNULongLink | EntryType::XGlobalHeader => self.skip(size)?,
                kind => return self.file(&header, kind, extensions, size).map(Some),
            }
        }
    }

    fn file(&mut self, header: &Header, kind: EntryType, extensions: Extensions, size: u64) -> io::Result<Entry> {
        let size = extensions.size.unwrap_or(size);
        let name = extensions.name.unwrap_or_else(|| header.path_bytes().into_owned());
        let word = match kind {
            EntryType::Regular | EntryType::Continuous if !name.ends_with(b"/") => None,
            EntryType::Regular | EntryType::Continuous | EntryType::Directory => Some("a folder"),
            EntryType::Link | EntryType::Symlink => Some("a link"),
            EntryType::GNUSparse => Some("a file with holes"),
            _ => Some("a device"),
        };
        let member = match word {
            Some(word) => Err(word),
            None => self.archive.member(&name),
        };
        let member = match member {
            Ok(member) => member,
            Err(word) => {
                // These have a size now and then, and no content.
                self.skip(if matches!(kind, EntryType::Link | EntryType::Symlink | EntryType::Directory) {
                    0
                } else {
                    size
                })?;
                return Ok(Entry::PassedOver(word));
            }
        };
        if size > self.archive.options.max_page_bytes as u64 {
            self.skip(size)?;
            return Ok(Entry::Failed(member.too_large()));
        }
        let mut bytes = Vec::new();
        self.bytes.by_ref().take(size).read_to_end(&mut bytes).and_then(|read| whole(read as u64, size))?;
        self.skip_padding(size)?;
        Ok(Entry::Page(Box::new(move || member.read(bytes))))
    }

    /// The next header; `None` at the end.
    fn header(&mut self) -> io::Result<Option<Header>> {
        let start = self.bytes.at_least(BLOCK)?;
        let Some(start) = start.get(..BLOCK) else {
            // Some writers leave the end out; whatever is not a block is none.
            return if start.is_empty() { Ok(None) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
        };
        if start.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        let mut header = Header::new_old();
        header.as_mut_bytes().copy_from_slice(start);
        let sum: u32 = start[..148].iter().chain(&start[156..]).map(|byte| u32::from(*byte)).sum::<u32>() + 8 * 32;
        if header.cksum().ok() != Some(sum) {
            return Err(broken("the sum of a header is wrong"));
        }
        self.skip_bytes(BLOCK as u64)?;
        Ok(Some(header))
    }

    fn extension(&mut self, size: u64) -> io::Result<Vec<u8>> {
        if size > MAX_EXTENSION {
            return Err(broken("a name is longer than 64 KiB"));
        }
        let mut bytes = Vec::new();
        self.bytes.by_ref().take(size).read_to_end(&mut bytes).and_then(|read| whole(read as u64, size))?;
        self.skip_padding(size)?;
        Ok(bytes)
    }

    fn skip(&mut self, size: u64) -> io::Result<()> {
        self.skip_bytes(size)?;
        self.skip_padding(size)
    }

    /// Files are filled up to whole blocks; the last one perhaps not.
    fn skip_padding(&mut self, size: u64) -> io::Result<()> {
        let padding = size.next_multiple_of(BLOCK as u64) - size;
        io::copy(&mut self.bytes.by_ref().take(padding), &mut io::sink()).map(drop)
    }

    fn skip_bytes(&mut self, count: u64) -> io::Result<()> {
        io::copy(&mut self.bytes.by_ref().take(count), &mut io::sink()).and_then(|read| whole(read, count))
    }
}

fn whole(read: u64, wanted: u64) -> io::Result<()> {
    if read == wanted { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn broken(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("the archive is broken: {why}"))
}

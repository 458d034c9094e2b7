//! Reads pages from ZIP archives: files by their directory, in its order; streams, and files whose directory is broken or
//! missing, by what stands before each file.
//!
//! Files are handed on compressed; the thread that reads a page decompresses it.

mod stream;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::Crc;
use zip::{CompressionMethod, ZipArchive};

use super::member::{Archive, Member};
use super::{Bytes, Options, Source, read_bounded};
use crate::corpus::entry::{Entries, Entry, Failure, Named};

/// A file that can be read from any place.
pub(super) fn open(source: &Source, path: &Path, bytes: Bytes, options: &Options) -> io::Result<Entries> {
    let counted = Counted { file: File::open(path)?, read: Arc::clone(&options.read) };
    Ok(match ZipArchive::new(io::BufReader::new(counted)) {
        Ok(files) => Box::new(Zip { archive: Archive::new(source, options), files, next: 0 }),
        // What was cut off has no directory any more.
        Err(_) => stream(source, bytes, options),
    })
}

/// A stream.
pub(super) fn stream(source: &Source, bytes: Bytes, options: &Options) -> Entries {
    Box::new(stream::Stream::new(Archive::new(source, options), bytes))
}

struct Zip {
    archive: Archive,
    files: ZipArchive<io::BufReader<Counted>>,
    next: usize,
}

impl Iterator for Zip {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        if self.next >= self.files.len() {
            return None;
        }
        let index = self.next;
        self.next += 1;
        let mut file = match self.files.by_index_raw(index) {
            Ok(file) => file,
            Err(error) => return Some(self.archive.failed(Some(&format!("file {}", index + 1)), error.to_string())),
        };
        if file.is_dir() {
            return Some(Entry::PassedOver("a folder"));
        }
        if file.is_symlink() {
            return Some(Entry::PassedOver("a link"));
        }
        let member = match self.archive.member(file.name_raw()) {
            Ok(member) => member,
            Err(word) => return Some(Entry::PassedOver(word)),
        };
        if file.encrypted() {
            return Some(Entry::Failed(member.failed(ENCRYPTED)));
        }
        let method = match file.compression() {
            CompressionMethod::Stored => 0,
            CompressionMethod::Deflated => 8,
            #[allow(deprecated, reason = "the only way to its number")]
            CompressionMethod::Unsupported(number) => number,
            _ => u16::MAX,
        };
        let (most, crc) = (self.archive.options.max_page_bytes, file.crc32());
        if file.compressed_size() > most as u64 || file.size() > most as u64 {
            return Some(Entry::Failed(member.too_large()));
        }
        Some(match read_bounded(&mut file, most) {
            Ok(Some(bytes)) => Packed { member, method, crc: Some(crc), bytes }.entry(most),
            Ok(None) => Entry::Failed(member.too_large()),
            Err(error) => Entry::Failed(member.failed(format!("cannot be read: {error}"))),
        })
    }
}

const ENCRYPTED: &str = "it is encrypted: unpack the archive with its password first";

/// A page as it stands in the archive.
struct Packed {
    member: Member,
    method: u16,
    /// The sum of the page, where it is known before.
    crc: Option<u32>,
    bytes: Vec<u8>,
}

impl Packed {
    fn entry(self, most: usize) -> Entry {
        Entry::Page(Box::new(move || self.read(most)))
    }

    fn read(self, most: usize) -> Result<Named, Failure> {
        let Self { member, method, crc, bytes } = self;
        let unpacked = match method {
            0 => Ok(Some(bytes)),
            8 => read_bounded(flate2::read::DeflateDecoder::new(&bytes[..]), most),
            93 => zstd::stream::read::Decoder::new(&bytes[..]).and_then(|decoder| read_bounded(decoder, most)),
            _ => {
                let reason =
                    format!("it is compressed by method {method}, which is not read: unpack the archive first");
                return Err(member.failed(reason));
            }
        };
        let unpacked = match unpacked {
            Ok(Some(unpacked)) => unpacked,
            Ok(None) => return Err(member.too_large()),
            Err(error) => return Err(member.failed(format!("cannot be decompressed: {error}"))),
        };
        let mut sum = Crc::new();
        sum.update(&unpacked);
        if crc.is_some_and(|crc| crc != sum.sum()) {
            return Err(member.failed("its bytes are not those that were packed: their sum is wrong"));
        }
        member.read(unpacked)
    }
}

/// Counts the bytes that are read.
struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(out)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

//! Reads a ZIP archive from its beginning to its end, by what stands before each file and, where its length was not known
//! then, behind it.

use std::io::{self, BufRead as _, Read as _};

use flate2::{Decompress, FlushDecompress, Status};

use super::{ENCRYPTED, Packed};
use crate::corpus::containers::Bytes;
use crate::corpus::containers::member::{Archive, Member};
use crate::corpus::entry::Entry;

const FILE: &[u8] = b"PK\x03\x04";
const DESCRIPTOR: &[u8] = b"PK\x07\x08";

/// What may stand behind the last file: the directory, its end, and what was signed.
const BEHIND: [&[u8]; 4] = [b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x08"];

/// The length of what stands before a file, without its name.
const HEADER: usize = 30;

const IS_ENCRYPTED: u16 = 1;
const IS_LONGER: u16 = 8;

pub(super) struct Stream {
    archive: Archive,
    bytes: Bytes,
    ended: bool,
}

/// What stands before a file.
struct Header {
    flags: u16,
    method: u16,
    crc: u32,
    packed: u64,
    is_zip64: bool,
    name: Vec<u8>,
}

impl Stream {
    pub(super) fn new(archive: Archive, bytes: Bytes) -> Self {
        Self { archive, bytes, ended: false }
    }

    fn next_file(&mut self) -> io::Result<Option<Entry>> {
        let Some(header) = self.header()? else {
            self.ended = true;
            return Ok(None);
        };
        let most = self.archive.options.max_page_bytes;
        let member = if header.name.ends_with(b"/") { Err("a folder") } else { self.archive.member(&header.name) };
        let is_encrypted = header.flags & IS_ENCRYPTED != 0;
        if header.flags & IS_LONGER != 0 {
            return self.unknown_length(&header, member, most).map(Some);
        }
        let member = match member {
            Ok(member) if is_encrypted => Err(Entry::Failed(member.failed(ENCRYPTED))),
            Ok(member) if header.packed > most as u64 => Err(Entry::Failed(member.too_large())),
            Ok(member) => Ok(member),
            Err(word) => Err(Entry::PassedOver(word)),
        };
        let member = match member {
            Ok(member) => member,
            Err(entry) => {
                let skipped = io::copy(&mut self.bytes.by_ref().take(header.packed), &mut io::sink())?;
                return if skipped == header.packed { Ok(Some(entry)) } else { Err(cut_off()) };
            }
        };
        let mut bytes = Vec::new();
        self.bytes.by_ref().take(header.packed).read_to_end(&mut bytes)?;
        if bytes.len() as u64 != header.packed {
            return Err(cut_off());
        }
        Ok(Some(Packed { member, method: header.method, crc: Some(header.crc), bytes }.entry(most)))
    }

    /// A file whose end only its own compression knows.
    fn unknown_length(
        &mut self,
        header: &Header,
        member: Result<Member, &'static str>,
        most: usize,
    ) -> io::Result<Entry> {
        if header.method != 8 || header.flags & IS_ENCRYPTED != 0 {
            let why = "the archive does not say where one of its files ends: save it as a file, and name that";
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        let is_wanted = member.is_ok();
        let mut page = Vec::new();
        let mut count = 0_u64;
        let mut sum = flate2::Crc::new();
        let mut decompress = Decompress::new(false);
        let mut out = vec![0; 64 * 1024];
        loop {
            let input = self.bytes.at_least(1)?;
            let is_end = input.is_empty();
            let (taken, given) = (decompress.total_in(), decompress.total_out());
            let status = decompress.decompress(input, &mut out, FlushDecompress::None);
            let status = status.map_err(|_| broken("a file in it is not what was compressed"))?;
            let taken = usize::try_from(decompress.total_in() - taken).unwrap_or(0);
            let given = usize::try_from(decompress.total_out() - given).unwrap_or(0);
            self.bytes.consume(taken);
            sum.update(&out[..given]);
            count += given as u64;
            if is_wanted && count <= most as u64 {
                page.extend_from_slice(&out[..given]);
            }
            match status {
                Status::StreamEnd => break,
                _ if is_end && given == 0 => return Err(cut_off()),
                _ => {}
            }
        }
        let crc = self.descriptor(header.is_zip64)?;
        Ok(match member {
            Err(word) => Entry::PassedOver(word),
            Ok(member) if count > most as u64 => Entry::Failed(member.too_large()),
            Ok(member) => Packed { member, method: 0, crc: Some(crc), bytes: page }.entry(most),
        })
    }

    /// The sum and the lengths behind a file: its sum. Lengths have four bytes or eight, and only what follows tells.
    fn descriptor(&mut self, is_zip64: bool) -> io::Result<u32> {
        let start = self.bytes.at_least(4)?;
        if start.starts_with(DESCRIPTOR) {
            self.bytes.consume(4);
        }
        let start = self.bytes.at_least(24)?;
        let crc = number(start, 0, 4).ok_or_else(cut_off)?;
        let is_next = |place: usize| {
            let next = start.get(place..place + 4).unwrap_or_default();
            next == FILE || BEHIND.contains(&next)
        };
        let length = if is_next(12) || !is_zip64 && !is_next(20) { 12 } else { 20 };
        if start.len() < length {
            return Err(cut_off());
        }
        self.bytes.consume(length);
        Ok(u32::try_from(crc).unwrap_or_default())
    }

    /// What stands before the next file; `None` behind the last one.
    fn header(&mut self) -> io::Result<Option<Header>> {
        let start = self.bytes.at_least(4)?;
        match start.get(..4) {
            Some(magic) if BEHIND.contains(&magic) => return Ok(None),
            Some(FILE) => {}
            Some(_) => return Err(broken("no file begins where one should")),
            None => return Err(cut_off()),
        }
        let start = self.bytes.at_least(HEADER)?;
        let field = |place, length| number(start, place, length).ok_or_else(cut_off);
        let short = |place| field(place, 2).map(|number| u16::try_from(number).unwrap_or_default());
        let (flags, method) = (short(6)?, short(8)?);
        let (crc, packed, unpacked) = (field(14, 4)?, field(18, 4)?, field(22, 4)?);
        let (name, extra) = (usize::from(short(26)?), usize::from(short(28)?));
        let whole = self.bytes.at_least(HEADER + name + extra)?;
        let (Some(name), Some(extra)) =
            (whole.get(HEADER..HEADER + name), whole.get(HEADER + name..HEADER + name + extra))
        else {
            return Err(cut_off());
        };
        let long = zip64(extra);
        // Of the two lengths only those that are too great for their place stand there.
        let place = if unpacked == u64::from(u32::MAX) { 8 } else { 0 };
        let packed = match long {
            Some(long) if packed == u64::from(u32::MAX) => {
                number(long, place, 8).ok_or_else(|| broken("a length in it is missing"))?
            }
            _ => packed,
        };
        let header = Header {
            flags,
            method,
            crc: u32::try_from(crc).unwrap_or_default(),
            packed,
            is_zip64: long.is_some(),
            name: name.to_vec(),
        };
        let length = HEADER + name.len() + extra.len();
        self.bytes.consume(length);
        Ok(Some(header))
    }
}

impl Iterator for Stream {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        if self.ended {
            return None;
        }
        let place = self.bytes.position();
        self.next_file().unwrap_or_else(|error| {
            self.ended = true;
            Some(
                self.archive
                    .failed(Some(&format!("byte {place}")), format!("{error}; the rest of the archive is not read")),
            )
        })
    }
}

/// The part of what is added to a header that tells of long files.
fn zip64(mut extra: &[u8]) -> Option<&[u8]> {
    loop {
        let (id, length) = (number(extra, 0, 2)?, usize::try_from(number(extra, 2, 2)?).ok()?);
        let part = extra.get(4..4 + length)?;
        if id == 1 {
            return Some(part);
        }
        extra = &extra[4 + length..];
    }
}

/// A number, its lowest byte first.
fn number(bytes: &[u8], place: usize, length: usize) -> Option<u64> {
    let bytes = bytes.get(place..place + length)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

fn cut_off() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "cut off: the file ends within the archive")
}

fn broken(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("the archive is broken: {why}"))
}

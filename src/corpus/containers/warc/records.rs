//! Finds the records of a WARC file, one after the other, and behind a broken one the next.

use std::io::{self, BufRead as _};

use memchr::memmem;

use super::header::{self, Header, MAX_HEADER};
use crate::corpus::containers::Bytes;

/// What a record begins with.
const MAGIC: &[u8] = b"WARC/";

/// What stands before and at the beginning of a record.
const BOUNDARY: &[u8] = b"\r\n\r\nWARC/1.";

/// The length of the longest first line of a record: `WARC/0.18`.
const VERSION_LINE: usize = 11;

/// Why a record cannot be read.
#[derive(Debug)]
pub(super) enum Trouble {
    /// It is whole, and of no use; the next one begins behind it.
    Unusable(String),
    /// Its bytes are not those of a record.
    Broken(String),
    /// Another record begins within it, where the file is now.
    Overrun,
    /// The file ends within it.
    CutOff,
    /// The file ends within the compressed bytes of it.
    PackedCutOff,
    /// It cannot be decompressed.
    Packed(String),
    /// The file cannot be read.
    Unreadable(String),
}

impl Trouble {
    pub(super) fn reason(self) -> String {
        match self {
            Self::Unusable(reason) => reason,
            Self::Broken(why) => format!("broken: {why}; what follows is read from the next record on"),
            Self::Overrun => "broken: the next record begins before the end that its Content-Length says".into(),
            Self::CutOff | Self::PackedCutOff => "cut off: the file ends within the record".into(),
            Self::Packed(why) => format!("{why}; what follows is read from the next record on"),
            Self::Unreadable(why) => format!("cannot be read: {why}"),
        }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::InvalidData => Self::Packed(error.to_string()),
            io::ErrorKind::UnexpectedEof => Self::PackedCutOff,
            _ => Self::Unreadable(error.to_string()),
        }
    }
}

/// How the next record is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// It begins here.
    Here,
    /// It is looked for in the text.
    InText,
    /// It is looked for in the compressed bytes.
    InMembers,
    /// There is none.
    Nowhere,
}

/// The records of a file.
pub(super) struct Records {
    bytes: Bytes,
    /// What is left of the record.
    left: u64,
    /// Whether the rest of the record was not wanted.
    unwanted: bool,
    next: Next,
    /// The largest record that is kept while it is read.
    most: usize,
}

impl Records {
    pub(super) fn new(bytes: Bytes, most: usize) -> Self {
        Self { bytes, left: 0, unwanted: false, next: Next::Here, most }
    }

    /// The next record: its place in the file, and its header. What is left of the one before is skipped; what is wrong with
    /// that is told as a trouble of its own.
    pub(super) fn next_header(&mut self) -> Option<(u64, Result<Header, Trouble>)> {
        if self.unwanted {
            let place = self.place();
            if let Err(trouble) = self.skip_rest() {
                self.go_on_after(&trouble);
                // That the record before is of no use was told already, and it is the same record.
                if let Trouble::Unreadable(_) = trouble {
                    return Some((place, Err(trouble)));
                }
            }
        }
        match self.find_next() {
            Ok(false) => return None,
            Ok(true) => {}
            Err(trouble) => {
                let place = self.place();
                self.go_on_after(&trouble);
                return Some((place, Err(trouble)));
            }
        }
        self.bytes.set_mark();
        let place = self.place();
        let header = self.header();
        if let Err(trouble) = &header {
            self.go_on_after(trouble);
        }
        Some((place, header))
    }

    fn place(&mut self) -> u64 {
        let position = self.bytes.position();
        self.bytes.source_mut().place_of(position)
    }

    /// What is to be done before the next record.
    pub(super) fn go_on_after(&mut self, trouble: &Trouble) {
        self.unwanted = false;
        self.next = match trouble {
            Trouble::Unusable(_) => {
                self.unwanted = true;
                Next::Here
            }
            Trouble::Overrun => Next::Here,
            // A length that is too great leads to the end of the file, too.
            Trouble::Broken(_) | Trouble::CutOff => {
                self.bytes.go_behind_mark();
                Next::InText
            }
            Trouble::Packed(_) | Trouble::PackedCutOff => Next::InMembers,
            Trouble::Unreadable(_) => Next::Nowhere,
        };
    }

    /// Goes to the next record, if there is one.
    fn find_next(&mut self) -> Result<bool, Trouble> {
        if self.next == Next::InText {
            match self.find_in_text() {
                // It was compressed bytes that broke the record, and this is told.
                Err(Trouble::Packed(_) | Trouble::PackedCutOff) => self.next = Next::InMembers,
                found => return found,
            }
        }
        if self.next == Next::InMembers {
            self.bytes.forget();
            self.next = if self.bytes.source_mut().find_member(MAGIC)? { Next::Here } else { Next::Nowhere };
        }
        if self.next == Next::Nowhere {
            return Ok(false);
        }
        loop {
            let blank = self.bytes.at_least(1)?.iter().take_while(|byte| is_blank(**byte)).count();
            if blank == 0 {
                return Ok(!self.bytes.unread().is_empty());
            }
            self.bytes.consume(blank);
        }
    }

    fn find_in_text(&mut self) -> Result<bool, Trouble> {
        loop {
            let unread = self.bytes.unread();
            let found = memmem::find_iter(unread, MAGIC).find(|place| is_version_line(&unread[*place..]));
            if let Some(place) = found {
                self.bytes.consume(place);
                self.next = Next::Here;
                return Ok(true);
            }
            let seen = unread.len().saturating_sub(VERSION_LINE);
            self.bytes.consume(seen);
            if self.bytes.fill_more()? == 0 {
                self.next = Next::Nowhere;
                return Ok(false);
            }
        }
    }

    fn header(&mut self) -> Result<Header, Trouble> {
        // No more is read than it takes: what follows may be broken.
        let end = loop {
            let start = self.bytes.unread();
            let magic = start.len().min(MAGIC.len());
            if start[..magic] != MAGIC[..magic] {
                return Err(Trouble::Broken("no WARC record begins here".into()));
            }
            if let Some(end) = header::end(&start[..start.len().min(MAX_HEADER)]) {
                break end;
            }
            if start.len() >= MAX_HEADER {
                return Err(Trouble::Broken("its header is longer than 64 KiB".into()));
            }
            if self.bytes.fill_more()? == 0 {
                return Err(Trouble::CutOff);
            }
        };
        let header = header::parse(&self.bytes.unread()[..end]).map_err(Trouble::Broken)?;
        self.bytes.consume(end);
        self.left = header.length;
        Ok(header)
    }

    /// How many bytes of the record are not taken yet.
    pub(super) fn left(&self) -> u64 {
        self.left
    }

    /// The next bytes of the record, which stay. They must not be more than are left.
    pub(super) fn look_at(&mut self, count: usize) -> Result<&[u8], Trouble> {
        let start = self.bytes.at_least(count)?;
        start.get(..count).ok_or(Trouble::CutOff)
    }

    /// Leaves out bytes that were looked at.
    pub(super) fn leave_out(&mut self, count: usize) -> Result<(), Trouble> {
        self.look_at(count)?;
        self.bytes.consume(count);
        self.left = self.left.saturating_sub(count as u64);
        Ok(())
    }

    /// What is left of the record; the caller asked how much that is.
    pub(super) fn take_rest(&mut self) -> Result<Vec<u8>, Trouble> {
        let count = usize::try_from(self.left).unwrap_or(usize::MAX);
        // What is not there yet may not be there at all.
        let mut body = Vec::with_capacity(count.min(1024 * 1024));
        while body.len() < count {
            let unread = self.bytes.at_least(1)?;
            if unread.is_empty() {
                return Err(Trouble::CutOff);
            }
            let taken = unread.len().min(count - body.len());
            body.extend_from_slice(&unread[..taken]);
            self.bytes.consume(taken);
        }
        self.left = 0;
        Ok(body)
    }

    /// Skips what is left of the record, and its end.
    pub(super) fn skip_rest(&mut self) -> Result<(), Trouble> {
        self.unwanted = false;
        // A record that is so long may be none: then the one that begins within it is found.
        let is_doubted = self.left > self.most as u64;
        while self.left > 0 {
            let wanted = usize::try_from(self.left).unwrap_or(usize::MAX).min(BOUNDARY.len());
            let unread = self.bytes.at_least(wanted)?;
            if unread.is_empty() {
                return Err(Trouble::CutOff);
            }
            let within = if is_doubted { memmem::find(unread, BOUNDARY) } else { None };
            let within = within.filter(|place| (*place as u64) < self.left);
            if let Some(place) = within {
                self.bytes.consume(place);
                self.left = 0;
                return Err(Trouble::Overrun);
            }
            // A boundary may have begun.
            let whole = if is_doubted { unread.len().saturating_sub(BOUNDARY.len() - 1).max(1) } else { unread.len() };
            let taken = whole.min(usize::try_from(self.left).unwrap_or(usize::MAX));
            self.bytes.consume(taken);
            self.left -= taken as u64;
        }
        self.end()
    }

    /// Whether the record ends where it says; and whether the member that it stands in is whole.
    pub(super) fn end(&mut self) -> Result<(), Trouble> {
        loop {
            let unread = self.bytes.unread();
            let behind = unread.iter().take_while(|byte| is_blank(**byte)).count();
            let is_packed = self.bytes.source().is_packed();
            match &unread[behind.min(unread.len())..] {
                _ if behind >= 4 => {
                    self.bytes.consume(4);
                    break;
                }
                // The next record, or its beginning; one line break is enough for some writers.
                rest if !rest.is_empty() => {
                    let missing = MAGIC.len().saturating_sub(rest.len());
                    if !MAGIC.starts_with(&rest[..rest.len().min(MAGIC.len())]) {
                        return Err(Trouble::Broken("it does not end where its Content-Length says".into()));
                    }
                    if missing > 0 && self.bytes.fill_more()? > 0 {
                        continue;
                    }
                    self.bytes.consume(behind);
                    break;
                }
                // A member has ended: whatever follows is another record.
                _ if is_packed && !self.bytes.source().is_inside() => {
                    self.bytes.consume(behind);
                    break;
                }
                _ => {
                    if self.bytes.fill_more()? == 0 {
                        self.bytes.consume(behind);
                        break;
                    }
                }
            }
        }
        // The sum that proves the member whole stands at its end.
        while self.bytes.unread().is_empty() && self.bytes.source().is_inside() {
            if self.bytes.fill_more()? == 0 {
                break;
            }
        }
        Ok(())
    }
}

/// The first line of a record, and all of it: `WARC/1.1`. What stands before it may be what is broken.
fn is_version_line(bytes: &[u8]) -> bool {
    match &bytes[MAGIC.len()..bytes.len().min(VERSION_LINE)] {
        [b'0' | b'1', b'.', version @ ..] => {
            let digits = version.iter().take_while(|byte| byte.is_ascii_digit()).count();
            (1..=2).contains(&digits) && matches!(version[digits..], [b'\n', ..] | [b'\r', b'\n', ..])
        }
        _ => false,
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

//! Decompresses a file member by member, knows where in the file it is, and finds its way behind a broken member.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, Read};

use flate2::{Decompress, FlushDecompress, Status};

use super::kind::Packing;
use super::window::{Window, broken};

/// Compressed bytes of a member that are kept, to look for the next one in them should it turn out to be broken.
const KEPT: usize = 4 * 1024 * 1024;

/// The window of deflate, in bits.
const WINDOW_BITS: u8 = 15;

/// A trial of a place that may be the beginning of a member looks at so many bytes of it: an element of Zstandard (128
/// KiB) has to be there as a whole.
const TRIAL: usize = 160 * 1024;

/// Bytes out of a file: as they are, or decompressed.
pub(super) struct Unpack {
    window: Window<Box<dyn Read + Send>>,
    codec: Codec,
    /// Whether a member has begun and not ended.
    inside: bool,
    /// How many bytes came out.
    produced: u64,
    /// Where members begin: in what comes out, and in the file.
    members: VecDeque<(u64, u64)>,
}

enum Codec {
    Plain,
    Gzip(Box<Decompress>),
    #[cfg(feature = "archives")]
    Zstd(Box<super::zstandard::Frames>),
}

impl Unpack {
    /// Looks at the first bytes of a file for how it is compressed.
    pub(super) fn new(source: Box<dyn Read + Send>) -> io::Result<Self> {
        let mut window = Window::new(source, KEPT);
        let codec = match Packing::of_bytes(window.at_least(4)?) {
            None => Codec::Plain,
            Some(Packing::Gzip) => Codec::Gzip(Box::new(Decompress::new_gzip(WINDOW_BITS))),
            #[cfg(feature = "archives")]
            Some(Packing::Zstd) => Codec::Zstd(Box::new(super::zstandard::Frames::new(&mut window)?)),
            #[cfg(not(feature = "archives"))]
            Some(Packing::Zstd) => {
                let what = "compressed by Zstandard, which is not built in: build with the feature `archives`, or \
                            decompress it before";
                return Err(io::Error::new(io::ErrorKind::Unsupported, what));
            }
        };
        Ok(Self { window, codec, inside: false, produced: 0, members: VecDeque::new() })
    }

    pub(super) fn is_packed(&self) -> bool {
        !matches!(self.codec, Codec::Plain)
    }

    /// Whether a member has begun of which more may come: at least the sum that proves it whole.
    pub(super) fn is_inside(&self) -> bool {
        self.inside
    }

    /// Where in the file the member begins that a byte comes from; without compression, the byte itself.
    pub(super) fn place_of(&mut self, position: u64) -> u64 {
        if !self.is_packed() {
            return position;
        }
        while self.members.get(1).is_some_and(|(from, _)| *from <= position) {
            self.members.pop_front();
        }
        self.members.front().map_or(0, |(_, place)| *place)
    }

    /// Goes on behind a broken member, at the next that holds what is looked for; `false` if there is none.
    pub(super) fn find_member(&mut self, beginning: &[u8]) -> io::Result<bool> {
        self.inside = false;
        self.window.go_behind_mark();
        let first = match &self.codec {
            Codec::Plain => return Ok(false),
            Codec::Gzip(_) => 0x1f,
            #[cfg(feature = "archives")]
            Codec::Zstd(_) => 0x28,
        };
        loop {
            let Some(place) = memchr::memchr(first, self.window.unread()) else {
                self.skip(self.window.unread().len());
                if self.window.fill_more()? == 0 {
                    return Ok(false);
                }
                continue;
            };
            self.skip(place);
            self.window.at_least(4)?;
            if self.may_begin() {
                self.window.at_least(TRIAL)?;
                if self.begins_with(beginning) {
                    return Ok(true);
                }
            }
            self.skip(1);
        }
    }

    fn skip(&mut self, count: usize) {
        use io::BufRead as _;
        self.window.consume(count);
    }

    fn may_begin(&self) -> bool {
        match (self.window.unread(), &self.codec) {
            // Deflate, and no flag that is not known.
            ([0x1f, 0x8b, 8, flags, ..], Codec::Gzip(_)) => flags & 0xe0 == 0,
            #[cfg(feature = "archives")]
            (bytes, Codec::Zstd(_)) => bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]),
            _ => false,
        }
    }

    fn begins_with(&mut self, beginning: &[u8]) -> bool {
        let mut start = [0; 16];
        let wanted = beginning.len().min(start.len());
        let input = self.window.unread();
        let input = &input[..input.len().min(TRIAL)];
        let produced = match &mut self.codec {
            Codec::Plain => return false,
            Codec::Gzip(_) => {
                let mut trial = Decompress::new_gzip(WINDOW_BITS);
                let done = trial.decompress(input, &mut start[..wanted], FlushDecompress::None);
                done.map_or(0, |_| usize::try_from(trial.total_out()).unwrap_or(0))
            }
            #[cfg(feature = "archives")]
            Codec::Zstd(frames) => frames.try_frame(input, &mut start[..wanted]),
        };
        start[..produced] == beginning[..wanted]
    }

    fn begin_member(&mut self) -> io::Result<bool> {
        // Files on tapes and in blocks are filled up with zeros.
        loop {
            let unread = self.window.at_least(1)?;
            let zeros = unread.iter().take_while(|byte| **byte == 0).count();
            if unread.is_empty() {
                return Ok(false);
            }
            if zeros == 0 {
                break;
            }
            self.skip(zeros);
        }
        let known = match (&self.codec, Packing::of_bytes(self.window.at_least(4)?)) {
            (Codec::Gzip(_), packing) => packing == Some(Packing::Gzip),
            #[cfg(feature = "archives")]
            (Codec::Zstd(_), packing) => packing == Some(Packing::Zstd),
            (Codec::Plain, _) => true,
        };
        let place = self.window.position();
        self.window.set_mark();
        if self.members.back().is_some_and(|(from, _)| *from == self.produced) {
            self.members.pop_back();
        }
        self.members.push_back((self.produced, place));
        if !known {
            // So that the search goes on behind it.
            self.skip(1);
            return Err(broken("what follows is not compressed"));
        }
        match &mut self.codec {
            Codec::Plain => {}
            Codec::Gzip(decompress) => decompress.reset(true),
            #[cfg(feature = "archives")]
            Codec::Zstd(frames) => frames.begin()?,
        }
        self.inside = true;
        Ok(true)
    }

    /// One step: how many bytes were taken and given, and whether the member ended.
    fn step(&mut self, out: &mut [u8]) -> io::Result<(usize, usize, bool)> {
        let input = self.window.unread();
        match &mut self.codec {
            Codec::Plain => {
                let count = input.len().min(out.len());
                out[..count].copy_from_slice(&input[..count]);
                Ok((count, count, false))
            }
            Codec::Gzip(decompress) => {
                let (taken, given) = (decompress.total_in(), decompress.total_out());
                let status = decompress.decompress(input, out, FlushDecompress::None);
                let status = status.map_err(|_| broken("it is not what was compressed"))?;
                let count = |after: u64, before: u64| usize::try_from(after - before).unwrap_or(0);
                let (taken, given) = (count(decompress.total_in(), taken), count(decompress.total_out(), given));
                Ok((taken, given, status == Status::StreamEnd))
            }
            #[cfg(feature = "archives")]
            Codec::Zstd(frames) => frames.step(input, out),
        }
    }
}

/// A member ends a read: nobody waits for the next one who needs only this.
impl Read for Unpack {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        if !self.is_packed() {
            self.window.at_least(1)?;
            let (taken, given, _) = self.step(out)?;
            self.skip(taken);
            return Ok(given);
        }
        loop {
            if !self.inside && !self.begin_member()? {
                return Ok(0);
            }
            let (taken, given, ended) = self.step(out)?;
            self.skip(taken);
            self.produced += given as u64;
            if ended {
                self.inside = false;
                self.window.drop_mark();
            }
            if given > 0 {
                return Ok(given);
            }
            if !ended && taken == 0 && self.window.fill_more()? == 0 {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the file ends within compressed data"));
            }
        }
    }
}

impl fmt::Debug for Unpack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unpack").field("produced", &self.produced).finish_non_exhaustive()
    }
}

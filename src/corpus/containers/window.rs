//! A buffered reader that can be taken back to a mark: what is behind a broken place is looked at once more.

use std::io::{self, BufRead, Read};

/// So much is asked of the source at once.
const CHUNK: usize = 64 * 1024;

/// Bytes of a source, the unread ones and those since the mark.
#[derive(Debug)]
pub(super) struct Window<R> {
    source: R,
    buffer: Vec<u8>,
    /// Where the unread bytes begin.
    unread: usize,
    mark: Option<usize>,
    /// So many bytes behind the mark are kept; with more the mark is lost.
    keep: usize,
    /// How many bytes of the source came before the buffer.
    before: u64,
}

impl<R: Read> Window<R> {
    pub(super) fn new(source: R, keep: usize) -> Self {
        Self { source, buffer: Vec::new(), unread: 0, mark: None, keep, before: 0 }
    }

    pub(super) fn source(&self) -> &R {
        &self.source
    }

    /// The source, which must not be read from: it is ahead.
    pub(super) fn source_mut(&mut self) -> &mut R {
        &mut self.source
    }

    pub(super) fn unread(&self) -> &[u8] {
        &self.buffer[self.unread..]
    }

    /// How many bytes were read.
    pub(super) fn position(&self) -> u64 {
        self.before + self.unread as u64
    }

    /// Reads more, behind what is unread. Nothing comes at the end of the source.
    pub(super) fn fill_more(&mut self) -> io::Result<usize> {
        if self.mark.is_some_and(|mark| self.unread - mark > self.keep) {
            self.mark = None;
        }
        let done = self.mark.unwrap_or(self.unread);
        if done > 0 && done * 2 >= self.buffer.len() {
            self.buffer.drain(..done);
            self.before += done as u64;
            self.unread -= done;
            self.mark = self.mark.map(|_| 0);
        }
        // One large record is no reason to hold its memory for the rest of the file.
        if self.buffer.len() < CHUNK && self.buffer.capacity() > 16 * CHUNK {
            self.buffer.shrink_to(2 * CHUNK);
        }
        let filled = self.buffer.len();
        self.buffer.resize(filled + CHUNK, 0);
        let read = loop {
            match self.source.read(&mut self.buffer[filled..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.buffer.truncate(filled + read.as_ref().map_or(0, |read| *read));
        read
    }

    /// Reads until so many bytes are unread; there are fewer at the end of the source.
    pub(super) fn at_least(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.unread().len() < count && self.fill_more()? > 0 {}
        Ok(self.unread())
    }

    /// Marks the place that was read up to.
    pub(super) fn set_mark(&mut self) {
        self.mark = Some(self.unread);
    }

    pub(super) fn drop_mark(&mut self) {
        self.mark = None;
    }

    /// Goes to the byte behind the mark, if that is still there: back, or on if nothing was read since.
    pub(super) fn go_behind_mark(&mut self) {
        if let Some(mark) = self.mark.take() {
            self.unread = (mark + 1).min(self.buffer.len());
        }
    }

    /// Leaves out all that is in memory, read or not.
    pub(super) fn forget(&mut self) {
        self.before += self.buffer.len() as u64;
        self.buffer.clear();
        self.unread = 0;
        self.mark = None;
    }
}

impl<R: Read> Read for Window<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Window<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.at_least(1)
    }

    fn consume(&mut self, count: usize) {
        self.unread = (self.unread + count).min(self.buffer.len());
    }
}

/// What is told of compressed data that cannot be decompressed.
pub(super) fn broken(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("compressed data is broken: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_back_to_its_mark_while_that_is_near() {
        let bytes: Vec<u8> = (0..=255).cycle().take(10 * CHUNK).collect();
        let mut window = Window::new(&bytes[..], 2 * CHUNK);
        window.consume(7);
        assert_eq!((window.position(), window.fill_more().expect("bytes")), (0, CHUNK));
        window.consume(7);
        window.set_mark();
        io::copy(&mut window.by_ref().take(CHUNK as u64), &mut io::sink()).expect("bytes");
        assert_eq!(window.position(), 7 + CHUNK as u64);
        window.go_behind_mark();
        assert_eq!((window.position(), window.unread()[0]), (8, 8));
        window.set_mark();
        io::copy(&mut window.by_ref().take(4 * CHUNK as u64), &mut io::sink()).expect("bytes");
        window.go_behind_mark();
        assert_eq!(window.position(), 8 + 4 * CHUNK as u64);
        let mut rest = Vec::new();
        window.read_to_end(&mut rest).expect("bytes");
        assert_eq!(rest, bytes[8 + 4 * CHUNK..]);
    }
}

//! Writes a file of lines that can be gone on with after a run was killed.
//!
//! A compressed file consists of frames, each of which can be read without those before it (members of gzip, frames of
//! Zstandard). Where one ends depends on the lines alone: after so many bytes of them, or so many. So the file has the same bytes
//! whether it was written at once, or cut at the end of some frame and gone on with.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Compression;
use crate::storage::WriteError;

/// A frame ends with the first line at which it holds so many bytes, before they are compressed.
const FRAME: usize = 4 * 1024 * 1024;

/// Or so many lines: short ones are not to wait for long.
const FRAME_LINES: u64 = 5000;

/// Lines that are not compressed are gathered up to so many bytes.
const GATHERED: usize = 256 * 1024;

/// How hard zstd tries; its own default.
#[cfg(any(feature = "archives", feature = "parquet"))]
const ZSTD_LEVEL: i32 = 3;

/// How much of a file is whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// So many bytes from its start.
    pub bytes: u64,
    /// The lines that are in them.
    pub lines: u64,
}

/// What keeps lines from being written.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// Writing failed.
    #[error(transparent)]
    Unwritable(#[from] WriteError),
    /// The file is not what it was when the run was cut off.
    #[error("{}: is {found} bytes long, of which {wanted} were whole when the run was cut off: it has been changed since; \
        remove it, and start the run anew", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
        /// How long it is.
        found: u64,
        /// How much of it was whole.
        wanted: u64,
    },
}

/// Writes lines to a file.
#[derive(Debug)]
pub struct FrameWriter {
    path: PathBuf,
    file: File,
    compression: Compression,
    whole: Whole,
    /// The frame that is being filled, and how many lines it has so far.
    frame: Vec<u8>,
    lines: u64,
    full: usize,
}

impl FrameWriter {
    /// Begins a file; what was there before under its name is gone.
    pub fn create(path: &Path, compression: Compression) -> Result<Self, FrameError> {
        let file = File::create(path).map_err(|source| unwritable(path, source))?;
        Ok(Self::new(path, file, compression, Whole::default()))
    }

    /// Goes on with a file behind what is whole of it; the rest is cut off.
    pub fn reopen(path: &Path, compression: Compression, whole: Whole) -> Result<Self, FrameError> {
        let failed = |source| unwritable(path, source);
        let mut file = OpenOptions::new().write(true).open(path).map_err(failed)?;
        let found = file.metadata().map_err(failed)?.len();
        if found < whole.bytes {
            return Err(FrameError::Changed { path: path.to_owned(), found, wanted: whole.bytes });
        }
        file.set_len(whole.bytes).map_err(failed)?;
        file.seek(SeekFrom::Start(whole.bytes)).map_err(failed)?;
        Ok(Self::new(path, file, compression, whole))
    }

    fn new(path: &Path, file: File, compression: Compression, whole: Whole) -> Self {
        let full = if compression == Compression::None { GATHERED } else { FRAME };
        Self { path: path.to_owned(), file, compression, whole, frame: Vec::new(), lines: 0, full }
    }

    /// Writes a line, which ends in its line break.
    pub fn write_line(&mut self, line: &str) -> Result<(), FrameError> {
        self.frame.extend_from_slice(line.as_bytes());
        self.lines += 1;
        if self.frame.len() >= self.full || self.lines >= FRAME_LINES { self.end_frame() } else { Ok(()) }
    }

    /// Whether all lines that were written are whole, or would be once [`whole`](Self::whole) is asked.
    pub fn is_between_frames(&self) -> bool {
        self.compression == Compression::None || self.lines == 0
    }

    /// How much of the file is whole by now. Of a compressed file these are the frames that have ended; of another all
    /// lines that were written.
    ///
    /// It is so much when the run is killed; when the machine is, only after [`sync`](Self::sync).
    pub fn whole(&mut self) -> Result<Whole, FrameError> {
        if self.compression == Compression::None {
            self.end_frame()?;
        }
        Ok(self.whole)
    }

    /// Waits until what was written so far is on the disk.
    pub fn sync(&mut self) -> Result<(), FrameError> {
        self.file.sync_data().map_err(|source| unwritable(&self.path, source))
    }

    /// Ends the file. Even without a line it is one that can be decompressed.
    pub fn finish(&mut self) -> Result<Whole, FrameError> {
        if !self.frame.is_empty() || self.whole.bytes == 0 {
            self.end_frame()?;
        }
        self.sync()?;
        Ok(self.whole)
    }

    fn end_frame(&mut self) -> Result<(), FrameError> {
        let written = match self.compression {
            Compression::None => self.file.write_all(&self.frame).map(|()| self.frame.len()),
            Compression::Gzip => gzip(&self.frame).and_then(|bytes| self.file.write_all(&bytes).map(|()| bytes.len())),
            Compression::Zstd => zstd(&self.frame).and_then(|bytes| self.file.write_all(&bytes).map(|()| bytes.len())),
        };
        let written = written.map_err(|source| unwritable(&self.path, source))?;
        self.whole.bytes += written as u64;
        self.whole.lines += self.lines;
        self.lines = 0;
        self.frame.clear();
        Ok(())
    }
}

fn unwritable(path: &Path, source: io::Error) -> FrameError {
    WriteError::Unwritable { path: path.to_owned(), source }.into()
}

/// A member of gzip, without a name or a time.
fn gzip(lines: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::GzBuilder::new().write(Vec::new(), flate2::Compression::default());
    encoder.write_all(lines)?;
    encoder.finish()
}

#[cfg(any(feature = "archives", feature = "parquet"))]
fn zstd(lines: &[u8]) -> io::Result<Vec<u8>> {
    zstd::bulk::compress(lines, ZSTD_LEVEL)
}

#[cfg(not(any(feature = "archives", feature = "parquet")))]
fn zstd(_lines: &[u8]) -> io::Result<Vec<u8>> {
    let told = "zstd is not built in: write `.gz` instead, or build with the feature `archives`";
    Err(io::Error::new(io::ErrorKind::Unsupported, told))
}

//! Frames of Zstandard, with the dictionary that `.warc.zst` files begin with.

use std::io::{self, Read};

use zstd::stream::raw::{DParameter, Decoder, Operation as _};

use super::window::{Window, broken};

/// The frame to be skipped in which the dictionary stands, as the specification of zstd for WARC files has it:
/// <https://iipc.github.io/warc-specifications/specifications/warc-zstd/>.
const DICTIONARY: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];

/// A larger dictionary is an error.
const MAX_DICTIONARY: usize = 16 * 1024 * 1024;

/// A frame that asks for a larger window is broken: 128 MiB, what the program `zstd` takes without being told to.
const WINDOW_LOG: u32 = 27;

/// Decompresses frames.
pub(super) struct Frames {
    decoder: Decoder<'static>,
    dictionary: Vec<u8>,
}

impl Frames {
    /// Reads the dictionary, if there is one.
    pub(super) fn new<R: Read>(window: &mut Window<R>) -> io::Result<Self> {
        let mut dictionary = Vec::new();
        if window.at_least(8)?.starts_with(&DICTIONARY) {
            let length = window.unread().get(4..8).and_then(|length| <[u8; 4]>::try_from(length).ok());
            let length = length.map_or(0, u32::from_le_bytes) as usize;
            if length > MAX_DICTIONARY {
                return Err(broken("its dictionary is larger than 16 MiB"));
            }
            let frame = window.at_least(8 + length)?;
            let frame = frame.get(8..8 + length).ok_or_else(|| broken("the file ends within its dictionary"))?;
            // The frame itself stays: a decoder skips it.
            dictionary = if frame.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
                let mut unpacked = Vec::new();
                zstd::stream::read::Decoder::new(frame)?.take(MAX_DICTIONARY as u64).read_to_end(&mut unpacked)?;
                unpacked
            } else {
                frame.to_vec()
            };
        }
        let decoder = decoder(&dictionary)?;
        Ok(Self { decoder, dictionary })
    }

    pub(super) fn begin(&mut self) -> io::Result<()> {
        self.decoder.reinit()
    }

    /// How many bytes were taken and given, and whether the frame ended.
    pub(super) fn step(&mut self, input: &[u8], out: &mut [u8]) -> io::Result<(usize, usize, bool)> {
        let status = self.decoder.run_on_buffers(input, out).map_err(|error| broken(&error.to_string()))?;
        Ok((status.bytes_read, status.bytes_written, status.remaining == 0))
    }

    /// How many bytes come out at a place that may be the beginning of a frame.
    pub(super) fn try_frame(&self, input: &[u8], out: &mut [u8]) -> usize {
        let status = decoder(&self.dictionary).and_then(|mut decoder| decoder.run_on_buffers(input, out));
        status.map_or(0, |status| status.bytes_written)
    }
}

fn decoder(dictionary: &[u8]) -> io::Result<Decoder<'static>> {
    let mut decoder = if dictionary.is_empty() { Decoder::new()? } else { Decoder::with_dictionary(dictionary)? };
    decoder.set_parameter(DParameter::WindowLogMax(WINDOW_LOG))?;
    Ok(decoder)
}

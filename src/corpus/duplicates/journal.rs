//! Writes down what is remembered of the pages of a run, and remembers it again.
//!
//! A page that [`Seen::look`] remembers (it gave back `None`) is one [`entry`], appended to a file. A run that goes on
//! [`replay`]s as many bytes of the file as it had when its last checkpoint was made, and then knows what it knew then, what
//! it had forgotten included.

use std::io::{self, Read};

use super::seen::{LONGEST_ID, Seen, decoded, encoded};
use super::signature::{BINS, Signature};
use crate::corpus::jsonl::Id;

/// A longer entry was not written by [`entry`]: an id that is too long to be remembered need not be kept.
const LONGEST: usize = BINS + LONGEST_ID + 1;

/// A page that is remembered, as bytes: their number (four bytes, little-endian), the signature, the id.
pub fn entry(signature: &Signature, id: &Id) -> Vec<u8> {
    let mut id = encoded(id);
    id.truncate(LONGEST_ID + 1);
    let length = u32::try_from(BINS + id.len()).unwrap_or_default();
    [&length.to_le_bytes()[..], &signature.to_bytes(), &id].concat()
}

/// Remembers the pages of so many bytes of a journal, in their order; how many there were.
pub fn replay(reader: impl Read, bytes: u64, seen: &mut Seen) -> io::Result<u64> {
    let mut reader = reader.take(bytes);
    let mut entries = 0;
    while reader.limit() > 0 {
        let mut length = [0; 4];
        reader.read_exact(&mut length).map_err(cut_short)?;
        let length = usize::try_from(u32::from_le_bytes(length)).unwrap_or(usize::MAX);
        if !(BINS + 1..=LONGEST).contains(&length) {
            return Err(broken(&format!("entry {} claims {length} bytes", entries + 1)));
        }
        let mut signature = [0; BINS];
        reader.read_exact(&mut signature).map_err(cut_short)?;
        let mut id = vec![0; length - BINS];
        reader.read_exact(&mut id).map_err(cut_short)?;
        let signature = Signature::from_bytes(signature);
        if id.len() > LONGEST_ID {
            seen.pass_over();
        } else {
            let id = decoded(&id).ok_or_else(|| broken(&format!("entry {} has no id", entries + 1)))?;
            seen.remember(&signature, &id);
        }
        entries += 1;
    }
    Ok(entries)
}

fn cut_short(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => broken("it ends too early"),
        _ => error,
    }
}

fn broken(what: &str) -> io::Error {
    let message = format!("the journal of the pages seen is broken: {what}; start the run anew");
    io::Error::new(io::ErrorKind::InvalidData, message)
}

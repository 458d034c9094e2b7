//! Defines how the bytes of an input are cut up. Everything is readable, so that seeds can be written by hand.

use dehusk::page::InputFormat;

/// The line between a rule file and a page.
pub const CUT: &[u8] = b"\n---8<---\n";

/// The first byte of an input, and the rest.
pub fn first(bytes: &[u8]) -> (u8, &[u8]) {
    bytes.split_first().map_or((0, bytes), |(first, rest)| (*first, rest))
}

/// The format that a byte stands for: `0` to `4`, and `5` for a page that says nothing of it.
pub fn format(byte: u8) -> Option<InputFormat> {
    match byte % 6 {
        0 => Some(InputFormat::Html),
        1 => Some(InputFormat::Markdown),
        2 => Some(InputFormat::Text),
        3 => Some(InputFormat::Lines),
        4 => Some(InputFormat::Wrapped),
        _ => None,
    }
}

/// What stands before and after [`CUT`]; without one, there is no page.
pub fn rules_and_page(bytes: &[u8]) -> (&[u8], &[u8]) {
    let cut = bytes.windows(CUT.len()).position(|window| window == CUT);
    cut.map_or((bytes, &[]), |at| (&bytes[..at], &bytes[at + CUT.len()..]))
}

//! Results, on standard output: written out at once, so that a full disk is not noticed too late.

use std::io::Write as _;

use anyhow::Context as _;

/// What is said when results cannot be written, such as to a full disk.
pub(crate) const UNWRITABLE: &str = "standard output cannot be written";

/// Writes text as it is, with a line break behind it.
pub(crate) fn write(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    let written = out.write_all(text.as_bytes()).and_then(|()| out.write_all(end.as_bytes()));
    written.and_then(|()| out.flush()).context(UNWRITABLE)
}

/// Writes text with colours in it: they are left out where no terminal shows them.
pub(crate) fn write_styled(text: &str) -> anyhow::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context(UNWRITABLE)
}

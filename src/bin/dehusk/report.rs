//! Messages to the user, on standard error.

use std::io::{IsTerminal as _, Write as _};

use anstyle::{AnsiColor, Style};

/// Writes an error.
pub(crate) fn error(message: &str) {
    labelled("error", AnsiColor::Red, message);
}

/// Writes a warning.
pub(crate) fn warning(message: &str) {
    labelled("warning", AnsiColor::Yellow, message);
}

/// Writes a message as it is.
pub(crate) fn plain(message: &str) {
    // A message that nobody can read is no reason to stop.
    let _ = writeln!(anstream::stderr(), "{message}");
}

/// Whether rule errors are to be rendered with colours.
pub(crate) fn coloured() -> bool {
    std::io::stderr().is_terminal()
}

fn labelled(label: &str, colour: AnsiColor, message: &str) {
    let style = Style::new().fg_color(Some(colour.into())).bold();
    let _ = writeln!(anstream::stderr(), "{style}{label}{style:#}: {message}");
}

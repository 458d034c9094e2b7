//! Messages to the user, on standard error.

use std::io::Write as _;

use anstream::{AutoStream, ColorChoice};
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

/// Writes why nothing more could be done: what, and behind it its causes that it does not tell itself.
pub(crate) fn failure(failure: &anyhow::Error) {
    let mut message = String::new();
    for cause in failure.chain().map(ToString::to_string) {
        if message.is_empty() {
            message = cause;
        } else if !message.contains(&cause) {
            message = format!("{message}: {cause}");
        }
    }
    error(&message);
}

/// Whether rule errors are to be rendered with colours.
pub(crate) fn coloured() -> bool {
    AutoStream::choice(&std::io::stderr()) != ColorChoice::Never
}

fn labelled(label: &str, colour: AnsiColor, message: &str) {
    let style = Style::new().fg_color(Some(colour.into())).bold();
    let _ = writeln!(anstream::stderr(), "{style}{label}{style:#}: {message}");
}

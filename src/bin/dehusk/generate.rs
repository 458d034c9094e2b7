//! `dehusk completions` and `dehusk man`: what is generated from the arguments.

use std::io::Write as _;

use clap::CommandFactory as _;

use crate::args::Args;
use crate::exit::ExitStatus;

/// Prints the completions of a shell.
pub(crate) fn completions(shell: clap_complete::Shell) -> anyhow::Result<ExitStatus> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "dehusk", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(ExitStatus::Success)
}

/// Prints the manual page.
pub(crate) fn man() -> anyhow::Result<ExitStatus> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Args::command()).render(&mut page)?;
    std::io::stdout().write_all(&page)?;
    Ok(ExitStatus::Success)
}

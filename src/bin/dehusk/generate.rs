//! `dehusk completions` and `dehusk man`: what is generated from the arguments.

use anyhow::anyhow;
use clap::CommandFactory as _;

use crate::args::Args;
use crate::exit::ExitStatus;
use crate::stdout;

/// Prints the completions of a shell.
pub(crate) fn completions(shell: clap_complete::Shell) -> anyhow::Result<ExitStatus> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "dehusk", &mut script);
    stdout::write(&String::from_utf8(script)?)?;
    Ok(ExitStatus::Success)
}

/// Prints the manual page of the program, or of one of its commands.
pub(crate) fn man(words: &[String]) -> anyhow::Result<ExitStatus> {
    let mut command = Args::command().disable_help_subcommand(true);
    // Only then do commands know how they are called as a whole.
    command.build();
    let mut shown = &command;
    for word in words {
        shown = shown.find_subcommand(word).ok_or_else(|| {
            let known: Vec<_> = shown.get_subcommands().map(clap::Command::get_name).collect();
            let known = if known.is_empty() { "no more below it".to_owned() } else { known.join(", ") };
            anyhow!("there is no command `{}`; there are {known}", words.join(" "))
        })?;
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(shown.clone()).source(concat!("dehusk ", env!("CARGO_PKG_VERSION"))).render(&mut page)?;
    stdout::write(&String::from_utf8(page)?)?;
    Ok(ExitStatus::Success)
}

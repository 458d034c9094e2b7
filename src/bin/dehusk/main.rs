//! The command line: what was typed becomes calls of the library, one file a verb.

mod args;
mod clean;
mod evaluate;
mod exit;
mod explain;
mod generate;
mod new;
mod report;
mod rules;
mod stdout;
mod table;
mod test;

use std::process::ExitCode;

use clap::Parser as _;
use dehusk::storage::is_closed_pipe;

use args::{Args, Verb};
use exit::ExitStatus;

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match &args.verb {
        Verb::Clean(clean) => clean::run(clean, &args.rules),
        Verb::Explain(explain) => explain::run(explain, &args.rules),
        Verb::Test(test) => test::run(test, &args.rules),
        Verb::Evaluate(evaluate) => evaluate::run(evaluate, &args.rules),
        Verb::Rules(rules) => rules::run(&rules.verb, &args.rules),
        Verb::Completions { shell } => generate::completions(*shell),
        Verb::Man { command } => generate::man(command),
    };
    let status = done.unwrap_or_else(|error| {
        if is_closed_pipe(error.as_ref()) {
            return ExitStatus::Success;
        }
        report::failure(&error);
        ExitStatus::CouldNotRun
    });
    status.into()
}

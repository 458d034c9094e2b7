//! Cleans pages: files, folders, standard input.

use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use anyhow::bail;
use dehusk::corpus::inputs::{Input, InputError, expand};
use dehusk::corpus::output;
use dehusk::corpus::run::in_order;
use dehusk::render::Format;
use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};
use serde_json::Value;

use super::output::{Output, Place};
use super::{Cleaned, Job, tell, tell_left_out};
use crate::args::{CleanArgs, InputKind};
use crate::exit::ExitStatus;
use crate::report;

pub(super) fn clean(args: &CleanArgs, job: &Job) -> anyhow::Result<ExitStatus> {
    let mut inputs = expand(&args.paths);
    if args.input.url.is_some() && inputs.len() != 1 {
        bail!(
            "--url is the address of one page, and there are {}; give each its own with records (--input-format jsonl)",
            inputs.len()
        );
    }
    for folder in args.output.iter().chain(args.aside.iter().filter(|_| args.output.is_some())) {
        inputs = output::without_results(inputs, &args.paths, folder)?;
        if inputs.is_empty() {
            bail!("there are no pages besides those in the output folder {}", folder.display());
        }
    }
    let mut output = planned_output(&inputs, args, job.format)?;
    let progress = progress(inputs.len(), args.output.is_some());
    let count = inputs.len();
    let (mut failures, mut left_out) = (0, 0);
    let work = |input: Result<Input, InputError>| -> (PathBuf, Cleaned) {
        let shown = input.as_ref().map_or_else(|error| error.path.clone(), Input::shown);
        let id = || Value::from(shown.to_string_lossy());
        let read = input.and_then(|input| input.read());
        let cleaned = match read {
            Ok(mut page) => {
                page.url = args.input.url.clone().or(page.url);
                page.format = args.input.input_format.and_then(InputKind::page_format);
                job.clean(&page, id())
            }
            Err(error) => job.failed(id(), None, error.problem.to_string()),
        };
        (shown, cleaned)
    };
    let cleaned = in_order(inputs.into_iter(), args.threads, work, |(shown, cleaned)| {
        progress.inc(1);
        progress.suspend(|| tell(&shown.to_string_lossy(), &cleaned));
        failures += usize::from(cleaned.failure.is_some());
        left_out += usize::from(cleaned.left_out.is_some());
        output.write(&shown, &cleaned).map_err(io::Error::other)
    });
    cleaned?;
    output.finish()?;
    progress.finish_and_clear();
    tell_left_out(left_out, args);
    if failures > 0 && count > 1 {
        report::error(&format!("{failures} of {count} pages could not be cleaned"));
    }
    Ok(ExitStatus::fine_if(failures == 0 && (left_out == 0 || args.aside.is_some())))
}

/// Where results go, and those that are left out; nothing is written yet but an empty file for the latter.
fn planned_output(inputs: &[Result<Input, InputError>], args: &CleanArgs, format: Format) -> anyhow::Result<Output> {
    let several = inputs.len() > 1;
    let files = |folder: &PathBuf| planned(inputs, folder, format, args.force).map(Place::files);
    let main = match &args.output {
        Some(folder) => files(folder)?,
        None => Place::stdout(format, several),
    };
    let aside = args.aside.as_ref().map(|path| match args.output {
        Some(_) => files(path),
        None => Place::file(path, args.force, format, several),
    });
    Ok(Output::new(main, aside.transpose()?))
}

/// The file of each input; `None` for inputs that are none.
fn planned(
    inputs: &[Result<Input, InputError>],
    folder: &Path,
    format: Format,
    force: bool,
) -> anyhow::Result<Vec<Option<PathBuf>>> {
    let readable: Vec<Input> = inputs.iter().filter_map(|input| input.as_ref().ok()).cloned().collect();
    let mut outputs = output::plan(&readable, folder, format.ending(), force)?.into_iter();
    Ok(inputs.iter().map(|input| input.as_ref().ok().and_then(|_| outputs.next())).collect())
}

/// A bar on a terminal, where results go to files: nobody else writes to the terminal then, no pager at the end of a
/// pipe either.
fn progress(pages: usize, into_files: bool) -> ProgressBar {
    let into_files = into_files || fs::metadata("/dev/stdout").is_ok_and(|stdout| stdout.is_file());
    if pages < 2 || !io::stderr().is_terminal() || !into_files {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} pages, {per_sec:0}, {eta} left");
    let bar = ProgressBar::new(pages as u64).with_finish(ProgressFinish::AndClear);
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

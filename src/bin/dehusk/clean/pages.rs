//! Cleans pages: files, folders, standard input.

use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use dehusk::corpus::inputs::{Input, InputError, expand};
use dehusk::corpus::output;
use dehusk::corpus::run::in_order;
use dehusk::render::Format;
use dehusk::storage::write_whole;
use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};
use serde_json::Value;

use super::{Cleaned, Job, tell};
use crate::args::{CleanArgs, InputKind};
use crate::exit::ExitStatus;
use crate::{report, stdout};

pub(super) fn clean(args: &CleanArgs, job: &Job) -> anyhow::Result<ExitStatus> {
    let mut inputs = expand(&args.paths);
    if args.input.url.is_some() && inputs.len() != 1 {
        bail!(
            "--url is the address of one page, and there are {}; give each its own with records (--input-format jsonl)",
            inputs.len()
        );
    }
    let mut plan = None;
    if let Some(folder) = &args.output {
        inputs = output::without_results(inputs, &args.paths, folder)?;
        if inputs.is_empty() {
            bail!("there are no pages besides those in the output folder {}", folder.display());
        }
        plan = Some(planned(&inputs, folder, job.format, args.force)?);
    }
    let progress = progress(inputs.len(), args.output.is_some());
    let count = inputs.len();
    let mut output = Output::new(plan, job.format, count);
    let mut failures = 0;
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
        output.write(&shown, &cleaned)
    });
    let cleaned = cleaned.and_then(|()| output.finish());
    match args.output {
        Some(_) => cleaned?,
        None => cleaned.context(stdout::UNWRITABLE)?,
    }
    progress.finish_and_clear();
    if failures > 0 && count > 1 {
        report::error(&format!("{failures} of {count} pages could not be cleaned"));
    }
    Ok(ExitStatus::fine_if(failures == 0))
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

/// Where results go.
enum Output {
    /// A file each.
    Files { paths: std::vec::IntoIter<Option<PathBuf>> },
    /// All to standard output: under headings, or as a JSON list, where there are several.
    Stream { format: Format, several: bool, written: usize },
}

impl Output {
    fn new(plan: Option<Vec<Option<PathBuf>>>, format: Format, count: usize) -> Self {
        match plan {
            Some(paths) => Self::Files { paths: paths.into_iter() },
            None => Self::Stream { format, several: count > 1, written: 0 },
        }
    }

    fn write(&mut self, shown: &Path, cleaned: &Cleaned) -> io::Result<()> {
        match self {
            Self::Files { paths } => match (paths.next().flatten(), &cleaned.text, &cleaned.failure) {
                // The plan has made sure that nothing is overwritten unasked.
                (Some(path), Some(text), None) => write_whole(&path, text.as_bytes(), true).map_err(io::Error::other),
                _ => Ok(()),
            },
            Self::Stream { format, several, written } => {
                let Some(text) = &cleaned.text else { return Ok(()) };
                let is_first = *written == 0;
                *written += 1;
                let mut out = io::stdout().lock();
                match format {
                    Format::Json if *several => {
                        out.write_all(if is_first { b"[\n" } else { b",\n" })?;
                        out.write_all(text.trim_end().as_bytes())
                    }
                    Format::Text | Format::Markdown | Format::Html if *several => {
                        let gap = if is_first { "" } else { "\n" };
                        writeln!(out, "{gap}==> {} <==\n", shown.display())?;
                        out.write_all(text.as_bytes())
                    }
                    _ => out.write_all(text.as_bytes()),
                }
            }
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Files { .. } => Ok(()),
            Self::Stream { format, several, written } => {
                let mut out = io::stdout().lock();
                if format == Format::Json && several {
                    out.write_all(if written == 0 { b"[]\n" } else { b"\n]\n" })?;
                }
                out.flush()
            }
        }
    }
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

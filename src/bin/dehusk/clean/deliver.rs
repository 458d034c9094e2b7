//! Ends a run: results are moved to their places, and what came of it is told.

use std::fs::{self, File};
use std::io::BufReader;

use anyhow::Context as _;
use dehusk::corpus;
use dehusk::corpus::summary::Summary;
use dehusk::corpus::unfinished::{ASIDE, ERRORS, ROWS, Workplace};
use dehusk::storage::write_whole;
use dehusk::table::{self, parquet};

use super::begin::Files;
use super::collect::{Collector, memory};
use super::plan::{Destination, Plan};
use super::tell;
use crate::args::CleanArgs;
use crate::exit::ExitStatus;
use crate::report;

/// Moves what is written to where it belongs.
pub(super) fn deliver(
    plan: &Plan,
    files: &Files,
    args: &CleanArgs,
    mut collector: Collector,
) -> anyhow::Result<ExitStatus> {
    let mut summary = std::mem::take(&mut collector.summary);
    summary.end(collector.clock.seconds(), memory());
    collector.progress.finish();
    let workplace = collector.keeper.take().map(|keeper| keeper.workplace);
    if let Some(workplace) = &workplace {
        match &plan.to {
            Destination::Table(path, table::Format::JsonLines(_)) => workplace.deliver(ROWS, path)?,
            Destination::Table(path, table::Format::Parquet) => {
                let rows = workplace.file(ROWS);
                let lines = File::open(&rows).and_then(zstd::Decoder::new);
                let lines = lines.with_context(|| format!("{}: cannot be read", rows.display()))?;
                parquet::from_lines(BufReader::new(lines), &plan.fields, path, true)?;
            }
            Destination::Stdout | Destination::Folder(_) => {}
        }
        if let Some(path) = &files.errors {
            if summary.pages.failed > 0 {
                workplace.deliver(ERRORS, path)?;
            } else if args.force && path.is_file() {
                // The list of an earlier run would be taken for that of this one.
                fs::remove_file(path).with_context(|| format!("{}: cannot be removed", path.display()))?;
            }
        }
        if let Some(path) = &files.aside {
            workplace.deliver(ASIDE, path)?;
        }
    }
    tell_of(&summary, files, plan, args)?;
    // Only now nothing is lost if the run is stopped.
    workplace.map_or(Ok(()), Workplace::leave)?;
    let nothing_lost = summary.pages.left_out == 0 || args.aside.is_some();
    // A stream of records may be empty; an archive without a page is none that somebody wanted to clean.
    let is_vain = summary.cleaned() == 0 && (summary.pages.passed_over > 0 || plan.holds_archive);
    if is_vain && summary.pages.failed == 0 {
        let reasons = summary.passed_over.iter().map(|(why, count)| format!("{why}, {count} times"));
        let reasons: String = reasons.map(|reason| format!("; passed over: {reason}")).collect();
        report::error(&format!("there are no pages in it{reasons}"));
    }
    Ok(ExitStatus::fine_if(summary.pages.failed == 0 && nothing_lost && !is_vain))
}

/// Tells what came of the run: on standard error, and in the files that were asked for.
fn tell_of(summary: &Summary, files: &Files, plan: &Plan, args: &CleanArgs) -> anyhow::Result<()> {
    if let Some(path) = &args.run.summary {
        write_whole(path, summary.json().as_bytes(), true)?;
    }
    if let Some(path) = &args.run.report {
        let names: Vec<_> = args.paths.iter().map(|path| path.display().to_string()).collect();
        let page = corpus::report::html(summary, &format!("dehusk clean {}", names.join(" ")));
        write_whole(path, page.as_bytes(), true)?;
    }
    tell::left_out(summary.pages.left_out, args);
    let failures = summary.pages.failed;
    let is_table = matches!(plan.to, Destination::Table(..));
    if is_table && !args.run.quiet {
        report::plain(summary.to_string().trim_end());
    }
    match &files.errors {
        Some(path) if failures > 0 && is_table => {
            report::error(&format!("{failures} of {} pages failed: see {}", summary.read(), path.display()));
        }
        _ if failures > 0 && summary.read() > 1 && !plan.of_records => {
            report::error(&format!("{failures} of {} pages could not be cleaned", summary.read()));
        }
        _ => {}
    }
    Ok(())
}

//! `dehusk audit`: whether the rules still hold over a batch of pages.

mod text;

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use dehusk::audit::baseline::Baseline;
use dehusk::audit::report::Report;
use dehusk::audit::{Batch, Glimpse};
use dehusk::corpus::inputs::{Input, expand};
use dehusk::corpus::jsonl::{Record, place, records};
use dehusk::corpus::run::in_order;
use dehusk::page::Page;
use dehusk::pipeline::Cleaner;
use dehusk::render::json;

use crate::args::{AuditArgs, AuditFormat, InputKind, RulesArgs};
use crate::exit::ExitStatus;
use crate::{report, stdout};

/// Audits pages and records.
pub(crate) fn run(args: &AuditArgs, rules: &RulesArgs) -> anyhow::Result<ExitStatus> {
    InputKind::refuse_archives(args.input_format)?;
    // Before the first page: a mistyped file is found at once.
    let baseline = args.baseline.as_deref().map(Baseline::read).transpose()?.flatten();
    let mut audit = Audit { cleaner: Cleaner::new(rules.library()?), batch: Batch::default(), failed: 0 };
    let (of_records, of_pages): (Vec<PathBuf>, Vec<PathBuf>) =
        args.paths.iter().cloned().partition(|path| holds_records(path, args.input_format));
    audit.pages(&of_pages, args)?;
    for path in &of_records {
        audit.records(path, args.threads)?;
    }
    let Audit { cleaner, batch, failed } = audit;
    let result = Report::new(&batch, failed, cleaner.library(), baseline.as_ref());
    match args.format {
        AuditFormat::Text => stdout::write(&text::report(&result))?,
        AuditFormat::Json => stdout::write(&json::pretty(&result))?,
    }
    if let Some(path) = &args.baseline {
        match baseline {
            None => {
                Baseline::of(&batch).write(path)?;
                report::plain(&format!("{}: written; the next run is compared with it", path.display()));
            }
            Some(before) if args.renew => before.renewed(&batch).write(path)?,
            Some(_) => {}
        }
    }
    Ok(ExitStatus::fine_if(result.findings == 0 && failed == 0))
}

fn holds_records(path: &Path, format: Option<InputKind>) -> bool {
    match format {
        Some(format) => format == InputKind::Jsonl,
        None => path.extension().is_some_and(|ending| ending == "jsonl" || ending == "ndjson"),
    }
}

/// An audit at work.
struct Audit {
    cleaner: Cleaner,
    batch: Batch,
    failed: usize,
}

impl Audit {
    fn pages(&mut self, paths: &[PathBuf], args: &AuditArgs) -> io::Result<()> {
        let Self { cleaner, batch, failed } = self;
        let work = |input: Result<Input, _>| {
            let input = input?;
            let name = input.shown().to_string_lossy().into_owned();
            let mut page = input.read()?;
            page.format = args.input_format.and_then(InputKind::page_format);
            Ok(glimpse(cleaner, &page, &name).map_err(|error| format!("{name}: {error}")))
        };
        let work =
            |input| work(input).unwrap_or_else(|error: dehusk::corpus::inputs::InputError| Err(error.to_string()));
        in_order(expand(paths).into_iter(), args.threads, work, |seen| {
            count(batch, failed, seen);
            Ok(())
        })
    }

    fn records(&mut self, path: &Path, threads: usize) -> io::Result<()> {
        let reader: Box<dyn BufRead + Send> = if path == Path::new("-") {
            Box::new(BufReader::new(io::stdin()))
        } else {
            match opened(path) {
                Ok(file) => Box::new(BufReader::new(file)),
                Err(problem) => {
                    report::error(&format!("{}: {problem}", path.display()));
                    self.failed += 1;
                    return Ok(());
                }
            }
        };
        let file = if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() };
        let Self { cleaner, batch, failed } = self;
        let work = |record: Result<Record, _>| match record {
            Ok(Record { line, id, page, .. }) => {
                let named = id.as_ref().map_or_else(|| format!("{file}: line {line}"), ToString::to_string);
                let told = |error| format!("{file}: {}: {error}", place(line, id.as_ref()));
                glimpse(cleaner, &page, &named).map_err(told)
            }
            Err(error) => Err(format!("{file}: {error}")),
        };
        in_order(records(reader), threads, work, |seen| {
            count(batch, failed, seen);
            Ok(())
        })
    }
}

/// A file of records.
fn opened(path: &Path) -> Result<File, String> {
    if path.is_dir() {
        return Err("a folder; name the files of records in it".to_owned());
    }
    File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        _ => format!("cannot be read: {error}"),
    })
}

fn count(batch: &mut Batch, failed: &mut usize, seen: Result<Glimpse, String>) {
    match seen {
        Ok(glimpse) => batch.add(glimpse),
        Err(message) => {
            report::error(&message);
            *failed += 1;
        }
    }
}

/// What counts of a page.
fn glimpse(cleaner: &Cleaner, page: &Page<'_>, name: &str) -> Result<Glimpse, String> {
    // The libraries that read pages are not ours: should one of them panic, one page is lost and not the run.
    let caught = catch_unwind(AssertUnwindSafe(|| {
        let article = cleaner.clean(page)?;
        Ok(Glimpse::of(&article, name, page.url.as_deref()))
    }));
    match caught {
        Ok(Ok(glimpse)) => Ok(glimpse),
        Ok(Err::<_, dehusk::error::PageError>(error)) => Err(error.to_string()),
        Err(_) => Err("the reader of this page gave up; please report it, with the page".to_owned()),
    }
}

//! `dehusk clean`: writes the article body of each page.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use dehusk::article::Flag;
use dehusk::corpus::inputs::{Input, InputError, expand};
use dehusk::corpus::jsonl::{Record, RecordError, records};
use dehusk::corpus::output;
use dehusk::corpus::run::in_order;
use dehusk::page::Page;
use dehusk::pipeline::Cleaner;
use dehusk::render::json::FailedRecord;
use dehusk::render::{Extras, Format, json, render};
use dehusk::storage::write_whole;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;

use crate::args::{CleanArgs, InputKind, RulesArgs};
use crate::exit::ExitStatus;
use crate::report;

/// Cleans pages, or records.
pub(crate) fn run(args: &CleanArgs, rules: &RulesArgs) -> anyhow::Result<ExitStatus> {
    let of_records = args.input.input_format == Some(InputKind::Jsonl);
    let format = match args.format {
        Some(format) => format.into(),
        None if of_records => Format::JsonLines,
        None => Format::Text,
    };
    if args.front_matter && format != Format::Markdown {
        bail!("--front-matter goes with --format markdown");
    }
    let extras = Extras { title: args.with_title, front_matter: args.front_matter };
    let policies = args.policy.policies()?;
    let job = Job { cleaner: Cleaner::new(rules.library()?).with_policies(policies), format, extras };
    if of_records { clean_records(args, &job) } else { clean_pages(args, &job) }
}

/// What is done with each page.
struct Job {
    cleaner: Cleaner,
    format: Format,
    extras: Extras,
}

/// What came of a page.
struct Cleaned {
    /// What to write; of a failed page only its record, where records are written.
    text: Option<String>,
    failure: Option<String>,
    flags: Vec<Flag>,
}

impl Job {
    fn clean(&self, page: &Page<'_>, id: Value) -> Cleaned {
        let url = page.url.clone();
        // The libraries that read pages are not ours: should one of them panic, one page is lost and not the run.
        let cleaned = catch_unwind(AssertUnwindSafe(|| {
            let article = self.cleaner.clean(page)?;
            let text = render(&article, self.format, self.extras, id.clone(), url.as_deref());
            Ok((text, article.flags))
        }));
        match cleaned {
            Ok(Ok((text, flags))) => Cleaned { text: Some(text), failure: None, flags },
            Ok(Err::<_, dehusk::error::PageError>(error)) => self.failed(id, url.as_deref(), error.to_string()),
            Err(_) => {
                let told = "the reader of this page gave up; please report it, with the page";
                self.failed(id, url.as_deref(), told.to_owned())
            }
        }
    }

    fn failed(&self, id: Value, url: Option<&str>, error: String) -> Cleaned {
        let record = FailedRecord { id, url, error: error.clone() };
        let text = match self.format {
            Format::Json => Some(json::pretty(&record)),
            Format::JsonLines => Some(json::line(&record)),
            Format::Text | Format::Markdown | Format::Html => None,
        };
        Cleaned { text, failure: Some(error), flags: Vec::new() }
    }
}

fn clean_pages(args: &CleanArgs, job: &Job) -> anyhow::Result<ExitStatus> {
    let inputs = expand(&args.paths);
    if args.input.url.is_some() && inputs.len() != 1 {
        bail!("--url is the address of one page, and there are {}; give records to tell each its own", inputs.len());
    }
    let plan = match &args.output {
        Some(folder) => Some(plan(&inputs, folder, job.format, args.force)?),
        None => None,
    };
    let progress = progress(inputs.len());
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
    in_order(inputs.into_iter(), args.threads, work, |(shown, cleaned)| {
        progress.inc(1);
        progress.suspend(|| tell(&shown.to_string_lossy(), &cleaned));
        failures += usize::from(cleaned.failure.is_some());
        output.write(&shown, &cleaned)
    })?;
    output.finish()?;
    progress.finish_and_clear();
    if failures > 0 && count > 1 {
        report::error(&format!("{failures} of {count} pages could not be cleaned"));
    }
    Ok(ExitStatus::fine_if(failures == 0))
}

/// The file of each input; `None` for inputs that are none.
fn plan(
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
    Stream { out: BufWriter<io::Stdout>, format: Format, several: bool, written: usize },
}

impl Output {
    fn new(plan: Option<Vec<Option<PathBuf>>>, format: Format, count: usize) -> Self {
        match plan {
            Some(paths) => Self::Files { paths: paths.into_iter() },
            None => Self::Stream { out: BufWriter::new(io::stdout()), format, several: count > 1, written: 0 },
        }
    }

    fn write(&mut self, shown: &Path, cleaned: &Cleaned) -> io::Result<()> {
        match self {
            Self::Files { paths } => match (paths.next().flatten(), &cleaned.text, &cleaned.failure) {
                // The plan has made sure that nothing is overwritten unasked.
                (Some(path), Some(text), None) => write_whole(&path, text.as_bytes(), true).map_err(io::Error::other),
                _ => Ok(()),
            },
            Self::Stream { out, format, several, written } => {
                let Some(text) = &cleaned.text else { return Ok(()) };
                match format {
                    Format::Json if *several => out.write_all(if *written == 0 { b"[\n" } else { b",\n" })?,
                    Format::Text | Format::Markdown | Format::Html if *several => {
                        let gap = if *written == 0 { "" } else { "\n" };
                        writeln!(out, "{gap}==> {} <==\n", shown.display())?;
                    }
                    _ => {}
                }
                *written += 1;
                out.write_all(text.as_bytes())
            }
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Files { .. } => Ok(()),
            Self::Stream { mut out, format, several, written } => {
                if format == Format::Json && several {
                    out.write_all(if written == 0 { b"[]\n" } else { b"]\n" })?;
                }
                out.flush()
            }
        }
    }
}

fn clean_records(args: &CleanArgs, job: &Job) -> anyhow::Result<ExitStatus> {
    if job.format != Format::JsonLines {
        bail!("records come out as records: --input-format jsonl goes with --format jsonl");
    }
    if args.output.is_some() || args.input.url.is_some() {
        bail!("records carry their own URL, and go to standard output: leave --output and --url out");
    }
    let mut out = BufWriter::new(io::stdout());
    let mut failures = 0;
    for path in &args.paths {
        let name = if path == Path::new("-") { "standard input".into() } else { path.to_string_lossy() };
        let reader: Box<dyn BufRead + Send> = if path == Path::new("-") {
            Box::new(BufReader::new(io::stdin()))
        } else {
            Box::new(BufReader::new(File::open(path).with_context(|| format!("{name}: cannot be read"))?))
        };
        let lines = records(reader).enumerate();
        let work = |(number, record): (usize, Result<Record, RecordError>)| match record {
            Ok(record) => {
                let id = serde_json::to_value(&record.id).unwrap_or_default();
                (format!("{name}: record {}", number + 1), job.clean(&record.page, id))
            }
            Err(error) => (name.to_string(), job.failed(Value::Null, None, error.to_string())),
        };
        in_order(lines, args.threads, work, |(place, cleaned)| {
            tell(&place, &cleaned);
            failures += usize::from(cleaned.failure.is_some());
            out.write_all(cleaned.text.as_deref().unwrap_or_default().as_bytes())
        })?;
    }
    out.flush()?;
    Ok(ExitStatus::fine_if(failures == 0))
}

/// Tells what the user should know of a page. That a page has no rule file is no news; records carry all flags.
fn tell(place: &str, cleaned: &Cleaned) {
    if let Some(failure) = &cleaned.failure {
        report::error(&format!("{place}: {failure}"));
    }
    let told = cleaned.flags.iter().filter_map(|flag| {
        Some(match flag {
            Flag::StaleRules => "the body selectors of its rule file find nothing; cleaned by the generic cleaner",
            Flag::AmbiguousSource => "several sources claim it; cleaned by the generic cleaner",
            Flag::Empty => "nothing is left of it",
            Flag::Paywall => "it has a paywall notice; the body may be a stub",
            Flag::RuleSetAside => "a rule would have dropped too much and was set aside; see `dehusk explain`",
            _ => return None,
        })
    });
    for message in told {
        report::warning(&format!("{place}: {message}"));
    }
}

fn progress(pages: usize) -> ProgressBar {
    if pages < 2 || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} pages, {per_sec}, {eta} left");
    ProgressBar::new(pages as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

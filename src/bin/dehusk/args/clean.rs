//! What can be typed behind `dehusk clean`.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use clap::builder::RangedU64ValueParser;
use clap::{ArgGroup, ValueEnum};
use dehusk::budget::Budget;
use dehusk::corpus::columns::Columns;
use dehusk::corpus::containers::Options;
use dehusk::render::Format;
use dehusk::table::fields::Fields;

use super::{InputArgs, InputKind, PolicyArgs};

const AFTER_CLEAN: &str = "\
In a folder, files ending in .html, .htm, .xhtml, .mhtml, .mht, .md, .markdown and .txt are pages, compressed ones \
(.gz, .zst) too; a file that is named is a page whatever it is called. Files ending in .jsonl, .ndjson, .warc, .wet, \
.parquet, .zip, .tar and .tgz hold many pages, compressed or not, and are taken when they are named.

Examples:
  dehusk clean crawl.warc.gz -o pages.parquet         a table of a crawl
  dehusk clean crawl.warc.gz -o pages.parquet --resume  ... going on where it was killed
  dehusk clean pages.jsonl.zst --fields id,text       records on standard output

Exit status: 0 all pages are clean; 1 some could not be cleaned or were left out, the others are; 2 could not run.";

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_CLEAN, group = ArgGroup::new("files").args(FILES).multiple(true))]
pub(crate) struct CleanArgs {
    /// Files, folders with all pages in them, archives, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Which keys of records, or columns of a table, hold what, such as `id=doc_id,url=uri,html=content`
    #[arg(long, value_name = "NAMES")]
    pub(crate) columns: Option<Columns>,
    /// What is written [default: text, or jsonl for records]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<OutputKind>,
    /// Which fields records have, in this order, such as `id,url,text`; `table` and `all` are groups of them
    /// [default: all, in Parquet table]
    #[arg(long, value_name = "FIELDS")]
    pub(crate) fields: Option<Fields>,
    /// Write here instead of to standard output: into one table (.jsonl, .jsonl.gz, .jsonl.zst, .parquet), which appears
    /// when it is whole, or into a folder, a file a page
    #[arg(long, short, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
    /// Leave out pages whose confidence is lower than this, from 0 to 1: each is named on standard error, and the exit
    /// status is 1
    #[arg(long, value_name = "N", value_parser = confidence)]
    pub(crate) min_confidence: Option<f64>,
    /// Write what --min-confidence leaves out here, in the same format: a folder where --output is one, else a file
    #[arg(long, value_name = "PATH", requires = "min_confidence")]
    pub(crate) aside: Option<PathBuf>,
    /// Overwrite files that are there already
    #[arg(long, requires = "files")]
    pub(crate) force: bool,
    /// Put the title on top of the body
    #[arg(long)]
    pub(crate) with_title: bool,
    /// Put metadata in front of Markdown, as YAML
    #[arg(long)]
    pub(crate) front_matter: bool,
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

const FILES: [&str; 5] = ["output", "aside", "errors", "summary", "report"];

/// How many pages are worked through, and what is told of it.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Long runs")]
pub(crate) struct RunArgs {
    /// How many pages are cleaned at the same time [default: one a core]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    #[arg(value_parser = RangedU64ValueParser::<usize>::new().range(..=MOST_THREADS))]
    pub(crate) threads: usize,
    /// Write results as they come, not in the order of the pages: faster where some pages are slow
    #[arg(long)]
    pub(crate) unordered: bool,
    /// Go on with a run that was stopped, or begin it: with the same arguments as before
    #[arg(long, requires = "output", conflicts_with = "force")]
    pub(crate) resume: bool,
    /// Where pages that fail are told, one a line as JSON [default: errors.jsonl in the folder of --output, or
    /// NAME.errors.jsonl beside a table]
    #[arg(long, value_name = "FILE")]
    pub(crate) errors: Option<PathBuf>,
    /// A longer page fails; K, M and G are KiB, MiB and GiB
    #[arg(long, value_name = "N", default_value = "64M", value_parser = bytes)]
    pub(crate) max_page_bytes: usize,
    /// A page that takes longer to clean fails; 0 for no end
    #[arg(long, value_name = "N", default_value = "60", value_parser = seconds)]
    pub(crate) max_page_seconds: Duration,
    /// What is done with a page whose body is nearly that of an earlier one [default: mark where records are written,
    /// else off]
    #[arg(long, value_name = "WHAT")]
    pub(crate) dedup: Option<Dedup>,
    /// So much memory is used to remember bodies; the oldest are forgotten
    #[arg(long, value_name = "N", default_value = "256M", value_parser = bytes)]
    pub(crate) dedup_memory: usize,
    /// Write what came of the run into this file, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) summary: Option<PathBuf>,
    /// Write a page with plots of what came of the run into this file, as HTML
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Tell nothing of a run that went well: no progress, no summary
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// More would only cost memory.
pub(crate) const MOST_THREADS: u64 = 1024;

/// What is done with near-duplicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Dedup {
    /// They are left out
    Drop,
    /// Their records name the page that came first, as `duplicate_of`
    Mark,
    /// They are not looked for
    Off,
}

/// The kinds of output that can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputKind {
    /// Plain text
    #[value(alias = "txt")]
    Text,
    /// Markdown
    #[value(alias = "md")]
    Markdown,
    /// HTML with semantic tags only
    Html,
    /// JSON: a record, or a list of them for several pages
    Json,
    /// JSON Lines: a record a line
    Jsonl,
}

impl From<OutputKind> for Format {
    fn from(kind: OutputKind) -> Self {
        match kind {
            OutputKind::Text => Self::Text,
            OutputKind::Markdown => Self::Markdown,
            OutputKind::Html => Self::Html,
            OutputKind::Json => Self::Json,
            OutputKind::Jsonl => Self::JsonLines,
        }
    }
}

/// A confidence that pages may have.
fn confidence(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "a confidence is a number from 0 to 1, such as 0.7".to_owned())
}

impl CleanArgs {
    /// How pages are read; what counts the bytes of files is told how many.
    pub(crate) fn options(&self, read: Arc<AtomicU64>) -> Options {
        let kind = self.input.input_format;
        Options {
            kind: kind.and_then(InputKind::container),
            format: kind.and_then(InputKind::page_format),
            columns: self.columns.clone().unwrap_or_default(),
            max_page_bytes: self.run.max_page_bytes,
            read,
        }
    }
}

impl RunArgs {
    /// What a page may take.
    pub(crate) fn budget(&self) -> Budget {
        let time = Some(self.max_page_seconds).filter(|time| !time.is_zero());
        Budget { bytes: self.max_page_bytes, time }
    }
}

/// A number of bytes, such as `64M`.
fn bytes(text: &str) -> Result<usize, String> {
    let (digits, factor) = match text.to_ascii_uppercase().strip_suffix(['K', 'M', 'G']) {
        Some(digits) => {
            let factor = match text.as_bytes().last() {
                Some(b'K' | b'k') => 1 << 10,
                Some(b'M' | b'm') => 1 << 20,
                _ => 1 << 30,
            };
            (digits.to_owned(), factor)
        }
        None => (text.to_owned(), 1),
    };
    let number = digits.parse::<usize>().ok().and_then(|number| number.checked_mul(factor));
    number.filter(|number| *number > 0).ok_or_else(|| "a number of bytes is written as 5000000, 5000K or 5M".to_owned())
}

/// Seconds.
fn seconds(text: &str) -> Result<Duration, String> {
    let number = text.parse().ok().and_then(|number| Duration::try_from_secs_f64(number).ok());
    number.ok_or_else(|| "seconds are a number, such as 60 or 0.5".to_owned())
}

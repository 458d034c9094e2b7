//! What can be typed about `audit`.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::RangedU64ValueParser;

use super::{InputKind, MOST_THREADS};

const AFTER: &str = "\
Pages are named as for `dehusk clean`; files ending in .jsonl or .ndjson are records. docs/audit.md tells what is counted, \
and when a count is a finding.

Examples:
  dehusk audit pages/                            what is odd in this batch
  dehusk audit today.jsonl --baseline rates.json  the first run writes rates.json, later ones compare with it

Exit status: 0 nothing found; 1 findings, or pages that could not be cleaned; 2 could not run.";

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct AuditArgs {
    /// Files, folders with all pages in them, files of records, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// What the pages are; without it, the ending of the name and the content tell
    #[arg(long, value_name = "FORMAT")]
    pub(crate) input_format: Option<InputKind>,
    /// Compare with the counts in this file; where there is none, they are written
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Put the counts of this run into the baseline, once it has been compared
    #[arg(long, requires = "baseline")]
    pub(crate) renew: bool,
    /// What is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: AuditFormat,
    /// How many pages are cleaned at the same time [default: one a core]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    #[arg(value_parser = RangedU64ValueParser::<usize>::new().range(..=MOST_THREADS))]
    pub(crate) threads: usize,
}

/// The kinds of report that can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AuditFormat {
    /// Tables, and the findings below
    Text,
    /// All that is known, as one JSON object
    Json,
}

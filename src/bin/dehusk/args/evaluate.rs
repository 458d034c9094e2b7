//! What can be typed about `evaluate`.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::RangedU64ValueParser;

use super::PolicyArgs;

const AFTER: &str = "\
A corpus is a folder with truth.jsonl and pages/ID.html.gz; one half of WCXB, such as web-content-extraction-benchmark/dev; \
or ScrapingHub's article-extraction-benchmark. docs/evaluation.md tells what each figure counts.

Examples:
  dehusk evaluate ../corpora/news --worst 20
  dehusk evaluate ../corpora/news --texts other-tool.jsonl

Exit status: 0 all pages have a score; 1 some pages are missing or broken; 2 could not run.";

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct EvaluateArgs {
    /// The folder of the corpus
    #[arg(value_name = "CORPUS")]
    pub(crate) corpus: PathBuf,
    /// Only pages of this type, such as `article`
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) page_type: Option<String>,
    /// Only pages of this source, such as `golem.de`
    #[arg(long, value_name = "HOST")]
    pub(crate) only_source: Option<String>,
    /// Only a part of the pages: the sources are dealt out to so many folds, and none straddles two
    #[arg(long, value_name = "K", requires = "fold", value_parser = RangedU64ValueParser::<u32>::new().range(1..))]
    pub(crate) folds: Option<u32>,
    /// Which of the folds, from 0
    #[arg(long, value_name = "N", requires = "folds")]
    pub(crate) fold: Option<u32>,
    /// Score these answers instead of cleaning the pages: JSON Lines with `id` and `text`, or one object with a key a page
    #[arg(long, value_name = "FILE", conflicts_with_all = ["flattened", "keep", "drop", "no_generic"])]
    pub(crate) texts: Option<PathBuf>,
    /// Flatten the pages to text first, and leave out their addresses
    #[arg(long)]
    pub(crate) flattened: bool,
    /// Clean by rule files that are learned from pages of the same source, true bodies unseen, and show what comes of no
    /// rule file beside it
    #[arg(long, value_name = "FROM", conflicts_with_all = ["texts", "no_generic"])]
    pub(crate) learned: Option<LearnedFrom>,
    /// The same, learned from the pages of the source in another corpus
    #[arg(long, value_name = "CORPUS", conflicts_with_all = ["texts", "no_generic", "learned"])]
    pub(crate) learned_from: Option<PathBuf>,
    /// List so many pages with the lowest word F1
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) worst: usize,
    /// Write the answers into this file, as JSON Lines
    #[arg(long, value_name = "FILE")]
    pub(crate) save: Option<PathBuf>,
    /// Overwrite that file if it is there already
    #[arg(long, requires = "save")]
    pub(crate) force: bool,
    /// What is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: EvaluateFormat,
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
}

/// Which pages of its source a rule file is learned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LearnedFrom {
    /// All of them, where there are two or more
    InSample,
    /// All but the one that is cleaned, where there are three or more
    LeaveOneOut,
}

/// The kinds of report that can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum EvaluateFormat {
    /// A Markdown table
    Text,
    /// All that is known, as one JSON object, with the scores of every page
    Json,
}

//! What can be typed about samples: `test`, and `rules new`.

use std::path::PathBuf;

use clap::ValueEnum;

const AFTER_TEST: &str = "\
Beside what is expected of a sample, it is checked that its page is taken for one of no other source, that cleaning it \
again changes nothing, that it passes flattened to text where its source has marks, and that it passes \
written otherwise (NFD, CRLF, no-break spaces). Every rule has to be needed by a sample.

Exit status: 0 all samples pass and need every rule; 1 some do not; 2 could not run.";

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_TEST)]
pub(crate) struct TestArgs {
    /// Only samples of these sources, such as `golem.de`
    #[arg(value_name = "SOURCE")]
    pub(crate) sources: Vec<String>,
    /// The folder of samples
    #[arg(long, value_name = "DIR", default_value = "samples")]
    pub(crate) samples: PathBuf,
    /// Show what came out where it differs, and take it for what is expected from now on, sample by sample
    #[arg(long, value_name = "HOW", num_args = 0..=1, require_equals = true, default_missing_value = "ask")]
    pub(crate) accept: Option<Accept>,
    /// What is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    #[arg(conflicts_with_all = ["accept", "watch"])]
    pub(crate) format: ReportKind,
    /// A table of the rules instead: how often each fires and where, and whether a sample needs it
    #[arg(long, conflicts_with_all = ["format", "accept", "watch"])]
    pub(crate) by_rule: bool,
    /// Run again what a saved sample or rule file touches, until it is stopped; the rules are those of --rules, or of
    /// the folder `rules` of a checkout
    #[arg(long, conflicts_with = "accept")]
    pub(crate) watch: bool,
    /// Clean the real pages of this corpus instead, as `evaluate` reads one, and compare with what is known of them: as
    /// HTML, and flattened. Pages of sources without a rule file are only counted
    #[arg(long, value_name = "DIR", conflicts_with_all = ["accept", "by_rule", "watch"])]
    pub(crate) real: Option<PathBuf>,
    /// Of real pages, fail those whose body is met less than this, from 0 to 1, or whose source is not recognised
    #[arg(long, value_name = "F1", default_value_t = 0.0, hide_default_value = true, requires = "real")]
    #[arg(value_parser = share)]
    pub(crate) floor: f64,
    /// The same of real pages that are flattened
    #[arg(long, value_name = "F1", default_value_t = 0.0, hide_default_value = true, requires = "real")]
    #[arg(value_parser = share)]
    pub(crate) flattened_floor: f64,
}

/// A share, from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "it is a number from 0 to 1, such as 0.98".to_owned())
}

/// How expectations are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Accept {
    /// Ask for each sample that fails; on a terminal
    Ask,
    /// Take all that may be taken
    All,
}

/// The kinds of report that can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportKind {
    /// For people
    Text,
    /// All that is known, as one JSON object
    Json,
    /// XML for continuous integration
    Junit,
}

const AFTER_NEW: &str = "\
Where the body lies is guessed from what looks like the article on the pages; title, author and date are what the \
pages declare. Nothing that is there already is overwritten.

Example:
  dehusk rules new evening-post.example saved/mill.html saved/ferry.txt";

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_NEW)]
pub(crate) struct NewArgs {
    /// The host of the source, such as `example.com`; the rule file is named after it
    #[arg(value_name = "HOST", value_parser = host)]
    pub(crate) host: String,
    /// Pages of it: HTML, Markdown or text. Each becomes a sample, called as its file is
    #[arg(required = true, value_name = "PAGE")]
    pub(crate) pages: Vec<PathBuf>,
    /// The folder of rule files, in whose folder `sites` the new one lies
    #[arg(long, value_name = "DIR", default_value = "rules")]
    pub(crate) into: PathBuf,
    /// The folder of samples
    #[arg(long, value_name = "DIR", default_value = "samples")]
    pub(crate) samples: PathBuf,
}

/// A host alone, as rule files are named.
fn host(text: &str) -> Result<String, String> {
    let lower = text.trim().to_lowercase();
    let bare = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    let bare = bare.split(['/', ':', '?', '#']).next().unwrap_or_default();
    let bare = bare.trim_start_matches("www.").trim_matches('.');
    let proper = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    if bare.is_empty() || !bare.contains('.') || !bare.chars().all(proper) {
        return Err("a host is written as `example.com`".to_owned());
    }
    if bare == lower { Ok(lower) } else { Err(format!("write the host alone: `{bare}`")) }
}

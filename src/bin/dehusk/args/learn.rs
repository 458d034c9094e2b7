//! What can be typed about `learn`.

use std::path::PathBuf;

use super::InputKind;

const AFTER: &str = "\
Examples:
  dehusk learn evening-post.example saved/*.html               a rule file, on standard output
  dehusk learn evening-post.example saved/ -o rules/sites/evening-post.example.toml
  dehusk learn evening-post.example saved/ --update            what is new, as a difference to the file that is there

docs/learn.md tells how it works. Exit status: 0 learned; 1 learned, but see the warnings; 2 nothing was learned.";

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct LearnArgs {
    /// The host of the source, such as `golem.de`
    #[arg(value_name = "HOST", value_parser = super::samples::host)]
    pub(crate) host: String,
    /// Two or more of its pages: files, folders with all pages in them, JSON Lines with `url` and `html` or `text` (and
    /// `body`, where the true one is known), or - for standard input
    #[arg(required = true, value_name = "PAGE")]
    pub(crate) pages: Vec<PathBuf>,
    /// What the pages are; without it, the ending of the name and the content tell
    #[arg(long, value_name = "FORMAT")]
    pub(crate) input_format: Option<InputKind>,
    /// The true bodies, where they are known: a folder with a text file for each page, called after it (mill.txt or mill.md
    /// for mill.html), or JSON Lines with `id` and `body`
    #[arg(long, value_name = "PATH")]
    pub(crate) bodies: Option<PathBuf>,
    /// Print what is new as a difference to the rule file of the host instead; nothing is written
    #[arg(long, conflicts_with = "output")]
    pub(crate) update: bool,
    /// Write the rule file here; a file that is there stays as it is
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Judge pages by this model instead of the built-in one of its kind (see docs/model.md)
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
}

//! What can be typed.

mod audit;
mod clean;
mod evaluate;
mod learn;
mod samples;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use anyhow::{Context as _, anyhow, bail};
use clap::builder::{OsStringValueParser, PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use dehusk::category::Category;
use dehusk::corpus::containers::Kind;
use dehusk::generic::Generic;
use dehusk::generic::balance::Balance;
use dehusk::generic::model::Model;
use dehusk::page::InputFormat;
use dehusk::pipeline::Cleaner;
use dehusk::rules::library::{Library, LibraryError};
use url::Url;

pub(crate) use self::audit::{AuditArgs, AuditFormat};
pub(crate) use self::clean::{CleanArgs, Dedup, MOST_THREADS, RunArgs};
pub(crate) use self::evaluate::{EvaluateArgs, EvaluateFormat, LearnedFrom};
pub(crate) use self::learn::LearnArgs;
pub(crate) use self::samples::{Accept, NewArgs, ReportKind, TestArgs};
use crate::report;

/// Strips the boilerplate off scraped pages: only the article body stays, and every dropped block names the rule that
/// dropped it.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = AFTER_HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) rules: RulesArgs,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

const AFTER_HELP: &str = "\
Examples:
  dehusk clean page.html                         the article, as plain text
  curl -s URL | dehusk clean --url URL -         a page from the web
  dehusk clean pages/ -o out/ --format markdown  a folder, file by file
  dehusk explain page.html                       why a block was kept or dropped

Exit status: 0 fine; 1 done, but something needs attention; 2 could not run.";

/// Which rule files are used.
#[derive(Debug, clap::Args)]
pub(crate) struct RulesArgs {
    /// A folder of rule files that lies over the built-in ones; may be given several times, the last on top. `none`
    /// switches the files of all sources off
    #[arg(long, global = true, value_name = "DIR", display_order = 900, value_delimiter = LIST_DELIMITER)]
    #[arg(env = "DEHUSK_RULES", hide_env_values = true)]
    // An empty variable is as good as none.
    #[arg(value_parser = OsStringValueParser::new().map(PathBuf::from))]
    rules: Vec<PathBuf>,
    /// Leave out the packs that apply to every page
    #[arg(long, global = true, display_order = 901)]
    no_packs: bool,
}

/// Between the folders of `DEHUSK_RULES`, as in `PATH`.
const LIST_DELIMITER: char = if cfg!(windows) { ';' } else { ':' };

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Write the article body of each page
    Clean(CleanArgs),
    /// Show what became of every block of a page, and by which rule
    Explain(ExplainArgs),
    /// Clean the samples and compare with what is expected of them
    Test(TestArgs),
    /// Say over a batch of pages whether the rules still hold
    Audit(AuditArgs),
    /// Learn a rule file from several pages of one source
    Learn(LearnArgs),
    /// Score the cleaner on a corpus: pages whose true body is known
    Evaluate(EvaluateArgs),
    /// Look at rule files, and check them
    Rules(RulesVerbArgs),
    /// Print the completions of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print a manual page
    Man {
        /// The command that it is about, such as `clean` or `rules lint`; the whole program without one
        command: Vec<String>,
    },
}

/// How pages are read.
#[derive(Debug, clap::Args)]
pub(crate) struct InputArgs {
    /// Where the page was fetched: the best evidence of its source. For a single page
    #[arg(long, value_parser = address)]
    pub(crate) url: Option<String>,
    /// What the pages are; without it, the ending of the name and the content tell
    #[arg(long, value_name = "FORMAT")]
    pub(crate) input_format: Option<InputKind>,
}

/// What is dropped, over what rule files say.
#[derive(Debug, clap::Args)]
pub(crate) struct PolicyArgs {
    /// Keep what rules of this category would drop, such as `caption`; may be given several times
    #[arg(long, value_name = "CATEGORY", value_parser = categories())]
    pub(crate) keep: Vec<Category>,
    /// Drop this category even where a source's policy keeps it; may be given several times
    #[arg(long, value_name = "CATEGORY", value_parser = categories(), hide_possible_values = true)]
    pub(crate) drop: Vec<Category>,
    /// Leave pages without a rule file to the packs alone: no choice of the main content
    #[arg(long)]
    pub(crate) no_generic: bool,
    /// Rather lose some of the body than keep boilerplate, where the generic cleaner chooses
    #[arg(long, conflicts_with = "recall")]
    pub(crate) precision: bool,
    /// Rather keep some boilerplate than lose any of the body, where the generic cleaner chooses
    #[arg(long)]
    pub(crate) recall: bool,
    /// Judge pages by this model instead of the built-in one of its kind (see docs/model.md)
    #[arg(long, value_name = "FILE", conflicts_with = "no_generic")]
    pub(crate) model: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// The page, or - for standard input
    pub(crate) page: PathBuf,
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
    /// Show texts whole instead of how they begin
    #[arg(long)]
    pub(crate) full: bool,
    /// Show what the generic cleaner's model sees of this block instead, by its number; may be given several times
    #[arg(long, value_name = "BLOCK", conflicts_with_all = ["html", "full"])]
    pub(crate) features: Vec<NonZeroUsize>,
    /// Write a page to look at into this file instead (- for standard output)
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Overwrite that file if it is there already
    #[arg(long, requires = "html")]
    pub(crate) force: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct RulesVerbArgs {
    #[command(subcommand)]
    pub(crate) verb: RulesVerb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesVerb {
    /// Say what is wrong with rule files, and what is hardly meant
    Lint,
    /// Begin a rule file, and samples, from pages of a source that has none
    New(NewArgs),
    /// List the sources and the packs
    List,
    /// Print a rule file
    Show {
        /// A source or a pack, such as `golem.de`
        name: String,
    },
    /// Print the JSON Schema of rule files, for editors
    Schema {
        /// The reference for people instead, as Markdown
        #[arg(long)]
        markdown: bool,
    },
}

/// The kinds of input that can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputKind {
    /// HTML
    Html,
    /// Markdown
    #[value(alias = "md")]
    Markdown,
    /// Plain text; whether its lines are wrapped is guessed
    Text,
    /// Plain text with a block a line
    Lines,
    /// Plain text with paragraphs broken into lines
    Wrapped,
    /// MHTML, as browsers save pages
    Mhtml,
    /// JSON Lines: a record a page, with `id`, `url`, and `html`, `markdown` or `text`
    Jsonl,
    /// WARC, as crawlers write it; WET too
    Warc,
    /// A table with a row a page
    Parquet,
    /// A ZIP archive of pages
    Zip,
    /// A tar archive of pages
    Tar,
}

impl InputKind {
    /// What holds the pages, where it is no page itself.
    pub(crate) fn container(self) -> Option<Kind> {
        match self {
            Self::Html | Self::Markdown | Self::Text | Self::Lines | Self::Wrapped => None,
            Self::Mhtml => Some(Kind::Mhtml),
            Self::Jsonl => Some(Kind::JsonLines),
            Self::Warc => Some(Kind::Warc),
            Self::Parquet => Some(Kind::Parquet),
            Self::Zip => Some(Kind::Zip),
            Self::Tar => Some(Kind::Tar),
        }
    }

    /// Says no where a verb reads pages and records alone.
    pub(crate) fn refuse_archives(format: Option<Self>) -> anyhow::Result<()> {
        match format {
            Some(Self::Warc | Self::Parquet | Self::Zip | Self::Tar) => {
                bail!("archives and tables are read by `dehusk clean` alone; give pages or records")
            }
            _ => Ok(()),
        }
    }

    /// The format of a single page; `None` for what holds pages.
    pub(crate) fn page_format(self) -> Option<InputFormat> {
        match self {
            Self::Html => Some(InputFormat::Html),
            Self::Markdown => Some(InputFormat::Markdown),
            Self::Text => Some(InputFormat::Text),
            Self::Lines => Some(InputFormat::Lines),
            Self::Wrapped => Some(InputFormat::Wrapped),
            Self::Mhtml | Self::Jsonl | Self::Warc | Self::Parquet | Self::Zip | Self::Tar => None,
        }
    }
}

impl RulesArgs {
    /// The same with other folders.
    pub(crate) fn with_folders(&self, rules: Vec<PathBuf>) -> Self {
        Self { rules, no_packs: self.no_packs }
    }

    /// The folders as they were typed.
    pub(crate) fn folders(&self) -> &[PathBuf] {
        &self.rules
    }

    /// The library that these folders make.
    pub(crate) fn library(&self) -> anyhow::Result<Library> {
        let read = self.read()?;
        for path in read.iter().flat_map(Library::misplaced) {
            let path = path.display();
            report::warning(&format!("{path}: not read; put site files into `sites`, packs into `packs`, none deeper"));
        }
        read.map_err(|error| {
            report::plain(&format!("{}\n", error.render(report::coloured())));
            let why =
                if error.rules.0.is_empty() { "rule files cannot be read" } else { "there are mistakes in rule files" };
            anyhow!("nothing was done, since {why}; see above what to do")
        })
    }

    /// The same, with the mistakes in it left to the caller.
    pub(crate) fn read(&self) -> anyhow::Result<Result<Library, LibraryError>> {
        let packed = |library: Library| if self.no_packs { library.without_packs() } else { library };
        let folders: Vec<_> = self.rules.iter().filter(|path| !path.as_os_str().is_empty()).collect();
        match folders.as_slice() {
            [only] if only.as_os_str() == "none" => Ok(Ok(packed(Library::builtin().without_sites()))),
            all if all.iter().any(|path| path.as_os_str() == "none") => {
                bail!("`--rules none` switches the files of all sources off: leave the other folders out, or `none`")
            }
            all => Ok(Library::with_overlays(all).map(packed)),
        }
    }
}

/// An address on the web.
pub(crate) fn address(text: &str) -> Result<String, String> {
    match Url::parse(text.trim()) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(text.to_owned()),
        _ => Err("an address is written out, such as https://example.com/news/1".to_owned()),
    }
}

fn categories() -> impl TypedValueParser<Value = Category> {
    PossibleValuesParser::new(Category::ALL.map(Category::name)).try_map(|name| name.parse::<Category>())
}

impl PolicyArgs {
    /// A cleaner that does what the user wants.
    pub(crate) fn cleaner(&self, library: Library) -> anyhow::Result<Cleaner> {
        let cleaner = Cleaner::new(library).with_policies(self.policies()?);
        if self.no_generic {
            return Ok(cleaner.without_generic());
        }
        let balance = match (self.precision, self.recall) {
            (true, _) => Balance::Precision,
            (_, true) => Balance::Recall,
            _ => Balance::Even,
        };
        let generic = Generic::default().with_balance(balance);
        let Some(path) = &self.model else { return Ok(cleaner.with_generic(generic)) };
        let text = std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        let model = Model::parse(&text).with_context(|| path.display().to_string())?;
        Ok(cleaner.with_generic(generic.with_model(model)))
    }

    /// What the user wants done with whole categories.
    fn policies(&self) -> anyhow::Result<dehusk::strip::Policies> {
        use dehusk::rules::file::Policy;
        if let Some(both) = self.keep.iter().find(|category| self.drop.contains(category)) {
            return Err(anyhow!("--keep {both} and --drop {both} cannot both be meant"));
        }
        let keep = self.keep.iter().map(|category| (*category, Policy::Keep));
        Ok(keep.chain(self.drop.iter().map(|category| (*category, Policy::Drop))).collect())
    }
}

//! What a run is to do, found out before the first page is read: what the inputs are, and where results go.

use std::path::{Path, PathBuf};

use anyhow::bail;
use dehusk::corpus::containers::Kind;
use dehusk::corpus::inputs::{Input, InputError, Place as From, expand_all};
use dehusk::corpus::output;
use dehusk::render::{Extras, Format};
use dehusk::storage::WriteError;
use dehusk::table::fields::Fields;
use dehusk::table::{self, Compression};

use crate::args::{CleanArgs, Dedup, InputKind};

/// What a run is to do.
pub(super) struct Plan {
    pub(super) inputs: Vec<Result<Input, InputError>>,
    pub(super) to: Destination,
    pub(super) format: Format,
    pub(super) extras: Extras,
    pub(super) fields: Fields,
    pub(super) dedup: Dedup,
    /// Whether several results stand in one stream.
    pub(super) several: bool,
    /// Whether there are archives among the inputs.
    pub(super) holds_archive: bool,
    /// Whether there are records among the inputs.
    pub(super) of_records: bool,
}

/// Where results go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    Stdout,
    /// A file a page.
    Folder(PathBuf),
    /// A file for all.
    Table(PathBuf, table::Format),
}

impl Plan {
    pub(super) fn new(args: &CleanArgs) -> anyhow::Result<Self> {
        let mut inputs = expand_all(&args.paths);
        let to = Destination::new(args.output.as_deref());
        let named: Vec<Option<Kind>> = match args.input.input_format.and_then(InputKind::container) {
            Some(kind) => vec![Some(kind)],
            // By their names, so that a file that is missing changes nothing; and what folders hold.
            None => {
                args.paths.iter().map(|path| Kind::of_name(path)).chain(inputs.iter().flatten().map(kind_of)).collect()
            }
        };
        let holds = |kind: Kind| named.contains(&Some(kind));
        let of_records = [Kind::JsonLines, Kind::Warc, Kind::Parquet].into_iter().any(holds);
        let format = format(args, &to, of_records)?;
        let holds_archive = [Kind::Zip, Kind::Tar, Kind::Warc].into_iter().any(holds);
        let several = inputs.len() > 1 || holds_archive;
        if args.input.url.is_some() && (several || of_records) {
            bail!("--url is the address of one page, and there are several; give each its own with records (.jsonl)");
        }
        if of_records && matches!(to, Destination::Folder(_)) {
            bail!(
                "records have no names for files: write them into a table, such as -o pages.jsonl or -o pages.parquet"
            );
        }
        if args.front_matter && format != Format::Markdown {
            bail!("--front-matter goes with --format markdown; add that, or leave it out");
        }
        if args.aside.is_some() && args.aside == args.output {
            bail!("--aside is where --output writes already; name another place");
        }
        if let (Destination::Table(..), Some(aside)) = (&to, &args.aside)
            && matches!(table::Format::of(aside), Some(kind) if kind != table::Format::JsonLines(Compression::None))
        {
            bail!("what is left out of a table is written as JSON Lines, as they are: name --aside like low.jsonl");
        }
        if args.fields.is_some() && format != Format::JsonLines {
            bail!("--fields chooses what records have: add --format jsonl, or leave it out");
        }
        if let Destination::Folder(folder) = &to {
            for folder in [Some(folder), args.aside.as_ref()].into_iter().flatten() {
                inputs = output::without_results(inputs, &args.paths, folder)?;
                if inputs.is_empty() {
                    bail!("there are no pages besides those in the output folder {}", folder.display());
                }
            }
        }
        let is_parquet = matches!(to, Destination::Table(_, table::Format::Parquet));
        let fields = args.fields.clone().unwrap_or_else(|| if is_parquet { Fields::table() } else { Fields::all() });
        let dedup = args.run.dedup.unwrap_or(match format {
            Format::JsonLines => Dedup::Mark,
            _ => Dedup::Off,
        });
        let extras = Extras { title: args.with_title, front_matter: args.front_matter };
        Ok(Self { inputs, to, format, extras, fields, dedup, several, holds_archive, of_records })
    }

    /// That nothing is overwritten unasked: no file of a page, and none of these.
    pub(super) fn check_free(&self, args: &CleanArgs, files: &[&Path]) -> anyhow::Result<()> {
        if let Destination::Folder(folder) = &self.to {
            let pages = self.inputs.iter().flatten().filter(|input| kind_of(input).is_none_or(Kind::is_one_page));
            let pages: Vec<Input> = pages.cloned().collect();
            for folder in [Some(folder), args.aside.as_ref()].into_iter().flatten() {
                output::plan(&pages, folder, self.format.ending(), args.force)?;
            }
        }
        match files.iter().find(|path| !args.force && path.symlink_metadata().is_ok()) {
            Some(path) => Err(WriteError::Exists { path: path.to_path_buf() }.into()),
            None => Ok(()),
        }
    }

    /// The bytes of all inputs, where they are files.
    pub(super) fn bytes(&self) -> Option<u64> {
        let length = |input: &Input| match &input.place {
            From::File(path) => path.metadata().ok().filter(std::fs::Metadata::is_file).map(|file| file.len()),
            From::Stdin => None,
        };
        self.inputs.iter().flatten().map(length).sum()
    }

    /// Whether there may be several pages.
    pub(super) fn has_many(&self) -> bool {
        self.several || self.format == Format::JsonLines
    }
}

impl Destination {
    fn new(output: Option<&Path>) -> Self {
        let Some(path) = output else { return Self::Stdout };
        match table::Format::of(path) {
            Some(format) if !path.is_dir() => Self::Table(path.to_owned(), format),
            _ => Self::Folder(path.to_owned()),
        }
    }
}

/// What an input is, by its name.
fn kind_of(input: &Input) -> Option<Kind> {
    match &input.place {
        From::File(path) => Kind::of_name(path),
        From::Stdin => None,
    }
}

fn format(args: &CleanArgs, to: &Destination, of_records: bool) -> anyhow::Result<Format> {
    let asked = args.format.map(Format::from);
    let is_table = matches!(to, Destination::Table(..));
    match asked {
        None if of_records || is_table => Ok(Format::JsonLines),
        None => Ok(Format::Text),
        Some(format) if is_table && format != Format::JsonLines => {
            bail!("a table holds records: leave --format out, or name a folder")
        }
        Some(format) if of_records && format != Format::JsonLines => {
            bail!("records come out as records: give --format jsonl, or none")
        }
        Some(format) => Ok(format),
    }
}

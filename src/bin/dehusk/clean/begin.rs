//! Begins a run, or goes on with one that was stopped.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dehusk::corpus::summary::Summary;
use dehusk::corpus::unfinished::{ASIDE, BODIES, Before, Checkpoint, ERRORS, Frontier, ROWS, Workplace};
use dehusk::table::frames::{FrameWriter, Whole};
use dehusk::table::{Compression, Format};

use super::asked::asked;
use super::bodies::Bodies;
use super::collect::{Clock, Collector, Keeper};
use super::output::Place;
use super::plan::{Destination, Plan};
use super::progress::Progress;
use crate::args::{CleanArgs, Dedup, RulesArgs};

/// The files that a run leaves beside its results.
pub(super) struct Files {
    /// The list of failed pages; none where they are told in the place of their records.
    pub(super) errors: Option<PathBuf>,
    /// The list of pages that were left out, where results are a table.
    pub(super) aside: Option<PathBuf>,
}

/// A run that has begun.
pub(super) struct Begun {
    pub(super) collector: Collector,
    /// Whether all pages are done, and only the files wait to be moved to their places.
    pub(super) is_complete: bool,
}

impl Files {
    pub(super) fn new(plan: &Plan, args: &CleanArgs) -> Self {
        let usual = match &plan.to {
            Destination::Stdout => None,
            Destination::Folder(folder) => Some(folder.join("errors.jsonl")),
            Destination::Table(path, ..) => Some(errors_of(path)),
        };
        let is_table = matches!(plan.to, Destination::Table(..));
        Self { errors: args.run.errors.clone().or(usual), aside: args.aside.clone().filter(|_| is_table) }
    }
}

/// Begins a run; `None` if there is nothing left to do of one that is gone on with.
pub(super) fn begin(plan: &Plan, files: &Files, args: &CleanArgs, rules: &RulesArgs) -> anyhow::Result<Option<Begun>> {
    let table = match &plan.to {
        Destination::Table(path, ..) => Some(path.as_path()),
        Destination::Stdout | Destination::Folder(_) => None,
    };
    let reports = [&args.run.summary, &args.run.report].map(Option::as_deref);
    let written = [table, files.errors.as_deref(), files.aside.as_deref()].into_iter().chain(reports);
    let written: Vec<&Path> = written.flatten().collect();
    if !args.run.resume {
        plan.check_free(args, &written)?;
    }
    let (keeper, checkpoint) = keeper(plan, files, args, rules)?;
    let workplace = keeper.as_ref().map(|keeper| &keeper.workplace);
    if checkpoint.is_none() && args.run.resume {
        if table.is_some_and(Path::exists) {
            keeper.map_or(Ok(()), |keeper| keeper.workplace.leave())?;
            return Ok(None);
        }
        plan.check_free(args, &written)?;
    }
    let is_complete = checkpoint.as_ref().is_some_and(|checkpoint| checkpoint.is_complete);
    let far = checkpoint.as_ref();
    let Places { main, aside, errors } =
        if is_complete { Places::default() } else { Places::new(plan, files, args, workplace, far)? };
    let bodies = match plan.dedup {
        Dedup::Off => Bodies::off(),
        dedup => Bodies::within(args.run.dedup_memory, dedup == Dedup::Drop),
    };
    let bodies = match workplace {
        Some(workplace) if !is_complete => {
            bodies.with_journal(&workplace.file(BODIES), far.map_or(0, |far| far.bodies))?
        }
        _ => bodies,
    };
    let into_files = plan.to != Destination::Stdout;
    let shows = !args.run.quiet && plan.has_many() && Progress::is_seen(into_files);
    let progress = if shows { Progress::new(plan.bytes(), Arc::default()) } else { Progress::hidden() };
    let mut collector = Collector {
        main,
        aside,
        errors,
        bodies,
        frontier: far.map_or_else(Frontier::default, |far| Frontier::at(far.next, far.done, &far.beyond)),
        summary: checkpoint.as_ref().map_or_else(Summary::new, |checkpoint| checkpoint.summary.clone()),
        progress,
        tells: table.is_none(),
        format: plan.format,
        clock: Clock::after(checkpoint.as_ref().map_or(0.0, |checkpoint| checkpoint.seconds)),
        keeper,
    };
    if checkpoint.is_none() {
        // From now on it is known what run this was.
        collector.checkpoint(false)?;
    }
    Ok(Some(Begun { collector, is_complete }))
}

/// What keeps what a run needs to go on, where it writes files; and how far an earlier one came.
fn keeper(
    plan: &Plan,
    files: &Files,
    args: &CleanArgs,
    rules: &RulesArgs,
) -> anyhow::Result<(Option<Keeper>, Option<Checkpoint>)> {
    let place = match &plan.to {
        Destination::Table(path, ..) => Some(Workplace::of(path)),
        Destination::Folder(folder) => Some(Workplace::of(&folder.join(".dehusk"))),
        Destination::Stdout => files.errors.as_deref().map(Workplace::of),
    };
    let before = match plan.to {
        _ if args.run.resume => Before::GoOn,
        // What went to standard output is gone.
        Destination::Stdout => Before::GiveUp,
        _ if args.force => Before::GiveUp,
        _ => Before::Refuse,
    };
    let Some(place) = place else { return Ok((None, None)) };
    let asked = asked(plan, args, rules);
    let (workplace, checkpoint) = Workplace::open(&place, before, &asked)?;
    Ok((Some(Keeper::new(workplace, asked)), checkpoint))
}

/// Where what comes of pages is written.
#[derive(Default)]
struct Places {
    main: Option<Place>,
    aside: Option<Place>,
    errors: Option<FrameWriter>,
}

impl Places {
    /// Opens them, where an earlier run left off if there was one.
    fn new(
        plan: &Plan,
        files: &Files,
        args: &CleanArgs,
        workplace: Option<&Workplace>,
        far: Option<&Checkpoint>,
    ) -> anyhow::Result<Self> {
        let overwrites = args.force || args.run.resume;
        let lines = |name: &str, compression, whole: Option<Whole>| {
            let file = workplace.map(|workplace| workplace.file(name));
            file.map(|file| match whole {
                Some(whole) => FrameWriter::reopen(&file, compression, whole),
                None => FrameWriter::create(&file, compression),
            })
            .transpose()
        };
        let main = match &plan.to {
            Destination::Table(_, format) => {
                lines(ROWS, compression(*format), far.map(|far| far.rows))?.map(Place::Lines)
            }
            Destination::Folder(folder) => Some(Place::files(folder, plan.format.ending(), overwrites)),
            Destination::Stdout => Some(Place::stdout(plan.format, plan.several)),
        };
        let aside = match (&plan.to, &args.aside) {
            (_, None) => None,
            (Destination::Table(..), Some(_)) => {
                lines(ASIDE, Compression::None, far.map(|far| far.aside))?.map(Place::Lines)
            }
            (Destination::Folder(_), Some(path)) => Some(Place::files(path, plan.format.ending(), overwrites)),
            (Destination::Stdout, Some(path)) => Some(Place::file(path, args.force, plan.format, plan.several)?),
        };
        let errors = match &files.errors {
            Some(_) => lines(ERRORS, Compression::None, far.map(|far| far.errors))?,
            None => None,
        };
        Ok(Self { main, aside, errors })
    }
}

/// How the rows of a table are compressed while they grow: those of Parquet become columns at the end.
fn compression(format: Format) -> Compression {
    match format {
        Format::JsonLines(compression) => compression,
        Format::Parquet => Compression::Zstd,
    }
}

/// The list of failed pages of a table: `pages.jsonl.gz` has `pages.errors.jsonl`.
fn errors_of(table: &Path) -> PathBuf {
    let name = table.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = [".gz", ".zst"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    table.with_file_name(name).with_extension("errors.jsonl")
}

//! Takes what comes of each page: writes it where it belongs, counts it, and now and then writes down how far the run is.

use std::time::{Duration, Instant};

use dehusk::corpus::entry::{Failure, Stage};
use dehusk::corpus::jsonl::Id;
use dehusk::corpus::stream::Position;
use dehusk::corpus::summary::{self, Summary};
use dehusk::corpus::unfinished::{Checkpoint, Frontier, Workplace};
use dehusk::render::Format;
use dehusk::render::json::{self, FailedRecord};
use dehusk::table::frames::{FrameWriter, Whole};

use super::bodies::Bodies;
use super::job::{Cleaned, Outcome, Rendered, value};
use super::output::{Place, Unwritten};
use super::progress::Progress;
use super::tell;
use crate::report;

/// Writing down how far the run is may take so much of its time.
const CHECKPOINT_SHARE: f64 = 0.05;

/// No checkpoint follows another sooner.
const CHECKPOINT_GAP: Duration = Duration::from_millis(50);

/// So often is noted how the run goes on.
const SAMPLE_GAP: Duration = Duration::from_millis(250);

/// What becomes of results.
pub(super) struct Collector {
    /// None where all pages are done already.
    pub(super) main: Option<Place>,
    /// Where pages go that are left out.
    pub(super) aside: Option<Place>,
    /// The list of failed pages; without it they are told in the place of their records.
    pub(super) errors: Option<FrameWriter>,
    pub(super) bodies: Bodies,
    pub(super) frontier: Frontier,
    pub(super) summary: Summary,
    pub(super) progress: Progress,
    /// Whether pages are told of one by one.
    pub(super) tells: bool,
    pub(super) format: Format,
    pub(super) keeper: Option<Keeper>,
    pub(super) clock: Clock,
}

/// How long the run has taken.
pub(super) struct Clock {
    begun: Instant,
    /// What it took before it was stopped, in seconds.
    before: f64,
    sampled: Instant,
}

/// Keeps what a run that is stopped needs to go on.
pub(super) struct Keeper {
    pub(super) workplace: Workplace,
    pub(super) asked: String,
    last: Instant,
    cost: Duration,
}

impl Collector {
    /// Takes what came of an entry: its number over the whole run, and its position.
    pub(super) fn take(&mut self, number: u64, position: Position, outcome: Outcome) -> anyhow::Result<()> {
        let has_failed = match outcome {
            Outcome::Cleaned(cleaned) => self.cleaned(*cleaned)?,
            Outcome::Failed(failure) => {
                self.failed(failure)?;
                true
            }
            Outcome::PassedOver(why) => {
                self.summary.passed_over(why);
                false
            }
        };
        self.progress.step(has_failed);
        self.frontier.pass(number, position);
        if self.clock.is_due() {
            self.summary.at(self.clock.seconds(), memory());
        }
        self.checkpoint_when_due()
    }

    /// Writes a page; `true` if that failed.
    fn cleaned(&mut self, cleaned: Cleaned) -> anyhow::Result<bool> {
        if self.tells {
            self.progress.suspend(|| tell::page(&cleaned));
        }
        let Cleaned { id, place, relative, text, signature, left_out, facts, .. } = cleaned;
        let name = id.clone().unwrap_or_else(|| Id::Text(place.clone()));
        let earlier = if left_out.is_none() { self.bodies.look(signature, &name)? } else { None };
        let is_dropped = earlier.is_some() && self.bodies.drops;
        // A record that is written says it itself.
        let says_itself = !is_dropped && matches!(text, Rendered::Line(_));
        if let Some(earlier) = earlier.as_ref().filter(|_| self.tells && !says_itself) {
            self.progress.suspend(|| tell::duplicate(&place, earlier, is_dropped));
        }
        let text = match text {
            Rendered::Text(text) => text,
            Rendered::Line(mut line) => {
                if let Some(earlier) = &earlier {
                    line.set_duplicate_of(earlier);
                }
                line.into()
            }
        };
        let goes_to = match left_out {
            _ if is_dropped => None,
            Some(_) => self.aside.as_mut(),
            None => self.main.as_mut(),
        };
        let written = goes_to.map_or(Ok(()), |place_for| place_for.write(&place, relative.as_deref(), &text));
        match written {
            Err(Unwritten::All(error)) => return Err(error),
            Err(Unwritten::Page(reason)) => {
                self.failed(Failure { id, url: None, place, stage: Stage::Write, reason })?;
                return Ok(true);
            }
            Ok(()) => {}
        }
        let outcome = match (left_out, earlier) {
            (Some(_), _) => summary::Outcome::LeftOut,
            (_, None) => summary::Outcome::Written,
            (_, Some(_)) if is_dropped => summary::Outcome::Dropped,
            _ => summary::Outcome::Marked,
        };
        self.summary.add(&facts, outcome);
        Ok(false)
    }

    fn failed(&mut self, failure: Failure) -> anyhow::Result<()> {
        self.summary.failed(&failure);
        if self.tells {
            self.progress.suspend(|| report::error(&failure.to_string()));
        }
        if let Some(errors) = &mut self.errors {
            return Ok(errors.write_line(&json::line(&failure))?);
        }
        let Failure { id, url, place, stage, reason } = failure;
        let record =
            FailedRecord { id: value(id), url: url.as_deref(), place: &place, stage: stage.name(), error: reason };
        let text = match self.format {
            Format::Json => json::pretty(&record),
            Format::JsonLines => json::line(&record),
            Format::Text | Format::Markdown | Format::Html => return Ok(()),
        };
        match self.main.as_mut().map_or(Ok(()), |main| main.write(&place, None, &text)) {
            Err(Unwritten::All(error)) => Err(error),
            // Files are for pages.
            Err(Unwritten::Page(_)) | Ok(()) => Ok(()),
        }
    }

    /// Writes down how far the run is, where nothing is half written and enough time has gone by.
    fn checkpoint_when_due(&mut self) -> anyhow::Result<()> {
        let Some(keeper) = &self.keeper else { return Ok(()) };
        let gap = keeper.cost.div_f64(CHECKPOINT_SHARE).max(CHECKPOINT_GAP);
        let is_between_frames = |place: &Place| match place {
            Place::Lines(lines) => lines.is_between_frames(),
            Place::Files(_) | Place::Stream { .. } => true,
        };
        if keeper.last.elapsed() < gap || !self.main.iter().all(is_between_frames) {
            return Ok(());
        }
        self.checkpoint(false)
    }

    /// Ends what was begun: all pages are done.
    pub(super) fn finish(&mut self) -> anyhow::Result<()> {
        for place in [&mut self.main, &mut self.aside].into_iter().flatten() {
            place.finish()?;
        }
        if let Some(errors) = &mut self.errors {
            errors.finish()?;
        }
        self.checkpoint(true)
    }

    /// Writes down how far the run is.
    pub(super) fn checkpoint(&mut self, is_complete: bool) -> anyhow::Result<()> {
        let Some(keeper) = &mut self.keeper else { return Ok(()) };
        let begun = Instant::now();
        let whole = |lines: Option<&mut FrameWriter>| {
            lines.map_or(Ok(Whole::default()), |lines| lines.whole().and_then(|whole| lines.sync().map(|()| whole)))
        };
        let lines = |place: Option<&mut Place>| match place {
            Some(Place::Lines(lines)) => whole(Some(lines)),
            _ => whole(None),
        };
        let checkpoint = Checkpoint {
            asked: keeper.asked.clone(),
            next: self.frontier.next(),
            done: self.frontier.done(),
            beyond: self.frontier.beyond(),
            rows: lines(self.main.as_mut())?,
            errors: whole(self.errors.as_mut())?,
            aside: lines(self.aside.as_mut())?,
            bodies: self.bodies.sync()?,
            summary: self.summary.clone(),
            seconds: self.clock.seconds(),
            is_complete,
        };
        keeper.workplace.write(&checkpoint)?;
        keeper.cost = begun.elapsed();
        keeper.last = Instant::now();
        Ok(())
    }
}

impl Clock {
    pub(super) fn after(before: f64) -> Self {
        Self { begun: Instant::now(), before, sampled: Instant::now() }
    }

    /// Whether it is time for another sample of how the run goes on.
    fn is_due(&mut self) -> bool {
        let is_due = self.sampled.elapsed() >= SAMPLE_GAP;
        if is_due {
            self.sampled = Instant::now();
        }
        is_due
    }

    pub(super) fn seconds(&self) -> f64 {
        self.before + self.begun.elapsed().as_secs_f64()
    }
}

impl Keeper {
    pub(super) fn new(workplace: Workplace, asked: String) -> Self {
        Self { workplace, asked, last: Instant::now(), cost: Duration::ZERO }
    }
}

/// How much memory the program has now, in bytes, where the system tells.
pub(super) fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

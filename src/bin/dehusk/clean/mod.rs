//! `dehusk clean`: writes the article body of each page.
//!
//! Entries are drawn from the inputs in their order, cleaned on all cores ([`job`]), and collected by one thread, which
//! writes them ([`collect`], [`output`]). Where results go into files, that thread keeps a folder beside them from which a
//! run that was stopped goes on ([`asked`]: whether it is the same run).

mod asked;
mod begin;
mod bodies;
mod collect;
mod deliver;
mod job;
mod output;
mod plan;
mod progress;
mod tell;

use std::io;

use dehusk::corpus::entry::Entry;
use dehusk::corpus::run::{Order, in_that_order};
use dehusk::corpus::stream::{Position, Stream};

use self::begin::{Begun, Files, begin};
use self::collect::Collector;
use self::job::{Job, Outcome};
use self::plan::Plan;
use crate::args::{CleanArgs, RulesArgs};
use crate::exit::ExitStatus;
use crate::report;

/// Cleans all pages, and writes them where they go.
pub(crate) fn run(args: &CleanArgs, rules: &RulesArgs) -> anyhow::Result<ExitStatus> {
    let mut plan = Plan::new(args)?;
    let cleaner = args.policy.cleaner(rules.library()?)?.with_budget(args.run.budget());
    let job = Job::new(cleaner, &plan, args);
    let files = Files::new(&plan, args);
    let Some(Begun { mut collector, is_complete }) = begin(&plan, &files, args, rules)? else {
        report::warning("the results are there already, and whole: nothing is left to do");
        // The status of the run that wrote them: the list is there only if something failed.
        return Ok(ExitStatus::fine_if(!files.errors.is_some_and(|errors| errors.exists())));
    };
    if !is_complete {
        clean_all(&mut plan, args, &job, &mut collector)?;
        collector.finish()?;
    }
    deliver::deliver(&plan, &files, args, collector)
}

/// Draws all entries that are not done, cleans them, and has them collected.
fn clean_all(plan: &mut Plan, args: &CleanArgs, job: &Job, collector: &mut Collector) -> anyhow::Result<()> {
    let options = args.options(collector.progress.read());
    let before = collector.frontier.clone();
    let Position { input, entry } = before.next();
    let stream = Stream::new(std::mem::take(&mut plan.inputs), options).skip_to(input, entry);
    let entries = (before.done()..).zip(stream).filter(|(number, _)| !before.is_done(*number));
    let clean = |(number, (position, entry)): (u64, (Position, Entry))| (number, position, job.run(number, entry));
    let collect = |(number, position, outcome): (u64, Position, Outcome)| {
        collector.take(number, position, outcome).map_err(io::Error::other)
    };
    let order = if args.run.unordered { Order::Completion } else { Order::Items };
    Ok(in_that_order(order, entries, args.run.threads, clean, collect)?)
}

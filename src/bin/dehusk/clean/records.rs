//! Cleans records: JSON Lines in, JSON Lines out, in the same order and as they come.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use anyhow::bail;
use dehusk::corpus::jsonl::{Id, Record, RecordError, place, records};
use dehusk::corpus::run::in_order;
use dehusk::render::Format;
use serde_json::Value;

use super::output::{Output, Place};
use super::{Job, tell, tell_left_out};
use crate::args::{CleanArgs, address};
use crate::exit::ExitStatus;
use crate::report;

pub(super) fn clean(args: &CleanArgs, job: &Job) -> anyhow::Result<ExitStatus> {
    if job.format != Format::JsonLines {
        bail!("records come out as records: give --format jsonl, or none");
    }
    if args.output.is_some() || args.input.url.is_some() {
        bail!("records carry their own URL, and go to standard output: leave --output and --url out");
    }
    let (mut failures, mut left_out) = (0, 0);
    let aside = args.aside.as_ref().map(|path| Place::file(path, args.force, job.format, false));
    let mut output = Output::new(Place::stdout(job.format, false), aside.transpose()?);
    for path in &args.paths {
        let (name, reader) = match open(path) {
            Ok(opened) => opened,
            Err(problem) => {
                report::error(&format!("{}: {problem}", path.display()));
                failures += 1;
                continue;
            }
        };
        let work = |record: Result<Record, RecordError>| match record {
            Ok(Record { line, id, page, .. }) => {
                let place = format!("{name}: {}", place(line, id.as_ref()));
                let unusable = page.url.clone().filter(|url| address(url).is_err());
                (place, unusable, job.clean(&page, value(id)))
            }
            Err(error) => (name.clone(), None, job.failed(value(error.id.clone()), None, error.to_string())),
        };
        let cleaned = in_order(records(reader), args.threads, work, |(place, unusable, cleaned)| {
            if let Some(url) = unusable {
                report::warning(&format!("{place}: `{url}` is no address on the web, so it tells nothing of the page"));
            }
            tell(&place, &cleaned);
            failures += usize::from(cleaned.failure.is_some());
            left_out += usize::from(cleaned.left_out.is_some());
            // Not held back: who writes the records may wait for an answer.
            output.write(path, &cleaned).map_err(io::Error::other)
        });
        cleaned?;
    }
    output.finish()?;
    tell_left_out(left_out, args);
    Ok(ExitStatus::fine_if(failures == 0 && (left_out == 0 || args.aside.is_some())))
}

type Opened = (String, Box<dyn BufRead + Send>);

fn open(path: &Path) -> Result<Opened, String> {
    if path == Path::new("-") {
        return Ok(("standard input".to_owned(), Box::new(BufReader::new(io::stdin()))));
    }
    if path.is_dir() {
        return Err("a folder; name the files of records in it".to_owned());
    }
    match File::open(path) {
        Ok(file) => Ok((path.display().to_string(), Box::new(BufReader::new(file)))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err("no such file or folder".to_owned()),
        Err(error) => Err(format!("cannot be read: {error}")),
    }
}

fn value(id: Option<Id>) -> Value {
    serde_json::to_value(id).unwrap_or_default()
}

//! Reads pages from JSON Lines. Lines are cut in their order; a thread that has the time reads the record.

use std::iter;
use std::sync::Arc;

use super::{Bytes, Options, failure, too_large};
use crate::corpus::columns::Columns;
use crate::corpus::entry::{Entries, Entry, Failure, Named};
use crate::corpus::jsonl::{Line, Lines, RecordError, place};

pub(super) fn open(name: String, bytes: Bytes, options: &Options) -> Entries {
    let name: Arc<str> = name.into();
    let columns = Arc::new(options.columns.clone());
    let most = options.max_page_bytes;
    let mut lines = Lines::new(bytes);
    Box::new(iter::from_fn(move || {
        let (name, columns) = (Arc::clone(&name), Arc::clone(&columns));
        Some(match lines.next()? {
            Ok(line) => Entry::Page(Box::new(move || read(&line, &name, &columns, most))),
            Err(error) => Entry::Failed(failed(&name, error)),
        })
    }))
}

fn read(line: &Line, name: &str, columns: &Columns, most: usize) -> Result<Named, Failure> {
    let record = line.read(columns).map_err(|error| failed(name, error))?;
    let place = format!("{name}: {}", place(record.line, record.id.as_ref()));
    if record.page.content.size() > most {
        return Err(Failure { id: record.id, url: record.page.url, ..failure(place, too_large(most)) });
    }
    Ok(Named { id: record.id, place, relative: None, page: record.page })
}

fn failed(name: &str, error: RecordError) -> Failure {
    let place = format!("{name}: {}", place(error.line, error.id.as_ref()));
    Failure { id: error.id, ..failure(place, error.problem.to_string()) }
}

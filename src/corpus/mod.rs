//! Reads and writes many pages: files, archives and records in, folders or tables out, on all cores and in order.

pub mod columns;
pub mod containers;
pub mod duplicates;
pub mod entry;
pub mod inputs;
pub mod jsonl;
pub mod output;
pub mod report;
pub mod run;
pub mod stream;
pub mod summary;
pub mod unfinished;

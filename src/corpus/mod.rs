//! Reads and writes many pages: folders in, folders or JSON Lines out, on all cores and in order.

pub mod duplicates;
pub mod entry;
pub mod inputs;
pub mod jsonl;
pub mod output;
pub mod report;
pub mod run;
pub mod summary;

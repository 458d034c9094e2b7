//! Reads and writes many pages: folders in, folders or JSON Lines out, on all cores and in order.

pub mod columns;
pub mod containers;
pub mod entry;
pub mod inputs;
pub mod jsonl;
pub mod output;
pub mod run;
pub mod stream;

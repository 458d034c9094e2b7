//! Reads and writes many pages: folders in, folders or JSON Lines out, on all cores and in order.

pub mod jsonl;

pub mod run;

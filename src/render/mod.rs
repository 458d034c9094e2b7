//! Writes the blocks that were kept: one file a format.
//!
//! Each takes the kept blocks in reading order and leaves out those with nothing to show.

pub mod html;
mod inline;
pub mod markdown;
pub mod text;

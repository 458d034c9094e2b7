//! Tells near-duplicate bodies across a run: the same article under two addresses, from an agency, with another teaser.
//!
//! 1. [`Signature::of`]: a body becomes 64 bytes, on any thread. Its [`shingles`], three words each, are hashed once, and
//!    the least hash of each of 64 bins stands for the bin (one-permutation hashing: Li, Owen, Zhang 2012); an empty bin
//!    borrows from another that only its number decides (Shrivastava 2017). Eight bits of each are kept (Li, König 2010).
//!    The share of bins in which two signatures agree tells how alike the bodies are.
//! 2. [`Seen::look`](seen::Seen::look): which earlier page it is a near-duplicate of, if any. An [`index`] of 16 bands of four bins finds who may
//!    be alike (Leskovec, Rajaraman, Ullman, *Mining of Massive Datasets*, chapter 3); the signatures decide.
//! 3. [`journal`]: what is remembered, written down, so that a run that goes on after it was killed decides the same.
//!
//! The crates for this grow with the pages, or hash differently each time. Here memory is bounded and said beforehand: the
//! oldest pages are forgotten. And nothing is left to chance: the same pages in the same order give the same answer.

mod index;
pub mod journal;
pub mod seen;
mod shingles;
pub mod signature;

pub use seen::Seen;
pub use signature::Signature;

#[cfg(test)]
mod tests;

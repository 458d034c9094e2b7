//! Finds what a page says of itself beside its body: title, authors, date.

pub mod date;
pub mod declared;

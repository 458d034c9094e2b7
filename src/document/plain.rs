//! Reads plain text.

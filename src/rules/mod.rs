//! Rule files: as they are written ([`file`]), what is wrong with them ([`diagnostic`], [`lint`]), and what the engine
//! runs ([`source`]), kept in a [`library`].

pub mod file;
pub mod located;
pub mod pattern;
pub mod source;

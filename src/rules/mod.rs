//! Rule files: as they are written ([`file`](mod@file)), read ([`shape`]) and compiled ([`compile`](mod@compile)) to
//! what the engine runs ([`source`]), kept in a [`library`]; what is wrong with them ([`diagnostic`], [`lint`]) and what
//! may stand in them ([`reference`](mod@reference)).

pub mod compile;
pub mod diagnostic;
pub mod file;
pub mod library;
pub mod lint;
pub mod located;
pub(crate) mod nearest;
pub mod pattern;
pub mod reference;
pub mod selector;
pub mod shape;
pub mod source;

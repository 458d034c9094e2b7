//! Strips the boilerplate off scraped pages.

pub mod category;
pub mod corpus;
pub mod decode;
pub mod document;
pub mod generic;
pub mod kind;
pub mod ledger;
pub mod metadata;
pub mod page;
pub mod render;
pub mod rules;
pub mod strip;
pub mod text;

//! Strips the boilerplate off scraped pages.

pub mod category;
pub mod corpus;
pub mod decode;
pub mod document;
pub mod kind;
pub mod ledger;
pub mod metadata;
pub mod page;
pub mod rules;
pub mod text;

//! Strips the boilerplate off scraped pages.

pub mod category;
pub mod document;
pub mod ledger;
pub mod page;
pub mod render;
pub mod rules;
pub mod text;

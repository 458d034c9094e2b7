//! Strips the boilerplate off scraped pages.

pub mod article;
pub mod category;
pub mod corpus;
pub mod decode;
pub mod document;
pub mod error;
pub mod generic;
pub mod identify;
pub mod kind;
pub mod ledger;
pub mod metadata;
pub mod page;
pub mod pipeline;
pub mod render;
pub mod rules;
pub mod samples;
pub mod storage;
pub mod strip;
pub mod text;

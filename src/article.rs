//! Defines what cleaning a page yields: the article, with all that is known of how it came about.

use std::sync::Arc;

use serde::Serialize;

use crate::decode::{DecidedBy, Decoded};
use crate::document::{Block, Document};
pub use crate::flags::Flag;
use crate::identify::Identified;
use crate::ledger::Ledger;
use crate::metadata::Metadata;
use crate::page::InputFormat;

/// A cleaned page. Nothing of the page is gone: the ledger says of every block what became of it.
#[derive(Debug)]
pub struct Article {
    /// The page as blocks, boilerplate and all.
    pub document: Document,
    /// What became of each block.
    pub ledger: Ledger,
    /// Title, author, date, language.
    pub metadata: Metadata,
    /// Which source the page is of, and how that was told.
    pub source: Identified,
    /// What was read.
    pub format: InputFormat,
    /// The encoding it was in.
    pub encoding: Encoding,
    /// What a user should know before taking the body for an article.
    pub flags: Vec<Flag>,
    /// How likely the body is right, from 0 to 1.
    pub confidence: f64,
}

/// The encoding of a page, and what decided on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Encoding {
    /// Its name, as the Encoding Standard writes it.
    pub name: &'static str,
    /// What decided on it.
    pub by: DecidedBy,
    /// The declared encoding that the bytes contradict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overruled: Option<&'static str>,
    /// Some bytes mean nothing in it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub malformed: bool,
}

impl Article {
    /// The blocks of the body.
    pub fn body(&self) -> Vec<Block> {
        self.ledger.body(&self.document)
    }

    /// The id of the source, if one was told.
    pub fn source_id(&self) -> Option<&Arc<str>> {
        self.source.source.as_ref()
    }
}

impl From<&Decoded<'_>> for Encoding {
    fn from(decoded: &Decoded<'_>) -> Self {
        Self {
            name: decoded.encoding,
            by: decoded.decided_by,
            overruled: decoded.overruled,
            malformed: decoded.malformed,
        }
    }
}

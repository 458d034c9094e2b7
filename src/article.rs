//! Defines what cleaning a page yields: the article, with all that is known of how it came about.

use std::sync::Arc;

use serde::Serialize;

use crate::decode::{DecidedBy, Decoded};
use crate::document::{Block, Document};
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
    /// Where it was fetched, if that was given.
    pub url: Option<String>,
    /// What was read.
    pub format: InputFormat,
    /// The encoding it was in.
    pub encoding: Encoding,
    /// What a user should know before taking the body for an article.
    pub flags: Vec<Flag>,
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

/// What a user should know before taking the body for an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Flag {
    /// No rule file knows the source: the generic cleaner chose the main content.
    Generic,
    /// The body selectors of the source's rule file find nothing: the site was rebuilt, and the generic cleaner took
    /// over. Or none of its body anchors is on a flattened page: its rules were followed without them.
    StaleRules,
    /// Several sources claim the page equally well, and none got it.
    AmbiguousSource,
    /// Nothing is left of the page.
    Empty,
    /// The page holds a notice that only subscribers may read on: the body may be a stub.
    Paywall,
    /// A rule would have dropped too much, and was set aside; `page/hidden` is one where a page hides nearly all it has.
    RuleSetAside,
}

impl Flag {
    /// The name as records write it, such as `stale-rules`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Generic => "generic",
            Self::StaleRules => "stale-rules",
            Self::AmbiguousSource => "ambiguous-source",
            Self::Empty => "empty",
            Self::Paywall => "paywall",
            Self::RuleSetAside => "rule-set-aside",
        }
    }
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

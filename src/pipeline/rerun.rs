//! Judges a page that is read already once more: by other rules, or among other sources.
//!
//! What would come of a page if one rule were not there, and which source it would be told to be of without its URL,
//! takes neither reading nor parsing it again.

use super::{Cleaner, Verdicts};
use crate::article::Article;
use crate::flags::Flag;
use crate::generic::features::Known;
use crate::identify::{Identified, identify_without};
use crate::ledger::Ledger;
use crate::metadata::declared::{Declared, declared};
use crate::metadata::{Metadata, visible};
use crate::rules::source::Source;
use crate::strip::reading::Reading;

/// A cleaned page, ready to be judged again.
#[derive(Debug)]
pub struct Rerun<'a> {
    cleaner: &'a Cleaner,
    article: &'a Article,
    reading: Reading<'a>,
    declared: Declared,
}

/// What other rules make of a page.
#[derive(Debug)]
pub struct Judged {
    /// A verdict a block.
    pub ledger: Ledger,
    /// Title, author, date, language.
    pub metadata: Metadata,
    /// What a user should know of the result.
    pub flags: Vec<Flag>,
}

impl Cleaner {
    /// Makes a cleaned page ready to be judged again.
    pub fn rerun<'a>(&'a self, article: &'a Article) -> Rerun<'a> {
        let document = &article.document;
        let mut declared = document.tree.as_ref().map_or_else(Declared::default, declared);
        let reading = Reading::new(document);
        visible::complete(&mut declared, &reading, article.metadata.address.as_deref());
        Rerun { cleaner: self, article, reading, declared }
    }
}

impl Rerun<'_> {
    /// The page as rules read it.
    pub fn reading(&self) -> &Reading<'_> {
        &self.reading
    }

    /// What the page declares of itself.
    pub fn declared(&self) -> &Declared {
        &self.declared
    }

    /// What these rules make of the page; `None` are those of unknown sources.
    pub fn by(&self, source: Option<&Source>) -> Judged {
        self.judged(self.cleaner.verdicts(&self.reading, source, self.known()))
    }

    /// What would be made of the page, were it of an unknown source and these the packs that apply to every page.
    pub fn by_packs(&self, packs: &Source) -> Judged {
        self.judged(self.cleaner.verdicts_without_site(&self.reading, packs, false, self.known()))
    }

    pub(super) fn article(&self) -> &Article {
        self.article
    }

    pub(super) fn cleaner(&self) -> &Cleaner {
        self.cleaner
    }

    pub(super) fn known(&self) -> Known<'_> {
        Known { declared: &self.declared, url: self.article.metadata.address.as_deref() }
    }

    fn judged(&self, mut verdicts: Verdicts) -> Judged {
        let (flags, _) = self.cleaner.conclude(&self.reading, &self.article.source, &self.declared, &mut verdicts);
        Judged { ledger: verdicts.ledger, metadata: verdicts.metadata, flags }
    }

    /// Which source the page would be told to be of, had it this URL, or none, and were one source `absent`.
    pub fn source_without(&self, absent: Option<&str>, url: Option<&str>) -> Identified {
        identify_without(self.cleaner.library().identities(), absent, url, &self.declared, &self.reading)
    }
}

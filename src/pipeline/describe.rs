//! Shows pages as the model of the generic cleaner sees them: for training it, and for `explain`.

use super::rerun::Rerun;
use super::{Cleaner, Opened, checked, open};
use crate::budget::Watch;
use crate::decode::decode;
use crate::document::Document;
use crate::error::PageError;
use crate::flags::Flag;
use crate::generic::features::{Described, Known, Sheet};
use crate::metadata::declared::{Declared, declared};
use crate::metadata::visible;
use crate::page::Page;
use crate::strip::reading::Reading;
use crate::strip::scan::Scan;
use crate::strip::strip_for_generic;

impl Cleaner {
    /// The page, the blocks of it that packs leave to the model (as if no rule file knew the page), and these in numbers.
    pub fn describe(&self, page: &Page<'_>) -> Result<(Document, Vec<usize>, Sheet), PageError> {
        let decoded = decode(checked(page, self.budget)?);
        let Opened { document, .. } = open(page, &decoded.text, Watch::NEVER)?;
        let mut declared = document.tree.as_ref().map_or_else(Declared::default, declared);
        let reading = Reading::new(&document);
        visible::complete(&mut declared, &reading, page.url.as_deref());
        let packs = self.library.shared();
        let scan = Scan::new(&reading, &packs);
        let verdicts = strip_for_generic(&scan, &packs, &self.policies).ledger.verdicts;
        let known = Known { declared: &declared, url: page.url.as_deref() };
        let described = Described::new(&reading, &verdicts, known);
        let blocks = described.blocks().to_vec();
        let sheet = described.sheet(0..blocks.len());
        drop(described);
        drop(scan);
        drop(reading);
        Ok((document, blocks, sheet))
    }
}

impl Rerun<'_> {
    /// Blocks in numbers, as the generic cleaner saw them: for each a sheet with one row, or `None` where it did not judge
    /// the block.
    pub fn features(&self, blocks: &[usize]) -> Vec<Option<Sheet>> {
        let (article, cleaner) = (self.article(), self.cleaner());
        let is_stale = article.flags.contains(&Flag::StaleRules) && self.reading().document().tree.is_some();
        let source = article.source_id().filter(|_| !is_stale).and_then(|id| cleaner.library.source(id));
        let verdicts = if let Some(source) = source {
            cleaner.left_by_rules(self.reading(), &source, &article.ledger.verdicts)
        } else {
            let packs = cleaner.library.shared();
            strip_for_generic(&Scan::new(self.reading(), &packs), &packs, &cleaner.policies).ledger.verdicts
        };
        let described = Described::new(self.reading(), &verdicts, self.known());
        let row = |block: &usize| described.blocks().binary_search(block).ok();
        let was_judged = |block: &&usize| self.article().ledger.score(**block).is_some();
        let sheet = |block| Some(block).filter(was_judged).and_then(row).map(|row| described.sheet(row..row + 1));
        blocks.iter().map(sheet).collect()
    }
}

//! Shows pages as the model of the generic cleaner sees them: for training it, and for `explain`.

use super::{Cleaner, checked, read, read_by_looks};
use crate::decode::decode;
use crate::document::{Document, markdown};
use crate::error::PageError;
use crate::generic::features::{Described, Known, Sheet};
use crate::kind::kind_of;
use crate::metadata::declared::{Declared, declared};
use crate::metadata::visible;
use crate::page::Page;
use crate::strip::reading::Reading;
use crate::strip::scan::Scan;
use crate::strip::strip_for_generic;

impl Cleaner {
    /// The page, the blocks of it that packs leave to the model (as if no rule file knew the page), and these in numbers.
    pub fn describe(&self, page: &Page<'_>) -> Result<(Document, Vec<usize>, Sheet), PageError> {
        let decoded = decode(checked(page)?);
        let format = kind_of(page, &decoded.text, markdown::looks_like_markdown)?;
        let said = kind_of(page, "", |_| false) == Ok(format);
        let document = if said { read(&decoded.text, format)? } else { read_by_looks(&decoded.text, format)? };
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

//! Describes the blocks of a page in numbers: what the model judges by.
//!
//! Each block that packs left is a row of the [`Sheet`]. What is said of it: its own text ([`prose`], [`own`]), its
//! [`neighbours`], the running text around it ([`regions`]), the blocks that look like it ([`alike`]), the elements around
//! it ([`around`], [`places`]) and what they are called ([`hints`]), the [`page`] as a whole, and what speaks for its kind
//! ([`kinds`]). Of flattened text, what is about elements is 0.
//!
//! No number needs spaces between words or capital letters.

mod alike;
mod around;
mod blocks;
mod feature;
mod groups;
pub(super) mod hints;
mod kinds;
mod neighbours;
mod own;
mod page;
mod places;
mod prose;
mod regions;
mod sheet;

use std::ops::Range;

use self::alike::Alike;
use self::around::Around;
use self::blocks::Blocks;
pub(super) use self::blocks::CAPTION;
pub use self::feature::Feature;
pub use self::groups::grouped;
use self::own::Own;
use self::regions::Regions;
use self::sheet::OfPage;
pub use self::sheet::{Column, STRIP, Sheet};
use crate::ledger::Verdict;
use crate::metadata::declared::Declared;
use crate::strip::reading::Reading;

/// What is known of a page beside its blocks.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// What the page declares of itself.
    pub declared: &'a Declared,
    /// Where it was fetched.
    pub url: Option<&'a str>,
}

/// The blocks of a page, ready to be described.
pub struct Described<'r> {
    blocks: Blocks<'r>,
    own: Own<'r>,
    around: Option<Around<'r>>,
    alike: Alike,
    regions: Regions,
    page: OfPage,
}

impl<'r> Described<'r> {
    /// Looks at the blocks that have been kept so far, and at others that may be judged.
    pub fn new(reading: &'r Reading<'_>, verdicts: &[Verdict], known: Known<'_>) -> Self {
        let blocks = Blocks::new(reading, verdicts);
        let own = Own::new(&blocks, reading, known.declared);
        let tree = reading.document().tree.as_ref();
        let around = tree.map(|tree| Around::new(tree, &blocks));
        let alike = match &around {
            Some(around) => Alike::new(around.looks(), &blocks),
            None => {
                Alike::new(blocks.rows.iter().map(|&index| blocks::kind(&blocks.all[index]).to_bits().into()), &blocks)
            }
        };
        let regions = Regions::new(&blocks);
        let mut page = OfPage::new();
        page::fill(&mut page, &blocks);
        alike.fill_page(&mut page, &blocks);
        regions.fill_page(&mut page);
        if let Some(around) = &around {
            around.fill_page(&mut page, &blocks);
        }
        let declared = known.declared;
        let address = declared.canonical.as_deref().or(declared.og_url.as_deref()).or(known.url);
        kinds::fill(&mut page, tree, address);
        Self { blocks, own, around, alike, regions, page }
    }

    /// The index of the block of each row.
    pub fn blocks(&self) -> &[usize] {
        &self.blocks.rows
    }

    /// How long the text of each row is.
    pub fn lengths(&self) -> Vec<f32> {
        self.blocks.measured.iter().map(|measured| measured.prose.length as f32).collect()
    }

    /// The numbers of some rows.
    pub fn sheet(&self, rows: Range<usize>) -> Sheet {
        let mut sheet = Sheet::new(rows, &self.page);
        self.own.fill(&mut sheet, &self.blocks);
        neighbours::fill(&mut sheet, &self.blocks);
        self.alike.fill(&mut sheet, &self.blocks);
        self.regions.fill(&mut sheet, &self.blocks);
        if let Some(around) = &self.around {
            around.fill(&mut sheet, &self.blocks);
        }
        sheet
    }
}

//! Defines a page as rules read it: the normalised text and the weight of every block that a reader sees.

use crate::budget::Watch;
use crate::document::Document;
use crate::document::html::Extent;
use crate::text::{Normalised, weight};

/// A document with the normalised text of its blocks, made once for all rules.
#[derive(Debug)]
pub struct Reading<'d> {
    document: &'d Document,
    /// For each block; `None` where no reader sees a text.
    texts: Vec<Option<Normalised<'d>>>,
    weights: Vec<usize>,
    watch: Watch,
}

/// The blocks that rules look at: of the body where one was selected, else of the page.
#[derive(Debug)]
pub struct Window {
    /// Indices of blocks with visible text, in reading order.
    pub members: Vec<usize>,
    /// For each member, the weight of those before it.
    pub before: Vec<usize>,
    /// The weight of all members.
    pub total: usize,
    /// For each block of the document, whether it lies in the window; blocks without visible text may, too.
    pub contains: Vec<bool>,
}

impl Window {
    /// Where a block stands among the members.
    pub fn position(&self, block: usize) -> Option<usize> {
        self.members.binary_search(&block).ok()
    }

    /// Whether any block of an extent lies in the window.
    pub(crate) fn reaches(&self, extent: Extent) -> bool {
        let behind = (extent.end.block + 1).min(self.contains.len());
        self.contains.get(extent.start.block..behind).is_some_and(|blocks| blocks.contains(&true))
    }
}

impl<'d> Reading<'d> {
    /// Reads a document.
    pub fn new(document: &'d Document) -> Self {
        Self::within(document, Watch::NEVER)
    }

    /// Reads a document of a page that may take so long: who looks at what was read may end early when the time is up.
    pub fn within(document: &'d Document, watch: Watch) -> Self {
        let texts: Vec<_> =
            document.blocks.iter().map(|block| block.has_visible_text().then(|| Normalised::of(&block.text))).collect();
        let weights =
            document.blocks.iter().zip(&texts).map(|(block, text)| text.as_ref().map_or(0, |_| weight(&block.text)));
        Self { document, weights: weights.collect(), texts, watch }
    }

    /// What is read.
    pub fn document(&self) -> &'d Document {
        self.document
    }

    /// When the time of the page is up.
    pub fn watch(&self) -> Watch {
        self.watch
    }

    /// The normalised text of a block; `None` where no reader sees one.
    pub fn text(&self, block: usize) -> Option<&Normalised<'d>> {
        self.texts.get(block)?.as_ref()
    }

    /// The weight of a block: its characters that are not white space, 0 where no reader sees it.
    pub fn weight(&self, block: usize) -> usize {
        self.weights.get(block).copied().unwrap_or(0)
    }

    /// The blocks with visible text: index and normalised text.
    pub fn seen(&self) -> impl Iterator<Item = (usize, &str)> {
        self.texts.iter().enumerate().filter_map(|(index, text)| Some((index, text.as_ref()?.as_str())))
    }

    /// The blocks with visible text from one on: index and normalised text.
    pub(crate) fn seen_from(&self, first: usize) -> impl Iterator<Item = (usize, &str)> {
        let texts = self.texts.iter().enumerate().skip(first);
        texts.filter_map(|(index, text)| Some((index, text.as_ref()?.as_str())))
    }

    /// The window of those blocks that `contains` holds.
    pub fn window(&self, contains: Vec<bool>) -> Window {
        let mut total = 0;
        let (mut members, mut before) = (Vec::new(), Vec::new());
        for (index, _) in self.seen().filter(|(index, _)| contains[*index]) {
            members.push(index);
            before.push(total);
            total += self.weight(index);
        }
        Window { members, before, total, contains }
    }

    /// The window of the whole page.
    pub fn page(&self) -> Window {
        self.window(vec![true; self.document.blocks.len()])
    }
}

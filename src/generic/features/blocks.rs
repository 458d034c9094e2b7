//! Measures the blocks of a page, and sums them up so that any run of them is known at once.

use std::ops::Range;

use super::prose::Prose;
use crate::category::Category;
use crate::document::{Block, BlockKind, Style, Unseen};
use crate::ledger::Verdict;
use crate::strip::reading::Reading;

/// What is known of a block by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured {
    pub(super) prose: Prose,
    pub(super) link_share: f32,
    pub(super) links: u32,
    pub(super) emphasis: f32,
    pub(super) is_running: bool,
    pub(super) standing: Standing,
}

impl Measured {
    fn of(block: &Block, standing: Standing) -> Self {
        let prose = Prose::of(&block.text);
        let (mut linked, mut stressed) = (0, 0);
        let mut links = 0;
        for mark in &block.marks {
            match &mark.style {
                Style::Link { .. } => {
                    links += 1;
                    linked += mark.range.len();
                }
                Style::Emphasis | Style::Strong => stressed += mark.range.len(),
                Style::Image { .. } | Style::Code => {}
            }
        }
        let share = |part: usize| (part as f32 / block.text.len().max(1) as f32).min(1.0);
        let link_share = share(linked);
        let is_running =
            prose.is_running(link_share) && !matches!(block.kind, BlockKind::Code | BlockKind::Heading { .. });
        Self { prose, link_share, links, emphasis: share(stressed), is_running, standing }
    }
}

/// The number of captions among the kinds of blocks.
pub(in crate::generic) const CAPTION: f32 = 8.0;

/// The kind of a block as a number.
pub(super) fn kind(block: &Block) -> f32 {
    match block.kind {
        BlockKind::Paragraph => 0.0,
        BlockKind::Quote => 1.0,
        BlockKind::Heading { .. } => 2.0,
        BlockKind::ListItem { .. } => 3.0,
        BlockKind::Term => 4.0,
        BlockKind::Definition => 5.0,
        BlockKind::Code => 6.0,
        BlockKind::TableRow { .. } => 7.0,
        BlockKind::Caption => CAPTION,
    }
}

/// The level of a heading, the depth of an item.
pub(super) fn level(block: &Block) -> f32 {
    match block.kind {
        BlockKind::Heading { level } => f32::from(level),
        BlockKind::ListItem { depth, .. } => f32::from(depth),
        BlockKind::TableRow { header } => f32::from(u8::from(header)),
        _ => 0.0,
    }
}

/// Why the model has a say in what becomes of a block, if it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Packs have left it.
    Open,
    /// Packs take it for a comment. The posts of a forum look like comments, and are what its pages are about.
    Comment,
    /// It is hidden until a reader unfolds it, as are many answers, details and tabs; and many menus.
    Hidden,
}

impl Standing {
    fn of(block: &Block, verdict: Option<&Verdict>) -> Option<Self> {
        let verdict = verdict?;
        match verdict {
            Verdict::Kept if block.has_visible_text() => Some(Self::Open),
            Verdict::Dropped(cause) if cause.category == Category::Comments => Some(Self::Comment),
            _ if block.unseen == Some(Unseen::Hidden) && block.text.len() >= LEAST_HIDDEN => Some(Self::Hidden),
            _ => None,
        }
    }
}

/// Shorter texts that are hidden are not looked at, in bytes: nearly all are parts of menus.
const LEAST_HIDDEN: usize = 30;

/// Hidden text with a larger share of links is not looked at either.
const MOST_HIDDEN_LINKS: f32 = 0.5;

/// The sums over a run of blocks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    /// Blocks that a reader sees and no pack dropped, but as comments: all below is about these, but `dropped`.
    pub(super) blocks: f32,
    pub(super) length: f32,
    pub(super) linked: f32,
    pub(super) sentences: f32,
    pub(super) running: f32,
    /// The length of what packs dropped, and of how many blocks.
    pub(super) dropped: f32,
    pub(super) gaps: f32,
}

impl Sums {
    pub(super) fn add(&mut self, measured: &Measured) {
        let length = measured.prose.length as f32;
        self.blocks += 1.0;
        self.length += length;
        self.linked += length * measured.link_share;
        self.sentences += measured.prose.sentences as f32;
        self.running += if measured.is_running { length } else { 0.0 };
    }

    fn and(self, other: Self, sign: f32) -> Self {
        Self {
            blocks: self.blocks + sign * other.blocks,
            length: self.length + sign * other.length,
            linked: self.linked + sign * other.linked,
            sentences: self.sentences + sign * other.sentences,
            running: self.running + sign * other.running,
            dropped: self.dropped + sign * other.dropped,
            gaps: self.gaps + sign * other.gaps,
        }
    }

    pub(super) fn mean_length(self) -> f32 {
        self.length / self.blocks.max(1.0)
    }

    pub(super) fn link_share(self) -> f32 {
        share(self.linked, self.length)
    }

    pub(super) fn mean_sentences(self) -> f32 {
        self.sentences / self.blocks.max(1.0)
    }
}

/// A part of a whole; 0 of nothing.
pub(super) fn share(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// The blocks of a page that the model judges: those that are left when packs have dropped theirs.
pub(super) struct Blocks<'r> {
    pub(super) all: &'r [Block],
    /// The index of each, in reading order: a row of the sheet.
    pub(super) rows: Vec<usize>,
    /// For each row.
    pub(super) measured: Vec<Measured>,
    /// For each block of the document and the end: the sums of those before it.
    before: Vec<Sums>,
    /// For each block of the document: the number of rows before it.
    rows_before: Vec<u32>,
}

impl<'r> Blocks<'r> {
    pub(super) fn new(reading: &'r Reading<'_>, verdicts: &[Verdict]) -> Self {
        let all = &reading.document().blocks;
        let mut blocks = Self {
            all,
            rows: Vec::new(),
            measured: Vec::new(),
            before: Vec::with_capacity(all.len() + 1),
            rows_before: Vec::with_capacity(all.len() + 1),
        };
        let mut sums = Sums::default();
        for (index, block) in all.iter().enumerate() {
            blocks.before.push(sums);
            blocks.rows_before.push(u32::try_from(blocks.rows.len()).unwrap_or(u32::MAX));
            let Some(standing) = Standing::of(block, verdicts.get(index)) else {
                if block.has_visible_text() {
                    sums.dropped += reading.weight(index) as f32;
                    sums.gaps += 1.0;
                }
                continue;
            };
            let measured = Measured::of(block, standing);
            if standing != Standing::Hidden {
                sums.add(&measured);
            } else if measured.link_share > MOST_HIDDEN_LINKS {
                continue;
            }
            blocks.rows.push(index);
            blocks.measured.push(measured);
        }
        blocks.before.push(sums);
        blocks.rows_before.push(u32::try_from(blocks.rows.len()).unwrap_or(u32::MAX));
        blocks
    }

    /// The sums over blocks of the document.
    pub(super) fn sums(&self, blocks: Range<usize>) -> Sums {
        let last = self.before.len() - 1;
        self.before[blocks.end.min(last)].and(self.before[blocks.start.min(last)], -1.0)
    }

    /// The sums over rows.
    pub(super) fn sums_of_rows(&self, rows: Range<usize>) -> Sums {
        let block = |row: usize| self.rows.get(row).copied().unwrap_or(self.all.len());
        self.sums(block(rows.start)..block(rows.end))
    }

    /// The sums over the page.
    pub(super) fn page(&self) -> Sums {
        self.before.last().copied().unwrap_or_default()
    }

    /// How many rows stand before a block of the document.
    pub(super) fn row_at(&self, block: usize) -> usize {
        self.rows_before[block.min(self.rows_before.len() - 1)] as usize
    }
}

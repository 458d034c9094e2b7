//! Describes the elements around each block: what they are called, and how much of the page they hold.

use std::ops::Range;

use super::blocks::{Blocks, Sums, share};
use super::feature::Feature;
use super::hints::{FIRST, Hint};
use super::places::Places;
use super::sheet::{OfPage, Sheet};
use crate::document::Place;
use crate::document::html::Tree;

/// The elements around the blocks of a page.
pub(super) struct Around<'t> {
    places: Places<'t>,
    /// For each row, the number of its place.
    rows: Vec<u32>,
    /// The smallest elements that hold half, most and nearly all of the running text: their rows.
    mains: [Range<usize>; 3],
    /// How much of the text the second of these holds.
    most_share: f32,
}

/// How much of the running text they hold at least.
const MAINS: [(Feature, f32); 3] = [(Feature::InHalf, 0.5), (Feature::InMost, 0.8), (Feature::InNearlyAll, 0.95)];

/// The columns of the three containers around a block.
const CONTAINERS: [[Feature; 8]; 3] = [
    [
        Feature::Share1,
        Feature::Prose1,
        Feature::Links1,
        Feature::Length1,
        Feature::Sentences1,
        Feature::Blocks1,
        Feature::Dropped1,
        Feature::Before1,
    ],
    [
        Feature::Share2,
        Feature::Prose2,
        Feature::Links2,
        Feature::Length2,
        Feature::Sentences2,
        Feature::Blocks2,
        Feature::Dropped2,
        Feature::Before2,
    ],
    [
        Feature::Share3,
        Feature::Prose3,
        Feature::Links3,
        Feature::Length3,
        Feature::Sentences3,
        Feature::Blocks3,
        Feature::Dropped3,
        Feature::Before3,
    ],
];

impl<'t> Around<'t> {
    pub(super) fn new(tree: &'t Tree, blocks: &Blocks<'_>) -> Self {
        let mut places = Places::new(tree, blocks);
        let rows = blocks.rows.iter().map(|&index| match blocks.all[index].place {
            Place::Node(node) => places.of(node, blocks),
            Place::Text { .. } => 0,
        });
        let rows = rows.collect();
        let mut around = Self { places, rows, mains: [0..0, 0..0, 0..0], most_share: 0.0 };
        around.find_mains(blocks);
        around
    }

    /// For each row, what blocks that look alike have in common.
    pub(super) fn looks(&self) -> impl Iterator<Item = u64> {
        self.rows.iter().map(|place| self.places.all[*place as usize].look)
    }

    /// Climbs from the longest paragraph.
    fn find_mains(&mut self, blocks: &Blocks<'_>) {
        let running =
            |row: &usize| if blocks.measured[*row].is_running { blocks.measured[*row].prose.length } else { 0 };
        let longest = (0..self.rows.len()).max_by_key(|row| (running(row), std::cmp::Reverse(*row)));
        let Some(mut place) = longest.map(|row| self.rows[row] as usize) else { return };
        let (all, page) = (&self.places.all, blocks.page());
        for (main, (feature, least)) in self.mains.iter_mut().zip(MAINS) {
            let held = |place: usize| blocks.sums(all[place].blocks());
            while place > 0 && share(held(place).running, page.running) < least {
                place = all[place].parent as usize;
            }
            let range = all[place].blocks();
            *main = blocks.row_at(range.start)..blocks.row_at(range.end);
            if feature == Feature::InMost {
                self.most_share = share(held(place).length, page.length);
            }
        }
    }

    pub(super) fn fill(&self, sheet: &mut Sheet, blocks: &Blocks<'_>) {
        let page = blocks.page();
        for row in sheet.rows() {
            let number = self.rows[row] as usize;
            let place = &self.places.all[number];
            sheet.set(Feature::Depth, row, f32::from(place.depth));
            sheet.set(Feature::Element, row, f32::from(place.element));
            sheet.set(Feature::Parent, row, f32::from(self.places.all[place.parent as usize].element));
            sheet.set(Feature::ToArticle, row, f32::from(place.to_article));
            let article = self.places.all.get(place.article as usize);
            let article = article.map_or(Sums::default(), |article| blocks.sums(article.blocks()));
            sheet.set(Feature::ArticleProse, row, share(article.running, page.running));
            for (hint, distance) in place.hints.iter().enumerate() {
                sheet.set(Feature::ALL[FIRST + hint], row, f32::from(*distance));
            }
            for (container, features) in self.places.containers(number, blocks).into_iter().zip(CONTAINERS) {
                let range = self.places.all[container].blocks();
                let before = blocks.sums(range.start..blocks.rows[row].max(range.start));
                let sums = blocks.sums(range);
                let values = [
                    share(sums.length, page.length),
                    share(sums.running, page.running),
                    sums.link_share(),
                    sums.mean_length(),
                    sums.mean_sentences(),
                    sums.blocks,
                    share(sums.dropped, sums.dropped + sums.length),
                    share(before.length, sums.length),
                ];
                for (feature, value) in features.into_iter().zip(values) {
                    sheet.set(feature, row, value);
                }
            }
            for (main, (feature, _)) in self.mains.iter().zip(MAINS) {
                sheet.set(feature, row, f32::from(u8::from(main.contains(&row))));
            }
            let most = &self.mains[1];
            let outside = if row < most.start {
                row as f32 - most.start as f32
            } else {
                (row + 1).saturating_sub(most.end) as f32
            };
            sheet.set(Feature::FromMost, row, outside);
        }
    }

    pub(super) fn fill_page(&self, page: &mut OfPage, blocks: &Blocks<'_>) {
        let length = blocks.page().length;
        for (feature, hint) in [
            (Feature::PagePosts, Hint::Post),
            (Feature::PageComments, Hint::Comment),
            (Feature::PageProducts, Hint::Product),
            (Feature::PageDocumentation, Hint::Documentation),
            (Feature::PageCards, Hint::Card),
        ] {
            page.set(feature, share(self.places.hinted[hint as usize], length));
        }
        page.set(Feature::PageArticles, share(self.places.in_articles, length));
        page.set(Feature::PageArticleCount, self.places.articles);
        page.set(Feature::MostShare, self.most_share);
    }
}

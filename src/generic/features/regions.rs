//! Describes where the running text of the page is: of flattened text nothing else tells where the article is.
//!
//! A region is a run of paragraphs with few other blocks between any two. The article is mostly the largest.

use std::ops::Range;

use super::blocks::{Blocks, share};
use super::feature::Feature;
use super::sheet::{OfPage, Sheet};

/// So many other blocks may stand between two paragraphs of a region: strictly, and loosely.
const GAPS: [usize; 2] = [2, 7];

/// No paragraph on this side.
const NONE: f32 = 200.0;

/// The regions of a page.
pub(super) struct Regions {
    /// The rows of paragraphs.
    paragraphs: Vec<u32>,
    /// For each of the gaps.
    split: [Split; 2],
}

struct Split {
    /// The rows of each region, in order, and its share of the running text.
    regions: Vec<(Range<usize>, f32)>,
    /// The number of the largest, the first of these.
    largest: usize,
}

impl Regions {
    pub(super) fn new(blocks: &Blocks<'_>) -> Self {
        let is_running = |row: &usize| blocks.measured[*row].is_running;
        let paragraphs: Vec<usize> = (0..blocks.rows.len()).filter(is_running).collect();
        let split = GAPS.map(|gap| Split::new(&paragraphs, gap, blocks));
        Self { paragraphs: paragraphs.into_iter().filter_map(|row| u32::try_from(row).ok()).collect(), split }
    }

    pub(super) fn fill(&self, sheet: &mut Sheet, blocks: &Blocks<'_>) {
        for row in sheet.rows() {
            for (range, feature) in [
                (row.saturating_sub(3)..row, Feature::Prose3Before),
                (row + 1..row + 4, Feature::Prose3Behind),
                (row.saturating_sub(8)..row, Feature::Prose8Before),
                (row + 1..row + 9, Feature::Prose8Behind),
                (row.saturating_sub(25)..row, Feature::Prose25Before),
                (row + 1..row + 26, Feature::Prose25Behind),
            ] {
                let sums = blocks.sums_of_rows(range);
                sheet.set(feature, row, share(sums.running, sums.length));
            }
            let behind = self.paragraphs.partition_point(|paragraph| (*paragraph as usize) < row);
            let is_one = self.paragraphs.get(behind).is_some_and(|paragraph| *paragraph as usize == row);
            let before =
                if is_one { Some(row) } else { behind.checked_sub(1).map(|before| self.paragraphs[before] as usize) };
            let next = self.paragraphs.get(behind).map(|paragraph| *paragraph as usize);
            sheet.set(Feature::FromParagraph, row, before.map_or(NONE, |paragraph| (row - paragraph) as f32));
            sheet.set(Feature::ToParagraph, row, next.map_or(NONE, |paragraph| (paragraph - row) as f32));
            for (split, (region, from)) in self.split.iter().zip([
                (Feature::StrictRegion, Feature::FromStrictRegion),
                (Feature::LooseRegion, Feature::FromLooseRegion),
            ]) {
                sheet.set(region, row, split.share_at(row));
                sheet.set(from, row, split.distance_from_largest(row));
            }
        }
    }

    pub(super) fn fill_page(&self, page: &mut OfPage) {
        for (split, feature) in self.split.iter().zip([Feature::PageStrictRegion, Feature::PageLooseRegion]) {
            page.set(feature, split.regions.get(split.largest).map_or(0.0, |(_, share)| *share));
        }
    }
}

impl Split {
    fn new(paragraphs: &[usize], gap: usize, blocks: &Blocks<'_>) -> Self {
        let running = blocks.page().running;
        let runs = paragraphs.chunk_by(|one, next| next - one <= gap + 1);
        let regions = runs.filter_map(|run| {
            let rows = *run.first()?..*run.last()? + 1;
            Some((rows.clone(), share(blocks.sums_of_rows(rows).running, running)))
        });
        let regions: Vec<_> = regions.collect();
        let largest = (0..regions.len()).rev().max_by(|one, other| regions[*one].1.total_cmp(&regions[*other].1));
        Self { regions, largest: largest.unwrap_or(0) }
    }

    /// How much of the running text the region holds in which a row lies.
    fn share_at(&self, row: usize) -> f32 {
        let behind = self.regions.partition_point(|(rows, _)| rows.end <= row);
        self.regions.get(behind).filter(|(rows, _)| rows.contains(&row)).map_or(0.0, |(_, share)| *share)
    }

    /// How far outside the largest region a row lies; negative before it.
    fn distance_from_largest(&self, row: usize) -> f32 {
        match self.regions.get(self.largest) {
            Some((rows, _)) if row < rows.start => row as f32 - rows.start as f32,
            Some((rows, _)) => (row + 1).saturating_sub(rows.end) as f32,
            None => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::plain::{self, Lines};
    use crate::strip::reading::Reading;
    use crate::strip::unseen;

    #[test]
    fn regions_are_runs_of_paragraphs() {
        let long = "A sentence that goes on for as long as sentences in articles do, and then some more of it. And another one behind it.";
        let text = format!("menu\n\n{long}\n\nx\n\n{long}\n\na\n\nb\n\nc\n\nd\n\n{long} {long} {long}\n\nend");
        let document = plain::read(&text, Lines::Block);
        let reading = Reading::new(&document);
        let blocks = Blocks::new(&reading, &unseen(&document));
        let regions = Regions::new(&blocks);
        let [strict, loose] = &regions.split;
        assert_eq!(strict.regions.iter().map(|(rows, _)| rows.clone()).collect::<Vec<_>>(), [1..4, 8..9]);
        assert!(loose.regions.len() == 1 && loose.regions[0].0 == (1..9));
        assert_eq!(
            (strict.distance_from_largest(0), strict.distance_from_largest(8), strict.distance_from_largest(9)),
            (-8.0, 0.0, 1.0)
        );
        assert!(strict.share_at(2) > 0.3 && strict.share_at(5) == 0.0 && loose.share_at(5) > 0.99);
    }

    #[test]
    fn a_page_without_paragraphs_has_none() {
        let document = plain::read("a\n\nb", Lines::Block);
        let reading = Reading::new(&document);
        let regions = Regions::new(&Blocks::new(&reading, &unseen(&document)));
        assert_eq!((regions.split[0].share_at(0), regions.split[0].distance_from_largest(1)), (0.0, 0.0));
    }
}

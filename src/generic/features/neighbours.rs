//! Describes what stands before and behind each block.

use super::blocks::{Blocks, Sums};
use super::feature::Feature;
use super::sheet::Sheet;

/// Before the first block and behind the last one.
const NONE: f32 = -1.0;

pub(super) fn fill(sheet: &mut Sheet, blocks: &Blocks<'_>) {
    let all = blocks.rows.len();
    for row in sheet.rows() {
        sheet.set(Feature::GapBefore, row, gap_before(blocks, row));
        sheet.set(Feature::GapBehind, row, gap_before(blocks, row + 1));
        for (other, features) in [
            (row.checked_sub(1), [Feature::Length1Before, Feature::Links1Before]),
            (Some(row + 1).filter(|row| *row < all), [Feature::Length1Behind, Feature::Links1Behind]),
        ] {
            let measured = other.map(|row| &blocks.measured[row]);
            let values = measured.map_or([NONE; 2], |one| [one.prose.length as f32, one.link_share]);
            for (feature, value) in features.into_iter().zip(values) {
                sheet.set(feature, row, value);
            }
        }
        let length = |sums: Sums| sums.mean_length();
        let links = |sums: Sums| sums.link_share();
        for (range, features) in [
            (
                row.saturating_sub(4)..row,
                &[(Feature::Length4Before, length as fn(Sums) -> f32), (Feature::Links4Before, links)][..],
            ),
            (row + 1..(row + 5).min(all), &[(Feature::Length4Behind, length), (Feature::Links4Behind, links)]),
            (row.saturating_sub(12)..row, &[(Feature::Links12Before, links)]),
            (row + 1..(row + 13).min(all), &[(Feature::Length12Behind, length), (Feature::Links12Behind, links)]),
        ] {
            let sums = (!range.is_empty()).then(|| blocks.sums_of_rows(range));
            for (feature, value) in features {
                sheet.set(*feature, row, sums.map_or(NONE, value));
            }
        }
    }
}

/// How many blocks packs dropped right before a row, or behind the last one.
fn gap_before(blocks: &Blocks<'_>, row: usize) -> f32 {
    let start = row.checked_sub(1).map_or(0, |previous| blocks.rows[previous] + 1);
    let end = blocks.rows.get(row).copied().unwrap_or(blocks.all.len());
    blocks.sums(start..end).gaps
}

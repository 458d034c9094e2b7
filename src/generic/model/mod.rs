//! Judges blocks by trees that were learned from pages with known bodies (`training/`, `docs/model.md`).
//!
//! The trees are oblivious (Kohavi 1994; Prokhorenkova and others, `NeurIPS` 2018): all nodes of a level ask the same
//! question, so that the answers of a block are the bits of the number of its leaf, and many blocks are asked at once.

mod file;

use std::sync::LazyLock;

pub use self::file::ModelError;
use super::features::{Column, Feature, STRIP, Sheet};

/// A learned model.
#[derive(Debug)]
pub struct Model {
    is_of_html: bool,
    trees: Vec<Tree>,
    bias: f32,
    /// Predicted against measured F1, in ascending order.
    calibration: Vec<[f32; 2]>,
}

#[derive(Debug)]
struct Tree {
    /// At most [`DEEPEST`]; the first decides on the lowest bit.
    splits: Vec<Split>,
    /// Two for each split multiplied; 0 behind them.
    leaves: [f32; LEAVES],
}

/// Asks whether a feature is greater than a border.
#[derive(Debug)]
struct Split {
    feature: Feature,
    border: f32,
}

/// Training makes no deeper trees.
const DEEPEST: usize = 6;

/// How many leaves a tree has at most.
const LEAVES: usize = 1 << DEEPEST;

impl Model {
    /// The model of pages with a tree.
    pub fn of_html() -> &'static Self {
        static MODEL: LazyLock<Model> = LazyLock::new(|| Model::built_in(include_str!("html.json")));
        &MODEL
    }

    /// The model of text without one.
    pub fn of_text() -> &'static Self {
        static MODEL: LazyLock<Model> = LazyLock::new(|| Model::built_in(include_str!("text.json")));
        &MODEL
    }

    /// What the model says of each row: the share of its text that is likely to be main content, from 0 to 1.
    pub(super) fn judge(&self, sheet: &Sheet) -> Vec<f32> {
        let mut scores = vec![self.bias; sheet.strips() * STRIP];
        for tree in &self.trees {
            // What is of the page is the same for all rows.
            let mut same = 0;
            let mut asked: [(&[[f32; STRIP]], f32, u32); DEEPEST] = [(&[], 0.0, 0); DEEPEST];
            let mut count = 0;
            for (bit, split) in tree.splits.iter().enumerate() {
                match sheet.column(split.feature) {
                    Column::Each(strips) => {
                        asked[count] = (strips, split.border, 1 << bit);
                        count += 1;
                    }
                    Column::Same(value) => same |= u32::from(value > split.border) << bit,
                }
            }
            for (strip, scores) in scores.as_chunks_mut().0.iter_mut().enumerate() {
                judge_strip(strip, same, &asked[..count], &tree.leaves, scores);
            }
        }
        scores.truncate(sheet.rows().len());
        // The trees were learned on the scale of the odds' logarithm.
        for score in &mut scores {
            *score = 1.0 / (1.0 + (-*score).exp());
        }
        scores
    }

    /// Whether it is for pages with a tree, rather than for text.
    pub(super) fn is_of_html(&self) -> bool {
        self.is_of_html
    }

    /// The F1 that was measured where so much was predicted.
    pub(super) fn calibrated(&self, predicted: f32) -> f32 {
        let behind = self.calibration.partition_point(|[from, _]| *from < predicted);
        match (behind.checked_sub(1).map(|before| self.calibration[before]), self.calibration.get(behind)) {
            (Some([from, low]), Some([to, high])) => {
                low + (high - low) * (predicted - from) / (to - from).max(f32::EPSILON)
            }
            (Some([_, only]), None) => only,
            (None, Some([_, only])) => *only,
            (None, None) => predicted,
        }
    }
}

/// Adds what a tree says of a strip of rows. `asked` are the strips of what it asks of each, the borders, and the bits.
/// Inlined, it would lose the vector instructions that it is compiled to.
#[inline(never)]
fn judge_strip(
    strip: usize,
    same: u32,
    asked: &[(&[[f32; STRIP]], f32, u32)],
    leaves: &[f32; LEAVES],
    scores: &mut [f32; STRIP],
) {
    let mut numbers = [same; STRIP];
    for (strips, border, bit) in asked {
        for (number, value) in numbers.iter_mut().zip(&strips[strip]) {
            *number |= u32::from(*value > *border) * bit;
        }
    }
    for (score, number) in scores.iter_mut().zip(numbers) {
        *score += leaves[number as usize % LEAVES];
    }
}

#[cfg(test)]
mod tests;

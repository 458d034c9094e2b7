//! Defines the table of numbers that the model sees: a row for each block, a column for each feature.

use std::ops::Range;

use super::feature::{Feature, OF_PAGE};

/// The table: all numbers of one feature lie together, so that a tree of the model can look at many blocks at once.
#[derive(Debug)]
pub struct Sheet {
    rows: Range<usize>,
    /// For each feature its strips; the last one is filled up with zeros.
    cells: Vec<[f32; STRIP]>,
    page: Vec<f32>,
}

/// So many rows are looked at together.
pub const STRIP: usize = 16;

/// The numbers of one feature.
#[derive(Clone, Copy, Debug)]
pub enum Column<'s> {
    /// One for each row, in strips of rows.
    Each(&'s [[f32; STRIP]]),
    /// The same for all.
    Same(f32),
}

impl Sheet {
    /// A table for some rows of the page, all 0 but for what is of the page.
    pub(super) fn new(rows: Range<usize>, page: &OfPage) -> Self {
        Self { cells: vec![[0.0; STRIP]; rows.len().div_ceil(STRIP) * OF_PAGE], page: page.0.clone(), rows }
    }

    /// How many strips its rows make.
    pub fn strips(&self) -> usize {
        self.rows.len().div_ceil(STRIP)
    }

    /// Which rows of the page these are.
    pub fn rows(&self) -> Range<usize> {
        self.rows.clone()
    }

    /// All numbers of a feature, in the order of the blocks.
    pub fn column(&self, feature: Feature) -> Column<'_> {
        let number = feature as usize;
        if feature.is_of_page() {
            return Column::Same(self.page[number - OF_PAGE]);
        }
        Column::Each(&self.cells[number * self.strips()..][..self.strips()])
    }

    /// A number.
    pub fn get(&self, feature: Feature, row: usize) -> f32 {
        match self.column(feature) {
            Column::Same(value) => value,
            Column::Each(strips) => {
                let value = |row: usize| strips.get(row / STRIP).map(|strip| strip[row % STRIP]);
                row.checked_sub(self.rows.start).and_then(value).unwrap_or(0.0)
            }
        }
    }

    pub(super) fn set(&mut self, feature: Feature, row: usize, value: f32) {
        if self.rows.contains(&row) && !feature.is_of_page() {
            let row = row - self.rows.start;
            let strip = feature as usize * self.strips() + row / STRIP;
            self.cells[strip][row % STRIP] = value;
        }
    }
}

/// What is of the page.
#[derive(Debug)]
pub(super) struct OfPage(Vec<f32>);

impl OfPage {
    pub(super) fn new() -> Self {
        Self(vec![0.0; Feature::ALL.len() - OF_PAGE])
    }

    pub(super) fn set(&mut self, feature: Feature, value: f32) {
        if let Some(slot) = (feature as usize).checked_sub(OF_PAGE).and_then(|number| self.0.get_mut(number)) {
            *slot = value;
        }
    }
}

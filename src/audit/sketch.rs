//! Defines a sketch of many numbers: how many fell into each of a few hundred steps.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Lengths are told apart in steps of about a twentieth.
const STEPS: f64 = 20.0;

/// How often each step was met. Of lengths the steps are logarithmic, of shares they are hundredths.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Sketch(BTreeMap<u16, u64>);

/// What is usual, in steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Band {
    pub(super) low: u16,
    pub(super) high: u16,
}

/// The step of a length.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "logarithms of lengths are small")]
pub(super) fn step_of_length(length: usize) -> u16 {
    ((length as f64).ln_1p() * STEPS).round() as u16
}

/// The length that a step stands for.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "steps are of lengths")]
pub(super) fn length_of_step(step: u16) -> usize {
    (f64::from(step) / STEPS).exp_m1().round() as usize
}

/// The step of a share.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
pub(super) fn step_of_share(part: usize, all: usize) -> u16 {
    (part as f64 / all.max(1) as f64 * 100.0).round().min(100.0) as u16
}

impl Sketch {
    pub(super) fn add(&mut self, step: u16) {
        *self.0.entry(step).or_default() += 1;
    }

    pub(super) fn count(&self) -> u64 {
        self.0.values().sum()
    }

    pub(super) fn median(&self) -> Option<u16> {
        let half = self.count().div_ceil(2);
        let mut sum = 0;
        self.0.iter().find_map(|(step, count)| {
            sum += count;
            (sum >= half && sum > 0).then_some(*step)
        })
    }

    /// The median, and so many times the usual distance from it (the median of all distances) to both sides; the distance
    /// is never less than `least`.
    pub(super) fn band(&self, times: u16, least: u16) -> Option<Band> {
        let median = self.median()?;
        let mut distances = Self::default();
        for (step, count) in &self.0 {
            *distances.0.entry(step.abs_diff(median)).or_default() += count;
        }
        let reach = distances.median()?.max(least).saturating_mul(times);
        Some(Band { low: median.saturating_sub(reach), high: median.saturating_add(reach) })
    }

    /// How many lie outside of a band.
    pub(super) fn outside(&self, band: Band) -> u64 {
        self.0.iter().filter(|(step, _)| !band.contains(**step)).map(|(_, count)| count).sum()
    }

    /// How many lie above a step.
    pub(super) fn above(&self, step: u16) -> u64 {
        self.0.range(step.saturating_add(1)..).map(|(_, count)| count).sum()
    }
}

impl Band {
    pub(super) fn contains(self, step: u16) -> bool {
        (self.low..=self.high).contains(&step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_survive_their_steps() {
        for length in [0, 1, 50, 777, 12_345, 50_000_000] {
            let back = length_of_step(step_of_length(length));
            assert!(back.abs_diff(length) as f64 <= length as f64 * 0.026 + 0.5, "{length} became {back}");
        }
        assert_eq!((step_of_share(1, 4), step_of_share(5, 4), step_of_share(0, 0)), (25, 100, 0));
    }

    #[test]
    fn bands_are_robust() {
        let mut sketch = Sketch::default();
        (95..=105).for_each(|step| sketch.add(step));
        sketch.add(500);
        assert_eq!(sketch.median(), Some(100));
        let band = sketch.band(6, 2).expect("a band");
        assert_eq!(band, Band { low: 82, high: 118 });
        assert_eq!((sketch.outside(band), sketch.above(103), sketch.count()), (1, 3, 12));
        assert_eq!(Sketch::default().band(6, 2), None);
    }
}

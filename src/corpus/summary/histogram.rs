//! Defines a histogram with fixed bins: counts, and what can be told of the middle and the ends from them.

use serde::{Deserialize, Serialize};

/// So many bins has a power of ten.
const BINS_OF_DECADE: i32 = 5;

/// How many values fell into each bin. What lies beyond the ends is counted in the bins there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Histogram {
    /// How wide the bins are.
    pub scale: Scale,
    /// Where the bins begin, and where the last ends.
    pub edges: Vec<f64>,
    /// How many values are in each.
    pub counts: Vec<u64>,
}

/// How wide the bins of a histogram are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// All alike.
    #[default]
    Linear,
    /// Each the same times as wide as the one before.
    Logarithmic,
}

impl Histogram {
    /// So many bins from 0 to 1.
    pub fn linear(bins: u32) -> Self {
        Self::new(Scale::Linear, (0..=bins).map(|bin| f64::from(bin) / f64::from(bins)).collect())
    }

    /// Five bins for each power of ten, from one power to another.
    pub fn decades(from: i32, to: i32) -> Self {
        let steps = from * BINS_OF_DECADE..=to * BINS_OF_DECADE;
        let edges = steps.map(|step| three_digits(10_f64.powf(f64::from(step) / f64::from(BINS_OF_DECADE))));
        Self::new(Scale::Logarithmic, edges.collect())
    }

    fn new(scale: Scale, edges: Vec<f64>) -> Self {
        let counts = vec![0; edges.len().saturating_sub(1)];
        Self { scale, edges, counts }
    }

    /// Counts a value.
    pub fn add(&mut self, value: f64) {
        let bin = self.edges.partition_point(|edge| *edge <= value).saturating_sub(1);
        let last = self.counts.len().saturating_sub(1);
        if let Some(count) = self.counts.get_mut(bin.min(last)) {
            *count += 1;
        }
    }

    /// How many values there are.
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The value that so large a share does not exceed, as well as the bins can tell; `None` without values.
    pub fn quantile(&self, share: f64) -> Option<f64> {
        let wanted = share.clamp(0.0, 1.0) * self.count() as f64;
        let mut before = 0.0;
        for (count, edges) in self.counts.iter().zip(self.edges.windows(2)) {
            let count = *count as f64;
            if count > 0.0 && before + count >= wanted {
                let part = (wanted - before) / count;
                return Some(match self.scale {
                    Scale::Linear => edges[0] + (edges[1] - edges[0]) * part,
                    Scale::Logarithmic => edges[0] * (edges[1] / edges[0]).powf(part),
                });
            }
            before += count;
        }
        None
    }

    /// The bins with their edges, without empty ones at both ends.
    pub fn bins(&self) -> Vec<([f64; 2], u64)> {
        let bins = self.edges.windows(2).map(|edges| [edges[0], edges[1]]).zip(self.counts.iter().copied());
        let bins: Vec<_> = bins.collect();
        let is_filled = |(_, count): &([f64; 2], u64)| *count > 0;
        let first = bins.iter().position(is_filled).unwrap_or(bins.len());
        let behind = bins.iter().rposition(is_filled).map_or(first, |last| last + 1);
        bins[first..behind].to_vec()
    }
}

/// A number as people would write it, and as JSON brings it back.
fn three_digits(number: f64) -> f64 {
    format!("{number:.2e}").parse().unwrap_or(number)
}

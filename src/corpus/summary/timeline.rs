//! Defines how a run went on: how far it was, every now and then, in a few hundred samples however long it lasts.

use serde::{Deserialize, Serialize};

/// With more samples every second one goes.
const MOST: usize = 240;

/// Samples are at first so far apart, in seconds.
const FIRST_STEP: f64 = 0.25;

/// How far a run was, every now and then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Timeline {
    /// The samples lie so far apart at least, in seconds.
    pub step: f64,
    /// In their order.
    pub samples: Vec<Sample>,
}

/// How far a run was.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// So long it had lasted.
    pub seconds: f64,
    /// So many pages were cleaned.
    pub pages: u64,
    /// So many bytes they had.
    pub bytes: u64,
    /// So much memory the program had, in bytes.
    pub memory: Option<u64>,
}

impl Default for Timeline {
    fn default() -> Self {
        Self { step: FIRST_STEP, samples: Vec::new() }
    }
}

impl Timeline {
    /// Takes a sample, if the last is long enough ago.
    pub(super) fn note(&mut self, seconds: f64, pages: u64, bytes: u64, memory: Option<u64>) {
        let is_due = self.samples.last().is_none_or(|last| seconds - last.seconds >= self.step);
        if is_due {
            self.take(Sample { seconds, pages, bytes, memory });
        }
    }

    /// Takes the last sample.
    pub(super) fn end(&mut self, seconds: f64, pages: u64, bytes: u64, memory: Option<u64>) {
        let sample = Sample { seconds, pages, bytes, memory };
        // Over a time much shorter than the others no rate can be told.
        let is_close = self.samples.last().is_some_and(|last| seconds - last.seconds < self.step / 2.0);
        if is_close {
            self.samples.pop();
        }
        self.take(sample);
    }

    fn take(&mut self, sample: Sample) {
        self.samples.push(sample);
        if self.samples.len() > MOST {
            self.step = self.step.max(FIRST_STEP) * 2.0;
            let mut number = 0;
            // The first and the last stay.
            self.samples.retain(|_| {
                number += 1;
                number % 2 == 1
            });
        }
    }
}

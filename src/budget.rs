//! Defines what a page may take: how many bytes, and how much time.
//!
//! Time is watched, not enforced. Loops that can be long ask a [`Watch`] now and then ([`Pace`]), and end early when the
//! time is up. What they leave is half a result, which nobody gets to see: time that is up stays up, so whoever asks for
//! the result finds the same. No thread is stopped, and nothing unwinds.

use std::cell::Cell;
use std::fmt;
use std::time::{Duration, Instant};

/// The largest page that is read unless another bound is set, in bytes. The memory of a page is a multiple of its size
/// (docs/limits.md), and no article is a tenth as long.
pub const MAX_PAGE_BYTES: usize = 64 * 1024 * 1024;

/// What a page may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// How many bytes it may have.
    pub bytes: usize,
    /// How long it may take, from its first byte to its verdicts; `None` is as long as it takes.
    pub time: Option<Duration>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { bytes: MAX_PAGE_BYTES, time: None }
    }
}

/// What was done with a page when its time was up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Its bytes became text.
    Decode,
    /// Its text was read into blocks.
    Read,
    /// What it says of itself was gathered.
    Declared,
    /// Its source was told.
    Identify,
    /// Its blocks got their verdicts.
    Strip,
    /// The result was judged.
    Judge,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Decode => "its bytes became text",
            Self::Read => "its text was read",
            Self::Declared => "its metadata was gathered",
            Self::Identify => "its source was told",
            Self::Strip => "its blocks got their verdicts",
            Self::Judge => "the result was judged",
        })
    }
}

/// When the time of a page is up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    end: Option<Instant>,
}

impl Watch {
    /// A watch by which there is always time.
    pub const NEVER: Self = Self { end: None };

    /// A watch by which the time is up after a while from now on.
    pub fn starting(time: Option<Duration>) -> Self {
        Self { end: time.and_then(|time| Instant::now().checked_add(time)) }
    }

    /// Whether the time is up. Once it is, it stays so.
    pub fn is_up(self) -> bool {
        self.end.is_some_and(|end| Instant::now() >= end)
    }

    /// For a loop.
    pub fn pace(self) -> Pace {
        Pace { watch: self, steps: Cell::new(0), is_up: Cell::new(false) }
    }
}

/// Asks a watch once in so many steps, so that asking costs a loop nothing.
#[derive(Clone, Debug, Default)]
pub struct Pace {
    watch: Watch,
    /// How many there were since the watch was asked.
    steps: Cell<usize>,
    is_up: Cell<bool>,
}

/// After so many steps the watch is asked. A step is what takes some ten nanoseconds.
const STEPS: usize = 4096;

impl Pace {
    /// The watch that is asked.
    pub fn watch(&self) -> Watch {
        self.watch
    }

    /// Goes some steps on; whether the time is up.
    #[inline]
    pub fn go(&self, steps: usize) -> bool {
        let steps = self.steps.get().saturating_add(steps);
        self.steps.set(steps);
        if steps < STEPS { self.is_up.get() } else { self.ask() }
    }

    #[cold]
    fn ask(&self) -> bool {
        self.steps.set(0);
        let is_up = self.is_up.get() || self.watch.is_up();
        self.is_up.set(is_up);
        is_up
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_that_is_up_stays_up() {
        let watch = Watch::starting(Some(Duration::ZERO));
        let pace = watch.pace();
        assert!(watch.is_up());
        assert!(!pace.go(STEPS - 1) && pace.go(1) && pace.go(1));
        assert!(watch.pace().go(usize::MAX));
    }

    #[test]
    fn without_a_limit_there_is_always_time() {
        for watch in [Watch::NEVER, Watch::starting(None), Watch::starting(Some(Duration::MAX))] {
            let pace = watch.pace();
            assert!(!watch.is_up() && (0..10).all(|_| !pace.go(usize::MAX)));
        }
    }
}

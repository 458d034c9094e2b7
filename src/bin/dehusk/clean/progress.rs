//! A bar on the terminal: how much is read, how fast, and how many pages failed.

use std::fs;
use std::io::{self, IsTerminal as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};

/// How a run gets on.
pub(super) struct Progress {
    bar: ProgressBar,
    /// The bytes that were read of the inputs, as they are on the disk.
    read: Arc<AtomicU64>,
    pages: u64,
    failed: u64,
}

impl Progress {
    /// A bar over so many bytes; where nobody knows how many, the pages alone are told.
    pub(super) fn new(bytes: Option<u64>, read: Arc<AtomicU64>) -> Self {
        let template = match bytes {
            Some(_) => "{bar:30} {percent:>3} %  {msg}  {eta} left",
            None => "{spinner} {msg}",
        };
        let bar = bytes.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.enable_steady_tick(Duration::from_millis(250));
        Self { bar: bar.with_style(style).with_finish(ProgressFinish::AndClear), read, pages: 0, failed: 0 }
    }

    /// None to be seen.
    pub(super) fn hidden() -> Self {
        Self { bar: ProgressBar::hidden(), read: Arc::default(), pages: 0, failed: 0 }
    }

    /// Whether a bar would be seen, and disturb nobody: there is a terminal, and results go into files. Nobody else writes
    /// to the terminal then, no pager at the end of a pipe either.
    pub(super) fn is_seen(into_files: bool) -> bool {
        let into_files = into_files || fs::metadata("/dev/stdout").is_ok_and(|stdout| stdout.is_file());
        io::stderr().is_terminal() && into_files
    }

    /// One page more is done.
    pub(super) fn step(&mut self, has_failed: bool) {
        self.pages += 1;
        self.failed += u64::from(has_failed);
        if self.bar.is_hidden() {
            return;
        }
        self.bar.set_position(self.read.load(Ordering::Relaxed));
        let seconds = self.bar.elapsed().as_secs_f64().max(0.001);
        let rate = self.pages as f64 / seconds;
        self.bar.set_message(format!("{} pages, {rate:.0}/s, {} failed", self.pages, self.failed));
    }

    /// What counts the bytes that are read.
    pub(super) fn read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
    }

    /// Says something without writing over the bar.
    pub(super) fn suspend(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }

    /// Ends the bar.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

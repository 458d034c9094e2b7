//! Writes a summary for people, in a few lines.

use std::fmt;

use super::amount::{bytes, characters, count, rate, seconds, share};
use super::{Summary, ranked};

/// So many rows of a table are shown.
const ROWS: usize = 8;

/// So many of the slowest pages.
const SLOWEST: usize = 3;

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |name: &str, what: String| {
            if what.is_empty() { Ok(()) } else { writeln!(f, "{name:<12} {what}") }
        };
        line("pages", self.outcomes())?;
        let failures = self.failures.iter().map(|(stage, row)| format!("{} {}", stage.name(), count(row.pages)));
        line("failed at", failures.collect::<Vec<_>>().join(", "))?;
        let counts = |table| list(ranked(table, |pages: &u64| *pages).into_iter().map(|(name, pages)| (name, *pages)));
        line("passed over", counts(&self.passed_over))?;
        line("flags", counts(&self.flags))?;
        line("sources", list(ranked(&self.sources, |row| row.pages).into_iter().map(|(name, row)| (name, row.pages))))?;
        line("text", self.text_line())?;
        line("set aside", counts(&self.set_aside))?;
        line("time", self.time_line())?;
        for page in self.slowest.iter().take(SLOWEST) {
            line("slowest", format!("{}, {}: {}", seconds(page.seconds), bytes(page.bytes as f64), page.name))?;
        }
        Ok(())
    }
}

impl Summary {
    fn outcomes(&self) -> String {
        let pages = &self.pages;
        let marked = self.duplicates - pages.duplicates_dropped.min(self.duplicates);
        let rest = [
            (pages.duplicates_dropped, "dropped as near-duplicates"),
            (marked, "of these marked as near-duplicates"),
            (pages.left_out, "left out"),
            (pages.failed, "failed"),
            (pages.passed_over, "passed over"),
        ];
        let rest = rest.into_iter().filter(|(number, _)| *number > 0);
        let rest = rest.map(|(number, what)| format!(", {} {what}", count(number)));
        format!("{} read, {} written{}", count(self.read()), count(pages.written), rest.collect::<String>())
    }

    fn text_line(&self) -> String {
        let dropped: u64 = self.text.dropped.values().sum();
        let all = self.text.kept + dropped;
        if all == 0 {
            return String::new();
        }
        let mut categories: Vec<_> = self.text.dropped.iter().filter(|(_, weight)| **weight > 0).collect();
        categories.sort_by_key(|(_, weight)| std::cmp::Reverse(**weight));
        let categories = categories.iter().map(|(category, weight)| format!("{category} {}", share(**weight, all)));
        let categories: Vec<_> = categories.take(ROWS).collect();
        let kept = format!(
            "{} characters, {} kept, {} dropped",
            characters(all),
            share(self.text.kept, all),
            share(dropped, all)
        );
        if categories.is_empty() { kept } else { format!("{kept}: {}", categories.join(", ")) }
    }

    fn time_line(&self) -> String {
        let mut parts = vec![seconds(self.seconds)];
        if let (Some(pages), Some(size)) = (self.pages_a_second(), self.bytes_a_second()) {
            parts.push(format!("{} pages and {} a second", rate(pages), bytes(size)));
        }
        let quantile = |share| self.page_seconds.quantile(share).map(seconds);
        if let (Some(half), Some(most)) = (quantile(0.5), quantile(0.99)) {
            parts.push(format!("half of the pages took up to {half}, 99 of 100 up to {most}"));
        }
        parts.join("; ")
    }
}

/// The first rows of a table on one line.
fn list<'a>(rows: impl ExactSizeIterator<Item = (&'a str, u64)>) -> String {
    let more = rows.len().saturating_sub(ROWS);
    let mut shown: Vec<_> = rows.take(ROWS).map(|(name, number)| format!("{name} {}", count(number))).collect();
    if more > 0 {
        shown.push(format!("{} more", count(more as u64)));
    }
    shown.join(", ")
}

//! Tells dates that a page may have from those that a mistake or a template put there.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::PublishedAt;

/// What clocks say that were never set, and what databases and templates hold where nothing was filled in.
const EMPTY: [Date; 4] = [date(1970, 1, 1), date(1900, 1, 1), date(1969, 12, 31), date(1980, 1, 1)];

/// The program is younger: a clock that says less is wrong.
const CLOCK_IS_WRONG_BEFORE: Date = date(2026, 1, 1);

/// The last day that a page may be of: tomorrow and the day after, for clocks and zones differ.
static LAST: LazyLock<Option<Date>> = LazyLock::new(|| {
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let last = today.checked_add(2.days()).ok()?;
    (today >= CLOCK_IS_WRONG_BEFORE).then_some(last)
});

impl PublishedAt {
    /// The date, unless it lies in the future or is one that only stands for none.
    #[must_use]
    pub fn plausible(self) -> Option<Self> {
        let is_future = LAST.is_some_and(|last| self.date > last);
        (!is_future && !EMPTY.contains(&self.date)).then_some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_the_date_of_a_page() {
        let plausible = |text| PublishedAt::parse(text).and_then(PublishedAt::plausible).is_some();
        assert!(plausible("2024-05-06") && plausible("1923-05-06"));
        for text in ["2099-12-31", "1970-01-01T00:00:00Z", "1900-01-01"] {
            assert!(!plausible(text), "{text}");
        }
    }
}

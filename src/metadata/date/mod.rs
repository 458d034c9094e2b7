//! Defines the date of a page and finds it in text, as machines and as people in some twenty languages write it.
//!
//! Only real calendar dates of the years 1900 to 2100 count, and only with day, month and year. `04/05/2021` is two
//! different days on the two sides of an ocean: a text in which such a date comes first has no date, unless it is known
//! on which side it was written ([`Order`]). Between dots the day always comes first.

pub(in crate::metadata) mod digits;
mod month;
pub mod plausible;
#[cfg(test)]
mod tests;
mod time;
mod token;

use std::fmt;
use std::ops::Range;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use serde::{Serialize, Serializer};

use crate::text::{normalise, start_of};
use token::{Token, Tokens};

/// A date stands early in a text, if at all; no more than this is searched.
const REACH: usize = 16 * 1024;

/// When a page was published: a date, with the time of day and the offset from UTC where they are known.
///
/// It is written as ISO 8601 in the precision in which it is known.
///
/// ```
/// use dehusk::metadata::date::PublishedAt;
///
/// let written = |text| PublishedAt::parse(text).map(|date| date.to_string());
/// assert_eq!(written("4. Apr. 2024, 18:00 Uhr").as_deref(), Some("2024-04-04T18:00"));
/// assert_eq!(written("Published August 25, 2021").as_deref(), Some("2021-08-25"));
/// assert_eq!(written("Thu, 04 Apr 2024 18:00:00 +0200").as_deref(), Some("2024-04-04T18:00:00+02:00"));
/// assert_eq!(written("30 February 2021"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PublishedAt {
    date: Date,
    time: Option<TimeOfDay>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct TimeOfDay {
    time: Time,
    /// The seconds were given.
    seconds: bool,
    offset: Option<Offset>,
}

/// The number of a month in any of the languages, from 1.
pub(in crate::metadata) fn month_number(name: &str) -> Option<u32> {
    month::number(name)
}

/// What comes first in a date such as `04/05/2021`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Nobody knows.
    #[default]
    Unknown,
    /// The day, as in all languages but English, and in British English.
    DayFirst,
}

impl Order {
    /// The order in texts of a language (BCP 47).
    pub fn of_language(language: Option<&str>) -> Self {
        const DAY_FIRST: [&str; 6] = ["en-gb", "en-ie", "en-au", "en-nz", "en-in", "en-za"];
        let Some(language) = language.map(str::to_lowercase) else { return Self::Unknown };
        let is_english = language.split('-').next() == Some("en");
        if is_english && !DAY_FIRST.contains(&language.as_str()) { Self::Unknown } else { Self::DayFirst }
    }
}

impl PublishedAt {
    /// Finds the first date in a text.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_as(text, Order::Unknown)
    }

    /// Finds the first date in a text in which it is known whether days come before months.
    pub fn parse_as(text: &str, order: Order) -> Option<Self> {
        let text = normalise(start_of(text.trim_start(), REACH));
        Self::find(&digits::ascii(&text), order).map(|(date, _)| date)
    }

    /// Finds the first date in a normalised text with ASCII digits ([`digits`]), and where it stands; its time may
    /// stand behind it.
    pub(in crate::metadata) fn find(text: &str, order: Order) -> Option<(Self, Range<usize>)> {
        let tokens = token::tokens(text);
        if let [Token { text: digits @ token::Text::Number(_, 8), .. }] = tokens.as_slice() {
            return Some((Self { date: compact(digits.number()?)?, time: None }, 0..text.len()));
        }
        for start in 0..tokens.len() {
            let before = start.checked_sub(1).map(|before| tokens[before]);
            match date_at(Tokens { rest: &tokens[start..] }, before, order) {
                Found::Date(date, rest) => {
                    let end = rest.rest.first().map_or(text.len(), |next| next.at);
                    return Some((Self { date, time: time::after(rest) }, tokens[start].at..end));
                }
                Found::Ambiguous => return None,
                Found::Nothing => {}
            }
        }
        None
    }

    /// The day.
    pub fn date(&self) -> Date {
        self.date
    }

    /// The time of day.
    pub fn time(&self) -> Option<Time> {
        self.time.map(|time| time.time)
    }

    /// The offset from UTC.
    pub fn offset(&self) -> Option<Offset> {
        self.time?.offset
    }
}

impl From<Date> for PublishedAt {
    fn from(date: Date) -> Self {
        Self { date, time: None }
    }
}

impl fmt::Display for PublishedAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        let Some(TimeOfDay { time, seconds, offset }) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}", time.hour(), time.minute())?;
        if seconds {
            write!(f, ":{:02}", time.second())?;
        }
        match offset.map(|offset| offset.seconds() / 60) {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        }
    }
}

impl Serialize for PublishedAt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

enum Found<'t, 's> {
    Date(Date, Tokens<'t, 's>),
    /// Day and month may be one or the other.
    Ambiguous,
    Nothing,
}

/// Reads a date that begins right here.
fn date_at<'t, 's>(tokens: Tokens<'t, 's>, before: Option<Token<'s>>, order: Order) -> Found<'t, 's> {
    let inside_number = before.is_some_and(|before| before.is_any(".:") && !tokens.spaced());
    if !inside_number && let Some(found) = numeric(tokens, order) {
        return found;
    }
    let date = year_first(tokens).or_else(|| day_month_year(tokens)).or_else(|| month_day_year(tokens));
    let date = date.or_else(|| year_month_day(tokens));
    date.map_or(Found::Nothing, |(date, rest)| Found::Date(date, rest))
}

/// `4.4.2024`, `25.08.21`, `25/08/2021`, `08-25-2021`.
fn numeric<'t, 's>(mut tokens: Tokens<'t, 's>, order: Order) -> Option<Found<'t, 's>> {
    let start = tokens.rest;
    let first = tokens.small()?;
    let separator = tokens.separator()?;
    // `4. 4. 2024` has spaces; `4 / 4 / 2024` and `4 - 4` are something else.
    let tight = |tokens: &Tokens<'_, '_>| separator == '.' || !tokens.spaced();
    let second = tight(&tokens).then(|| tokens.small())??;
    if tokens.separator()? != separator || !tight(&tokens) {
        return None;
    }
    let year = tokens.year().or_else(|| if separator == '.' { short_year(start, &mut tokens) } else { None })?;
    let (day, month) = match (first, second) {
        _ if separator == '.' => (first, second),
        (..=12, ..=12) if order == Order::DayFirst => (first, second),
        (..=12, ..=12) if first != second => return Some(Found::Ambiguous),
        (..=12, 13..) => (second, first),
        _ => (first, second),
    };
    Some(Found::Date(civil(year, month, day)?, tokens))
}

/// The year of a date such as `25.04.24`: `1.2.24` counts sections, and `01.42.34.56` is a telephone number.
fn short_year(start: &[Token<'_>], tokens: &mut Tokens<'_, '_>) -> Option<u32> {
    let is_padded = |at: usize| matches!(start.get(at).map(|one| one.text), Some(token::Text::Number(_, 2)));
    (is_padded(0) && is_padded(2)).then_some(())?;
    let year = (!tokens.spaced()).then(|| tokens.digits(2..=2))??;
    let goes_on = tokens.rest.first().is_some_and(|next| !next.spaced && next.is_any(".-/:"))
        && tokens.rest.get(1).is_some_and(|next| matches!(next.text, token::Text::Number(..)));
    (!goes_on).then_some(2000 + year)
}

/// `2024-04-04`, `2021/08/25`, `2021年8月25日`, `20240404T180000`.
fn year_first<'t, 's>(mut tokens: Tokens<'t, 's>) -> Option<(Date, Tokens<'t, 's>)> {
    if let Some(number) = tokens.digits(8..=8) {
        // Eight digits among other text are a number like any other, unless a time follows.
        return if tokens.rest.first()?.is_t() { Some((compact(number)?, tokens)) } else { None };
    }
    let year = tokens.year()?;
    if let Some([y, m, d]) =
        [["年", "月", "日"], ["년", "월", "일"]].into_iter().find(|[y, ..]| tokens.clone().begins(y))
    {
        tokens.begins(y);
        let month = tokens.small()?;
        tokens.begins(m).then_some(())?;
        let day = tokens.small()?;
        tokens.begins(d).then_some(())?;
        return Some((civil(year, month, day)?, tokens));
    }
    let separator = tokens.separator()?;
    let month = tokens.small()?;
    (tokens.separator()? == separator).then_some(())?;
    let day = tokens.small()?;
    Some((civil(year, month, day)?, tokens))
}

/// `2021 Aug 25`, `2021. augusztus 25.`
fn year_month_day<'t, 's>(mut tokens: Tokens<'t, 's>) -> Option<(Date, Tokens<'t, 's>)> {
    let year = tokens.year()?;
    tokens.sign(".,-/");
    let month = tokens.month()?;
    tokens.sign(".-/");
    let day = tokens.small()?;
    Some((civil(year, month, day)?, tokens))
}

/// `25. August 2021`, `25 août 2021`, `25 de agosto de 2021`, `25-Aug-2021`, `1st of May, 2021`.
fn day_month_year<'t, 's>(mut tokens: Tokens<'t, 's>) -> Option<(Date, Tokens<'t, 's>)> {
    let day = tokens.small()?;
    tokens.word(&["st", "nd", "rd", "th", "er", "re", "e", "º", "ª"]);
    tokens.sign(".-/");
    tokens.word(&["of", "de", "di", "d"]);
    let month = tokens.month()?;
    tokens.sign(".");
    tokens.sign(",-/");
    tokens.word(&["de", "del", "di"]);
    Some((civil(tokens.year()?, month, day)?, tokens))
}

/// `August 25, 2021`, `Aug. 25th 2021`.
fn month_day_year<'t, 's>(mut tokens: Tokens<'t, 's>) -> Option<(Date, Tokens<'t, 's>)> {
    let month = tokens.month()?;
    tokens.sign(".");
    let day = tokens.small()?;
    tokens.word(&["st", "nd", "rd", "th"]);
    tokens.sign(",");
    Some((civil(tokens.year()?, month, day)?, tokens))
}

fn compact(number: u32) -> Option<Date> {
    civil(number / 10_000, number / 100 % 100, number % 100)
}

fn civil(year: u32, month: u32, day: u32) -> Option<Date> {
    let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    (1900..=2100).contains(&date.year()).then_some(date)
}

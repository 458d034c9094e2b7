//! Tells which of the dates near the title is that of publication, and which that of a change.

use super::hints;
use super::zone::{Near, Zone};
use crate::document::html::Element;
use crate::metadata::date::digits::ascii;
use crate::metadata::date::{Order, PublishedAt};
use crate::metadata::declared::text_of;
use crate::metadata::origin::Origin;

/// No page written for the web is older.
const FIRST_YEAR: i16 = 1990;

/// How many dates in one block are read.
const MOST: usize = 3;

/// How much must speak for a date.
const ENOUGH: i32 = 2;

/// A block with no more letters has a date and next to nothing else: a month, a weekday, a zone.
const ALONE: usize = 20;

/// A longer block is rather a sentence, in bytes.
const SHORT: usize = 100;

/// How many elements of a block are looked at.
const MOST_ELEMENTS: usize = 40;

/// How many characters before a date can say what it is the date of.
const LABEL: usize = 40;

/// What is said of changes.
const MODIFIED: [&str; 38] = [
    "updated",
    "update",
    "modified",
    "reviewed",
    "revised",
    "edited",
    "last changed",
    "as of",
    "aktualisiert",
    "geändert",
    "änderung",
    "überarbeitet",
    "bearbeitet",
    "stand:",
    "mis à jour",
    "mise à jour",
    "modifié",
    "actualiz",
    "modificad",
    "aggiornat",
    "ultima modifica",
    "bijgewerkt",
    "gewijzigd",
    "aktualizacj",
    "zaktualizowan",
    "atualiz",
    "更新",
    "修正",
    "수정",
    "업데이트",
    "تحديث",
    "oppdatert",
    "opdateret",
    "uppdaterad",
    "güncelle",
    "обновлен",
    "fact checked",
    "diperbarui",
];

/// What is said of publication.
const PUBLISHED: [&str; 32] = [
    "publish",
    "posted",
    "released",
    "submitted",
    "post time",
    "date:",
    "veröffentlicht",
    "erschienen",
    "datum:",
    "publié",
    "publicad",
    "pubblicat",
    "gepubliceerd",
    "geplaatst",
    "opublikowan",
    "dodan",
    "公開",
    "掲載",
    "配信",
    "发布",
    "發布",
    "发表",
    "發佈",
    "등록",
    "입력",
    "게시",
    "نشر",
    "publisert",
    "udgivet",
    "publicerad",
    "yayın",
    "опубликован",
];

/// What is said of other dates.
const OTHER: [&str; 15] = [
    "©",
    "copyright",
    "expires",
    "deadline",
    "born",
    "accessed",
    "valid",
    "until",
    "retrieved",
    "since",
    "due",
    "ends",
    "starts",
    "gültig",
    "bis zum",
];

/// The dates near the title.
#[derive(Default)]
pub(super) struct Found {
    pub(super) published: Option<(Origin, PublishedAt)>,
    pub(super) modified: Option<(Origin, PublishedAt)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Published,
    Modified,
    Other,
    None,
}

/// What speaks most to be the dates of the page; of several equal ones, the nearest.
pub(super) fn near(zone: &Zone<'_>, order: Order) -> Found {
    let mut best = (0, 0);
    let mut found = Found::default();
    for near in &zone.near {
        let dates = dates(near.text, near.before, order);
        let time = zone.element(near.index).and_then(|element| in_time(element, near, &dates));
        let says_changed = dates.iter().any(|(label, _)| *label == Label::Modified);
        for (label, date) in dates.into_iter().chain(time.filter(|(_, is_new)| *is_new).map(|(said, _)| said)) {
            let mut score = score(zone, near, label, date);
            let place = match label {
                Label::Other => continue,
                Label::Modified => &mut best.1,
                Label::Published | Label::None => &mut best.0,
            };
            // What stands before the title is of other articles now and then.
            if label == Label::None && near.distance < 0 && found.published.is_some() {
                continue;
            }
            // Where a block says when the page was changed, the other date is that of publication.
            if label == Label::None && says_changed {
                score += 2;
            }
            if score >= ENOUGH && score > *place {
                *place = score;
                let exact = time.map(|((_, time), _)| time).filter(|time| time.date() == date.date());
                let date = exact.map_or((Origin::Byline, date), |date| (Origin::Time, date));
                let slot = if label == Label::Modified { &mut found.modified } else { &mut found.published };
                *slot = Some(date);
            }
        }
    }
    found
}

/// The first short block behind the title's surroundings that says it is the date of publication, else the only date in
/// a block of its own in an element that says it holds one; and the first that says when the page was changed.
pub(super) fn elsewhere(zone: &Zone<'_>, order: Order) -> Found {
    let mut found = Found::default();
    let mut only: Option<Option<PublishedAt>> = None;
    let mut before = "";
    for (index, text) in zone.far() {
        let dates = if text.len() <= SHORT && has_digit(text) { dates(text, before, order) } else { Vec::new() };
        before = text;
        if dates.is_empty() || zone.is_frame(index) {
            continue;
        }
        let is_alone = dates.len() == 1 && letters(text) <= ALONE && !zone.is_beside(index);
        for (label, date) in dates {
            match label {
                Label::Published if found.published.is_none() => found.published = Some((Origin::Byline, date)),
                Label::Modified if found.modified.is_none() => found.modified = Some((Origin::Byline, date)),
                Label::None if is_alone && zone.element(index).is_some_and(hints::is_dated) => {
                    // Of several there are other articles, which are listed below this one.
                    only = Some(if only.is_none_or(|only| only == Some(date)) { Some(date) } else { None });
                }
                _ => {}
            }
        }
    }
    found.published = found.published.or(only.flatten().map(|date| (Origin::Byline, date)));
    found
}

/// The dates in a text, each with what is said of it.
fn dates(text: &str, before: &str, order: Order) -> Vec<(Label, PublishedAt)> {
    let mut dates = Vec::new();
    if !has_digit(text) {
        return dates;
    }
    let text = ascii(text);
    let mut rest = &*text;
    for turn in 0..MOST {
        let Some((date, range)) = PublishedAt::find(rest, order) else { break };
        let mut label = label(&rest[..range.start]);
        let alone = rest[..range.start].trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
        if label == Label::None && turn == 0 && alone && before.len() <= LABEL && !before.contains(char::is_numeric) {
            label = self::label(before);
        }
        if date.date().year() >= FIRST_YEAR && date.plausible().is_some() {
            dates.push((label, date));
        }
        rest = &rest[range.end..];
    }
    dates
}

/// What the words right before a date say of it.
fn label(before: &str) -> Label {
    let start = before.char_indices().rev().nth(LABEL - 1).map_or(0, |(at, _)| at);
    let before = before[start..].to_lowercase();
    let last = |words: &[&str]| words.iter().filter_map(|word| before.rfind(word)).max();
    let all = [(Label::Modified, last(&MODIFIED)), (Label::Published, last(&PUBLISHED)), (Label::Other, last(&OTHER))];
    // Of two words, the one nearer to the date counts.
    let nearest = all.into_iter().filter_map(|(label, at)| Some((at?, label))).max_by_key(|(at, _)| *at);
    nearest.map_or(Label::None, |(_, label)| label)
}

/// How much speaks for a date in a block.
fn score(zone: &Zone<'_>, near: &Near<'_>, label: Label, date: PublishedAt) -> i32 {
    let labelled = if label == Label::None { 0 } else { 4 };
    let alone = if letters(near.text) <= ALONE { 3 } else { 0 };
    let dated = if zone.element(near.index).is_some_and(hints::is_dated) { 2 } else { 0 };
    let short = if near.text.len() <= SHORT { 1 } else { -1 };
    // "Dec 26, 2025 • Jo Muster in Trees"
    let first = PublishedAt::find(&ascii(near.text), Order::Unknown);
    let starts = match first {
        Some((found, range)) if range.start == 0 && found.date() == date.date() => {
            let behind = ascii(near.text)[range.end..].trim_start().chars().next();
            behind.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, ',' | '.' | ';' | ')'))
        }
        _ => false,
    };
    let far = match near.distance {
        1..=5 => 0,
        -2..=0 | 6..=12 => 1,
        _ => 2,
    };
    labelled + alone + dated + short + i32::from(starts) - far
}

/// Whether there is a digit in a text, of whatever script.
fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) || !text.is_ascii() && text.contains(char::is_numeric)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// The date of the first `time` in or around a block, and whether the text, which may be ambiguous, does not have it.
fn in_time(
    element: Element<'_>,
    near: &Near<'_>,
    dates: &[(Label, PublishedAt)],
) -> Option<((Label, PublishedAt), bool)> {
    let around = element.ancestors().take(1).chain(element.descendants().take(MOST_ELEMENTS));
    let mut times = std::iter::once(element).chain(around).filter(|element| element.name() == "time");
    let (time, date) = times.find_map(|time| Some((time, PublishedAt::parse(time.attr("datetime")?)?.plausible()?)))?;
    if let Some(said) = dates.iter().find(|(_, known)| known.date() == date.date()) {
        return Some(((said.0, date), false));
    }
    let shown = text_of(time.node())?;
    let before = near.text.find(shown.as_str()).map_or("", |at| &near.text[..at]);
    let label = label(if before.is_empty() { near.before } else { before });
    // Beside a date that the text has, another one is rather that of something else.
    dates.is_empty().then_some(((label, date), true))
}

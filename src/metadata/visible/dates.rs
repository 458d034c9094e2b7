//! Tells which of the dates near the title is that of publication, and which that of a change.

use super::hints;
use super::zone::{Near, Zone};
use crate::document::html::Element;
use crate::metadata::date::digits::ascii;
use crate::metadata::date::{Order, PublishedAt};
use crate::metadata::origin::Origin;

/// No page written for the web is older.
const FIRST_YEAR: i16 = 1990;

/// How many dates in one block are read.
const MOST: usize = 3;

/// How much must speak for a date.
const ENOUGH: i32 = 2;

/// How many characters before a date can say what it is the date of.
const LABEL: usize = 40;

/// What is said of changes.
const MODIFIED: [&str; 38] = [
    "updated", "update", "modified", "reviewed", "revised", "edited", "last changed", "as of", "aktualisiert",
    "geändert", "änderung", "überarbeitet", "bearbeitet", "stand:", "mis à jour", "mise à jour", "modifié", "actualiz",
    "modificad", "aggiornat", "ultima modifica", "bijgewerkt", "gewijzigd", "aktualizacj", "zaktualizowan", "atualiz",
    "更新", "修正", "수정", "업데이트", "تحديث", "oppdatert", "opdateret", "uppdaterad", "güncelle", "обновлен",
    "fact checked", "diperbarui",
];

/// What is said of publication.
const PUBLISHED: [&str; 32] = [
    "publish", "posted", "released", "submitted", "post time", "date:", "veröffentlicht", "erschienen", "datum:", "publié",
    "publicad", "pubblicat", "gepubliceerd", "geplaatst", "opublikowan", "dodan", "公開", "掲載", "配信", "发布", "發布",
    "发表", "發佈", "등록", "입력", "게시", "نشر", "publisert", "udgivet", "publicerad", "yayın", "опубликован",
];

/// What is said of other dates.
const OTHER: [&str; 15] = [
    "©", "copyright", "expires", "deadline", "born", "accessed", "valid", "until", "retrieved", "since", "due", "ends",
    "starts", "gültig", "bis zum",
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
        for (label, date) in dates(near.text, near.before, order) {
            let (score, place) = match label {
                Label::Other => continue,
                Label::Modified => (score(zone, near, label), &mut best.1),
                Label::Published | Label::None => (score(zone, near, label), &mut best.0),
            };
            if score >= ENOUGH && score > *place {
                *place = score;
                let exact = zone.element(near.index).and_then(|element| exact(element, date));
                let date = exact.map_or((Origin::Byline, date), |date| (Origin::Time, date));
                let slot = if label == Label::Modified { &mut found.modified } else { &mut found.published };
                *slot = Some(date);
            }
        }
    }
    found
}

/// The first short block behind the title's surroundings that says it is the date of publication.
pub(super) fn elsewhere(zone: &Zone<'_>, order: Order) -> Option<(Origin, PublishedAt)> {
    let mut before = "";
    for (index, text) in zone.far() {
        let labelled = |(label, date)| (label == Label::Published).then_some(date);
        let has_digit = text.len() <= 100 && text.contains(|c: char| c.is_numeric());
        let date = if has_digit { dates(text, before, order).into_iter().find_map(labelled) } else { None };
        if let Some(date) = date.filter(|_| !zone.is_beside(index)) {
            return Some((Origin::Byline, date));
        }
        before = text;
    }
    None
}

/// The dates in a text, each with what is said of it.
fn dates(text: &str, before: &str, order: Order) -> Vec<(Label, PublishedAt)> {
    let mut dates = Vec::new();
    if !text.contains(|c: char| c.is_numeric()) {
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
fn score(zone: &Zone<'_>, near: &Near<'_>, label: Label) -> i32 {
    let letters = near.text.chars().filter(|c| c.is_alphabetic()).count();
    let labelled = if label == Label::None { 0 } else { 4 };
    // Next to nothing but the name of a month, a weekday and a zone.
    let alone = if letters <= 20 { 3 } else { 0 };
    let dated = if zone.element(near.index).is_some_and(hints::is_dated) { 2 } else { 0 };
    let short = if near.text.len() <= 100 { 1 } else { -1 };
    let far = match near.distance {
        1..=5 => 0,
        6..=12 => 1,
        13.. => 2,
        -2..=0 => 1,
        _ => 2,
    };
    labelled + alone + dated + short - far
}

/// The date as the `time` in or around the block has it, if that is more exact.
fn exact(element: Element<'_>, date: PublishedAt) -> Option<PublishedAt> {
    let around = element.ancestors().take(1).chain(element.descendants().take(40));
    let mut times = std::iter::once(element).chain(around).filter(|element| element.name() == "time");
    let given = times.find_map(|time| PublishedAt::parse(time.attr("datetime")?))?;
    (given.date() == date.date()).then_some(given)
}

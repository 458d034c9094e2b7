//! Tells live blogs: by what they declare, or by a title that says so above many posts with the time of each.

use crate::document::html::Tree;
use crate::metadata::declared::Declared;
use crate::strip::reading::Reading;
use crate::text::start_of;

/// Words of titles that announce a live blog.
const WORDS: &[&str] = &[
    "live",
    "liveblog",
    "live-blog",
    "liveticker",
    "live-ticker",
    "newsblog",
    "newsticker",
    "en direct",
    "en vivo",
    "en directo",
    "minuto a minuto",
    "diretta",
    "in diretta",
    "ao vivo",
    "na żywo",
    "relacja na żywo",
    "ライブ",
    "速報",
    "直播",
    "실시간",
    "مباشر",
    "لحظة بلحظة",
];

/// A live blog has so many posts at least …
const LEAST_POSTS: usize = 8;

/// … each with a line for its time, in characters.
const LONGEST_TIME: usize = 40;

/// Whether a page is a live blog by its looks.
pub(super) fn is_live_blog(reading: &Reading<'_>, declared: &Declared) -> bool {
    let title = declared.title.as_deref().unwrap_or_default().to_lowercase();
    if !WORDS.iter().any(|word| has_word(&title, word)) {
        return false;
    }
    let lines = reading.seen().filter(|(index, _)| reading.weight(*index) <= LONGEST_TIME);
    if lines.filter(|(_, text)| begins_with_time(text)).take(LEAST_POSTS).count() == LEAST_POSTS {
        return true;
    }
    let times = reading.document().tree.iter().flat_map(Tree::elements).filter(|element| element.name() == "time");
    let in_text = times.filter(|time| time.ancestors().any(|around| matches!(around.name(), "article" | "main")));
    in_text.take(LEAST_POSTS).count() == LEAST_POSTS
}

/// Whether a word stands in a title by itself; scripts without spaces have no such edges.
fn has_word(title: &str, word: &str) -> bool {
    title.match_indices(word).any(|(at, _)| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        !word.is_ascii() && !word.contains(' ')
            || edge(title[..at].chars().next_back()) && edge(title[at + word.len()..].chars().next())
    })
}

/// Whether a line begins with the time of a day: `18:05`, `18.05 Uhr`, `18h05`, `6:05 pm`.
fn begins_with_time(text: &str) -> bool {
    let start = start_of(text, 5).as_bytes();
    let hours = start.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let minutes = start.get(hours + 1..).unwrap_or_default().iter().take(2);
    (1..=2).contains(&hours)
        && matches!(start.get(hours), Some(b':' | b'.' | b'h'))
        && minutes.filter(|byte| byte.is_ascii_digit()).count() == 2
}

//! Makes the invented page that a snippet is put into.
//!
//! Its article is long enough for rules that look only at the end of a page, or that may drop a small share of it, and
//! has nothing in it that any rule is about.

use super::{Input, Place};
use crate::page::{Content, InputFormat, Page};

const TITLE: &str = "A lighthouse gets its lamp back";

const PARAGRAPHS: [&str; 8] = [
    "The lighthouse at Varnhaven, dark since the storm of last winter, shone again on Tuesday evening. Some two hundred \
     people stood on the mole and waited for the first turn of the beam.",
    "The lamp had been in a workshop inland for seven months. Its lens, cut in 1894, had come through the storm with a \
     crack the length of a hand, and nobody in the country still knew how to mend a glass of that kind.",
    "Ottilie Brandvold, who looks after the harbour's buildings, wrote letters to four museums before an answer came. A \
     retired glazier offered to try it, on condition that he could work at night, when the town is quiet.",
    "He ground the broken edge by hand and set a seam of resin into it, no wider than a thread. From the mole it cannot be \
     seen. From the gallery it shows as a faint line that wanders across the sky once every twelve seconds.",
    "The harbour could have had a new lamp for a third of the price. The council voted for the old one all the same, eleven \
     to two, after a debate in which three members spoke of their grandfathers.",
    "Ships no longer need the light. Pilots find the channel by satellite, and the chart has called the tower a landmark, \
     not a sea mark, for nine years. Fishermen say that they look for it nevertheless.",
    "For the first hour the keeper let children turn the crank that once wound the clockwork. By then the wind had gone \
     round to the west, and the beam drew its line over low cloud, which made it look solid.",
    "The lamp will burn until the end of March and rest over the summer. Who wants to see it from near can climb the \
     tower on the first Sunday of each month, one hundred and sixty-one steps, with a rope for a rail.",
];

/// The page with a snippet in it.
pub(super) fn page(snippet: &str, at: Place, input: Input) -> Page<'static> {
    let (content, format) = match input {
        Input::Html => (html(snippet, at), InputFormat::Html),
        Input::Text => (text(snippet, at), InputFormat::Lines),
    };
    Page { content: Content::Text(content.into()), format: Some(format), ..Page::default() }
}

fn html(snippet: &str, at: Place) -> String {
    let put = |place: Place| if place == at { format!("{snippet}\n") } else { String::new() };
    let [before, after] = halves().map(|half| half.map(|one| format!("<p>{one}</p>\n")).collect::<String>());
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{TITLE}</title></head>\n<body>\n{}\
         <main><article>\n<h1>{TITLE}</h1>\n{}{before}{}{after}{}</article></main>\n{}</body></html>\n",
        put(Place::Top),
        put(Place::Start),
        put(Place::Middle),
        put(Place::End),
        put(Place::Bottom),
    )
}

fn text(snippet: &str, at: Place) -> String {
    let put = |place: Place| if place == at { format!("{}\n\n", snippet.trim()) } else { String::new() };
    let [before, after] = halves().map(|half| half.map(|one| format!("{one}\n\n")).collect::<String>());
    format!(
        "{}{TITLE}\n\n{}{before}{}{after}{}{}",
        put(Place::Top),
        put(Place::Start),
        put(Place::Middle),
        put(Place::End),
        put(Place::Bottom),
    )
}

fn halves() -> [impl Iterator<Item = &'static str>; 2] {
    let (before, after) = PARAGRAPHS.split_at(PARAGRAPHS.len() / 2);
    [before, after].map(|half| half.iter().copied())
}

//! Tells which names near the title are those of authors.

use std::borrow::Cow;

use super::hints::{self, Hint};
use super::zone::{Near, Zone};
use crate::document::Style;
use crate::document::html::Element;
use crate::metadata::by_words::{after_by, is_by};
use crate::metadata::date::digits::ascii;
use crate::metadata::date::{Order, PublishedAt, month_number};
use crate::metadata::declared::{key, text_of};
use crate::metadata::names::{self, is_particle, is_role, looks_like_name, names};
use crate::text::normalise;

/// No name, and no word for an author, is longer, in bytes.
const LONGEST_NAME: usize = 80;

/// How many elements of a block are looked at, near the title and far from it.
const MOST_ELEMENTS: usize = 60;
const MOST_ELEMENTS_FAR: usize = 8;

/// How many parts of a by-line are looked at.
const MOST_PARTS: usize = 12;

/// Whether a character parts a by-line.
fn is_between(c: char) -> bool {
    matches!(c, '|' | '•' | '·' | '⋅' | '—' | '–' | '∙' | '●' | '\t' | '\n' | '›' | '…')
}

/// The first parts of a by-line, as many as are looked at.
fn parts(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in line.split(is_between) {
        // To look for a text is begun with more ado than to look for a byte.
        if part.contains('-') {
            parts.extend(part.split(" - "));
        } else {
            parts.push(part);
        }
        if parts.len() >= MOST_PARTS {
            break;
        }
    }
    parts.truncate(MOST_PARTS);
    parts
}

/// How it is told that somebody is an author, from the most certain way to the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// Words say so: "By Jo Muster".
    Words,
    /// The name links to the page of an author, or stands in an element that says so.
    Element,
}

/// The names of the authors near the title.
pub(super) fn near(zone: &Zone<'_>, site: Option<&str>) -> Option<Vec<String>> {
    let found = zone.near.iter().filter_map(|near| Some((*near, authors(zone, near, site)?)));
    let found: Vec<(Near<'_>, (Way, Vec<String>))> = found.collect();
    let (first, (way, mut people)) =
        found.iter().min_by_key(|(near, (way, _))| (near.distance < 0, *way, near.distance.abs())).cloned()?;
    // Of several authors each may have a block.
    for (near, (other, names)) in &found {
        let close = (1..=4).contains(&(near.distance - first.distance));
        if close && *other == way {
            for name in names {
                let known = people.iter().any(|known| known.contains(name.as_str()) || name.contains(known.as_str()));
                if !known && people.len() < names::MOST {
                    people.push(name.clone());
                }
            }
        }
    }
    Some(people)
}

/// The only author that is named far from the title, such as in a box below the article.
pub(super) fn elsewhere(zone: &Zone<'_>, site: Option<&str>) -> Option<Vec<String>> {
    let mut only: Option<Vec<String>> = None;
    let mut before = "";
    for (index, text) in zone.far() {
        let near = Near { index, text, distance: 0, before };
        before = text;
        if text.len() > LONGEST_NAME {
            continue;
        }
        // Words say so even in a column beside the article.
        let is_outside = |way| if way == Way::Words { zone.is_frame(index) } else { zone.is_beside(index) };
        let Some((_, names)) = authors(zone, &near, site).filter(|(way, _)| !is_outside(*way)) else { continue };
        match &only {
            None => only = Some(names),
            Some(known) if *known == names => {}
            // Those of other articles, which are listed below this one.
            Some(_) => return None,
        }
    }
    only
}

/// The authors that a block names, and how. The site itself is none.
fn authors(zone: &Zone<'_>, near: &Near<'_>, site: Option<&str>) -> Option<(Way, Vec<String>)> {
    let (way, mut names) = named(zone, near)?;
    let site = site.map(key);
    names.retain(|name| Some(key(name)) != site);
    (!names.is_empty()).then_some((way, names))
}

fn named(zone: &Zone<'_>, near: &Near<'_>) -> Option<(Way, Vec<String>)> {
    let some = |way: Way, names: Vec<String>| (!names.is_empty()).then_some((way, names));
    let is_near = near.distance != 0;
    // Far from the title there are many blocks: only whole ones count there.
    let parts: Vec<Cow<'_, str>> = if is_near {
        parts(&zone.block(near.index).text).into_iter().map(normalise).collect()
    } else {
        vec![near.text.into()]
    };
    if let Some(names) = parts.iter().find_map(|part| by_words(part, is_near)) {
        return some(Way::Words, names);
    }
    // The words and the name in a block each.
    if near.before.len() <= LONGEST_NAME && is_by(near.before) {
        let names = in_line(near.text);
        if !names.is_empty() {
            return Some((Way::Words, names));
        }
    }
    let begins = near.text.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    let may_be_name = is_near || begins && may_stand_alone(near.text);
    let element = zone.element(near.index).filter(|_| may_be_name)?;
    let most = if is_near { MOST_ELEMENTS } else { MOST_ELEMENTS_FAR };
    let inside = || inside(element, near.text, most);
    some(Way::Element, linked(zone, near.index)).or_else(|| some(Way::Element, inside())).or_else(|| {
        hints::author(element).filter(|hint| *hint == Hint::Author)?;
        // A date may stand beside the name.
        let mut names = parts.iter().filter(|part| part.len() <= LONGEST_NAME).map(|part| in_line(part));
        let names = names.find(|names| names.iter().any(|name| may_stand_alone(name)));
        some(Way::Element, names.unwrap_or_default())
    })
}

/// Whether a name can be told to be one by the element that it stands in: of more than one word, or in a script without
/// capital letters.
fn may_stand_alone(name: &str) -> bool {
    name.contains(' ') || !name.is_ascii() && !name.chars().any(char::is_lowercase)
}

/// The names behind words that say so at the start of a part of a by-line, and near the title behind a date as well.
fn by_words(part: &str, is_near: bool) -> Option<Vec<String>> {
    // A sentence may begin so: a by-line ends soon.
    if part.len() > 2 * LONGEST_NAME {
        return None;
    }
    let behind = after_by(part).or_else(|| if is_near { after_date(part) } else { None });
    let names = behind.map(in_line).filter(|names| !names.is_empty());
    // Somebody may go by a name without a capital letter.
    names.or_else(|| {
        let account = ["by ", "By ", "Posted by "].iter().find_map(|by| part.strip_prefix(by))?;
        let is_one = account.len() >= 3 && account.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        is_one.then(|| vec![account.to_owned()])
    })
}

/// What follows "by" behind a date or a word such as "Posted": "Published August 7, 2023 by Jo Muster".
fn after_date(part: &str) -> Option<&str> {
    const BEFORE: [&str; 12] = [
        "posted",
        "published",
        "written",
        "text",
        "words",
        "story",
        "recipe",
        "report",
        "reporting",
        "analysis",
        "opinion",
        "essay",
    ];
    let (at, by) =
        [" by ", " von ", " par ", " por ", " di ", " door "].iter().find_map(|by| Some((part.find(by)?, by)))?;
    let before = &part[..at];
    let last = before.rsplit(' ').next().unwrap_or_default().trim_end_matches([',', ':']);
    let said = BEFORE.iter().any(|word| word.eq_ignore_ascii_case(last));
    let dated = || before.contains(char::is_numeric) && PublishedAt::find(&ascii(before), Order::DayFirst).is_some();
    (before.len() <= LONGEST_NAME && (said || dated())).then(|| part[at + by.len()..].trim_start())
}

/// The names that a by-line begins with.
fn in_line(text: &str) -> Vec<String> {
    const STOPS: [&str; 8] = ["Updated", "Published", "Posted", "Last", "Photos", "Photography", "Share", "Reviewed"];
    let text = text.split(is_between).next().unwrap_or_default();
    let text = text.split(" - ").next().unwrap_or_default().trim();
    let mut end = 0;
    let mut words = text.split_inclusive(' ').peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_matches([' ', ',', ';', '.', '*', '†']);
        let begins = bare.chars().next();
        let goes_on = begins.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
            || is_joint(bare)
            || is_particle(bare)
            || bare.starts_with('(');
        // "Jo Muster May 5", but "May Muster".
        let before_number = words.peek().is_some_and(|next| next.starts_with(|c: char| c.is_numeric()));
        let is_month = before_number && month_number(bare).is_some();
        if !goes_on || STOPS.contains(&bare) || end > 2 * LONGEST_NAME || is_month {
            break;
        }
        end += word.len();
        // "Jo Muster, MD. Reviewed …", but "Dr. J. Muster".
        if word.trim_end().ends_with('.') && bare.len() > 2 && !bare.contains('.') && bare != "Prof" {
            break;
        }
    }
    let around = [',', ';', ':', ' ', '(', '*', '†'];
    let mut line = text[..end].trim_end_matches(around);
    let last = line.rsplit(' ').next().unwrap_or_default();
    if last.ends_with('.') && last.len() > 3 {
        line = line.trim_end_matches('.');
    }
    // What is joined to nothing.
    while let Some((before, last)) = line.rsplit_once(' ') {
        if !is_joint(last) && !is_particle(last) {
            break;
        }
        line = before.trim_end_matches([',', ' ']);
    }
    // Behind a comma may stand another name, degrees, what somebody is, or where.
    let is_degree = |part: &str| !part.contains(' ') && part.len() <= 8 && !part.chars().any(char::is_lowercase);
    let is_loud = |text: &str| !text.chars().any(char::is_lowercase);
    let mut parts = line.split(", ");
    let first = parts.next().unwrap_or_default();
    let mut len = first.len();
    for part in parts {
        let is_name = part.contains(' ') && (is_loud(first) || !is_loud(part));
        if is_role(part) || !(is_name || is_degree(part)) {
            break;
        }
        len += ", ".len() + part.len();
    }
    people([line[..len].trim_end_matches(around)])
}

fn is_joint(word: &str) -> bool {
    ["and", "und", "og", "och", "et", "y", "e", "en", "&"].contains(&word)
}

/// The names of people in texts.
fn people<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut found = names(texts);
    found.retain(|name| looks_like_name(name));
    found
}

/// The texts of links to the pages of authors.
fn linked(zone: &Zone<'_>, index: usize) -> Vec<String> {
    let block = zone.block(index);
    let links = block.marks.iter().take(MOST_ELEMENTS).filter_map(|mark| match &mark.style {
        Style::Link { href } if hints::is_of_author(href) => block.text.get(mark.range.clone()),
        _ => None,
    });
    let links: Vec<_> = links.filter(|text| text.len() <= LONGEST_NAME).map(normalise).collect();
    let reviewer = |text: &str| {
        let at = block.text.find(text).unwrap_or(0);
        let before = block.text[..at].trim_end().to_lowercase();
        ["reviewed by", "edited by", "checked by", "updated by", "photos by", "photo by"]
            .iter()
            .any(|by| before.ends_with(by))
    };
    people(links.iter().map(|text| &**text).filter(|text| !reviewer(text)))
}

/// The texts of elements in a block that say that they hold an author.
fn inside(element: Element<'_>, block: &str, most: usize) -> Vec<String> {
    let elements = element.descendants().take(most).filter(|element| hints::names_author(*element));
    let texts: Vec<String> = elements.take(names::MOST).filter_map(|element| text_of(element.node())).collect();
    let mut found: Vec<&str> = Vec::new();
    for text in texts.iter().filter(|text| text.len() <= LONGEST_NAME && block.contains(text.as_str())) {
        let text = after_by(text).unwrap_or(text);
        if looks_like_name(text) && !found.iter().any(|known| known.contains(text)) {
            found.push(text);
        }
    }
    people(found)
}

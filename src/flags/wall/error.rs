//! Tells pages that say that there is no page: errors of servers, and barriers to robots.

use super::words::{ALONE, AROUND, BARRIER_ADDRESSES, BARRIERS, ERRORS, NUMBERS};
use crate::document::BlockKind;
use crate::document::html::Tree;
use crate::flags::{kept, kept_weight};
use crate::ledger::Ledger;
use crate::metadata::declared::Declared;
use crate::strip::reading::Reading;

/// A longer line is no title of an error, in characters.
const LONGEST_TITLE: usize = 90;

/// How many headings are asked, and, on a page without any, how many first lines.
const MOST_HEADINGS: usize = 4;

/// Beside a barrier there is no more text, in characters.
const MOST_BESIDE: usize = 2500;

/// What stands between the title and the name of the site.
const SEPARATORS: [&str; 7] = [" | ", " - ", " – ", " — ", " · ", " » ", "｜"];

/// Whether a page tells of an error, or keeps robots out.
pub(super) fn is_error(reading: &Reading<'_>, declared: &Declared, ledger: &Ledger) -> bool {
    let document = reading.document();
    let is_title = |index: usize| matches!(document.blocks[index].kind, BlockKind::Heading { .. });
    let headings = || reading.seen().filter(|(index, _)| is_title(*index)).take(MOST_HEADINGS);
    // A headline of an error is no news: an article with one has text, a date and an author.
    let is_dated = declared.date.is_some() || !declared.authors.is_empty();
    let page_title = document.tree.as_ref().and_then(title);
    let mut told = declared.title.as_deref().into_iter().chain(page_title.as_deref());
    let told = told.any(tells_of_error);
    if told && !is_dated {
        return true;
    }
    let is_told_by_heading = headings().any(|(_, text)| tells_of_error(text));
    if is_told_by_heading && !is_dated && (told || is_short(reading, ledger)) {
        return true;
    }
    let first = || kept(reading, ledger).take(MOST_HEADINGS).any(|(_, text)| tells_of_error(text));
    if headings().next().is_none() && !is_dated && is_short(reading, ledger) && first() {
        return true;
    }
    let all: usize = reading.seen().map(|(index, _)| reading.weight(index)).sum();
    all <= MOST_BESIDE && document.tree.as_ref().is_some_and(has_barrier)
}

/// Whether what is left would go on an error page.
fn is_short(reading: &Reading<'_>, ledger: &Ledger) -> bool {
    kept_weight(reading, ledger) < 700
}

fn title(tree: &Tree) -> Option<String> {
    let head = tree.root_element()?.children().find(|element| element.name() == "head")?;
    let title = head.children().find(|element| element.name() == "title")?;
    Some(crate::text::normalise(&title.text()).into_owned())
}

/// Whether a title or a heading tells of an error.
fn tells_of_error(title: &str) -> bool {
    if title.is_empty() || title.chars().count() > LONGEST_TITLE {
        return false;
    }
    let title = title.to_lowercase();
    if ERRORS.iter().any(|phrase| title.contains(phrase)) {
        return true;
    }
    // Beside the name of the site, which stands before or behind.
    let parts = SEPARATORS.iter().fold(vec![title.as_str()], |parts, separator| {
        parts.into_iter().flat_map(|part| part.split(separator)).collect()
    });
    parts.into_iter().any(is_error_alone)
}

/// Whether a part of a title is the number of an error, or one of the phrases that are one only alone.
fn is_error_alone(part: &str) -> bool {
    let is_mark = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'' | '’');
    let mut number = false;
    let mut rest = String::new();
    for word in part.split(is_mark).filter(|word| !word.is_empty() && *word != "-") {
        if NUMBERS.contains(&word) {
            number = true;
        } else if !AROUND.contains(&word) {
            rest.push_str(if rest.is_empty() { "" } else { " " });
            rest.push_str(word);
        }
    }
    rest.is_empty() && number || ALONE.contains(&rest.as_str())
}

/// Whether the elements of a page are those of a barrier to robots.
fn has_barrier(tree: &Tree) -> bool {
    tree.elements().any(|element| {
        element.id().into_iter().chain(element.classes()).any(|name| BARRIERS.contains(&name))
            || matches!(element.name(), "iframe" | "script")
                && element.attr("src").is_some_and(|src| {
                    let src = src.to_ascii_lowercase();
                    BARRIER_ADDRESSES.iter().any(|part| src.contains(part))
                })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_errors() {
        for title in [
            "404",
            "404 Not Found",
            "Error 404 - Evening Post",
            "Fehler 404: Seite nicht gefunden",
            "Just a moment...",
            "Oops! That page can’t be found.",
            "Access Denied",
            "403 Forbidden",
            "Página não encontrada | Jornal",
            "ページが見つかりません｜新聞",
            "Attention Required! | Cloudflare",
            "Making sure you're not a bot!",
            "Robot or human?",
        ] {
            assert!(tells_of_error(title), "{title}");
        }
    }

    #[test]
    fn other_titles() {
        for title in [
            "",
            "404 people found a job at the mill",
            "Not found in any museum: the bell of the ferry",
            "The 500",
            "Access denied to Mexican senators",
            "Gone fishing",
            "Peugeot 404",
            "Room 404",
            "Page 404",
            "Error in the mill",
            "Captcha and the web",
            "Just a moment of silence",
        ] {
            assert!(!tells_of_error(title), "{title}");
        }
    }
}

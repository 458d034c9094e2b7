//! Counts the texts that bodies have in common, in a table of bounded size (Manku and Motwani's lossy counting).

use std::collections::HashMap;

use super::{Looks, Text};

/// How many texts of a source are in the table at most.
const MOST: usize = 5000;

/// On fewer pages a text is not repeated.
const LEAST_PAGES: usize = 3;

/// On less of all pages a text is not repeated: articles quote each other.
const LEAST_SHARE: f64 = 0.05;

/// A heading is repeated by many articles ("What comes next?"): only on so much of all pages it is none of theirs.
const LEAST_SHARE_OF_HEADING: f64 = 0.5;

/// The texts of a source's bodies, and on how many pages each was seen.
#[derive(Debug, Default)]
pub(super) struct Repeated {
    texts: HashMap<u64, Counted>,
    /// So often a text that is not in the table may have been seen.
    missed: usize,
}

/// A text that was seen.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) pages: usize,
    pub(super) first: Text,
    /// On so many pages it stood near the beginning or the end.
    at_edge: usize,
    /// So often it may have been seen before it came into the table.
    before: usize,
    /// The last page on which it was counted.
    last: usize,
}

impl Repeated {
    /// Counts the texts of a page, each once.
    pub(super) fn add(&mut self, texts: Vec<Text>, page: usize) {
        for text in texts {
            let at_edge = usize::from(text.at_edge);
            let before = self.missed;
            let counted = self.texts.entry(text.hash).or_insert_with(|| Counted {
                pages: 0,
                first: text,
                at_edge: 0,
                before,
                last: 0,
            });
            if counted.last != page {
                counted.pages += 1;
                counted.at_edge += at_edge;
                counted.last = page;
            }
        }
        while self.texts.len() > MOST {
            self.missed += 1;
            self.texts.retain(|_, counted| counted.pages + counted.before > self.missed);
        }
    }

    /// The texts that are hardly part of the articles, the most frequent first.
    pub(super) fn boilerplate(&self, pages: usize) -> Vec<&Counted> {
        let mut found: Vec<&Counted> = self.texts.values().filter(|text| text.is_boilerplate(pages)).collect();
        found.sort_by(|a, b| b.pages.cmp(&a.pages).then_with(|| a.first.start.cmp(&b.first.start)));
        found
    }
}

impl Counted {
    fn is_boilerplate(&self, pages: usize) -> bool {
        let share = self.pages as f64 / pages.max(1) as f64;
        let least = if self.first.looks == Looks::Heading { LEAST_SHARE_OF_HEADING } else { LEAST_SHARE };
        // A whole sentence amid several articles is what they are about: one took it from the other.
        let is_of_the_articles = self.first.looks == Looks::Sentence && self.at_edge * 2 < self.pages;
        self.pages >= LEAST_PAGES && share >= least && !is_of_the_articles
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(hash: u64) -> Text {
        let (start, place) = (format!("text {hash}"), String::new());
        Text { hash, start, is_whole: true, looks: Looks::Line, at_edge: false, place }
    }

    #[test]
    fn the_table_stays_small_and_keeps_what_is_frequent() {
        let mut repeated = Repeated::default();
        for page in 1..=2000 {
            let once = (0..10).map(|k| text(1_000_000 + page as u64 * 10 + k));
            repeated.add(std::iter::once(text(7)).chain(once).collect(), page);
        }
        assert!(repeated.texts.len() <= MOST);
        let found = repeated.boilerplate(2000);
        assert_eq!(found.iter().map(|one| (one.first.hash, one.pages)).collect::<Vec<_>>(), [(7, 2000)]);
    }

    #[test]
    fn a_text_counts_once_a_page() {
        let mut repeated = Repeated::default();
        for page in 1..=3 {
            repeated.add(vec![text(1), text(1)], page);
        }
        assert_eq!(repeated.boilerplate(3)[0].pages, 3);
        assert!(repeated.boilerplate(100).is_empty(), "three of a hundred");
    }

    #[test]
    fn sentences_amid_articles_and_headings_are_theirs() {
        let mut repeated = Repeated::default();
        for page in 1..=4 {
            let long = |hash, at_edge| Text { looks: Looks::Sentence, at_edge, ..text(hash) };
            let heading = Text { looks: Looks::Heading, ..text(3) };
            repeated.add(vec![long(1, false), long(2, true), heading], page);
        }
        let found = |pages| repeated.boilerplate(pages).iter().map(|one| one.first.hash).collect::<Vec<_>>();
        assert_eq!(found(10), [2]);
        assert_eq!(found(5), [2, 3], "a heading of nearly all pages");
    }
}

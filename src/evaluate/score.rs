//! Compares an answer with the truth of its page.

use serde::Serialize;

use super::answer::Answer;
use super::order::order;
use super::rouge::rouge_f1;
use super::truth::Truth;
use super::words::{Numbers, counts, folded, shared, words};

/// How many words a shingle has.
const SHINGLE: usize = 4;

/// How well an answer meets the truth: shares, 0 to 1. What a page says nothing of has no score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scores {
    /// Of the words of the answer, those that are in the truth; as often as they are there, in any order and case.
    pub precision: f64,
    /// Of the words of the truth, those that are in the answer.
    pub recall: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
    /// The same of four words in a row.
    pub gram_f1: f64,
    /// Precision of four words in a row, as `ScrapingHub`'s benchmark counts it: no figure where nothing was answered.
    pub shingle_precision: Option<f64>,
    /// Recall of four words in a row.
    pub shingle_recall: Option<f64>,
    /// ROUGE-LSum F1, where the truth has paragraphs.
    pub rouge: Option<f64>,
    /// 1 if the words are those of the truth, one after the other.
    pub exact: f64,
    /// Of the paragraphs that are in the answer, the share that stands in order.
    pub order: Option<f64>,
    /// The share of the texts that must be there that is.
    pub with: Option<f64>,
    /// The share of the texts that must not be there that is.
    pub without: Option<f64>,
    /// 1 if the title is right.
    pub title: Option<f64>,
    /// 1 if the author is right.
    pub author: Option<f64>,
    /// 1 if the day is right.
    pub date: Option<f64>,
}

/// The scores of an answer.
pub fn score(answer: &Answer, page: &Truth) -> Scores {
    let text = answer.text.as_str();
    let (precision, recall, f1) = word_scores(text, &page.body);
    let mut numbers = Numbers::default();
    let given: Vec<u32> = words(text).map(|word| numbers.of(word)).collect();
    let wanted: Vec<u32> = words(&page.body).map(|word| numbers.of(word)).collect();
    let (shingle_precision, shingle_recall) = shingle_scores(&given, &wanted);
    let flat = folded(text);
    let right = |given: &Option<String>, wanted: &Option<String>, longest: usize| {
        let cut = |text: &str| folded(text).chars().take(longest).collect::<String>();
        let wanted = wanted.as_deref().filter(|wanted| !wanted.is_empty())?;
        Some(f64::from(cut(given.as_deref().unwrap_or_default()) == cut(wanted)))
    };
    Scores {
        precision,
        recall,
        f1,
        gram_f1: gram_f1(&given, &wanted),
        shingle_precision,
        shingle_recall,
        rouge: rouge_f1(text, page),
        exact: f64::from(given == wanted),
        order: order(text, page),
        with: share_found(&flat, &page.with),
        without: share_found(&flat, &page.without),
        title: right(&answer.title, &page.title, usize::MAX),
        author: right(&answer.author, &page.author, usize::MAX),
        // The day, without the time.
        date: right(&answer.date, &page.date, "2024-05-05".len()),
    }
}

fn word_scores(text: &str, body: &str) -> (f64, f64, f64) {
    let (text, body) = (text.to_lowercase(), body.to_lowercase());
    let (given, wanted) = (counts(words(&text)), counts(words(&body)));
    let total = |counts: &rustc_hash::FxHashMap<&str, usize>| counts.values().sum::<usize>() as f64;
    if given.is_empty() || wanted.is_empty() {
        let same = f64::from(given.is_empty() && wanted.is_empty());
        return (same, same, same);
    }
    let both = shared(&given, &wanted) as f64;
    let (precision, recall) = (both / total(&given), both / total(&wanted));
    let f1 = if both > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    (precision, recall, f1)
}

/// The shingles of a text; one that is shorter than a shingle is one itself.
fn shingles(words: &[u32]) -> impl Iterator<Item = &[u32]> {
    let short = (words.len() < SHINGLE).then_some(words);
    words.windows(SHINGLE).chain(short)
}

fn gram_f1(given: &[u32], wanted: &[u32]) -> f64 {
    let (given, wanted) = (counts(shingles(given)), counts(shingles(wanted)));
    let all = given.values().chain(wanted.values()).sum::<usize>();
    2.0 * shared(&given, &wanted) as f64 / all.max(1) as f64
}

/// Precision and recall as `ScrapingHub`'s benchmark has them, in which no words are no shingle.
fn shingle_scores(given: &[u32], wanted: &[u32]) -> (Option<f64>, Option<f64>) {
    let some = |words| counts(shingles(words).filter(|shingle| !shingle.is_empty()));
    let (given, wanted) = (some(given), some(wanted));
    let both = shared(&given, &wanted) as f64;
    let share = |all: usize| (all > 0).then(|| both / all as f64);
    (share(given.values().sum()), share(wanted.values().sum()))
}

fn share_found(flat: &str, snippets: &[String]) -> Option<f64> {
    if snippets.is_empty() {
        return None;
    }
    let found = snippets.iter().filter(|snippet| flat.contains(&folded(snippet))).count();
    Some(found as f64 / snippets.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(text: &str, body: &str) -> Scores {
        let answer = Answer { text: text.to_owned(), ..Answer::default() };
        score(&answer, &Truth { body: body.to_owned(), ..Truth::default() })
    }

    #[test]
    fn words_count_as_often_as_both_have_them() {
        let of = |text, body| {
            let Scores { precision, recall, f1, .. } = scores(text, body);
            (precision, recall, f1)
        };
        assert_eq!(of("The the bridge, menu", "the bridge is OPEN"), (0.5, 0.5, 0.5));
        assert_eq!(of("", ""), (1.0, 1.0, 1.0));
        assert_eq!(of("…", "bridge"), (0.0, 0.0, 0.0));
        assert_eq!(of("menu", "bridge"), (0.0, 0.0, 0.0));
    }

    #[test]
    fn shingles_see_order_and_case() {
        let of = |text, body| {
            let Scores { gram_f1, shingle_precision, shingle_recall, .. } = scores(text, body);
            (gram_f1, shingle_precision, shingle_recall)
        };
        assert_eq!(of("a b c d e f", "a b c d"), (0.5, Some(1.0 / 3.0), Some(1.0)));
        assert_eq!(of("d c b a", "a b c d"), (0.0, Some(0.0), Some(0.0)));
        // Three words are one shingle.
        assert_eq!(of("a b c", "a b c"), (1.0, Some(1.0), Some(1.0)));
        assert_eq!(of("A b c", "a b c"), (0.0, Some(0.0), Some(0.0)));
        assert_eq!(of("", "a b c d"), (0.0, None, Some(0.0)));
        assert_eq!(of("", ""), (1.0, None, None));
    }

    #[test]
    fn exact_is_word_for_word() {
        let is_exact = |text| scores(text, "One two three.").exact > 0.5;
        assert!(is_exact("One, two\n\nthree"));
        assert!(!is_exact("One three two"));
        assert!(!is_exact("one two three"));
    }

    #[test]
    fn snippets_and_metadata_are_compared_folded() {
        let told = |text: &str| Some(text.to_owned());
        let answer = Answer {
            text: "The bridge\nis open. Menu".to_owned(),
            title: told("THE  bridge"),
            date: told("2024-05-05T18:00:00+02:00"),
            ..Answer::default()
        };
        let page = Truth {
            with: vec!["the bridge is".to_owned(), "ferries".to_owned()],
            without: vec!["menu".to_owned()],
            title: told("The bridge"),
            author: told("Ada Miller"),
            date: told("2024-05-05 07:00:00"),
            ..Truth::default()
        };
        let found = score(&answer, &page);
        assert_eq!((found.with, found.without), (Some(0.5), Some(1.0)));
        assert_eq!((found.title, found.author, found.date), (Some(1.0), Some(0.0), Some(1.0)));
        let nothing = score(&answer, &Truth::default());
        assert_eq!((nothing.with, nothing.title, nothing.rouge), (None, None, None));
    }
}

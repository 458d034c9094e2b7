//! Whether paragraphs stand in the order of the truth.

use rustc_hash::FxHashMap;

use super::truth::Truth;
use super::words::{Numbers, words};

/// A paragraph with fewer words may stand in other places by chance.
const FEWEST_WORDS: usize = 4;

/// Of the paragraphs of the truth that stand in the text once, word for word, the share that stands in the order of the
/// truth: the longest such sequence. Nothing where there are fewer than two.
pub(super) fn order(text: &str, page: &Truth) -> Option<f64> {
    let mut numbers = Numbers::default();
    let lower = text.to_lowercase();
    let text: Vec<u32> = words(&lower).map(|word| numbers.of(word)).collect();
    let paragraphs: Vec<String> = paragraphs(page).map(str::to_lowercase).collect();
    let paragraphs: Vec<Vec<u32>> =
        paragraphs.iter().map(|paragraph| words(paragraph).map(|word| numbers.of(word)).collect()).collect();
    let mut places: FxHashMap<&[u32], Vec<usize>> = FxHashMap::default();
    for (at, start) in text.windows(FEWEST_WORDS).enumerate() {
        places.entry(start).or_default().push(at);
    }
    let mut times: FxHashMap<&[u32], usize> = FxHashMap::default();
    for paragraph in &paragraphs {
        *times.entry(paragraph).or_insert(0) += 1;
    }
    let place_of = |paragraph: &Vec<u32>| {
        let start = paragraph.get(..FEWEST_WORDS)?;
        let mut found = places.get(start)?.iter().copied().filter(|at| text[*at..].starts_with(paragraph));
        let first = found.next()?;
        (found.next().is_none() && times.get(paragraph.as_slice()) == Some(&1)).then_some(first)
    };
    let found: Vec<usize> = paragraphs.iter().filter_map(place_of).collect();
    (found.len() >= 2).then(|| longest_rise(&found) as f64 / found.len() as f64)
}

/// The paragraphs of the truth; where it does not tell them, its lines.
fn paragraphs(page: &Truth) -> impl Iterator<Item = &str> {
    let body = page.paragraphs.is_empty().then(|| page.body.lines());
    page.paragraphs.iter().map(String::as_str).chain(body.into_iter().flatten())
}

/// The length of the longest sequence of numbers that rise, in their order.
fn longest_rise(numbers: &[usize]) -> usize {
    // At each place the smallest number in which a sequence so long can end.
    let mut ends: Vec<usize> = Vec::new();
    for number in numbers {
        let at = ends.partition_point(|end| end < number);
        match ends.get_mut(at) {
            Some(end) => *end = *number,
            None => ends.push(*number),
        }
    }
    ends.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str =
        "one and one are two\n\ntwo and two are four\n\nthree and three are six\n\nsix\n\nhere it ends at last";

    fn of(text: &str) -> Option<f64> {
        order(text, &Truth { body: BODY.to_owned(), ..Truth::default() })
    }

    #[test]
    fn paragraphs_out_of_order_count() {
        assert_eq!(of(BODY), Some(1.0));
        let moved =
            "Menu\n\nHere it ends at last\n\nOne and one are two\nTwo and two are four\nthree and three are six";
        assert_eq!(of(moved), Some(0.75));
        assert_eq!(of("here it ends at last\nthree and three are six"), Some(0.5));
    }

    #[test]
    fn what_is_missing_or_there_twice_does_not_count() {
        assert_eq!(of("three and three are six\nhere it ends at last\nthree and three are six"), None);
        assert_eq!(of("one and one are two\n\nhere it ends"), None);
        assert_eq!(of(""), None);
    }
}

//! Cuts texts into words, as the benchmarks do: Python's `\w+`, in which a mark that combines with a letter is none.
//!
//! It is not the `\w` of the crate `regex`, which takes marks for parts of words: in Hindi, Thai or pointed Arabic that
//! makes other words, and other figures.

use std::hash::Hash;
use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashMap;

/// Nothing, were it a bad pattern; a test sees to it that it is a good one.
type Pattern = LazyLock<Option<Regex>>;

static WORD: Pattern = LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]+").ok());

/// Words; of scripts that are written without spaces (Thai, Lao, kana, Han), characters.
static ROUGE_WORD: Pattern = LazyLock::new(|| {
    const UNSPACED: &str = r"[\u{e00}-\u{eff}\u{3040}-\u{30ff}\u{3400}-\u{9fff}\u{f900}-\u{faff}]";
    Regex::new(&format!(r"{UNSPACED}|[[\p{{L}}\p{{N}}]--{UNSPACED}]+")).ok()
});

/// The words of a text.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    found(&WORD, text)
}

/// The words of a text as ROUGE counts them here: a character is one where no spaces are written between words.
pub(super) fn rouge_words(text: &str) -> impl Iterator<Item = &str> {
    found(&ROUGE_WORD, text)
}

fn found<'t>(pattern: &'static Pattern, text: &'t str) -> impl Iterator<Item = &'t str> {
    pattern.iter().flat_map(move |pattern| pattern.find_iter(text)).map(|found| found.as_str())
}

/// How often each item occurs.
pub(super) fn counts<T: Eq + Hash>(items: impl Iterator<Item = T>) -> FxHashMap<T, usize> {
    let mut counts = FxHashMap::default();
    for item in items {
        *counts.entry(item).or_insert(0) += 1;
    }
    counts
}

/// How many items two collections share: of each, as many as both have.
pub(super) fn shared<T: Eq + Hash>(one: &FxHashMap<T, usize>, other: &FxHashMap<T, usize>) -> usize {
    one.iter().map(|(item, count)| other.get(item).map_or(0, |there| *count.min(there))).sum()
}

/// Numbers words, the same word alike, so that they are quick to compare.
#[derive(Debug, Default)]
pub(super) struct Numbers<'a>(FxHashMap<&'a str, u32>);

impl<'a> Numbers<'a> {
    /// The number of a word.
    pub(super) fn of(&mut self, word: &'a str) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(word).or_insert(next)
    }
}

/// Lower case, with a single space between words: how snippets and metadata are compared.
pub(super) fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<_> = lower.split(is_space).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// White space, with the separators of information that Python takes for some.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_benchmarks() {
        let of = |text| words(text).collect::<Vec<_>>();
        assert_eq!(of("It's 3.5 km, snake_case & Größe²"), ["It", "s", "3", "5", "km", "snake_case", "Größe²"]);
        // A vowel sign parts a word.
        assert_eq!(of("हिन्दी"), ["ह", "न", "द"]);
        assert_eq!(of("新しい橋"), ["新しい橋"]);
        assert_eq!(of(" …"), [""; 0]);
    }

    #[test]
    fn rouge_takes_characters_where_no_spaces_are() {
        let of = |text| rouge_words(text).collect::<Vec<_>>();
        assert_eq!(of("snake_case 3km橋は2本・กำ"), ["snake", "case", "3km", "橋", "は", "2", "本", "・", "ก", "ำ"]);
    }

    #[test]
    fn snippets_are_compared_without_case_and_spacing() {
        assert_eq!(folded("\u{a0}One \n\n TWO\u{1f}three"), "one two three");
    }
}

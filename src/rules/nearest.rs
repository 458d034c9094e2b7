//! Defines which known word a misspelt one was probably meant to be.

/// A longer word is no misspelling, and measuring it would take its time.
const LONGEST: usize = 64;

/// The known word that is so near to `word` that it was probably meant.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase().replace([' ', '_'], "-");
    let allowed = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|candidate| (distance(&word, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Edits from one word to the other; a plural or a word that goes on after a hyphen counts as one.
fn distance(word: &str, candidate: &str) -> usize {
    let hyphenated = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with('-'));
    if word.len() > 2 && (hyphenated(word, candidate) || hyphenated(candidate, word)) {
        return 1;
    }
    strsim::damerau_levenshtein(word, candidate)
}

/// The words in a row, each between back quotes.
pub(crate) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let known = ["category", "css", "line", "max-share", "cookie-banner"];
        assert_eq!(nearest("catgory", known), Some("category"));
        assert_eq!(nearest("max_share", known), Some("max-share"));
        assert_eq!(nearest("Lines", known), Some("line"));
        assert_eq!(nearest("cookie", known), Some("cookie-banner"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest(&"c".repeat(100_000), known), None);
    }
}

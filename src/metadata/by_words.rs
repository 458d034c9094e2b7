//! Knows the words that stand before the names of authors, in a dozen languages.

use std::sync::LazyLock;

/// What stands before names and begins none itself. Longer ones come before those that they begin with.
const BY: [&str; 49] = [
    "written by",
    "posted by",
    "published by",
    "authored by",
    "reported by",
    "compiled by",
    "words by",
    "text by",
    "story by",
    "article by",
    "interview by",
    "recipe by",
    "post by",
    "by",
    "authors",
    "author(s)",
    "author",
    "verfasst von",
    "geschrieben von",
    "ein beitrag von",
    "ein artikel von",
    "text von",
    "autoren",
    "autorin",
    "autor",
    "écrit par",
    "rédigé par",
    "publié par",
    "propos recueillis par",
    "auteur",
    "escrito por",
    "publicado por",
    "redactado por",
    "scritto da",
    "a cura di",
    "autore",
    "geschreven door",
    "tekst",
    "napisał",
    "napisała",
    "opracował",
    "opracowała",
    "تأليف",
    "بقلم",
    "الكاتب",
    "كتب",
    "작성자",
    "글쓴이",
    "skrevet av",
];

/// What stands before names and begins some as well: one with a single word behind it is left alone.
const PERHAPS_BY: [&str; 8] = ["von", "por", "par", "di", "da", "door", "af", "av"];

/// What stands before names where no spaces are written between words: with a colon or a stroke behind it.
const BY_UNSPACED: [&str; 10] = ["取材・文", "著者", "執筆", "文", "作者", "撰文", "记者", "記者", "編輯", "編集"];

/// Words by the byte that they begin with, in whatever case.
struct ByBegin(Vec<Vec<&'static str>>);

static BY_BEGIN: LazyLock<ByBegin> = LazyLock::new(|| ByBegin::new(&BY));
static PERHAPS_BY_BEGIN: LazyLock<ByBegin> = LazyLock::new(|| ByBegin::new(&PERHAPS_BY));
static UNSPACED_BY_BEGIN: LazyLock<ByBegin> = LazyLock::new(|| ByBegin::new(&BY_UNSPACED));

impl ByBegin {
    fn new(words: &[&'static str]) -> Self {
        let begins_with = |word: &str, byte: u8| word.bytes().next() == Some(byte.to_ascii_lowercase());
        let of = |byte| words.iter().copied().filter(|word| begins_with(word, byte)).collect();
        Self((0..=u8::MAX).map(of).collect())
    }

    /// Those that may stand at the start of a text, in order.
    fn of(&self, text: &str) -> impl Iterator<Item = &'static str> {
        let first = text.bytes().next().map(usize::from);
        first.into_iter().flat_map(|first| &self.0[first]).copied()
    }
}

/// A text without the words that say that a name follows; the text itself where there are none.
pub(super) fn without_by(text: &str) -> &str {
    after_by(text).unwrap_or(text)
}

/// What follows the words that say so at the start of a text.
pub(super) fn after_by(text: &str) -> Option<&str> {
    let behind = |by: &str| {
        let rest = behind(text, by)?;
        let name = rest.trim_start_matches([':', '：', ' ']);
        let apart = name.len() < rest.len() && name.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
        apart.then_some((name, rest.trim_start().starts_with([':', '：'])))
    };
    let surely = BY_BEGIN.of(text).find_map(behind).map(|(name, _)| name);
    let perhaps = || {
        let found = PERHAPS_BY_BEGIN.of(text).find_map(behind);
        found.filter(|(name, colon)| *colon || name.contains(' ')).map(|(name, _)| name)
    };
    let unspaced = || {
        let rest = UNSPACED_BY_BEGIN.of(text).find_map(|by| text.strip_prefix(by))?;
        let name = rest.trim_start().strip_prefix([':', '：', '/', '／', '・', '|', '｜'])?.trim_start();
        (!name.is_empty()).then_some(name)
    };
    surely.or_else(perhaps).or_else(unspaced)
}

/// Whether a text is nothing but words that say that a name follows: "Written by", "Autor:".
pub(super) fn is_by(text: &str) -> bool {
    let text = text.trim_end_matches([':', '：', ' ']);
    let lists = [&BY_BEGIN, &PERHAPS_BY_BEGIN, &UNSPACED_BY_BEGIN];
    lists.iter().any(|words| words.of(text).any(|by| behind(text, by).is_some_and(str::is_empty)))
}

/// What follows a start in lower case, whatever the case of the text.
fn behind<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    if start.is_ascii() {
        let (begin, rest) = text.split_at_checked(start.len())?;
        return begin.eq_ignore_ascii_case(start).then_some(rest);
    }
    let mut chars = text.chars();
    for wanted in start.chars() {
        let mut lower = chars.next()?.to_lowercase();
        if lower.next() != Some(wanted) || lower.next().is_some() {
            return None;
        }
    }
    Some(chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_before_names_in_many_languages() {
        for text in [
            "By Jo Muster",
            "WRITTEN BY: Jo Muster",
            "Von Jo Muster",
            "Text von Jo Muster",
            "Écrit par Jo Muster",
            "Par Jo Muster",
            "Escrito por Jo Muster",
            "A cura di Jo Muster",
            "Door Jo Muster",
            "Autor: Jo Muster",
            "Napisała Jo Muster",
            "بقلم: Jo Muster",
        ] {
            assert_eq!(after_by(text), Some("Jo Muster"), "{text}");
        }
        assert_eq!((after_by("作者：李四"), after_by("文・山田花子")), (Some("李四"), Some("山田花子")));
        for text in ["Byron Muster", "Von Muster", "by the sea", "By", "文化", "Autorin", "Tekstil Muster"] {
            assert_eq!(after_by(text), None, "{text}");
        }
    }

    #[test]
    fn words_alone() {
        assert!(is_by("By") && is_by("Written by:") && is_by("Autor:") && is_by("ÉCRIT PAR") && is_by("作者："));
        assert!(!is_by("") && !is_by(":") && !is_by("By Jo") && !is_by("Story"));
    }
}

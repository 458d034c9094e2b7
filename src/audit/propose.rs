//! Proposes a rule for a text that no rule covers.

use std::collections::BTreeSet;

use super::repeated::Counted;
use crate::category::Category;
use crate::generic::called;

/// Words that tell of a category, in the languages that packs are written in: the first list that has one decides.
const WORDS: [(Category, &str); 9] = [
    (Category::Newsletter, "newsletter newsletters nieuwsbrief boletín infolettre"),
    (Category::CookieBanner, "cookie cookies consent einwilligung"),
    (
        Category::Legal,
        "© copyright impressum imprint rechte reserved vorbehalten mentions urheberrecht datenschutz privacy",
    ),
    (
        Category::Advertisement,
        "anzeige werbung advertisement sponsored publicité publicidad pubblicità reklama advertentie",
    ),
    (Category::Paywall, "abo abonnieren subscribe subscriber subscribers abonnez suscríbete abbonati premium"),
    (Category::Share, "teilen share partager compartir condividi delen whatsapp facebook bluesky drucken"),
    (Category::Comments, "kommentare kommentar comments commentaires comentarios commenti reacties"),
    (
        Category::Related,
        "mehr auch more also related lesen thema themen weitere aussi lire también leer anche leggi verwandte meistgelesen \
        recommended trending lees meer czytaj także",
    ),
    (Category::Caption, "foto bild photo image imago getty reuters"),
];

/// A rule for a text, as TOML to put into a rule file; `taken` are the ids that the file has, and the new one joins them.
pub(super) fn rule(text: &Counted, taken: &mut BTreeSet<String>) -> String {
    let start = text.first.start.trim_end();
    let pattern = if text.first.is_whole {
        regex::escape(start)
    } else {
        // What is cut off may end within a word.
        let whole_words = start.rsplit_once(' ').map_or(start, |(words, _)| words);
        format!("{}.*", regex::escape(whole_words))
    };
    let id = free(&slug(start), taken);
    let category = guess(start, &text.first.place);
    format!("[[drop]]\nid       = \"{id}\"\ncategory = \"{category}\"\nline     = {}\n", quoted(&pattern))
}

/// What kind of boilerplate a text is: what its own words tell, else what the elements around it are called.
fn guess(text: &str, place: &str) -> Category {
    let lower = text.to_lowercase();
    let words: BTreeSet<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '©').collect();
    let by_words = WORDS.iter().find(|(_, list)| list.split_whitespace().any(|word| words.contains(word)));
    let by_place = || place.rsplit(" > ").take(3).find_map(called::category);
    by_words.map(|(category, _)| *category).or_else(by_place).unwrap_or(Category::Other)
}

/// The first words of a text as an id.
fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() > 1).take(3);
    let slug = words.collect::<Vec<_>>().join("-");
    if slug.is_empty() { "repeated".to_owned() } else { slug }
}

fn free(slug: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{slug}-{number}"));
    let id = std::iter::once(slug.to_owned()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or_default();
    taken.insert(id.clone());
    id
}

/// A string as TOML has it, in single quotes if it can be.
fn quoted(text: &str) -> String {
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    if !text.contains("'''") && !text.ends_with('\'') {
        return format!("'''{text}'''");
    }
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_are_told_by_words_then_by_names_of_elements() {
        assert_eq!(guess("Jetzt den Newsletter bestellen", ""), Category::Newsletter);
        assert_eq!(guess("© 2024 Evening Post", "main > p.author"), Category::Legal);
        assert_eq!(guess("Ada Miller", "main > div.author-box > p"), Category::Byline);
        assert_eq!(guess("Town and harbour", "main > p.k"), Category::Other);
    }

    #[test]
    fn ids_are_free_and_never_empty() {
        let mut taken = BTreeSet::from(["read-more".to_owned()]);
        assert_eq!(free(&slug("Read more …"), &mut taken), "read-more-2");
        assert_eq!(free(&slug("Read more"), &mut taken), "read-more-3");
        assert_eq!(free(&slug("続きを読む"), &mut taken), "repeated");
    }

    #[test]
    fn strings_come_back_from_toml() {
        for text in ["plain", r"a\.b", "don't", "'''", "ends with '", "\"both\" and '''"] {
            let read: toml::Table = toml::from_str(&format!("key = {}", quoted(text))).expect("TOML");
            assert_eq!(read["key"].as_str(), Some(text));
        }
    }
}

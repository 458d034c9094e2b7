//! The names of people in what stands where a page names its authors.

use super::by_words::{is_by, without_by};

/// No page has more authors than this.
pub(super) const MOST: usize = 20;

/// No name is longer, in characters.
const LONGEST: usize = 60;

/// No initials are longer, in bytes.
const LONGEST_INITIALS: usize = 8;

/// What stands between two names.
const BETWEEN: [&str; 13] =
    [", and ", ", und ", " and ", " und ", " og ", " och ", " & ", " et ", " y ", " en ", ", ", "; ", "、"];

/// What stands around names where a list or a template was filled in carelessly.
const AROUND: [char; 6] = ['"', '“', '”', ',', ';', ' '];

/// What stands behind the names of reporters in Korean, Japanese, Chinese.
const BEHIND: [&str; 3] = [" 기자", "記者", "记者"];

/// What begins a text that names no author, but somebody who worked on the page, or a link to more.
const NO_AUTHOR: [&str; 17] = [
    "updated by ",
    "edited by ",
    "reviewed by ",
    "fact checked by ",
    "fact-checked by ",
    "medically reviewed by ",
    "photos by ",
    "photo by ",
    "illustration by ",
    "translated by ",
    "more about ",
    "more by ",
    "more from ",
    "view ",
    "see all ",
    "all posts ",
    "follow ",
];

/// Words in what somebody is, rather than in how they are called.
const ROLES: [&str; 76] = [
    "analyst",
    "architect",
    "assistant",
    "associate",
    "attorney",
    "author",
    "blogger",
    "ceo",
    "chef",
    "chief",
    "coach",
    "columnist",
    "consultant",
    "contributor",
    "cofounder",
    "copywriter",
    "correspondant",
    "correspondent",
    "corresponsal",
    "critic",
    "cto",
    "cmo",
    "designer",
    "developer",
    "dietitian",
    "director",
    "editor",
    "editors",
    "editorial",
    "engineer",
    "expert",
    "fellow",
    "founder",
    "freelance",
    "freelancer",
    "giornalista",
    "head",
    "horticulturalist",
    "host",
    "intern",
    "journalist",
    "journaliste",
    "journalistin",
    "korrespondent",
    "korrespondentin",
    "lawyer",
    "lead",
    "manager",
    "marketer",
    "marketing",
    "nutritionist",
    "officer",
    "owner",
    "partner",
    "periodista",
    "president",
    "producer",
    "professor",
    "redacteur",
    "redactor",
    "redakteur",
    "redakteurin",
    "redaktor",
    "reporter",
    "representative",
    "rédacteur",
    "rédactrice",
    "researcher",
    "scientist",
    "senior",
    "specialist",
    "strategist",
    "therapist",
    "trainer",
    "vp",
    "writer",
];

/// Words of the interface, which stand in links and boxes beside names.
const INTERFACE: [&str; 44] = [
    "about",
    "advertisement",
    "all",
    "archive",
    "article",
    "articles",
    "author",
    "authors",
    "blog",
    "by",
    "category",
    "comment",
    "comments",
    "contact",
    "email",
    "facebook",
    "follow",
    "guest",
    "home",
    "instagram",
    "learn",
    "linkedin",
    "login",
    "menu",
    "min",
    "minutes",
    "more",
    "news",
    "newsletter",
    "post",
    "posted",
    "posts",
    "profile",
    "published",
    "read",
    "search",
    "share",
    "sign",
    "subscribe",
    "twitter",
    "updated",
    "view",
    "website",
    "written",
];

/// The names in texts, each once.
pub(super) fn names<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for text in texts {
        if NO_AUTHOR.iter().any(|start| starts_with(text, start)) {
            continue;
        }
        for name in parted(without_by(text)) {
            let name = without_initials(name.trim_matches(AROUND));
            let name = BEHIND.iter().find_map(|behind| name.strip_suffix(behind)).unwrap_or(name).trim();
            if may_be_name(name) && names.len() < MOST && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// Whether a text can be the name of a person or of an editorial office, rather than an address or a remark.
fn may_be_name(text: &str) -> bool {
    let odd = |c: char| c.is_numeric() || matches!(c, '@' | '(' | ')' | '»' | '{' | '*');
    text.contains(char::is_alphabetic)
        && !text.contains(odd)
        && !text.contains("://")
        && !text.starts_with("www.")
        && text.chars().count() <= LONGEST
}

/// Whether a text on the page, which nobody declares to be one, looks like a name: a few words with capital letters, or
/// letters of a script that has none; no words of the interface, and nothing that somebody is.
pub(super) fn looks_like_name(text: &str) -> bool {
    let small = |word: &str| word.starts_with(char::is_lowercase);
    let odd = |c: char| matches!(c, ':' | '|' | '!' | '?' | '…' | '/' | '•' | '·' | '"' | '“' | '=');
    let words = text.split(' ').count();
    may_be_name(text)
        && !text.contains(odd)
        && (1..=6).contains(&words)
        && text.chars().count() >= 2
        && text.split(' ').any(|word| word.starts_with(char::is_alphabetic) && !small(word))
        && text.split(' ').all(|word| !small(word) || is_particle(word))
        && !has_word(text, &INTERFACE)
        && !is_by(text)
        && !is_role(text)
}

/// Whether a text says what somebody is: "Senior Editor".
pub(super) fn is_role(text: &str) -> bool {
    has_word(text, &ROLES)
}

/// Whether a name is rather that of an account, such as `jmuster` or `jo.muster`.
pub(super) fn is_account(name: &str) -> bool {
    const ACCOUNTS: [&str; 6] = ["admin", "administrator", "editor", "webmaster", "staff", "guest"];
    let odd = |c: char| matches!(c, '.' | '_') || c.is_ascii_digit();
    let one_word = name.is_ascii() && !name.contains(' ');
    one_word && (name.starts_with(char::is_lowercase) || name.contains(odd))
        || ACCOUNTS.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Words that stand between the parts of a name, in lower case.
pub(super) fn is_particle(word: &str) -> bool {
    const PARTICLES: [&str; 34] = [
        "de", "da", "di", "do", "dos", "das", "du", "del", "della", "der", "den", "des", "van", "von", "vom", "zu",
        "zum", "zur", "la", "le", "el", "al", "bin", "bint", "ibn", "ter", "ten", "af", "av", "the", "y", "e", "of",
        "&",
    ];
    PARTICLES.contains(&word)
}

fn has_word(text: &str, known: &[&str]) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| known.iter().any(|known| known.len() == word.len() && known.eq_ignore_ascii_case(word)))
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start))
}

/// The names that stand in one text, where all its parts are names of people; else the whole text.
fn parted(text: &str) -> Vec<&str> {
    let mut parts = vec![text];
    for between in BETWEEN {
        parts = parts.into_iter().flat_map(|part| part.split(between)).collect();
    }
    if parts.iter().all(|part| is_full_name(part)) { parts } else { vec![text] }
}

/// A name without the initials or the agency in parentheses behind it.
fn without_initials(name: &str) -> &str {
    let inside = name.strip_suffix(')').and_then(|name| name.rsplit_once(" ("));
    let short = |text: &str| text.len() <= LONGEST_INITIALS && text.chars().all(char::is_alphabetic);
    inside.filter(|(_, inside)| short(inside)).map_or(name, |(name, _)| name)
}

/// Whether a text is two to four words with capital letters.
fn is_full_name(text: &str) -> bool {
    let words = text.split(' ').count();
    (2..=4).contains(&words) && text.split(' ').all(|word| word.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        names([text])
    }

    #[test]
    fn words_before_names_are_cut_off() {
        for text in
            ["By Jo Muster", "BY: Jo Muster", "Written by Jo Muster", "von Jo Muster", "Di Jo Muster", "Por: Jo Muster"]
        {
            assert_eq!(of(text), ["Jo Muster"], "{text}");
        }
        for text in ["Von Muster", "Byron Muster", "Jo von Muster", "By", "Door", "by the sea"] {
            assert_eq!(of(text), [text]);
        }
        assert_eq!(of("By Jo"), ["Jo"]);
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let long = "Jo ".repeat(25);
        for text in [
            "jo@example.org",
            "@jo",
            "https://example.org/jo",
            "www.example.org",
            "Jo (on the left)",
            "Jo, 3 hours ago",
            "–",
            &long,
        ] {
            assert!(of(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn several_names_are_parted() {
        assert_eq!(of("Jo Muster and Kim Beispiel"), ["Jo Muster", "Kim Beispiel"]);
        assert_eq!(of("By Jo Muster, Kim Q. Beispiel, and Ada Probe"), ["Jo Muster", "Kim Q. Beispiel", "Ada Probe"]);
        for between in ["und", "og", "&", "et", "y"] {
            assert_eq!(of(&format!("Jo Muster {between} Ada Probe")), ["Jo Muster", "Ada Probe"]);
        }
        for text in ["Jo & Kim", "Centre for Food and Drink", "Jo Muster, baker", "Bild und Ton Redaktion Nord"] {
            assert_eq!(of(text), [text]);
        }
    }

    #[test]
    fn what_stands_around_names_is_cut_off() {
        assert_eq!(of("\"Jo Muster\""), ["Jo Muster"]);
        assert_eq!(of(", Jo Muster (dpa)"), ["Jo Muster"]);
        assert_eq!(of("Author: Jo Muster"), ["Jo Muster"]);
    }

    #[test]
    fn names_in_all_scripts() {
        assert_eq!(names(["中文", "朝日新聞", "द", "中文"]), ["中文", "朝日新聞", "द"]);
    }
}

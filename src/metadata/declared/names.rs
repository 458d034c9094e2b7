//! The names of people in what stands where a page names its authors.

/// No page has more authors than this.
pub(super) const MOST: usize = 20;

/// No name is longer, in characters.
const LONGEST: usize = 60;

/// No initials are longer, in bytes.
const LONGEST_INITIALS: usize = 8;

/// What stands before names and begins none itself.
const BY: [&str; 3] = ["written by", "by", "author:"];

/// What stands before names and begins some as well: one with a single word behind it is left alone.
const PERHAPS_BY: [&str; 5] = ["von", "por", "par", "di", "door"];

/// What stands between two names.
const BETWEEN: [&str; 10] = [", and ", ", und ", " and ", " und ", " og ", " & ", " et ", " y ", ", ", "; "];

/// What stands around names where a list or a template was filled in carelessly.
const AROUND: [char; 6] = ['"', '“', '”', ',', ';', ' '];

/// The names in texts, each once.
pub(super) fn names<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for text in texts {
        for name in parted(without_by(text)) {
            let name = without_initials(name.trim_matches(AROUND));
            if may_be_name(name) && names.len() < MOST && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// Whether a text can be the name of a person or of an editorial office, rather than an address or a remark.
fn may_be_name(text: &str) -> bool {
    let odd = |c: char| c.is_numeric() || matches!(c, '@' | '(' | ')');
    text.contains(char::is_alphabetic)
        && !text.contains(odd)
        && !text.contains("://")
        && !text.starts_with("www.")
        && text.chars().count() <= LONGEST
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

fn without_by(text: &str) -> &str {
    let behind = |by: &str| {
        let (start, rest) = text.split_at_checked(by.len())?;
        let name = rest.trim_start_matches([':', ' ']);
        let apart = name.len() < rest.len() && name.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
        (start.eq_ignore_ascii_case(by) && apart).then_some((name, rest.starts_with(':')))
    };
    let surely = BY.iter().find_map(|by| behind(by)).map(|(name, _)| name);
    let perhaps = || {
        let found = PERHAPS_BY.iter().find_map(|by| behind(by));
        found.filter(|(name, colon)| *colon || name.contains(' ')).map(|(name, _)| name)
    };
    surely.or_else(perhaps).unwrap_or(text)
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

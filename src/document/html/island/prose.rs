//! Tells running text from everything else that scripts hold in strings: code, addresses, styles, words of an interface.

/// A shorter string is no part of an article, in characters.
const SHORTEST: usize = 30;

/// The characters of a text that is looked at.
const SAMPLE: usize = 4000;

/// A larger share of a text is letters.
const LEAST_LETTERS: f64 = 0.7;

/// No more of it are characters that code has.
const MOST_CODE: f64 = 0.02;

/// Words of a text are no longer on average, in characters.
const LONGEST_WORD: usize = 14;

/// Whether a string is a paragraph or more of running text, with markup or without.
pub(super) fn is_prose(text: &str) -> bool {
    let (mut letters, mut code, mut spaces, mut wide, mut ends, mut all) = (0, 0, 0, 0, 0, 0);
    for c in without_tags(text).take(SAMPLE) {
        match c {
            ' ' | '\n' => {
                spaces += 1;
                continue;
            }
            '{' | '}' | '=' | ';' | '_' | '$' | '\\' | '<' | '>' | '|' | '^' | '~' => code += 1,
            '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '۔' | '؟' => ends += 1,
            // Scripts without spaces between words.
            '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => {
                wide += 1;
                letters += 1;
            }
            c if c.is_alphabetic() => letters += 1,
            _ => {}
        }
        all += 1;
    }
    let share = |count: usize| count as f64 / f64::from(u32::try_from(all).unwrap_or(u32::MAX).max(1));
    let least = if wide * 2 > all { SHORTEST / 2 } else { SHORTEST };
    all >= least
        && share(letters) >= LEAST_LETTERS
        && share(code) <= MOST_CODE
        && (wide * 2 > all || (spaces + 1) * LONGEST_WORD >= all)
        && ends > 0
}

/// How many characters of a string are text: neither markup nor white space.
pub(super) fn weight_of(text: &str) -> usize {
    without_tags(text).filter(|c| !c.is_whitespace()).count()
}

/// Whether a string is HTML rather than plain text.
pub(super) fn is_markup(text: &str) -> bool {
    let tag = |at: usize| {
        let behind = &text.as_bytes()[at + 1..];
        behind.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/') && behind.contains(&b'>')
    };
    memchr::memchr_iter(b'<', text.as_bytes()).take(3).any(tag)
}

/// The characters of a text that stand outside tags, with entities for spaces.
fn without_tags(text: &str) -> impl Iterator<Item = char> {
    let mut in_tag = false;
    let mut entity = 0;
    text.chars().filter_map(move |c| {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                return Some(' ');
            }
            _ if in_tag => {}
            '&' => entity = 10,
            ';' if entity > 0 => {
                entity = 0;
                return Some(' ');
            }
            _ if entity > 0 && (c.is_ascii_alphanumeric() || c == '#') => entity -= 1,
            _ => {
                entity = 0;
                return Some(c);
            }
        }
        None
    })
}

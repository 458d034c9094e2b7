//! Finds where text without markup ends (HTML standard, 13.2.5.9 to 13.2.5.31).

use memchr::{memchr, memchr2};

/// Where the end tag of an element with this name begins, from a place on.
pub(super) fn end_of(text: &[u8], from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr(b'<', text.get(at..)?)?;
        if is_tag(&text[at..], "</", name) {
            return Some(at);
        }
        at += 1;
    }
}

/// How the text of a script is read: what looks like a comment may hold a script of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Plain,
    Escaped,
    DoubleEscaped,
}

/// Where the end tag of a script begins, from a place on.
pub(super) fn end_of_script(text: &[u8], from: usize) -> Option<usize> {
    let mut state = Script::Plain;
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        at += if state == Script::Plain { memchr(b'<', rest) } else { memchr2(b'<', b'-', rest) }?;
        let rest = &text[at..];
        match state {
            Script::Plain | Script::Escaped if is_tag(rest, "</", "script") => return Some(at),
            Script::DoubleEscaped if is_tag(rest, "</", "script") => {
                state = Script::Escaped;
                at += "</script>".len();
            }
            Script::Escaped if is_tag(rest, "<", "script") => {
                state = Script::DoubleEscaped;
                at += "<script>".len();
            }
            Script::Plain if rest.starts_with(b"<!--") => {
                state = Script::Escaped;
                // Its hyphens may be those of its end.
                at += "<!".len();
            }
            Script::Escaped | Script::DoubleEscaped if rest.starts_with(b"-->") => {
                state = Script::Plain;
                at += "-->".len();
            }
            _ => at += 1,
        }
    }
}

/// Whether a text begins with a tag of this name, up to what follows the name.
fn is_tag(text: &[u8], open: &str, name: &str) -> bool {
    let named = text.strip_prefix(open.as_bytes()).and_then(|rest| rest.split_at_checked(name.len()));
    let is_end = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\x0c' | b' ' | b'/' | b'>');
    named.is_some_and(|(own, behind)| own.eq_ignore_ascii_case(name.as_bytes()) && behind.first().is_some_and(is_end))
}

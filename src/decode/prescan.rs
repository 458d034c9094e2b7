//! Finds the encoding that a page declares of itself: "prescan a byte stream to determine its encoding" of the HTML
//! Standard, and the XML declaration.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// The Standard looks this far.
const REACH: usize = 1024;

/// The encoding that the first bytes of a page declare.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(REACH)];
    let found = in_meta(head).or_else(|| in_xml_declaration(head))?;
    // The declaration was readable as ASCII, so UTF-16 it is not.
    match found {
        found if found == UTF_16LE || found == UTF_16BE => Some(UTF_8),
        found if found == X_USER_DEFINED => Some(WINDOWS_1252),
        found => Some(found),
    }
}

fn in_xml_declaration(head: &[u8]) -> Option<&'static Encoding> {
    let inside = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let inside = &inside[..inside.iter().position(|&byte| byte == b'>')?];
    let rest = inside[find(inside, b"encoding")? + b"encoding".len()..].trim_ascii_start();
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let (&quote, rest) = rest.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
    Encoding::for_label(&rest[..rest.iter().position(|&byte| byte == quote)?])
}

fn in_meta(head: &[u8]) -> Option<&'static Encoding> {
    let mut scan = Scan { rest: head };
    while !scan.rest.is_empty() {
        let rest = scan.rest;
        if rest.starts_with(b"<!--") {
            // `<!-->` is a whole comment: the end may share its dashes with the start.
            scan.skip(2 + find(&rest[2..], b"-->")? + 3);
        } else if rest.len() > 5 && rest[..5].eq_ignore_ascii_case(b"<meta") && is_gap(rest[5]) {
            scan.skip(5);
            if let Some(found) = scan.meta() {
                return Some(found);
            }
        } else if is_tag(rest) {
            scan.skip(rest.iter().position(|&byte| byte.is_ascii_whitespace() || byte == b'>')?);
            while scan.attribute().is_some() {}
        } else if rest.starts_with(b"<!") || rest.starts_with(b"</") || rest.starts_with(b"<?") {
            scan.skip(rest.iter().position(|&byte| byte == b'>')?);
        } else {
            scan.skip(1);
        }
    }
    None
}

fn is_gap(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'/'
}

fn is_tag(rest: &[u8]) -> bool {
    let name = rest.strip_prefix(b"</").or_else(|| rest.strip_prefix(b"<"));
    name.and_then(<[u8]>::first).is_some_and(u8::is_ascii_alphabetic)
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window.eq_ignore_ascii_case(part))
}

struct Scan<'a> {
    rest: &'a [u8],
}

impl Scan<'_> {
    fn skip(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    /// Reads the attributes of a `<meta>`.
    fn meta(&mut self) -> Option<&'static Encoding> {
        let (mut names, mut pragma) = (Vec::new(), false);
        let (mut need_pragma, mut charset) = (None, None);
        while let Some((name, value)) = self.attribute() {
            if names.contains(&name) {
                continue;
            }
            match name.as_slice() {
                b"http-equiv" => pragma = value == b"content-type",
                b"content" if charset.is_none() => {
                    if let Some(found) = in_content(&value) {
                        (charset, need_pragma) = (Some(found), Some(true));
                    }
                }
                b"charset" => (charset, need_pragma) = (Encoding::for_label(&value), Some(false)),
                _ => {}
            }
            names.push(name);
        }
        charset.filter(|_| need_pragma.is_some_and(|need| !need || pragma))
    }

    /// Reads an attribute, its name and value in lower case; `None` at the end of the tag.
    fn attribute(&mut self) -> Option<(Vec<u8>, Vec<u8>)> {
        let gap = self.rest.iter().take_while(|&&byte| is_gap(byte)).count();
        self.skip(gap);
        if self.rest.first().is_none_or(|&byte| byte == b'>') {
            return None;
        }
        let end = |byte: u8| is_gap(byte) || byte == b'>';
        // A leading `=` belongs to the name.
        let len = 1 + self.rest[1..].iter().take_while(|&&byte| !end(byte) && byte != b'=').count();
        let name = self.rest[..len].to_ascii_lowercase();
        self.skip(len);
        let after = self.rest.trim_ascii_start();
        let Some(value) = after.strip_prefix(b"=") else { return Some((name, Vec::new())) };
        self.rest = value.trim_ascii_start();
        let (value, behind) = match self.rest {
            [quote @ (b'"' | b'\''), rest @ ..] => {
                let len = rest.iter().take_while(|byte| *byte != quote).count();
                (&rest[..len], len + 2)
            }
            rest => {
                let len = rest.iter().take_while(|&&byte| !byte.is_ascii_whitespace() && byte != b'>').count();
                (&rest[..len], len)
            }
        };
        let value = value.to_ascii_lowercase();
        self.skip(behind);
        Some((name, value))
    }
}

/// The encoding in the `content` of a `<meta http-equiv="content-type">`.
fn in_content(content: &[u8]) -> Option<&'static Encoding> {
    let mut rest = content;
    loop {
        rest = rest[find(rest, b"charset")? + b"charset".len()..].trim_ascii_start();
        if let Some(value) = rest.strip_prefix(b"=") {
            let value = value.trim_ascii_start();
            let label = match value {
                [quote @ (b'"' | b'\''), rest @ ..] => &rest[..rest.iter().position(|byte| byte == quote)?],
                _ => value.split(|byte| byte.is_ascii_whitespace() || *byte == b';').next()?,
            };
            return Encoding::for_label(label);
        }
    }
}

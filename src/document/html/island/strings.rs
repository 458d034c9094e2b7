//! Finds the strings of a script with the key of each and the lists around it, be it JSON, JavaScript around JSON, or
//! broken: it looks for quotation marks and brackets, and for nothing else. One pass, without recursion but for JSON
//! within strings, twice at most.

/// A shorter string says nothing, in bytes.
const SHORTEST: usize = 30;

/// Deeper brackets are passed over.
const DEEPEST: usize = 500;

/// How often JSON may be written into a string of JSON.
const MOST_NESTED: usize = 2;

/// A string is written as an object's value, or in a list.
#[derive(Debug)]
pub(super) struct Found {
    /// The key that it is the value of; empty in a list.
    pub(super) key: String,
    /// The text, unescaped.
    pub(super) text: String,
    /// The lists around it, each by a number of its own, from the innermost.
    pub(super) lists: [Option<usize>; 3],
}

/// The strings of a script that are long enough to be a part of a text. In JSON-LD, where line breaks in strings are
/// wrong and common, `breaks` lets them pass; elsewhere they end what was no string.
pub(super) fn strings(script: &str, breaks: bool) -> Vec<Found> {
    let mut found = Vec::new();
    let mut lists = 0;
    let mut inner = vec![(script.to_owned(), 0)];
    // Each string that is looked into is shorter than the one that it stands in.
    while let Some((script, nested)) = inner.pop() {
        Scan { script: &script, at: 0, breaks, around: Vec::new(), deeper: 0, key: String::new(), lists: &mut lists }
            .run(|one| {
                if nested < MOST_NESTED && looks_like_json(&one.text) {
                    inner.push((one.text, nested + 1));
                } else {
                    found.push(one);
                }
            });
    }
    found
}

/// Whether a string holds JSON in its turn.
fn looks_like_json(text: &str) -> bool {
    let start = crate::text::start_of(text, 200);
    start.contains("\":") || start.contains("\",\"") || start.contains("[{") || start.contains("[[\"")
}

struct Scan<'a> {
    script: &'a str,
    at: usize,
    breaks: bool,
    /// The brackets that are open: a list with its number, or an object.
    around: Vec<Option<usize>>,
    /// How many brackets are open beyond those.
    deeper: usize,
    key: String,
    lists: &'a mut usize,
}

impl Scan<'_> {
    fn run(mut self, mut take: impl FnMut(Found)) {
        let bytes = self.script.as_bytes();
        while let Some(offset) =
            bytes[self.at..].iter().position(|byte| matches!(byte, b'"' | b'[' | b'{' | b']' | b'}'))
        {
            let place = self.at + offset;
            self.at = place + 1;
            match bytes[place] {
                b'"' => {
                    if !self.string(&mut take) {
                        return;
                    }
                }
                b'[' => self.open(true),
                b'{' => self.open(false),
                _ if self.deeper > 0 => self.deeper -= 1,
                _ => {
                    self.around.pop();
                    self.key.clear();
                }
            }
        }
    }

    fn open(&mut self, list: bool) {
        if self.around.len() >= DEEPEST {
            self.deeper += 1;
            return;
        }
        *self.lists += 1;
        self.around.push(list.then_some(*self.lists));
        if list {
            // What stands in a list is the value of the key that the list is.
            return;
        }
        self.key.clear();
    }

    /// Reads a string whose opening mark is behind; `false` where the script ends in it.
    fn string(&mut self, take: &mut impl FnMut(Found)) -> bool {
        let start = self.at;
        let Some(end) = end_of(&self.script.as_bytes()[start..], self.breaks) else { return false };
        let end = start + end;
        if self.script.as_bytes()[end] != b'"' {
            // A line ended: this was no string.
            self.at = end;
            return true;
        }
        self.at = end + 1;
        let raw = &self.script[start..end];
        let behind = self.script[self.at..].trim_start_matches([' ', '\t', '\n', '\r']);
        if behind.starts_with(':') {
            self.key.clear();
            self.key.push_str(crate::text::start_of(raw, SHORTEST));
            return true;
        }
        if raw.len() >= SHORTEST {
            let mut around = self.around.iter().rev().filter_map(|list| *list);
            let lists = [around.next(), around.next(), around.next()];
            take(Found { key: self.key.clone(), text: unescaped(raw), lists });
        }
        true
    }
}

/// Where a string ends: at its closing mark, or at a line's end that it cannot have.
fn end_of(bytes: &[u8], breaks: bool) -> Option<usize> {
    let mut at = 0;
    loop {
        let next = if breaks {
            memchr::memchr2(b'"', b'\\', &bytes[at..])?
        } else {
            memchr::memchr3(b'"', b'\\', b'\n', &bytes[at..])?
        };
        at += next;
        if bytes[at] != b'\\' {
            return Some(at);
        }
        at += 2;
        if at > bytes.len() {
            return None;
        }
    }
}

/// A string without its escapes; what is no escape stays as it is.
fn unescaped(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        let mut behind = rest[at + 1..].chars();
        let escaped = behind.next();
        rest = behind.as_str();
        match escaped {
            Some('n') => text.push('\n'),
            Some('t' | 'r' | 'b' | 'f' | 'v') => text.push(' '),
            Some('u') => match unit(rest, 4) {
                Some(first @ 0xd800..=0xdbff) => {
                    rest = &rest[4..];
                    let second = rest.strip_prefix("\\u").and_then(|rest| unit(rest, 4));
                    if let Some(second @ 0xdc00..=0xdfff) = second {
                        rest = &rest[6..];
                        text.extend(char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)));
                    }
                }
                Some(unit) => {
                    rest = &rest[4..];
                    text.extend(char::from_u32(unit));
                }
                None => text.push('u'),
            },
            Some('x') => match unit(rest, 2) {
                Some(unit) => {
                    rest = &rest[2..];
                    text.extend(char::from_u32(unit));
                }
                None => text.push('x'),
            },
            Some('\n') | None => {}
            Some(other) => text.push(other),
        }
    }
    text.push_str(rest);
    text
}

/// The number that so many hexadecimal digits at the start of a text are.
fn unit(text: &str, digits: usize) -> Option<u32> {
    let digits = text.get(..digits).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

//! Reads tags and their attributes (HTML standard, 13.2.5.8 and 13.2.5.32 to 13.2.5.40).

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, TokenSink};
use html5ever::{Attribute, LocalName, QualName, ns};
use memchr::{memchr, memchr2};

use super::{Tokenizer, reference};
use crate::document::html::bounds::MAX_ATTRIBUTES;

/// What parts of a tag end with, a bit each.
const SPACE: u8 = 1;
const CLOSE: u8 = 2;
const SLASH: u8 = 4;
const EQUALS: u8 = 8;

/// For each byte, which of these it is.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    classes[b'\t' as usize] = SPACE;
    classes[b'\n' as usize] = SPACE;
    classes[b'\x0c' as usize] = SPACE;
    classes[b' ' as usize] = SPACE;
    classes[b'>' as usize] = CLOSE;
    classes[b'/' as usize] = SLASH;
    classes[b'=' as usize] = EQUALS;
    classes
};

/// The first place from another one on that is of a class, or else the end.
fn next_of(text: &[u8], from: usize, classes: u8) -> usize {
    next(text, from, |byte| CLASSES[usize::from(byte)] & classes != 0)
}

/// The first place from another one on that is no white space, or else the end.
fn behind_space(text: &[u8], from: usize) -> usize {
    next(text, from, |byte| CLASSES[usize::from(byte)] != SPACE)
}

fn next(text: &[u8], from: usize, is_it: impl Fn(u8) -> bool) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    rest.iter().position(|byte| is_it(*byte)).map_or(text.len(), |offset| from + offset)
}

impl<S: TokenSink> Tokenizer<'_, S> {
    /// Tells a start tag, from its name on.
    pub(super) fn start_tag(&mut self, from: usize) {
        let mut attributes = Vec::new();
        let mut count = 0;
        let read = self.tag(from, |this, name, value| {
            count += 1;
            // A tag is compared with all its attributes at each: more would take quadratic time.
            if count <= MAX_ATTRIBUTES {
                this.add_attribute(&mut attributes, name, value);
            }
        });
        if let Some((name, self_closing)) = read {
            self.tell_tag(tag(TagKind::StartTag, name, self_closing, attributes));
        }
    }

    /// Tells an end tag, from its name on.
    pub(super) fn end_tag(&mut self, from: usize) {
        if let Some((name, self_closing)) = self.tag(from, |_, _, _| {}) {
            self.tell_tag(tag(TagKind::EndTag, name, self_closing, Vec::new()));
        }
    }

    /// Reads a tag from its name on: its name, and whether it closes itself. One that has no end is none.
    fn tag(
        &mut self,
        from: usize,
        mut attribute: impl FnMut(&mut Self, (usize, usize), (usize, usize)),
    ) -> Option<(LocalName, bool)> {
        let text = self.text.as_bytes();
        let behind_name = next_of(text, from, SPACE | SLASH | CLOSE);
        let mut at = behind_name;
        let mut self_closing = false;
        // Where the page ends in a tag.
        self.at = text.len();
        loop {
            match text.get(at)? {
                b'>' => break,
                b'/' => {
                    at += 1;
                    self_closing = text.get(at)? == &b'>';
                }
                byte if CLASSES[usize::from(*byte)] == SPACE => at += 1,
                _ => {
                    // An equals sign where a name should begin is its first letter.
                    let name = (at, next_of(text, at + 1, SPACE | SLASH | CLOSE | EQUALS));
                    at = behind_space(text, name.1);
                    let mut value = (at, at);
                    if text.get(at)? == &b'=' {
                        at = behind_space(text, at + 1);
                        value = match text.get(at)? {
                            quote @ (b'"' | b'\'') => (at + 1, at + 1 + memchr(*quote, &text[at + 1..])?),
                            _ => (at, next_of(text, at, SPACE | CLOSE)),
                        };
                        at = value.1 + usize::from(value.0 > at);
                    }
                    attribute(self, name, value);
                }
            }
        }
        self.at = at + 1;
        Some((self.names.of(&self.text[from..behind_name]), self_closing))
    }

    /// Adds an attribute, unless there is one of that name.
    fn add_attribute(&mut self, attributes: &mut Vec<Attribute>, name: (usize, usize), value: (usize, usize)) {
        let name = self.names.of(&self.text[name.0..name.1]);
        if attributes.iter().all(|other| other.name.local != name) {
            let value = self.value(value);
            // The tree builder gives those of drawings and formulas their namespaces.
            attributes.push(Attribute { name: QualName::new(None, ns!(), name), value });
        }
    }

    /// The value that is written in a place.
    fn value(&mut self, (start, end): (usize, usize)) -> StrTendril {
        let mut rest = &self.text[start..end];
        if memchr2(b'&', b'\0', rest.as_bytes()).is_none() {
            return self.pieces.part(start..end);
        }
        self.decoded.clear();
        while let Some(special) = memchr2(b'&', b'\0', rest.as_bytes()) {
            let (plain, behind) = rest.split_at(special);
            self.decoded.push_str(plain);
            rest = if let Some((meant, len)) = reference::read(behind, true) {
                self.decoded.extend(meant.chars());
                &behind[len..]
            } else {
                self.decoded.push(if behind.starts_with('\0') { char::REPLACEMENT_CHARACTER } else { '&' });
                &behind[1..]
            };
        }
        self.decoded.push_str(rest);
        StrTendril::from(self.decoded.as_str())
    }
}

fn tag(kind: TagKind, name: LocalName, self_closing: bool, attrs: Vec<Attribute>) -> Tag {
    Tag { kind, name, self_closing, attrs, had_duplicate_attributes: false }
}

//! Cuts a page into tokens for html5ever's tree builder (HTML standard, 13.2.5: tokenization).
//!
//! The tokenizer of html5ever takes a page in pieces of any size, so it goes a character at a time and remembers where
//! it is. Here the whole page is at hand: a tag, a text or a comment is found by looking for its end, and what is handed
//! on is a part of the page. That takes a fraction of the time. [`tests`] compare the tokens of both.
//!
//! Comments are told without what stands in them, and end tags without attributes: nobody asks for either. Nor are
//! mistakes in the page told, or lines counted.

mod declaration;
mod names;
mod pieces;
mod raw;
mod reference;
mod tag;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, Token, TokenSink, TokenSinkResult};
use memchr::{memchr, memchr2};

use self::names::Names;
use self::pieces::Pieces;

/// Hands the tokens of a page to a sink, the last one, that the page is at its end, too.
pub(super) fn tokenize(page: &str, sink: &impl TokenSink) {
    tokenize_in_pieces(page, sink, pieces::LEN);
}

/// The same with memory for parts of the page of another size.
pub(super) fn tokenize_in_pieces(page: &str, sink: &impl TokenSink, piece: usize) {
    let text = with_line_feeds(page);
    let pieces = Pieces::new(&text, piece);
    Tokenizer { text: &text, at: 0, sink, pieces, names: Names::default(), decoded: String::new() }.run();
}

/// The page with each carriage return, and each pair of one and a line feed, made a line feed (13.2.3.5).
fn with_line_feeds(page: &str) -> Cow<'_, str> {
    if memchr(b'\r', page.as_bytes()).is_none() {
        return Cow::Borrowed(page);
    }
    let mut text = String::with_capacity(page.len());
    let mut lines = page.split('\r');
    text.extend(lines.next());
    for line in lines {
        text.push('\n');
        text.push_str(line.strip_prefix('\n').unwrap_or(line));
    }
    Cow::Owned(text)
}

struct Tokenizer<'t, S> {
    text: &'t str,
    /// What lies before has been told.
    at: usize,
    sink: &'t S,
    pieces: Pieces<'t>,
    names: Names<'t>,
    /// Room for values of attributes in which something stands for something else.
    decoded: String,
}

/// How text is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// Ordinary text. Nulls are told as such: the tree builder leaves most of them out.
    Data,
    /// Text that is marked as such, with nulls that are told.
    Marked,
    /// Text in which only references are markup.
    References,
    /// Text without markup.
    Raw,
}

impl<S: TokenSink> Tokenizer<'_, S> {
    fn run(mut self) {
        while self.at < self.text.len() {
            let tag = memchr(b'<', &self.bytes()[self.at..]).map_or(self.text.len(), |offset| self.at + offset);
            self.characters(self.at..tag, Reading::Data);
            self.at = tag;
            self.markup();
        }
        self.tell(Token::EOFToken);
        self.sink.end();
    }

    fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// The text from a place on that has not been told.
    fn rest(&self, from: usize) -> &str {
        self.text.get(from..).unwrap_or_default()
    }

    /// Tells what begins with a `<`, if the text does not end here (13.2.5.6 and 13.2.5.7).
    fn markup(&mut self) {
        let at = self.at;
        match self.bytes()[at..] {
            [b'<', first, ..] if first.is_ascii_alphabetic() => self.start_tag(at + 1),
            [b'<', b'/', first, ..] if first.is_ascii_alphabetic() => self.end_tag(at + 2),
            [b'<', b'/', b'>', ..] => self.at += 3,
            [b'<', b'/', _, ..] => self.bogus_comment(at + 2),
            [b'<', b'!', ..] => self.declaration(at + 2),
            [b'<', b'?', ..] => self.bogus_comment(at + 1),
            [b'<', ..] => {
                self.plain(at..at + 1);
                self.at += 1;
            }
            _ => {}
        }
    }

    /// Tells a tag, and the text behind it, where what it opens has no markup in it.
    fn tell_tag(&mut self, tag: Tag) {
        let name = tag.name.clone();
        match self.sink.process_token(Token::TagToken(tag), 1) {
            TokenSinkResult::RawData(kind) => self.raw_text(kind, &name),
            TokenSinkResult::Plaintext => {
                self.characters(self.at..self.text.len(), Reading::Raw);
                self.at = self.text.len();
            }
            // Scripts are not run and the encoding is settled.
            TokenSinkResult::Continue | TokenSinkResult::Script(_) | TokenSinkResult::EncodingIndicator(_) => {}
        }
    }

    /// Tells the text of an element without markup, and its end tag (13.2.5.2 to 13.2.5.4).
    fn raw_text(&mut self, kind: RawKind, name: &str) {
        let end = match kind {
            RawKind::ScriptData | RawKind::ScriptDataEscaped(_) => raw::end_of_script(self.bytes(), self.at),
            RawKind::Rcdata | RawKind::Rawtext => raw::end_of(self.bytes(), self.at, name),
        };
        let reading = if kind == RawKind::Rcdata { Reading::References } else { Reading::Raw };
        self.characters(self.at..end.unwrap_or(self.text.len()), reading);
        match end {
            Some(end) => self.end_tag(end + "</".len()),
            None => self.at = self.text.len(),
        }
    }

    /// Tells text.
    fn characters(&mut self, range: Range<usize>, reading: Reading) {
        let mut told = range.start;
        let mut at = range.start;
        while let Some(special) = next_special(&self.bytes()[at..range.end], reading) {
            let special = at + special;
            if self.bytes()[special] == b'\0' {
                self.plain(told..special);
                self.tell(match reading {
                    Reading::Data | Reading::Marked => Token::NullCharacterToken,
                    Reading::References | Reading::Raw => {
                        Token::CharacterTokens(StrTendril::from_char(char::REPLACEMENT_CHARACTER))
                    }
                });
                at = special + 1;
                told = at;
            } else if let Some((meant, len)) = reference::read(&self.text[special..range.end], false) {
                self.plain(told..special);
                for character in meant.chars() {
                    self.tell(Token::CharacterTokens(StrTendril::from_char(character)));
                }
                at = special + len;
                told = at;
            } else {
                at = special + 1;
            }
        }
        self.plain(told..range.end);
    }

    /// Tells text in which everything means itself.
    fn plain(&mut self, range: Range<usize>) {
        let mut start = range.start;
        while start < range.end {
            let piece = self.pieces.first(start..range.end);
            start += piece.len();
            self.tell(Token::CharacterTokens(piece));
        }
    }

    /// Tells a token that leaves everything as it is.
    fn tell(&self, token: Token) {
        let _ = self.sink.process_token(token, 1);
    }
}

/// Where the next byte stands that may not mean itself.
fn next_special(text: &[u8], reading: Reading) -> Option<usize> {
    match reading {
        Reading::Marked | Reading::Raw => memchr(b'\0', text),
        Reading::Data | Reading::References => memchr2(b'&', b'\0', text),
    }
}

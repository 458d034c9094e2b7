//! Reads what begins with `<!`: comments, doctypes, and what drawings and formulas mark as text (HTML standard, 13.2.5.41
//! to 13.2.5.71).

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Doctype, Token, TokenSink};
use memchr::{memchr, memchr_iter, memmem};

use super::{Reading, Tokenizer};

impl<S: TokenSink> Tokenizer<'_, S> {
    /// Tells what begins with `<!`, from behind that.
    pub(super) fn declaration(&mut self, from: usize) {
        let rest = self.rest(from);
        if let Some(comment) = rest.strip_prefix("--") {
            let end = end_of_comment(comment.as_bytes());
            self.at = end.map_or(self.text.len(), |end| from + "--".len() + end);
            self.tell(Token::CommentToken(StrTendril::new()));
        } else if let Some(doctype) = strip_word(rest, "doctype") {
            let (doctype, behind) = read_doctype(doctype);
            self.at = self.text.len() - behind.len();
            self.tell(Token::DoctypeToken(doctype));
        } else if rest.starts_with("[CDATA[") && self.sink.adjusted_current_node_present_but_not_in_html_namespace() {
            let start = from + "[CDATA[".len();
            let end = memmem::find(&self.bytes()[start..], b"]]>").map(|end| start + end);
            self.characters(start..end.unwrap_or(self.text.len()), Reading::Marked);
            self.at = end.map_or(self.text.len(), |end| end + "]]>".len());
        } else {
            self.bogus_comment(from);
        }
    }

    /// Tells what is no markup but looks like it, up to its `>`, as a comment.
    pub(super) fn bogus_comment(&mut self, from: usize) {
        let end = memchr(b'>', &self.bytes()[from..]);
        self.at = end.map_or(self.text.len(), |end| from + end + 1);
        self.tell(Token::CommentToken(StrTendril::new()));
    }
}

/// How far a comment goes, its end included.
fn end_of_comment(text: &[u8]) -> Option<usize> {
    let ends = |end: &usize| {
        let comment = &text[..*end];
        matches!(comment, b"" | b"-") || comment.ends_with(b"--") || comment.ends_with(b"--!")
    };
    memchr_iter(b'>', text).find(ends).map(|end| end + 1)
}

/// Reads a doctype, from behind that word, and returns what is behind it.
fn read_doctype(text: &str) -> (Doctype, &str) {
    let mut doctype = Doctype::default();
    let read = read_parts(&mut doctype, text);
    doctype.force_quirks = read.map_or(true, str::is_empty);
    let (Ok(rest) | Err(rest)) = read;
    // What comes before its end is passed over.
    (doctype, rest.split_once('>').map_or("", |(_, behind)| behind))
}

/// Reads the name and the identifiers of a doctype; `Err` where something is missing. Both hold what follows.
fn read_parts<'t>(doctype: &mut Doctype, text: &'t str) -> Result<&'t str, &'t str> {
    let rest = trim_start(text);
    let (name, rest) = rest.split_at(rest.find(['\t', '\n', '\x0c', ' ', '>']).unwrap_or(rest.len()));
    if name.is_empty() {
        return Err(rest);
    }
    doctype.name = Some(without_nulls(&name.to_ascii_lowercase()));
    let mut rest = trim_start(rest);
    if rest.is_empty() || rest.starts_with('>') {
        return Ok(rest);
    }
    if let Some(public) = strip_word(rest, "public") {
        rest = trim_start(read_identifier(&mut doctype.public_id, public)?);
        if rest.is_empty() || rest.starts_with('>') {
            return Ok(rest);
        }
    } else {
        rest = strip_word(rest, "system").ok_or(rest)?;
    }
    read_identifier(&mut doctype.system_id, rest).map(trim_start)
}

/// Reads an identifier between quotes.
fn read_identifier<'t>(identifier: &mut Option<StrTendril>, text: &'t str) -> Result<&'t str, &'t str> {
    let rest = trim_start(text);
    let quote = if rest.starts_with('"') { '"' } else { '\'' };
    let quoted = rest.strip_prefix(quote).ok_or(rest)?;
    let (value, behind) = quoted.split_at(quoted.find([quote, '>']).unwrap_or(quoted.len()));
    *identifier = Some(without_nulls(value));
    behind.strip_prefix(quote).ok_or(behind)
}

fn without_nulls(text: &str) -> StrTendril {
    StrTendril::from(text.replace('\0', "\u{fffd}"))
}

fn trim_start(text: &str) -> &str {
    text.trim_start_matches(['\t', '\n', '\x0c', ' '])
}

/// What follows a word, in capitals or not, at the start of a text.
fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (own, behind) = text.split_at_checked(word.len())?;
    own.eq_ignore_ascii_case(word).then_some(behind)
}

//! Writes text, code and addresses so that Markdown sees nothing else in them.

use std::fmt::Write;

use unicode_normalization::char::is_combining_mark;

/// Appends a text to a line of Markdown. `\n` becomes a hard line break: a backslash, or `<br>` where the text must
/// stay on one line (`whole`). In a `heading` every `#` is escaped, in a `cell` every bar.
pub(super) fn escape_text(out: &mut String, text: &str, whole: bool, heading: bool, cell: bool) {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let starts_line = out.is_empty() || out.ends_with('\n');
        match c {
            '\n' if whole => out.push_str("<br>"),
            '\n' => out.push_str("\\\n"),
            '\t' => out.push(' '),
            ' ' if starts_line => {}
            '\r' => {}
            '|' if cell => out.push_str("&#124;"),
            '\\' | '`' | '*' | '[' | ']' | '~' => out.extend(['\\', c]),
            '_' if !(joins_word(out.chars().next_back()) && joins_word(next)) => out.push_str("\\_"),
            '<' if !next.is_some_and(|next| next == ' ' || next.is_ascii_digit()) => out.push_str("\\<"),
            '&' if next.is_none_or(|next| next == '#' || next.is_ascii_alphanumeric()) => out.push_str("\\&"),
            '#' if heading => out.push_str("\\#"),
            '#' | '=' | ':' | '>' | '|' | '+' if starts_line => out.extend(['\\', c]),
            '-' if starts_line && next.is_none_or(|next| " -:|\n".contains(next)) => out.push_str("\\-"),
            '.' | ')' if ends_number(out) && next.is_none_or(|next| " \n\t".contains(next)) => out.extend(['\\', c]),
            // The escaping sign of the line break before, or of a bar behind, must not be taken for this one's.
            _ if at == 0 && starts_line && (c.is_whitespace() || c.is_control()) => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
}

fn joins_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// Whether the line consists of digits so far: a point behind them would make it a list item.
fn ends_number(out: &str) -> bool {
    let digits = out.bytes().rev().take(10).take_while(u8::is_ascii_digit).count();
    (1..=9).contains(&digits) && matches!(out[..out.len() - digits].chars().next_back(), None | Some('\n'))
}

/// Whether Markdown takes a character for punctuation, when it asks where a style may begin.
pub(super) fn is_punctuation(c: char) -> bool {
    // Marks of direction, joiners, variation selectors and the like are neither letters nor punctuation.
    let formats = matches!(c, '\u{80}'..='\u{9f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e01ef}');
    if c.is_ascii() { c.is_ascii_punctuation() } else { !c.is_alphanumeric() && !formats && !is_combining_mark(c) }
}

/// A span of code, in more backticks than follow each other within.
pub(super) fn code_span(text: &str) -> String {
    let fence = "`".repeat(longest_run(text, '`') + 1);
    let spaced = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let pad = if spaced { " " } else { "" };
    [&fence, pad, text, pad, &fence].concat()
}

/// A fence that no line of the code can be taken for.
pub(super) fn fence_for(code: &str) -> String {
    "`".repeat((longest_run(code, '`') + 1).max(3))
}

fn longest_run(text: &str, sign: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == sign { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// The address of a link or an image.
pub(super) fn address(address: &str, cell: bool) -> String {
    let pointed = address.is_empty() || address.contains(|c: char| c.is_whitespace() || c.is_control());
    let mut out = String::with_capacity(address.len() + 2);
    if pointed {
        out.push('<');
    }
    for (at, c) in address.char_indices() {
        match c {
            '&' if !begins_entity(&address[at + 1..]) => out.push('&'),
            '\n' => out.push_str("%0A"),
            '\r' => out.push_str("%0D"),
            '|' if cell => out.push_str("&#124;"),
            '\\' | '<' | '>' | '(' | ')' | '[' | ']' | '`' | '&' | '*' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    if pointed {
        out.push('>');
    }
    out
}

/// Whether an ampersand before this text would be read as the beginning of an entity: a name or a number, then `;`.
fn begins_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let len = name.bytes().take(LONGEST_ENTITY).take_while(u8::is_ascii_alphanumeric).count();
    len > 0 && (name[len..].starts_with(';') || len == LONGEST_ENTITY)
}

/// No entity has a longer name.
const LONGEST_ENTITY: usize = 40;

//! Writes a rule file as people do: aligned keys, selectors and patterns between single quotes, and beside each rule on how
//! many pages it was seen.

use std::fmt::Write as _;

use super::{Drop, Finder, Findings};

/// Where the comment of a line begins.
const COMMENTS_AT: usize = 44;

/// The text of a rule file.
pub(super) fn rule_file(host: &str, findings: &Findings) -> String {
    let Findings { name, body, drops, pages } = findings;
    let mut text = format!("# {host}, learned from {}. Beside each rule: on how many of them it finds something.\n\n", counted(*pages));
    let mut line = |line: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{line}");
    };
    if let Some(name) = name {
        line(&format!("name  = {}", quoted(name)));
    }
    line(&format!("hosts = [{}]", quoted(host)));
    if !body.is_empty() {
        line("\n[body]");
        match body.as_slice() {
            [(union, support)] => line(&commented(&format!("select = [{}]", alternative(union)), *support, *pages)),
            all => {
                line("select = [");
                for (union, support) in all {
                    line(&commented(&format!("    {},", alternative(union)), *support, *pages));
                }
                line("]");
            }
        }
        if std::env::var("XGEN").is_ok() { line("generic = true"); }
    }
    for drop in drops {
        line("");
        line(rule(drop, *pages).trim_end());
    }
    text
}

/// A rule that drops.
pub(super) fn rule(drop: &Drop, pages: usize) -> String {
    let Drop { id, category, finder, support } = drop;
    let id = commented(&format!("id       = \"{id}\""), *support, pages);
    let finder = match finder {
        Finder::Css(selector) => format!("css      = {}", quoted_pattern(selector)),
    };
    format!("[[drop]]\n{id}\ncategory = \"{category}\"\n{finder}\n")
}

fn alternative(union: &[String]) -> String {
    let quoted: Vec<_> = union.iter().map(|selector| quoted_pattern(selector)).collect();
    if quoted.len() == 1 { quoted.concat() } else { format!("[{}]", quoted.join(", ")) }
}

/// A line with a comment on its support.
fn commented(line: &str, support: usize, pages: usize) -> String {
    format!("{line:<width$}# {support} of {}", counted(pages), width = COMMENTS_AT.max(line.chars().count() + 2))
}

fn counted(pages: usize) -> String {
    if pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") }
}

/// A text between single quotes, if it can stand there.
fn quoted_pattern(text: &str) -> String {
    if text.contains(['\'', '\n', '\r']) || text.chars().any(char::is_control) { quoted(text) } else { format!("'{text}'") }
}

/// A text as TOML writes it, between double quotes.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

//! Writes a rule file as people do: aligned keys, selectors and patterns between single quotes, and beside each rule on how
//! many pages it was seen.

use std::fmt::Write as _;

use super::{Drop, Finder, Findings, Phrase};

/// Where the comment of a line begins.
const COMMENTS_AT: usize = 44;

/// The text of a rule file.
pub(super) fn rule_file(host: &str, findings: &Findings) -> String {
    let Findings { name, marks, body, anchors, generic, meta, drops, phrases, pages } = findings;
    let mut lines = vec![
        format!(
            "# {host}, learned from {}. Beside each rule: on how many of them it finds something.",
            counted(*pages)
        ),
        String::new(),
    ];
    if let Some(name) = name {
        lines.push(format!("name  = {}", quoted(name)));
    }
    lines.push(format!("hosts = [{}]", quoted(host)));
    if !marks.is_empty() {
        lines.push("marks = [".to_owned());
        let mark = |(pattern, support): &(String, usize)| {
            commented(&format!("    {},", quoted_pattern(pattern)), *support, *pages)
        };
        lines.extend(marks.iter().map(mark));
        lines.push("]".to_owned());
    }
    if !body.is_empty() || !anchors.from.is_empty() || !anchors.to.is_empty() {
        lines.push("\n[body]".to_owned());
        match body.as_slice() {
            [] => {}
            [(union, support)] => {
                lines.push(commented(&format!("select  = [{}]", alternative(union)), *support, *pages));
            }
            all => {
                lines.push("select  = [".to_owned());
                let one = |(union, support): &(Vec<String>, usize)| {
                    commented(&format!("    {},", alternative(union)), *support, *pages)
                };
                lines.extend(all.iter().map(one));
                lines.push("]".to_owned());
            }
        }
        for (key, patterns, support) in
            [("from   ", &anchors.from, anchors.support.0), ("to     ", &anchors.to, anchors.support.1)]
        {
            if !patterns.is_empty() {
                lines.push(commented(&format!("{key} = {}", quoted_pattern(&patterns.join("|"))), support, *pages));
            }
        }
        if *generic {
            lines.push(format!("{:<COMMENTS_AT$}# for what these pages do not show", "generic = true"));
        }
    }
    if !meta.is_empty() {
        lines.push("\n[meta]".to_owned());
        let width = meta.iter().map(|found| found.key.len()).max().unwrap_or_default();
        let place = |found: &super::meta::Found| {
            commented(&format!("{:<width$} = {}", found.key, found.place), found.support, *pages)
        };
        lines.extend(meta.iter().map(place));
    }
    for drop in drops {
        lines.push(format!("\n{}", rule(drop, *pages)));
    }
    for phrase in phrases {
        lines.push(format!("\n{}", inline(phrase, *pages)));
    }
    lines.join("\n") + "\n"
}

/// A rule that drops.
pub(super) fn rule(drop: &Drop, pages: usize) -> String {
    let Drop { id, category, finder, support } = drop;
    let id = commented(&format!("id       = \"{id}\""), *support, pages);
    let finder = match finder {
        Finder::Css(selector) => format!("css      = {}", quoted_pattern(selector)),
        Finder::Line(pattern) => format!("line     = {}", quoted_pattern(pattern)),
    };
    format!("[[drop]]\n{id}\ncategory = \"{category}\"\n{finder}")
}

/// A rule that cuts.
pub(super) fn inline(phrase: &Phrase, pages: usize) -> String {
    let id = commented(&format!("id       = \"{}\"", phrase.id), phrase.support, pages);
    format!("[[inline]]\n{id}\ncategory = \"navigation\"\nliteral  = {}", quoted(&phrase.text))
}

/// An alternative of `select`.
pub(super) fn alternative(union: &[String]) -> String {
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
    let is_plain = !text.contains('\'') && !text.chars().any(char::is_control);
    if is_plain { format!("'{text}'") } else { quoted(text) }
}

/// A text as TOML writes it, between double quotes.
pub(super) fn quoted(text: &str) -> String {
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

//! Reads the raw HTML in Markdown: its text, without a tree.

/// What raw HTML says.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The text, with a line break where a line or a block ends.
    pub(super) text: String,
    /// Comments, scripts and styles.
    pub(super) hidden: Vec<String>,
}

/// Reads a piece of HTML in one pass: tags are dropped, what no reader sees is put aside, and the entities that HTML
/// itself needs are decoded.
pub(super) fn read(html: &str) -> Found {
    let mut found = Found::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        found.text.push_str(&decode(&rest[..at]));
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let (inside, tail) = comment.split_once("-->").unwrap_or((comment, ""));
            found.hidden.push(inside.trim().to_owned());
            rest = tail;
            continue;
        }
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if !is_tag {
            found.text.push('<');
            rest = &rest[1..];
            continue;
        }
        let Some(end) = rest.find('>') else { break };
        let name = tag_name(&rest[..end]);
        rest = &rest[end + 1..];
        if matches!(&*name, "script" | "style" | "template") {
            let close = format!("</{name}");
            let end = find_ignoring_case(rest, &close).unwrap_or(rest.len());
            found.hidden.push(rest[..end].trim().to_owned());
            rest = &rest[end..];
        } else if !is_inline(&name) {
            found.text.push('\n');
        }
    }
    found.text.push_str(&decode(rest));
    found
}

/// Whether a tag is `<br>`.
pub(super) fn is_line_break(tag: &str) -> bool {
    tag_name(tag) == "br"
}

fn tag_name(tag: &str) -> String {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    name[..end].to_ascii_lowercase()
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "cite"
            | "code"
            | "del"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "var"
            | "wbr"
    )
}

/// The needle is lower-case ASCII.
fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    let same = |window: &[u8]| window.eq_ignore_ascii_case(needle.as_bytes());
    text.as_bytes().windows(needle.len()).position(same)
}

fn decode(text: &str) -> String {
    let mut out = text.to_owned();
    if text.contains('&') {
        let entities =
            [("&nbsp;", "\u{a0}"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
        for (entity, c) in entities {
            out = out.replace(entity, c);
        }
    }
    out
}

//! Reads the raw HTML in Markdown: its text, without a tree.

/// A piece of what raw HTML says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A line of text: it ends where a line or a block does.
    Line(String),
    /// A row of a table, by its cells; `header` if it has nothing but heads.
    Row { header: bool, cells: Vec<String> },
    /// A comment, a script or a style.
    Hidden(String),
}

/// Reads a piece of HTML in one pass: tags are dropped, what no reader sees is told apart, and the entities that HTML
/// itself needs are decoded.
pub(super) fn read(html: &str) -> Vec<Part> {
    let mut reader = Reader::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        reader.write(&decode(&rest[..at]));
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let (inside, tail) = comment.split_once("-->").unwrap_or((comment, ""));
            reader.hide(inside);
            rest = tail;
            continue;
        }
        if !begins_tag(rest) {
            reader.write("<");
            rest = &rest[1..];
            continue;
        }
        let Some(end) = rest.find('>') else { break };
        let (tag, name) = (&rest[..end], tag_name(&rest[..end]));
        let closes = tag.starts_with("</");
        rest = &rest[end + 1..];
        match &*name {
            "script" | "style" | "template" if !closes => {
                let close = format!("</{name}");
                let end = find_ignoring_case(rest, &close).unwrap_or(rest.len());
                reader.hide(&rest[..end]);
                rest = &rest[end..];
            }
            "tr" if closes => reader.end_row(),
            "tr" => reader.begin_row(),
            "td" | "th" if !closes => reader.begin_cell(name == "th"),
            "table" => reader.end_row(),
            _ if !is_inline(&name) => reader.break_line(),
            _ => {}
        }
    }
    reader.write(&decode(rest));
    reader.end_row();
    reader.parts
}

/// The text of raw HTML that a reader sees, in one line.
pub(super) fn text(html: &str) -> String {
    let lines = read(html).into_iter().filter_map(|part| match part {
        Part::Line(line) => Some(line),
        Part::Row { cells, .. } => Some(cells.join(" ")),
        Part::Hidden(_) => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Longer cells are those of a table that lays out a page.
const LONGEST_CELL: usize = 300;

#[derive(Default)]
struct Reader {
    parts: Vec<Part>,
    /// The lines being read: of a cell, in a table.
    text: String,
    /// The row being read: its cells, and how many of them are heads.
    row: Option<(Vec<String>, usize)>,
}

impl Reader {
    fn write(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn break_line(&mut self) {
        self.text.push('\n');
    }

    fn hide(&mut self, text: &str) {
        if self.row.is_none() {
            self.end_lines();
        }
        // Tags alone are no text.
        if !text.trim_start().starts_with('<') || !is_tags_alone(text) {
            self.parts.push(Part::Hidden(text.trim().to_owned()));
        }
    }

    fn end_lines(&mut self) {
        let text = std::mem::take(&mut self.text);
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        self.parts.extend(lines.map(|line| Part::Line(line.to_owned())));
    }

    fn begin_row(&mut self) {
        self.end_row();
        self.row = Some((Vec::new(), 0));
    }

    fn begin_cell(&mut self, head: bool) {
        match &mut self.row {
            Some((cells, heads)) => {
                cells.push(std::mem::take(&mut self.text));
                *heads += usize::from(head);
            }
            None => self.break_line(),
        }
    }

    fn end_row(&mut self) {
        let Some((mut cells, heads)) = self.row.take() else { return self.end_lines() };
        cells.push(std::mem::take(&mut self.text));
        // What stands before the first cell is space, as a rule.
        if cells[0].trim().is_empty() {
            cells.remove(0);
        }
        let full = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        if full > 1 && cells.iter().all(|cell| cell.trim().len() <= LONGEST_CELL) {
            self.parts.push(Part::Row { header: heads == cells.len(), cells });
        } else {
            self.text = cells.join("\n");
            self.end_lines();
        }
    }
}

fn begins_tag(text: &str) -> bool {
    text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

fn is_tags_alone(text: &str) -> bool {
    let mut rest = text.trim();
    while rest.starts_with('<') && begins_tag(rest) {
        let Some(end) = rest.find('>') else { return false };
        rest = rest[end + 1..].trim_start();
    }
    rest.is_empty()
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

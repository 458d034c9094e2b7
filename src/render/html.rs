//! Writes blocks as HTML: semantic tags only, and no attribute but `href`, `src`, `alt` and `lang`.

use std::borrow::Borrow;
use std::fmt::Write;

use super::inline::{Piece, pieces, shows};
use crate::document::{Block, BlockKind, Marker, Style};

/// Writes blocks as an `<article>`, of a language (BCP 47) if it is known.
///
/// Links and images whose address is a script or data are left without it: the text of the link stays, the image goes.
pub fn html(blocks: &[impl Borrow<Block>], lang: Option<&str>) -> String {
    let mut writer = Writer::default();
    writer.out.push_str("<article");
    if let Some(lang) = lang {
        writer.attribute("lang", lang);
    }
    writer.out.push_str(">\n");
    for block in blocks.iter().map(Borrow::borrow).filter(|block| shows(block)) {
        writer.block(block);
    }
    writer.close_all();
    writer.out.push_str("</article>\n");
    writer.out
}

/// What encloses several blocks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    List { numbered: bool, depth: u8 },
    Quote,
    Table,
    Definitions,
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Outermost first. Only lists nest; each has an open item.
    open: Vec<Around>,
}

impl Writer {
    fn block(&mut self, block: &Block) {
        match block.kind {
            BlockKind::ListItem { depth, marker } => return self.item(block, depth, marker),
            BlockKind::Quote => self.within(Around::Quote, "<blockquote>\n"),
            BlockKind::TableRow { .. } => self.within(Around::Table, "<table>\n"),
            BlockKind::Term | BlockKind::Definition => self.within(Around::Definitions, "<dl>\n"),
            _ => self.close_all(),
        }
        match block.kind {
            BlockKind::Heading { level } => self.element(&format!("h{}", level.clamp(1, 6)), block),
            BlockKind::Term => self.element("dt", block),
            BlockKind::Definition => self.element("dd", block),
            BlockKind::Caption => {
                // A caption may not stand outside of a figure.
                self.out.push_str("<figure><figcaption>");
                self.inline(block, 0, block.text.len());
                self.out.push_str("</figcaption></figure>\n");
            }
            BlockKind::Code => {
                self.out.push_str("<pre><code>");
                // A line break right behind `<pre>` would be dropped by a parser, but `<code>` stands between.
                self.escape(&block.text);
                self.out.push_str("</code></pre>\n");
            }
            BlockKind::TableRow { header } => self.row(block, if header { "th" } else { "td" }),
            _ => self.element("p", block),
        }
    }

    fn within(&mut self, around: Around, tag: &str) {
        if self.open.last() != Some(&around) {
            self.close_all();
            self.out.push_str(tag);
            self.open.push(around);
        }
    }

    fn item(&mut self, block: &Block, depth: u8, marker: Marker) {
        if !matches!(self.open.last(), Some(Around::List { .. })) {
            self.close_all();
        }
        if marker == Marker::None {
            while self.open.len() > 1
                && matches!(self.open.last(), Some(Around::List { depth: open, .. }) if *open > depth)
            {
                self.close_last();
            }
            // Without an item to go on with it is a paragraph.
            return self.element("p", block);
        }
        let wanted = Around::List { numbered: matches!(marker, Marker::Number(_)), depth };
        while let Some(&Around::List { depth: open, .. }) = self.open.last()
            && (open > depth || open == depth && self.open.last() != Some(&wanted))
        {
            self.close_last();
        }
        if self.open.last() == Some(&wanted) {
            self.out.push_str("</li>\n");
        } else {
            if !self.open.is_empty() {
                self.out.push('\n');
            }
            self.out.push_str(if matches!(marker, Marker::Number(_)) { "<ol>\n" } else { "<ul>\n" });
            self.open.push(wanted);
        }
        self.out.push_str("<li>");
        self.inline(block, 0, block.text.len());
    }

    fn row(&mut self, block: &Block, cell: &str) {
        self.out.push_str("<tr>");
        let mut at = 0;
        for text in block.text.split('\t') {
            let _ = write!(self.out, "<{cell}>");
            self.inline(block, at, at + text.len());
            let _ = write!(self.out, "</{cell}>");
            at += text.len() + 1;
        }
        self.out.push_str("</tr>\n");
    }

    fn element(&mut self, tag: &str, block: &Block) {
        let _ = write!(self.out, "<{tag}>");
        self.inline(block, 0, block.text.len());
        let _ = writeln!(self.out, "</{tag}>");
    }

    fn inline(&mut self, block: &Block, from: usize, to: usize) {
        for piece in pieces(block, from, to) {
            match piece {
                Piece::Text(text) => {
                    for (index, line) in text.split('\n').enumerate() {
                        if index > 0 {
                            self.out.push_str("<br>");
                        }
                        self.escape(line);
                    }
                }
                Piece::Image { src, .. } if is_unsafe(src) => {}
                Piece::Image { src, alt } => {
                    self.out.push_str("<img");
                    self.attribute("src", src);
                    self.attribute("alt", alt);
                    self.out.push('>');
                }
                Piece::Open(Style::Link { href }) if !is_unsafe(href) => {
                    self.out.push_str("<a");
                    self.attribute("href", href);
                    self.out.push('>');
                }
                Piece::Close(Style::Link { href }) if is_unsafe(href) => {}
                Piece::Open(style) => self.tag("<", style),
                Piece::Close(style) => self.tag("</", style),
            }
        }
    }

    fn tag(&mut self, start: &str, style: &Style) {
        let name = match style {
            Style::Emphasis => "em",
            Style::Strong => "strong",
            Style::Code => "code",
            Style::Link { .. } if start == "</" => "a",
            Style::Link { .. } | Style::Image { .. } => return,
        };
        let _ = write!(self.out, "{start}{name}>");
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let _ = write!(self.out, " {name}=\"");
        self.escape(value);
        self.out.push('"');
    }

    fn escape(&mut self, text: &str) {
        escape_into(&mut self.out, text);
    }

    fn close_last(&mut self) {
        self.out.push_str(match self.open.pop() {
            Some(Around::List { numbered: true, .. }) => "</li>\n</ol>\n",
            Some(Around::List { numbered: false, .. }) => "</li>\n</ul>\n",
            Some(Around::Quote) => "</blockquote>\n",
            Some(Around::Table) => "</table>\n",
            Some(Around::Definitions) => "</dl>\n",
            None => "",
        });
    }

    fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.close_last();
        }
    }
}

/// Whether an address is a script or carries its content itself. Browsers overlook white space and control characters.
fn is_unsafe(address: &str) -> bool {
    let start: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(11).collect();
    let start = start.to_ascii_lowercase();
    ["javascript:", "vbscript:", "data:"].iter().any(|scheme| start.starts_with(scheme))
}

/// A text as HTML writes it, between tags and in attributes.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    escape_into(&mut escaped, text);
    escaped
}

fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\0' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Mark, Place};

    fn block(kind: BlockKind, text: &str) -> Block {
        Block::new(kind, text, Place::Text { bytes: 0..0, line: 1 })
    }

    #[test]
    fn lists_nest_and_everything_is_escaped() {
        let item = |depth, marker, text| block(BlockKind::ListItem { depth, marker }, text);
        let blocks = [
            block(BlockKind::Paragraph, "a<b>\nc"),
            item(1, Marker::Bullet, "x"),
            item(2, Marker::Number(1), "y"),
            item(1, Marker::Bullet, "z"),
            block(BlockKind::TableRow { header: true }, "1\t2"),
            block(BlockKind::Caption, "c"),
        ];
        let wanted = "<article lang=\"de\">\n<p>a&lt;b&gt;<br>c</p>\n<ul>\n<li>x\n<ol>\n<li>y</li>\n</ol>\n</li>\n\
                      <li>z</li>\n</ul>\n<table>\n<tr><th>1</th><th>2</th></tr>\n</table>\n<figure><figcaption>c</figcaption></figure>\n\
                      </article>\n";
        assert_eq!(html(&blocks, Some("de")), wanted);
    }

    #[test]
    fn scripts_and_crossing_marks_do_no_harm() {
        let link = |range, href: &str| Mark { range, style: Style::Link { href: href.into() } };
        let mut paragraph = block(BlockKind::Paragraph, "one two three");
        paragraph.marks = vec![
            link(0..3, " JavaScript:x"),
            Mark { range: 4..9, style: Style::Strong },
            Mark { range: 6..99, style: Style::Emphasis },
            link(8..13, "a\"b"),
        ];
        let wanted = "<p>one <strong>tw<em>o <a href=\"a&quot;b\">t</a></em></strong>hree</p>";
        assert!(html(&[paragraph], None).contains(wanted));
    }
}

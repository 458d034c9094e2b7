//! Knows what each HTML element is to a reader: a block, a part of a sentence, or nothing that is seen.

use html5ever::LocalName;

use super::tree::Element;
use crate::document::Unseen;
use crate::text::has_pair;

/// What an element is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Begins and ends blocks; what is in it is whatever it stands in.
    Block,
    /// A part of a sentence without a meaning of its own.
    Inline,
    Heading(u8),
    List {
        ordered: bool,
    },
    Item,
    Term,
    Definition,
    Quote,
    Preformatted,
    Caption,
    Table,
    Row,
    Cell {
        header: bool,
    },
    Link,
    Emphasis,
    Strong,
    Code,
    Image,
    LineBreak,
    /// A quotation within a sentence, for which browsers write the marks.
    Quotation,
    /// The reading of a ruby base, which stands above or beside it.
    RubyText,
    /// The parentheses around it, which are written anyway.
    RubyParenthesis,
    Unseen(Unseen),
}

impl Role {
    /// Whether an element of this role stands apart from the text around it.
    pub(super) fn is_flow(self) -> bool {
        !matches!(
            self,
            Self::Inline
                | Self::Link
                | Self::Emphasis
                | Self::Strong
                | Self::Code
                | Self::Image
                | Self::LineBreak
                | Self::Quotation
                | Self::RubyText
                | Self::RubyParenthesis
                | Self::Unseen(_)
        )
    }
}

/// What an element is to a reader, from its name alone (HTML standard, 15.3: the rendering section).
pub(super) fn role(name: &str) -> Role {
    match name {
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "ul" | "menu" | "dir" => Role::List { ordered: false },
        "ol" => Role::List { ordered: true },
        "li" => Role::Item,
        "dt" => Role::Term,
        "dd" => Role::Definition,
        "blockquote" => Role::Quote,
        "pre" | "listing" | "xmp" | "plaintext" => Role::Preformatted,
        "figcaption" | "caption" => Role::Caption,
        "table" => Role::Table,
        "tr" => Role::Row,
        "td" => Role::Cell { header: false },
        "th" => Role::Cell { header: true },
        "a" => Role::Link,
        "em" | "i" | "cite" | "dfn" | "var" => Role::Emphasis,
        "strong" | "b" => Role::Strong,
        "code" | "kbd" | "samp" | "tt" => Role::Code,
        "img" => Role::Image,
        "br" => Role::LineBreak,
        "q" => Role::Quotation,
        "rt" | "rtc" => Role::RubyText,
        "rp" => Role::RubyParenthesis,
        "head" => Role::Unseen(Unseen::Head),
        "script" => Role::Unseen(Unseen::Script),
        "style" => Role::Unseen(Unseen::Style),
        "template" => Role::Unseen(Unseen::Template),
        "noscript" | "noframes" | "noembed" => Role::Unseen(Unseen::Noscript),
        "iframe" | "object" | "embed" | "video" | "audio" | "canvas" | "svg" | "applet" | "map" => {
            Role::Unseen(Unseen::Embedded)
        }
        "select" | "datalist" | "textarea" | "input" | "progress" | "meter" => Role::Unseen(Unseen::Control),
        "address" | "article" | "aside" | "body" | "button" | "center" | "details" | "dialog" | "div" | "dl"
        | "fieldset" | "figure" | "footer" | "form" | "header" | "hgroup" | "hr" | "html" | "legend" | "main"
        | "nav" | "p" | "search" | "section" | "summary" | "tbody" | "tfoot" | "thead" | "colgroup" | "frameset" => {
            Role::Block
        }
        _ => Role::Inline,
    }
}

/// Whether an element is hidden by an attribute or an inline style. `aria-hidden` hides from screen readers only.
pub(super) fn is_hidden(element: Element<'_>) -> bool {
    if element.attr("hidden").is_some() || element.name() == "dialog" && element.attr("open").is_none() {
        return true;
    }
    let may_hide = |style: &&str| has_pair(style, |one, next| matches!((one, next), (b's', b'p') | (b'v', b'i')));
    element.attr("style").filter(may_hide).is_some_and(|style| {
        let is = |property, values: &[&str]| {
            declared(style, property).is_some_and(|value| values.iter().any(|one| value.eq_ignore_ascii_case(one)))
        };
        is("display", &["none"]) || is("visibility", &["hidden", "collapse"])
    })
}

/// Whether an inline style makes a block of an element that is none by name.
pub(super) fn is_styled_block(element: Element<'_>) -> bool {
    let display = element.attr("style").and_then(|style| declared(style, "display"));
    display.is_some_and(|display| {
        ["block", "flex", "grid", "list-item", "table", "flow-root"].iter().any(|one| display.eq_ignore_ascii_case(one))
    })
}

/// The value that an inline style gives a property: the last one, but an important one before others (CSS Cascade 4).
fn declared<'s>(style: &'s str, property: &str) -> Option<&'s str> {
    let mut found: Option<(bool, &str)> = None;
    for (name, value) in style.split(';').filter_map(|declaration| declaration.split_once(':')) {
        if name.trim().eq_ignore_ascii_case(property) {
            let (value, important) = value.split_once('!').map_or((value, false), |(value, _)| (value, true));
            if important || found.is_none_or(|(important, _)| !important) {
                found = Some((important, value.trim()));
            }
        }
    }
    found.map(|(_, value)| value)
}

/// Whether an element never has content or an end tag (HTML standard, 13.1.2).
pub(super) fn is_void(name: &LocalName) -> bool {
    matches!(
        &**name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether the text in an element is not markup (HTML standard, 13.2.6.2 and the rules that lead there).
pub(super) fn switches_tokenizer(name: &LocalName) -> bool {
    matches!(
        &**name,
        "script"
            | "style"
            | "title"
            | "textarea"
            | "xmp"
            | "iframe"
            | "noembed"
            | "noframes"
            | "noscript"
            | "plaintext"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(html: &str) -> bool {
        let tree = crate::document::html::parse::document(html).expect("within bounds");
        tree.elements().any(is_hidden)
    }

    #[test]
    fn hidden_by_attribute_or_style() {
        assert!(hidden("<p hidden>x") && hidden("<p hidden=until-found>x"));
        assert!(hidden("<p style='color:red; DISPLAY : none !important'>x"));
        assert!(hidden("<p style='visibility:hidden'>x") && hidden("<dialog>x"));
        assert!(
            !hidden("<p style='display:none;display:block'>x")
                && hidden("<p style='display:none!important;display:block'>x")
        );
        assert!(!hidden("<p style='display:block'>x") && !hidden("<dialog open>x"));
        assert!(!hidden("<p aria-hidden=true>x") && !hidden("<p style='content:\"display:none\"'>x"));
    }
}

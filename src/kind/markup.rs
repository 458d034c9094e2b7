//! Tells HTML from other markup and from text by how it begins.

use super::NotAPage;
use crate::text::start_of;

/// How much of a text is looked at.
const REACH: usize = 8192;

/// How many tags make a text without a clear beginning HTML.
const MANY_TAGS: usize = 5;

const FEED: NotAPage = NotAPage { what: "a feed", advice: "fetch the pages that it links to" };

/// Roots of XML that is not a page.
const OTHER_ROOTS: [(&str, NotAPage); 6] = [
    ("svg", NotAPage { what: "an SVG image", advice: "leave it out" }),
    ("rss", FEED),
    ("feed", FEED),
    ("rdf:RDF", FEED),
    ("urlset", NotAPage { what: "a sitemap", advice: "fetch the pages that it lists" }),
    ("sitemapindex", NotAPage { what: "a list of sitemaps", advice: "fetch the pages that they list" }),
];

/// Elements that a piece of a page begins with, or is full of.
const KNOWN: [&str; 38] = [
    "a",
    "article",
    "aside",
    "base",
    "blockquote",
    "body",
    "br",
    "center",
    "div",
    "dl",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "head",
    "header",
    "hr",
    "html",
    "img",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "span",
    "style",
    "table",
    "td",
    "title",
    "ul",
];

/// Says what an XML text is that is not HTML.
pub(super) fn other_than_html(text: &str) -> Option<NotAPage> {
    let root = tag_name(beginning(text))?;
    OTHER_ROOTS.iter().find(|(name, _)| *name == root).map(|&(_, error)| error)
}

/// Whether a text begins as only HTML does.
pub(super) fn is_html(text: &str) -> bool {
    let start = beginning(text);
    let doctype = start.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"));
    let name = tag_name(start).unwrap_or_default();
    doctype || ["html", "head", "body"].iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether a text begins with a known element, or is full of them: HTML, if it is not Markdown with some HTML in it.
pub(super) fn looks_like_html(text: &str) -> bool {
    let start = beginning(text);
    if tag_name(start).is_some_and(is_known) {
        return true;
    }
    let head = start_of(start, REACH);
    let tags = head.split('<').skip(1).filter(|piece| {
        let piece = piece.strip_prefix('/').unwrap_or(piece);
        is_known(&piece[..name_len(piece)])
    });
    tags.take(MANY_TAGS).count() == MANY_TAGS
}

/// A text without what may stand before the first element: space, comments, an XML declaration.
fn beginning(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
        let end = match rest {
            _ if rest.starts_with("<!--") => rest.find("-->").map(|at| at + 3),
            _ if rest.starts_with("<?") => rest.find('>').map(|at| at + 1),
            _ => None,
        };
        let Some(end) = end else { return rest };
        rest = &rest[end..];
    }
}

fn tag_name(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('<')?;
    let name = &rest[..name_len(rest)];
    let closed = rest[name.len()..].starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/');
    (closed && !name.is_empty()).then_some(name)
}

fn name_len(text: &str) -> usize {
    text.bytes().take(12).take_while(|&byte| byte.is_ascii_alphanumeric() || byte == b':').count()
}

fn is_known(name: &str) -> bool {
    KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name))
}

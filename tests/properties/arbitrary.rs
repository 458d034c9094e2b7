//! Pages and rule files that nobody would write.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const TAGS: &[&str] = &[
    "div",
    "p",
    "b",
    "i",
    "a",
    "span",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "caption",
    "tbody",
    "blockquote",
    "pre",
    "code",
    "h1",
    "h3",
    "q",
    "ruby",
    "rt",
    "rp",
    "script",
    "style",
    "template",
    "noscript",
    "select",
    "option",
    "textarea",
    "svg",
    "figure",
    "figcaption",
    "article",
    "main",
    "nav",
    "header",
    "footer",
    "form",
    "button",
    "dialog",
    "head",
    "body",
    "html",
    "title",
    "br",
    "img",
    "hr",
    "section",
    "aside",
    "em",
    "iframe",
    "details",
    "summary",
];

const ATTRIBUTES: &[&str] = &[
    "",
    "",
    "",
    "",
    " hidden",
    " style='display:none'",
    " class='a b'",
    " id=x",
    " href='/a'",
    " href='#'",
    " src=a.png alt=b",
    " role=presentation",
    " start=3",
    " reversed",
    " value=7",
    " open",
    " lang=de",
    " itemprop=author",
    " colspan=2",
    " /",
];

const WORDS: &[&str] = &[
    "Wort",
    "und",
    "the",
    "Größe",
    "日本語",
    "שלום",
    "a",
    ".",
    ",",
    "(neu)",
    "x\u{ad}y",
    "\u{200b}",
    "\u{a0}",
    "e\u{301}",
    "\u{1f600}",
    "»",
    "1.",
    "2.",
    "-",
    "*",
    "_",
    "|",
    "`",
    "#",
    ">",
    "[x]",
    "\\",
    "&amp;",
    "&lt;",
    "&nbsp;",
    "\0",
    "=",
    "5. Mai 2024",
    "Anzeige",
    "\u{202e}",
    "\u{feff}",
    "~~",
    "+",
    "!",
    "http://a.de/b",
    "^",
    ":",
    "\u{3000}",
    "。",
];

const SPACES: &[&str] = &[" ", " ", " ", "", "\n", "\n\n", "  ", "\t", "\n  ", "\r\n", "\u{2028}", "\n    "];

fn words(
    words: &'static [&'static str],
    spaces: &'static [&'static str],
    most: usize,
) -> impl Strategy<Value = String> {
    let piece = (select(words), select(spaces)).prop_map(|(word, space)| format!("{word}{space}"));
    vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

/// Tags in no order, with text between them.
pub(super) fn html() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => (select(TAGS), select(ATTRIBUTES)).prop_map(|(tag, attributes)| format!("<{tag}{attributes}>")),
        3 => select(TAGS).prop_map(|tag| format!("</{tag}>")),
        4 => words(WORDS, SPACES, 6),
        1 => words(WORDS, SPACES, 4).prop_map(|cell| format!("<table><tr><td>{cell}.<td>a.</table>")),
        1 => select(&["<!-- x -->", "<!", "<![CDATA[x]]>", "<", "</", "<!doctype html>", "&", "&#x0;", "<p class=\""][..])
            .prop_map(str::to_owned),
    ];
    vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Lines that begin as those of Markdown do.
pub(super) fn markdown() -> impl Strategy<Value = String> {
    const STARTS: &[&str] = &[
        "",
        "",
        "",
        "# ",
        "## ",
        "- ",
        "  - ",
        "* ",
        "1. ",
        "2. ",
        "> ",
        "> - ",
        "```\n",
        "    ",
        "| a | b |\n|---|---|\n| ",
        "---\n",
        "[a]: /b\n",
        "<div>",
        "<!-- ",
        ": ",
        "**",
        "_",
        "[^1]: ",
        "![a](b) ",
        "[link](/to) ",
        "\n",
        "\\",
    ];
    let line = (select(STARTS), words(WORDS, &[" ", " ", "", "**", "*", "`"], 5), select(&["\n", "\n\n", "  \n"][..]));
    vec(line.prop_map(|(start, words, end)| format!("{start}{words}{end}")), 0..16).prop_map(|lines| lines.concat())
}

/// Plain text with all that might be a list, a table or code.
pub(super) fn plain() -> impl Strategy<Value = String> {
    prop_oneof![
        words(WORDS, SPACES, 80),
        "\\PC{0,80}",
        "[ -~\\n]{0,120}",
        "(- |  - |1\\. |[a-z]{1,9} |\\n){0,40}",
        "(\\* [a-z]{1,3}\n|– [a-z]\n|[12]\\) x\n|[a-z]{1,9}\n|- y\n|\n){0,12}"
    ]
}

/// Code of functions and objects, with indentation and blank lines.
pub(super) fn code() -> impl Strategy<Value = String> {
    const STARTS: &[&str] = &["fn run(a) {\n    one();\n", "const x = {\n  a: 1,\n", "class A {\n\tint  b;\n"];
    const LINES: &[&str] =
        &["    a = 1;\n", "    if (a) {\n        b();\n    }\n", "  key: \"value\",\n", "\tgo(a);\n", "\n"];
    let part = (select(STARTS), vec(select(LINES), 0..6), select(&["", "\n", "\n\n"][..]));
    vec(part, 1..4).prop_map(|parts| {
        parts.iter().map(|(start, lines, end)| format!("{start}{}}}\n{end}", lines.concat())).collect()
    })
}

/// Plain text without list markers.
pub(super) fn prose() -> impl Strategy<Value = String> {
    const PROSE: &[&str] =
        &["Wort", "und", "Größe", "日本語", ".", "(neu)", "x\u{ad}y", "\u{a0}", "e\u{301}", "»", "{", "};"];
    words(PROSE, SPACES, 120)
}

/// Any kind of page.
pub(super) fn page() -> impl Strategy<Value = String> {
    prop_oneof![3 => html(), 1 => markdown(), 1 => plain()]
}

/// A rule file without mistakes, and the share that its rules may drop together.
pub(super) fn rule_file() -> impl Strategy<Value = (String, f64)> {
    let share = || select(&[0.0, 0.1, 0.3, 0.5, 0.75, 0.9, 1.0][..]);
    let body = select(
        &["", "select = ['article', 'main']", "select = [['p', 'div']]", "from = 'Wort.*'", "to = '.*Anzeige.*'"][..],
    );
    (share(), body, vec((finder(), place(), share(), any::<bool>(), any::<bool>()), 0..8)).prop_map(
        |(limit, body, rules)| {
            let mut file =
                format!("name = 'Any'\nhosts = ['any.test']\n[body]\n{body}\n[limits]\nmax-share = {limit:?}\n");
            for (number, (finder, place, share, keep, limited)) in rules.into_iter().enumerate() {
                let inline = finder.starts_with("literal") || finder.starts_with("find = '[");
                let section = if inline { "inline" } else { "drop" };
                let keep = if keep && !inline && number % 3 == 0 { "keep = true\n" } else { "" };
                let share = if limited { format!("max-share = {share:?}\n") } else { String::new() };
                let _ = write!(
                    file,
                    "[[{section}]]\nid = 'r{number}'\ncategory = 'other'\n{finder}\n{place}\n{keep}{share}"
                );
            }
            (file, limit)
        },
    )
}

fn finder() -> impl Strategy<Value = &'static str> {
    select(
        &[
            "css = 'p'",
            "css = 'div, li, td'",
            "css = 'b, a, span'",
            "css = '.a'\ntext = 'Wort'",
            "css = 'i'\nclosest = 'div'",
            "css = 'p'\npick = -1",
            "css = '*'",
            "line = '.*'",
            "line = 'Wort.*'",
            "line = 'Anzeige'",
            "find = 'und'",
            "find = 'a'",
            "from = 'Wort.*'\nto = '.*und.*'",
            "from = '.*'\nto = '.*Anzeige.*'\nor-end = true",
            "from = '.*the.*'\nto = 'end'",
            "literal = '(neu)'",
            "literal = 'Wort'",
            "find = '[a-z]+'",
            "find = '[W.]'",
            "find = '[^x]+'",
            "find = '[ö日]|\\w(?P<cut>.)'",
        ][..],
    )
}

fn place() -> impl Strategy<Value = &'static str> {
    select(
        &[
            "",
            "",
            "where = { first = 2 }",
            "where = { last = 3 }",
            "where = { before = 0.5 }",
            "where = { after = 0.5 }",
            "where = { isolated = true }",
            "where = { under = '.*Wort.*' }",
            "where = { first = 4, after = 0.1 }",
        ][..],
    )
}

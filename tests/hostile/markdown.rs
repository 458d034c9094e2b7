//! Markdown and plain text that nest, or begin things, without end.

use dehusk::page::InputFormat;

use super::{MEGABYTE, clean};

#[test]
fn what_nests_or_never_ends() {
    for piece in [
        "> ",
        ">",
        "- ",
        "1. ",
        "* ",
        "[",
        "![",
        "](",
        "[a](",
        "*",
        "**",
        "_",
        "*a ",
        "**a_ ",
        "`",
        "`a``",
        "<",
        "<a ",
        "<!--",
        "<?",
        "<!A ",
        "<![CDATA[",
        "\\",
        "&",
        "&#",
        "#",
        "~~",
        "~",
        "|",
        "|-",
        "```\n",
        "[^a]",
        "[^a]: ",
        "[a]: b\n",
        "- a\n",
        "> a\n\n",
        "  - a\n",
        "a\n: ",
        "***",
        "$",
        "a\u{301}",
        "\"",
        "<div>\n",
        "<b>\n\n",
        "   ",
        "+++\n",
        "---\n",
        "![a](b)",
        "[a](b) ",
        "<script>",
        "a **a ",
        "a*b_",
        "[a][b]",
        "x\n===\n",
        ":",
        "a\n\n    b\n",
    ] {
        for format in [InputFormat::Markdown, InputFormat::Text] {
            clean(piece.repeat(MEGABYTE / 4 / piece.len()), Some(format)).expect("a page");
        }
    }
}

#[test]
fn stress_over_many_lines() {
    for open in ["*", "**", "[", "***_"] {
        let text = format!("{}{}x{}", open.repeat(20_000), "a\n".repeat(100_000), "](b)".repeat(20_000));
        clean(text, Some(InputFormat::Markdown)).expect("a page");
    }
    let link = format!("[{}](/{})", "a\n".repeat(100_000), "x".repeat(MEGABYTE));
    let article = clean(link, Some(InputFormat::Markdown)).expect("a page");
    let linked = article.document.blocks.iter().filter(|block| !block.marks.is_empty()).count();
    assert!(linked > 0);
}

#[test]
fn raw_html_below_a_long_blank_line() {
    let page = format!("a\n{}\n<div>\n{}</div>{0}\n", " ".repeat(2 * MEGABYTE), "a\n".repeat(200_000));
    assert_eq!(clean(page, Some(InputFormat::Markdown)).expect("a page").document.blocks.len(), 200_001);
}

#[test]
fn wide_and_long_tables() {
    let head = format!("{}|\n{}|\n", "|a".repeat(1000), "|-".repeat(1000));
    clean(format!("{head}{}", "|x|\n".repeat(10_000)), Some(InputFormat::Markdown)).expect("a page");
    let row = format!("{}|\n", "|x".repeat(100_000));
    clean(format!("|a|\n|-|\n{row}"), Some(InputFormat::Markdown)).expect("a page");
}

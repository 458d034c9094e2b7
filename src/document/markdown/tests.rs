use super::*;
use crate::render::{html::html, markdown::markdown};

fn seen(text: &str) -> Vec<(BlockKind, String)> {
    read(text, Lines::Guess).blocks.into_iter().map(|block| (block.kind, block.text)).collect()
}

#[test]
fn blocks_of_all_kinds() {
    let text = "---\ntitle: x\n---\n\n# A *b*\n\nOne\\\ntwo\nthree\n\n1. x\n\n   y\n   - z\n2. w\n\n> q\n\n| a | b |\n|---|---|\n\
                | 1 | |\n\nT\n: D\n\n```rs\n  c\n```\n\n<div>h<br>i</div>\n\n<!-- no -->\n";
    let item = |depth, marker| BlockKind::ListItem { depth, marker };
    let wanted = [
        (BlockKind::Code, "title: x"),
        (BlockKind::Heading { level: 1 }, "A b"),
        (BlockKind::Paragraph, "One\ntwo"),
        (BlockKind::Paragraph, "three"),
        (item(1, Marker::Number(1)), "x"),
        (item(1, Marker::None), "y"),
        (item(2, Marker::Bullet), "z"),
        (item(1, Marker::Number(2)), "w"),
        (BlockKind::Quote, "q"),
        (BlockKind::TableRow { header: true }, "a\tb"),
        (BlockKind::TableRow { header: false }, "1"),
        (BlockKind::Term, "T"),
        (BlockKind::Definition, "D"),
        (BlockKind::Code, "  c"),
        (BlockKind::Paragraph, "h"),
        (BlockKind::Paragraph, "i"),
        (BlockKind::Paragraph, "no"),
    ];
    assert_eq!(seen(text), wanted.map(|(kind, text)| (kind, text.to_owned())));
    let blocks = read(text, Lines::Guess).blocks;
    assert_eq!((blocks[0].unseen, blocks[16].unseen), (Some(Unseen::Head), Some(Unseen::Hidden)));
    assert!(blocks[2].apart && !blocks[3].apart);
}

#[test]
fn raw_html_is_read_in_order() {
    let text = "<div>\n<p>One</p>\n<!-- no -->\n<p>Two<script>x()</script></p><!-- </div> -->\n\
                <template>t</template></div>\n<table>\n<tr><th>A</th><th>B</th></tr>\n<tr><td>1</td>\n<td>2<br>3</td></tr>\n\
                <tr><td>alone</td></tr></table></div>\n\nEnd\n";
    let row = |header| BlockKind::TableRow { header };
    let found: Vec<_> = read(text, Lines::Guess).blocks.into_iter().map(|b| (b.kind, b.text, b.unseen)).collect();
    let wanted = [
        (BlockKind::Paragraph, "One", None),
        (BlockKind::Paragraph, "no", Some(Unseen::Hidden)),
        (BlockKind::Paragraph, "Two", None),
        (BlockKind::Paragraph, "x()", Some(Unseen::Hidden)),
        (BlockKind::Paragraph, "t", Some(Unseen::Hidden)),
        (row(true), "A\tB", None),
        (row(false), "1\t2 3", None),
        (BlockKind::Paragraph, "alone", None),
        (BlockKind::Paragraph, "End", None),
    ];
    assert_eq!(found, wanted.map(|(kind, text, unseen)| (kind, text.to_owned(), unseen)));
}

#[test]
fn flattened_markdown_is_told_from_markdown_as_people_write_it() {
    let people = "# Title\n\nA paragraph that somebody\nbroke as it came. It goes\non for some lines.\n\n- item\n\n\
                  One sentence here.\nAnd another one there.\nA third.\nA fourth.\nA fifth.\n";
    assert!(!has_a_block_a_line(people));
    let short =
        "The keeper opens the tower. Many come.\nHe waits for them at the northern gate of the bay. They sing.\n"
            .repeat(3);
    let long = "The keeper opens the tower and many come to see it from all sides of the bay ".repeat(3) + "\n";
    assert!(has_a_block_a_line(&short) && has_a_block_a_line(&long.repeat(5)));
}

#[test]
fn marks_cover_their_text() {
    let blocks = read("a **b [c](d)** ![e *f*](g) `h`", Lines::Guess).blocks;
    let mark = |range, style| Mark { range, style };
    let wanted = [
        mark(2..5, Style::Strong),
        mark(4..5, Style::Link { href: "d".into() }),
        mark(6..6, Style::Image { src: "g".into(), alt: "e f".into() }),
        mark(6..7, Style::Code),
    ];
    assert_eq!((blocks[0].text.as_str(), &blocks[0].marks[..]), ("a b c h", &wanted[..]));
}

#[test]
fn places_lead_to_the_text() {
    let text = "# A\n\n- b\n- *c\n  d*\n";
    let cuts = read(text, Lines::Guess).blocks.into_iter().map(|block| match block.place {
        Place::Text { bytes, line } => (text[bytes].to_owned(), line),
        Place::Node(_) => unreachable!("text has places in text"),
    });
    let wanted = [("# A", 1), ("- b", 3), ("- *c", 4), ("d*", 5)];
    assert_eq!(cuts.collect::<Vec<_>>(), wanted.map(|(text, line)| (text.to_owned(), line)));
}

#[test]
fn seeds_are_told_apart() {
    let folder = std::path::Path::new("../shared/seeds");
    let Ok(entries) = std::fs::read_dir(folder) else {
        return writeln_skip(folder);
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.extension().is_some_and(|ending| ending == "txt") && !name.contains("expected") {
            let text = std::fs::read_to_string(&path).expect("the seed can be read");
            let telling = looks_like_markdown(&text);
            assert_eq!(telling, name.starts_with("000"), "{name}");
            let Ok(body) = std::fs::read_to_string(path.with_extension("expected.txt")) else { continue };
            let written = crate::render::text::text(&read(&text, Lines::Guess).blocks);
            assert!(!telling || has_a_block_a_line(&text), "{name}");
            assert!(!telling || body.split("\n\n").all(|part| written.contains(part.trim())), "{name}");
        }
    }
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn writeln_skip(folder: &std::path::Path) {
    eprintln!("skipped: there is no {}", folder.display());
}

#[test]
fn hostile_markdown_ends_and_does_not_grow() {
    let cases = [
        ">".repeat(100_000),
        "- ".repeat(100_000),
        "x\n".repeat(1_000_000),
        "a b ".repeat(1_250_000),
        "[".repeat(100_000),
        "![".repeat(50_000),
        "*a _b ".repeat(50_000),
        "```\nx\n".repeat(3),
        "\0\n\0".to_owned(),
        "<a ".repeat(100_000),
        "[a](".repeat(50_000),
        "(1..400).".to_owned() + &(1..600).map(|len| "`".repeat(len) + "a").collect::<String>(),
        "*".repeat(100_000),
        "**a *b ".repeat(30_000),
        "> - ".repeat(30_000),
        "> - x\n".repeat(30_000),
        "[^1]: ".repeat(30_000),
        "a\n: b\n".repeat(50_000),
        "[a]: b\n".repeat(50_000),
        "[a][".repeat(30_000),
        "<!A".repeat(50_000),
        "<?".repeat(50_000),
        "<![CDATA[".repeat(30_000),
        (0..2_000).map(|level| "  ".repeat(level) + "- x\n").collect(),
        "|\n|".repeat(50_000),
        "a|b\n-|-\n".repeat(30_000),
        "&".repeat(100_000),
        "\\".repeat(100_000),
        "a  \n".repeat(100_000),
        "<!-- ".repeat(50_000),
        "|a".repeat(50_000) + "\n" + &"|-".repeat(50_000),
    ];
    for text in cases {
        let blocks = read(&text, Lines::Guess).blocks;
        let written = [markdown(&blocks), html(&blocks, None), crate::render::text::text(&blocks)];
        assert!(written.iter().all(|written| written.len() < 20 * text.len() + 10_000), "{:?}", &text[..10]);
    }
}

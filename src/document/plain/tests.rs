use super::*;

fn seen(text: &str, lines: Lines) -> Vec<(BlockKind, String, bool)> {
    let blocks = read(text, lines).blocks;
    for block in &blocks {
        let Place::Text { bytes, .. } = &block.place else { unreachable!("text has places in text") };
        assert!(text.get(bytes.clone()).is_some_and(|cut| !cut.is_empty()), "{block:?}");
    }
    blocks.into_iter().map(|block| (block.kind, block.text, block.apart)).collect()
}

fn item(depth: u8, marker: Marker) -> BlockKind {
    BlockKind::ListItem { depth, marker }
}

#[test]
fn a_line_is_a_block() {
    let found = seen("\n One  line\nnext\u{ad}\r\n\r\nlast\u{a0}one", Lines::Guess);
    let wanted = [("One line", true), ("next", false), ("last\u{a0}one", true)];
    assert_eq!(found, wanted.map(|(text, apart)| (BlockKind::Paragraph, text.to_owned(), apart)));
    let document = read("a\n\n  b c ", Lines::Guess);
    assert_eq!(document.blocks[1].place, Place::Text { bytes: 5..8, line: 3 });
}

#[test]
fn lists_have_levels_and_go_on() {
    let found = seen("- a\n  1. b\n  2. c\n  more of a\n\n  still\n- d\nend", Lines::Block);
    let kinds: Vec<_> = found.iter().map(|block| block.0).collect();
    let (bullet, none) = (item(1, Marker::Bullet), item(1, Marker::None));
    let number = |n| item(2, Marker::Number(n));
    assert_eq!(kinds, [bullet, number(1), number(2), none, none, bullet, BlockKind::Paragraph]);
}

#[test]
fn wrapped_lines_are_joined() {
    let text = "The keepers of the old lighthouse have decided to open it to the\n\
                public for the first time since the autumn storms, when the sea-\n\
                wall broke and the road that leads up to the northern gate of it\n\
                was washed away.\n\nShort end.";
    let found = seen(text, Lines::Guess);
    assert_eq!(found.len(), 2);
    assert!(found[0].1.contains("when the sea-wall broke and"), "{found:?}");
    let list = seen("- first item that\n  goes on\n- second\n\nein-\nund aus\u{ad}\ngang\n日本\n語", Lines::Wrapped);
    assert_eq!(list[0].1, "first item that goes on");
    assert_eq!(list[2].1, "ein- und ausgang 日本語");
}

#[test]
fn addresses_and_verses_are_not_wrapped() {
    let address = "Lighthouse Trust\nPublic Relations\n12 Shore Road\n80807 Seaham\nPhone: 089 1234\nMail: a@b.example";
    assert_eq!(seen(address, Lines::Guess).len(), 6);
}

#[test]
fn text_without_spaces_is_wrapped_too() {
    let line = "灯台の管理者たちは秋の嵐のあと初めて古い灯台を一般に公開することに決めたという";
    assert_eq!(seen(&[line; 6].join("\n"), Lines::Guess).len(), 1);
}

#[test]
fn code_keeps_its_white_space() {
    let code = "fn main() {\n    let a = 1;\n    run(a);\n}";
    let found = seen(&format!("Text.\n\n{code}\n\nText."), Lines::Guess);
    assert_eq!(found[1], (BlockKind::Code, code.to_owned(), true));
    assert_eq!(found.len(), 3);
}

#[test]
fn code_keeps_its_blank_lines() {
    let object = "const x = {\n  make: \"Honda\",\n  model: \"Civic\",\n  year: 2024,\n  sold: false\n};";
    let parts =
        "use std::fs;\n\nfn main() {\n    let a = 1;\n\n\n    run(a);\n}\n\n// Ends.\n\nfn run(a: u8) {\n\tgo();\n}";
    let python = "def run(a):\n    b = a + 1\n\n    go(b)\n    return b\n\ndef go(b):\n    c = 1\n    print(b)";
    for code in [object, parts, python] {
        let found =
            seen(&format!("Text.\n\n{code}\n\n  Some text that is indented and goes on for a while.\n"), Lines::Guess);
        assert_eq!(found[1], (BlockKind::Code, code.to_owned(), true));
        assert_eq!(found.len(), 3);
    }
}

#[test]
fn mails_are_wrapped_whatever_stands_around_their_paragraphs() {
    let paragraph = "The keepers of the old lighthouse have decided to open it to the public\n\
                     for the first time since the autumn storms, when the sea wall broke and\n\
                     the road that leads up to the northern gate of it was washed away. They\n\
                     ask all visitors to come on foot, and to bring shoes for the last mile.";
    let address = "Lighthouse Trust\nPublic Relations\n12 Shore Road\n80807 Seaham\nPhone: 089 1234";
    let table = "Day | Open\nMonday | 9 to 5\nTuesday | 9 to 5";
    let mail = format!("{address}\n\nDear all,\n\n{paragraph}\n\n{paragraph}\n\n{table}\n\nYours\nAda\n");
    let found = seen(&mail, Lines::Guess);
    let texts: Vec<_> = found.iter().map(|block| &*block.1).collect();
    assert_eq!(texts.len(), 5 + 1 + 2 + 3 + 2, "{texts:?}");
    assert_eq!(texts[..2], ["Lighthouse Trust", "Public Relations"]);
    assert_eq!(texts[6], paragraph.replace('\n', " "));
}

#[test]
fn hostile_text_is_read_to_its_end() {
    let cases = [
        "x\n".repeat(1_000_000),
        "a ".repeat(2_500_000),
        "- ".repeat(100_000),
        (0..3_000).map(|level| "  ".repeat(level) + "- x\n").collect(),
        "1. x\n".repeat(200_000),
        "}\n\n".repeat(200_000),
        "x {\n\n  y\n\n".repeat(100_000),
        "\0\n\0\n".repeat(1_000),
    ];
    for text in cases {
        assert!(!read(&text, Lines::Guess).blocks.is_empty());
    }
}

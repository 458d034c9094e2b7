use proptest::prelude::*;

use super::*;
use crate::document::plain::{self, Lines};

fn block(kind: BlockKind, text: &str, apart: bool) -> Block {
    Block { apart, ..Block::new(kind, text, Place::Text { bytes: 0..0, line: 1 }) }
}

fn item(depth: u8, marker: Marker, text: &str) -> Block {
    block(BlockKind::ListItem { depth, marker }, text, false)
}

#[test]
fn blocks_are_written_as_a_reader_expects() {
    let blocks = [
        block(BlockKind::Heading { level: 1 }, "Title", true),
        block(BlockKind::Paragraph, "One\ntwo", false),
        item(1, Marker::Bullet, "a"),
        item(2, Marker::Number(3), "b\nb"),
        item(2, Marker::Number(4), "c"),
        item(1, Marker::None, "a again"),
        block(BlockKind::Paragraph, "", true),
        block(BlockKind::TableRow { header: true }, "x\ty", true),
        block(BlockKind::TableRow { header: false }, "1\t2", false),
        block(BlockKind::Code, "if x {\n    y\n}\n", true),
    ];
    let wanted = "Title\n\nOne\ntwo\n\n- a\n  3. b\n    b\n  4. c\n  a again\n\nx | y\n1 | 2\n\nif x {\n    y\n}\n";
    assert_eq!(text(&blocks), wanted);
    assert_eq!(text(&[] as &[Block]), "");
}

#[test]
fn lines_of_a_text_stay_together_where_others_are_apart() {
    let written = |input| text(&plain::read(input, Lines::Block).blocks);
    assert_eq!(written("A\n\nb\nc"), "A\n\nb\nc\n");
    assert_eq!(written("A\nb\nc"), "A\n\nb\n\nc\n");
    assert_eq!(written("A\n* b\n* c\nd"), "A\n\n- b\n- c\n\nd\n");
}

#[test]
fn a_list_that_begins_anew_stands_apart() {
    let numbers = |numbers: &[u32]| {
        let items = numbers.iter().map(|&number| item(1, Marker::Number(number), "x"));
        text(&items.collect::<Vec<_>>())
    };
    assert_eq!(numbers(&[1, 2, 1, 2]), "1. x\n2. x\n\n1. x\n2. x\n");
    assert_eq!(numbers(&[3, 2, 1]), "3. x\n2. x\n1. x\n");
    let nested = [item(1, Marker::Number(1), "a"), item(2, Marker::Number(1), "b"), item(1, Marker::Number(2), "c")];
    assert_eq!(text(&nested), "1. a\n  1. b\n2. c\n");
}

#[test]
fn empty_cells_at_the_end_of_a_row_are_not_written() {
    let row = |text| block(BlockKind::TableRow { header: false }, text, false);
    assert_eq!(text(&[row("Specifications\t"), row("\tWeight\t\t")]), "Specifications\n\n| Weight\n");
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("- "),
        Just("* "),
        Just("• "),
        Just("– "),
        Just("1. "),
        Just("2. "),
        Just("1) "),
        Just("2) "),
        Just("\n"),
        Just("  "),
        Just(" "),
        Just("\t"),
        Just("\u{a0}"),
        Just("\u{200b}"),
        Just("\u{3000}"),
        Just(" | "),
        Just("a"),
        Just("word"),
        Just("3."),
        Just("{"),
        Just(";"),
        Just("日"),
        Just("\r"),
        Just("\u{2028}"),
        Just("\0"),
        Just("-"),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn any_kind() -> impl Strategy<Value = BlockKind> {
    let marker = prop_oneof![Just(Marker::Bullet), Just(Marker::None), (1u32..5).prop_map(Marker::Number)];
    prop_oneof![
        Just(BlockKind::Paragraph),
        Just(BlockKind::Heading { level: 2 }),
        Just(BlockKind::Quote),
        Just(BlockKind::Term),
        Just(BlockKind::Definition),
        Just(BlockKind::TableRow { header: false }),
        (1u8..5, marker).prop_map(|(depth, marker)| BlockKind::ListItem { depth, marker }),
    ]
}

prop_compose! {
    fn any_block()(kind in any_kind(), text in any_text(), apart: bool, line in 1usize..4) -> Block {
        Block { apart, ..Block::new(kind, text, Place::Text { bytes: 0..0, line }) }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(blocks in prop::collection::vec(any_block(), 0..7)) {
        let once = text(&blocks);
        prop_assert_eq!(text(&plain::read(&once, Lines::Block).blocks), once);
    }

    #[test]
    fn cleaned_text_stays_as_it_is(pieces in prop::collection::vec(any_text(), 0..6)) {
        let input = pieces.concat();
        for lines in [Lines::Guess, Lines::Block, Lines::Wrapped] {
            let once = text(&plain::read(&input, lines).blocks);
            prop_assert_eq!(text(&plain::read(&once, lines).blocks), once, "{:?} {:?}", lines, input);
        }
    }
}

//! Tests of signatures, of what is remembered, and of what is written down of it.

use std::collections::HashSet;

use proptest::prelude::*;

use super::seen::{LONGEST_ID, USUAL_BYTES};
use super::{Seen, Signature, journal, shingles};
use crate::corpus::jsonl::Id;

/// A text of made-up words, and with some of them replaced.
fn text(words: impl Iterator<Item = u64>) -> String {
    words.map(|word| format!("w{} ", shingles::mix(word))).collect()
}

fn signature(text: &str) -> Signature {
    Signature::of(text).expect("there are words")
}

/// A signature that has nothing to do with those of other numbers.
fn random(number: u64) -> Signature {
    Signature::from_bytes(std::array::from_fn(|bin| shingles::mix(number << 8 | bin as u64).to_le_bytes()[0]))
}

fn id(number: u64) -> Id {
    Id::Number(number.into())
}

fn jaccard(one: &str, other: &str) -> f64 {
    let set = |text: &str| {
        let mut set = HashSet::new();
        shingles::each(text, |shingle| {
            set.insert(shingle);
        });
        set
    };
    let (one, other) = (set(one), set(other));
    one.intersection(&other).count() as f64 / one.union(&other).count() as f64
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn likeness_is_near_the_true_index(from in 0_u64..1 << 40, words in 150_u64..2000, shift in 0.0..1.0_f64) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a small number")]
        let shift = (words as f64 * shift) as u64;
        let (one, other) = (text(from..from + words), text(from + shift..from + shift + words));
        let (likeness, truth) = (signature(&one).likeness(&signature(&other)), jaccard(&one, &other));
        // Four and a half times the deviation of 64 draws.
        prop_assert!((likeness - truth).abs() < 4.5 * 0.5 / 8.0, "{likeness} for {truth}");
    }

    #[test]
    fn no_text_is_too_odd(one in any::<String>(), space in "[ \t\n.,–]{1,3}") {
        let spaced = one.split(' ').collect::<Vec<_>>().join(&space);
        prop_assert_eq!(Signature::of(&one), Signature::of(&one.clone()));
        prop_assert_eq!(Signature::of(&one), Signature::of(&spaced));
    }
}

#[test]
fn likeness_is_right_on_average() {
    let pairs = (0..400_u64).map(|pair| {
        let from = pair << 20;
        let (one, other) = (text(from..from + 300), text(from + 30..from + 330));
        signature(&one).likeness(&signature(&other)) - jaccard(&one, &other)
    });
    let error = pairs.sum::<f64>() / 400.0;
    assert!(error.abs() < 0.01, "{error}");
}

#[test]
fn writing_does_not_count() {
    let body = "The old mill on the Weser, built in 1780, grinds again: forty volunteers have worked for six years, and on \
        Sunday the first flour left the house.";
    let other = body.to_uppercase().replace(' ', "\n").replace(',', " –").replace(':', ".");
    assert_eq!(signature(body), signature(&other));
    // Composed or not.
    assert_eq!(signature("Käse für alle"), signature("Ka\u{308}se fu\u{308}r alle"));
}

#[test]
fn short_texts_are_alike_only_as_a_whole() {
    let (one, other) = ("The page was not found, try again later", "The page was not found, try again soon");
    assert_eq!(signature(one), signature(&one.to_uppercase()));
    assert!(signature(one).likeness(&signature(other)) < 0.2);
    assert_eq!(Signature::of(" … – "), None);
    assert_eq!(Signature::of(""), None);
}

#[test]
fn scripts_without_spaces_are_compared_too() {
    // Numbers in Han digits, so that no two stretches are the same.
    let han = |range: std::ops::Range<u64>| -> String {
        let digit = |n: u64| char::from_u32(0x4e00 + u32::try_from(n % 3000).unwrap_or_default()).unwrap_or('一');
        range.map(|n| digit(shingles::mix(n))).collect()
    };
    let (one, edited, other) = (han(0..400), han(0..200) + "新" + &han(200..400), han(1000..1400));
    assert!(signature(&one).likeness(&signature(&edited)) > 0.9);
    assert!(signature(&one).likeness(&signature(&other)) < 0.1);
    // Five characters make a shingle: of 400 there are 398 words of their own, so 396 shingles.
    let mut count = 0;
    shingles::each(&one, |_| count += 1);
    assert_eq!(count, 398);
}

#[test]
fn signatures_stay_as_they_are() {
    // What is in journals must be understood by the next version, or the journal needs a version of its own.
    let long = text(0..100);
    let start = |text: &str| signature(text).to_bytes()[..8].to_vec();
    assert_eq!(
        (start(&long), start("short")),
        (vec![241, 99, 204, 193, 87, 43, 28, 200], vec![26, 187, 21, 130, 6, 160, 165, 7])
    );
}

#[test]
fn the_first_of_a_group_is_named() {
    let mut seen = Seen::new(USUAL_BYTES);
    let page = |group: u64, version: u64| {
        let from = group << 20;
        let words = (from..from + 400).map(|n| if n == from + 200 { version } else { n });
        signature(&text(words))
    };
    for (turn, (group, first)) in
        [(1, None), (2, None), (1, Some(0)), (3, None), (2, Some(1)), (1, Some(0))].into_iter().enumerate()
    {
        let found = seen.look(&page(group, turn as u64), &id(turn as u64));
        assert_eq!(found, first.map(id), "turn {turn}");
    }
    assert_eq!((seen.remembered(), seen.forgotten()), (3, 0));
}

#[test]
fn four_fifths_are_enough_unless_the_user_says_otherwise() {
    let bytes = |same: usize| Signature::from_bytes(std::array::from_fn(|bin| u8::from(bin >= same)));
    assert!((bytes(64).likeness(&bytes(51)) - 0.8).abs() < 0.01);
    let mut seen = Seen::new(USUAL_BYTES);
    assert_eq!(seen.look(&bytes(64), &id(1)), None);
    assert_eq!(seen.look(&bytes(50), &id(2)), None);
    // It agrees with both, and the earlier is named.
    assert_eq!(seen.look(&bytes(51), &id(3)), Some(id(1)));
    let mut strict = Seen::new(USUAL_BYTES).with_likeness(1.0);
    assert_eq!((strict.look(&bytes(64), &id(1)), strict.look(&bytes(63), &id(2))), (None, None));
    assert_eq!(strict.look(&bytes(64), &id(3)), Some(id(1)));
}

#[test]
fn memory_is_bounded_and_the_oldest_are_forgotten() {
    const BYTES: usize = 1 << 20;
    let mut seen = Seen::new(BYTES);
    let address =
        |number: u64| Id::Text(format!("https://example.org/{}/{number}", "a".repeat((number % 120) as usize)));
    for number in 0..50_000 {
        assert_eq!(seen.look(&random(number), &address(number)), None, "{number}");
        assert!(seen.bytes() <= BYTES, "{} bytes at {number}", seen.bytes());
    }
    assert_eq!(seen.remembered() + seen.forgotten(), 50_000);
    assert!(seen.remembered() > 3500, "{}", seen.remembered());
    let first = seen.forgotten();
    // All that is remembered is found, and nothing else; in this order, since looking remembers.
    for number in first..50_000 {
        assert_eq!(seen.look(&random(number), &id(0)), Some(address(number)), "{number}");
    }
    assert_eq!(seen.look(&random(first - 1), &id(0)), None);
}

#[test]
fn an_id_too_long_is_not_remembered() {
    let mut seen = Seen::new(0);
    let long = Id::Text("é".repeat(LONGEST_ID));
    assert_eq!(seen.look(&random(1), &long), None);
    assert_eq!(seen.look(&random(1), &id(2)), None);
    assert_eq!(seen.look(&random(1), &id(3)), Some(id(2)));
    assert_eq!((seen.remembered(), seen.forgotten()), (1, 1));
}

#[test]
fn a_journal_brings_all_back() {
    const BYTES: usize = 1 << 18;
    let ids = [Id::Text("ü\n".repeat(30)), id(u64::MAX), Id::Number((-3).into()), Id::Text("x".repeat(600))];
    let decide = |seen: &mut Seen, journal: &mut Vec<u8>, numbers: std::ops::Range<u64>| -> Vec<Option<Id>> {
        let looked = numbers.map(|number| {
            let (signature, id) =
                (random(if number % 7 == 6 { number - 5 } else { number }), &ids[(number % 4) as usize]);
            let found = seen.look(&signature, id);
            if found.is_none() {
                journal.extend(journal::entry(&signature, id));
            }
            found
        });
        looked.collect()
    };
    let (mut seen, mut written) = (Seen::new(BYTES), Vec::new());
    decide(&mut seen, &mut written, 0..4000);
    let checkpoint = (written.len(), seen.remembered(), seen.forgotten());
    let undisturbed = decide(&mut seen, &mut written, 4000..8000);
    assert!(undisturbed.iter().any(Option::is_some) && undisturbed.iter().any(Option::is_none));

    let mut again = Seen::new(BYTES);
    let entries = journal::replay(&written[..], checkpoint.0 as u64, &mut again).expect("it is whole");
    assert_eq!(entries, checkpoint.1 + checkpoint.2);
    assert_eq!((again.remembered(), again.forgotten()), (checkpoint.1, checkpoint.2));
    let mut rest = written[..checkpoint.0].to_vec();
    assert_eq!(decide(&mut again, &mut rest, 4000..8000), undisturbed);
    assert_eq!(rest, written);
    assert!(checkpoint.2 > 0 && seen.forgotten() > checkpoint.2);
}

#[test]
fn a_broken_journal_says_so() {
    let whole = journal::entry(&random(1), &id(1));
    let replay = |bytes: &[u8], most: usize| {
        let error = journal::replay(bytes, most as u64, &mut Seen::new(0)).expect_err("it is broken");
        error.to_string()
    };
    let cut = replay(&whole[..whole.len() - 1], whole.len());
    assert_eq!(cut, "the journal of the pages seen is broken: it ends too early; start the run anew");
    assert!(replay(&[0xff; 100], 100).contains("entry 1 claims 4294967295 bytes"));
    let mut no_id = whole.clone();
    no_id[4 + 64] = b'?';
    assert!(replay(&no_id, no_id.len()).contains("entry 1 has no id"));
}

use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(text: &str, date: &str) {
    let found = PublishedAt::parse(text).map(|date| date.to_string());
    assert_eq!(found.as_deref().unwrap_or(""), date, "{text:?}");
}

#[test]
fn machines() {
    check("2024-04-04", "2024-04-04");
    check("2024-04-04T18:00", "2024-04-04T18:00");
    check("2024-04-04 18:00:05", "2024-04-04T18:00:05");
    check("2024-04-04T18:00:00.123456Z", "2024-04-04T18:00:00Z");
    check("2024-04-04T18:00:00+02:00", "2024-04-04T18:00:00+02:00");
    check("2024-04-04T18:00:00+0530", "2024-04-04T18:00:00+05:30");
    check("2024-04-04T18:00-03:30", "2024-04-04T18:00-03:30");
    check("2024-04-04 18:00:00 -0700", "2024-04-04T18:00:00-07:00");
    check("2024-04-04 18:00:00+02", "2024-04-04T18:00:00+02:00");
    check("20240404T180000Z", "2024-04-04T18:00:00Z");
    check("20240404", "2024-04-04");
    check("article 20240404", "");
    check("Thu, 04 Apr 2024 18:00:00 GMT", "2024-04-04T18:00:00Z");
    check("Thu, 04 Apr 2024 18:00:00 +0200", "2024-04-04T18:00:00+02:00");
    check("Thu Apr 04 2024 18:00:00 GMT+0200 (CEST)", "2024-04-04T18:00:00+02:00");
    check("https://example.org/2021/08/25/a-story", "2021-08-25");
}

#[test]
fn people() {
    check("4.4.2024, 18:00", "2024-04-04T18:00");
    check("Stand: 4. 4. 2024 | 18.00 Uhr", "2024-04-04T18:00");
    check("4. Apr. 2024, 18:00 Uhr", "2024-04-04T18:00");
    check("4. April 2024 um 18 Uhr", "2024-04-04T18:00");
    check("Dresden, 25. August 2021 – Heute", "2021-08-25");
    check("5.\u{a0}Mai 2024, 9:05 Uhr / Jo Muster", "2024-05-05T09:05");
    check("August 25, 2021", "2021-08-25");
    check("Aug. 25th, 2021 at 6:30 p.m. EDT", "2021-08-25T18:30-04:00");
    check("25 Aug 2021 12:05 AM", "2021-08-25T00:05");
    check("1st of May, 2021", "2021-05-01");
    check("25 ao\u{fb}t 2021 à 18h30", "2021-08-25T18:30");
    check("25 aou\u{302}t 2021", "2021-08-25");
    check("1er février 2021", "2021-02-01");
    check("25 de agosto de 2021", "2021-08-25");
    check("25 de março de 2021 às 18:00", "2021-03-25T18:00");
    check("mercoledì 25 agosto 2021 alle 18:00", "2021-08-25T18:00");
    check("25 augustus 2021 om 18:00", "2021-08-25T18:00");
    check("25 sierpnia 2021, godz. 18:00", "2021-08-25T18:00");
    check("25 MÄRZ 2021", "2021-03-25");
    check("公開：2021年8月25日（水）", "2021-08-25");
    check("2021年8月25日水曜日", "2021-08-25");
    check("2021/08/25", "2021-08-25");
    check("25-Aug-2021", "2021-08-25");
    check("Do 25.04.24 | 14:07 Uhr", "2024-04-25T14:07");
    check("25.04.24, 14:07", "2024-04-25T14:07");
    check("see 1.2.24, or call 01.02.03.04, or 10.11.12.", "2012-11-10");
}

#[test]
fn day_and_month_are_never_guessed() {
    check("08/25/2021", "2021-08-25");
    check("25/08/2021", "2021-08-25");
    check("08/08/2021", "2021-08-08");
    check("08/07/2021", "");
    check("08/07/2021, that is 2021-07-08", "");
}

#[test]
fn what_is_no_date() {
    for text in [
        "",
        "2021",
        "August 2021",
        "30.02.2021",
        "31 April 2021",
        "2021-13-01",
        "1850-01-01",
        "3001-01-01",
        "12:30",
        "Version 1.2.3.2024",
        "1234-56-78",
        "99999999999999999999-01-01",
        "25. Aug",
        "das 2. Mai-Fest",
    ] {
        check(text, "");
    }
}

#[test]
fn a_time_that_is_none_is_left_out() {
    check("4.4.2024, 25:00", "2024-04-04");
    check("4.4.2024, 3 Kommentare", "2024-04-04");
    check("4.4.2024, 18:00 - 19:30", "2024-04-04T18:00");
    check("4.4.2024 18:00 -12:00", "2024-04-04T18:00");
    check("2024-04-04 13:00 pm", "2024-04-04");
}

#[test]
fn it_is_a_string_in_records() {
    let date = PublishedAt::parse("4.4.2024, 18:00").expect("a date");
    assert_eq!(serde_json::to_string(&date).expect("a string"), "\"2024-04-04T18:00\"");
}

#[test]
fn long_texts_are_read_in_linear_time() {
    check(&"1".repeat(1_000_000), "");
    check(&"4. 4. ".repeat(1_000_000), "");
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,60}", dated in "([0-9]{1,9}|[a-zA-Z]{1,3}|Mai|[ .:/+-]|T|年|月|日|pm|h){0,14}") {
        PublishedAt::parse(&text);
        PublishedAt::parse(&dated);
    }

    #[test]
    fn what_is_written_reads_back(year in 1900i16..=2100, month in 1i8..=12, day in 1i8..=28, seconds in 0u32..86_400) {
        let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let text = format!("{year:04}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}+02:00");
        prop_assert_eq!(PublishedAt::parse(&text).map(|date| date.to_string()), Some(text));
    }
}

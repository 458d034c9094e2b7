//! Data in scripts that were made to do harm: pages that show nothing, so that their scripts are looked through.

use std::fmt::Write as _;

use super::{MEGABYTE, html};
use dehusk::article::Flag;

const STORY: &str = "The ferry across the sound runs every hour from now on, and on Sundays too. ";

fn frame(scripts: &str) -> String {
    format!("<body><div id=root></div>{scripts}")
}

#[test]
fn data_may_be_deep_broken_or_endless() {
    for script in [
        "[".repeat(2 * MEGABYTE),
        "{\"a\":".repeat(MEGABYTE),
        "\"".repeat(2 * MEGABYTE + 1),
        "\\\"".repeat(MEGABYTE),
        "\"\\".repeat(MEGABYTE) + "\"",
        format!("{{\"body\":\"{}", STORY.repeat(MEGABYTE / STORY.len())),
        format!("{{\"body\":\"{}\"}}", "\\u003c".repeat(MEGABYTE / 6)),
        format!("[{}]", format!("{{\"body\":\"{STORY}\"}},").repeat(20_000)),
        format!("{}\"{STORY}\"{}", "[".repeat(100_000), "]".repeat(100_000)),
        format!("\"{}\"", "[{\\\"a\\\":\\\"".repeat(200_000)),
    ] {
        html(frame(&format!("<script>{script}</script>")));
        html(frame(&format!("<script type='application/ld+json'>{{\"articleBody\":{script}</script>")));
    }
}

#[test]
fn many_scripts_are_read_once() {
    let mut scripts = String::new();
    for number in 0..20_000 {
        let _ = write!(scripts, "<script type='application/ld+json'>{{\"articleBody\":\"{number} {STORY}\"}}</script>");
    }
    let body = STORY.repeat(20);
    let article = html(frame(&format!("{scripts}<script>x={{\"body\":\"{body}\"}}</script>")));
    assert_eq!(article.text().trim(), body.trim());
    assert!(article.flags.contains(&Flag::FromData));
}

#[test]
fn a_text_of_data_is_read_within_the_bounds_of_a_page() {
    let deep = "\\u003cdiv>".repeat(100_000);
    let article = html(frame(&format!("<script>x={{\"body\":\"{}{deep}\"}}</script>", STORY.repeat(20))));
    assert!(article.text().contains("ferry"));
    let long = STORY.repeat(8 * MEGABYTE / STORY.len());
    let article = html(frame(&format!("<script>x={{\"body\":\"{long}\"}}</script>")));
    assert!(article.text().len() <= 2 * MEGABYTE + STORY.len());
}

#[test]
fn frames_in_frames_are_asked_a_few_times() {
    html("<div id=root><img src=a>".repeat(50_000));
    html("<div class=skeleton></div><i hidden>x</i>".repeat(50_000));
}

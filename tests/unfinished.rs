//! Runs that are killed, and go on: what comes of them is what an undisturbed run writes, byte for byte.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;

/// So often a run is killed.
const KILLS: u64 = 50;

/// Pages of all kinds: those that fail, that are nearly the same, that hold hardly anything.
fn records(count: usize) -> String {
    let words = ["ferry", "harbour", "mill", "council", "bridge", "market", "winter", "orchard", "signal", "tide"];
    let word = |seed: usize| words[(seed * 7919 + seed / 13) % words.len()];
    let record = |number: usize| {
        if number.is_multiple_of(37) {
            return "{\"id\": broken\n".to_owned();
        }
        // Each fifth page is the one before it, with another end.
        let story = if number.is_multiple_of(5) { number.saturating_sub(1) } else { number };
        let paragraph = |part: usize| {
            let words: Vec<_> = (0..60).map(|at| word(story * 31 + part * 7 + at * at)).collect();
            format!("<p>{} {story}.</p>", words.join(" "))
        };
        let body: String = (0..12).map(paragraph).collect();
        let html = format!("<nav><a href=/>Home</a></nav><article><h1>{story}</h1>{body}</article><p>© {number}</p>");
        format!("{}\n", serde_json::json!({ "id": format!("page {number}"), "html": html }))
    };
    (1..=count).map(record).collect()
}

fn clean(folder: &Path, output: &str, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dehusk"));
    command.args(["clean", "pages.jsonl", "--threads", "2", "--min-confidence", "0.2"]).args(["-o", output]).args(more);
    command.current_dir(folder).env_remove("DEHUSK_RULES").stdin(Stdio::null()).stderr(Stdio::null());
    command
}

/// Kills a run after a while, unless it has ended: `true` if it was killed.
fn killed(mut run: Child, after: Duration) -> bool {
    sleep(after);
    let has_ended = run.try_wait().expect("it can be asked").is_some();
    run.kill().expect("it can be killed");
    run.wait().expect("it ends");
    !has_ended
}

/// All files of a folder, hidden ones too, with what is in them.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let names = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = names.map(|path| (path.display().to_string(), fs::read(&path).expect("a file"))).collect();
    for (name, _) in &mut files {
        *name = name.rsplit('/').next().unwrap_or_default().to_owned();
    }
    files.sort();
    files
}

fn with_pages(count: usize) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("pages.jsonl"), records(count)).expect("a file");
    folder
}

#[test]
fn a_run_that_is_killed_fifty_times_writes_what_an_undisturbed_one_writes() {
    let folder = with_pages(9000);
    let folder = folder.path();
    let status = clean(folder, "whole/pages.jsonl", &["--dedup", "drop"]).status().expect("it runs");
    assert_eq!(status.code(), Some(1), "some pages fail");
    let mut kills = 0;
    for number in 0..KILLS {
        let run = clean(folder, "killed/pages.jsonl", &["--dedup", "drop", "--resume"]).spawn().expect("it runs");
        // From before it has begun to well after its first checkpoint.
        kills += u64::from(killed(run, Duration::from_millis(number * 7919 % 131)));
    }
    assert!(kills > KILLS / 2, "only {kills} runs were at work when they were killed: give them more pages");
    let status = clean(folder, "killed/pages.jsonl", &["--dedup", "drop", "--resume"]).status().expect("it runs");
    assert_eq!(status.code(), Some(1));
    let (whole, killed) = (files(&folder.join("whole")), files(&folder.join("killed")));
    let names: Vec<_> = whole.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["pages.errors.jsonl", "pages.jsonl"]);
    assert!(whole == killed, "what the killed run wrote is something else");
    // No record is lost, and none is there twice.
    let text = |at: usize| String::from_utf8(whole[at].1.clone()).expect("UTF-8");
    let lines = |at: usize| text(at).lines().count();
    assert_eq!(lines(0), 9000 / 37);
    assert!(lines(1) < 9000 - lines(0), "near-duplicates are left out");
}

#[test]
fn compressed_results_and_unordered_ones_lose_nothing_either() {
    let folder = with_pages(300);
    let folder = folder.path();
    for (place, ending, more) in [("gz", "jsonl.gz", &[][..]), ("any", "jsonl", &["--unordered", "--dedup", "off"])] {
        let (whole, cut) = (format!("{place}/whole.{ending}"), format!("{place}/cut.{ending}"));
        clean(folder, &whole, more).status().expect("it runs");
        let resumed = [more, &["--resume"]].concat();
        for after in [40, 90, 140] {
            killed(clean(folder, &cut, &resumed).spawn().expect("it runs"), Duration::from_millis(after));
        }
        clean(folder, &cut, &resumed).status().expect("it runs");
        let read = |name: &str| {
            let bytes = fs::read(folder.join(name)).expect("it is there");
            if more.is_empty() { vec![bytes] } else { sorted_lines(&bytes) }
        };
        assert!(read(&whole) == read(&cut), "{place}");
    }
}

fn sorted_lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut lines: Vec<_> = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    lines.sort();
    lines
}

#[test]
fn a_run_goes_on_only_as_it_was_begun() {
    let folder = with_pages(6000);
    let folder = folder.path();
    killed(clean(folder, "out.jsonl", &["--resume"]).spawn().expect("it runs"), Duration::from_millis(400));
    let told = |more: &[&str]| {
        let output = clean(folder, "out.jsonl", more).stderr(Stdio::piped()).output().expect("it runs");
        (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
    };
    assert!(!folder.join("out.jsonl").exists(), "results appear when they are whole");
    let (code, message) = told(&[]);
    assert_eq!(code, Some(2));
    assert!(message.contains("holds a run that was not finished: go on with it by --resume"), "{message}");
    let (code, message) = told(&["--resume", "--dedup", "off"]);
    assert_eq!(code, Some(2));
    assert!(message.contains("was begun with other arguments"), "{message}");
    let (code, message) = told(&["--force", "--fields", "id"]);
    assert_eq!(code, Some(1), "{message}");
    let (code, message) = told(&["--resume", "--fields", "id"]);
    assert_eq!(code, Some(1), "as before");
    assert!(message.contains("nothing is left to do"), "{message}");
}

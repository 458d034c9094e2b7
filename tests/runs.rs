//! How runs end and what they leave behind: pipes, disks, links, many pages, records that come one by one.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_dehusk");
const PAGE: &str = "The ferry runs every hour from now on, and on Sundays too.\n";

fn program(folder: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.current_dir(folder).env_remove("DEHUSK_RULES").stdin(Stdio::null());
    command
}

fn run(folder: &Path, words: &[&str]) -> Output {
    program(folder).args(words).output().expect("it runs")
}

/// Runs a line of the shell, in which `$DEHUSK` is the program.
#[cfg(unix)]
fn shell(folder: &Path, line: &str) -> Output {
    let mut command = Command::new("sh");
    command.args(["-c", line]).env("DEHUSK", PROGRAM).env_remove("DEHUSK_RULES").current_dir(folder);
    command.stdin(Stdio::null()).output().expect("it runs")
}

fn ended(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

/// A page of so many bytes, about.
fn long_page(bytes: usize) -> String {
    format!("{}\n", PAGE.trim_end()).repeat(bytes / PAGE.len() + 1)
}

#[test]
#[cfg(unix)]
fn a_closed_pipe_is_no_error() {
    let folder = folder(&[("a.txt", &long_page(400_000)), ("b.txt", &long_page(400_000))]);
    for verb in ["clean . --format text", "clean . --format json", "explain a.txt --full", "explain a.txt --html -"] {
        // The status of the program, not the one of `head`.
        let line = format!("{{ \"$DEHUSK\" {verb}; echo $? >&2; }} | head -c 10");
        let (_, out, err) = ended(&shell(folder.path(), &line));
        assert_eq!((out.len(), err.as_str()), (10, "0\n"), "{verb}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_behind_standard_output_is_told() {
    let folder = folder(&[("a.txt", PAGE), ("a.jsonl", "{\"text\":\"The ferry runs.\"}\n")]);
    for verb in
        ["clean a.txt", "clean a.jsonl", "explain a.txt", "rules list", "rules schema", "completions zsh", "man"]
    {
        let (code, _, err) = ended(&shell(folder.path(), &format!("\"$DEHUSK\" {verb} > /dev/full")));
        assert_eq!(code, Some(2), "{verb}");
        assert!(err.starts_with("error: standard output cannot be written: No space left on device"), "{verb}: {err}");
        assert_eq!(err.lines().count(), 1, "{err}");
    }
}

/// A limit on the size of files ends writing as a full disk does: in the middle of a file.
#[test]
#[cfg(target_os = "linux")]
fn a_disk_that_fills_up_leaves_no_partial_file() {
    let folder = folder(&[("in/a.txt", PAGE), ("in/b.txt", &long_page(300_000))]);
    let line = "trap '' XFSZ; ulimit -f 100; \"$DEHUSK\" clean in -o out --threads 1";
    let (code, _, err) = ended(&shell(folder.path(), line));
    assert_eq!(code, Some(2), "{err}");
    assert!(err.starts_with("error: out/b.txt: cannot be written: File too large"), "{err}");
    assert_eq!(err.lines().count(), 1, "{err}");
    let left = || -> Vec<String> {
        let entries = fs::read_dir(folder.path().join("out")).expect("a folder").map(|entry| entry.expect("an entry"));
        let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(left(), [".dehusk.part", "a.txt"], "the page before, and what the run needs to go on");
    assert_eq!(fs::read_to_string(folder.path().join("out/a.txt")).expect("it is whole"), PAGE);
    let (code, _, err) = ended(&run(folder.path(), &["clean", "in", "-o", "out", "--resume"]));
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(left(), ["a.txt", "b.txt"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_place_that_cannot_be_written_to_is_named() {
    let folder = folder(&[("a.txt", PAGE)]);
    let (code, out, err) = ended(&run(folder.path(), &["clean", "a.txt", "-o", "/proc/dehusk"]));
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.starts_with("error: /proc/dehusk/.dehusk.part: cannot be written: "), "{err}");
    assert_eq!(err.matches("os error").count(), 1, "the cause is told once: {err}");
}

#[test]
#[cfg(unix)]
fn an_unreadable_file_does_not_stop_the_others() {
    let folder = folder(&[("in/a.txt", PAGE), ("in/c.txt", PAGE)]);
    std::os::unix::fs::symlink("gone.txt", folder.path().join("in/b.txt")).expect("a link");
    let (code, out, err) = ended(&run(folder.path(), &["clean", "in"]));
    assert_eq!(code, Some(1));
    assert_eq!(out, format!("==> in/a.txt <==\n\n{PAGE}\n==> in/c.txt <==\n\n{PAGE}"));
    assert_eq!(err, "error: in/b.txt: no such file or folder\nerror: 1 of 3 pages could not be cleaned\n");
    let (code, _, _) = ended(&run(folder.path(), &["clean", "in", "-o", "out"]));
    assert_eq!(code, Some(1));
    assert!(folder.path().join("out/a.txt").exists() && folder.path().join("out/c.txt").exists());
    assert!(!folder.path().join("out/b.txt").exists());
}

#[test]
#[cfg(unix)]
fn a_circle_of_links_is_told_and_left() {
    let folder = folder(&[("in/a.txt", PAGE), ("in/deep/b.txt", PAGE)]);
    std::os::unix::fs::symlink("..", folder.path().join("in/deep/up")).expect("a link");
    let (code, out, err) = ended(&run(folder.path(), &["clean", "in"]));
    assert_eq!(code, Some(1));
    assert_eq!(out.matches("==>").count(), 2, "{out}");
    assert!(err.starts_with("error: in/deep/up: a link that leads back to itself or to a folder around it"), "{err}");
}

#[test]
fn many_pages_come_out_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..200 {
        // Of very different sizes, so that a later page is often ready before an earlier one.
        let text = format!("Page {number} of the timetable says this.\n{}", PAGE.repeat(number * 37 % 90));
        fs::write(folder.path().join(format!("{number:03}.txt")), text).expect("a file");
    }
    let (code, out, err) = ended(&run(folder.path(), &["clean", ".", "--threads", "2", "--format", "jsonl"]));
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let ids = out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["id"].clone());
    assert!(ids.eq((0..200).map(|number| format!("./{number:03}.txt"))));
}

#[test]
fn records_are_answered_while_more_are_awaited() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = program(folder.path())
        .args(["clean", "--input-format", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut questions = child.stdin.take().expect("a pipe");
    let mut answers = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    for number in 0..3 {
        writeln!(questions, "{{\"id\":{number},\"text\":\"The ferry runs every hour.\"}}").expect("it reads");
        let answer = answers.next().expect("an answer").expect("UTF-8");
        assert!(answer.starts_with(&format!("{{\"id\":{number},")), "{answer}");
    }
    drop(questions);
    assert!(answers.next().is_none());
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn no_colours_and_no_bar_without_a_terminal() {
    let folder = folder(&[("in/a.txt", PAGE), ("in/b.txt", "")]);
    for words in [&["clean", "in", "-o", "out"][..], &["explain", "in/a.txt"], &["clean", "in", "gone"]] {
        let (_, out, err) = ended(&run(folder.path(), words));
        assert!(!out.contains('\u{1b}') && !err.contains('\u{1b}') && !err.contains("pages,"), "{out}{err}");
    }
}

#[test]
fn explain_shows_nothing_that_moves_a_terminal() {
    let folder = folder(&[("a.txt", "The ferry \u{1b}[2J runs every hour from now on, and \u{7}on Sundays too.\n")]);
    let (code, out, _) = ended(&run(folder.path(), &["explain", "a.txt"]));
    assert_eq!(code, Some(0));
    assert!(out.contains("ferry") && !out.contains(['\u{1b}', '\u{7}']), "{out:?}");
}

/// A page that is an article, and one that is none.
fn two_pages() -> TempDir {
    let story = "The ferry runs every hour from now on, and on Sundays too. ".repeat(20);
    let gone = "<title>404 Not Found</title><h1>Not Found</h1><p>Nothing is here.</p>";
    folder(&[("in/ferry.html", &format!("<article><p>{story}</p></article>")), ("in/gone.html", gone)])
}

#[test]
fn pages_of_little_confidence_are_named_and_left_out() {
    let folder = two_pages();
    let words = ["clean", "in", "--min-confidence", "0.5", "-o", "out"];
    let (code, out, err) = ended(&run(folder.path(), &words));
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(
        err.contains("in/gone.html: left out, since its confidence is 0.0") && !err.contains("in/ferry.html"),
        "{err}"
    );
    assert!(err.contains("1 page has less confidence than 0.5: not written"), "{err}");
    assert!(folder.path().join("out/ferry.txt").exists() && !folder.path().join("out/gone.txt").exists());
    let (code, out, _) = ended(&run(folder.path(), &["clean", "in", "--min-confidence", "0.5", "--format", "json"]));
    let list: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((code, list.as_array().map(Vec::len)), (Some(1), Some(1)));
}

#[test]
fn what_is_left_out_goes_aside() {
    let folder = two_pages();
    let words = ["clean", "in", "--min-confidence", "0.5", "-o", "out", "--aside", "low"];
    let (code, _, err) = ended(&run(folder.path(), &words));
    assert_eq!(code, Some(0), "{err}");
    assert!(err.contains("written to low"), "{err}");
    assert!(folder.path().join("out/ferry.txt").exists() && folder.path().join("low/gone.txt").exists());
    assert!(!folder.path().join("out/gone.txt").exists() && !folder.path().join("low/ferry.txt").exists());
    let (code, _, err) = ended(&run(folder.path(), &words));
    assert_eq!(code, Some(2), "what is there already stays: {err}");
    let (code, _, err) =
        ended(&run(folder.path(), &["clean", "in", "--min-confidence", "1", "-o", "a", "--aside", "a"]));
    assert_eq!(code, Some(2), "{err}");
}

#[test]
fn records_of_little_confidence_go_aside_as_they_come() {
    let folder = two_pages();
    let line = |name: &str| {
        let html = fs::read_to_string(folder.path().join(name)).expect("a page");
        serde_json::json!({"id": name, "html": html}).to_string() + "\n"
    };
    fs::write(folder.path().join("pages.jsonl"), line("in/gone.html") + &line("in/ferry.html")).expect("a file");
    let words = ["clean", "pages.jsonl", "--min-confidence", "0.5", "--aside", "low.jsonl"];
    let (code, out, err) = ended(&run(folder.path(), &words));
    assert_eq!(code, Some(0), "{err}");
    let aside = fs::read_to_string(folder.path().join("low.jsonl")).expect("it is there");
    assert!(out.starts_with("{\"id\":\"in/ferry.html\"") && out.lines().count() == 1, "{out}");
    assert!(aside.starts_with("{\"id\":\"in/gone.html\"") && aside.lines().count() == 1, "{aside}");
    let (code, _, err) = ended(&run(folder.path(), &words));
    assert!(code == Some(2) && err.contains("low.jsonl is there already"), "{err}");
    let (code, out, _) = ended(&run(folder.path(), &words[..4]));
    assert_eq!((code, out.lines().count()), (Some(1), 1));
}

#[test]
fn a_run_into_a_table_accounts_for_every_entry() {
    let archives = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/archives");
    let folder = folder(&[("more.jsonl", "{\"id\":1,\"text\":\"Words\"}\nno record\n{\"id\":2}\n")]);
    let warc = archives.join("pages.warc.gz").display().to_string();
    let words = ["clean", &warc, "more.jsonl", "-o", "t.parquet", "--summary", "s.json", "--report", "r.html"];
    let (code, out, err) = ended(&run(folder.path(), &words));
    assert_eq!((code, out.as_str()), (Some(1), ""), "{err}");
    assert!(err.ends_with("pages failed: see t.errors.jsonl\n"), "{err}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("it is written");
    let summary: serde_json::Value = serde_json::from_str(&read("s.json")).expect("JSON");
    let count = |key: &str| summary["pages"][key].as_u64().expect("a count");
    let keys = ["written", "duplicates_dropped", "left_out", "failed", "passed_over"];
    assert_eq!(summary["figures"]["read"].as_u64(), Some(keys.map(count).iter().sum()));
    assert!(count("written") > 1 && count("passed_over") > 1 && count("failed") == 2, "{}", summary["pages"]);
    let errors: Vec<serde_json::Value> =
        read("t.errors.jsonl").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told: Vec<_> = errors.iter().map(|error| (error["place"].as_str(), error["stage"].as_str())).collect();
    let expected = [("more.jsonl: line 2", "read"), ("more.jsonl: line 3 (id 2)", "read")];
    assert_eq!(told, expected.map(|(place, stage)| (Some(place), Some(stage))));
    assert!(read("r.html").contains("<svg"));
    // The table holds as many pages as were written, and can be cleaned again.
    let (code, out, _) = ended(&run(folder.path(), &["clean", "t.parquet", "--dedup", "off", "--fields", "id"]));
    assert_eq!((code, out.lines().count() as u64), (Some(0), count("written")));
}

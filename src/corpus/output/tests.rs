use std::fs;

use super::super::inputs::{Place, expand};
use super::*;
use crate::storage::{WriteError, write_whole};

fn inputs(relative: &[&str]) -> Vec<Input> {
    let input = |name: &&str| Input {
        place: Place::File(Path::new("in").join(name)),
        relative: PathBuf::from(name),
        url: None,
    };
    relative.iter().map(input).collect()
}

#[test]
fn folders_are_mirrored() {
    let folder = tempfile::tempdir().expect("a folder");
    let outputs = plan(&inputs(&["a/b.html", "release-2.1", "stdin"]), folder.path(), "md", false).expect("a plan");
    let expected = ["a/b.md", "release-2.1.md", "stdin.md"].map(|name| folder.path().join(name));
    assert_eq!(outputs, expected);
    write_whole(&outputs[0], b"text", false).expect("it is written");
    assert_eq!(fs::read(&outputs[0]).expect("it is there"), b"text");
    assert_eq!(fs::read_dir(folder.path().join("a")).expect("a folder").count(), 1, "nothing else is left behind");
}

#[test]
fn two_inputs_never_have_one_output() {
    let error = plan(&inputs(&["a.html", "b.md", "a.htm"]), Path::new("out"), "txt", true).expect_err("a clash");
    let message = "in/a.html and in/a.htm would both be written to out/a.txt; rename one of them";
    assert_eq!(error.to_string(), message);
    let error = plan(&inputs(&["a.html", "a.html"]), Path::new("out"), "txt", true).expect_err("a clash");
    assert_eq!(
        error.to_string(),
        "in/a.html is named twice, and would be written to out/a.txt both times; name it once"
    );
}

#[test]
fn pages_and_folders_are_never_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("a.txt");
    fs::write(&page, "text").expect("a file");
    let own = [Input { place: Place::File(page), relative: "a.txt".into(), url: None }];
    let error = plan(&own, folder.path(), "txt", true).expect_err("it is the page");
    assert!(matches!(error, OutputError::Page { .. }), "{error}");
    fs::create_dir(folder.path().join("b.txt")).expect("a folder");
    let error = plan(&inputs(&["b.html"]), folder.path(), "txt", true).expect_err("a folder is in the way");
    assert!(matches!(error, OutputError::Folder { .. }), "{error}");
}

#[test]
fn results_of_an_earlier_run_are_no_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    fs::create_dir(&out).expect("a folder");
    for name in ["a.html", "out/a.txt"] {
        fs::write(folder.path().join(name), "text").expect("a file");
    }
    let named = [folder.path().to_owned()];
    let left = |out: &Path| without_results(expand(&named), &named, out).map(|inputs| inputs.len());
    assert_eq!(left(&out).expect("it lies within"), 1);
    assert_eq!(left(&folder.path().join("new")).expect("it is not there yet"), 2);
    assert!(matches!(left(folder.path()), Err(OutputError::AmongPages { .. })));
}

#[test]
fn nothing_is_overwritten_unasked() {
    let folder = tempfile::tempdir().expect("a folder");
    let inputs = inputs(&["a.html", "b.html", "c.html"]);
    let outputs = plan(&inputs, folder.path(), "txt", false).expect("a plan");
    for output in &outputs[1..] {
        write_whole(output, b"old", false).expect("it is written");
    }
    let error = plan(&inputs, folder.path(), "txt", false).expect_err("they are there").to_string();
    assert!(error.contains("b.txt is there already, and so is another file; write elsewhere"), "{error}");
    let error = write_whole(&outputs[1], b"new", false).expect_err("it is there");
    assert!(matches!(error, WriteError::Exists { .. }));
    assert_eq!(fs::read(&outputs[1]).expect("it is there"), b"old");
    plan(&inputs, folder.path(), "txt", true).expect("a plan");
    write_whole(&outputs[1], b"new", true).expect("it is overwritten");
    assert_eq!(fs::read(&outputs[1]).expect("it is there"), b"new");
}

use super::super::inputs::Place;
use super::*;

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
    let message = "in/a.html and in/a.htm would both be written to out/a.txt; clean them one after the other, into two \
        folders";
    assert_eq!(error.to_string(), message);
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
    assert!(error.contains("b.txt is there already, and 1 more files; write to"), "{error}");
    let error = write_whole(&outputs[1], b"new", false).expect_err("it is there");
    assert!(matches!(error, OutputError::Exists { more: 0, .. }));
    assert_eq!(fs::read(&outputs[1]).expect("it is there"), b"old");
    plan(&inputs, folder.path(), "txt", true).expect("a plan");
    write_whole(&outputs[1], b"new", true).expect("it is overwritten");
    assert_eq!(fs::read(&outputs[1]).expect("it is there"), b"new");
}

#[test]
fn what_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "").expect("a file");
    let error = write_whole(&file.join("a.txt"), b"text", false).expect_err("a file is no folder").to_string();
    assert!(error.contains("a.txt: cannot be written: "), "{error}");
    let error = write_whole(folder.path(), b"text", true).expect_err("a folder is no file").to_string();
    assert!(error.contains(": cannot be written: "), "{error}");
}

#[test]
#[cfg(target_os = "linux")]
fn full_and_read_only_disks_are_errors() {
    let mut full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a device");
    let sink = |text: &str| full.write_all(text.as_bytes());
    let error = crate::corpus::run::in_order(["a", "b"].into_iter(), 1, |text| text, sink).expect_err("it is full");
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    assert!(!is_closed_pipe(&error));
    let error = write_whole(Path::new("/proc/dehusk/a.txt"), b"text", false).expect_err("nothing can be put there");
    assert!(error.to_string().starts_with("/proc/dehusk/a.txt: cannot be written: "), "{error}");
}

#[test]
#[cfg(unix)]
fn files_are_as_readable_as_any() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode();
    let (ours, other) = (folder.path().join("a"), folder.path().join("b"));
    write_whole(&ours, b"", false).expect("it is written");
    fs::write(&other, "").expect("it is written");
    assert_eq!(mode(&ours), mode(&other));
}

#[test]
fn closed_pipes_are_recognised_behind_other_errors() {
    let pipe = || io::Error::from(io::ErrorKind::BrokenPipe);
    assert!(is_closed_pipe(&pipe()));
    assert!(is_closed_pipe(&OutputError::Unwritable { path: "-".into(), source: pipe() }));
    assert!(!is_closed_pipe(&OutputError::Exists { path: "-".into(), more: 0 }));
}

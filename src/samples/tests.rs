use tempfile::tempdir;

use super::*;
use crate::pipeline::Cleaner;
use crate::rules::library::Library;

fn sample(files: &[(&str, &str)]) -> (tempfile::TempDir, Sample) {
    let folder = tempdir().expect("a folder");
    let case = folder.path().join("unknown/case");
    fs::create_dir_all(&case).expect("a folder");
    for (name, text) in files {
        fs::write(case.join(name), text).expect("a file");
    }
    let mut samples = load(folder.path(), &[]).expect("samples");
    let sample = samples.pop().expect("one sample");
    (folder, sample)
}

fn checked(sample: &Sample) -> Checked {
    check(&Cleaner::new(Library::empty()), sample)
}

#[test]
fn a_missing_expectation_fails_until_it_is_accepted() {
    let (_folder, sample) = sample(&[("page.txt", "Some text.\n"), ("page.toml", "")]);
    let first = checked(&sample);
    assert!(matches!(first.failures.as_slice(), [Failure::Missing { .. }, Failure::Missing { .. }]));
    assert!(first.may_be_accepted());
    first.accept().expect("written");
    assert_eq!(checked(&sample).failures, []);
    fs::write(sample.folder.join("expected.md"), "Other text.\n").expect("a file");
    assert!(matches!(checked(&sample).failures.as_slice(), [Failure::Differs { what: "body", .. }]));
}

#[test]
fn guards_keep_a_wrong_body_from_being_accepted() {
    let description = "keep = ['Missing']\nabsent = ['Some']\n";
    let (_folder, sample) = sample(&[("page.txt", "Some text.\n"), ("page.toml", description)]);
    let checked = checked(&sample);
    assert!(checked.failures.contains(&Failure::Lost("Missing".into())));
    assert!(checked.failures.contains(&Failure::Leaked("Some".into())));
    assert!(!checked.may_be_accepted());
}

#[test]
fn broken_samples_say_what_is_wrong() {
    let folder = tempdir().expect("a folder");
    let case = folder.path().join("x/case");
    fs::create_dir_all(&case).expect("a folder");
    fs::write(case.join("page.toml"), "urll = 'x'").expect("a file");
    let told = || {
        let samples = load(folder.path(), &[]).expect("samples");
        let checked: Vec<_> = samples.iter().map(checked).collect();
        assert!(checked.iter().all(|one| !one.may_be_accepted()));
        format!("{:?}", checked.into_iter().flat_map(|one| one.failures).collect::<Vec<_>>()).replace("\\n", "\n")
    };
    let error = told();
    assert!(error.contains("page.toml:1:1") && error.contains("unknown key `urll`"), "{error}");
    assert!(error.contains("write `url`"), "{error}");
    fs::write(case.join("page.toml"), "").expect("a file");
    assert!(told().contains("this one has 0"), "{}", told());
    fs::write(case.join("page.txt"), "").expect("a file");
    assert!(told().contains("no rule file has the name of its folder, `x`"), "{}", told());
    assert_eq!(load(folder.path(), &["y".to_owned()]).expect("of another source"), []);
    assert!(load(&folder.path().join("gone"), &[]).is_err());
}

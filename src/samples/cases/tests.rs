use tempfile::tempdir;

use super::*;
use crate::rules::library::Library;

const PACK: &str = "everywhere = true\n[[drop]]\nid = 'label'\ncategory = 'advertisement'\nline = 'Reklame'\n\
                    [[drop]]\nid = 'box'\ncategory = 'advertisement'\ncss = '.box'\nmax-share = 0.1\n";

/// What is said of cases of a pack, rendered, and the rules that lack one.
fn told(cases: &str) -> (String, CheckedCases) {
    let folder = tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("packs")).expect("a folder");
    fs::write(folder.path().join("packs/ads.toml"), cases).expect("a file");
    let cleaner = Cleaner::new(Library::of_texts(&[("packs/ads.toml", PACK)])).without_generic();
    let checked = check(&cleaner, folder.path()).expect("cases");
    (checked.problems.iter().map(|one| one.render(false) + "\n").collect(), checked)
}

#[test]
fn a_rule_that_drops_its_snippet_and_no_more_is_right() {
    let cases = "[[case]]\nrule = 'label'\nfires = '<p>Reklame</p>'\nspares = '<p>Reklame is a Danish word.</p>'\n\
                 [[case]]\nrule = 'label'\nfires = 'Reklame'\ninput = 'text'\nat = 'bottom'\n\
                 [[case]]\nrule = 'box'\nfires = '<div class=box>Buy</div>'\nat = 'top'\n";
    let (problems, checked) = told(cases);
    assert_eq!((problems.as_str(), checked.snippets), ("", 4));
    assert_eq!(checked.never_fire, []);
    assert_eq!(checked.never_spare, ["ads/box".into()]);
    assert!(!checked.passed());
}

#[test]
fn what_is_not_as_it_must_be_is_told_with_its_place() {
    let nothing = told("[[case]]\nrule = 'label'\nfires = '<p>Something else</p>'\n").0;
    assert!(nothing.contains("`ads/label` drops nothing of it") && nothing.contains("ads.toml:3:9"), "{nothing}");
    let part = told("[[case]]\nrule = 'label'\nfires = '<p>Reklame</p><p>And more</p>'\n").0;
    assert!(part.contains("does not drop all of it"), "{part}");
    let other = told("[[case]]\nrule = 'label'\nfires = '<div class=box>Reklame</div><p>Reklame</p>'\n").0;
    assert_eq!(other, "", "the first rule has it");
    let other = told("[[case]]\nrule = 'box'\nfires = '<div class=box>Reklame</div>'\n").0;
    assert!(other.contains("`ads/label` drops of it: Reklame"), "{other}");
    let eaten = told("[[case]]\nrule = 'box'\nspares = '<p>Reklame</p>'\n").0;
    assert!(eaten.contains("`ads/label` drops of it") && eaten.contains("part of the text"), "{eaten}");
    let unseen = told("[[case]]\nrule = 'box'\nspares = '<p hidden>Reklame is</p>'\n").0;
    assert!(unseen.contains("nothing of it is to be seen"), "{unseen}");
    let large = "word ".repeat(200);
    let aside = told(&format!("[[case]]\nrule = 'box'\nfires = '<div class=box>{large}</div>'\n")).0;
    assert!(aside.contains("over its limit of 0.10"), "{aside}");
}

#[test]
fn cases_that_say_what_they_cannot_are_told() {
    let unknown = told("[[case]]\nrule = 'lable'\nfires = '<p>Reklame</p>'\n").0;
    assert!(unknown.contains("has the rule `ads/lable`") && unknown.contains("write `label`"), "{unknown}");
    assert!(told("[[case]]\nfires = '<p>Reklame</p>'\n").0.contains("a case of no rule"));
    assert!(told("[[case]]\nrule = 'label'\n").0.contains("a case without a snippet"));
    let key = told("[[case]]\nrule = 'label'\nfire = '<p>Reklame</p>'\n").0;
    assert!(key.contains("unknown key `fire`") && key.contains("write `fires`"), "{key}");
    let place = told("[[case]]\nrule = 'label'\nfires = '<p>Reklame</p>'\nat = 'middel'\n").0;
    assert!(place.contains("middel"), "{place}");
}

#[test]
fn rules_of_a_folder_without_cases_have_none() {
    let folder = tempdir().expect("a folder");
    let cleaner = Cleaner::new(Library::of_texts(&[("packs/ads.toml", PACK)])).without_generic();
    let checked = check(&cleaner, folder.path()).expect("none");
    assert_eq!(checked.never_fire.len(), 2);
    assert_eq!(checked.never_spare.len(), 2);
}

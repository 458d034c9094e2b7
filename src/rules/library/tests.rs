use std::fs;

use super::*;
use crate::rules::source::Rule;

const RULE: &str = "[[drop]]\nid = 'a'\ncategory = 'share'\nline = 'A'\n";

fn names(rules: &[Rule]) -> Vec<&str> {
    rules.iter().map(|rule| &*rule.name).collect()
}

fn rendered(library: &Library) -> String {
    RuleErrors(library.problems()).render(false)
}

#[test]
fn packs_come_behind_in_order_and_once() {
    let rule = |id: &str| RULE.replace("'a'", &format!("'{id}'"));
    let inline = "[[inline]]\nid = 'z'\ncategory = 'share'\nliteral = '(x)'\n";
    let library = Library::of_texts(&[
        ("sites/s.toml", &format!("hosts = ['s']\nuse = ['p', 'q', 'p']\n{inline}{}", rule("a"))),
        ("packs/p.toml", &format!("use = ['r']\n{}", rule("a"))),
        ("packs/q.toml", &format!("use = ['r']\n{}", rule("b"))),
        ("packs/r.toml", &rule("c")),
    ]);
    assert_eq!(rendered(&library), "");
    let source = library.source("s").expect("a source");
    assert_eq!(names(&source.rules), ["s/a", "s/z", "p/a", "r/c", "q/b"]);
    assert!(Arc::ptr_eq(&source, &library.source("s").expect("a source")));
    assert!(library.source("t").is_none());
}

#[test]
fn a_pack_tells_of_the_pages_of_its_platform() {
    let pack = format!(
        "[body]\nselect = ['main']\n[meta]\ntitle = {{ css = 'h1' }}\nauthor = {{ css = '.by' }}\n{RULE}[[layout]]\n\
         since = '2024-01-01'\nbody = {{ select = ['article'] }}\n"
    );
    let own = "hosts = ['t']\nuse = ['p']\n[body]\nselect = ['.text']\n[meta]\nauthor = { css = 'address' }\n";
    let library = Library::of_texts(&[
        ("sites/s.toml", "hosts = ['s']\nuse = ['p']\n"),
        ("sites/t.toml", own),
        ("packs/p.toml", &pack),
    ]);
    assert_eq!(rendered(&library), "");
    let files = |id: &str| {
        let source = library.source(id).expect("a source");
        let meta = source.meta.title.iter().chain(&source.meta.author).map(|place| place.file.to_string());
        let layouts = source.layouts.iter().map(|layout| layout.file.to_string());
        (source.body.file.to_string(), meta.chain(layouts).collect::<Vec<_>>(), names(&source.rules).join(" "))
    };
    let strings = |names: [&str; 3]| names.map(str::to_owned).to_vec();
    assert_eq!(files("s"), ("p".to_owned(), strings(["p", "p", "p"]), "p/a".to_owned()));
    assert_eq!(files("t"), ("t".to_owned(), strings(["p", "t", "p"]), "p/a".to_owned()));
    let everywhere = Library::of_texts(&[("packs/p.toml", &format!("everywhere = true\n{pack}"))]);
    assert!(rendered(&everywhere).contains("`body` in a pack that applies to every page"), "{}", rendered(&everywhere));
}

#[test]
fn a_file_takes_over_what_it_does_not_say() {
    let base = format!(
        "name = 'S'\nhosts = ['www.S.de']\nmarks = ['Mark of base']\nuse = ['p']\n[body]\nselect = ['main']\n\
         [meta]\ntitle = {{ css = 'h1' }}\nauthor = {{ css = 'i' }}\n[limits]\nmax-share = 0.9\n\
         [policy]\ncaption = 'keep'\ndate = 'keep'\n{RULE}{}[[layout]]\nsince = '2024-01-01'\n",
        RULE.replace("'a'", "'b'")
    );
    let own = format!(
        "use = ['s']\nmarks = ['Mark of own']\n[meta]\ntitle = {{ css = 'h2' }}\n[policy]\ndate = 'drop'\n{}\
         [[layout]]\nsince = '2025-01-01'\nbody = {{ select = ['article'] }}\nmeta = {{ date = {{ css = 'time' }} }}\n",
        RULE.replace("'A'", "'B'").replace("share", "other")
    );
    let pack = RULE.replace("'a'", "'p'");
    let library = Library::of_texts(&[("sites/s.toml", &base), ("packs/p.toml", &pack), ("sites/s.toml", &own)]);
    assert_eq!(rendered(&library), "");
    let source = library.source("s").expect("a source");
    assert_eq!(names(&source.rules), ["s/a", "s/b", "p/p"]);
    assert_eq!(source.rules[0].category.name(), "other");
    assert_eq!(source.body.select.len(), 1);
    assert!((source.max_share - 0.9).abs() < f64::EPSILON);
    assert_eq!(source.policy.len(), 2);
    assert_eq!(source.layouts.iter().map(|layout| layout.body.is_some()).collect::<Vec<_>>(), [true, false]);
    let meta = &source.layouts[0].meta;
    assert_eq!([meta.title.len(), meta.author.len(), meta.date.len()], [1, 1, 1]);
    let identity = &library.identities().all[0];
    assert_eq!((identity.name.as_deref(), &identity.hosts[..]), (Some("S"), &["s.de".to_owned()][..]));
    assert_eq!(identity.marks.len(), 2);
}

#[test]
fn without_use_the_upper_file_stands_alone() {
    let library = Library::of_texts(&[("sites/s.toml", RULE), ("sites/s.toml", "hosts = ['s.org']")]);
    assert!(library.source("s").expect("a source").rules.is_empty());
    assert_eq!(library.identities().all[0].hosts, ["s.org"]);
    assert_eq!(library.files().len(), 1);
    assert_eq!(&*library.text_of("s").expect("a file").text, "hosts = ['s.org']");
}

#[test]
fn circles_are_named_whole_and_once() {
    let library = Library::of_texts(&[
        ("sites/s.toml", "use = ['b']"),
        ("packs/a.toml", "use = ['b']"),
        ("packs/b.toml", "use = ['c']"),
        ("packs/c.toml", "use = ['b', 'c']"),
    ]);
    let shown = rendered(&library);
    assert!(shown.contains("circle: b → c → b") && shown.contains("packs/c.toml:1:8"), "{shown}");
    assert!(shown.contains("circle: c → c"), "{shown}");
    assert_eq!(shown.matches("error").count(), 2, "{shown}");
    assert!(library.source("s").is_some());
}

#[test]
fn packs_for_every_page_come_last_unless_left_out() {
    let rule = |id: &str| RULE.replace("'a'", &format!("'{id}'"));
    let everywhere = |id: &str| format!("everywhere = true\n{}", rule(id));
    let files = [
        ("sites/s.toml", &*format!("hosts = ['s']\nuse = ['q']\n{}", rule("a"))),
        ("sites/t.toml", "hosts = ['t']\nwithout = ['p']"),
        ("packs/p.toml", &*everywhere("b")),
        ("packs/q.toml", &*rule("c")),
        ("packs/r.toml", &*everywhere("d")),
        // It builds on the file below it, so it still applies to every page.
        ("packs/r.toml", &*format!("use = ['r']\n{}", rule("e"))),
    ];
    let library = Library::of_texts(&files);
    assert_eq!(rendered(&library), "");
    assert_eq!(names(&library.source("s").expect("a source").rules), ["s/a", "q/c", "p/b", "r/e", "r/d"]);
    assert_eq!(names(&library.source("t").expect("a source").rules), ["r/e", "r/d"]);
    assert_eq!(names(&library.shared().rules), ["p/b", "r/e", "r/d"]);
    let bare = library.without_packs();
    assert_eq!(names(&bare.source("s").expect("a source").rules), ["s/a", "q/c"]);
    assert!(bare.shared().rules.is_empty());
    let packs = Library::of_texts(&files).without_sites();
    assert!(packs.source("s").is_none() && packs.identities().all.is_empty());
    assert_eq!(packs.shared().rules.len(), 3);
}

#[test]
fn what_is_left_out_has_to_be_there() {
    let pack = format!("everywhere = true\n{RULE}");
    let site = "hosts = ['s']\nwithout = ['shares', 'quiet']";
    let files = [("sites/s.toml", site), ("packs/share.toml", &*pack), ("packs/quiet.toml", RULE)];
    let library = Library::of_texts(&files);
    let shown = rendered(&library);
    assert!(shown.contains("there is no pack `shares`") && shown.contains("write `share`"), "{shown}");
    let told: Vec<_> = crate::rules::lint::check(&library).into_iter().map(|problem| problem.message).collect();
    assert!(told.iter().any(|message| message.contains("`quiet` does not apply by itself")), "{told:?}");
}

#[test]
fn a_pack_may_build_on_the_one_below_it() {
    let own = format!("use = ['p']\n{RULE}");
    let below = format!("{}{}", RULE.replace("'A'", "'B'"), RULE.replace("'a'", "'b'"));
    let files = [("packs/p.toml", &*below), ("packs/p.toml", &*own), ("sites/s.toml", "use = ['p']")];
    let library = Library::of_texts(&files);
    assert_eq!(rendered(&library), "");
    assert_eq!(names(&library.source("s").expect("a source").rules), ["p/a", "p/b"]);
}

#[test]
fn built_in_rules_are_sound() {
    let library = Library::builtin();
    assert_eq!(rendered(&library), "");
    for identity in &library.identities().all {
        assert!(library.source(&identity.id).is_some(), "{}", identity.id);
    }
}

#[test]
fn folders_are_laid_over_and_all_their_mistakes_told() {
    let top = tempfile::tempdir().expect("a folder");
    let sites = top.path().join("sites");
    fs::create_dir(&sites).expect("a folder");
    fs::write(sites.join("a.toml"), "hosts = ['a.org']\n").expect("a file");
    fs::write(sites.join("notes.txt"), "x").expect("a file");
    let library = Library::with_overlays(&[top.path()]).expect("good rules");
    assert!(library.source("a").is_some());
    assert!(library.ignored()[0].ends_with("sites/notes.txt"));

    fs::write(sites.join("b.toml"), "hots = ['b']\n[[drop]]\n").expect("a file");
    fs::write(sites.join("c.toml"), "use = ['nothing-so']\n").expect("a file");
    fs::write(sites.join("d.toml"), b"hosts = []\nname = '\xff'\n").expect("a file");
    let folders = [top.path().to_owned(), top.path().join("none"), sites.clone(), sites.join("a.toml")];
    let shown = Library::with_overlays(&folders).expect_err("bad rules").render(false);
    for part in [
        "b.toml:1:1",
        "write `hosts`",
        "c.toml:1:8",
        "no pack `nothing-so`",
        "line 2 is not UTF-8",
        "no such folder",
        "neither `sites` nor `packs`",
        "a file, not a folder",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

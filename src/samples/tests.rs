use tempfile::{TempDir, tempdir};

use super::*;
use crate::pipeline::Cleaner;
use crate::rules::library::Library;

/// Samples in a folder, each with the files of its page.
fn samples(cases: &[(&str, &[(&str, &str)])]) -> (TempDir, Vec<Sample>) {
    let folder = tempdir().expect("a folder");
    for (case, files) in cases {
        let case = folder.path().join(case);
        fs::create_dir_all(&case).expect("a folder");
        for (name, text) in *files {
            fs::write(case.join(name), text).expect("a file");
        }
    }
    let samples = load(folder.path(), &[]).expect("samples");
    (folder, samples)
}

fn run_by(rules: &[(&str, &str)], samples: &[Sample]) -> Run {
    run(&Cleaner::new(Library::of_texts(rules)), samples, true)
}

/// A run of one sample after what comes out was accepted.
fn run_one(rules: &[(&str, &str)], case: &str, files: &[(&str, &str)]) -> Run {
    let (_folder, samples) = samples(&[(case, files)]);
    run_accepted(rules, &samples)
}

fn run_accepted(rules: &[(&str, &str)], samples: &[Sample]) -> Run {
    for mut one in run_by(rules, samples).samples {
        one.accept().expect("written");
    }
    run_by(rules, samples)
}

fn told(run: &Run) -> Vec<(Check, String)> {
    let failures = run.samples.iter().flat_map(|one| &one.failures);
    let what = |problem: &Problem| match problem {
        Problem::Told { message } => message.clone(),
        Problem::Differs { what, .. } => what.clone(),
        Problem::Missing { path, .. } | Problem::Unreadable { path, .. } => path.display().to_string(),
    };
    failures.map(|failure| (failure.check, what(&failure.problem))).collect()
}

fn checks(run: &Run) -> Vec<Check> {
    told(run).into_iter().map(|(check, _)| check).collect()
}

fn states(run: &Run) -> Vec<(&str, State)> {
    run.parts.iter().map(|part| (part.name.as_str(), part.state)).collect()
}

#[test]
fn a_missing_expectation_fails_until_it_is_accepted() {
    let (_folder, samples) = samples(&[("unknown/case", &[("page.txt", "Some text.\n"), ("page.toml", "")])]);
    let mut first = run_by(&[], &samples).samples.remove(0);
    assert!(first.failures.iter().all(|one| matches!(one.problem, Problem::Missing { .. })));
    assert_eq!((first.failures.len(), first.may_be_accepted()), (2, true));
    first.accept().expect("written");
    assert_eq!((first.failures.as_slice(), told(&run_by(&[], &samples))), (&[][..], vec![]));
    fs::write(samples[0].folder.join("expected.md"), "Other text.\n").expect("a file");
    assert_eq!(told(&run_by(&[], &samples)), [(Check::Expected, "body".to_owned())]);
}

#[test]
fn guards_keep_a_wrong_body_from_being_accepted() {
    let description = "keep = ['Missing']\nabsent = ['Some']\n";
    let (_folder, samples) = samples(&[("unknown/case", &[("page.txt", "Some text.\n"), ("page.toml", description)])]);
    let run = run_by(&[], &samples);
    assert_eq!(checks(&run)[..2], [Check::Keep, Check::Absent]);
    assert!(!run.samples[0].may_be_accepted());
}

#[test]
fn broken_samples_say_what_is_wrong() {
    let (folder, samples) = samples(&[("x/case", &[("page.toml", "urll = 'x'")])]);
    let message = |samples: &[Sample]| {
        let run = run_by(&[("sites/a.example.toml", "hosts = ['a.example']")], samples);
        assert!(run.samples.iter().all(|one| !one.may_be_accepted()));
        told(&run).remove(0).1
    };
    let error = message(&samples);
    assert!(error.contains("page.toml:1:1") && error.contains("unknown key `urll`"), "{error}");
    assert!(error.contains("write `url`"), "{error}");
    let again = || load(folder.path(), &[]).expect("samples");
    fs::write(samples[0].folder.join("page.toml"), "").expect("a file");
    assert!(message(&again()).contains("this one has 0"));
    fs::write(samples[0].folder.join("page.txt"), "").expect("a file");
    assert!(message(&again()).contains("no rule file has the name of its folder, `x`"));
    assert_eq!(load(folder.path(), &["y".to_owned()]).expect("of another source"), []);
    assert!(load(&folder.path().join("gone"), &[]).is_err());
}

#[test]
fn the_worst_comes_first() {
    let page = [("page.txt", "One two three four.\n"), ("page.toml", "")];
    let (_folder, samples) = samples(&[("unknown/a", &page), ("unknown/b", &page), ("unknown/c", &page)]);
    run_accepted(&[], &samples);
    fs::write(samples[1].folder.join("expected.md"), "One.\n").expect("a file");
    fs::write(samples[2].folder.join("expected.md"), "One two three five.\n").expect("a file");
    let run = run_by(&[], &samples);
    let names: Vec<_> = run.samples.iter().map(|one| (one.name.as_str(), one.weight())).collect();
    assert_eq!(names, [("unknown/b", 5), ("unknown/c", 2), ("unknown/a", 0)]);
}

#[test]
fn lines_name_the_rule_to_blame() {
    let rules = [(
        "sites/a.example.toml",
        "hosts = ['a.example']\n[[drop]]\nid = 'end'\ncategory = 'other'\nline = 'Two.*'\n\
        [[inline]]\nid = 'cut'\ncategory = 'other'\nliteral = ' (sic)'",
    )];
    let files = [
        ("page.html", "<p>One is what should stay here.<p>Two is wrongly dropped.<p>Three (sic) is quoted.<p>Advert."),
        ("page.toml", "url = 'https://a.example/'"),
        ("expected.md", "One is what should stay here.\n\nTwo is wrongly dropped.\n\nThree (sic) is quoted.\n"),
    ];
    let (_folder, samples) = samples(&[("a.example/case", &files)]);
    let run = run_by(&rules, &samples);
    let lines = &run.samples[0].lines;
    let noisy: Vec<_> = lines.noisy.iter().map(|one| (&*one.rule, one.text.as_str())).collect();
    assert_eq!(noisy, [("a.example/cut", "(sic)"), ("a.example/end", "Two is wrongly dropped.")]);
    let missing: Vec<_> = lines.missing.iter().map(|one| (one.place.as_str(), one.text.as_str())).collect();
    assert_eq!(missing, [("p", "Advert.")]);
    let of_rule = run.parts.iter().find(|part| part.name == "a.example/end").expect("the rule");
    assert_eq!((of_rule.noisy.len(), of_rule.fired[0].texts), (1, 1));
}

#[test]
fn a_page_is_taken_for_one_of_no_other_source() {
    let marks = "hosts = ['b.example']\nmarks = ['Menu of B']";
    let rules = [("sites/a.example.toml", "hosts = ['a.example']"), ("sites/b.example.toml", marks)];
    let page = "<p>Menu of B</p><p>Some text.</p>";
    let files = |url| [("page.html", page), ("page.toml", url)];
    let run = run_one(&rules, "a.example/case", &files("url = 'https://a.example/1'"));
    let (check, message) = told(&run).remove(0);
    assert_eq!(check, Check::Identity);
    assert!(message.starts_with("the page, without its URL, is taken for one of `b.example`"), "{message}");
    let run = run_one(&rules, "a.example/case", &files("url = 'https://b.example/1'"));
    assert!(told(&run)[0].1.starts_with("the page, with its URL, is taken for one of `b.example`"), "{:?}", told(&run));
    let own = ("sites/a.example.toml", "hosts = ['a.example']\nmarks = ['Some text.', 'Menu of B']");
    let run = run_one(&[own, rules[1]], "a.example/case", &files("url = 'https://a.example/1'\nnot-flattened = 'x'"));
    assert!(told(&run)[0].1.starts_with("the page, without its URL and its own rule file, is"), "{:?}", told(&run));
}

#[test]
fn cleaning_again_changes_nothing() {
    let rule = "hosts = ['a.example']\n[[drop]]\nid = 'top'\ncategory = 'other'\nline = '.+'\nwhere = { first = 1 }";
    let files =
        [("page.txt", "Menu of A\n\nSome text.\n\nMore of it.\n"), ("page.toml", "url = 'https://a.example/1'")];
    let run = run_one(&[("sites/a.example.toml", rule)], "a.example/case", &files);
    assert_eq!(checks(&run), [Check::Again, Check::Again]);
    let told = told(&run);
    assert!(told[0].1.contains("written as text") && told[1].1.contains("written as Markdown"), "{told:?}");
}

#[test]
fn html_passes_flattened_where_there_are_rules_for_text() {
    let site = "hosts = ['a.example']\nmarks = ['Menu of A']\n[[drop]]\nid = 'menu'\ncategory = 'navigation'\nline = 'Menu of A'\n";
    let html = "<p>Menu of A</p><p>Some text of an article.</p><aside>Seen elsewhere</aside><p>The end.</p>";
    let aside = "[[drop]]\nid = 'aside'\ncategory = 'related'\ncss = 'aside'";
    let run = |rules: &str, description: &str| {
        let description = format!("url = 'https://a.example/1'\n{description}");
        let files = [("page.html", html), ("page.toml", description.as_str())];
        told(&run_one(&[("sites/a.example.toml", rules)], "a.example/case", &files))
    };
    let found = |rules: &str, description: &str| run(rules, description).pop();
    let with_aside = format!("{site}{aside}");
    // The generic cleaner judges the text where the file has no rules for it.
    assert_eq!(found(&with_aside, ""), None);
    let site = &format!("text-input = 'lines'\n{site}");
    let with_aside = format!("{site}{aside}");
    assert_eq!(found(site, ""), None);
    assert_eq!(found(&with_aside, ""), Some((Check::Flattened, "body, flattened to text".to_owned())));
    assert_eq!(found(&with_aside, "flattened-leaves = ['Seen elsewhere']"), None);
    assert_eq!(found(&with_aside, "not-flattened = 'nothing tells'"), None);
    let message = |rules: &str, description: &str| found(rules, description).expect("a failure").1;
    assert!(message(site, "flattened-leaves = ['Gone']").contains("names a text that does not stay"));
    assert!(message(site, "not-flattened = 'x'").contains("is out of date"));
    let unmarked = site.replace("['Menu of A']", "['Another menu']");
    assert!(message(&unmarked, "").contains("is not recognised"));
    let no_text_rules = format!("hosts = ['a.example']\n{aside}");
    assert!(message(&no_text_rules, "flattened-leaves = ['Gone']").contains("say nothing here"));
    assert_eq!(found(&no_text_rules, ""), None);
}

#[test]
fn pages_written_otherwise_come_out_the_same() {
    // A selector sees attributes as they are written, which no rule should lean on.
    let rule = "hosts = ['a.example']\n[[drop]]\nid = 'b'\ncategory = 'other'\ncss = '[title=Größe]'";
    let html = "<p title='Größe'>No part\r\n<p>Some text of it.\n";
    let files = [("page.html", html), ("page.toml", "url = 'https://a.example/1'")];
    let run = run_one(&[("sites/a.example.toml", rule)], "a.example/case", &files);
    assert_eq!(told(&run), [(Check::Nfd, "body in NFD (decomposed letters)".to_owned())]);
}

#[test]
fn every_part_of_a_rule_file_has_to_be_needed() {
    let site = "hosts = ['a.example']
        marks = ['Menu of A', 'Another menu']
        [body]
        select = [['main', 'div.main'], 'article', 'aside']
        [meta]
        title = [{ css = 'h1' }, { css = 'h2' }]
        author = { css = 'b.pen' }
        [[drop]]
        id = 'menu'
        category = 'navigation'
        css = 'p.menu'
        [[drop]]
        id = 'menu-again'
        category = 'navigation'
        line = 'Menu of A'
        where = { input = 'html' }
        [[drop]]
        id = 'heading'
        category = 'title'
        css = 'h1'
        [[drop]]
        id = 'silent'
        category = 'other'
        css = 'p.nothing'
        [[layout]]
        when = { css = 'i.new' }
        body = { select = ['section'] }
        [layout.meta]
        author = { css = 'b.quill' }
        [[layout]]
        when = { css = 'i.newest' }";
    let old = "<title>A title</title><p>Outside</p><main><h1>A title</h1><b class=pen>Ada</b><p class=menu>Menu of A</p>\
               <p>Some text.</p></main>";
    let new = "<title>A title</title><i class=new></i><p>Outside</p><section><h1>A title</h1><b class=quill>Bo</b>\
               <p>Some text.</p></section>";
    let description = ("page.toml", "url = 'https://a.example/1'\nnot-flattened = 'x'");
    let (_folder, samples) = samples(&[
        ("a.example/old", &[("page.html", old), ("page.toml", "url = 'https://a.example/1'")]),
        ("a.example/new", &[("page.html", new), description]),
    ]);
    let run = run_accepted(&[("sites/a.example.toml", site)], &samples);
    assert_eq!(told(&run), []);
    let needed = [
        ("a.example marks 1", State::Needed),
        ("a.example marks 2", State::Unused),
        ("a.example [body] select 1", State::Needed),
        ("a.example [body] select 1, 1 of its union", State::Needed),
        ("a.example [body] select 1, 2 of its union", State::Unneeded),
        ("a.example [body] select 2", State::Unneeded),
        ("a.example [body] select 3", State::Unneeded),
        ("a.example [[layout]] 1, [body] select 1", State::Needed),
        ("a.example [meta] title 1", State::Unneeded),
        ("a.example [meta] title 2", State::Unneeded),
        ("a.example [meta] author 1", State::Needed),
        ("a.example [[layout]] 1, [meta] author 1", State::Needed),
        ("a.example [[layout]] 1", State::Needed),
        ("a.example [[layout]] 2", State::Unneeded),
        ("a.example/menu", State::Unneeded),
        ("a.example/menu-again", State::Unused),
        ("a.example/heading", State::Needed),
        ("a.example/silent", State::Unused),
    ];
    assert_eq!(states(&run), needed);
    assert!(!run.passed());
    assert_eq!(run.unneeded().count(), 10);
}

#[test]
fn rules_of_packs_are_asked_for_in_a_full_run() {
    let rules = [
        ("sites/a.example.toml", "hosts = ['a.example']\nuse = ['p']"),
        ("packs/p.toml", "[[drop]]\nid = 'x'\ncategory = 'other'\ncss = 'p.x'"),
    ];
    let (_folder, samples) =
        samples(&[("a.example/case", &[("page.html", "<p>Text."), ("page.toml", "url = 'https://a.example/1'")])]);
    assert_eq!(states(&run_by(&rules, &samples)), [("p/x", State::Unused)]);
    let some = run(&Cleaner::new(Library::of_texts(&rules)), &samples, false);
    assert_eq!(states(&some), []);
}

#[test]
fn packs_for_every_page_are_tried_on_pages_of_unknown_sources() {
    let pack = "everywhere = true
        [[drop]]
        id = 'banner'
        category = 'cookie-banner'
        css = '.banner'
        [[drop]]
        id = 'banner-again'
        category = 'cookie-banner'
        css = 'p.banner'
        [[drop]]
        id = 'silent'
        category = 'other'
        css = '.x'";
    let files = [("page.html", "<main><p class=banner>We use cookies.<p>Some text of it.</main>"), ("page.toml", "")];
    let (_folder, samples) = samples(&[("unknown/case", &files)]);
    // Packs of a folder are asked for by the sites of one.
    let site = ("sites/a.example.toml", "hosts = ['a.example']");
    let run = run_accepted(&[("packs/p.toml", pack), site], &samples);
    assert_eq!(told(&run), []);
    let noticed: Vec<_> = run.samples[0].noticed.iter().map(String::as_str).collect();
    assert_eq!(noticed, Vec::<&str>::new());
    let alone = pack.replace(
        "id = 'banner-again'\n        category = 'cookie-banner'\n        css = 'p.banner'",
        "id = 'again'\ncategory = 'other'\ncss = '.y'",
    );
    let run = run_by(&[("packs/p.toml", &alone), site], &samples);
    assert!(run.samples[0].noticed.contains("p/banner"), "{:?}", run.samples[0]);
}

#[test]
fn a_body_is_needed_even_where_packs_drop_what_lies_outside() {
    let rules = [
        ("sites/a.example.toml", "hosts = ['a.example']\n[body]\nselect = ['main', 'article']"),
        ("packs/p.toml", "everywhere = true\n[[drop]]\nid = 'x'\ncategory = 'navigation'\ncss = 'nav'"),
    ];
    let page = "<nav>Home and away</nav><main><p>Some text of it, and more of it.</main>";
    let (_folder, samples) =
        samples(&[("a.example/case", &[("page.html", page), ("page.toml", "url = 'https://a.example/1'")])]);
    let run = run_accepted(&rules, &samples);
    let needed = [("a.example [body] select 1", State::Needed), ("a.example [body] select 2", State::Unneeded)];
    assert_eq!(states(&run), needed);
}

#[test]
fn the_generic_cleaner_in_a_body_is_needed_where_it_drops_something() {
    let rules = [("sites/a.example.toml", "hosts = ['a.example']\n[body]\ngeneric = true")];
    let story: String = ["north", "south", "east", "west"]
        .map(|wind| {
            format!(
                "<p>When the wind came from the {wind}, the old lighthouse keeper, who had seen many winters, told the \
                 children how the lamp was lit, and why it must not go out. They listened until it was dark.</p>"
            )
        })
        .concat();
    let links = "<div class=related-posts><ul><li><a href=/a>Another story</a><li><a href=/b>One more</a></ul></div>";
    let state = |page: &str| {
        let files = [("page.html", page), ("page.toml", "url = 'https://a.example/1'")];
        let run = run_one(&rules, "a.example/case", &files);
        states(&run).into_iter().map(|(name, state)| (name.to_owned(), state)).collect::<Vec<_>>()
    };
    let name = || "a.example [body] generic".to_owned();
    assert_eq!(state(&format!("<article class=post>{story}</article>{links}")), [(name(), State::Needed)]);
    assert_eq!(state("<p>Only this.</p>"), [(name(), State::Unneeded)]);
}

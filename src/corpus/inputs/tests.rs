use tempfile::TempDir;

use super::*;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn show(folder: &TempDir, found: Vec<Result<Input, InputError>>) -> Vec<String> {
    let root = folder.path().display().to_string();
    let show = |input: Input| format!("{} {}", input.relative.display(), input.url.unwrap_or_default());
    let shown = found.into_iter().map(|input| input.map_or_else(|error| error.to_string(), show));
    shown.map(|line| line.replace(&root, "~").trim_end().to_owned()).collect()
}

#[test]
fn folders_are_walked_in_order() {
    let files = ["b.html", "a/z.md", "a/b/c.TXT", "a/style.css", ".git/x.txt", "c.htm", "B.xhtml"];
    let folder = folder(&files.map(|name| (name, "")));
    assert_eq!(show(&folder, expand([folder.path()])), ["B.xhtml", "a/b/c.TXT", "a/z.md", "b.html", "c.htm"]);
}

#[test]
fn of_a_folder_pages_are_taken_and_no_results() {
    let files =
        ["a.html.gz", "b.MHTML", "c.warc.gz", "d.jsonl", "e.jsonl.zst", "f.parquet", "g.zip", "h.tar", "i.css.gz"];
    let folder = folder(&files.map(|name| (name, "")));
    assert_eq!(show(&folder, expand([folder.path()])), ["a.html", "b.MHTML"]);
    assert_eq!(show(&folder, expand_all([folder.path()])), ["a.html", "b.MHTML", "c.warc.gz"]);
    let named = expand(["d.jsonl", "g.zip"].map(|name| folder.path().join(name)));
    assert_eq!(show(&folder, named), ["d.jsonl", "g.zip"]);
}

#[test]
fn named_files_are_taken_as_they_are() {
    let folder = folder(&[("a.weird", "text")]);
    let found = expand([folder.path().join("a.weird"), "-".into(), folder.path().join("none")]);
    let page = found[0].as_ref().expect("a page").read().expect("it is read");
    assert_eq!(page.file_name.as_deref(), Some("a.weird"));
    assert_eq!(show(&folder, found), ["a.weird", "stdin", "~/none: no such file or folder"]);
}

#[test]
fn of_a_sample_only_the_page_is_taken() {
    let folder = folder(&[
        ("s/1/page.toml", "url = 'https://example.org/1'\nkeep = ['a']"),
        ("s/1/page.html", ""),
        ("s/1/expected.md", ""),
        ("s/2/page.toml", "url = 1"),
        ("s/2/page.txt", ""),
        ("s/3/page.toml", ""),
    ]);
    let expected = [
        "1/page.html https://example.org/1",
        "~/s/2/page.toml: a mistake in it:\nerror: `url` must be a string, this is a whole number\n \
         --> ~/s/2/page.toml:1:7\n  |\n1 | url = 1\n  |       ^\n  |\n  = help: write `url = '1'`",
        "~/s/3/page.toml: a sample without a page; put a page.html, page.md or page.txt beside it",
    ];
    assert_eq!(show(&folder, expand([folder.path().join("s")])), expected);
    let found = expand([folder.path().join("s/1/page.html")]);
    assert_eq!(show(&folder, found), ["page.html https://example.org/1"]);
}

#[test]
fn a_folder_without_pages_is_an_error() {
    let folder = folder(&[("a.css", "")]);
    let expected = "~: no pages in it; pages in a folder end in .html, .htm, .xhtml, .md, .markdown, .txt, .mhtml, .mht, \
                    compressed (.gz, .zst) or not; files of many pages are to be named";
    assert_eq!(show(&folder, expand([folder.path()])), [expected]);
}

#[test]
#[cfg(unix)]
fn links_are_followed_but_not_in_circles() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("a/x.html", ""), ("b/y.html", "")]);
    for (target, link) in [
        ("../a", "a/round"),
        ("../b", "a/side"),
        ("self.html", "self.html"),
        ("nowhere", "gone.html"),
        ("nowhere", "gone"),
    ] {
        symlink(target, folder.path().join(link)).expect("a link");
    }
    let expected = [
        "~/a/round: a link that leads back to itself or to a folder around it; remove it",
        "a/side/y.html",
        "a/x.html",
        "b/y.html",
        "~/gone.html: no such file or folder",
        "~/self.html: a link that leads back to itself or to a folder around it; remove it",
    ];
    assert_eq!(show(&folder, expand([folder.path()])), expected);
}

#[test]
#[cfg(unix)]
fn what_cannot_be_read_does_not_stop_the_rest() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder(&[("a.html", ""), ("b.html", ""), ("locked/c.html", ""), ("z.html", "")]);
    fs::set_permissions(folder.path().join("b.html"), fs::Permissions::from_mode(0o000)).expect("locked");
    fs::set_permissions(folder.path().join("locked"), fs::Permissions::from_mode(0o000)).expect("locked");
    let found = expand([folder.path()]);
    // The superuser may read everything.
    if fs::read(folder.path().join("b.html")).is_err() {
        let unread: Vec<_> = found.iter().flatten().filter_map(|input| input.read().err()).collect();
        assert!(matches!(&unread[..], [error] if error.path.ends_with("b.html")), "{unread:?}");
        let shown = show(&folder, found);
        assert_eq!(shown.len(), 4);
        assert!(shown[2].starts_with("~/locked: cannot be read: "), "{shown:?}");
    }
    fs::set_permissions(folder.path().join("locked"), fs::Permissions::from_mode(0o700)).expect("unlocked");
}

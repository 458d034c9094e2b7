use std::io::Write as _;

use super::*;

/// A folder with files in it, packed where the name says so.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        let mut file = File::create(&path).expect("a file");
        if path.extension().is_some_and(|ending| ending == "gz") {
            let mut packed = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
            packed.write_all(content).and_then(|()| packed.finish().map(drop)).expect("it is written");
        } else {
            file.write_all(content).expect("it is written");
        }
    }
    folder
}

/// What is wrong, with the name of the folder taken out.
fn problems(corpus: &Corpus, folder: &tempfile::TempDir) -> Vec<String> {
    let name = format!("{}{}", folder.path().display(), std::path::MAIN_SEPARATOR);
    corpus.problems.iter().map(|problem| problem.to_string().replace(&name, "").replace('\\', "/")).collect()
}

#[test]
fn rows_are_read_and_a_broken_one_costs_only_itself() {
    let rows = [
        br#"{"id": "a", "url": "https://www.post.example/1", "page_type": "forum", "author": ["A", "B"], "body": "One", "with": ["O"], "paragraphs": ["One"], "optional": [0]}"#.as_slice(),
        b"",
        br#"{"id": "b", "body": "Two""#,
        br#"{"id": "c", "body": null}"#,
        br#"{"id": "a", "body": "Three"}"#,
        br#"{"id": "../d", "body": "Four"}"#,
        br#"{"id": "e", "body": "Five", "with": "F"}"#,
        br#"["f"]"#,
        br#"{"id": 7, "source": "post.example", "body": "Seven"}"#,
    ]
    .join(&b'\n');
    let files: &[(&str, &[u8])] = &[
        ("truth.jsonl", &rows),
        ("pages/a.html.gz", b"<p>One"),
        ("pages/7.html", b"<p>\xffSeven"),
        ("pages/x.html", b""),
    ];
    let folder = folder(files);
    let corpus = Corpus::open(folder.path()).expect("a corpus");
    let told = problems(&corpus, &folder);
    assert_eq!(
        told,
        [
            "truth.jsonl: line 3: not JSON at column 25: EOF while parsing an object; left out",
            "truth.jsonl: line 4: page `c` has no \"body\"; left out",
            "truth.jsonl: line 5: the id `a` stands at truth.jsonl: line 1 already; left out",
            "truth.jsonl: line 6: the id `../d` is no name of a file; left out",
            "truth.jsonl: line 7: \"with\" must be a list of texts; left out",
            "truth.jsonl: line 8: JSON, but no object; left out",
            "pages/x.html: nothing tells its true body; left out",
        ]
    );
    assert_eq!(corpus.pages.len(), 2);
    let (a, seven) = (&corpus.pages[0], &corpus.pages[1]);
    let expected = Truth {
        id: "a".into(),
        url: Some("https://www.post.example/1".to_owned()),
        source: "post.example".into(),
        page_type: "forum".into(),
        author: Some("A, B".to_owned()),
        body: "One".into(),
        with: vec!["O".into()],
        paragraphs: vec!["One".into()],
        optional: vec![0],
        file: folder.path().join("pages").join("a"),
        ..Truth::default()
    };
    assert_eq!(a, &expected);
    assert_eq!((seven.source.as_str(), seven.page_type.as_str()), ("post.example", "article"));
    assert_eq!(a.html().expect("a page"), "<p>One");
    assert_eq!(seven.html().expect("a page"), "<p>\u{fffd}Seven");
}

#[test]
fn wcxb_has_a_file_a_page() {
    let truth = br#"{"url": "https://post.example/1", "_internal": {"page_type": {"primary": "category"}}, "ground_truth":
        {"title": "T", "author": null, "publish_date": "2024-05-05", "main_content": "One", "with": [], "without": ["x"]}}"#;
    let files: &[(&str, &[u8])] = &[
        ("dev/ground-truth/0001.json", truth),
        ("dev/ground-truth/0002.json", b"{\n\"ground_truth\": 1"),
        ("dev/ground-truth/0003.json", b"{}"),
        ("dev/html/0001.html.gz", b"<p>One"),
    ];
    let folder = folder(files);
    let hint = Corpus::open(folder.path()).expect_err("one of its halves has to be named").to_string();
    assert!(hint.contains("nor a folder ground-truth (but there is "), "{hint}");
    let corpus = Corpus::open(&folder.path().join("dev")).expect("a corpus");
    let told = problems(&corpus, &folder);
    assert_eq!(
        told,
        [
            "dev/ground-truth/0002.json: not JSON at line 2, column 17: EOF while parsing an object; left out",
            "dev/ground-truth/0003.json: it has no \"ground_truth\"; left out",
        ]
    );
    assert_eq!(corpus.pages.len(), 1);
    let page = &corpus.pages[0];
    assert_eq!((page.id.as_str(), page.page_type.as_str(), page.body.as_str()), ("0001", "collection", "One"));
    assert_eq!((&page.title, &page.author, &page.date), (&Some("T".to_owned()), &None, &Some("2024-05-05".to_owned())));
    assert_eq!(page.html().expect("a page"), "<p>One");
}

#[test]
fn scrapinghub_has_one_object() {
    let truth = br#"{"ab": {"articleBody": "One", "url": "https://post.example/1"}, "cd": {}}"#;
    let files: &[(&str, &[u8])] = &[("ground-truth.json", truth), ("html/ab.html.gz", b"<p>One")];
    let folder = folder(files);
    let corpus = Corpus::open(folder.path()).expect("a corpus");
    assert_eq!(problems(&corpus, &folder), ["ground-truth.json: \"cd\": it has no \"articleBody\"; left out"]);
    assert_eq!((corpus.pages.len(), corpus.pages[0].source.as_str()), (1, "post.example"));
    assert_eq!(corpus.pages[0].html().expect("a page"), "<p>One");
}

#[test]
fn what_is_no_corpus_says_so() {
    let empty = folder(&[]);
    let told = Corpus::open(empty.path()).expect_err("nothing is in it").to_string();
    assert!(told.contains(" is no corpus: it has neither truth.jsonl, nor "), "{told}");
    let told = Corpus::open(&empty.path().join("gone")).expect_err("there is none").to_string();
    assert!(told.starts_with("there is no folder "), "{told}");
    let broken = folder(&[("ground-truth.json", b"[1]")]);
    let told = Corpus::open(broken.path()).expect_err("no object").to_string();
    assert!(told.contains("ground-truth.json: JSON, but no object"), "{told}");
}

#[test]
fn a_page_that_cannot_be_read_says_why() {
    let folder = folder(&[("a.html", b""), ("broken.html.gz.part", b"")]);
    fs::write(folder.path().join("b.html.gz"), b"not packed").expect("it is written");
    let of = |name: &str| Truth { file: folder.path().join(name), ..Truth::default() }.html();
    assert_eq!(of("a").expect("an empty page"), "");
    assert!(of("b").expect_err("broken").to_string().contains("b.html.gz: cannot be read: "));
    assert!(of("c").expect_err("missing").to_string().starts_with("there is neither "));
}

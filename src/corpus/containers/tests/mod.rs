//! Files of pages that are made here, whole and broken.

mod archives;
mod broken;
mod messages;
mod peers;

use std::io::{self, Write as _};

use super::*;
use crate::page::Content;

/// A stream with this name, which tells nothing.
fn stream(bytes: &[u8]) -> Source {
    let reader = From::Reader(Box::new(io::Cursor::new(bytes.to_vec())));
    Source { name: "f".into(), relative: Some("f".into()), url: None, from: reader }
}

fn small() -> Options {
    Options { max_page_bytes: 100_000, ..Options::default() }
}

/// An entry in a line: `id url charset format relative: text`, `! place: reason`, or `- why`.
fn show(entry: Entry) -> String {
    if let Entry::PassedOver(word) = entry {
        return format!("- {word}");
    }
    match entry.read() {
        Ok(None) => String::new(),
        Err(failure) => format!("! {failure}"),
        Ok(Some(named)) => {
            let text = match &named.page.content {
                Content::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                Content::Text(text) => text.to_string(),
            };
            let id = named.id.map(|id| id.to_string());
            let relative = named.relative.map(|path| path.display().to_string());
            let format = named.page.format.map(|format| format!("{format:?}"));
            let parts = [id, named.page.url, named.page.charset, format, relative, named.page.file_name];
            let parts: Vec<_> = parts.into_iter().map(|part| part.unwrap_or_else(|| "-".into())).collect();
            format!("{}: {text}", parts.join(" "))
        }
    }
}

fn shown(source: Source, options: &Options) -> Vec<String> {
    open(source, options).map(show).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(bytes).and_then(|()| writer.finish()).expect("compressed")
}

/// A file of the test, in a folder of its own.
fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, Source) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a file");
    let source = Source { name: name.into(), relative: Some(name.into()), url: None, from: From::File(path) };
    (folder, source)
}

#[test]
fn a_compressed_page_keeps_its_name() {
    let (_folder, source) = file("a.html.gz", &gzip(b"<p>a"));
    let source = Source { url: Some("u".into()), ..source };
    assert_eq!(shown(source, &small()), ["a.html.gz u - - a.html.gz a.html: <p>a"]);
    let (_folder, source) = file("a.md.zst", &zstd::encode_all(&b"# a"[..], 0).expect("compressed"));
    assert_eq!(shown(source, &small()), ["a.md.zst - - - a.md.zst a.md: # a"]);
    // What is called compressed and is not.
    let (_folder, source) = file("a.html.gz", b"<p>a");
    assert_eq!(shown(source, &small()), ["a.html.gz - - - a.html.gz a.html: <p>a"]);
}

#[test]
fn streams_are_told_by_their_bytes() {
    assert_eq!(shown(stream(b"<p>a"), &small()), ["f - - - f -: <p>a"]);
    assert_eq!(shown(stream(&gzip(b"<p>a")), &small()), ["f - - - f -: <p>a"]);
    assert_eq!(shown(stream(b""), &small()), ["f - - - f -: "]);
    let parquet = shown(stream(b"PAR1..."), &small());
    assert!(parquet[0].starts_with("! f: "), "{parquet:?}");
}

#[test]
fn the_bytes_of_the_file_are_counted() {
    let options = small();
    let bytes = gzip(&vec![b'a'; 50_000]);
    assert_eq!(shown(stream(&bytes), &options).len(), 1);
    assert_eq!(options.read.load(Ordering::Relaxed), bytes.len() as u64);
}

#[test]
fn what_is_not_there_is_a_failure() {
    let from = From::File("/nowhere/a.html".into());
    let source = Source { name: "a.html".into(), relative: None, url: None, from };
    assert_eq!(shown(source, &small()), ["! a.html: no such file or folder"]);
}

#[test]
fn records_may_be_compressed_and_have_other_keys() {
    let lines = b"{\"n\":1,\"at\":\"u\",\"text\":\"a\"}\n\n{\"n\":2}\n[]\n";
    let options =
        Options { kind: Some(Kind::JsonLines), columns: "id=n,url=at,text=text".parse().expect("columns"), ..small() };
    let found = shown(stream(&zstd::encode_all(&lines[..], 0).expect("compressed")), &options);
    assert_eq!(found[0], "1 u - Text - -: a");
    assert_eq!(found[1], "! f: line 3 (id 2): no page in it: give \"text\"");
    assert!(found[2].starts_with("! f: line 4: not an object"), "{found:?}");
    let long = format!("{{\"id\":7,\"text\":\"{}\"}}", "a".repeat(200_000));
    let found = shown(stream(long.as_bytes()), &Options { columns: Columns::default(), ..options });
    assert_eq!(found, ["! f: line 1 (id 7): larger than 100000 bytes: allow more with --max-page-bytes"]);
}

#[test]
fn a_bomb_ends_at_the_bound() {
    let bomb = gzip(&vec![0; 5_000_000]);
    let too_large = "larger than 100000 bytes: allow more with --max-page-bytes";
    assert_eq!(shown(stream(&bomb), &small()), [format!("! f: {too_large}")]);
    let (_folder, source) = file("a.html.zst", &zstd::encode_all(&vec![0; 5_000_000][..], 0).expect("compressed"));
    assert_eq!(shown(source, &small()), [format!("! a.html.zst: {too_large}")]);
}

#[test]
fn a_stream_is_read_as_it_comes() {
    // The second half never comes.
    struct Slow(io::Cursor<Vec<u8>>);
    impl Read for Slow {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let read = self.0.read(out)?;
            assert!(read > 0, "more was asked for than was needed");
            Ok(read)
        }
    }
    let record = broken::record("response", "1", broken::HTTP);
    for bytes in [record.clone(), gzip(&record), b"{\"text\":\"a\"}\n".to_vec()] {
        let kind = bytes.starts_with(b"{").then_some(Kind::JsonLines);
        let source = Source { from: From::Reader(Box::new(Slow(io::Cursor::new(bytes)))), ..stream(b"") };
        let entry = open(source, &Options { kind, ..small() }).next().map(show).expect("an entry");
        assert!(entry.ends_with(": a") || entry.ends_with(": <p>page"), "{entry}");
    }
}

//! ZIP and tar.

use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, ZipWriter};

use super::*;

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(io::Cursor::new(Vec::new()));
    for (index, (name, bytes)) in files.iter().enumerate() {
        let method = if index % 2 == 0 { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("a file");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("a ZIP archive").into_inner()
}

/// As programs write it that cannot go back: what is known of a file stands behind it.
fn zip_stream(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new_stream(Vec::new());
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a file");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("a ZIP archive").into_inner()
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = ::tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        if name.ends_with('/') {
            header.set_entry_type(::tar::EntryType::Directory);
        }
        if name.len() < 100 {
            // Names that lead up are what is tried, and the crate would not write them.
            header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            tar.append(&header, *bytes).expect("a file");
        } else {
            tar.append_data(&mut header, name, *bytes).expect("a file");
        }
    }
    tar.into_inner().expect("a tar archive")
}

fn files() -> Vec<(&'static str, &'static [u8])> {
    vec![
        ("a/", b""),
        ("a/1.html", b"<p>one"),
        ("../../up.html", b"<p>up"),
        ("/root\\two.md", b"two"),
        ("a/.hidden.html", b"x"),
        ("style.css", b"p {}"),
        ("b.zip", b"PK"),
        ("b.jsonl", b"{}"),
        ("large.txt", &[b'a'; 100_001]),
        ("last.txt", b"last"),
    ]
}

fn expected(archive: &str, folder: &str) -> Vec<String> {
    let page = |name: &str, text: &str| {
        let file_name = name.rsplit('/').next().unwrap_or_default();
        format!("{archive}/{name} - - - {folder}/{name} {file_name}: {text}")
    };
    vec![
        "- a folder".into(),
        page("a/1.html", "<p>one"),
        page("up.html", "<p>up"),
        page("root/two.md", "two"),
        "- a hidden file".into(),
        "- not a page by its name".into(),
        "- an archive within an archive".into(),
        "- records within an archive".into(),
        format!("! {archive}/large.txt: larger than 100000 bytes: allow more with --max-page-bytes"),
        page("last.txt", "last"),
    ]
}

#[test]
fn pages_of_a_zip_are_found() {
    let (_folder, source) = file("x.zip", &zip(&files()));
    assert_eq!(shown(source, &small()), expected("x.zip", "x"));
    assert_eq!(shown(stream(&zip(&files())), &small()), expected("f", "f"));
    let (_folder, source) = file("x.zip", &zip_stream(&files()[1..]));
    assert_eq!(shown(source, &small()), expected("x.zip", "x")[1..]);
    assert_eq!(shown(stream(&zip_stream(&files()[1..])), &small()), expected("f", "f")[1..]);
    assert!(shown(stream(&zip(&[])), &small()).is_empty());
}

#[test]
fn pages_of_a_tar_are_found() {
    let long = format!("{}/long.html", "d".repeat(150));
    let mut files = files();
    files.push((&long, b"<p>long"));
    files.push(("z.html.gz", Box::leak(gzip(b"<p>z").into_boxed_slice())));
    let mut wanted = expected("x.tar.gz", "x");
    wanted.push(format!("x.tar.gz/{long} - - - x/{long} long.html: <p>long"));
    wanted.push("x.tar.gz/z.html.gz - - - x/z.html z.html: <p>z".into());
    let (_folder, source) = file("x.tar.gz", &gzip(&tar(&files)));
    assert_eq!(shown(source, &small()), wanted);
    assert_eq!(shown(stream(&tar(&super::archives::files())), &small()), expected("f", "f"));
}

#[test]
fn a_file_with_a_wrong_sum_is_a_failure() {
    let mut bytes = zip(&[("a.html", b""), ("b.html", b"<p>stored"), ("c.html", b"<p>c")]);
    let place = memchr::memmem::find(&bytes, b"<p>stored").expect("it is stored");
    bytes[place + 3] ^= 1;
    let (_folder, source) = file("x.zip", &bytes);
    let found = shown(source, &small());
    assert_eq!(found[1], "! x.zip/b.html: its bytes are not those that were packed: their sum is wrong");
    assert!(found[2].ends_with("<p>c"));
}

#[test]
fn archives_that_are_cut_off_keep_their_pages() {
    let files: [(&str, &[u8]); 2] = [("a.html", b"<p>first"), ("b.html", b"<p>second")];
    for bytes in [zip(&files), zip_stream(&files), tar(&files), gzip(&tar(&files))] {
        for end in (4..bytes.len()).step_by(1 + bytes.len() / 400) {
            let found = shown(stream(&bytes[..end]), &small());
            let pages = found.iter().filter(|line| line.ends_with("<p>first") || line.ends_with("<p>second")).count();
            assert!(pages <= 2 && found.len() <= 3, "{found:?}");
        }
        let found = shown(stream(&bytes[..bytes.len() * 2 / 3]), &small());
        assert!(found[0].ends_with("<p>first") || bytes.starts_with(&[0x1f]), "{found:?}");
        let (_folder, source) = file("x.zip", &bytes[..bytes.len() * 2 / 3]);
        let _ = shown(source, &small());
    }
}

#[test]
fn a_bomb_in_an_archive_ends_at_the_bound() {
    let zeros = vec![0; 3_000_000];
    let too_large = "b.html: larger than 100000 bytes: allow more with --max-page-bytes";
    for bytes in [zip(&[("b.html", &zeros)]), zip_stream(&[("b.html", &zeros)]), tar(&[("b.html", &gzip(&zeros))])] {
        assert_eq!(shown(stream(&bytes), &small()), [format!("! f/{too_large}")]);
    }
}

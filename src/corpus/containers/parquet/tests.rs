//! Tables of pages, whole and broken.

use std::fs;
use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use proptest::prelude::*;
use tempfile::TempDir;

use super::super::{From, Source};
use super::*;
use crate::page::Content;

type Html = Option<&'static str>;

/// A table of an id, an address that is never known, pages, bytes, and numbers; groups of rows as they are given.
fn table(groups: &[Vec<(i64, Html)>]) -> Vec<u8> {
    let schema = "message pages { required int64 id; optional binary url (STRING); optional binary html (STRING);
        required binary raw; required double score; optional group tags (LIST) { repeated group list { required binary
        element (STRING); } } }";
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).expect("a file");
    for rows in groups {
        let mut group = file.next_row_group().expect("a group");
        let ids: Vec<_> = rows.iter().map(|(id, _)| *id).collect();
        column(&mut group, |column| column.typed::<Int64Type>().write_batch(&ids, None, None));
        let levels = vec![0; rows.len()];
        column(&mut group, |column| column.typed::<ByteArrayType>().write_batch(&[], Some(&levels), None));
        let levels: Vec<_> = rows.iter().map(|(_, html)| i16::from(html.is_some())).collect();
        let pages: Vec<ByteArray> = rows.iter().filter_map(|(_, html)| *html).map(ByteArray::from).collect();
        column(&mut group, |column| column.typed::<ByteArrayType>().write_batch(&pages, Some(&levels), None));
        let raw: Vec<ByteArray> = rows.iter().map(|_| ByteArray::from(b"<p>Stra\xdfe".to_vec())).collect();
        column(&mut group, |column| column.typed::<ByteArrayType>().write_batch(&raw, None, None));
        let scores: Vec<_> = rows.iter().map(|_| 0.5).collect();
        column(&mut group, |column| column.typed::<DoubleType>().write_batch(&scores, None, None));
        let levels = vec![0; rows.len()];
        column(&mut group, |column| column.typed::<ByteArrayType>().write_batch(&[], Some(&levels), Some(&levels)));
        group.close().expect("a group");
    }
    file.into_inner().expect("a file")
}

fn column(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    write: impl FnOnce(&mut parquet::file::writer::SerializedColumnWriter<'_>) -> parquet::errors::Result<usize>,
) {
    let mut column = group.next_column().expect("a column").expect("a column");
    write(&mut column).expect("it is written");
    column.close().expect("it is written");
}

fn saved(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("pages.parquet");
    fs::write(&path, bytes).expect("it is written");
    (folder, path)
}

/// What each entry is: a place and its content, or what is said of it.
fn read(bytes: &[u8], columns: &str) -> Vec<String> {
    let (_folder, path) = saved(bytes);
    let mut options = Options { max_page_bytes: 30, ..Options::default() };
    if !columns.is_empty() {
        options.columns = columns.parse().expect("columns");
    }
    let source = Source { name: "t".to_owned(), relative: None, url: None, from: From::File(path) };
    let shown = super::super::open(source, &options).map(|entry| match entry.read() {
        Ok(Some(named)) => match named.page.content {
            Content::Text(text) => format!("{} {:?} {text}", named.place, named.page.url),
            Content::Bytes(bytes) => format!("{} {:?} {bytes:?}", named.place, named.page.url),
        },
        Ok(None) => "passed over".to_owned(),
        Err(failure) => failure.to_string(),
    });
    shown.collect()
}

#[test]
fn rows_are_pages_in_their_order() {
    let groups = [(0..40).map(|id| (id, Some("<p>A"))).collect(), vec![(-7, Some("<p>ü")), (8, None)]];
    let read = read(&table(&groups), "");
    let expected = (0..40).map(|id| format!("t: row {} (id {id}) None <p>A", id + 1));
    let expected = expected
        .chain(["t: row 41 (id -7) None <p>ü".into(), "t: row 42 (id 8): no page in it: null in \"html\"".into()]);
    assert_eq!(read, expected.collect::<Vec<_>>());
}

#[test]
fn columns_are_those_that_are_asked_for() {
    let file = table(&[vec![(1, Some("<p>A"))]]);
    assert_eq!(read(&file, "html=raw,id=html"), [format!("t: row 1 (id <p>A) None {:?}", b"<p>Stra\xdfe")]);
    assert_eq!(read(&file, "html=html,id=score"), ["t: row 1 (id 0.5) None <p>A"]);
    let there = "the table has \"id\", \"url\", \"html\", \"raw\", \"score\", \"tags.list.element\"";
    assert_eq!(read(&file, "html=body"), [format!("t: no column \"body\"; {there}")]);
    assert_eq!(read(&file, "url=uri"), [format!("t: no column \"uri\"; {there}")]);
    assert_eq!(read(&file, "html=score"), ["t: the column \"score\" holds DOUBLE; strings or bytes are wanted"]);
    assert_eq!(
        read(&file, "id=tags.list.element"),
        ["t: the column \"tags.list.element\" holds lists of UTF8; an id is a string or a number"]
    );
    let both = "t: row 1 (id 1): both \"html\" and \"raw\" hold a page: say which, such as --columns html=html";
    assert_eq!(read(&file, "html=html,text=raw"), [both]);
}

#[test]
fn a_page_that_is_too_large_costs_only_itself() {
    let file = table(&[vec![(1, Some("<p>0123456789012345678901234567")), (2, Some("<p>A"))]]);
    assert_eq!(
        read(&file, ""),
        ["t: row 1 (id 1): larger than 30 bytes: allow more with --max-page-bytes", "t: row 2 (id 2) None <p>A"]
    );
}

#[test]
fn what_is_no_table_is_a_failure() {
    let told = |bytes: &[u8]| {
        let read = read(bytes, "");
        assert_eq!(read.len(), 1);
        read.concat()
    };
    assert!(told(b"PAR1").starts_with("t: no Parquet file, or a broken one: "), "{}", told(b"PAR1"));
    let text = b"some text that is no table at all";
    assert!(told(text).starts_with("t: no Parquet file, or a broken one: "), "{}", told(text));
    let options = Options { kind: Some(super::super::Kind::Parquet), ..Options::default() };
    let from = From::Reader(Box::new(&b"PAR1"[..]));
    let source = Source { name: "standard input".to_owned(), relative: None, url: None, from };
    let failure = super::super::open(source, &options).next().expect("an entry").read().expect_err("it cannot be read");
    assert!(failure.reason.starts_with("a Parquet file is read from its end: "), "{failure}");
}

#[test]
fn a_broken_group_costs_no_other() {
    let groups: Vec<Vec<_>> =
        (0..3).map(|group| (0..3).map(move |row| (3 * group + row, Some("<p>Amber")))).map(Iterator::collect).collect();
    let mut file = table(&groups);
    // Where the values of the column stand with their lengths, once a group; elsewhere they are the least and the greatest.
    let value = b"\x08\0\0\0<p>Amber";
    let places: Vec<_> = (0..file.len()).filter(|place| file[*place..].starts_with(value)).collect();
    assert_eq!(places.len(), 3);
    file[places[1]..places[1] + 4].fill(0xff);
    let read = read(&file, "");
    assert_eq!(read.len(), 7, "{read:#?}");
    assert!(read[3].starts_with("t: rows 4 to 6 cannot be read: "), "{read:#?}");
    assert_eq!(read[4], "t: row 7 (id 6) None <p>Amber");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is broken, the entries come to an end, and each is a page or a failure.
    #[test]
    fn broken_files_end(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4), cut in any::<Option<prop::sample::Index>>()) {
        let mut file = table(&[vec![(1, Some("<p>A")), (2, None)], vec![(3, Some("<p>B"))]]);
        for (place, byte) in flips {
            let place = place.index(file.len());
            file[place] = byte;
        }
        if let Some(cut) = cut {
            file.truncate(cut.index(file.len()));
        }
        let (_folder, path) = saved(&file);
        let entries = open("t".to_owned(), &path, &Options::default());
        let mut count = 0;
        for entry in entries.take(10_000) {
            let _ = entry.read();
            count += 1;
        }
        prop_assert!(count < 10_000);
    }
}

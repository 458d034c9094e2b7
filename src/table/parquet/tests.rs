//! What is written reads back, in one group of rows and in several.

use std::fmt::Write as _;

use parquet::file::reader::{FileReader as _, SerializedFileReader};

use super::*;

const FIELDS: &str = "id,title,authors,confidence,encoding,dropped_counts,duplicate_of";

const LINES: &str = r#"{"id":"a","title":"Fähre \"Ada\"\u2028ü","authors":["A","B"],"confidence":0.5,"encoding":{"name":"x"},"dropped_counts":{"share":2,"other":1},"duplicate_of":null}
{"id":18446744073709551615,"title":null,"authors":[],"confidence":1,"encoding":{},"dropped_counts":{},"duplicate_of":"a"}
{"id":null,"title":"","authors":["C"],"confidence":0.125,"encoding":null,"dropped_counts":{"date":3},"duplicate_of":1.50}
{}
"#;

fn written(lines: &str, limits: (usize, usize)) -> Vec<u8> {
    let mut file = Vec::new();
    let fields = FIELDS.parse().expect("fields");
    write(lines.as_bytes(), &fields, &mut file, Path::new("out.parquet"), limits).expect("it is written");
    file
}

/// The rows as text, and how many are in each group.
fn read(file: &[u8]) -> (String, Vec<i64>) {
    let mut on_disk = tempfile::tempfile().expect("a file");
    on_disk.write_all(file).expect("it is written");
    let reader = SerializedFileReader::new(on_disk).expect("a Parquet file");
    let mut shown = String::new();
    for row in reader.get_row_iter(None).expect("rows") {
        for (name, value) in row.expect("a row").get_column_iter() {
            let _ = write!(shown, "{name}={value} ");
        }
        shown.push('\n');
    }
    (shown, reader.metadata().row_groups().iter().map(parquet::file::metadata::RowGroupMetaData::num_rows).collect())
}

#[test]
fn rows_are_those_of_the_lines() {
    let expected = "id=\"a\" title=\"Fähre \"Ada\"\u{2028}ü\" authors=[\"A\", \"B\"] confidence=0.5 encoding=\"{\"name\":\"x\"}\" \
        dropped_counts={\"share\" -> 2, \"other\" -> 1} duplicate_of=null \n\
        id=\"18446744073709551615\" title=null authors=[] confidence=1.0 encoding=\"{}\" dropped_counts={} duplicate_of=\"a\" \n\
        id=null title=\"\" authors=[\"C\"] confidence=0.125 encoding=null dropped_counts={\"date\" -> 3} duplicate_of=\"1.50\" \n\
        id=null title=null authors=null confidence=null encoding=null dropped_counts=null duplicate_of=null \n";
    assert_eq!(read(&written(LINES, (ROWS, BYTES))), (expected.to_owned(), vec![4]));
    assert_eq!(read(&written(LINES, (3, BYTES))), (expected.to_owned(), vec![3, 1]));
    assert_eq!(read(&written(LINES, (ROWS, 286))), (expected.to_owned(), vec![2, 2]));
}

#[test]
fn no_lines_make_a_file_without_rows() {
    assert_eq!(read(&written("", (ROWS, BYTES))), (String::new(), vec![]));
}

#[test]
fn the_same_lines_yield_the_same_bytes() {
    let lines = LINES.repeat(50);
    assert_eq!(written(&lines, (30, BYTES)), written(&lines, (30, BYTES)));
}

#[test]
fn what_is_no_record_is_named_and_leaves_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out.parquet");
    let lines = format!("{LINES}{{\"id\":[]}}\n[]\n");
    let error = from_lines(lines.as_bytes(), &"id,title".parse().expect("fields"), &out, false).expect_err("a list");
    let told = error.to_string();
    assert!(
        told.starts_with("line 6 of those that ") && told.contains("out.parquet is made of is no record: "),
        "{told}"
    );
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn a_file_that_is_there_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out.parquet");
    let fields = Fields::table();
    assert_eq!(from_lines(LINES.as_bytes(), &fields, &out, false).expect("it is written"), 4);
    let error = from_lines(LINES.as_bytes(), &fields, &out, false).expect_err("it is there").to_string();
    assert!(error.ends_with("out.parquet is there already; write elsewhere, or overwrite with --force"), "{error}");
    assert_eq!(from_lines(&b""[..], &fields, &out, true).expect("it is written"), 0);
}

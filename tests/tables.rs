//! Records as tables: lines with some fields, files that are cut off and gone on with, columns.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use dehusk::article::Article;
use dehusk::corpus::containers::{From, Options, Source, open};
use dehusk::page::{Content, Page};
use dehusk::pipeline::Cleaner;
use dehusk::render::json::{self, Record};
use dehusk::rules::library::Library;
use dehusk::table::Compression;
use dehusk::table::fields::{Field, Fields, Kind};
use dehusk::table::frames::{FrameWriter, Whole};
use proptest::prelude::*;
use serde_json::Value;

const PAGE: &str = "<title>Harbour\u{2028}bridge</title><nav><a href=/>Home</a> <a href=/mill>The mill</a></nav><article>\
    <h1>Harbour\u{2028}bridge</h1><p>The bridge over the harbour opens on Sunday, and the ferry ends.\u{85}</p></article>";

fn article(page: &Page<'_>) -> Article {
    Cleaner::new(Library::builtin()).clean(page).expect("a page")
}

fn page() -> Page<'static> {
    Page { url: Some("https://post.example/bridge".into()), content: Content::Text(PAGE.into()), ..Page::default() }
}

fn with_record(test: impl FnOnce(Record<'_>)) {
    let page = page();
    let article = article(&page);
    test(json::record(&article, Value::from("a\u{2028}"), &page));
}

#[test]
fn a_line_with_all_fields_is_the_record() {
    with_record(|mut record| {
        assert_eq!(Fields::all().line(&record).as_str(), json::line(&record));
        record.duplicate_of = Some(Value::from(7));
        assert_eq!(Fields::all().line(&record).as_str(), json::line(&record));
    });
}

#[test]
fn a_line_has_the_fields_that_are_wanted_in_their_order() {
    with_record(|record| {
        let line = |fields: &str| String::from(fields.parse::<Fields>().expect("fields").line(&record));
        assert_eq!(line("format,id"), "{\"format\":\"html\",\"id\":\"a\\u2028\"}\n");
        assert!(line("text").ends_with("and the ferry ends.\\n\"}\n"), "{}", line("text"));
        assert_eq!(
            line("dropped_counts,duplicate_of"),
            "{\"dropped_counts\":{\"navigation\":1},\"duplicate_of\":null}\n"
        );
    });
}

#[test]
fn what_a_page_is_a_duplicate_of_is_put_in_later() {
    with_record(|mut record| {
        for fields in ["all", "table", "title,duplicate_of,id", "duplicate_of", "id,text"] {
            let fields: Fields = fields.parse().expect("fields");
            record.duplicate_of = None;
            let mut line = fields.line(&record);
            line.set_duplicate_of(&"b\u{85}");
            // Once told, it stays.
            line.set_duplicate_of(&"c");
            record.duplicate_of = Some(Value::from("b\u{85}"));
            assert_eq!(line, fields.line(&record));
            assert_eq!(line.as_str().contains("\"b\\u0085\""), fields.contains(Field::DuplicateOf));
        }
    });
}

fn unpacked(file: &Path, compression: Compression) -> String {
    let bytes = fs::read(file).expect("it is there");
    let mut text = String::new();
    let read = match compression {
        Compression::None => bytes.as_slice().read_to_string(&mut text),
        Compression::Gzip => flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_string(&mut text),
        Compression::Zstd => {
            zstd::stream::read::Decoder::new(bytes.as_slice()).expect("zstd").read_to_string(&mut text)
        }
    };
    read.expect("it is whole");
    text
}

/// A line of so many bytes that hardly repeats itself.
fn line(seed: usize, length: usize) -> String {
    let mut state = seed as u64;
    let mut letters = (0..length).map(|_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'a' + u8::try_from((state >> 33) % 26).unwrap_or(0))
    });
    let mut line: String = letters.by_ref().collect();
    line.push('\n');
    line
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    /// A run that is killed anywhere and gone on with at its last checkpoint leaves the same bytes as one that is not.
    #[test]
    fn a_file_that_is_gone_on_with_has_the_same_bytes(
        lengths in prop::collection::vec(0..1_500_000_usize, 0..8),
        cuts in prop::collection::vec((0..12_usize, any::<bool>()), 1..4),
    ) {
        let lines: Vec<_> = lengths.iter().enumerate().map(|(seed, length)| line(seed, *length)).collect();
        for compression in [Compression::None, Compression::Gzip, Compression::Zstd] {
            let folder = tempfile::tempdir().expect("a folder");
            let (straight, cut_off) = (folder.path().join("a"), folder.path().join("b"));
            let mut writer = FrameWriter::create(&straight, compression).expect("a file");
            for line in &lines {
                writer.write_line(line).expect("it is written");
            }
            let all = writer.finish().expect("it is written");
            prop_assert_eq!(all, Whole { bytes: fs::metadata(&straight).expect("it is there").len(), lines: lines.len() as u64 });
            prop_assert_eq!(unpacked(&straight, compression), lines.concat());

            let mut whole = Whole::default();
            FrameWriter::create(&cut_off, compression).expect("a file");
            for (after, is_behind) in &cuts {
                let mut writer = FrameWriter::reopen(&cut_off, compression, whole).expect("a file");
                for line in lines.iter().skip(usize::try_from(whole.lines).expect("few")).take(*after) {
                    writer.write_line(line).expect("it is written");
                }
                // A checkpoint may be older than what is in the file.
                if *is_behind {
                    whole = writer.whole().expect("it is written");
                }
            }
            let mut writer = FrameWriter::reopen(&cut_off, compression, whole).expect("a file");
            for line in lines.iter().skip(usize::try_from(whole.lines).expect("few")) {
                writer.write_line(line).expect("it is written");
            }
            prop_assert_eq!(writer.finish().expect("it is written"), all);
            prop_assert!(fs::read(&cut_off).expect("it is there") == fs::read(&straight).expect("it is there"));
        }
    }
}

#[test]
fn frames_end_after_so_many_bytes_and_stand_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a");
    let mut writer = FrameWriter::create(&file, Compression::Gzip).expect("a file");
    let line = format!("{}\n", "a".repeat(1024 * 1024 - 1));
    let mut lines = Vec::new();
    for _ in 0..9 {
        writer.write_line(&line).expect("it is written");
        lines.push(writer.whole().expect("it is written").lines);
    }
    assert_eq!(lines, [0, 0, 0, 4, 4, 4, 4, 8, 8]);
    let whole = writer.whole().expect("it is written");
    drop(writer);
    assert_eq!(fs::metadata(&file).expect("it is there").len(), whole.bytes);
    assert_eq!(unpacked(&file, Compression::Gzip), line.repeat(8));
}

#[test]
fn a_file_that_is_not_as_it_was_left_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.part");
    fs::write(&file, "{}\n").expect("it is written");
    let whole = Whole { bytes: 4, lines: 1 };
    let error = FrameWriter::reopen(&file, Compression::None, whole).expect_err("it is shorter").to_string();
    assert!(error.contains("a.part: is 3 bytes long, of which 4 were whole when the run was cut off"), "{error}");
    let error = FrameWriter::reopen(&folder.path().join("b"), Compression::None, whole).expect_err("there is none");
    assert!(error.to_string().contains("b: cannot be written: "), "{error}");
}

/// `tests/tables/make.py` wrote the file by pyarrow: the page in Latin-1, one as it is in UTF-8, one that is null.
#[test]
fn a_table_that_another_program_wrote_is_read() {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tables/pages.parquet"));
    let source = Source { name: "pages.parquet".to_owned(), relative: None, url: None, from: From::File(path) };
    let columns = "id=doc_id,url=meta.uri,html=body".parse().expect("columns");
    let options = Options { columns, ..Options::default() };
    let read: Vec<_> = open(source, &options)
        .map(|entry| match entry.read() {
            Ok(named) => {
                let named = named.expect("a page");
                format!("{} {:?} {}", named.place, named.page.url, article(&named.page).text())
            }
            Err(failure) => failure.to_string(),
        })
        .collect();
    let expected = [
        "pages.parquet: row 1 (id 17) Some(\"https://post.example/mill\") M\u{fc}hle\n\nDie M\u{fc}hle am Fluss mahlt wieder, sagt Jonas \u{c4}hre.\n",
        "pages.parquet: row 2 (id 18) None F\u{e4}hre\n\nDie F\u{e4}hre f\u{e4}hrt ab Sonntag jede Stunde \u{2013} auch nachts.\n",
        "pages.parquet: row 3 (id 19): no page in it: null in \"body\"",
    ];
    assert_eq!(read, expected);
}

#[test]
fn the_documentation_has_the_fields() {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/formats.md")).expect("it is there");
    let table = page.split("### Fields").nth(1).and_then(|rest| rest.split("###").next()).expect("the fields");
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let rows: Vec<_> = rows.map(|row| row.split('|').map(str::trim).collect::<Vec<_>>()[1..5].join(" | ")).collect();
    let of_table = Fields::table();
    let expected: Vec<_> = Field::ALL
        .iter()
        .map(|field| {
            let (json, parquet) = match field.kind() {
                Kind::Text => ("string", "string"),
                Kind::Id => ("string, number or null", "string"),
                Kind::Number => ("number", "double"),
                Kind::Texts => ("list of strings", "list of strings"),
                Kind::Counts => ("object of numbers", "map of string to int32"),
                Kind::Json => ("object", "string of JSON"),
            };
            let chosen = if of_table.contains(*field) { "yes" } else { "" };
            format!("`{}` | {json} | {parquet} | {chosen}", field.name())
        })
        .collect();
    let plain = |row: &str| row.replace("string or null", "string").replace("list of objects", "object");
    assert_eq!(rows.iter().map(|row| plain(row)).collect::<Vec<_>>(), expected);
}

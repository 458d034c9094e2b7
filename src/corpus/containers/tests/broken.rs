//! WARC files that are damaged.

use super::*;

/// The answer of a server with a page.
pub(super) const HTTP: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>page";

pub(super) fn record(kind: &str, id: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let content_type = if kind == "response" { "application/http" } else { "text/html" };
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <{id}>\r\nContent-Type: {content_type}\r\nContent-Length: {length}\
         \r\n\r\n{body}\r\n\r\n"
    )
    .into_bytes()
}

fn page(id: u32) -> String {
    format!("{id} - - Html - -: <p>page")
}

type Pack = fn(&[u8]) -> Vec<u8>;

/// Five records, each in a member of its own if they are compressed.
fn five(pack: impl Fn(&[u8]) -> Vec<u8>) -> Vec<Vec<u8>> {
    (1..=5).map(|id| pack(&record("response", &id.to_string(), HTTP))).collect()
}

fn zstd_frame(bytes: &[u8]) -> Vec<u8> {
    let mut writer = zstd::Encoder::new(Vec::new(), 0).expect("an encoder");
    writer.include_checksum(true).and_then(|()| writer.write_all(bytes)).expect("compressed");
    writer.finish().expect("compressed")
}

fn read(bytes: &[u8]) -> Vec<String> {
    shown(stream(bytes), &Options { kind: Some(Kind::Warc), ..small() })
}

#[test]
fn one_broken_record_costs_only_itself() {
    let packs: [Pack; 3] = [<[u8]>::to_vec, gzip, zstd_frame];
    for (pack, names) in packs.into_iter().zip(["plain", "gzip", "zstd"]) {
        let records = five(pack);
        let third: usize = records[..2].iter().map(Vec::len).sum();
        for place in third..third + records[2].len() {
            for flip in [1, 0x80, 0xff] {
                let mut bytes = records.concat();
                // The first bytes of a file say what it is, so the third record is damaged.
                bytes[place] ^= flip;
                let found = read(&bytes);
                let told = format!("{names}: byte {} by {flip}: {found:#?}", place - third);
                assert_eq!(found.len(), 5, "{told}");
                assert_eq!((&found[..2], &found[3..]), (&[page(1), page(2)][..], &[page(4), page(5)][..]), "{told}");
            }
        }
    }
}

#[test]
fn a_file_that_is_cut_off_keeps_what_is_before() {
    let packs: [Pack; 3] = [<[u8]>::to_vec, gzip, zstd_frame];
    for pack in packs {
        let records = five(pack);
        let bytes = records.concat();
        for end in 0..bytes.len() {
            let found = read(&bytes[..end]);
            let mut length = 0;
            let whole = records
                .iter()
                .take_while(|record| {
                    length += record.len();
                    length <= end
                })
                .count();
            let before: Vec<_> = (1..=5).take(whole).map(page).collect();
            assert_eq!(&found[..whole.min(found.len())], before, "{end}: {found:#?}");
            assert!(found.len() <= whole + 1, "{end}: {found:#?}");
            let is_between = records[..whole].iter().map(Vec::len).sum::<usize>() == end;
            assert!(is_between || found.len() == whole + 1, "{end}: {found:#?}");
        }
    }
}

#[test]
fn what_is_between_records_is_one_failure() {
    let records = five(gzip);
    let bytes = [&records[0][..], b"garbage \x1f\x8b\x08 garbage", &records[1], &[0; 700], &records[2]].concat();
    let found = read(&bytes);
    assert_eq!(found.len(), 4, "{found:#?}");
    assert!(
        found[1].starts_with(&format!("! f: record at byte {}: compressed data is broken", records[0].len())),
        "{found:?}"
    );
    assert_eq!(found[3], page(3));
    let records = five(<[u8]>::to_vec);
    let found = read(&[&records[0][..], b"garbage\n", &records[1]].concat());
    assert_eq!(found.len(), 3, "{found:#?}");
    assert_eq!(found[2], page(2));
}

#[test]
fn lengths_that_lie_are_not_believed() {
    let with = |length: &str| {
        let second = String::from_utf8(record("response", "2", HTTP)).expect("text");
        let second = second.replace(&format!("Length: {}", HTTP.len()), &format!("Length: {length}"));
        [record("response", "1", HTTP), second.into_bytes(), record("response", "3", HTTP)].concat()
    };
    for length in
        ["10737418240", "18446744073709551615", "99999999999999999999", "-5", "", "3", "60", "200", "100000", "4000"]
    {
        let found = read(&with(length));
        assert_eq!(found.len(), 3, "{length}: {found:#?}");
        assert!(
            found[0] == page(1) && found[1].starts_with("! f: record at byte ") && found[2] == page(3),
            "{length}: {found:#?}"
        );
        let found = read(&gzip(&with(length)));
        assert_eq!(found.len(), 3, "{length}: {found:#?}");
        assert_eq!(found[2], page(3), "{length}");
    }
}

#[test]
fn large_records_are_passed_by() {
    let large = format!("HTTP/1.1 200 OK\r\n\r\n{}", "a".repeat(300_000));
    let picture = format!("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n{}", "a".repeat(300_000));
    let bytes =
        [record("response", "1", &large), record("response", "2", &picture), record("response", "3", HTTP)].concat();
    let expected = [
        "! f: record at byte 0 (id 1): larger than 100000 bytes: allow more with --max-page-bytes".to_owned(),
        "- not a page by its content type".to_owned(),
        page(3),
    ];
    assert_eq!(read(&bytes), expected);
    assert_eq!(read(&gzip(&bytes)), expected);
}

#[test]
fn bodies_that_are_not_as_their_headers_say() {
    let read_http = |headers: &str, body: &[u8]| {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n\r\n");
        let length = head.len() + body.len();
        let warc = format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\n");
        let found = read(&[warc.as_bytes(), head.as_bytes(), body, b"\r\n\r\n"].concat());
        assert_eq!(found.len(), 1);
        found[0].rsplit_once(": ").map_or_else(String::new, |(_, text)| text.to_owned())
    };
    let chunked = "Transfer-Encoding: chunked";
    assert_eq!(read_http(chunked, b"3\r\n<p>\r\n1;x\r\na\r\n0\r\n\r\n"), "<p>a");
    assert_eq!(read_http(chunked, b"3\r\n<p>\r\nffffffffffffffff\r\na"), "<p>a");
    assert_eq!(read_http(chunked, b"3\r\n<p>\r\n10000000000000000\r\na"), "<p>");
    assert_eq!(read_http(chunked, b"<p>a"), "<p>a");
    assert_eq!(read_http("Content-Encoding: gzip", &gzip(b"<p>a")[..22]), "<p>a");
    assert_eq!(
        read_http("Content-Encoding: br", b"<p>a plain text that is not compressed, and long enough to be sure."),
        "<p>a plain text that is not compressed, and long enough to be sure."
    );
    let bomb = gzip(&gzip(&vec![b'a'; 30_000_000]));
    let too_large = "allow more with --max-page-bytes";
    assert_eq!(read_http("Content-Encoding: gzip, gzip", &bomb), too_large);
    assert_eq!(read_http("Content-Encoding: zstd", &zstd_frame(&vec![b'a'; 3_000_000])), too_large);
    let broken = "cannot be decompressed: its headers say gzip, and its 4 bytes are neither that nor text";
    assert!(broken.ends_with(&read_http("Content-Encoding: gzip", b"\0\x01\x02\x03")));
}

#[test]
fn records_that_are_odd_are_read() {
    let odd = |text: &str| read(text.as_bytes());
    // Line feeds alone, one line break behind the record, a version of the draft, no status text, HTTP/2.
    let text = "WARC/0.18\nWARC-Type: response\nContent-Length: 44\n\nHTTP/2 200\nContent-type : text/html\n\n<p>page\nWARC/1.1\n\
                WARC-Type: resource\nContent-Type: text/plain\nContent-Length: 1\n\na";
    assert_eq!(odd(text), ["- - - Html - -: <p>page", "- - - - - -: a"]);
    assert_eq!(odd("\r\n\r\n"), Vec::<String>::new());
    assert!(odd("<p>no WARC at all")[0].contains("no WARC record begins here"));
    let headers = "X: y\r\n".repeat(9000);
    let found =
        read(&record("response", "1", &format!("HTTP/1.1 200 OK\r\n{headers}Content-Type: text/html\r\n\r\n<p>")));
    assert!(found[0].contains("HTTP headers are longer than 64 KiB"), "{found:?}");
}

use super::*;

fn read(lines: &[u8], longest: usize) -> Vec<String> {
    let mut records = records(io::BufReader::with_capacity(7, lines));
    records.lines.longest = longest;
    let show = |record: Record| {
        let Content::Text(text) = &record.page.content else { return String::new() };
        let id = serde_json::to_string(&record.id).unwrap_or_default();
        format!("{id} {:?} {:?} {text}", record.page.url, record.page.format)
    };
    records.map(|record| record.map_or_else(|error| error.to_string(), show)).collect()
}

#[test]
fn records_are_read() {
    let lines = "\u{feff}{\"id\":\"a\",\"url\":\"u\",\"html\":\"<p>\",\"more\":[1]}\r\n\n  \n{\"id\":1.50,\"text\":\"\"}\n\
        {\"id\":null,\"url\":null,\"markdown\":\"ü\",\"html\":null}";
    let expected = ["\"a\" Some(\"u\") Some(Html) <p>", "1.5 None Some(Text) ", "null None Some(Markdown) ü"];
    assert_eq!(read(lines.as_bytes(), 1000), expected);
    assert!(read(b"", 1000).is_empty());
}

#[test]
fn no_id_loses_a_digit() {
    let ids = ["18446744073709551615", "-9223372036854775808", "12345678901234567890123", "0.12345678901234567890"];
    let lines: String = ids.iter().map(|id| format!("{{\"text\":\"\",\"id\":{id}}}\n")).collect();
    let ids: Vec<_> =
        read(lines.as_bytes(), 1000).iter().map(|line| line.split(' ').next().map(String::from)).collect();
    let expected =
        ["18446744073709551615", "-9223372036854775808", "\"12345678901234567890123\"", "\"0.12345678901234567890\""];
    assert_eq!(ids, expected.map(|id| Some(id.to_owned())));
}

#[test]
fn a_mistake_names_the_id_of_its_record() {
    assert_eq!(read(b"{\"id\":\"a\",\"text\":1}", 1000), ["line 1 (id a): \"text\" must be a string"]);
}

#[test]
fn a_bad_line_costs_only_itself() {
    let good = "null None Some(Text) a";
    let lines: &[u8] = b"{\"text\":\"\xff\"}\n{\"text\":\"a\"}\n{\"text\" \"a\"}\n[]\n{}\n{\"text\":1}\n\
        {\"text\":\"a\",\"html\":\"a\"}\n{\"id\":[],\"text\":\"a\"}\n{\"text\":\"a\"}";
    let read = read(lines, 1000);
    assert_eq!(read[0], "line 1: not UTF-8 at byte 10: JSON is always UTF-8, convert the line");
    assert_eq!(read[1], good);
    assert!(read[2].starts_with("line 3: not JSON at column 9: expected `:`; a record is one object a line"));
    assert!(read[3].starts_with("line 4: not an object"));
    assert_eq!(read[4], "line 5: no page in it: give \"html\", \"markdown\" or \"text\"");
    assert_eq!(read[5], "line 6: \"text\" must be a string");
    assert_eq!(read[6], "line 7: both \"html\" and \"text\": give one of them");
    assert_eq!(read[7], "line 8: \"id\" must be a string or a number");
    assert_eq!(read[8..], [good]);
}

#[test]
fn a_line_that_is_too_long_is_passed_over() {
    let lines = format!("{}\n{{\"text\":\"a\"}}\n{}", "x".repeat(500), "y".repeat(21));
    let too_long = |line| format!("line {line}: longer than 64 MiB: give such a page as a file");
    assert_eq!(read(lines.as_bytes(), 20), [too_long(1), "null None Some(Text) a".into(), too_long(3)]);
}

#[test]
fn keys_may_have_other_names() {
    let columns: Columns = "id=uri,url=uri,html=body".parse().expect("columns");
    let line = Line { number: 3, bytes: br#"{"uri":"https://a.example/","body":"<p>","text":"b"}"#.into() };
    let record = line.read(&columns).expect("a record");
    assert_eq!(record.id, Some(Id::Text("https://a.example/".into())));
    assert_eq!(record.page.url.as_deref(), Some("https://a.example/"));
    assert!(matches!(&record.page.content, Content::Text(text) if text == "<p>"));
    let line = Line { number: 3, bytes: br#"{"html":"<p>"}"#.into() };
    let error = line.read(&columns).expect_err("no page");
    assert_eq!(error.to_string(), "line 3: no page in it: give \"body\"");
}

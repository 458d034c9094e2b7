//! What warcio writes is read as it was meant: `tests/archives/make.py` says what that is.

use std::fs;

use serde_json::Value;

use super::*;

#[test]
fn warcs_of_warcio_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/archives");
    let expected = fs::read(folder.join("pages.json")).expect("what is in them");
    let expected: Vec<Value> = serde_json::from_slice(&expected).expect("JSON");
    for name in ["pages.warc", "pages.warc.gz", "one-member.warc.gz", "pages.warc.zst", "dictionary.warc.zst"] {
        let from = From::File(folder.join(name));
        let source = Source { name: name.into(), relative: None, url: None, from };
        let found: Vec<_> = open(source, &Options::default()).collect();
        assert_eq!(found.len(), expected.len(), "{name}");
        for (entry, expected) in found.into_iter().zip(&expected) {
            if let Entry::PassedOver(word) = entry {
                assert_eq!(expected["passed over"], word, "{name}");
                continue;
            }
            let named = entry.read().expect("it is read").expect("a page");
            assert_eq!(named.id, expected["id"].as_str().map(|id| Id::Text(id.into())), "{name}: {expected}");
            assert_eq!(named.page.url.as_deref(), expected["url"].as_str(), "{name}");
            let bytes: &[u8] = match &named.page.content {
                Content::Bytes(bytes) => bytes,
                Content::Text(text) => text.as_bytes(),
            };
            let text = match named.page.charset.as_deref() {
                // Letters of one byte each.
                Some("ISO-8859-1") => bytes.iter().copied().map(char::from).collect(),
                _ => String::from_utf8_lossy(bytes).into_owned(),
            };
            assert_eq!(expected["text"], text, "{name}");
        }
    }
}

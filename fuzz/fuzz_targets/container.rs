//! Containers: whatever bytes they hold, each entry is a page, a failure or passed over, and no page is larger than allowed.
//!
//! The first byte says which container the rest is taken for; the same bytes are read once more in small pieces, as a pipe
//! hands them on, and have to give the same entries.

#![no_main]

use std::io::{self, Read};

use dehusk::corpus::containers::{From, Kind, Options, Source, open};
use dehusk::corpus::entry::Entry;
use libfuzzer_sys::{Corpus, fuzz_target};

/// A larger page is a failure.
const MOST: usize = 1 << 20;

const KINDS: [Option<Kind>; 7] = [
    None,
    Some(Kind::Warc),
    Some(Kind::Zip),
    Some(Kind::Tar),
    Some(Kind::Mhtml),
    Some(Kind::JsonLines),
    Some(Kind::Page),
];

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Some((first, bytes)) = bytes.split_first() else { return Corpus::Reject };
    let kind = KINDS[usize::from(*first) % KINDS.len()];
    let whole = entries(kind, Box::new(io::Cursor::new(bytes.to_vec())));
    let in_pieces = entries(kind, Box::new(Pieces(io::Cursor::new(bytes.to_vec()))));
    assert_eq!(whole, in_pieces);
    Corpus::Keep
});

/// What the entries of a container come to.
fn entries(kind: Option<Kind>, reader: Box<dyn Read + Send>) -> Vec<String> {
    let options = Options { kind, max_page_bytes: MOST, ..Options::default() };
    let source = Source { name: "bytes".into(), relative: None, url: None, from: From::Reader(reader) };
    open(source, &options).map(told).collect()
}

fn told(entry: Entry) -> String {
    match entry.read() {
        Ok(None) => "passed over".into(),
        Err(failure) => failure.to_string(),
        Ok(Some(named)) => {
            let length = named.page.content.size();
            assert!(length <= MOST.max(64), "{length} bytes");
            format!("{}: {length}", named.place)
        }
    }
}

/// Hands on seven bytes at a time.
struct Pieces(io::Cursor<Vec<u8>>);

impl Read for Pieces {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let most = out.len().min(7);
        self.0.read(&mut out[..most])
    }
}

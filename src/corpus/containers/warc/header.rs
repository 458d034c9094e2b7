//! The header of a WARC record.

/// A longer header is broken.
pub(super) const MAX_HEADER: usize = 64 * 1024;

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// What a server answered.
    Response,
    /// A page as it is, without the answer of a server around it.
    Resource,
    /// The text of a page, as in WET files.
    Conversion,
    /// Anything else, in words to count by.
    Other(&'static str),
}

/// What the header of a record says.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) kind: Type,
    pub(super) id: Option<String>,
    pub(super) url: Option<String>,
    pub(super) content_type: String,
    /// The bytes behind the header.
    pub(super) length: u64,
}

/// Where the header ends, once all of it is there: behind the blank line.
pub(super) fn end(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes).find_map(|line| match &bytes[line + 1..] {
        [b'\n', ..] => Some(line + 2),
        [b'\r', b'\n', ..] => Some(line + 3),
        _ => None,
    })
}

/// Reads a header. What is no version of WARC that there is, or lacks what a record cannot be read without, is broken.
pub(super) fn parse(bytes: &[u8]) -> Result<Header, String> {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.lines();
    let version = lines.next().unwrap_or_default().trim_end();
    if !(version.starts_with("WARC/0.") || version.starts_with("WARC/1.")) {
        return Err("no WARC record begins here".into());
    }
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in lines.take_while(|line| !line.trim_end().is_empty()) {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        } else {
            return Err("a line of its header has no `:`".into());
        }
    }
    let mut take = |name: &str| {
        let place = fields.iter().position(|(other, value)| other == name && !value.is_empty())?;
        Some(fields.swap_remove(place).1)
    };
    let length = take("content-length").ok_or("its header has no Content-Length")?;
    // A sign is no digit: a length is not negative.
    let is_number = length.bytes().all(|byte| byte.is_ascii_digit());
    let length = length.parse().ok().filter(|_| is_number).ok_or("its Content-Length is no number")?;
    let kind = match take("warc-type").ok_or("its header has no WARC-Type")?.to_ascii_lowercase().as_str() {
        "response" => Type::Response,
        "resource" => Type::Resource,
        "conversion" => Type::Conversion,
        "request" => Type::Other("request"),
        "metadata" => Type::Other("metadata"),
        "warcinfo" => Type::Other("warcinfo"),
        "revisit" => Type::Other("revisit"),
        "continuation" => Type::Other("continuation"),
        _ => Type::Other("another type of record"),
    };
    Ok(Header {
        kind,
        id: take("warc-record-id").map(within_brackets),
        url: take("warc-target-uri").map(within_brackets),
        content_type: take("content-type").unwrap_or_default(),
        length,
    })
}

/// Addresses stand in `<…>`, or not, as the writer had it.
fn within_brackets(text: String) -> String {
    match text.strip_prefix('<').and_then(|text| text.strip_suffix('>')) {
        Some(within) => within.to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read() {
        let text = b"WARC/1.0\r\nWARC-Type: Response\r\nwarc-record-id: <urn:uuid:1>\r\nWARC-Target-URI: <https://a.example/\r\n  b>\r\n\
            Content-Length: 12\r\nContent-Type: application/http\r\n\r\nHTTP";
        let end = end(text).expect("an end");
        assert_eq!(&text[end..], b"HTTP");
        let header = parse(&text[..end]).expect("a header");
        assert_eq!((header.kind, header.length), (Type::Response, 12));
        assert_eq!(header.id.as_deref(), Some("urn:uuid:1"));
        assert_eq!(header.url.as_deref(), Some("https://a.example/ b"));
        assert_eq!(header.content_type, "application/http");
    }

    #[test]
    fn broken_headers_say_what_is_wrong() {
        let broken = |text: &str| parse(text.as_bytes()).expect_err("broken");
        assert_eq!(broken("WORC/1.0\r\n\r\n"), "no WARC record begins here");
        assert_eq!(broken("WARC/1.1\nWARC-Type: request\n\n"), "its header has no Content-Length");
        assert_eq!(broken("WARC/1.1\nContent-Length: 1\n\n"), "its header has no WARC-Type");
        assert_eq!(broken("WARC/1.1\nWARC-Type: x\nContent-Length: -1\n\n"), "its Content-Length is no number");
        assert_eq!(broken("WARC/1.1\nWARC-Type: x\nContent-Length: +1\n\n"), "its Content-Length is no number");
        assert_eq!(
            broken("WARC/1.1\nWARC-Type: x\nContent-Length: 99999999999999999999\n\n"),
            "its Content-Length is no number"
        );
        assert_eq!(broken("WARC/1.1\nWARC-Type\n\n"), "a line of its header has no `:`");
        assert_eq!(end(b"WARC/1.0\r\nA: b\r\n"), None);
    }
}

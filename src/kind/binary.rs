//! Recognises files that are not text by the bytes they begin with.

use super::NotAPage;
use crate::decode::unmarked_utf16;

/// How much of a file is looked at.
const REACH: usize = 4096;

const UNPACK: &str = "unpack it first";
const LEAVE_OUT: &str = "leave it out";
const CONVERT: &str = "convert it to HTML or text first";

/// Where in a file, which bytes, what it is, what to do.
type Sign = (usize, &'static [u8], &'static str, &'static str);

const SIGNS: [Sign; 45] = [
    (0, b"%PDF-", "a PDF", CONVERT),
    (0, b"%!PS", "a PostScript document", CONVERT),
    (0, b"{\\rtf", "an RTF document", CONVERT),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document", CONVERT),
    (0, b"\x89PNG\r\n", "a PNG image", LEAVE_OUT),
    (0, b"\xff\xd8\xff", "a JPEG image", LEAVE_OUT),
    (0, b"GIF87a", "a GIF image", LEAVE_OUT),
    (0, b"GIF89a", "a GIF image", LEAVE_OUT),
    (8, b"WEBPVP8", "a WebP image", LEAVE_OUT),
    (0, b"II*\0", "a TIFF image", LEAVE_OUT),
    (0, b"MM\0*", "a TIFF image", LEAVE_OUT),
    (0, b"\0\0\x01\0", "an icon", LEAVE_OUT),
    (4, b"ftypavif", "an AVIF image", LEAVE_OUT),
    (4, b"ftyphei", "a HEIF image", LEAVE_OUT),
    (4, b"ftyp", "a video", LEAVE_OUT),
    (8, b"AVI LIST", "a video", LEAVE_OUT),
    (0, b"\x1a\x45\xdf\xa3", "a video", LEAVE_OUT),
    (0, b"FLV\x01", "a video", LEAVE_OUT),
    (0, b"\0\0\x01\xba", "a video", LEAVE_OUT),
    (8, b"WAVEfmt", "a sound file", LEAVE_OUT),
    (0, b"ID3", "a sound file", LEAVE_OUT),
    (0, b"\xff\xfb", "a sound file", LEAVE_OUT),
    (0, b"fLaC\0", "a sound file", LEAVE_OUT),
    (0, b"OggS\0", "a sound or video file", LEAVE_OUT),
    (0, b"\x1f\x8b", "a gzip file", UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard file", UNPACK),
    (0, b"\xfd7zXZ\0", "an xz file", UNPACK),
    (0, b"\x04\x22\x4d\x18", "an LZ4 file", UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (257, b"ustar", "a tar archive", UNPACK),
    (0, b"PK\x05\x06", "an empty ZIP archive", LEAVE_OUT),
    (0, b"PAR1", "a Parquet file", "turn its pages into JSON Lines first"),
    (0, b"SQLite format 3\0", "a database", "export its pages first"),
    (0, b"\x7fELF", "a program", LEAVE_OUT),
    (0, b"\xcf\xfa\xed\xfe", "a program", LEAVE_OUT),
    (0, b"\xca\xfe\xba\xbe", "a program", LEAVE_OUT),
    (0, b"\0asm", "a program", LEAVE_OUT),
    (0, b"wOFF", "a font", LEAVE_OUT),
    (0, b"wOF2", "a font", LEAVE_OUT),
    (0, b"OTTO\0", "a font", LEAVE_OUT),
    (0, b"\0\x01\0\0\0", "a font", LEAVE_OUT),
    (0, b"glTF", "a 3D model", LEAVE_OUT),
    (0, b"bplist00", "a web archive", "save the page as HTML instead"),
    (0, b"MSCF\0", "a CAB archive", UNPACK),
];

/// Says what bytes are that are not text.
pub(super) fn recognise(bytes: &[u8]) -> Option<NotAPage> {
    let head = &bytes[..bytes.len().min(REACH)];
    let binary = NotAPage { what: "binary data", advice: LEAVE_OUT };
    signed(head).or_else(|| is_unreadable(head).then_some(binary))
}

/// Says what text is that was made of a file that is none, by the sign that it still begins with.
pub(super) fn recognise_text(text: &str) -> Option<NotAPage> {
    signed(&text.as_bytes()[..text.len().min(REACH)])
}

/// What the first bytes of a file are the sign of.
fn signed(head: &[u8]) -> Option<NotAPage> {
    let found = |what, advice| Some(NotAPage { what, advice });
    let sign = |&(at, sign, _, _): &Sign| head.get(at..).is_some_and(|rest| rest.starts_with(sign));
    if let Some((_, _, what, advice)) = SIGNS.into_iter().find(sign) {
        return found(what, advice);
    }
    // A PDF is one even where a server put white space before it.
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if text.starts_with(b"%PDF-") {
        return found("a PDF", CONVERT);
    }
    let holds = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
    if head.starts_with(b"PK\x03\x04") {
        return match () {
            () if holds(b"application/epub+zip") => found("an e-book", CONVERT),
            () if holds(b"[Content_Types].xml") || holds(b"vnd.oasis.opendocument") => {
                found("an office document", CONVERT)
            }
            () => found("a ZIP archive", UNPACK),
        };
    }
    // These begin with letters that a text may begin with as well: a second look.
    if head.starts_with(b"BZh") && head.get(4..10) == Some(b"\x31\x41\x59\x26\x53\x59") {
        return found("a bzip2 file", UNPACK);
    }
    if head.starts_with(b"BM") && head.get(6..10) == Some(b"\0\0\0\0") {
        return found("a BMP image", LEAVE_OUT);
    }
    if head.starts_with(b"MZ") && holds(b"\0\0\0") {
        return found("a program", LEAVE_OUT);
    }
    None
}

/// Whether too many bytes are control characters. A few NULs and the like are in many a scraped page.
fn is_unreadable(head: &[u8]) -> bool {
    let marked = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    if marked || unmarked_utf16(head).is_some() {
        return false;
    }
    let control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | 0x0c | b'\r' | 0x1b);
    let (nuls, controls): (Vec<u8>, Vec<u8>) = head.iter().filter(|&&byte| control(byte)).partition(|&&byte| byte == 0);
    10 * controls.len() > head.len() || 2 * nuls.len() > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], what: Option<&str>) {
        assert_eq!(recognise(bytes).map(|error| error.what), what);
    }

    #[test]
    fn files_are_recognised() {
        check(b"\xef\xbb\xbf\r\n%PDF-1.4", Some("a PDF"));
        check(b"\x89PNG\r\n\x1a\n", Some("a PNG image"));
        check(b"RIFF\0\0\0\0WEBPVP8 ", Some("a WebP image"));
        check(b"\x1f\x8b\x08", Some("a gzip file"));
        check(b"PK\x03\x04..mimetypeapplication/epub+zip", Some("an e-book"));
        check(b"PK\x03\x04..[Content_Types].xml", Some("an office document"));
        check(b"PK\x03\x04..page.html", Some("a ZIP archive"));
        check(b"BZh91AY&SY", Some("a bzip2 file"));
        check(b"\x7fELF\x02", Some("a program"));
        check(&[b"page.html".as_slice(), &[0; 248], b"ustar"].concat(), Some("a tar archive"));
        check(&[1, 2, 3, 4, 5], Some("binary data"));
    }

    #[test]
    fn text_of_a_file_that_is_none_is_recognised() {
        assert_eq!(recognise_text("\u{feff}\n%PDF-1.4 \u{fffd}").map(|error| error.what), Some("a PDF"));
        assert_eq!(recognise_text("A page about %PDF-1.4\0\u{1}\u{2}"), None);
    }

    #[test]
    fn text_is_let_through() {
        let utf16: Vec<u8> = "<p>日本語".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let texts: [&[u8]; 7] =
            [b"", b"BMW baut Autos", b"MZ", b"a\0b\0\0 text", b"Gr\xfc\xdfe", b"\xff\xfe\x01\x02", &utf16];
        for text in texts {
            check(text, None);
        }
    }
}

//! MHTML.

use super::*;

fn message(start: &str) -> String {
    format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/1\r\nSubject: =?utf-8?Q?F=C3=A4hre?=\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";{start}\r\n\tboundary=\"--b--1\"\r\n\r\n\r\n\
         ----b--1\r\nContent-Type: text/css\r\nContent-Location: https://a.example/a.css\r\n\r\np {{}}\r\n\
         ----b--1\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-ID: <one>\r\n\
         Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://a.example/frame\r\n\r\n\
         <p>F=E4hre =\r\n3D\r\n\
         ----b--1\r\nContent-Type: text/html\r\nContent-ID: <two>\r\nContent-Transfer-Encoding: base64\r\n\r\n\
         PHA+dHdv\r\n----b--1--\r\n"
    )
}

#[test]
fn the_page_of_a_message_is_found() {
    let expected = "f https://a.example/1 iso-8859-1 Html f -: <p>F\u{fffd}hre 3D\r\n";
    assert_eq!(shown(stream(message("").as_bytes()), &small()), [expected]);
    let two = message("\r\n\tstart=\"<two>\";");
    assert_eq!(shown(stream(two.as_bytes()), &small()), ["f https://a.example/1 - Html f -: <p>two"]);
    let (_folder, source) = file("a.mht.gz", &gzip(b"Content-Type: text/html\n\n<p>alone"));
    assert_eq!(shown(source, &small()), ["a.mht.gz - - Html a.mht.gz -: <p>alone"]);
}

#[test]
fn messages_without_a_page_say_so() {
    let read = |text: &str| {
        let (_folder, source) = file("a.mhtml", text.as_bytes());
        shown(source, &small()).remove(0)
    };
    assert!(read("").contains("a message without a page"), "{}", read(""));
    assert!(read("Content-Type: image/png\n\n").contains("a message without a page"));
    assert!(read("Content-Type: multipart/related\n\n").contains("does not say what stands between them"));
}

#[test]
fn parts_within_parts_end_somewhere() {
    let part = |depth| format!("Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n");
    let text: String = (0..5000).map(part).collect();
    let (_folder, source) = file("a.mhtml", text.as_bytes());
    assert!(shown(source, &Options::default())[0].contains("more than 32 times over"));
    let many = format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\n".repeat(500_000));
    let (_folder, source) = file("a.mhtml", many.as_bytes());
    assert!(shown(source, &Options::default())[0].contains("more than 20000 parts"));
}

#[test]
fn messages_that_are_cut_off_never_panic() {
    let whole = message("");
    for end in 0..whole.len() {
        let (_folder, source) =
            (0, Source { from: From::Reader(Box::new(io::Cursor::new(whole[..end].to_owned()))), ..stream(b"") });
        assert_eq!(shown(source, &Options { kind: Some(Kind::Mhtml), ..small() }).len(), 1);
    }
}

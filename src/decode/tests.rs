use proptest::prelude::*;

use encoding_rs::WINDOWS_1252;

use super::*;

fn page<'a>(bytes: &'a [u8], charset: Option<&str>) -> Page<'a> {
    Page { content: Content::Bytes(bytes.into()), charset: charset.map(Into::into), ..Page::default() }
}

#[track_caller]
fn check(bytes: &[u8], charset: Option<&str>, text: &str, encoding: &str, by: DecidedBy) -> Option<&'static str> {
    let page = page(bytes, charset);
    let decoded = decode(&page);
    assert_eq!((&*decoded.text, decoded.encoding, decoded.decided_by), (text, encoding, by));
    assert_eq!(decoded.malformed, text.contains('\u{fffd}'));
    decoded.overruled
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn utf8_with_and_without_a_mark() {
    check("Grüße".as_bytes(), None, "Grüße", "UTF-8", DecidedBy::Detection);
    check("\u{feff}Grüße".as_bytes(), Some("latin1"), "Grüße", "UTF-8", DecidedBy::Mark);
    check(b"", None, "", "UTF-8", DecidedBy::Detection);
    check("Grüße".as_bytes(), Some(" UTF-8 "), "Grüße", "UTF-8", DecidedBy::Transport);
}

#[test]
fn utf16_with_and_without_a_mark() {
    let text = "<p>Grüße 日本";
    check(&utf16(&format!("\u{feff}{text}"), u16::to_le_bytes), None, text, "UTF-16LE", DecidedBy::Mark);
    check(&utf16(&format!("\u{feff}{text}"), u16::to_be_bytes), None, text, "UTF-16BE", DecidedBy::Mark);
    check(&utf16(text, u16::to_le_bytes), None, text, "UTF-16LE", DecidedBy::Detection);
    check(&utf16(text, u16::to_be_bytes), Some("utf-8"), text, "UTF-16BE", DecidedBy::Detection);
    let overruled = check("Grüße".as_bytes(), Some("utf-16"), "Grüße", "UTF-8", DecidedBy::Detection);
    assert_eq!(overruled, Some("UTF-16LE"));
}

#[test]
fn legacy_encodings_as_declared() {
    check(b"\xa4 5", Some("iso-8859-15"), "€ 5", "ISO-8859-15", DecidedBy::Transport);
    check(b"\x80 5 \x96", Some("ISO-8859-1"), "€ 5 –", "windows-1252", DecidedBy::Transport);
    let declared = b"<meta charset='Shift_JIS'>\x93\xfa\x96{";
    check(declared, None, "<meta charset='Shift_JIS'>日本", "Shift_JIS", DecidedBy::Declaration);
    let declared = b"<?xml version=\"1.0\" encoding='iso-8859-2'?>\xb9";
    check(declared, None, "<?xml version=\"1.0\" encoding='iso-8859-2'?>š", "ISO-8859-2", DecidedBy::Declaration);
}

#[test]
fn detection_reads_what_nobody_declared() {
    let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode("日本語の文章です。新しい研究所が開設されました。");
    assert_eq!(decode(&page(&bytes, None)).encoding, "Shift_JIS");
    let (bytes, _, _) = WINDOWS_1252.encode("Über die Größe der Bäume im Schwarzwald – ein Überblick");
    assert_eq!(decode(&page(&bytes, None)).encoding, "windows-1252");
    let japanese = b"\x1b$BF|K\\8l\x1b(B";
    check(japanese, None, "日本語", "ISO-2022-JP", DecidedBy::Detection);
}

#[test]
fn half_a_character_at_the_end_does_not_spoil_the_guess() {
    let japanese = "新しい研究所が海辺の町に開設されました。市民は朝から列を作って見学を待っています。".repeat(10);
    let simplified = "新的研究所昨天在海边的小城开放了。市民们从早上开始排队等待参观。".repeat(10);
    let traditional = "新的研究所昨天在海邊的小鎮開放了。市民們從早上開始排隊等待參觀。".repeat(10);
    let encodings = [
        (encoding_rs::SHIFT_JIS, japanese.as_str()),
        (encoding_rs::EUC_JP, japanese.as_str()),
        (encoding_rs::GBK, simplified.as_str()),
        (encoding_rs::BIG5, traditional.as_str()),
    ];
    for (encoding, text) in encodings {
        let (bytes, _, _) = encoding.encode(text);
        for cut in [0, 1] {
            let page = page(&bytes[..bytes.len() - cut], None);
            let decoded = decode(&page);
            assert_eq!((decoded.encoding, decoded.malformed), (encoding.name(), false), "{cut} bytes cut off");
            assert!(text.starts_with(&*decoded.text));
        }
    }
    let (latin, _, _) = WINDOWS_1252.encode("Über die Größe der Bäume im Café");
    assert_eq!(decode(&page(&latin, None)).encoding, "windows-1252");
}

#[test]
fn a_wrong_declaration_is_overruled() {
    let utf8 = "<meta charset=windows-1252>Grüße";
    assert_eq!(check(utf8.as_bytes(), None, utf8, "UTF-8", DecidedBy::Detection), Some("windows-1252"));
    let latin = b"Gr\xfc\xdfe aus K\xf6ln und M\xfcnchen";
    let text = "Grüße aus Köln und München";
    assert_eq!(check(latin, Some("utf-8"), text, "windows-1252", DecidedBy::Detection), Some("UTF-8"));
    let latin = b"<meta charset=iso-8859-15>\xa4";
    let text = "<meta charset=iso-8859-15>€";
    assert_eq!(check(latin, Some("utf-8"), text, "ISO-8859-15", DecidedBy::Declaration), Some("UTF-8"));
}

#[test]
fn a_few_broken_bytes_do_not_spoil_a_page() {
    let mut bytes = "Grüße aus Köln, Überall Bäume".as_bytes().to_vec();
    bytes.extend(b"\xe2\x82. Ende");
    let page = page(&bytes, Some("utf-8"));
    let decoded = decode(&page);
    assert_eq!(decoded.text, "Grüße aus Köln, Überall Bäume\u{fffd}. Ende");
    assert_eq!((decoded.decided_by, decoded.malformed), (DecidedBy::Transport, true));
}

#[test]
fn a_character_cut_off_at_the_end_is_left_out() {
    check("Grüße €".as_bytes().split_at(10).0, None, "Grüße ", "UTF-8", DecidedBy::Detection);
    check(b"\xef\xbb\xbfa\xe2\x82", None, "a", "UTF-8", DecidedBy::Mark);
    check(b"\x93\xfa\x96", Some("sjis"), "日", "Shift_JIS", DecidedBy::Transport);
    check(b"\xff\xfea\0b", None, "a", "UTF-16LE", DecidedBy::Mark);
    check(b"\xff\xfea\0\x3d\xd8", None, "a", "UTF-16LE", DecidedBy::Mark);
}

#[test]
fn an_accent_at_the_end_is_no_cut_character() {
    check(b"Un caf\xe9", None, "Un café", "windows-1252", DecidedBy::Detection);
}

#[test]
fn nuls_stay_for_the_parser() {
    check("a\0ü".as_bytes(), Some("utf-8"), "a\0ü", "UTF-8", DecidedBy::Transport);
    assert_eq!(replace_nuls("a\0b".into()), "a\u{fffd}b");
    assert!(matches!(replace_nuls("ab".into()), Cow::Borrowed(_)));
}

#[test]
fn text_is_given() {
    let page = Page { content: Content::Text("\u{feff}a".into()), ..Page::default() };
    let decoded = decode(&page);
    assert_eq!((&*decoded.text, decoded.decided_by), ("a", DecidedBy::Given));
    assert_eq!(serde_json::to_string(&decoded.decided_by).expect("a name"), "\"given\"");
}

#[test]
fn declarations_follow_the_standard() {
    let name = |head: &str| prescan::declared_encoding(head.as_bytes()).map(Encoding::name);
    assert_eq!(name("<META  CHARSET = \"Latin1\" >"), Some("windows-1252"));
    assert_eq!(
        name("<meta content='text/html; charset=koi8-r' http-equiv=Content-Type>"),
        Some("KOI8-R"),
        "the order of attributes does not matter"
    );
    assert_eq!(name("<meta name=x content='text/html; charset=koi8-r'>"), None);
    assert_eq!(name("<meta charset=utf-16le>"), Some("UTF-8"));
    assert_eq!(name("<meta charset=x-user-defined>"), Some("windows-1252"));
    assert_eq!(name("<!-- <meta charset=koi8-r> --><meta charset=big5>"), Some("Big5"));
    assert_eq!(name("<!--><meta charset=big5>"), Some("Big5"));
    assert_eq!(name("<a title='<meta charset=koi8-r>'><meta charset=big5>"), Some("Big5"));
    assert_eq!(name("<metadata charset=big5>"), None);
    assert_eq!(name("<meta charset=nonsense><meta charset=big5>"), Some("Big5"));
    assert_eq!(name(&format!("{}<meta charset=big5>", " ".repeat(1024))), None);
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200), meta in "<(meta|!--|a|\\?xml)[ a-z=\"'>-]{0,30}") {
        let all = [meta.as_bytes(), &bytes].concat();
        decode(&page(&all, None));
    }

    #[test]
    fn utf8_cut_anywhere_is_a_prefix(text in "\\PC{0,40}", cut in 0usize..200) {
        let bytes = &text.as_bytes()[..cut.min(text.len())];
        let page = page(bytes, Some("utf-8"));
        let text = text.trim_start_matches('\u{feff}');
        prop_assert!(text.starts_with(&*decode(&page).text));
    }
}

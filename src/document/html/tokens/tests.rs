//! The tokens are those of html5ever's own tokenizer.

use std::cell::RefCell;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use proptest::prelude::*;
use proptest::sample::select;

use super::tokenize_in_pieces;

/// Writes tokens down, and switches to text without markup where a tree builder would.
#[derive(Default)]
struct Recorder {
    told: RefCell<Vec<String>>,
    text: RefCell<String>,
    foreign: bool,
}

impl Recorder {
    fn end_text(&self) {
        let text = self.text.take();
        if !text.is_empty() {
            self.told.borrow_mut().push(format!("{text:?}"));
        }
    }
}

impl TokenSink for Recorder {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) => {
                assert!(!text.contains('\0'));
                self.text.borrow_mut().push_str(&text);
                return TokenSinkResult::Continue;
            }
            Token::ParseError(_) => return TokenSinkResult::Continue,
            _ => self.end_text(),
        }
        let (told, result) = match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let result = match &*tag.name {
                    "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" => TokenSinkResult::RawData(RawKind::Rawtext),
                    "title" => TokenSinkResult::RawData(RawKind::Rcdata),
                    "plaintext" => TokenSinkResult::Plaintext,
                    _ => TokenSinkResult::Continue,
                };
                let attributes = tag.attrs.iter().map(|one| format!(" {:?}={:?}", &*one.name.local, &*one.value));
                (format!("<{:?}{} {}>", &*tag.name, attributes.collect::<String>(), tag.self_closing), result)
            }
            Token::TagToken(tag) => {
                let scripted = &*tag.name == "script";
                let result = if scripted { TokenSinkResult::Script(()) } else { TokenSinkResult::Continue };
                (format!("</{:?} {}>", &*tag.name, tag.self_closing), result)
            }
            Token::CommentToken(_) => ("comment".to_owned(), TokenSinkResult::Continue),
            other => (format!("{other:?}"), TokenSinkResult::Continue),
        };
        self.told.borrow_mut().push(told);
        result
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.foreign
    }
}

fn theirs(page: &str, foreign: bool) -> Vec<String> {
    let options = TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(Recorder { foreign, ..Recorder::default() }, options);
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(page));
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.told.take()
}

fn ours(page: &str, foreign: bool, piece: usize) -> Vec<String> {
    let recorder = Recorder { foreign, ..Recorder::default() };
    tokenize_in_pieces(page, &recorder, piece);
    recorder.told.take()
}

fn check(page: &str) {
    for foreign in [false, true] {
        let theirs = theirs(page, foreign);
        for piece in [1, 7, 1000] {
            assert_eq!(ours(page, foreign, piece), theirs, "{page:?}");
        }
    }
}

#[test]
fn odd_markup() {
    for page in [
        "",
        "a\r\nb\rc\n\r<p\r\nx\r=\r'\r\n'\r>",
        "<",
        "</",
        "a</>b</ c>d<?e?>f<!g>h<!>i< j<3",
        "<p a b=c d='e' f=\"g\"h i = j k= l/m/ =n==o p=>q<br/><br / ><A B=C D='>'>",
        "<p a=1 A=2 \0=3 a\0=4 x='\0'>",
        "<p",
        "<p a",
        "<p a=",
        "<p a='b",
        "<p a=b",
        "<p /",
        "<!-->a<!--->b<!---->c<!--d-->e<!--f--!>g<!--h-- >i--><!--j<!--k-->l<!--m<!-->n<!-----!>o<!--p",
        "<!doctype><!DOCTYPE html><!doctypehtml><!doctype html public><!doctype html system 'about:legacy-compat'>",
        "<!doctype html PUBLIC '-//W3C//DTD HTML 4.01//EN' \"http://x\" [y]>a<!doctype x public \"a\"'b'>",
        "<!doctype x public 'a' >b<!doctype x system 'a>b<!doctype x public a>b<!doctype x y>c<!doctype \0\0 system '\0'",
        "<!doctype html",
        "<!doctype html system 'a' x",
        "<![CDATA[a<b>]]]>c<![CDATA[d\0]]e",
        "<title>a&amp;b</b></titl></title x='>'>c<style>&amp;</p></style/>d<STYLE>\0</StYlE\n>e<title>f</title",
        "<script>a<!--b</script>c<script><!--<script>d</script>e--></script>f<script><!-->g</script>h",
        "<script><!--<scriptx></script>a<script><!--<script </script x>--</script></script>b<script><!---</script>",
        "<script><!--<SCRIPT/</Script>--!></script>a<script><!--<script>--></script>b<script>c<!--<script>d</script>",
        "<plaintext>a</plaintext>\0<b>",
        "&amp;&amp&ampx&notit;&notin;&not;&#65;&#65b&#x41;&#X41g&#;&#x;&#xg&#0;&#128;&#x110000;&#xd800;&#99999999999;",
        "&nbsp;&lt&gt;&quot;&apos;&NotEqualTilde;&fjlig;&x;&;&&lt;&#x80&#13;&Aacute&aacutex&",
        "<p a='&amp;&amp&amp=&ampx&not;&notit&copy=1&#65&#x41;&' b=&lt;c&gt d=&ampe>",
        "a\0b\u{feff}é\u{2028}<é></é><p é=é>",
    ] {
        check(page);
    }
}

#[test]
fn surplus_attributes_go() {
    let many: String = (0..5000).map(|n| format!(" a{n}='{n} > é'")).collect();
    let told = ours(&format!("<p{many}>kept</p>"), false, 1000);
    assert!(told[0].contains("\"a1023\"") && !told[0].contains("\"a1024\""));
    assert_eq!(told[1..], ["\"kept\"", "</\"p\" false>", "EOFToken"]);
}

fn soup() -> impl Strategy<Value = String> {
    let pieces = [
        "<",
        ">",
        "/",
        "=",
        "'",
        "\"",
        " ",
        "\n",
        "\r",
        "\0",
        "-",
        "--",
        "!",
        "?",
        "a",
        "B",
        "é",
        "&",
        "#",
        "x4",
        "1",
        ";",
        "amp",
        "not",
        "in",
        "[CDATA[",
        "]]",
        "<!--",
        "-->",
        "<!doctype",
        " public",
        " system",
        "<p",
        "</p>",
        "<script",
        "</script",
        "<title>",
        "</title",
        "<style>",
        "</style",
        "<plaintext>",
        "\u{85}",
        "&lt",
        "<b a=",
        "\x0c",
        "\x0b",
    ];
    proptest::collection::vec(select(pieces.to_vec()), 0..25).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5000))]

    #[test]
    fn any_soup(page in soup()) {
        check(&page);
    }
}

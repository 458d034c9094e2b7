//! Our tree is the one that scraper makes of the same page.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::document::html::parse;

/// A tree, a node a line.
fn ours(html: &str) -> String {
    written(&parse::document(html).expect("within bounds"))
}

fn written(tree: &Tree) -> String {
    check_links(tree.root());
    let mut out = String::new();
    for node in tree.root().descendants() {
        let depth = node.ancestors().count();
        let what = match node.kind() {
            Kind::Document => "document".to_owned(),
            Kind::Fragment => "fragment".to_owned(),
            Kind::Aside => "aside".to_owned(),
            Kind::Text(text) => format!("{text:?}"),
            Kind::Element(element) => {
                let attributes = element.attributes().map(|(name, value)| format!(" {}={value:?}", qualified(name)));
                let mut attributes: Vec<_> = attributes.collect();
                attributes.sort();
                format!("<{} {}{}>", &**element.namespace(), element.name(), attributes.concat())
            }
        };
        let _ = writeln!(out, "{depth} {what}");
    }
    out
}

/// The tree of scraper, written the same way.
fn theirs(html: &str) -> String {
    let tree = scraper::Html::parse_document(html).tree;
    let mut out = String::new();
    for node in tree.root().descendants() {
        let depth = node.ancestors().count();
        let what = match node.value() {
            scraper::Node::Document => "document".to_owned(),
            scraper::Node::Fragment => "fragment".to_owned(),
            scraper::Node::Text(text) => format!("{:?}", &**text),
            scraper::Node::Element(element) => {
                let mut attributes: Vec<_> =
                    element.attrs.iter().map(|(name, value)| format!(" {}={:?}", qualified(name), &**value)).collect();
                attributes.sort();
                format!("<{} {}{}>", &*element.name.ns, element.name(), attributes.concat())
            }
            _ => "aside".to_owned(),
        };
        let _ = writeln!(out, "{depth} {what}");
    }
    out
}

fn qualified(name: &html5ever::QualName) -> String {
    format!("{}|{}|{}", name.prefix.as_deref().unwrap_or_default(), &*name.ns, &*name.local)
}

/// Both ways along the links lead to the same nodes.
fn check_links(root: Node<'_>) {
    for node in root.descendants() {
        let children: Vec<_> = node.children().collect();
        let mut backwards: Vec<_> =
            std::iter::successors(node.last_child(), |child| child.previous_sibling()).collect();
        backwards.reverse();
        assert_eq!(children, backwards);
        assert!(children.iter().all(|child| child.parent() == Some(node)));
    }
    let edges: Vec<_> = root.traverse().collect();
    let opened = edges.iter().filter_map(|edge| if let Edge::Open(node) = edge { Some(*node) } else { None });
    let opened: Vec<_> = opened.collect();
    assert_eq!(opened, root.descendants().collect::<Vec<_>>());
    assert_eq!(edges.len(), 2 * opened.len());
}

#[test]
fn odd_pages_make_the_same_tree() {
    for html in [
        "",
        "text",
        "<!doctype html><!-- a --><html lang=x><head></head><body class=a>b</body></html> c <!-- d -->",
        "<p>a<b>b<p>c</b>d<i>e<p>f</i>g",
        "<a>1<a>2<div>3<a>4</div>5",
        "<b><p><i>x</b>y</p>z</i>",
        "<b>1<i>2<u>3</b>4</i>5</u>6",
        "<table>a<tr>b<td>c</td>d<table>e<td>f</table>g</table>h",
        "<table><tr><td>1</table>x<table>y<b>z<tr>w</b>v",
        "x<table>1<td>a<tr>2<td>b<tr>3</table>",
        "<table><caption>a<td>b<col><colgroup><thead><tfoot><form><input type=hidden><input></table>",
        "<select><option>a<option>b<optgroup><option>c<hr><p>d</select>e",
        "<template>a<p>b<template>c</template></template><p>d<template><tr><td>e</template>",
        "<table><template><td>x</template></table><head><template>y</template></head>",
        "<svg viewbox=0 xlink:href=a><title>b</title><foreignobject><p>c<svg><p>d</svg></foreignobject><g/></svg>e",
        "<math><mi>a<mtext><p>b</mtext><annotation-xml encoding=text/html><p>c</annotation-xml></math>d",
        "<svg><desc><table>a<td>b</desc></svg><math definitionurl=x><mglyph><p>c",
        "<html a=1 b=2><html b=3 c=4><body d=5><body d=6 e=7>x<body f=8>y<html g=9>z",
        "<frameset><frame><noframes>a</noframes></frameset>b",
        "<p>a<frameset>",
        "<plaintext>a<b>c",
        "<textarea>\n\na<b></textarea><pre>\nb</pre><listing>\n\nc</listing><title>d<e</title>",
        "<script>a<!--<script>b</script>--></script><style><p></style><noscript><p>x</noscript>",
        "<button>a<button>b<p>c</button>d<nobr>e<nobr>f<h1>g<h2>h</h1>i<li>j<li>k<dd>l<dt>m",
        "<form>a<form>b<div></form>c</div><isindex><image><input><br></br></p>",
        "<ruby>a<rb>b<rt>c<rtc>d<rp>e</ruby><marquee><b>a<marquee>b</marquee>c</marquee>",
        "\u{feff}<p>x",
        "a\0b<p>\0</p><svg>\0</svg>\u{feff}&amp;&nbsp;&#0;&notit;&#x80;",
        "<?pi x><!doctype><!x></ x><![CDATA[a]]><svg><![CDATA[b]]></svg>",
        "<p class=a class=b ID=c>x<p id>y<p =z>",
    ] {
        assert_eq!(ours(html), theirs(html), "{html}");
    }
}

#[test]
fn texts_that_grow_in_turn_are_all_kept() {
    // What stands in the table but in no cell goes before it: two texts grow, a piece at a time.
    let html = format!("<table>{}", "a<tr><td>b</td>c".repeat(500));
    assert_eq!(ours(&html), theirs(&html));
    let html = "x<body a=1>y<body b=2>z<html c=3>w".repeat(50);
    assert_eq!(ours(&html), theirs(&html));
}

#[test]
fn common_attributes_have_their_numbers() {
    for (number, name) in (0..).zip(arena::COMMON) {
        assert_eq!(arena::common(name), Some(number));
        let tree = parse::document(&format!("<p a=0 {name}=x b=1><i>")).expect("within bounds");
        let found: Vec<_> = tree.elements().map(|element| element.attr(name)).collect();
        assert_eq!(found, [None, None, None, Some("x"), None], "{name}");
    }
    assert_eq!(std::mem::size_of::<arena::Slot>(), 36);
}

#[test]
fn elements_know_what_is_around_them() {
    let tree =
        parse::document("<main id=m><p class='b a b'>one<br>two</p><p hidden>three</main>").expect("within bounds");
    let main = tree.elements().find(|element| element.name() == "main").expect("an element");
    let children: Vec<_> = main.children().collect();
    assert_eq!((main.id(), main.parent().map(Element::name)), (Some("m"), Some("body")));
    assert_eq!(children[0].classes().collect::<Vec<_>>(), ["b", "a", "b"]);
    assert_eq!((children[0].attr("hidden"), children[1].attr("hidden")), (None, Some("")));
    assert_eq!(children[1].previous_sibling(), Some(children[0]));
    assert_eq!((children[0].next_sibling(), children[1].next_sibling()), (Some(children[1]), None));
    assert_eq!((main.text().as_str(), children[0].text().as_str()), ("onetwothree", "onetwo"));
    let below: Vec<_> = main.descendants().map(Element::name).collect();
    assert_eq!(below, ["p", "br", "p"]);
    let around: Vec<_> = children[1].ancestors().map(Element::name).collect();
    assert_eq!(around, ["main", "body", "html"]);
    assert_eq!(tree.element(main.node_id()), Some(main));
    assert_eq!(tree.element(NodeId::ROOT), None);
}

const TAGS: [&str; 44] = [
    "a",
    "b",
    "i",
    "nobr",
    "p",
    "div",
    "span",
    "h1",
    "ul",
    "li",
    "table",
    "tbody",
    "tr",
    "td",
    "th",
    "caption",
    "col",
    "colgroup",
    "select",
    "option",
    "optgroup",
    "template",
    "svg",
    "foreignobject",
    "desc",
    "title",
    "math",
    "mi",
    "mtext",
    "annotation-xml encoding=text/html",
    "form",
    "input",
    "button",
    "marquee",
    "applet",
    "html",
    "head",
    "body",
    "frameset",
    "br",
    "hr",
    "pre",
    "textarea",
    "x-y",
];

fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        5 => (select(&TAGS[..]), select(&["", " id=a", " class='a b'", " a=1 b=2 a=3"][..]))
            .prop_map(|(tag, attributes)| format!("<{tag}{attributes}>")),
        3 => select(&TAGS[..]).prop_map(|tag| format!("</{tag}>")),
        3 => select(&["x", " ", "\n", "&amp;", "<!-- c -->", "é", "\0"][..]).prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_soup_makes_the_same_tree(html in soup()) {
        prop_assert_eq!(ours(&html), theirs(&html));
    }
}

/// `cargo test --lib -- --ignored real_pages`, with the corpora beside the checkout.
#[test]
#[ignore = "reads the corpora in ../shared"]
fn real_pages_make_the_same_tree() {
    use std::io::Read as _;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora/wcxb-dev/pages");
    let mut different = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the corpus") {
        let path = entry.expect("a page").path();
        let mut bytes = Vec::new();
        let file = std::fs::File::open(&path).expect("a page");
        flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).expect("a page");
        let html = String::from_utf8_lossy(&bytes);
        let (ours, theirs) = (ours(&html), theirs(&html));
        let first = ours.lines().zip(theirs.lines()).find(|(our, their)| our != their);
        if ours != theirs {
            different.push(format!("{}: {first:?}", path.display()));
        }
    }
    assert_eq!(different, [""; 0]);
}

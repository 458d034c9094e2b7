use super::*;
use crate::document::{Block, BlockKind, Mark, Marker, Style, Unseen};

/// The blocks that a reader sees, a line each: kind, text.
fn seen(html: &str) -> Vec<String> {
    let document = read(html).expect("within bounds");
    document.blocks.iter().filter(|block| block.has_visible_text()).map(line).collect()
}

fn line(block: &Block) -> String {
    let kind = match block.kind {
        BlockKind::Heading { level } => format!("h{level}"),
        BlockKind::Paragraph => "p".to_owned(),
        BlockKind::ListItem { depth, marker: Marker::Bullet } => format!("li{depth}"),
        BlockKind::ListItem { depth, marker: Marker::Number(number) } => format!("li{depth}.{number}"),
        BlockKind::ListItem { depth, marker: Marker::None } => format!("li{depth}+"),
        BlockKind::Term => "dt".to_owned(),
        BlockKind::Definition => "dd".to_owned(),
        BlockKind::Quote => "q".to_owned(),
        BlockKind::Code => "code".to_owned(),
        BlockKind::TableRow { header } => if header { "th" } else { "tr" }.to_owned(),
        BlockKind::Caption => "cap".to_owned(),
    };
    format!("{kind}: {}", block.text)
}

#[test]
fn paragraphs_of_all_making() {
    assert_eq!(
        seen("<p>one\n two</p>bare<div>in a div<p>and</div>after"),
        ["p: one two", "p: bare", "p: in a div", "p: and", "p: after"]
    );
    assert_eq!(seen("<div>one<br> <br>two<br>three<br><br><br>four</div>"), ["p: one", "p: two\nthree", "p: four"]);
    assert_eq!(seen("<p>a<br>&nbsp;<br>b<br>&nbsp;</p>"), ["p: a", "p: b"]);
    assert_eq!(seen("<span style='display:block'>a</span><span style='display:block'>b</span>"), ["p: a", "p: b"]);
    assert_eq!(seen("<h2>Head</h2>x<hr>y<button>Show</button>"), ["h2: Head", "p: x", "p: y", "p: Show"]);
}

#[test]
fn lists_nest_and_count() {
    let html = "<ul><li>a<ol start=3><li>b<li value=7>c</ol>d<li><p>e</p><p>f</p></ul><ol reversed><li>x<li>y</ol>";
    assert_eq!(seen(html), ["li1: a", "li2.3: b", "li2.7: c", "li1+: d", "li1: e", "li1+: f", "li1.2: x", "li1.1: y"]);
    assert_eq!(seen("<dl><dt>T<dd>D</dl><blockquote>Q</blockquote>"), ["dt: T", "dd: D", "q: Q"]);
}

#[test]
fn code_keeps_its_white_space() {
    assert_eq!(seen("<pre><code>fn x() {\n\n    y\n}\n</code></pre>"), ["code: fn x() {\n\n    y\n}"]);
}

#[test]
fn tables_of_data_by_row_and_of_layout_by_block() {
    let data = "<table><caption>C</caption><thead><tr><th>A<th>B</thead><tr><td>1<td><p>2</p><p>3</p></table>";
    assert_eq!(seen(data), ["cap: C", "th: A\tB", "tr: 1\t2 3"]);
    let layout = "<table><tr><td>menu<td><h1>T</h1><p>text</table>";
    assert_eq!(seen(layout), ["p: menu", "h1: T", "p: text"]);
    let nested = "<table><tr><td>x<td><table><tr><td>1<td>2</table></table>";
    assert_eq!(seen(nested), ["p: x", "tr: 1\t2"]);
}

#[test]
fn spanned_cells_keep_their_columns() {
    let html =
        "<table><tr><th>Y<th>A<th>B<tr><th rowspan=2>2020<td>1<td>2<tr><td>3<td>4<tr><td colspan=2>w<td>5</table>";
    assert_eq!(seen(html), ["th: Y\tA\tB", "tr: 2020\t1\t2", "tr: \t3\t4", "tr: w\t\t5"]);
    let html = "<table><tr><td>a<td rowspan=0>b<td>c<tr><td>d<br>e<td colspan=9999999>f<tr><td>g<td>h</table>";
    assert_eq!(seen(html), ["tr: a\tb\tc", "tr: d\ne\tf", "tr: g\th"]);
    let html = "<table><tr><td>a<td rowspan=2>b<tr><td>c<tr><td>d<td>e</table>";
    assert_eq!(seen(html), ["tr: a\tb", "tr: c", "tr: d\te"]);
}

#[test]
fn what_hides_nearly_all_there_is_is_read() {
    let story = "A sentence of the story. ".repeat(20);
    for html in [
        format!("<p>Menu</p><div style='visibility:hidden'><p>{story}</p></div>"),
        format!("<p>Menu</p><noscript><p>{story}</p></noscript>"),
    ] {
        assert_eq!(seen(&html), ["p: Menu", &format!("p: {}", story.trim())]);
        assert!(read(&html).expect("within bounds").revealed.is_some_and(|share| share > 0.9));
    }
    let menu = format!("<p>{story}</p><div hidden><p>{story}</p></div>");
    assert_eq!(seen(&menu).len(), 1);
}

#[test]
fn figures_have_captions() {
    let html = "<figure><img src=a.jpg alt=A><figcaption>What it shows</figcaption></figure>";
    let document = read(html).expect("within bounds");
    let seen: Vec<_> = document.blocks.iter().filter(|block| block.unseen.is_none()).collect();
    assert_eq!(seen[0].marks, [Mark { range: 0..0, style: Style::Image { src: "a.jpg".into(), alt: "A".into() } }]);
    assert_eq!(line(seen[1]), "cap: What it shows");
}

#[test]
fn odd_characters() {
    assert_eq!(
        seen("<p>Fish &amp; Chips&nbsp;5&#8364; Do\u{ad}nau\u{200b}dampf"),
        ["p: Fish & Chips\u{a0}5€ Donaudampf"]
    );
    assert_eq!(seen("<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字"), ["p: 漢(かん)字"]);
    assert_eq!(seen("<p dir=rtl>שלום <bdo>עולם</bdo>"), ["p: שלום עולם"]);
    assert_eq!(seen("<p>He said <q>yes</q>."), ["p: He said “yes”."]);
}

#[test]
fn what_no_reader_sees_is_there_but_marked() {
    let html = "<head><title>T</title></head><p>a<script>x()</script> b<span hidden>no <b>no</b></span> c</p>\
        <template>t</template><style>s</style><div style='display:none'><p>d</p></div><select><option>o</select>\
        <noscript>n</noscript><iframe>f</iframe>";
    let document = read(html).expect("within bounds");
    let blocks: Vec<_> = document.blocks.iter().map(|block| (block.unseen, block.text.as_str())).collect();
    assert_eq!(
        blocks,
        [
            (Some(Unseen::Head), ""),
            (None, "a b c"),
            (Some(Unseen::Script), ""),
            (Some(Unseen::Hidden), "no no"),
            (Some(Unseen::Template), "t"),
            (Some(Unseen::Style), ""),
            (Some(Unseen::Hidden), "d"),
            (Some(Unseen::Control), "o"),
            (Some(Unseen::Noscript), "n"),
            (Some(Unseen::Embedded), "f"),
        ]
    );
}

#[test]
fn marks_cover_their_text_across_blocks() {
    let document =
        read("<p>see <a href=' /x '> the <b>page</b></a>.</p><em>one<p>two</p></em>").expect("within bounds");
    let marked: Vec<Vec<(&str, &Style)>> = document.blocks[1..]
        .iter()
        .map(|block| block.marks.iter().map(|mark| (&block.text[mark.range.clone()], &mark.style)).collect())
        .collect();
    let link = Style::Link { href: "/x".to_owned() };
    assert_eq!(
        marked,
        [
            vec![("the page", &link), ("page", &Style::Strong)],
            vec![("one", &Style::Emphasis)],
            vec![("two", &Style::Emphasis)],
        ]
    );
}

#[test]
fn elements_know_their_text() {
    let document =
        read("<div id=d><p>one <span id=s>two</span> three</p><p>four</p></div><p>five").expect("within bounds");
    let tree = document.tree.as_ref().expect("a page has a tree");
    let extent = |css: &str| {
        let selector = crate::rules::selector::compile(css).expect("a selector");
        let element = tree.select(&selector).next().expect("an element").node_id();
        let extent = tree.extent(element).expect("it is seen");
        ((extent.start.block, extent.start.offset), (extent.end.block, extent.end.offset))
    };
    assert_eq!(extent("#d"), ((1, 0), (3, 0)));
    assert_eq!(extent("#s"), ((1, 3), (1, 7)));
    assert_eq!(document.locate(&document.blocks[1]), "div#d > p");
}

#[test]
fn deep_trees_are_flattened_not_lost() {
    let html = format!("{}deep{}after", "<div>".repeat(100_000), "</div>".repeat(100_000));
    assert_eq!(seen(&html), ["p: deep", "p: after"]);
    let html = format!("{}<p>one</p><p>two</p><h2>three</h2>", "<div>".repeat(600));
    assert_eq!(seen(&html), ["p: one", "p: two", "p: three"]);
    let html = format!("{}deep", "<b><i x=1>".repeat(50_000));
    assert_eq!(seen(&html), ["p: deep"]);
}

#[test]
fn nodes_are_bounded() {
    let many_formats: String = (0..400).map(|n| format!("<b id={n}>")).collect();
    let html = format!("<p>{many_formats}") + &"<p>x".repeat(20_000);
    assert_eq!(read(&html).err(), Some(TooLarge::Nodes));
}

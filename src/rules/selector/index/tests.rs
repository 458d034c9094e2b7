use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::document::html::parse;
use crate::rules::selector::compile;

fn tree(html: &str) -> Tree {
    parse::document(html).expect("within bounds")
}

/// What the index finds for each selector; it must be what each finds by itself.
fn found(html: &str, selectors: &[impl AsRef<str>]) -> Vec<usize> {
    let tree = tree(html);
    let mut selectors: Vec<_> = selectors.iter().map(|css| compile(css.as_ref()).expect("a selector")).collect();
    let index = SelectorIndex::new(&mut selectors);
    let matches = index.matches(&tree);
    let finds = |selector| matches.of(selector).expect("a selector of the index");
    for selector in &selectors {
        let alone: Vec<_> = tree.select(selector).map(Element::node_id).collect();
        assert_eq!(finds(selector), alone, "{selector:?} in {html}");
    }
    selectors.iter().map(|selector| finds(selector).len()).collect()
}

#[test]
fn each_selector_finds_what_it_finds_alone() {
    let html = "<main id=m class='A b'><i id=long-id></i><p class=b data-ad=1>one<a href=/x ID=y class=b>two</a></p><div><p class='b c'>\
        three</p><p></p></div><svg viewBox=0><linearGradient class=b /></svg><template><p class=b>t</p></template></main>";
    let selectors = [
        "#m",
        ".b",
        "p.b",
        "main p",
        "main > p",
        "p + div",
        "div p:nth-child(2)",
        "[data-ad]",
        "[class~='c']",
        "[id='y']",
        "[id^='long-i']",
        "a[id^='long-x']",
        "[id^='lo']",
        "[id^='LONG' i]",
        "[href^='/']",
        "*",
        ":root",
        ":is(#m, .c)",
        ":where(a, [data-ad='1'])",
        "p:not(.c)",
        "main:has(a)",
        ":empty",
        "lineargradient",
        "linearGradient",
        "[viewBox]",
        "[viewbox]",
        "p, .b, main p",
        "#m .c",
        "#n .c",
        "section p",
        ".a",
        "[ID]",
        ":is()",
        ":is(::x, p)",
        "nav #y",
        "P.b",
        "[class~='B' i]",
        "[id='Y' i]",
    ];
    let counts = found(html, &selectors);
    let count = |selector| counts[selectors.iter().position(|one| *one == selector).expect("a selector")];
    assert_eq!([count("#m"), count(".b"), count("main p"), count("[viewBox]"), count(".a")], [1, 6, 3, 1, 0]);
    assert_eq!([count("p, .b, main p"), count(":is(::x, p)"), count("nav #y"), count("[id='Y' i]")], [7, 4, 0, 1]);
}

#[test]
fn what_sleeps_wakes_where_it_should_and_nowhere_else() {
    let html = "<p>0</p><div class='a b'><p>1</p><div class=a id=c><p>2</p><b>3</b></div><p>4</p></div><p>5</p>\
        <i class=b></i><p>6</p><template class=a><p>7</p></template><p class=a>8</p>";
    let selectors = [".a p", ".a .a p", "#c p", ".b > p", ".b ~ p", ".a .b ~ p", "#c b", ".a:not(.b) > p", "div.a p.a"];
    assert_eq!(found(html, &selectors), [3, 1, 1, 2, 3, 0, 1, 1, 0]);
}

#[test]
fn an_index_of_nothing_finds_nothing() {
    let matches = SelectorIndex::new([]).matches(&tree("<p>x"));
    let [mut stranger, other] = ["p", "p"].map(|css| compile(css).expect("a selector"));
    assert_eq!(matches.of(&other), None);
    let _ = SelectorIndex::new([&mut stranger]);
    assert_eq!((matches.of(&stranger), Matches::default().of(&stranger)), (None, None));
    assert!(SelectorIndex::default().is_empty());
}

fn compound() -> impl Strategy<Value = String> {
    let tag = select(&["", "", "*", "p", "div", "b", "x-y"][..]);
    let rest = select(
        &[
            ":not(z)",
            ".a",
            ".b",
            ".a.b",
            "#a",
            "#b",
            "[k]",
            "[k='1']",
            "[id='a']",
            "[class~='b']",
            "[class*='a']",
            ":first-child",
            ":nth-child(2n)",
            ":not(.a)",
            ":is(.a, #b)",
            ":where(p, .b)",
            ":has(b)",
            ":has(> .a)",
            ":empty",
            ":last-of-type",
            ":is(div .a)",
        ][..],
    );
    (tag, rest).prop_map(|(tag, rest)| format!("{tag}{rest}"))
}

fn complex() -> impl Strategy<Value = String> {
    let step = (select(&[" ", " > ", " + ", " ~ ", ", "][..]), compound());
    (compound(), proptest::collection::vec(step, 0..3)).prop_map(|(first, steps)| {
        first + &steps.into_iter().map(|(sign, next)| sign.to_owned() + &next).collect::<String>()
    })
}

fn page() -> impl Strategy<Value = String> {
    let open = (select(&["p", "div", "b", "x-y", "i"][..]), select(&["", " id=a", " id=b", " k", " k=1"][..]))
        .prop_flat_map(|(tag, attribute)| {
            let class = select(&["", " class=a", " class='b a'", " class=b", " class=A"][..]);
            class.prop_map(move |class| format!("<{tag}{attribute}{class}>"))
        });
    let piece = prop_oneof![
        3 => open,
        2 => select(&["</p>", "</div>", "</b>", "</x-y>", "</i>", "x"][..]).prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn many_find_what_each_finds_alone(html in page(), selectors in proptest::collection::vec(complex(), 0..20)) {
        found(&html, &selectors);
    }
}

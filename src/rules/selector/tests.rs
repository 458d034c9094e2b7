use super::*;

/// Selector, what is wrong, where, what to write instead.
const MISTAKES: &[(&str, &str, &str, &str)] = &[
    ("", "is empty", "", "div.ad"),
    ("  ", "is empty", "  ", "div.ad"),
    ("//div[@class='a']", "XPath", "//div[@class='a']", "div.ad p"),
    ("div[@class]", "XPath", "[@class]", "[class]"),
    ("p::before", "no element", "::before", "element itself"),
    ("p:before", "no element", ":before", "element itself"),
    ("a::foo", "no element", "::foo", "element itself"),
    ("p:contains('Anzeige')", "not CSS", ":contains('Anzeige')", "text = 'Anzeige'"),
    ("li:eq(2)", "not CSS", ":eq(2)", "pick = 1"),
    ("li:frist-child", "unknown pseudo-class", ":frist-child", ":first-child"),
    ("a:hover", "unknown pseudo-class", ":hover", "leave it out"),
    ("a:not", "without brackets", ":not", ":not(.ad)"),
    ("a:not(.2col)", "digit", ".2col", "[class~=\"2col\"]"),
    ("a:first-child(2)", "takes no brackets", ":first-child(2)", ":first-child"),
    ("div[class", "not closed", "[", "`]`"),
    ("div:not(.a", "not closed", "(", "`)`"),
    ("div)", "closes nothing", ")", "take it away"),
    ("div[a)", "should close", ")", "`]`"),
    ("a[title=\"x]", "not closed", "\"", "`\"`"),
    (".2col", "digit", ".2col", "[class~=\"2col\"]"),
    ("#3", "digit", "#3", "[id=\"3\"]"),
    ("div..a", "no class", ".", ".name"),
    ("a, ", "comma", "", "take the comma away"),
    (", a", "comma", ",", "take the comma away"),
    ("> a", "before it", ">", "ul > li"),
    ("a >", "after it", ">", "ul > li"),
    ("a > > b", "before it", ">", "ul > li"),
    ("a[href=/x]", "in quotes", "[href=/x]", "[href=\"/x\"]"),
    ("a[href!='x']", "compares nothing", "[href!='x']", "`^=`"),
    ("a[]", "no attribute name", "[]", "[data-ad]"),
    ("a & b", "cannot stand here", "&", "take it away"),
    ("@media", "not part", "@", "[href]"),
    ("2a", "not the name", "2a", "digit"),
];

#[test]
fn every_mistake_is_told() {
    for (selector, message, place, help) in MISTAKES {
        let mistake = compile(selector).expect_err(selector);
        assert!(mistake.message.contains(message), "{selector}: {mistake:?}");
        assert_eq!(&selector[mistake.range.clone()], *place, "{selector}: {mistake:?}");
        assert!(mistake.help.contains(help), "{selector}: {mistake:?}");
    }
}

#[test]
fn good_selectors_compile() {
    for selector in [
        "div.a > p:nth-child(2n+1), #b ~ a[href^='/x' i]",
        "a:has(> img):not(.b, .c)",
        "*",
        ".a\\:b",
        "go-paywall",
        "a[href=\"//x\"]",
        "li:nth-of-type(odd)",
        ":is(h1, h2)",
        "[data-x=\"a]b\"]",
    ] {
        assert!(compile(selector).is_ok(), "{selector}");
        assert_eq!(can_never_match(selector), None, "{selector}");
    }
    assert!(compile(&vec!["div.a"; 10_000].join(", ")).is_ok());
}

#[test]
fn hostile_selectors_are_refused() {
    for (open, close) in [(":not(", ")"), ("(", ")"), ("[", "]"), (":has(", "")] {
        assert!(compile(&format!("{}a{}", open.repeat(100_000), close.repeat(100_000))).is_err());
    }
    assert!(compile(&vec!["a"; 100_000].join(" > ")).is_err());
    assert!(compile(&format!("a:is({})", vec!["a"; 100_000].join(" "))).is_err());
}

#[test]
fn what_can_never_match_is_seen() {
    for selector in [
        "#a#b",
        "[class~='a b']",
        "a:not(*)",
        "img p",
        "br > a",
        "div html",
        "p body",
        "script a",
        "a[href*='']",
        "golem",
        "p:root",
        "div.a, img span",
    ] {
        assert!(can_never_match(selector).is_some(), "{selector}");
    }
    for selector in ["img + p", "body p", "html > body", "#a#a", "my-tag p", "iframe", "H1"] {
        assert_eq!(can_never_match(selector), None, "{selector}");
    }
    assert!(finds_no_content("p, head > meta").is_some());
}

proptest::proptest! {
    #[test]
    fn no_text_panics(selector in r#"[-a-z0-9 .#:>+~,*\[\]()="'\\@/|^$&é]{0,24}"#) {
        let _ = compile(&selector);
        let _ = (can_never_match(&selector), finds_no_content(&selector));
    }
}

//! Every mistake a writer of rules can make, with what is said of it.

use proptest::prelude::*;

use super::*;
use crate::rules::diagnostic::RuleErrors;
use crate::rules::lint;
use crate::rules::shape;

const R: &str = "[[drop]]\nid = 'a'\ncategory = 'share'\n";

/// What is said of a site file, everything rendered.
fn told(text: &str) -> String {
    let file = FileText::new("s.toml", text);
    let (written, shape) = shape::read::<SiteFile>(&file);
    RuleErrors(shape::together(shape, site(&written, &file, "s", Check::Full).1)).render(false)
}

/// Rules, the place of the mistake, a part of the message, a part of the help. `R` stands for the head of a rule.
const MISTAKES: &[(&str, &str, &str, &str)] = &[
    // not TOML
    ("name = 'x", "1:", "not TOML", "single quotes"),
    ("name 'x'", "1:", "not TOML", "key = value"),
    ("name = 'x'\nname = 'y'", "2:1", "duplicate key", "say it once"),
    ("hosts = ['a' 'b']", "1:", "not TOML", "commas"),
    // not the shape of a rule file
    ("hots = ['a']", "1:1", "unknown key `hots`", "write `hosts`"),
    ("[[drop]]\ncatgory = 'share'\nid = 'a'\nline = 'a'", "2:1", "unknown key `catgory` in `drop`", "write `category`"),
    ("[body]\nxpath = 'x'", "2:1", "unknown key `xpath` in `body`", "one of `select`, `from`, `to`, `generic`"),
    ("[[drop]]\ncategory = 'cookies'\nid = 'a'\nline = 'a'", "2:12", "unknown category `cookies`", "one of `title`"),
    (
        "[[drop]]\ncategory = 'navigaton'\nid = 'a'\nline = 'a'",
        "2:12",
        "unknown category `navigaton`",
        "write `navigation`",
    ),
    ("Rline = 'a'\nexpect = 'alway'", "5:10", "unknown expect `alway`", "write `always`"),
    ("text-input = 'lined'", "1:14", "unknown text-input", "write `lines`"),
    ("[policy]\ncaptions = 'keep'", "2:1", "unknown category `captions`", "write `caption`"),
    ("[policy]\ncaption = 'kep'", "2:11", "unknown policy `kep` for `caption`", "write `keep`"),
    ("[policy]\ncaption = 'stay'", "2:11", "unknown policy `stay` for `caption`", "one of `keep`, `drop`"),
    ("[policy]\ncaption = true", "2:11", "`caption` must be a string", "one of `keep`, `drop`"),
    ("hosts = 'a.org'", "1:9", "`hosts` must be a list, this is a string", "hosts = ['a.org']"),
    ("name = 3", "1:8", "`name` must be a string, this is a whole number", "name = '3'"),
    ("[drop]\nid = 'a'", "1:1", "`drop` must be a list, this is a table", "[[drop]]"),
    ("[[body]]\nfrom = 'a'", "1:1", "`body` must be a table, this is a list", "[body]"),
    ("Rline = 'a'\nkeep = 'yes'", "5:8", "`keep` must be true or false", "without quotes"),
    ("Rcss = 'a'\npick = '1'", "5:8", "`pick` must be a whole number", "pick = 3"),
    ("Rline = 'a'\nmax-share = '1'", "5:13", "`max-share` must be a number", "max-share = 0.5"),
    ("Rline = 'a'\nwhere = { first = -1 }", "5:19", "`first` is out of range", "first = 3"),
    ("[[layout]]\nsince = 2025", "2:9", "`since` must be a string, this is a whole number", "since = '2025'"),
    ("[[layout]]\nsince = 2025-08-21T10:00:00", "2:9", "`2025-08-21T10:00:00` is not a day", "'2025-08-21'"),
    ("name = 2025-08-21", "1:8", "`name` must be a string, this is a date", "name = '2025-08-21'"),
    ("[meta]\ntitle = 'h1'", "2:9", "`title` must be a table or a list", "[title]"),
    ("[body]\ngeneric = 'yes'", "2:11", "`generic` must be true or false", "without quotes"),
    ("[body]\nselect = [1]", "2:11", "`select` must be a string or a list", "select = '1'"),
    // hosts and paths
    ("hosts = ['https://www.a.org/x']", "1:10", "more than a host", "write `'a.org'`"),
    ("hosts = ['a b']", "1:10", "not a host", "'example.org'"),
    ("hosts = ['a']\npaths = ['news']", "2:10", "does not begin with `/`", "write `'/news'`"),
    ("paths = ['/a']", "1:10", "`paths` without `hosts`", "add `hosts"),
    // names and categories
    ("[[drop]]\ncategory = 'share'\nline = 'a'", "1:1", "has no `id`", "add `id = "),
    ("[[drop]]\nid = 'a'\nline = 'a'", "1:1", "has no `category`", "add `category = "),
    ("[[drop]]\nid = 'My Rule'\ncategory = 'share'\nline = 'a'", "2:6", "lower-case letters", "id = \"my-rule\""),
    ("[[drop]]\nid = 'body'\ncategory = 'share'\nline = 'a'", "2:6", "stands for what lies outside", "another one"),
    ("Rline = 'a'\nRline = 'b'", "6:6", "taken by the rule of line 2", "id = \"a-2\""),
    ("Rline = 'a'\n[[inline]]\nid = 'a'\ncategory = 'share'\nliteral = 'x'", "6:6", "rule of line 2", "a-2"),
    (
        "Rline = 'a'\n[[layout]]\nsince = '2024-01-01'\n[[layout.drop]]\nid = 'a'\ncategory = 'share'\nline = 'x'",
        "8:6",
        "rule of line 2",
        "a-2",
    ),
    // what a rule finds
    ("R", "1:1", "nothing says what to find", "one of `css`, `line`, `find`, `from`"),
    ("Rcss = 'a'\nline = 'b'", "5:8", "`css` and `line` in one entry", "keep one of"),
    ("Rfrom = 'a'", "4:8", "`to` is missing", "to = \"end\""),
    ("Rline = 'a'\nto = 'end'", "5:6", "`to` has a meaning only with `from`", "add `from"),
    ("Rline = 'a'\ntext = 'x'", "5:8", "`text` has a meaning only with `css`", "use `find`"),
    ("Rline = 'a'\nclosest = 'p'", "5:11", "`closest` has a meaning only with `css`", "by `css`"),
    ("Rline = 'a'\npick = 1", "5:8", "`pick` has a meaning only with `css`", "where = { first = 1 }"),
    ("Rcss = 'a'\npick = 0", "5:8", "`pick` counts from 1", "pick = 1"),
    ("Rline = 'a'\nor-end = true", "5:", "`or-end` has a meaning only with `to`", "add `to"),
    ("Rfrom = 'a'\nto = 'end'\nor-end = true", "6:", "says the same twice", "take `or-end` away"),
    ("Rline = 'a'\neach = true", "5:", "`each` has a meaning only with `to`", "add `to"),
    ("Rfrom = 'a'\nto = 'end'\neach = true", "6:", "the first stretch has it all", "take `each` away"),
    ("[[inline]]\nid = 'a'\ncategory = 'share'", "1:1", "nothing says what to find", "`literal`, `find`"),
    ("[[inline]]\nid = 'a'\ncategory = 'share'\nliteral = ' '", "4:11", "nothing to find", "that is to be cut"),
    // shares and places
    ("Rline = 'a'\nmax-share = 60.0", "5:13", "share from 0 to 1", "max-share = 0.6"),
    ("[limits]\nmax-share = -1.0", "2:13", "share from 0 to 1", "max-share = 0.5"),
    ("Rline = 'a'\nwhere = { before = 0.2, after = 0.6 }", "5:20", "nothing lies before", "before = 0.6, after = 0.2"),
    ("Rline = 'a'\nwhere = { first = 0 }", "5:19", "leaves no block", "first = 1"),
    ("Rline = 'a'\nwhere = { after = 1 }", "5:19", "leaves no block", "between 0 and 1"),
    // patterns and selectors
    ("Rline = ''", "4:8", "the pattern is empty", "`.+`"),
    ("Rline = 'ab(c'", "4:11", "bad pattern: unclosed group", "close the group"),
    ("Rline = '(?=a)'", "4:9", "bad pattern: look-around", "linear time"),
    ("Rline = '(a)\\1'", "4:12", "bad pattern: backreferences", "write out"),
    ("Rline = '*a'", "4:9", "bad pattern: repetition operator", "backslash"),
    ("Rline = '\\p{Foo}'", "4:9", "bad pattern: Unicode property", "docs.rs/regex"),
    ("Rline = '((a{1000}){1000}){1000}'", "4:9", "bad pattern: too big", "smaller counts"),
    ("Rline = '(?P<auther>a)'", "4:13", "no group is called `auther` here", "(?P<author>…)"),
    ("Rline = '(?P<place>a)'", "4:13", "no group is called `place` here", "(?:…)"),
    ("Rcss = 'a::before'", "4:9", "bad selector: `::before`", "element itself"),
    ("Rcss = 'p:contains(x)'", "4:9", "bad selector: `:contains` is not CSS", "text = 'x'"),
    ("[body]\nselect = ['a', ['.2col']]", "2:18", "bad selector: a class", "[class~=\"2col\"]"),
    ("[body]\nselect = [[]]", "2:11", "selects nothing", "take it away"),
    ("marks = ['(']", "1:11", "bad pattern", "close the group"),
    // metadata and layouts
    ("[meta]\ntitle = { trim-end = 'x' }", "2:9", "nothing says what to find", "`css`, `line`, `find`"),
    ("[meta]\ntitle = { css = 'a', find = 'b' }", "2:29", "`css` and `find` in one entry", "keep one of"),
    ("[meta]\ndate = { line = 'a', attr = 'b' }", "2:29", "`attr` has a meaning only with `css`", "take it away"),
    ("[meta]\ndate = { css = 'a', attr = '@b' }", "2:28", "not the name of an attribute", "datetime"),
    ("[meta]\ndate = { css = 'a', where = { first = 2 } }", "2:29", "`where` has a meaning only with", "take it away"),
    ("[[layout]]\nbody = { from = 'a' }", "1:1", "nothing tells pages of this layout", "since"),
    ("[[layout]]\nsince = '2025-02-30'", "2:9", "not a day", "'2025-08-21'"),
    ("[[layout]]\nsince = '1 May 2025'", "2:9", "not a day", "'2025-08-21'"),
];

#[test]
fn every_mistake_is_told_with_place_line_and_help() {
    let mut wrong = Vec::new();
    for (text, place, message, help) in MISTAKES {
        let text = text.replace("Rl", &format!("{R}l")).replace("Rc", &format!("{R}c")).replace("Rf", &format!("{R}f"));
        let text = if text == "R" { R.to_owned() } else { text };
        let told = told(&text);
        let row = place.split(':').next().and_then(|row| row.parse::<usize>().ok()).unwrap_or_default();
        let line = text.lines().nth(row - 1).unwrap_or_default();
        let place = format!("--> s.toml:{place}");
        let (first, help_line) = (told.lines().next().unwrap_or_default(), told.lines().last().unwrap_or_default());
        let good = first.contains(message) && help_line.contains(help) && told.contains(&place) && told.contains(line);
        if !good || told.matches("error:").count() != 1 {
            wrong.push(format!("{text}\nwanted {place} {message} | {help}\n{told}\n"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn all_mistakes_are_told_at_once() {
    let shown = told("hots = []\nname = 3\n[[drop]]\nid = 'a'\ncategory = 'x'\npick = true\n[bdy]\n");
    // `pick` alone finds nothing.
    assert_eq!(shown.matches("error:").count(), 6, "{shown}");
    let shown = told("[[drop]]\nline = '('\nmax-share = 2.0\n[[inline]]\n[meta]\ntitle = { css = '::a' }\n");
    assert_eq!(shown.matches("error:").count(), 8, "{shown}");
}

#[test]
fn a_key_that_is_missing_is_told_beside_an_unknown_one() {
    let told_of = |text: &str| {
        let shown = told(text);
        let first = |line: &str| line.strip_prefix("error: ").map(ToOwned::to_owned);
        shown.lines().filter_map(first).collect::<Vec<_>>()
    };
    let no_id = "the rule has no `id`";
    let nothing = "nothing says what to find";
    let no_category = "the rule has no `category`";
    let unknown = "unknown key `lines` in `drop`";
    assert_eq!(told_of("[[drop]]\ncategory = 'other'\nlines = 'x'\n"), [no_id, unknown]);
    let unknown = "unknown key `colour` in `drop`";
    assert_eq!(told_of("[[drop]]\nid = 'a'\ncolour = 'x'\n"), [no_category, nothing, unknown]);
    let wrong = "`id` must be a string, this is a whole number";
    assert_eq!(told_of("[[drop]]\nid = 3\ncategory = 'other'\n"), [nothing, wrong]);
    let unknown = "unknown key `cs` in `when`";
    assert_eq!(told_of("[[layout]]\nwhen = { cs = 'x' }\n"), [unknown]);
}

#[test]
fn hostile_files_are_refused() {
    for text in [
        format!("a = {}", "[".repeat(100_000)),
        format!("{}a = 1", "a.".repeat(100_000)),
        format!("a = {}", "{b = ".repeat(50_000)),
        "[[drop]]\n".repeat(20_000),
        "\u{feff}\0\0".to_owned(),
        format!("name = '{}", "x".repeat(1_000_000)),
    ] {
        assert!(told(&text).contains("error"));
    }
}

#[test]
fn a_wrong_shape_hides_nothing_else() {
    let text = "hots = ['x']\n[[drop]]\nid = 'a'\ncategory = 'shar'\ncss = '[['\nline = 1\n[[drop]]\nid = 'a'\ncategory = 'share'\nline = '('\n";
    let told = told(text);
    let expected = [
        "unknown key `hots`",
        "unknown category `shar`",
        "bad selector",
        "`line` must be",
        "is taken by",
        "bad pattern",
    ];
    let missing: Vec<_> = expected.iter().filter(|part| !told.contains(**part)).collect();
    assert!(missing.is_empty() && told.matches("error:").count() == expected.len(), "{missing:?} in {told}");
}

#[test]
fn defaults_and_order_are_as_told() {
    let text = "[[inline]]\nid = 'z'\ncategory = 'share'\nliteral = 'a  b'\n[[drop]]\nid = 'a'\ncategory = 'share'\n\
        from = 'a'\nto = 'end'\n[[layout]]\nsince = '2024-01-01'\n[[layout]]\nsince = 2025-01-01\n";
    let file = FileText::new("s.toml", text);
    let (written, shape) = shape::read::<SiteFile>(&file);
    assert_eq!(shape, []);
    let (parts, problems) = site(&written, &file, "s", Check::Full);
    assert_eq!(problems, []);
    let source = parts.into_source("s".into(), []);
    assert_eq!(source.rules.iter().map(|rule| &*rule.name).collect::<Vec<_>>(), ["s/a", "s/z"]);
    assert!((source.rules[0].max_share - RULE_SHARE).abs() < f64::EPSILON);
    assert!((source.max_share - SOURCE_SHARE).abs() < f64::EPSILON);
    assert_eq!(source.layouts[0].since.map(jiff::civil::Date::year), Some(2025));
    assert!(source.layouts[0].body.is_none());
}

proptest! {
    #[test]
    fn no_text_panics(text in r#"([a-z\[\]{}'"=.\n #-]|\[\[drop\]\]\n|css = '|line = '|where = |é|\\){0,40}"#) {
        let _ = told(&text);
        let _ = lint::check_site(&FileText::new("s.toml", text.as_str()), "s");
        let _ = lint::check_pack(&FileText::new("s.toml", text), "s");
    }

    #[test]
    fn no_mutation_panics(which in 0..MISTAKES.len(), at in 0_usize..200, with in r#"[a-z'"\[\]{}()=*\n\\é-]{0,3}"#) {
        let mut text = format!("{R}line = 'a'\n{}", MISTAKES[which].0.replace('R', R));
        let at = text.char_indices().map(|(at, _)| at).nth(at).unwrap_or(text.len());
        text.insert_str(at, &with);
        let _ = told(&text);
        let _ = lint::check_site(&FileText::new("s.toml", text), "s");
    }
}

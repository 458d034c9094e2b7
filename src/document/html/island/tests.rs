use super::*;
use crate::document::html;

const ONE: &str =
    "The mill by the river turns again after eleven years, and the first flour went to the school kitchen. ";
const TWO: &str =
    "Its owner says that the wheel was the smallest part of the work, and that the weir took three summers. ";

/// The text that a page with these scripts holds for them.
fn held(scripts: &str) -> Vec<String> {
    let page = html::read(&format!("<head></head><body><div id=root></div>{scripts}")).expect("within bounds");
    let tree = page.tree.as_ref().expect("a page has a tree");
    let mut blocks = article_body(tree, &page.blocks, LEAST_TEXT);
    if blocks.is_empty() {
        blocks = data_body(tree, &page.blocks, false);
    }
    assert!(blocks.iter().all(|block| block.unseen == Some(Unseen::Data) && page.locate(block) != "body"));
    blocks.into_iter().map(|block| block.text).collect()
}

fn paragraphs() -> [String; 3] {
    [ONE.repeat(5).trim().to_owned(), TWO.repeat(4).trim().to_owned(), ONE.repeat(3).trim().to_owned()]
}

#[test]
fn json_ld_holds_the_body() {
    let [one, two, _] = paragraphs();
    let linked = |body: &str| {
        held(&format!(
            "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"articleBody\":{body}}}</script>"
        ))
    };
    assert_eq!(linked(&format!("\"{one}\\n\\n{two}\"")), [one.clone(), two.clone()]);
    assert_eq!(linked(&format!("\"{one} {two}\"")), [format!("{one} {two}")]);
    // Line breaks as they are, entities, markup.
    assert_eq!(linked(&format!("\"{one}\n{two} A &amp; B\"")), [one.clone(), format!("{two} A & B")]);
    assert_eq!(
        linked(&format!("\"<p>{one}</p><figure><figcaption>A mill.</figcaption></figure><p>{two}\"")),
        [one, two]
    );
    assert_eq!(linked("\"Too short to be an article.\""), Vec::<String>::new());
}

#[test]
fn frameworks_hold_it_in_many_ways() {
    let [one, two, three] = paragraphs();
    let json = serde_json::Value::from;
    let markup = json(format!("<p>{one}</p><p>{two}</p><p>{three}</p>")).to_string();
    let nested = json(format!("{{\"post\":{{\"id\":7,\"bodyHtml\":{markup}}}}}")).to_string();
    let list = format!(
        "[{{\"type\":\"text\",\"content\":\"{one}\"}},{{\"type\":\"image\",\"caption\":\"{TWO}\"}},\
         {{\"type\":\"text\",\"content\":\"{two}\"}},{{\"type\":\"text\",\"content\":\"{three}\"}}]"
    );
    let rich = [&one, &two, &three]
        .map(|text| {
            format!("{{\"nodeType\":\"paragraph\",\"content\":[{{\"nodeType\":\"text\",\"text\":\"{text}\"}}]}}")
        })
        .join(",");
    for script in [
        format!("<script id=__NEXT_DATA__ type='application/json'>{{\"props\":{{\"content\":{markup}}}}}</script>"),
        format!("<script>window.__STATE__ = {{\"article\":{{\"body\":{markup}}}}};</script>"),
        format!("<script>window.__STATE__ = {nested};</script>"),
        format!("<script>Fusion.globalContent={{\"content_elements\":{list},\"x\":1}};Fusion.y=2</script>"),
        format!("<script type='application/json'>{{\"document\":{{\"content\":[{rich}]}}}}</script>"),
        format!(
            "<script>window.__NUXT__=(function(a,b){{return {{data:[{{\"articleText\":{markup}}}]}}}}(1,2));</script>"
        ),
        format!("<div data-page='{{\"props\":{{\"post\":{{\"content\":{markup}}}}}}}'></div>"),
    ] {
        assert_eq!(held(&script), [one.as_str(), &two, &three], "{}", start_of(&script, 80));
    }
}

#[test]
fn the_description_speaks_for_what_no_key_does() {
    let [one, two, three] = paragraphs();
    let script =
        format!("<script>self.__next_f.push([1,\"\\u003cp\\u003e{one}\\u003c/p\\u003e<p>{two}<p>{three}\"])</script>");
    assert!(held(&script).is_empty());
    assert_eq!(held(&format!("<meta property='og:description' content='{one}'>{script}")), [one, two, three]);
}

#[test]
fn other_strings_are_no_article() {
    let [one, two, three] = paragraphs();
    let code = "function a(b){return b==='c'?{d:1}:e[f];} ".repeat(60);
    for script in [
        format!("<script>var content = \"{code}\";</script>"),
        format!("<script type='application/json'>{{\"cookiePolicy\":\"{one} {two} {three}\"}}</script>"),
        format!("<script type='text/template'>{{\"content\":\"{one} {two} {three}\"}}</script>"),
        "<script>{\"content\":\"https://a.example/".to_owned() + &"path-of-a-page/".repeat(200) + "\"}</script>",
    ] {
        assert_eq!(held(&script), Vec::<String>::new(), "{}", start_of(&script, 80));
    }
}

#[test]
fn escapes_are_read_as_browsers_do() {
    let text = r#"{"articleBody":"Ma\u00f1ana \ud83d\ude00 \ud83d \"x\" \\ \/ a\nb \x41 \q \u12"}"#;
    let found = strings(text, true);
    assert_eq!(found[0].text, "Mañana 😀  \"x\" \\ / a\nb A q u12");
}

#[test]
fn broken_scripts_are_read_as_far_as_they_go() {
    let deep = "[".repeat(200_000) + "\"a text that is long enough to be taken for one\"" + &"]".repeat(300_000);
    assert_eq!(strings(&deep, false).len(), 1);
    for script in
        ["\"", "\"\\", "{\"a\":\"b", "]]]}}}\"\"\"", "\"\\u", "\"\\ud83d\\u\"", "\"x\n\"y", "\\\"\u{feff}\"é\\"]
    {
        strings(script, false);
        strings(script, true);
    }
    // JSON in JSON in JSON: looked into twice, and no further.
    let mut json = format!("{{\"content\":\"{ONE}\"}}");
    for _ in 0..6 {
        json = format!("{{\"a\":{}}}", serde_json::Value::from(json));
    }
    assert!(strings(&json, false).iter().all(|found| found.key != "content"));
}

//! Flattens an HTML page to text, as scrapers do that keep no markup, and compares what comes of it.
//!
//! It is what inscriptis and html-text make of a page, where they agree: a block a line, blank lines between blocks that
//! stand apart, no alternative texts of pictures, and of a table's row the cells with spaces between them.

use super::failure::{Check, Failure};
use crate::document::{Block, Document};
use crate::ledger::Ledger;
use crate::text::normalise;

/// The text of a page.
pub(crate) fn flattened(document: &Document) -> String {
    let mut text = String::new();
    for block in document.blocks.iter().filter(|block| block.has_visible_text()) {
        if block.apart && !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&block.text.replace('\t', " "));
        text.push('\n');
    }
    text
}

/// The texts that are kept, each normalised.
pub(super) fn kept_texts(ledger: &Ledger, document: &Document) -> Vec<String> {
    let texts = ledger.body(document).into_iter().map(|block: Block| normalise(&block.text).into_owned());
    texts.filter(|text| !text.is_empty()).collect()
}

/// What of the body is otherwise on the flattened page: `leaves` are the texts that are known to stay there.
pub(super) fn differences(expected: &[String], mut found: Vec<String>, leaves: &[String]) -> Vec<Failure> {
    let mut failures = Vec::new();
    for leaf in leaves {
        if !take(&mut found, expected, &normalise(leaf)) {
            let message = format!(
                "`flattened-leaves` of page.toml names a text that does not stay on the flattened page: `{leaf}`; take \
                 it away there"
            );
            failures.push(Failure::told(Check::Flattened, message));
        }
    }
    failures.extend(Failure::if_differs(Check::Flattened, "body, flattened to text", &words(expected), &words(&found)));
    failures
}

/// Takes a text out of those that are kept, once: a whole block before a part of one. What is expected is not taken.
fn take(found: &mut Vec<String>, expected: &[String], leaf: &str) -> bool {
    let is_extra = |text: &String| !expected.contains(text);
    if let Some(at) = found.iter().position(|text| text == leaf && is_extra(text)) {
        found.remove(at);
        return true;
    }
    let Some(text) = found.iter_mut().find(|text| is_extra(text) && text.contains(leaf)) else { return false };
    *text = text.replacen(leaf, "", 1);
    true
}

/// All words, a block a line; how they are spread over lines does not count, so lines are filled anew.
fn words(texts: &[String]) -> String {
    texts.iter().flat_map(|text| text.split_whitespace()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::html;

    #[test]
    fn a_block_a_line_as_scrapers_write_it() {
        let html = "<script>x</script><h1>A  title</h1><p>One<br>two</p><ul><li>a<li>b</ul>\
                    <table><tr><th>c<th>d<tr><td>e<td>f</table><p><img alt='a picture'> behind it";
        let document = html::read(html).expect("within bounds");
        assert_eq!(flattened(&document), "A title\n\nOne\ntwo\na\nb\nc d\ne f\n\nbehind it\n");
    }

    #[test]
    fn what_is_known_to_stay_is_no_difference_but_has_to() {
        let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
        let told = |found: &[&str], leaves: &[&str]| {
            differences(&texts(&["one two", "three"]), texts(found), &texts(leaves)).len()
        };
        assert_eq!(told(&["one", "two three"], &[]), 0);
        assert_eq!(told(&["one two", "a caption", "three"], &[]), 1);
        assert_eq!(told(&["one two", "a caption", "three"], &["a caption"]), 0);
        assert_eq!(told(&["one two", "three and more"], &["and more"]), 0);
        assert_eq!(told(&["one two", "three"], &["a caption"]), 1);
        assert_eq!(told(&["one two", "three"], &["three"]), 1);
    }
}

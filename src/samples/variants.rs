//! Defines the other ways in which a page may be written without saying anything else: scrapers and operating systems
//! decompose letters, change line ends, and put no-break spaces for spaces.

use unicode_normalization::UnicodeNormalization as _;

use super::failure::Check;

/// Elements in which a space is no space between words: they are left as they are.
const VERBATIM: [&str; 5] = ["script", "style", "pre", "textarea", "xmp"];

/// The variants of a page, each with the check that it is for and how messages call it. What would be the page itself
/// is left out.
pub(super) fn variants(text: &str, is_html: bool) -> Vec<(Check, &'static str, String)> {
    let unix = text.replace("\r\n", "\n");
    let spaced = if is_html { outside_of_tags(text, no_break_spaces) } else { no_break_spaces(text) };
    let mut all = vec![
        (Check::Nfd, "in NFD (decomposed letters)", text.nfd().collect()),
        (Check::Crlf, "with CRLF line ends", unix.replace('\n', "\r\n")),
        (Check::Nbsp, "with no-break spaces between words", spaced),
    ];
    all.retain(|(_, _, variant)| *variant != text);
    all
}

/// A text with a no-break space for each space between two words.
fn no_break_spaces(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + text.len() / 4);
    let mut chars = text.chars().peekable();
    let mut last = None;
    while let Some(c) = chars.next() {
        let between = c == ' ' && last.is_some_and(char::is_alphanumeric);
        let between = between && chars.peek().is_some_and(|next| next.is_alphanumeric());
        result.push(if between { '\u{a0}' } else { c });
        last = Some(c);
    }
    result
}

/// HTML with what stands between its tags changed; scripts and the like stay as they are.
fn outside_of_tags(html: &str, change: impl Fn(&str) -> String) -> String {
    let mut result = String::with_capacity(html.len() + html.len() / 4);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        result.push_str(&change(&rest[..at]));
        let markup = &rest[at..at + length_of_markup(&rest[at..])];
        result.push_str(markup);
        rest = &rest[at + markup.len()..];
    }
    result.push_str(&change(rest));
    result
}

/// How many bytes of a text that begins with `<` are a tag, a comment, or an element with verbatim text.
fn length_of_markup(text: &str) -> usize {
    let behind = |found: Option<usize>, len: usize| found.map_or(text.len(), |at| at + len);
    if text.starts_with("<!--") {
        return behind(text.find("-->"), 3);
    }
    let end = end_of_tag(text);
    let name = text[1..end].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
    if !VERBATIM.contains(&name.as_str()) {
        return end;
    }
    let closing = format!("</{name}");
    behind(text.to_ascii_lowercase().find(&closing), 0).max(end)
}

/// The bytes of a tag up to the `>` that is not in a quoted value.
fn end_of_tag(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return at + 1,
            (b'"' | b'\'', None) if text[..at].ends_with('=') => quote = Some(byte),
            _ if quote == Some(byte) => quote = None,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_spaces_between_words_are_changed() {
        assert_eq!(no_break_spaces("- a b, c  d\n e"), "- a\u{a0}b, c  d\n e");
        let html = "<p class=\"a b\" title='x > y z'>a b</p><!-- a b --><script>a b < c</SCRIPT >c d<pre>a b</pre>e f";
        let changed = html.replace("'>a b<", "'>a\u{a0}b<").replace("c d", "c\u{a0}d").replace("e f", "e\u{a0}f");
        assert_eq!(outside_of_tags(html, no_break_spaces), changed);
        for odd in ["<", "<p", "a <b c", "<!-- a b", "<script>a b", "<p a='b c"] {
            assert_eq!(outside_of_tags(odd, no_break_spaces), odd);
        }
    }

    #[test]
    fn a_variant_that_is_the_page_itself_is_left_out() {
        assert_eq!(variants("word", false), []);
        let text = "Mühle am\nBach";
        let changed: Vec<_> = variants(text, false).into_iter().map(|(_, _, text)| text).collect();
        assert_eq!(changed, ["Mu\u{308}hle am\nBach", "Mühle am\r\nBach", "Mühle\u{a0}am\nBach"]);
    }
}

//! Repairs JSON that is nearly right: line breaks within strings, commas before a closing bracket, quotes escaped as in
//! HTML.

use std::borrow::Cow;

/// A text with the usual mistakes taken out, in one pass.
pub(super) fn repaired(script: &str) -> String {
    let script: Cow<'_, str> = if script.contains("&quot;") {
        script.replace("&quot;", "\"").replace("&amp;", "&").into()
    } else {
        script.into()
    };
    let mut out = String::with_capacity(script.len());
    let (mut in_string, mut escaped) = (false, false);
    for (at, c) in script.char_indices() {
        if in_string {
            out.push(if c.is_control() { ' ' } else { c });
            in_string = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        let closes = || script[at + 1..].trim_start().starts_with(['}', ']']);
        if c == ',' && closes() {
            continue;
        }
        in_string = c == '"';
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_mistakes() {
        for (text, expected) in [
            ("{\"a\": \"b\nc\"}", r#"{"a": "b c"}"#),
            ("{\"a\": [1, 2,\n],}", r#"{"a": [1, 2 ]}"#),
            (r#"{"a": "x,]\",}"}"#, r#"{"a": "x,]\",}"}"#),
            ("{&quot;a&quot;: &quot;b &amp; c&quot;}", r#"{"a": "b & c"}"#),
        ] {
            assert_eq!(repaired(text), expected);
        }
    }
}

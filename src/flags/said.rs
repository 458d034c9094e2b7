//! Reads what the JSON-LD of a page says of its kind, without parsing it.

use memchr::memmem;

use crate::document::Document;
use crate::document::html::island::{code, is_json_ld, scripts};

/// What the JSON-LD of a page says of its kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    /// It is a live blog.
    pub(super) live_blog: bool,
    /// It is not free to read.
    pub(super) not_free: bool,
}

impl Said {
    pub(super) fn of(document: &Document) -> Self {
        let mut said = Self::default();
        let Some(tree) = &document.tree else { return said };
        for text in scripts(tree, &document.blocks).filter(|script| is_json_ld(*script)).flat_map(code) {
            said.live_blog |= memmem::find(text.as_bytes(), b"\"LiveBlogPosting\"").is_some();
            said.not_free |= says(text, "\"isAccessibleForFree\"", "false");
        }
        said
    }
}

/// Whether a key has such a value anywhere, be it a word or a string.
fn says(text: &str, key: &str, value: &str) -> bool {
    let found = memmem::find_iter(text.as_bytes(), key.as_bytes());
    found.take(10).any(|at| {
        let behind = text[at + key.len()..].trim_start_matches([' ', '\n', '\r', '\t', ':', '"']);
        behind.get(..value.len()).is_some_and(|start| start.eq_ignore_ascii_case(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::html::read;

    fn said(json: &str) -> (bool, bool) {
        let html = format!("<head><script type='application/ld+json'>{json}</script></head><p>a</p>");
        let Said { live_blog, not_free } = Said::of(&read(&html).expect("within bounds"));
        (live_blog, not_free)
    }

    #[test]
    fn what_pages_say_of_their_kind() {
        assert_eq!(said("{\"@type\": \"LiveBlogPosting\"}"), (true, false));
        assert_eq!(said("{\"isAccessibleForFree\" :\n\"False\"}"), (false, true));
        assert_eq!(said("{\"isAccessibleForFree\":true,\"x\":false"), (false, false));
        assert_eq!(said("{\"isAccessibleForFree\":"), (false, false));
    }
}

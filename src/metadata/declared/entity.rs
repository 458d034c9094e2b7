//! Decodes the entities that are left in declared texts where a page escaped them twice.

use std::borrow::Cow;

use crate::document::html::parse;

/// No entity has a longer name, in bytes.
const LONGEST: usize = 32;

/// A text with each entity that HTML knows decoded, once.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        out.push_str(before);
        let end = entity.bytes().take(LONGEST).skip(1).position(|byte| matches!(byte, b';' | b'&'));
        // Up to a semicolon, with it; what only leads to another ampersand is no entity.
        let end = end.map(|end| end + 2).filter(|end| entity[..*end].ends_with(';')).unwrap_or(1);
        let (entity, behind) = entity.split_at(end);
        match character(entity) {
            Some(character) => out.push_str(&character),
            None => out.push_str(entity),
        }
        rest = behind;
    }
    if out.is_empty() {
        return text.into();
    }
    out.push_str(rest);
    out.into()
}

/// What an entity stands for, if it is one: the parser knows them all.
fn character(entity: &str) -> Option<String> {
    let name = entity.strip_prefix('&')?.strip_suffix(';')?;
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#') {
        return None;
    }
    // In a body, or what stands for white space is none of the page.
    let tree = parse::document(&format!("<body>{entity}")).ok()?;
    let text = tree.root_element()?.text();
    (text == "&" || !text.starts_with('&') && !text.ends_with(';')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_entities_are_decoded_once() {
        assert_eq!(decoded("H &amp; L"), "H & L");
        assert_eq!(decoded("TFC8&reg; &#8211; &#x2019;s &Auml;rger"), "TFC8® – ’s Ärger");
        assert_eq!(decoded("A & B&reg;"), "A & B®");
        assert_eq!(decoded("&amp;lt;b&amp;gt;"), "&lt;b&gt;");
    }

    #[test]
    fn what_is_no_entity_stays() {
        for text in ["", "R&D", "a & b; c", "&nonsense;", "&;", "&copy 2024", "Q&A: é & ü;", "&", "&#;", "&é;", "&é& ü"]
        {
            assert_eq!(decoded(text), text);
        }
        assert_eq!(decoded("&&amp;& é"), "&&& é");
    }
}

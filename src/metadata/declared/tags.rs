//! Chooses the tags of an article.

use super::meta::{self, Metas};
use super::{clean, entity::decoded};
use crate::metadata::origin::Origin;

/// No page has more tags than this.
pub(super) const MOST: usize = 50;

/// No tag is longer, in characters.
const LONGEST: usize = 80;

/// What stands between tags in one text.
const BETWEEN: [char; 5] = [',', ';', '、', '，', '|'];

/// The tags in the first place that has any.
pub(super) fn chosen(metas: &Metas, linked: &[String], links: &[String]) -> Option<(Origin, Vec<String>)> {
    let lists = metas.lists(meta::TAGS).chain([(Origin::JsonLd, linked)]);
    let mut lists = lists.chain(metas.lists(meta::KEYWORDS)).chain([(Origin::Link, links)]);
    lists.find_map(|(origin, list)| {
        let mut tags: Vec<String> = Vec::new();
        for tag in list.iter().flat_map(|text| text.split(BETWEEN)).filter_map(|text| clean(&decoded(text))) {
            let tag = tag.trim_start_matches('#');
            if tags.len() < MOST && is_tag(tag) && !tags.iter().any(|known| known == tag) {
                tags.push(tag.to_owned());
            }
        }
        (!tags.is_empty()).then_some((origin, tags))
    })
}

/// Some sites write what only their programs read among their tags: `type:article`.
fn is_tag(text: &str) -> bool {
    text.contains(char::is_alphanumeric) && text.chars().count() <= LONGEST && !text.contains("://")
}

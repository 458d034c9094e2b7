//! What the fuzz targets share: how their input is cut up, and what must hold of every article.

pub mod article;
pub mod input;
pub mod rules;

use dehusk::text::is_invisible;

/// The letters and digits of a text: what reading and writing may not lose, whatever they do with white space,
/// punctuation and markup.
pub fn letters<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let is_letter = |c: &char| c.is_alphanumeric() && !is_invisible(*c);
    texts.into_iter().flat_map(str::chars).filter(is_letter).collect()
}

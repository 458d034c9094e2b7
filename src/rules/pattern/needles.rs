//! Finds out what a text must hold for a pattern to match it, so that most patterns are never tried on most blocks.
//!
//! A match has to begin with one of the literals that a prefilter of the regex crate would look for; and of what a
//! pattern says one part after another, each part has to occur. The best of these is taken: long literals are rare.

use std::ops::Deref;
use std::sync::Arc;

use regex_syntax::hir::literal::{Extractor, Literal};
use regex_syntax::hir::{Hir, HirKind};

/// A text that stands in what a pattern matches: of all needles of a pattern, one does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Needle {
    /// Bytes of UTF-8, which may end within a character.
    pub(super) text: Text,
    /// Where in the matched text it stands.
    pub(super) place: Place,
    /// To which alternative of the pattern it belongs; 0 where it is not split into alternatives.
    pub(super) alternative: u16,
}

/// The text of a needle.
#[derive(Clone, Debug)]
pub(super) enum Text {
    /// It is compiled into the program.
    BuiltIn(&'static [u8]),
    /// It was found at run time.
    Own(Arc<[u8]>),
}

impl Deref for Text {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::BuiltIn(text) => text,
            Self::Own(text) => text,
        }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Text {}

impl Needle {
    fn new(text: impl Into<Arc<[u8]>>, place: Place) -> Self {
        Self { text: Text::Own(text.into()), place, alternative: 0 }
    }
}

/// Where a needle stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It is all of the text.
    Whole,
    /// At its very beginning.
    Start,
    /// Somewhere in it.
    Anywhere,
}

/// Shorter needles are in too many texts.
pub(super) const SHORTEST: usize = 3;
/// More needles of one alternative cost more to look for than the pattern to try.
const MOST: usize = 250;

/// The needles of a pattern; `whole` says that it must match a whole text. `None` where nothing is known of what it
/// matches.
pub(super) fn needles(hir: &Hir, whole: bool) -> Option<Vec<Needle>> {
    match hir.kind() {
        HirKind::Capture(capture) => needles(&capture.sub, whole),
        HirKind::Alternation(alternatives) => {
            let each: Option<Vec<_>> = alternatives.iter().map(|one| needles(one, whole)).collect();
            each.map(|each| each.into_iter().flatten().collect())
        }
        _ => at_start(hir).filter(|_| whole).or_else(|| {
            let anywhere = |text: Arc<[u8]>| Needle::new(text, Place::Anywhere);
            Some(required(hir)?.into_iter().map(anywhere).collect())
        }),
    }
}

/// The needles with which each match of a whole text begins: told at one look, so they are always preferred.
fn at_start(hir: &Hir) -> Option<Vec<Needle>> {
    let found = Extractor::new().extract(hir);
    // What a pattern says of the edges of words is not in its literals.
    let is_plain = hir.properties().look_set().is_empty();
    let place = |literal: &Literal| if literal.is_exact() && is_plain { Place::Whole } else { Place::Start };
    let needle = |literal: &Literal| Needle::new(literal.as_bytes(), place(literal));
    if let Some(all) = found.literals().filter(|all| are_of_use(all)) {
        return Some(all.iter().map(needle).collect());
    }
    let needle = |text: Arc<[u8]>| Needle::new(text, Place::Start);
    Some(beginnings(hir)?.into_iter().map(needle).collect())
}

/// Texts of which each match has one somewhere.
fn required(hir: &Hir) -> Option<Vec<Arc<[u8]>>> {
    let inner = match hir.kind() {
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repeated) if repeated.min > 0 => required(&repeated.sub),
        HirKind::Alternation(alternatives) => {
            let each: Option<Vec<_>> = alternatives.iter().map(required).collect();
            each.map(|each| each.into_iter().flatten().collect())
        }
        HirKind::Concat(parts) => {
            let rests = (1..parts.len()).filter_map(|at| beginnings(&Hir::concat(parts[at..].to_vec())));
            rests.chain(parts.iter().filter_map(required)).max_by_key(|texts| shortest(texts))
        }
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) | HirKind::Repetition(_) => None,
    };
    let inner = inner.filter(|texts| texts.len() <= MOST);
    beginnings(hir).into_iter().chain(inner).max_by_key(|texts| shortest(texts))
}

/// Texts with one of which each match begins, if they are of use.
fn beginnings(hir: &Hir) -> Option<Vec<Arc<[u8]>>> {
    let mut found = Extractor::new().extract(hir);
    // It leaves out what begins like a literal before it, and shortens what is too much.
    found.optimize_for_prefix_by_preference();
    let literals = found.literals().filter(|literals| are_of_use(literals))?;
    Some(literals.iter().map(|literal| literal.as_bytes().into()).collect())
}

/// Whether there are some literals, not too many, and none too short.
fn are_of_use(literals: &[Literal]) -> bool {
    !literals.is_empty() && literals.len() <= MOST && literals.iter().all(|literal| literal.len() >= SHORTEST)
}

fn shortest(texts: &[Arc<[u8]>]) -> usize {
    texts.iter().map(|text| text.len()).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pattern: &str, whole: bool) -> Option<Vec<String>> {
        let hir = regex_syntax::parse(pattern).expect("a pattern");
        let shown = |needle: Needle| {
            let text = String::from_utf8_lossy(&needle.text).into_owned();
            match needle.place {
                Place::Whole => format!("={text}"),
                Place::Start => format!("^{text}"),
                Place::Anywhere => text,
            }
        };
        Some(needles(&hir, whole)?.into_iter().map(shown).collect())
    }

    #[test]
    fn whole_texts_then_beginnings_then_what_is_rare() {
        let needles = |pattern, whole| told(pattern, whole).expect("needles");
        assert_eq!(needles("Menu( open)?", true), ["=Menu open", "=Menu"]);
        assert_eq!(needles("Menu .+|Home page", true), ["^Menu ", "=Home page"]);
        assert_eq!(needles("Menu(s|s of)", true), ["=Menus", "=Menus of"]);
        assert_eq!(needles(r"Menu\b", true), ["^Menu"]);
        assert_eq!(needles("Menu", false), ["Menu"]);
        assert_eq!(needles(r".+ \(Bild: .+\)|Bild: .+", true), [" (Bild: ", "^Bild: "]);
        assert_eq!(needles(r"(\d+ )?Kommentare", true), ["Kommentare"]);
        assert_eq!(needles(r"\d+ (Likes|Shares)", true), [" Likes", " Shares"]);
        assert!(needles("(?i)menu", true).contains(&"=MeNu".to_owned()));
        assert_eq!([told(".+", true), told("a*|Menu", true), told("", true)], [None, None, None]);
    }
}

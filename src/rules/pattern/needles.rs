//! Finds out what a text must hold for a pattern to match it, so that most patterns are never tried on most blocks.
//!
//! A match has to begin with one of the literals that a prefilter of the regex crate would look for; and of what a
//! pattern says one part after another, each part has to occur. The best of these is taken: long literals are rare.

use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Hir, HirKind};

/// One of these texts stands in every text that the pattern matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Needles {
    /// The texts, as bytes of UTF-8 that may end within a character; none where nothing is known.
    pub(super) texts: Vec<Box<[u8]>>,
    /// They stand at its very beginning.
    pub(super) at_start: bool,
}

/// Shorter needles are in too many texts.
pub(super) const SHORTEST: usize = 3;
/// More needles cost more to look for than the pattern to try.
const MOST: usize = 250;

impl Needles {
    /// The needles of a pattern that compiles; `whole` says that it must match a whole text.
    pub(super) fn of(pattern: &str, whole: bool) -> Self {
        let Ok(hir) = regex_syntax::parse(pattern) else { return Self::default() };
        let start = beginnings(&hir).filter(|_| whole);
        let anywhere = required(&hir);
        match (start, anywhere) {
            // Few texts begin so, where many may hold a needle somewhere.
            (Some(start), anywhere) if shortest(&start) + 1 >= anywhere.as_deref().map_or(0, shortest) => {
                Self { texts: start, at_start: true }
            }
            (_, Some(texts)) => Self { texts, at_start: false },
            (_, None) => Self::default(),
        }
    }
}

/// Texts of which each match has one somewhere.
fn required(hir: &Hir) -> Option<Vec<Box<[u8]>>> {
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

/// Texts with one of which each match begins, if they are long enough to be of use.
fn beginnings(hir: &Hir) -> Option<Vec<Box<[u8]>>> {
    let mut found = Extractor::new().extract(hir);
    found.optimize_for_prefix_by_preference();
    let texts: Vec<Box<[u8]>> = found.literals()?.iter().map(|literal| literal.as_bytes().into()).collect();
    (!texts.is_empty() && texts.len() <= MOST && shortest(&texts) >= SHORTEST).then_some(texts)
}

fn shortest(texts: &[Box<[u8]>]) -> usize {
    texts.iter().map(|text| text.len()).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needles(pattern: &str, whole: bool) -> (Vec<String>, bool) {
        let found = Needles::of(pattern, whole);
        let text = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
        (found.texts.iter().map(|one| text(one)).collect(), found.at_start)
    }

    #[test]
    fn long_and_early_texts_are_preferred() {
        let owned = |texts: &[&str], at_start| (texts.iter().map(ToString::to_string).collect::<Vec<_>>(), at_start);
        assert_eq!(needles("Menu( open)?", true), owned(&["Menu open", "Menu"], true));
        assert_eq!(needles("Menu|Home page", true), owned(&["Menu", "Home page"], true));
        assert_eq!(needles("Menu", false), owned(&["Menu"], false));
        assert_eq!(needles(r".+ \(Bild: .+\)", true), owned(&[" (Bild: "], false));
        assert_eq!(needles(r"(\d+ )?Kommentare", true), owned(&["Kommentare"], false));
        assert_eq!(needles(r"\d+ (Likes|Shares)", true), owned(&[" Likes", " Shares"], false));
        assert_eq!(needles(r".+", true), owned(&[], false));
        assert_eq!(needles(r"a*|Menu", true), owned(&[], false));
        assert_eq!(needles("", true), owned(&[], false));
        assert!(needles("(?i)menu", true).0.contains(&"MeNu".to_owned()));
    }
}

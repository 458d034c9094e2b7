//! Means over pages: of all, and of each type.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Scored;
use super::score::Scores;

/// The figures of some pages. Each is the mean over the pages that have it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Which pages: `all`, or a type.
    pub pages: String,
    /// How many they are.
    pub count: usize,
    /// How many have no answer, and count as empty ones.
    pub no_answer: usize,
    /// The figures, each with the name that it has in [`Scores`].
    pub figures: BTreeMap<&'static str, Option<f64>>,
    /// F1 of four words in a row, of the mean precision and the mean recall, as `ScrapingHub`'s benchmark has it.
    pub shingle_f1: Option<f64>,
}

/// Picks a figure out of the scores of a page.
type Figure = fn(&Scores) -> Option<f64>;

/// The figures that are averaged, with the names that they have in [`Scores`].
pub const FIGURES: [(&str, Figure); 14] = [
    ("precision", |scores| Some(scores.precision)),
    ("recall", |scores| Some(scores.recall)),
    ("f1", |scores| Some(scores.f1)),
    ("gram_f1", |scores| Some(scores.gram_f1)),
    ("rouge", |scores| scores.rouge),
    ("with", |scores| scores.with),
    ("without", |scores| scores.without),
    ("exact", |scores| Some(scores.exact)),
    ("order", |scores| scores.order),
    ("title", |scores| scores.title),
    ("author", |scores| scores.author),
    ("date", |scores| scores.date),
    (SHINGLE_PRECISION, |scores| scores.shingle_precision),
    (SHINGLE_RECALL, |scores| scores.shingle_recall),
];

/// The name of a figure.
pub const SHINGLE_PRECISION: &str = "shingle_precision";
/// The name of a figure.
pub const SHINGLE_RECALL: &str = "shingle_recall";

impl Summary {
    fn of(name: &str, pages: &[&Scored]) -> Self {
        let mean = |figure: Figure| {
            let values: Vec<f64> = pages.iter().filter_map(|page| figure(&page.scores)).collect();
            (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
        };
        let figures: BTreeMap<_, _> = FIGURES.iter().map(|(name, figure)| (*name, mean(*figure))).collect();
        let harmonic = |precision: f64, recall: f64| {
            if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
        };
        let shingle = |name| figures.get(name).copied().flatten();
        Self {
            pages: name.to_owned(),
            count: pages.len(),
            no_answer: pages.iter().filter(|page| page.problem.is_some()).count(),
            shingle_f1: shingle(SHINGLE_PRECISION).zip(shingle(SHINGLE_RECALL)).map(|(p, r)| harmonic(p, r)),
            figures,
        }
    }

    /// A figure by its name; nothing where no page has it.
    pub fn figure(&self, name: &str) -> Option<f64> {
        self.figures.get(name).copied().flatten()
    }
}

/// The figures of all pages, and where they are of several types, those of each.
pub fn summaries(pages: &[Scored]) -> Vec<Summary> {
    let mut by_type: BTreeMap<&str, Vec<&Scored>> = BTreeMap::new();
    for page in pages {
        by_type.entry(&page.page_type).or_default().push(page);
    }
    let all: Vec<&Scored> = pages.iter().collect();
    let mut summaries = vec![Summary::of("all", &all)];
    if by_type.len() > 1 {
        summaries.extend(by_type.iter().map(|(name, pages)| Summary::of(name, pages)));
    }
    summaries
}

/// The pages with the lowest word F1, the worst first.
pub fn worst(pages: &[Scored], count: usize) -> Vec<&Scored> {
    let mut sorted: Vec<&Scored> = pages.iter().collect();
    sorted.sort_by(|one, other| one.scores.f1.total_cmp(&other.scores.f1));
    sorted.truncate(count);
    sorted
}

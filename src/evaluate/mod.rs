//! Scores a cleaner on a corpus: pages whose true body is known.
//!
//! A corpus is a folder in one of three layouts ([`truth`]). Each of its pages has an [`answer`], made by cleaning it or
//! written earlier by whatever tool, which is compared with the truth ([`score()`]); figures are means over pages
//! ([`summary`]). [`real`] asks what rule files are worth on the pages of their sources. docs/evaluation.md says what each figure counts.

pub mod answer;
pub mod real;
pub mod score;
pub mod summary;
pub mod truth;

mod calibration;
mod json;
mod order;
mod rouge;
mod words;

use rayon::prelude::*;
use serde::Serialize;

pub use calibration::{Bin, Calibration};

use answer::Answer;
use score::{Scores, score};
use truth::{Corpus, Truth};

/// Which pages of a corpus are asked for; all of them by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only pages of this type.
    pub page_type: Option<String>,
    /// Only pages of this source.
    pub source: Option<String>,
    /// Only pages whose source falls into one fold of several: the number of folds, and which, from 0. A source never
    /// straddles folds.
    pub fold: Option<(u32, u32)>,
}

impl Selection {
    /// Whether a page is asked for.
    pub fn takes(&self, page: &Truth) -> bool {
        let is_wanted = |wanted: &Option<String>, is: &str| wanted.as_ref().is_none_or(|wanted| wanted == is);
        is_wanted(&self.page_type, &page.page_type)
            && is_wanted(&self.source, &page.source)
            && self.fold.is_none_or(|(folds, fold)| fold_of(page, folds) == Some(fold))
    }
}

/// The fold of a page, told by its source.
fn fold_of(page: &Truth, folds: u32) -> Option<u32> {
    let name = if page.source.is_empty() { &page.id } else { &page.source };
    let mut sum = flate2::Crc::new();
    sum.update(name.as_bytes());
    sum.sum().checked_rem(folds)
}

/// What came of a page.
#[derive(Clone, Debug, Serialize)]
pub struct Scored {
    /// Its id in the corpus.
    pub id: String,
    /// Its source: the host, without `www`.
    pub source: String,
    /// Its type, such as `article`.
    pub page_type: String,
    /// Why there is no answer. It then counts as an empty one.
    pub problem: Option<String>,
    /// How well the body is met, as predicted: 0 to 1.
    pub confidence: Option<f64>,
    /// How well it is met.
    #[serde(flatten)]
    pub scores: Scores,
    /// What was answered.
    #[serde(skip)]
    pub answer: Answer,
}

/// Scores the pages of a corpus that are asked for, in the order of the corpus and on all cores. `answer` gives the answer
/// to a page, or says why there is none.
pub fn evaluate(
    corpus: &Corpus,
    selection: &Selection,
    answer: impl Fn(&Truth) -> Result<Answer, String> + Sync,
) -> Vec<Scored> {
    let pages: Vec<&Truth> = corpus.pages.iter().filter(|page| selection.takes(page)).collect();
    pages
        .into_par_iter()
        .map(|page| {
            let (answer, problem) = match answer(page) {
                Ok(answer) => (answer, None),
                Err(problem) => (Answer { id: page.id.clone(), ..Answer::default() }, Some(problem)),
            };
            Scored {
                id: page.id.clone(),
                source: page.source.clone(),
                page_type: page.page_type.clone(),
                problem,
                confidence: answer.confidence,
                scores: score(&answer, page),
                answer,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;

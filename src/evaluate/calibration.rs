//! How well predicted scores agree with measured ones.

use serde::Serialize;

use super::Scored;

/// How many bins predictions fall into.
const BINS: u8 = 10;

/// Predicted word F1 against the measured one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibration {
    /// The bins that hold pages, from low to high.
    pub bins: Vec<Bin>,
    /// How far the two are apart, on average: of each bin the distance of the means, weighed by its pages.
    pub error: f64,
}

/// The pages whose prediction lies in a tenth of the scale.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// Where it begins; the end is a tenth higher, and belongs to it only in the last bin.
    pub from: f64,
    /// How many pages fall into it.
    pub pages: usize,
    /// The mean prediction.
    pub predicted: f64,
    /// The mean word F1.
    pub measured: f64,
}

impl Calibration {
    /// The calibration of some pages; nothing where none has a prediction.
    pub fn of(pages: &[Scored]) -> Option<Self> {
        let both: Vec<(f64, f64)> =
            pages.iter().filter_map(|page| Some((page.confidence?.clamp(0.0, 1.0), page.scores.f1))).collect();
        let bins: Vec<Bin> = (0..BINS).filter_map(|number| bin(number, &both)).collect();
        let apart = |bin: &Bin| (bin.predicted - bin.measured).abs() * bin.pages as f64;
        let error = bins.iter().map(apart).sum::<f64>() / both.len().max(1) as f64;
        (!bins.is_empty()).then_some(Self { bins, error })
    }
}

fn bin(number: u8, both: &[(f64, f64)]) -> Option<Bin> {
    let bins = f64::from(BINS);
    let (from, to) = (f64::from(number) / bins, f64::from(number + 1) / bins);
    let is_last = number + 1 == BINS;
    let (predicted, measured): (Vec<f64>, Vec<f64>) =
        both.iter().filter(|(predicted, _)| *predicted >= from && (*predicted < to || is_last)).copied().unzip();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let pages = predicted.len();
    (pages > 0).then(|| Bin { from, pages, predicted: mean(&predicted), measured: mean(&measured) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::answer::Answer;
    use crate::evaluate::score::score;
    use crate::evaluate::truth::Truth;

    fn page(confidence: Option<f64>, text: &str) -> Scored {
        let answer = Answer { text: text.to_owned(), confidence, ..Answer::default() };
        let truth = Truth { body: "word".to_owned(), ..Truth::default() };
        Scored {
            id: String::new(),
            source: String::new(),
            page_type: String::new(),
            problem: None,
            confidence,
            scores: score(&answer, &truth),
            answer,
        }
    }

    #[test]
    fn predictions_are_compared_bin_by_bin() {
        let pages = [page(Some(0.95), "word"), page(Some(1.0), "other"), page(Some(0.0), "other"), page(None, "word")];
        let calibration = Calibration::of(&pages).expect("predictions");
        let bins: Vec<_> = calibration.bins.iter().map(|bin| (bin.from, bin.pages, bin.measured)).collect();
        assert_eq!(bins, [(0.0, 1, 0.0), (0.9, 2, 0.5)]);
        assert!((calibration.error - (0.975 - 0.5) * 2.0 / 3.0).abs() < 1e-9, "{calibration:?}");
        assert_eq!(Calibration::of(&[page(None, "word")]), None);
    }
}

//! Chooses the blocks to keep: those by which the expected F-measure becomes greatest.
//!
//! A score is the share of a block's text that is likely to be main content. With blocks in the order of their scores,
//! the best choice is one of those that begin with the first; which one, the expected counts of what is kept, wanted, and
//! both tell (the approach of Nan et al., ICML 2012, with expectations in the place of distributions).

/// What the choice aims at: the β of the F-measure (van Rijsbergen 1979).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Balance {
    /// What is kept shall be main content, even where some is lost: β = 1/2.
    Precision,
    /// Both alike: β = 1.
    #[default]
    Even,
    /// No main content shall be lost, even where more is kept: β = 2.
    Recall,
}

/// Which blocks are kept.
#[derive(Debug, PartialEq)]
pub(super) struct Chosen {
    pub(super) kept: Vec<bool>,
    /// The F1 that can be expected of them.
    pub(super) expected: f32,
}

impl Balance {
    fn beta_squared(self) -> f32 {
        match self {
            Self::Precision => 0.25,
            Self::Even => 1.0,
            Self::Recall => 4.0,
        }
    }

    /// Chooses among blocks with these scores and lengths.
    pub(super) fn choose(self, scores: &[f32], lengths: &[f32]) -> Chosen {
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|&one, &other| scores[other].total_cmp(&scores[one]));
        let wanted: f32 = scores.iter().zip(lengths).map(|(score, length)| score * length).sum();
        let measure = |both: f32, kept: f32, beta: f32| {
            let whole = kept + beta * wanted;
            if whole > 0.0 { (1.0 + beta) * both / whole } else { 0.0 }
        };
        let (mut both, mut length) = (0.0, 0.0);
        let (mut best, mut count, mut expected) = (0.0, 0, 0.0);
        for (at, &row) in order.iter().enumerate() {
            both += scores[row] * lengths[row];
            length += lengths[row];
            let reached = measure(both, length, self.beta_squared());
            if reached > best {
                (best, count, expected) = (reached, at + 1, measure(both, length, 1.0));
            }
        }
        let least = self.least(best, expected);
        let mut kept = vec![false; scores.len()];
        for &row in order[..count].iter().take_while(|row| scores[**row] >= least) {
            kept[row] = true;
        }
        Chosen { kept, expected }
    }

    /// No block with a lower score is kept. The best choice ends where scores are this share of what it reaches; a page
    /// that is well understood need not keep all that is doubtful, since its errors come in groups.
    fn least(self, best: f32, expected: f32) -> f32 {
        let end = best / (1.0 + self.beta_squared());
        match self {
            Self::Recall => end,
            _ => end + MARGIN * ((expected - UNDERSTOOD) / (1.0 - UNDERSTOOD)).max(0.0),
        }
    }
}

/// A page of which more can be expected is well understood …
const UNDERSTOOD: f32 = 0.8;

/// … and its blocks need so much more, if all is sure. Both are chosen on pages that the models had not seen: more
/// precision and the same F1 on articles, and no difference elsewhere.
const MARGIN: f32 = 0.15;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sure_is_kept_and_what_is_not_is_left() {
        let chosen = Balance::Even.choose(&[0.05, 0.95, 0.9, 0.2], &[100.0, 100.0, 100.0, 100.0]);
        assert_eq!(chosen.kept, [false, true, true, false]);
        assert!((chosen.expected - 2.0 * 1.85 / (2.0 + 2.1)).abs() < 1e-5);
    }

    #[test]
    fn where_little_is_sure_more_is_kept() {
        let chosen = Balance::Even.choose(&[0.3, 0.25, 0.01], &[100.0, 100.0, 100.0]);
        assert_eq!(chosen.kept, [true, true, false]);
    }

    #[test]
    fn the_balance_moves_the_choice() {
        let (scores, lengths) = ([0.9, 0.5, 0.3, 0.12], [100.0; 4]);
        let kept = |balance: Balance| balance.choose(&scores, &lengths).kept.iter().filter(|kept| **kept).count();
        assert_eq!((kept(Balance::Precision), kept(Balance::Even), kept(Balance::Recall)), (1, 2, 3));
    }

    #[test]
    fn a_page_without_blocks_keeps_none() {
        assert_eq!(Balance::Even.choose(&[], &[]), Chosen { kept: Vec::new(), expected: 0.0 });
    }
}

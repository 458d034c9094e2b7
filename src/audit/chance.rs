//! Tells what may be chance: Fisher's exact test.

/// What happens by chance less often than this is no chance: one false alarm in a thousand comparisons.
const RARE: f64 = 0.001;

/// Whether the same thing, met on `one` of `of_one` pages and on `other` of `of_other` pages, is met more often in one of
/// the two than chance explains (two-sided, p < 0.001).
pub(super) fn differ(one: u64, of_one: u64, other: u64, of_other: u64) -> bool {
    let (one, other) = (one.min(of_one), other.min(of_other));
    if of_one == 0 || of_other == 0 {
        return false;
    }
    probability(one, of_one, other, of_other) < RARE
}

/// How likely is a split that is at least as odd as this one, if both are drawn from the same.
fn probability(one: u64, of_one: u64, other: u64, of_other: u64) -> f64 {
    let met = one + other;
    // ln of the probability that so many of those that are met are in the first draw
    let likely = |k: u64| choose(of_one, k) + choose(of_other, met - k) - choose(of_one + of_other, met);
    let this = likely(one);
    let possible = met.saturating_sub(of_other)..=met.min(of_one);
    // What is as likely as this but for rounding counts.
    possible.map(likely).filter(|other| *other <= this + 1e-7).map(f64::exp).sum::<f64>().min(1.0)
}

/// ln of the number of ways to choose k of n.
fn choose(n: u64, k: u64) -> f64 {
    ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)
}

/// ln n!, by Stirling's series where n is large enough for it.
fn ln_factorial(n: u64) -> f64 {
    if n < 16 {
        return (2..=n).map(|k| (k as f64).ln()).sum();
    }
    let n = n as f64;
    n * n.ln() - n + 0.5 * (std::f64::consts::TAU * n).ln() + 1.0 / (12.0 * n) - 1.0 / (360.0 * n.powi(3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_are_those_of_the_exact_test() {
        // Fisher's tea: 3 of 4 against 1 of 4 has p = 0.486; 10 of 10 against 2 of 10 has 0.000 714 5.
        assert!((probability(3, 4, 1, 4) - 0.485_714).abs() < 1e-5);
        assert!((probability(10, 10, 2, 10) - 0.000_714).abs() < 1e-5);
        assert!((probability(5, 100, 5, 100) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn only_what_is_rare_is_a_difference() {
        assert!(differ(100, 100, 60, 100));
        assert!(!differ(100, 100, 96, 100));
        assert!(!differ(3, 3, 0, 3), "too few pages to tell");
        assert!(!differ(0, 0, 5, 5));
        assert!(differ(50_000, 100_000, 49_000, 100_000), "many pages tell small differences");
    }
}

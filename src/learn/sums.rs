//! Adds up what a choice of blocks is worth: the F1 that can be expected of it on each page.

use std::ops::Range;

use super::cover::Covering;
use super::pages::Seen;

/// The blocks that are chosen so far on each page, summed up so that any stretch of them is weighed at once.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    pages: Vec<PageSums>,
}

#[derive(Clone, Debug)]
struct PageSums {
    /// How much the page counts.
    says: f64,
    /// The weight of the article on the page.
    wanted: f64,
    /// Before each block, what is chosen.
    before: Vec<Part>,
}

/// What some blocks weigh.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Part {
    /// All of it.
    pub(super) weight: f64,
    /// What of it is likely to be article.
    pub(super) liked: f64,
    /// The weight of blocks that hardly can be anything else.
    pub(super) sure: f64,
}

/// A block of which more is liked is surely article.
const SURE: f64 = 0.65;

/// A block of which less is liked had better go, and some rule will find it.
const DOUBTFUL: f64 = 0.35;

impl Part {
    pub(super) fn and(self, other: Self) -> Self {
        Self { weight: self.weight + other.weight, liked: self.liked + other.liked, sure: self.sure + other.sure }
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self { weight: self.weight - other.weight, liked: self.liked - other.liked, sure: self.sure - other.sure }
    }
}

impl Sums {
    /// The blocks that `is_in` holds, of each page.
    pub(super) fn of(pages: &[Seen<'_>], is_in: impl Fn(usize, usize) -> bool) -> Self {
        let of_page = |(at, page): (usize, &Seen<'_>)| {
            let mut sum = Part::default();
            let mut before = vec![sum];
            for (block, (&weight, &wish)) in page.weight.iter().zip(&page.wish).enumerate() {
                if is_in(at, block) {
                    sum = sum.and(Part { weight, liked: weight * wish, sure: if wish > SURE { weight } else { 0.0 } });
                }
                before.push(sum);
            }
            PageSums { says: page.says, wanted: page.wanted(), before }
        };
        Self { pages: pages.iter().enumerate().map(of_page).collect() }
    }

    /// All that may be article at all.
    pub(super) fn of_promising(pages: &[Seen<'_>]) -> Self {
        Self::of(pages, |page, block| pages[page].wish[block] > DOUBTFUL)
    }

    /// What is chosen in some stretches of a page.
    pub(super) fn within(&self, page: usize, stretches: &[Range<usize>]) -> Part {
        let before = &self.pages[page].before;
        stretches.iter().fold(Part::default(), |sum, stretch| {
            let at = |block: usize| before[block.min(before.len() - 1)];
            sum.and(at(stretch.end).without(at(stretch.start)))
        })
    }

    /// All that is chosen on a page.
    pub(super) fn all(&self, page: usize) -> Part {
        self.pages[page].before.last().copied().unwrap_or_default()
    }

    /// The F1 that can be expected on a page of a part of its blocks.
    pub(super) fn f1(&self, page: usize, part: Part) -> f64 {
        let whole = part.weight + self.pages[page].wanted;
        if whole > 0.0 { 2.0 * part.liked / whole } else { 0.0 }
    }

    /// The share of the article that a part of a page holds.
    pub(super) fn held(&self, page: usize, part: Part) -> f64 {
        let wanted = self.pages[page].wanted;
        if wanted > 0.0 { part.liked / wanted } else { 0.0 }
    }

    /// The mean over some pages of what can be expected.
    pub(super) fn mean(&self, pages: &[usize], part: impl Fn(usize) -> Part) -> f64 {
        let says = |page: usize| self.pages[page].says;
        let all: f64 = pages.iter().map(|&page| says(page)).sum();
        pages.iter().map(|&page| says(page) * self.f1(page, part(page))).sum::<f64>() / all.max(f64::MIN_POSITIVE)
    }

    /// What a selector covers of all pages together.
    pub(super) fn covered(&self, covering: &Covering) -> Part {
        let pages = covering.blocks.iter().enumerate();
        pages.fold(Part::default(), |sum, (page, stretches)| sum.and(self.within(page, stretches)))
    }
}

/// For each page and each block, whether one of the selectors covers it.
pub(super) fn mask(pages: &[Seen<'_>], coverings: &[&Covering]) -> Vec<Vec<bool>> {
    let of_page = |(at, page): (usize, &Seen<'_>)| {
        let mut is_in = vec![false; page.weight.len()];
        for stretch in coverings.iter().flat_map(|covering| &covering.blocks[at]) {
            is_in[stretch.clone()].fill(true);
        }
        is_in
    };
    pages.iter().enumerate().map(of_page).collect()
}

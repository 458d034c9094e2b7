//! Groups the features, so that people find their way among so many.

use super::feature::Feature;

/// What each group is about, and the first feature of it: all up to the first of the next one belong to it.
const GROUPS: [(Feature, &str); 7] = [
    (Feature::Length, "the block"),
    (Feature::Place, "where it stands"),
    (Feature::Length1Before, "the blocks beside it"),
    (Feature::AlikeBlocks, "the blocks that look alike"),
    (Feature::Depth, "the elements around it"),
    (Feature::ToContent, "what these are called: steps up to the name, 40 where there is none"),
    (Feature::MostShare, "the page"),
];

/// All features in their order, by what they are about.
pub fn grouped() -> impl Iterator<Item = (&'static str, &'static [Feature])> {
    GROUPS.iter().enumerate().map(|(number, (first, about))| {
        let end = GROUPS.get(number + 1).map_or(Feature::ALL.len(), |(next, _)| *next as usize);
        (*about, &Feature::ALL[*first as usize..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_feature_is_in_one_group() {
        let all: Vec<_> = grouped().flat_map(|(_, features)| features).copied().collect();
        assert_eq!(all, Feature::ALL);
        assert!(grouped().all(|(_, features)| !features.is_empty()));
    }
}

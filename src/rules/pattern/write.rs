//! Writes the facts of patterns into a [table](super::table): a part of the build script.

use super::facts::Facts;
use super::table::{ENTRY, key};

/// Writes a table of patterns, each with whether it must match a whole text. What is no pattern is left out, and two
/// of one key, too. `None` where all of it is too large.
pub(crate) fn table<'p>(patterns: impl IntoIterator<Item = (&'p str, bool)>) -> Option<Vec<u8>> {
    let mut entries: Vec<(u64, &str, bool)> =
        patterns.into_iter().map(|(pattern, whole)| (key(pattern, whole), pattern, whole)).collect();
    entries.sort_unstable();
    entries.dedup();
    let is_alone = |at: usize| {
        let same = |other: Option<&(u64, &str, bool)>| other.is_some_and(|other| other.0 == entries[at].0);
        !same(entries.get(at + 1)) && !at.checked_sub(1).is_some_and(|before| same(entries.get(before)))
    };
    let alone = (0..entries.len()).filter(|at| is_alone(*at)).map(|at| &entries[at]);
    let kept: Vec<(u64, Vec<u8>)> =
        alone.filter_map(|(key, pattern, whole)| Some((*key, facts(&Facts::of(pattern, *whole).ok()?)?))).collect();
    let mut table = Vec::new();
    number(kept.len(), 4, &mut table)?;
    let mut place = 4 + kept.len() * ENTRY;
    for (key, facts) in &kept {
        table.extend(key.to_le_bytes());
        number(place, 4, &mut table)?;
        place += facts.len();
    }
    table.extend(kept.into_iter().flat_map(|(_, facts)| facts));
    Some(table)
}

/// `None` where something is larger than there is room for.
fn facts(facts: &Facts) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    // One more than it is; nothing is 0.
    let longest = facts.longest.map_or(0, |longest| longest.saturating_add(1));
    number(if u32::try_from(longest).is_ok() { longest } else { 0 }, 4, &mut out)?;
    number(facts.groups.len(), 1, &mut out)?;
    for group in &facts.groups {
        number(group.len(), 1, &mut out)?;
        out.extend(group.as_bytes());
    }
    number(facts.needles.as_ref().map_or(0, |needles| needles.len() + 1), 2, &mut out)?;
    for needle in facts.needles.iter().flatten() {
        number(needle.place as usize, 1, &mut out)?;
        number(needle.alternative.into(), 2, &mut out)?;
        number(needle.text.len(), 1, &mut out)?;
        out.extend(&*needle.text);
    }
    let alternatives = facts.split.as_ref().map_or(&[][..], |split| &split.alternatives);
    number(alternatives.len(), 2, &mut out)?;
    for range in facts.split.iter().map(|split| &split.group).chain(alternatives) {
        number(range.start, 4, &mut out)?;
        number(range.end, 4, &mut out)?;
    }
    Some(out)
}

/// Writes the lower bytes of a number; `None` if there are more.
fn number(number: usize, bytes: usize, out: &mut Vec<u8>) -> Option<()> {
    let all = u32::try_from(number).ok()?.to_le_bytes();
    out.extend(&all[..bytes]);
    all[bytes..].iter().all(|byte| *byte == 0).then_some(())
}

#[cfg(test)]
mod tests {
    use super::super::table::Table;
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let long = format!(
            "(?:[-*] ?)?(?:{})(?: more)?",
            ["Menu", "(?P<title>Title)", "Share .+", "Top|End", "Foot"].join("|")
        );
        let patterns = [("Menu|Home", true), ("Menu|Home", false), (".+", true), (&*long, true), ("(?i)mail", false)];
        let table = Table(table(patterns.into_iter().chain([("(", true)])).expect("a table").leak());
        for (pattern, whole) in patterns {
            assert_eq!(table.get(pattern, whole), Some(Facts::of(pattern, whole).expect("a pattern")), "{pattern}");
        }
        assert_eq!([table.get("(", true), table.get("Menu", true), table.get(".+", false)], [None, None, None]);
        assert!(table.get(&long, true).expect("facts").split.is_some());
        assert_eq!(Table(&[]).get("Menu", true), None);
    }
}

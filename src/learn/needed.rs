//! Cleans the pages by what was learned, and takes away what changes none of them.

use super::pages::Seen;
use super::source::{linked, parts_of, source_of};
use super::{Findings, write};
use crate::ledger::Verdict;
use crate::pipeline::Cleaner;
use crate::pipeline::rerun::Rerun;
use crate::rules::compile::parts::SiteParts;
use crate::rules::source::{Rule, Source};

/// For each page and block, whether it is left by what was found so far.
pub(super) fn left(cleaner: &Cleaner, host: &str, seen: &[Seen<'_>], findings: &Findings) -> Vec<Vec<bool>> {
    let source = source_of(cleaner.library(), host, &write::rule_file(host, findings));
    let of_page = |page: &Seen<'_>| {
        let judged = cleaner.rerun(page.article).by(source.as_ref());
        let is_left = |block| judged.ledger.verdicts.get(block) == Some(&Verdict::Kept);
        (0..page.weight.len()).map(is_left).collect()
    };
    seen.iter().map(of_page).collect()
}

/// Takes away the rules without which every page comes out the same.
pub(super) fn prune(cleaner: &Cleaner, host: &str, seen: &[Seen<'_>], findings: &mut Findings) {
    let Some(parts) = parts_of(host, &write::rule_file(host, findings)) else { return };
    let names = findings.drops.iter().map(|drop| &drop.id).chain(findings.phrases.iter().map(|phrase| &phrase.id));
    let names: Vec<String> = names.map(|id| format!("{host}/{id}")).collect();
    let packs = cleaner.library().shared_rules();
    let unneeded = unneeded(cleaner, host, seen, parts, &packs, &names);
    let is_needed = |id: &str| !unneeded.contains(&format!("{host}/{id}"));
    findings.drops.retain(|drop| is_needed(&drop.id));
    findings.phrases.retain(|phrase| is_needed(&phrase.id));
}

/// Which of these rules can all be taken away without a change on any page; the last are tried first, since they bring least.
pub(super) fn unneeded(
    cleaner: &Cleaner,
    host: &str,
    seen: &[Seen<'_>],
    mut parts: SiteParts,
    packs: &[Rule],
    names: &[String],
) -> Vec<String> {
    let reruns: Vec<Rerun<'_>> = seen.iter().map(|page| cleaner.rerun(page.article)).collect();
    let outcome = |parts: &SiteParts| -> Vec<Outcome> {
        let source = linked(cleaner.library(), host, parts.clone(), packs.to_vec());
        reruns.iter().map(|rerun| Outcome::of(rerun, &source)).collect()
    };
    let before = outcome(&parts);
    let mut unneeded = Vec::new();
    for name in names.iter().rev() {
        let mut without = parts.clone();
        without.rules.retain(|rule| *rule.name != **name);
        if outcome(&without) == before {
            unneeded.push(name.clone());
            parts = without;
        }
    }
    unneeded
}

/// What of a page is kept.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    kept: Vec<usize>,
    cuts: usize,
}

impl Outcome {
    fn of(rerun: &Rerun<'_>, source: &Source) -> Self {
        let judged = rerun.by(Some(source));
        let is_kept = |(at, verdict): (usize, &Verdict)| (*verdict == Verdict::Kept).then_some(at);
        let kept = judged.ledger.verdicts.iter().enumerate().filter_map(is_kept).collect();
        Self { kept, cuts: judged.ledger.cuts.len() }
    }
}

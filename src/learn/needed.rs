//! Cleans the pages by what was learned, and takes away what changes none of them.

use super::pages::Seen;
use super::{Findings, write};
use crate::ledger::Verdict;
use crate::pipeline::Cleaner;
use crate::pipeline::rerun::Rerun;
use crate::rules::compile::parts::SiteParts;
use crate::rules::compile::{self, Check};
use crate::rules::diagnostic::FileText;
use crate::rules::file::SiteFile;
use crate::rules::library::Library;
use crate::rules::shape;
use crate::rules::source::Source;

/// The rules of a file that is in no library, with the packs that apply to every page behind them. Nothing where it cannot
/// be read.
pub fn source_of(library: &Library, host: &str, text: &str) -> Option<Source> {
    parts_of(host, text).map(|parts| linked(library, host, parts))
}

fn parts_of(host: &str, text: &str) -> Option<SiteParts> {
    let file = FileText::new(host, text);
    let (written, wrong) = shape::read::<SiteFile>(&file);
    let (parts, problems) = compile::site(&written, &file, host, Check::Quick);
    (wrong.is_empty() && problems.is_empty()).then_some(parts)
}

fn linked(library: &Library, host: &str, parts: SiteParts) -> Source {
    library.indexed(parts.into_source(host.into(), library.shared_rules()))
}

/// Takes away the rules without which every page comes out the same.
pub(super) fn prune(cleaner: &Cleaner, host: &str, seen: &[Seen<'_>], findings: &mut Findings) -> usize {
    let library = cleaner.library();
    let reruns: Vec<Rerun<'_>> = seen.iter().map(|page| cleaner.rerun(page.article)).collect();
    let mut removed = 0;
    let mut at = findings.drops.len();
    let text = write::rule_file(host, findings);
    let Some(mut parts) = parts_of(host, &text) else { return 0 };
    let outcome = |parts: &SiteParts| -> Vec<Outcome> {
        let source = linked(library, host, parts.clone());
        reruns.iter().map(|rerun| Outcome::of(rerun, &source)).collect()
    };
    let mut before = outcome(&parts);
    // The last ones brought least.
    while at > 0 {
        at -= 1;
        let name = format!("{host}/{}", findings.drops[at].id);
        let mut without = parts.clone();
        without.rules.retain(|rule| *rule.name != *name);
        let after = outcome(&without);
        if after == before {
            findings.drops.remove(at);
            parts = without;
            removed += 1;
        } else {
            before = outcome(&parts);
        }
    }
    removed
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
        Self { kept: judged.ledger.verdicts.iter().enumerate().filter_map(is_kept).collect(), cuts: judged.ledger.cuts.len() }
    }
}

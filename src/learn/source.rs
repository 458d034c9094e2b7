//! Makes rules of a file that is in no library, to be tried.

use crate::rules::compile::parts::SiteParts;
use crate::rules::compile::{self, Check};
use crate::rules::diagnostic::FileText;
use crate::rules::file::SiteFile;
use crate::rules::library::Library;
use crate::rules::shape;
use crate::rules::source::{Rule, Source};

/// The rules of a file that is in no library, with the packs that apply to every page behind them. Nothing where it cannot
/// be read.
pub fn source_of(library: &Library, host: &str, text: &str) -> Option<Source> {
    parts_of(host, text).map(|parts| linked(library, host, parts, library.shared_rules()))
}

/// What a file says, if there is no mistake in it.
pub(super) fn parts_of(host: &str, text: &str) -> Option<SiteParts> {
    let file = FileText::new(host, text);
    let (written, wrong) = shape::read::<SiteFile>(&file);
    let (parts, problems) = compile::site(&written, &file, host, Check::Quick);
    (wrong.is_empty() && problems.is_empty()).then_some(parts)
}

/// The rules of a source, ready to run.
pub(super) fn linked(library: &Library, host: &str, parts: SiteParts, packs: Vec<Rule>) -> Source {
    library.indexed(parts.into_source(host.into(), packs))
}

//! The pages that are measured: the samples, and a corpus beside the checkout where there is one.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The HTML pages of the samples.
pub(crate) fn samples() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let cases = listed(&root).into_iter().flat_map(|source| listed(&source));
    cases.filter_map(|case| fs::read(case.join("page.html")).ok()).collect()
}

/// Every so many pages of the corpus wcxb-dev; none where it is not there.
#[allow(dead_code, reason = "not every benchmark asks for them")]
pub(crate) fn corpus(step: usize) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/wcxb-dev/pages");
    let unpack = |path: PathBuf| {
        let mut page = Vec::new();
        flate2::read::GzDecoder::new(fs::File::open(path).ok()?).read_to_end(&mut page).ok()?;
        Some(page)
    };
    listed(&root).into_iter().step_by(step).filter_map(unpack).collect()
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

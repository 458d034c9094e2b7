//! The shipped samples: what `dehusk test` checks, `cargo test` checks as well.

use std::path::Path;

use dehusk::pipeline::Cleaner;
use dehusk::rules::library::Library;
use dehusk::samples::{load, run};

#[test]
fn samples_are_as_expected_and_need_every_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let samples = load(&folder, &[]).expect("samples");
    assert!(!samples.is_empty());
    let run = run(&Cleaner::new(Library::builtin()), &samples, true);
    let failed: Vec<_> = run.samples.iter().filter(|one| !one.passed()).map(|one| (&one.name, &one.failures)).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    let unneeded: Vec<_> = run.unneeded().map(|part| (&part.name, part.state)).collect();
    assert!(unneeded.is_empty(), "{unneeded:#?}");
}

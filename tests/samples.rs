//! The shipped samples, each a test of its own by name: what `dehusk test` checks, `cargo test` checks as well.

use std::path::Path;

use dehusk::pipeline::Cleaner;
use dehusk::rules::library::Library;
use dehusk::samples::{check, load, unexercised};

#[test]
fn samples_are_as_expected_and_exercise_every_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let samples = load(&folder, &[]).expect("samples");
    assert!(!samples.is_empty());
    let cleaner = Cleaner::new(Library::builtin());
    let checked: Vec<_> = samples.iter().map(|sample| check(&cleaner, sample)).collect();
    let failed: Vec<_> = checked.iter().filter(|one| !one.passed()).map(|one| (&one.name, &one.failures)).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert_eq!(unexercised(&cleaner, &samples, &checked), []);
}

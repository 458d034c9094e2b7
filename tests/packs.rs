//! The packs that apply to every page: each rule drops what its cases say, and leaves alone what they say.

use std::path::Path;

use dehusk::pipeline::Cleaner;
use dehusk::rules::library::Library;
use dehusk::samples::cases::check;

#[test]
fn every_rule_of_every_pack_fires_and_spares_as_its_cases_say() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let cleaner = Cleaner::new(Library::builtin().without_sites()).without_generic();
    let checked = check(&cleaner, &samples).expect("cases");
    let problems: Vec<_> = checked.problems.iter().map(|problem| problem.render(false)).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
    assert_eq!(checked.never_fire, [], "rules without a case in which they fire");
    assert_eq!(checked.never_spare, [], "rules without a case of what they spare");
}

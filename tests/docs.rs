//! Pages that are generated from the program say what it says. `SNAPSHOTS=overwrite` refreshes them.

use std::path::Path;

use dehusk::rules::library::Library;
use dehusk::rules::reference;
use dehusk::samples::sources;
use snapbox::{assert_data_eq, file};

#[test]
fn the_reference_of_rule_files_is_fresh() {
    assert_data_eq!(reference::markdown(), file!["../docs/rules.md"].raw());
}

#[test]
fn the_schema_of_rule_files_is_fresh() {
    assert_data_eq!(reference::schema(), file!["../docs/rules.schema.json"].raw());
}

#[test]
fn the_list_of_sources_is_fresh() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let page = sources::markdown(&Library::builtin(), &samples).expect("samples");
    assert_data_eq!(page, file!["../docs/sources.md"].raw());
}

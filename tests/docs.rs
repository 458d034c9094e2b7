//! Pages that are generated from the program say what it says. `SNAPSHOTS=overwrite` refreshes them.

use dehusk::rules::reference;
use snapbox::{assert_data_eq, file};

#[test]
fn the_reference_of_rule_files_is_fresh() {
    assert_data_eq!(reference::markdown(), file!["../docs/rules.md"].raw());
}

#[test]
fn the_schema_of_rule_files_is_fresh() {
    assert_data_eq!(reference::schema(), file!["../docs/rules.schema.json"].raw());
}

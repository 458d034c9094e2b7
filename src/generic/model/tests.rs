use super::*;

const SMALL: &str = r#"{"version":1,"input":"text","about":"","bias":0.5,"scale":0.1,"features":["length","page-links"],
    "trees":[{"splits":[[0,10],[1,0.5]],"leaves":[0,10,20,30]}],"calibration":[[0.2,0.1],[0.6,0.5],[0.8,0.9]]}"#;

#[test]
fn the_built_in_models_can_be_read() {
    assert!(Model::of_html().is_of_html && !Model::of_html().trees.is_empty());
    assert!(!Model::of_text().is_of_html && !Model::of_text().trees.is_empty());
    assert!(Model::of_html().calibration.is_sorted_by_key(|point| point[1]));
}

#[test]
fn models_that_cannot_be_used_say_why() {
    let why = |from: &str, to: &str| Model::parse(&SMALL.replace(from, to)).expect_err("it is broken").to_string();
    assert!(Model::parse(SMALL).is_ok());
    assert!(why("{", "[").starts_with("not a model file"));
    assert!(why("\"version\":1", "\"version\":9").contains("version 9"));
    assert!(why("page-links", "moon-phase").contains("`moon-phase`"));
    assert!(why("[0,10,20,30]", "[0,10,20]").contains("tree 0"));
    assert!(why("[1,0.5]", "[2,0.5]").contains("tree 0"));
}

#[test]
fn expected_f1_is_led_to_the_measured_one() {
    let model = Model::parse(SMALL).expect("a model");
    for (predicted, measured) in [(0.0, 0.1), (0.2, 0.1), (0.4, 0.3), (0.8, 0.9), (1.0, 0.9)] {
        assert!((model.calibrated(predicted) - measured).abs() < 1e-6, "{predicted}");
    }
    let without = Model { calibration: Vec::new(), ..model };
    assert!((without.calibrated(0.3) - 0.3).abs() < f32::EPSILON);
}

#[test]
fn trees_are_read_from_the_lowest_bit() {
    use crate::document::plain::{self, Lines};
    use crate::generic::features::{Described, Known};
    use crate::metadata::declared::Declared;
    use crate::strip::reading::Reading;
    use crate::strip::unseen;
    let document = plain::read("short\n\nas long as ten letters and more", Lines::Block);
    let reading = Reading::new(&document);
    let declared = Declared::default();
    let described = Described::new(&reading, &unseen(&document), Known { declared: &declared, url: None });
    let model = Model::parse(SMALL).expect("a model");
    let scores = model.judge(&described.sheet(0..2));
    let sigmoid = |odds: f32| 1.0 / (1.0 + (-odds).exp());
    assert!((scores[0] - sigmoid(0.5)).abs() < 1e-6 && (scores[1] - sigmoid(1.5)).abs() < 1e-6, "{scores:?}");
}

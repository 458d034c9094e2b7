//! The floors of quality: a change that makes the cleaner worse on the invented pages of `tests/evaluation` fails here.
//! What it is worth on real pages, only the corpora tell (docs/evaluation.md). When a change makes it better, raise the
//! floors to a little below what `dehusk evaluate tests/evaluation` says.

use std::path::Path;

use dehusk::evaluate::answer::{Given, clean};
use dehusk::evaluate::summary::{Summary, summaries};
use dehusk::evaluate::truth::Corpus;
use dehusk::evaluate::{Selection, evaluate};
use dehusk::pipeline::Cleaner;
use dehusk::rules::library::Library;

/// A type of page, the least word F1, and how much may be left of what must not be there.
const FLOORS: [(&str, f64, f64); 8] = [
    ("all", 0.98, 0.06),
    ("article", 0.98, 0.1),
    ("collection", 0.96, 0.1),
    ("documentation", 0.97, 0.1),
    ("forum", 0.97, 0.1),
    ("listing", 0.95, 0.1),
    ("product", 0.96, 0.1),
    ("service", 0.97, 0.1),
];

/// The least of other figures, over all pages.
const OTHERS: [(&str, f64); 5] = [("gram_f1", 0.97), ("rouge", 0.98), ("with", 0.97), ("order", 0.99), ("title", 0.90)];

/// Flattened pages show no markup: menus and neighbours are harder to tell.
const FLATTENED: f64 = 0.9;

fn figures(given: Given) -> Vec<Summary> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/evaluation");
    let corpus = Corpus::open(&folder).expect("a corpus");
    assert_eq!(corpus.problems, []);
    let cleaner = Cleaner::new(Library::builtin());
    let pages = evaluate(&corpus, &Selection::default(), |page| clean(&cleaner, page, given));
    summaries(&pages)
}

#[test]
fn no_figure_falls_below_its_floor() {
    let summaries = figures(Given::Html);
    let mut fallen = Vec::new();
    for (name, floor, ceiling) in FLOORS {
        let summary = summaries.iter().find(|summary| summary.pages == name).expect(name);
        let (f1, without) = (summary.figure("f1").expect("a figure"), summary.figure("without").expect("a figure"));
        if f1 < floor || without > ceiling {
            fallen
                .push(format!("{name}: word F1 {f1:.4} (at least {floor}), without {without:.4} (at most {ceiling})"));
        }
    }
    for (name, floor) in OTHERS {
        let figure = summaries[0].figure(name).expect(name);
        if figure < floor {
            fallen.push(format!("{name}: {figure:.4} (at least {floor})"));
        }
    }
    assert!(fallen.is_empty(), "the cleaner has become worse on invented pages:\n{}", fallen.join("\n"));
}

#[test]
fn no_figure_of_flattened_pages_falls_below_its_floor() {
    let f1 = figures(Given::Flattened)[0].figure("f1").expect("a figure");
    assert!(f1 >= FLATTENED, "word F1 of flattened pages is {f1:.4}, and was at least {FLATTENED}");
}

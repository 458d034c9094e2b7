//! Writes scores for people: a Markdown table, as documents have it.

use std::fmt::Write as _;

use dehusk::evaluate::summary::{SHINGLE_PRECISION, SHINGLE_RECALL, Summary};
use dehusk::evaluate::{Calibration, Scored};

use super::Evaluation;
use crate::table::table;

/// The columns: what stands above, and the figure.
const COLUMNS: [(&str, &str); 12] = [
    ("precision", "precision"),
    ("recall", "recall"),
    ("word F1", "f1"),
    ("4-gram F1", "gram_f1"),
    ("ROUGE-LSum", "rouge"),
    ("with", "with"),
    ("without", "without"),
    ("exact", "exact"),
    ("order", "order"),
    ("title", "title"),
    ("author", "author"),
    ("date", "date"),
];

pub(super) fn report(result: &Evaluation<'_>, worst: &[&Scored]) -> String {
    let headings = ["pages", "n"].into_iter().chain(COLUMNS.map(|(heading, _)| heading)).chain(["no answer"]);
    let rows = result.summaries.iter().map(|summary| {
        let figures = COLUMNS.iter().map(|(_, figure)| shown(summary.figure(figure)));
        let mut row = vec![summary.pages.clone(), summary.count.to_string()];
        row.extend(figures);
        row.push(summary.no_answer.to_string());
        row
    });
    let mut out = table(headings, rows);
    if let Some(all) = result.summaries.first() {
        out.push_str(&shingles(all));
    }
    if let Some(calibration) = &result.calibration {
        out.push_str(&calibrated(calibration));
    }
    if !worst.is_empty() {
        out.push('\n');
    }
    for page in worst {
        let Scored { id, source, scores, .. } = page;
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{:.3}  p {:.2}  r {:.2}  {id}  {source}", scores.f1, scores.precision, scores.recall);
    }
    out
}

fn shingles(all: &Summary) -> String {
    let [precision, recall] = [SHINGLE_PRECISION, SHINGLE_RECALL].map(|figure| shown(all.figure(figure)));
    format!(
        "\nShingles as ScrapingHub counts them: precision {precision}, recall {recall}, F1 {}\n",
        shown(all.shingle_f1)
    )
}

fn calibrated(calibration: &Calibration) -> String {
    let rows = calibration.bins.iter().map(|bin| {
        let range = format!("{:.1} to {:.1}", bin.from, bin.from + 0.1);
        vec![range, bin.pages.to_string(), shown(Some(bin.predicted)), shown(Some(bin.measured))]
    });
    let headings = ["confidence", "n", "predicted", "word F1"];
    format!("\n{}\nOn average they are {:.4} apart.\n", table(headings.into_iter(), rows), calibration.error)
}

/// A figure to four digits.
fn shown(figure: Option<f64>) -> String {
    figure.map_or_else(|| "–".to_owned(), |figure| format!("{figure:.4}"))
}

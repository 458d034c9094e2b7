//! Tells tables of data, which are read row by row, from tables that only lay out a page.

use scraper::{ElementRef, Node};

/// A cell with more paragraphs than this is a column of a page, not a value.
const MAX_PARAGRAPHS: usize = 2;

/// Whether a table lays out a page: it says so, it nests tables or sections, it has a single column, or it has cells
/// that are whole texts. (What browsers ask for the same question, only simpler.)
pub(super) fn is_layout(table: ElementRef<'_>) -> bool {
    if matches!(table.attr("role"), Some("presentation" | "none")) {
        return true;
    }
    let mut cells_in_row = 0;
    let mut widest = 0;
    let mut paragraphs = 0;
    for node in table.descendants().skip(1) {
        let Node::Element(element) = node.value() else { continue };
        match element.name() {
            "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "article" | "section" | "nav" | "aside" | "main"
            | "header" | "footer" | "form" => return true,
            "tr" => cells_in_row = 0,
            "td" | "th" => {
                cells_in_row += 1;
                widest = widest.max(cells_in_row);
                paragraphs = 0;
            }
            "p" => {
                paragraphs += 1;
                if paragraphs > MAX_PARAGRAPHS {
                    return true;
                }
            }
            _ => {}
        }
    }
    widest <= 1
}

//! Tells tables of data, which are read row by row, from tables that only lay out a page, and keeps the columns of the
//! former in line where cells span several.

use super::tree::Element;

/// A cell with more paragraphs than this is a column of a page, not a value.
const MAX_PARAGRAPHS: usize = 2;

/// Whether a table lays out a page: it says so, it nests tables or sections, it has a single column, or it has cells
/// that are whole texts. (What browsers ask for the same question, only simpler.)
pub(super) fn is_layout(table: Element<'_>) -> bool {
    if matches!(table.attr("role"), Some("presentation" | "none")) {
        return true;
    }
    let mut cells_in_row = 0;
    let mut widest = 0;
    let mut paragraphs = 0;
    for element in table.descendants() {
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

/// More columns than this are not kept in line: no table for readers has as many.
const MAX_COLUMNS: usize = 100;

/// The columns of a table, as its rows are read (HTML standard, 4.9.12: forming a table).
#[derive(Default)]
pub(super) struct Columns {
    /// For each column, how many more rows a cell above reaches into.
    taken: Vec<usize>,
    /// The column behind the cell that was begun last; `None` before the first cell of a row.
    next: Option<usize>,
    /// The column of that cell.
    last_start: usize,
}

impl Columns {
    pub(super) fn begin_row(&mut self) {
        // What no cell of the last row came to is taken by cells above all the same.
        for taken in self.taken.iter_mut().skip(self.next.unwrap_or(0)) {
            *taken = taken.saturating_sub(1);
        }
        self.next = None;
    }

    /// How many borders of columns lie between the cell before, or the edge, and the cell that begins.
    pub(super) fn begin_cell(&mut self, cell: Element<'_>) -> usize {
        let start = self.next.unwrap_or(0);
        let mut column = start;
        while let Some(taken) = self.taken.get_mut(column).filter(|taken| **taken > 0) {
            *taken -= 1;
            column += 1;
        }
        let span = |name| cell.attr(name).and_then(|span| span.trim().parse().ok()).unwrap_or(1_usize).max(1);
        let behind = (column + span("colspan")).min(MAX_COLUMNS);
        let rows = span("rowspan") - 1;
        if self.taken.len() < behind {
            self.taken.resize(behind, 0);
        }
        for taken in self.taken.iter_mut().take(behind).skip(column) {
            *taken = rows;
        }
        let borders = match self.next {
            None => column,
            // The cell before counts its further columns here, since only now something follows them.
            Some(_) => column - self.last_start,
        };
        self.last_start = column;
        self.next = Some(behind.max(column + 1));
        borders
    }
}

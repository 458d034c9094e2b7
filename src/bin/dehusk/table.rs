//! Writes tables as documents have them, in Markdown.

/// A Markdown table with its columns aligned.
pub(crate) fn table<'a>(headings: impl Iterator<Item = &'a str>, rows: impl Iterator<Item = Vec<String>>) -> String {
    let headings: Vec<String> = headings.map(str::to_owned).collect();
    let rows: Vec<Vec<String>> = rows.collect();
    let length = |cell: &String| cell.chars().count();
    let widths: Vec<usize> = (0..headings.len())
        .map(|column| rows.iter().chain([&headings]).filter_map(|row| row.get(column)).map(length).max().unwrap_or(0))
        .collect();
    let line = |row: &[String]| {
        let cells: String = row.iter().zip(&widths).map(|(cell, width)| format!(" {cell:<width$} |")).collect();
        format!("|{cells}\n")
    };
    let rule: String = widths.iter().map(|width| format!("{}|", "-".repeat(width + 2))).collect();
    let body: String = rows.iter().map(|row| line(row)).collect();
    format!("{}|{rule}\n{body}", line(&headings))
}

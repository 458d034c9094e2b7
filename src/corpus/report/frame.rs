//! Defines what the page is made of beside its plots: the frame, tables, and how text gets in.

/// A page with this title and these sections.
pub(super) fn page(title: &str, sections: &[String]) -> String {
    let title = escaped(title);
    let sections = sections.concat();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
        <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
        <meta name=\"color-scheme\" content=\"light dark\">\n\
        <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{sections}</main>\n\
        </body>\n</html>\n"
    )
}

/// A section, if there is anything in it.
pub(super) fn section(title: &str, parts: &[String]) -> String {
    let parts = parts.concat();
    if parts.is_empty() {
        return parts;
    }
    format!("<section>\n<h2>{}</h2>\n<div class=\"plots\">\n{parts}</div>\n</section>\n", escaped(title))
}

/// A plot with its title, and its values as a table to unfold.
pub(super) fn figure(title: &str, note: &str, plot: &str, values: &str) -> String {
    let note = if note.is_empty() { String::new() } else { format!("<p class=\"note\">{}</p>\n", escaped(note)) };
    let values = match values {
        "" => String::new(),
        _ => format!("<details><summary>Values</summary>\n{values}</details>\n"),
    };
    format!("<figure>\n<figcaption>{}</figcaption>\n{note}{plot}{values}</figure>\n", escaped(title))
}

/// A table with its title, as wide as the page.
pub(super) fn listing(title: &str, note: &str, table: &str) -> String {
    if table.is_empty() {
        String::new()
    } else {
        figure(title, note, table, "").replacen("<figure>", "<figure class=\"full\">", 1)
    }
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Words.
    Text(&'static str),
    /// Numbers, flush right.
    Number(&'static str),
}

/// A table; nothing without rows.
pub(super) fn table(columns: &[Column], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let cell = |tag: &str, column: &Column, text: &str| {
        let class = if let Column::Number(_) = column { " class=\"number\"" } else { "" };
        format!("<{tag}{class}>{}</{tag}>", escaped(text))
    };
    let head: String = columns
        .iter()
        .map(|column| match column {
            Column::Text(name) | Column::Number(name) => cell("th", column, name),
        })
        .collect();
    let rows: String = rows
        .iter()
        .map(|row| {
            let cells: String = columns.iter().zip(row).map(|(column, text)| cell("td", column, text)).collect();
            format!("<tr>{cells}</tr>\n")
        })
        .collect();
    format!("<div class=\"wide\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n")
}

/// The figures at the head of the page.
pub(super) fn tiles(tiles: &[(&str, String)]) -> String {
    let tiles: String = tiles
        .iter()
        .map(|(name, value)| format!("<div><dt>{}</dt><dd>{}</dd></div>\n", escaped(name), escaped(value)))
        .collect();
    format!("<dl class=\"tiles\">\n{tiles}</dl>\n")
}

/// A text that stays text wherever it stands, attributes among it. Characters that mean nothing in HTML are replaced.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // What turns the direction of writing would turn what stands behind it too.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            c if c.is_control() && c != '\n' && c != '\t' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Three colours, each also told by where it stands and by how it is filled: blue what is there, orange what is wrong, grey
/// what is left out. All have a contrast of 3 : 1 at least with the ground, texts of 4.5 : 1.
const STYLE: &str = "\
:root {
  color-scheme: light dark;
  --ground: #ffffff; --card: #f7f7f5; --ink: #1b1b1a; --quiet: #595955; --line: #d6d5cf;
  --blue: #0067a5; --orange: #c04a00; --grey: #77766f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #161615; --card: #20201e; --ink: #eeede8; --quiet: #b1b0a8; --line: #403f3b;
    --blue: #5ab0ee; --orange: #f58f4e; --grey: #98978f;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 1.5rem; margin: 0 0 16px; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 40px 0 12px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 12px; margin: 0; }
.tiles div { background: var(--card); border-radius: 8px; padding: 10px 14px; }
.tiles dt { color: var(--quiet); font-size: .85rem; }
.tiles dd { margin: 0; font-size: 1.3rem; font-weight: 600; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 520px), 1fr)); gap: 16px; }
figure { margin: 0; background: var(--card); border-radius: 8px; padding: 14px 16px; min-width: 0; }
.full { grid-column: 1 / -1; }
figcaption { font-weight: 600; }
.note { margin: 0; color: var(--quiet); font-size: .85rem; }
svg { display: block; width: 100%; height: auto; margin-top: 8px; font: 12px system-ui, sans-serif; }
svg text { fill: var(--ink); }
svg .quiet { fill: var(--quiet); }
svg .rule { stroke: var(--line); stroke-width: 1; }
svg .axis { stroke: var(--quiet); stroke-width: 1; }
svg .blue { fill: var(--blue); }
svg .orange { fill: var(--orange); }
svg .grey { fill: var(--grey); }
svg .trace { fill: none; stroke: var(--blue); stroke-width: 2; stroke-linejoin: round; }
svg .stripe-blue { stroke: var(--blue); stroke-width: 4; }
svg .stripe-grey { stroke: var(--grey); stroke-width: 3; }
svg .hollow { fill: none; stroke: var(--grey); stroke-width: 2; }
details { margin-top: 8px; }
summary { color: var(--quiet); cursor: pointer; font-size: .85rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: 4px 10px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--quiet); font-weight: 600; }
td { overflow-wrap: anywhere; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
";

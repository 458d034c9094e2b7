//! Tells Markdown from plain text.

/// Whether a text without a telling file name is Markdown: it has at least two lines that plain text does not have, such
/// as headings, fences, links, table rules and list items that are stressed as a whole.
pub fn looks_like_markdown(text: &str) -> bool {
    let telling = text.lines().filter(|line| is_telling(line.trim())).take(2).count();
    telling >= 2
}

fn is_telling(line: &str) -> bool {
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let heading = (1..=6).contains(&level) && line[level..].starts_with(' ');
    let linked = line.find("](").is_some_and(|at| line[..at].contains('[') && line[at..].contains(')'));
    let delimiter = line.contains('|') && line.contains("---") && line.bytes().all(|byte| b"|-: ".contains(&byte));
    let stressed =
        ["- *", "* *", "- _", "1. *"].iter().any(|start| line.starts_with(start)) && line.ends_with(['*', '_']);
    let strong = line.len() > 4 && line.starts_with("**") && line.ends_with("**");
    heading || linked || delimiter || stressed || strong || line.starts_with("```") || line.starts_with("~~~")
}

//! Tells Markdown from plain text, and flattened Markdown from Markdown as people write it.

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

/// Whether each line of a Markdown text clearly is a block, as in flattened pages: many of its lines are long and few of
/// those directly above others look broken, or most of these end as sentences do and hold more than one.
///
/// A line that holds one sentence is no evidence: some people write a sentence a line.
pub fn has_a_block_a_line(text: &str) -> bool {
    let (mut lines, mut long) = (0, 0);
    let (mut breaks, mut broken, mut whole, mut several) = (0, 0, 0, 0);
    let mut fenced = false;
    let mut above: Option<&str> = None;
    for line in text.lines() {
        let fence = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        fenced ^= fence;
        let line = Some(line).filter(|line| !fence && !fenced && is_running(line));
        let is_long = |line: &str| line.chars().nth(LONG).is_some();
        lines += usize::from(line.is_some());
        long += usize::from(line.is_some_and(is_long));
        if let (Some(above), Some(_)) = (above, line) {
            breaks += 1;
            let ended = above.trim_end().ends_with(['.', '!', '?', ':', '…', '"', '“', '”', '«', '»']);
            broken += usize::from(!ended && !is_long(above) && above.chars().nth(SHORT).is_some());
            whole += usize::from(ended);
            several += usize::from(ended && [". ", "! ", "? "].iter().any(|end| above.contains(end)));
        }
        above = line;
    }
    let many = long >= 3 && long * 4 >= lines && broken * 4 <= breaks;
    let sentences = breaks >= 4 && whole * 4 >= breaks * 3 && several * 2 >= breaks;
    (many || sentences) && !super::plain::guesses_wrapped(text)
}

/// Few lines that were broken to fit are shorter, in characters.
const SHORT: usize = 50;
/// No line that was broken to fit is longer, in characters.
const LONG: usize = 150;

/// Whether a line is running text, rather than a heading, a list item, a row, a quote, a tag or nothing.
fn is_running(line: &str) -> bool {
    let text = line.trim_start();
    line.len() - text.len() < 4
        && !text.is_empty()
        && !text.starts_with(['#', '|', '>', '<', '=', '+'])
        && !["- ", "* ", "---", "***", "___"].iter().any(|start| text.starts_with(start))
        && !text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(". ")
}

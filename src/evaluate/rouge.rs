//! ROUGE-LSum F1, as the Fundus evaluation measures: for each line of the truth the words that it has in common, in order,
//! with the lines of the answer, put together over these; no word counts more often than both have it.
//!
//! It follows `rouge_score` of Google Research step by step, with which it agrees to the last digit: among sequences of
//! one length the same one has to be chosen.

use rustc_hash::FxHashSet;

use super::truth::Truth;
use super::words::{Numbers, counts, is_space, rouge_words};

/// The score of a text against the paragraphs of the truth; with those that may be left out, or without, whichever is
/// better. Nothing where the truth has no paragraphs.
pub(super) fn rouge_f1(text: &str, page: &Truth) -> Option<f64> {
    if page.paragraphs.is_empty() {
        return None;
    }
    let lines = text.split(is_line_end).map(|line| line.trim_matches(is_space)).filter(|line| !line.is_empty());
    let lines: Vec<String> = lines.map(str::to_lowercase).collect();
    let paragraphs = |without: &[usize]| -> Vec<String> {
        let kept = page.paragraphs.iter().enumerate().filter(|(at, _)| !without.contains(at));
        let lines = kept.flat_map(|(_, paragraph)| paragraph.split('\n')).filter(|line| !line.is_empty());
        lines.map(str::to_lowercase).collect()
    };
    let all = f1(&paragraphs(&[]), &lines);
    Some(if page.optional.is_empty() { all } else { all.max(f1(&paragraphs(&page.optional), &lines)) })
}

/// The ends of lines as Python sees them.
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn f1(truth: &[String], answer: &[String]) -> f64 {
    let mut numbers = Numbers::default();
    let mut numbered = |lines| -> Vec<Vec<u32>> { lines_of(lines, &mut numbers) };
    let (truth, answer) = (numbered(truth), numbered(answer));
    let count = |lines: &[Vec<u32>]| lines.iter().map(Vec::len).sum::<usize>();
    let (wanted, given) = (count(&truth), count(&answer));
    if wanted == 0 || given == 0 {
        return 0.0;
    }
    let mut left = counts(answer.iter().flatten().copied());
    let mut hits: usize = 0;
    let sets: Vec<FxHashSet<u32>> = answer.iter().map(|line| line.iter().copied().collect()).collect();
    for line in &truth {
        for word in union(line, &answer, &sets) {
            // The truth's own count needs no look: each of its words comes by once.
            if let Some(left) = left.get_mut(&word).filter(|left| **left > 0) {
                *left -= 1;
                hits += 1;
            }
        }
    }
    let (recall, precision) = (hits as f64 / wanted as f64, hits as f64 / given as f64);
    if hits == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

fn lines_of<'a>(lines: &'a [String], numbers: &mut Numbers<'a>) -> Vec<Vec<u32>> {
    lines.iter().map(|line| rouge_words(line).map(|word| numbers.of(word)).collect()).collect()
}

/// The words of a line of the truth that it has in common, in order, with some line of the answer.
fn union(line: &[u32], answer: &[Vec<u32>], sets: &[FxHashSet<u32>]) -> Vec<u32> {
    let mut is_in = vec![false; line.len()];
    for (other, set) in answer.iter().zip(sets) {
        // Most lines have nothing in common.
        if line.iter().any(|word| set.contains(word)) {
            mark_common(line, other, &mut is_in);
        }
    }
    line.iter().zip(is_in).filter(|(_, is_in)| *is_in).map(|(word, _)| *word).collect()
}

/// Marks the words of one of the longest common sequences of two lines: of several, the one that `rouge_score` takes.
fn mark_common(line: &[u32], other: &[u32], is_in: &mut [bool]) {
    let width = other.len() + 1;
    // The lengths of the last two rows, and for each cell whether the way back leads to the left.
    let (mut above, mut lengths) = (vec![0_u32; width], vec![0_u32; width]);
    let mut leads_left = vec![false; line.len() * width];
    for (row, word) in line.iter().enumerate() {
        for (column, there) in other.iter().enumerate() {
            let (left, up) = (lengths[column], above[column + 1]);
            lengths[column + 1] = if word == there { above[column] + 1 } else { left.max(up) };
            leads_left[row * width + column] = left > up;
        }
        std::mem::swap(&mut above, &mut lengths);
    }
    let (mut row, mut column) = (line.len(), other.len());
    while row > 0 && column > 0 {
        if line[row - 1] == other[column - 1] {
            row -= 1;
            column -= 1;
            is_in[row] = true;
        } else if leads_left[(row - 1) * width + column - 1] {
            column -= 1;
        } else {
            row -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(paragraphs: &[&str], optional: &[usize]) -> Truth {
        let paragraphs = paragraphs.iter().map(ToString::to_string).collect();
        Truth { paragraphs, optional: optional.to_vec(), ..Truth::default() }
    }

    /// The figures are those of `rouge_score`.
    #[test]
    fn it_agrees_with_rouge_score() {
        let of = |text: &str, paragraphs: &[&str]| rouge_f1(text, &page(paragraphs, &[])).map(|f1| (f1 * 1e6).round());
        let truth = ["The bridge over the harbour was opened", "Ferries go on, and on"];
        assert_eq!(of("The bridge over the harbour was opened\n\nFerries go on, and on\n", &truth), Some(1e6));
        assert_eq!(of("the harbour bridge opened\non and on go ferries", &truth), Some(571_429.0));
        assert_eq!(of("Menu\nFerries go on, and on\nThe bridge was closed over the winter", &truth), Some(720_000.0));
        assert_eq!(of("新しい橋が開通した", &["新しい橋が港に開通した"]), Some(900_000.0));
        assert_eq!(of("", &truth), Some(0.0));
        assert_eq!(of("…", &truth), Some(0.0));
        assert_eq!(rouge_f1("text", &page(&[], &[])), None);
    }

    #[test]
    fn what_may_be_left_out_costs_nothing_either_way() {
        let page = page(&["One two three", "Four five"], &[1]);
        assert_eq!(rouge_f1("One two three", &page), Some(1.0));
        assert_eq!(rouge_f1("One two three\nFour five", &page), Some(1.0));
    }
}

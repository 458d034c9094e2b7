//! Shows blocks as the generic cleaner sees them: a number for each feature.

use crate::article::Article;
use crate::flags::Flag;
use crate::generic::features::{Sheet, grouped};
use crate::ledger::Verdict;

/// What is known of a block, a line each. The sheet is the one of which the block is the only row
/// ([`Rerun::features`](crate::pipeline::rerun::Rerun::features)); without one, it is told why there is none.
pub fn lines(article: &Article, block: usize, sheet: Option<&Sheet>) -> Vec<String> {
    let (Some(about), Some(verdict)) = (article.document.blocks.get(block), article.ledger.verdicts.get(block)) else {
        return Vec::new();
    };
    let verdict = match verdict {
        Verdict::Kept => "kept".to_owned(),
        Verdict::Dropped(cause) => format!("dropped by {} ({})", cause.rule, cause.category.name()),
    };
    let mut lines = vec![
        format!("block     {}", block + 1),
        format!("place     {}", article.document.locate(about)),
        format!("text      {}", about.text.replace('\n', "⏎").replace('\t', " | ").trim()),
        format!("verdict   {verdict}"),
    ];
    let (Some(sheet), Some(_)) = (sheet, article.ledger.score(block)) else {
        lines.push(format!("score     none: {}", why_not(article, block)));
        return lines;
    };
    lines.push(format!("score     {}", super::shown_score(article.ledger.score(block))));
    for (group, features) in grouped() {
        lines.push(String::new());
        lines.push(group.to_owned());
        for feature in features {
            let value = number(sheet.get(*feature, sheet.rows().start));
            lines.push(format!("  {:<22} {value:>10}  {}", feature.name(), feature.about()));
        }
    }
    lines
}

/// Why the generic cleaner has not judged a block.
fn why_not(article: &Article, block: usize) -> String {
    let was_asked = !article.ledger.scores.is_empty();
    match article.ledger.verdicts.get(block) {
        _ if !was_asked => match article.source_id() {
            Some(source) => format!(
                "the generic cleaner was not asked; on pages of {source} it is where the rule file says `generic = true` in \
                 `[body]`"
            ),
            None if article.flags.contains(&Flag::Generic) => "the page has too little text to judge by".to_owned(),
            None => "the generic cleaner was not asked".to_owned(),
        },
        Some(Verdict::Dropped(cause)) => {
            format!("{} had dropped it before the generic cleaner looked", cause.rule)
        }
        _ => "it has no text to judge".to_owned(),
    }
}

/// A number without digits that say nothing.
fn number(value: f32) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.3}") }
}

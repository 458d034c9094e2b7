//! What must hold of everything that is said of a rule file, and of an article that the rules of a source made.

use std::collections::HashSet;

use dehusk::article::{Article, Flag};
use dehusk::ledger::Verdict;
use dehusk::rules::diagnostic::Diagnostic;
use dehusk::rules::source::Source;
use dehusk::text::weight;

/// Asserts that a problem has a place in its file, says something, and can be shown.
pub fn check_problem(problem: &Diagnostic) {
    let (span, text) = (&problem.span, &problem.text);
    assert!(span.start <= span.end && text.get(span.clone()).is_some(), "{span:?} of {}: {problem:?}", text.len());
    assert!(!problem.message.is_empty() && !problem.help.is_empty(), "{problem:?}");
    assert!(problem.line() >= 1 && problem.column() >= 1);
    for coloured in [false, true] {
        let shown = problem.render(coloured);
        assert!(shown.contains(&*problem.file), "{shown}");
    }
}

/// Asserts that only rules of the source dropped something, and no more than they may.
pub fn check_guards(article: &Article, source: &Source) {
    // Its body selectors found nothing: packs and the generic cleaner cleaned the page.
    if article.document.tree.is_some() && article.flags.contains(&Flag::StaleRules) {
        return;
    }
    let rules = source.rules.iter().chain(source.layouts.iter().flat_map(|layout| &layout.rules));
    let names: HashSet<&str> = rules.map(|rule| &*rule.name).collect();
    let outside = format!("{}/body", source.id);
    let (mut total, mut dropped) = (0, 0);
    for (index, (verdict, block)) in article.ledger.verdicts.iter().zip(&article.document.blocks).enumerate() {
        match verdict {
            Verdict::Dropped(cause) if cause.rule.starts_with("page/") || *cause.rule == *outside => continue,
            Verdict::Dropped(cause) => {
                assert!(names.contains(&*cause.rule), "{cause:?} is no rule of {}", source.id);
                dropped += weight(&block.text);
            }
            Verdict::Kept => {
                for cut in article.ledger.cuts_of(index) {
                    assert!(names.contains(&*cut.cause.rule), "{cut:?} is no rule of {}", source.id);
                    dropped += weight(&block.text[cut.range.clone()]);
                }
            }
        }
        total += weight(&block.text);
    }
    let share = dropped as f64 / total.max(1) as f64;
    assert!(share <= source.max_share + 1e-9, "{share} > {}", source.max_share);
}

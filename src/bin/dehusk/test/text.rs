//! The report for people.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use dehusk::samples::cases::CheckedCases;
use dehusk::samples::diff::{Stretch, words};
use dehusk::samples::{Checked, Differing, Failure, PartOfRules, Problem, Run, State};

pub(super) const RED: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
pub(super) const GREEN: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));

/// How many lines of a body that differ are named, and how much of each is shown, in characters.
const LINES: usize = 8;
const EXCERPT: usize = 80;

/// What to do about a rule of a pack that no case shows at work, or at rest.
pub(super) const NEVER_FIRES: &str = "no case shows what this rule drops; add one with `fires`";
pub(super) const NEVER_SPARES: &str = "no case shows what this rule leaves alone; add one with `spares`";

/// All samples, the worst first, then the rules that no sample needs, then the sums.
pub(super) fn report(run: &Run) -> String {
    run.samples.iter().map(sample).collect::<String>() + &rest(run)
}

/// What there is to say beside the samples themselves.
pub(super) fn rest(run: &Run) -> String {
    let mut out = String::new();
    for part in run.unneeded() {
        let _ = writeln!(out, "{RED}FAIL{RED:#} {}: {}", part.name, unneeded(part));
    }
    let cases = run.cases.as_ref().map_or(String::new(), |checked| of_cases(checked, &mut out));
    let failed = run.samples.iter().filter(|one| !one.passed()).count();
    let of = |state| run.parts.iter().filter(|part| part.state == state).count();
    let _ = writeln!(
        out,
        "{}: {} passed, {failed} failed; {}: {} unused, {} unneeded{cases}",
        counted(run.samples.len(), "sample"),
        run.samples.len() - failed,
        counted(run.parts.len(), "rule"),
        of(State::Unused),
        of(State::Unneeded),
    );
    out
}

/// What is wrong with the cases of packs goes out; the sum comes back.
fn of_cases(checked: &CheckedCases, out: &mut String) -> String {
    for problem in &checked.problems {
        let _ = writeln!(out, "{RED}FAIL{RED:#} {}", problem.render(false));
    }
    for rule in &checked.never_fire {
        let _ = writeln!(out, "{RED}FAIL{RED:#} {rule}: {NEVER_FIRES}");
    }
    for rule in &checked.never_spare {
        let _ = writeln!(out, "{RED}FAIL{RED:#} {rule}: {NEVER_SPARES}");
    }
    let wrong = checked.problems.len() + checked.never_fire.len() + checked.never_spare.len();
    format!("; {} of packs: {wrong} wrong", counted(checked.snippets, "case"))
}

/// What to do about a part of a rule file that no sample needs.
pub(super) fn unneeded(part: &PartOfRules) -> &'static str {
    match (part.state, part.name.contains(" marks ")) {
        (State::Unused, true) => "no sample has a block that this mark matches; add one that has, or remove it",
        (State::Unused, false) => "no sample exercises this rule; add one on which it fires, or remove it",
        _ => "no sample would fail without it; add one that would, or remove it",
    }
}

/// A sample, with all that is not as it must be.
pub(super) fn sample(one: &Checked) -> String {
    if one.passed() {
        return format!("{GREEN}pass{GREEN:#} {}\n", one.name);
    }
    let failures: String = one.failures.iter().map(told).collect();
    format!("{RED}FAIL{RED:#} {}\n{failures}{}", one.name, lines(&one.lines))
}

/// What is not as it must be, for people.
fn told(failure: &Failure) -> String {
    match &failure.problem {
        Problem::Told { message } => message.lines().map(|line| format!("  {line}\n")).collect(),
        Problem::Missing { path, found } => {
            let found = indented(found);
            let path = path.display();
            format!("  {path} is missing. If this, which came out, is right, take it with --accept:\n{found}\n")
        }
        Problem::Unreadable { path, message } => {
            format!("  {}: {message}; mend it, or take what comes out with --accept\n", path.display())
        }
        Problem::Differs { what, expected, found } => {
            let diff = difference(expected, found);
            format!("  {what} ({RED}[-expected-]{RED:#}, {GREEN}{{+found+}}{GREEN:#}):\n{diff}\n")
        }
    }
}

/// The lines in which the body differs, and which rule is to blame.
fn lines(differing: &Differing) -> String {
    let noisy =
        differing.noisy.iter().map(|one| format!("  {} drops what should stay: {}\n", one.rule, excerpt(&one.text)));
    let missing =
        differing.missing.iter().map(|one| format!("  no rule drops, at {}: {}\n", one.place, excerpt(&one.text)));
    let all: Vec<_> = noisy.chain(missing).collect();
    let more = all.len().saturating_sub(LINES);
    let more = if more > 0 { format!("  and {}\n", counted(more, "more line")) } else { String::new() };
    all.into_iter().take(LINES).chain([more]).collect()
}

/// A comparison word by word, readable without colours too.
fn difference(expected: &str, found: &str) -> String {
    let mut text = String::new();
    for stretch in words(expected, found) {
        // Writing to a string cannot fail.
        let _ = match stretch {
            Stretch::Same(same) => write!(text, "{same}"),
            Stretch::Missing(missing) => write!(text, "{RED}[-{missing}-]{RED:#}"),
            Stretch::Extra(extra) => write!(text, "{GREEN}{{+{extra}+}}{GREEN:#}"),
            Stretch::Gap => write!(text, "\n  […]\n"),
        };
    }
    indented(&text)
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}

/// How a text begins.
pub(super) fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

pub(super) fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

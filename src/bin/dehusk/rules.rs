//! `dehusk rules`: lists, shows and checks rule files.

use std::fmt::Write as _;
use std::io::Write as _;

use anyhow::anyhow;
use dehusk::rules::diagnostic::Severity;
use dehusk::rules::library::{Library, Origin};
use dehusk::rules::{lint, reference};

use crate::args::{RulesArgs, RulesVerb};
use crate::exit::ExitStatus;
use crate::report;

/// Runs one of the verbs on rules.
pub(crate) fn run(verb: &RulesVerb, rules: &RulesArgs) -> anyhow::Result<ExitStatus> {
    match verb {
        RulesVerb::Lint => lint(rules),
        RulesVerb::List => print(&list(&rules.library()?)),
        RulesVerb::Show { name } => show(&rules.library()?, name),
        RulesVerb::Schema { markdown: true } => print(&reference::markdown()),
        RulesVerb::Schema { markdown: false } => print(&reference::schema()),
    }
}

fn print(text: &str) -> anyhow::Result<ExitStatus> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    Ok(ExitStatus::Success)
}

fn lint(rules: &RulesArgs) -> anyhow::Result<ExitStatus> {
    let library = rules.library()?;
    let problems = lint::check(&library);
    for problem in &problems {
        report::plain(&format!("{}\n", problem.render(report::coloured())));
    }
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let files = library.files().len();
    report::plain(&format!("{files} rule files: {errors} errors, {} warnings", problems.len() - errors));
    Ok(ExitStatus::fine_if(problems.is_empty()))
}

fn list(library: &Library) -> String {
    let files = library.files();
    let width = files.iter().map(|file| file.id.chars().count()).max().unwrap_or(0).max("name".len());
    let mut table = format!("{:<width$}  kind  drop  inline  from       what\n", "name");
    for file in &files {
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "{:<width$}  {:<4}  {:>4}  {:>6}  {:<9}  {}",
            file.id,
            file.kind,
            file.drop,
            file.inline,
            origin(&file.origin),
            file.name.as_deref().unwrap_or_default()
        );
    }
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

fn origin(origin: &Origin) -> String {
    match origin {
        Origin::BuiltIn => "built-in".to_owned(),
        Origin::Path(path) => path.display().to_string(),
    }
}

fn show(library: &Library, name: &str) -> anyhow::Result<ExitStatus> {
    if let Some(file) = library.text_of(name) {
        return print(&file.text);
    }
    let files = library.files();
    let known: Vec<_> = files.iter().map(|file| &*file.id).collect();
    Err(anyhow!("there is no source or pack `{name}`; there are {}", known.join(", ")))
}

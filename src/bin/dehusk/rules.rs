//! `dehusk rules`: lists, shows and checks rule files.

use std::fmt::Write as _;

use anyhow::{anyhow, bail};
use dehusk::rules::diagnostic::Severity;
use dehusk::rules::library::{Library, Origin};
use dehusk::rules::{lint, reference};

use crate::args::{RulesArgs, RulesVerb};
use crate::exit::ExitStatus;
use crate::new;
use crate::report;
use crate::stdout;

/// Runs one of the verbs on rules.
pub(crate) fn run(verb: &RulesVerb, rules: &RulesArgs) -> anyhow::Result<ExitStatus> {
    match verb {
        RulesVerb::Lint => lint(rules),
        RulesVerb::New(args) => new::run(args),
        RulesVerb::List => print(&list(&rules.library()?)),
        RulesVerb::Show { name } => show(&rules.library()?, name),
        RulesVerb::Schema { markdown: true } => print(&reference::markdown()),
        RulesVerb::Schema { markdown: false } => print(&reference::schema()),
    }
}

fn print(text: &str) -> anyhow::Result<ExitStatus> {
    stdout::write(text)?;
    Ok(ExitStatus::Success)
}

fn lint(rules: &RulesArgs) -> anyhow::Result<ExitStatus> {
    let (problems, files) = match rules.read()? {
        Ok(library) => (lint::check(&library), library.files().len()),
        Err(mut error) => {
            for folder in &error.folders {
                report::plain(&format!("{folder}\n"));
            }
            if error.rules.0.is_empty() {
                bail!("nothing was checked, since there are folders or files that cannot be read");
            }
            let mut files: Vec<_> = error.rules.0.iter().map(|problem| problem.file.clone()).collect();
            files.sort();
            files.dedup();
            (std::mem::take(&mut error.rules.0), files.len())
        }
    };
    for problem in &problems {
        report::plain(&format!("{}\n", problem.render(report::coloured())));
    }
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let (of_files, of_errors, of_warnings) =
        (counted(files, "rule file"), counted(errors, "error"), counted(problems.len() - errors, "warning"));
    report::plain(&format!("{of_files}: {of_errors}, {of_warnings}"));
    Ok(ExitStatus::fine_if(problems.is_empty()))
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

fn list(library: &Library) -> String {
    let files = library.files();
    let origins: Vec<_> = files.iter().map(|file| origin(&file.origin)).collect();
    let width = files.iter().map(|file| file.id.chars().count()).max().unwrap_or(0).max("name".len());
    let from = origins.iter().map(|origin| origin.chars().count()).max().unwrap_or(0).max("from".len());
    let mut table = format!("{:<width$}  kind  own drop  own inline  {:<from$}  what\n", "name", "from");
    for (file, origin) in files.iter().zip(origins) {
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "{:<width$}  {:<4}  {:>8}  {:>10}  {origin:<from$}  {}",
            file.id,
            file.kind,
            file.drop,
            file.inline,
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
    Err(match library.nearest(name) {
        Some(near) => anyhow!("there is no source or pack `{name}`; did you mean `{near}`?"),
        None => anyhow!("there is no source or pack `{name}`; `dehusk rules list` shows which there are"),
    })
}

//! `dehusk rules new`: begins a rule file, and samples, from pages of a source that has none.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use dehusk::page::{Content, Page};
use dehusk::samples::DESCRIPTION;
use dehusk::samples::draft::{Draft, Source, draft};
use dehusk::storage::write_whole;

use crate::args::NewArgs;
use crate::exit::ExitStatus;
use crate::{report, stdout};

/// Writes the draft; nothing that is there is overwritten.
pub(crate) fn run(args: &NewArgs) -> anyhow::Result<ExitStatus> {
    let host = &args.host;
    let mut sources = Vec::new();
    for path in &args.pages {
        let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let file_name = Some(path.to_string_lossy().into_owned());
        let page = Page { file_name, content: Content::Bytes(bytes.into()), ..Page::default() };
        sources.push(Source { name, page });
    }
    let drafted = draft(host, &sources).map_err(|error| anyhow!("{error}"))?;
    let rule_file = args.into.join("sites").join(format!("{host}.toml"));
    let samples = args.samples.join(host);
    let mut files = vec![(rule_file.clone(), drafted.rules.clone().into_bytes())];
    for (case, source) in drafted.cases.iter().zip(&sources) {
        let folder = samples.join(&case.name);
        if let Content::Bytes(bytes) = &source.page.content {
            files.push((folder.join(case.page), bytes.to_vec()));
        }
        files.push((folder.join(DESCRIPTION), case.description.clone().into_bytes()));
    }
    // A case is a folder: one that is there is somebody's sample, whatever its files are called.
    let taken = drafted.cases.iter().map(|case| samples.join(&case.name)).chain([rule_file.clone()]);
    if let Some(path) = taken.into_iter().find(|path| path.symlink_metadata().is_ok()) {
        bail!(
            "{} is there already, and nothing was written: add to it by hand, or name other folders with --into and \
             --samples",
            path.display()
        );
    }
    drafted.warnings.iter().for_each(|warning| report::warning(warning));
    for (path, content) in &files {
        write_whole(path, content, false)?;
    }
    stdout::write(&told(args, &drafted, files.iter().map(|(path, _)| path)))?;
    Ok(ExitStatus::Success)
}

/// What was written, what was guessed, and what comes next.
fn told<'a>(args: &NewArgs, drafted: &Draft, files: impl Iterator<Item = &'a PathBuf>) -> String {
    let NewArgs { host, into, samples, .. } = args;
    let mut out: String = files.map(|path| format!("wrote {}\n", path.display())).collect();
    let body = if drafted.body.is_empty() {
        "not found: all of each page is taken for it; see the rule file".to_owned()
    } else {
        format!("learned: {}", drafted.body.join(", "))
    };
    let first = drafted.cases.first().map(|case| samples.join(host).join(&case.name).join(case.page));
    let rules = format!("--rules {}", into.display());
    let folder =
        if samples == Path::new("samples") { String::new() } else { format!(" --samples {}", samples.display()) };
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "
the body is {body}

What comes next:
  1. dehusk explain {rules} {}
     shows every block with its verdict. Look through the rules, and add one for what else has to go.
  2. Write expected.md, the body that a reader wants, into the folder of each sample.
  3. dehusk test {rules} {host}{folder} --watch
     says what differs, each time that a file is saved.
  4. dehusk test {rules} {host}{folder} --accept
     takes the rest of what came out, once it is right.
Samples that are to be published have invented articles: only the markup stays that of the site.
",
        first.unwrap_or_default().display()
    );
    out
}

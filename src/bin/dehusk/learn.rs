//! `dehusk learn`: a rule file from several pages of one source.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use dehusk::corpus::inputs::{Input, expand};
use dehusk::corpus::jsonl::{Id, place, records};
use dehusk::generic::Generic;
use dehusk::generic::model::Model;
use dehusk::learn::update::update;
use dehusk::learn::{Given, learn};
use dehusk::pipeline::Cleaner;
use dehusk::storage::write_whole;

use crate::args::{InputKind, LearnArgs, RulesArgs, address};
use crate::exit::ExitStatus;
use crate::{report, stdout};

/// Learns, and writes the rule file or what is new to it.
pub(crate) fn run(args: &LearnArgs, rules: &RulesArgs) -> anyhow::Result<ExitStatus> {
    if let Some(path) = args.output.as_deref().filter(|path| path.symlink_metadata().is_ok()) {
        bail!(
            "{} is there already, and stays as it is: write elsewhere, or see what is new with --update",
            path.display()
        );
    }
    let given = pages(args)?;
    let cleaner = cleaner(args, rules)?;
    if args.update {
        let update = update(&cleaner, &rules.library()?, &args.host, &given)?;
        update.warnings.iter().for_each(|warning| report::warning(warning));
        if update.difference.is_empty() {
            report::plain("nothing new: the rule file leaves nothing on these pages that a rule could be learned for");
        } else {
            stdout::write(&update.difference)?;
        }
        return Ok(ExitStatus::fine_if(update.warnings.is_empty()));
    }
    let learned = learn(&cleaner, &args.host, &given)?;
    for warning in &learned.warnings {
        report::warning(warning);
    }
    match &args.output {
        Some(path) => write_whole(path, learned.rules.as_bytes(), false)?,
        None => stdout::write(&learned.rules)?,
    }
    Ok(ExitStatus::fine_if(learned.warnings.is_empty()))
}

/// What tells where the article of a page lies: no rule file does.
fn cleaner(args: &LearnArgs, rules: &RulesArgs) -> anyhow::Result<Cleaner> {
    let cleaner = Cleaner::new(rules.library()?.without_sites());
    let Some(path) = &args.model else { return Ok(cleaner) };
    let text = fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let model = Model::parse(&text).with_context(|| path.display().to_string())?;
    Ok(cleaner.with_generic(Generic::default().with_model(model)))
}

/// The pages, each with its true body where that is known.
fn pages(args: &LearnArgs) -> anyhow::Result<Vec<Given<'static>>> {
    InputKind::refuse_archives(args.input_format)?;
    let mut given = Vec::new();
    for path in &args.pages {
        let ending = path.extension().unwrap_or_default();
        let is_records = args.input_format == Some(InputKind::Jsonl)
            || (args.input_format.is_none() && (ending == "jsonl" || ending == "ndjson"));
        if is_records {
            given.extend(of_records(path)?);
            continue;
        }
        for input in expand([path]) {
            given.push(of_file(&input?, args)?);
        }
    }
    if let Some(path) = &args.bodies {
        add_bodies(&mut given, path)?;
    }
    Ok(given)
}

fn of_file(input: &Input, args: &LearnArgs) -> anyhow::Result<Given<'static>> {
    let mut page = input.read()?;
    page.format = args.input_format.and_then(InputKind::page_format);
    Ok(Given { name: input.shown().to_string_lossy().into_owned(), page, body: None })
}

fn of_records(path: &Path) -> anyhow::Result<Vec<Given<'static>>> {
    let reader: Box<dyn BufRead> = if path == Path::new("-") {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(path).with_context(|| format!("{} cannot be read", path.display()))?))
    };
    let name = |line: usize, id: Option<&Id>| format!("{}: {}", path.display(), place(line, id));
    let mut given = Vec::new();
    for record in records(reader) {
        let record = record.map_err(|error| anyhow!("{}: {error}", path.display()))?;
        let name = name(record.line, record.id.as_ref());
        if let Some(url) = record.page.url.as_deref().filter(|url| address(url).is_err()) {
            bail!("{name}: `{url}` is no address on the web; write it out, or leave `url` away");
        }
        given.push(Given { name, page: record.page, body: record.body });
    }
    Ok(given)
}

/// Puts the true bodies to the pages.
fn add_bodies(given: &mut [Given<'static>], path: &Path) -> anyhow::Result<()> {
    let mut bodies = BTreeMap::new();
    if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("{} cannot be read", path.display()))? {
            let file = entry.with_context(|| format!("{} cannot be read", path.display()))?.path();
            let ending = file.extension().unwrap_or_default();
            if ending == "txt" || ending == "md" {
                let text = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
                bodies.insert(file.file_stem().unwrap_or_default().to_string_lossy().into_owned(), text);
            }
        }
    } else {
        let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
            let row: serde_json::Value =
                serde_json::from_str(line).with_context(|| format!("{}: line {number}", path.display()))?;
            let id = row.get("id").map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
            let body = row.get("body").and_then(serde_json::Value::as_str);
            let (Some(id), Some(body)) = (id, body) else {
                bail!("{}: line {number}: a body is given as {{\"id\": …, \"body\": …}}", path.display());
            };
            bodies.insert(id, body.to_owned());
        }
    }
    let mut used = 0;
    for given in given {
        let stem = Path::new(&given.name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        // Records are called after their line: `pages.jsonl: line 3 (id 17)`.
        let id = given.name.rsplit_once("(id ").map(|(_, id)| id.trim_end_matches(')').to_owned());
        if let Some(body) = bodies.get(&id.unwrap_or(stem)) {
            given.body = Some(body.clone());
            used += 1;
        }
    }
    if used == 0 {
        bail!("{}: none of the bodies is called after one of the pages", path.display());
    }
    Ok(())
}

//! `dehusk clean`: writes the article body of each page.

mod output;
mod pages;
mod records;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use anyhow::bail;
use dehusk::article::Flag;
use dehusk::page::Page;
use dehusk::pipeline::Cleaner;
use dehusk::render::json::FailedRecord;
use dehusk::render::{Extras, Format, json, render};
use serde_json::Value;

use crate::args::{CleanArgs, InputKind, RulesArgs};
use crate::exit::ExitStatus;
use crate::report;

/// Cleans pages, or records.
pub(crate) fn run(args: &CleanArgs, rules: &RulesArgs) -> anyhow::Result<ExitStatus> {
    let of_records = is_of_records(args)?;
    let format = match args.format {
        Some(format) => format.into(),
        None if of_records => Format::JsonLines,
        None => Format::Text,
    };
    if args.front_matter && format != Format::Markdown {
        bail!("--front-matter goes with --format markdown; add that, or leave it out");
    }
    let extras = Extras { title: args.with_title, front_matter: args.front_matter };
    if args.aside.is_some() && args.aside == args.output {
        bail!("--aside is where --output writes already; name another folder");
    }
    let least = args.min_confidence.unwrap_or(0.0);
    let job = Job { cleaner: args.policy.cleaner(rules.library()?)?, format, extras, least };
    if of_records { records::clean(args, &job) } else { pages::clean(args, &job) }
}

/// Whether the user gives records: said so, or told by the endings.
fn is_of_records(args: &CleanArgs) -> anyhow::Result<bool> {
    if let Some(kind) = args.input.input_format {
        return Ok(kind == InputKind::Jsonl);
    }
    let has_ending = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "jsonl" || ending == "ndjson");
    let of_records = args.paths.iter().filter(has_ending).count();
    if of_records > 0 && of_records < args.paths.len() {
        bail!("there are both pages and files of records (.jsonl, .ndjson); clean them one after the other");
    }
    Ok(of_records > 0)
}

/// What is done with each page.
struct Job {
    cleaner: Cleaner,
    format: Format,
    extras: Extras,
    /// Pages of less confidence are left out.
    least: f64,
}

/// What came of a page.
struct Cleaned {
    /// What to write; of a failed page only its record, where records are written.
    text: Option<String>,
    failure: Option<String>,
    flags: Vec<Flag>,
    /// The confidence of a page that is left out for it.
    left_out: Option<f64>,
}

impl Job {
    fn clean(&self, page: &Page<'_>, id: Value) -> Cleaned {
        let url = page.url.clone();
        // The libraries that read pages are not ours: should one of them panic, one page is lost and not the run.
        let cleaned = catch_unwind(AssertUnwindSafe(|| {
            let article = self.cleaner.clean(page)?;
            let text = render(&article, self.format, self.extras, id.clone(), page);
            Ok((text, article.flags, article.confidence))
        }));
        match cleaned {
            Ok(Ok((text, flags, confidence))) => {
                let left_out = (confidence < self.least).then_some(confidence);
                Cleaned { text: Some(text), failure: None, flags, left_out }
            }
            Ok(Err::<_, dehusk::error::PageError>(error)) => self.failed(id, url.as_deref(), error.to_string()),
            Err(_) => {
                let told = "the reader of this page gave up; please report it, with the page";
                self.failed(id, url.as_deref(), told.to_owned())
            }
        }
    }

    fn failed(&self, id: Value, url: Option<&str>, error: String) -> Cleaned {
        let record = FailedRecord { id, url, error: error.clone() };
        let text = match self.format {
            Format::Json => Some(json::pretty(&record)),
            Format::JsonLines => Some(json::line(&record)),
            Format::Text | Format::Markdown | Format::Html => None,
        };
        Cleaned { text, failure: Some(error), flags: Vec::new(), left_out: None }
    }
}

/// Tells what the user should know of a page. That a page has no rule file is no news; records carry all flags.
fn tell(place: &str, cleaned: &Cleaned) {
    if let Some(failure) = &cleaned.failure {
        report::error(&format!("{place}: {failure}"));
    }
    let is_wall = |flag: &Flag| matches!(flag, Flag::ConsentWall | Flag::ErrorPage | Flag::NeedsJavascript);
    let is_walled = cleaned.flags.iter().any(is_wall);
    let told = cleaned.flags.iter().filter_map(|flag| {
        Some(match flag {
            Flag::StaleRules => {
                "`[body]` of its rule file finds no article on it; see `dehusk explain` for how it was cleaned"
            }
            Flag::AmbiguousSource => "several sources claim it; cleaned by the generic cleaner",
            Flag::Empty if !is_walled => "nothing is left of it",
            Flag::Paywall => "it has a paywall notice; the body may be a stub",
            Flag::RuleSetAside => "a rule would have dropped too much and was set aside; see `dehusk explain`",
            Flag::ConsentWall => "it asks for consent, and holds no article",
            Flag::ErrorPage => "it tells of an error or keeps robots out, and holds no article",
            Flag::NeedsJavascript => "it is an empty frame that only scripts fill",
            Flag::ListingPage => "it lists articles rather than being one",
            _ => return None,
        })
    });
    for message in told {
        report::warning(&format!("{place}: {message}"));
    }
    if let Some(confidence) = cleaned.left_out {
        report::warning(&format!("{place}: left out, since its confidence is {confidence:.2}"));
    }
}

/// Tells how many pages were left out, and where they went.
fn tell_left_out(left_out: usize, args: &CleanArgs) {
    let (Some(least), 1..) = (args.min_confidence, left_out) else { return };
    let pages = if left_out == 1 { "1 page has".to_owned() } else { format!("{left_out} pages have") };
    let place = match &args.aside {
        Some(path) => format!("written to {}", path.display()),
        None => "not written; --aside PATH writes such pages elsewhere".to_owned(),
    };
    report::warning(&format!("{pages} less confidence than {least}: {place}"));
}

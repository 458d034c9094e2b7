//! What is done with each page: cleaned and rendered, on any thread.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::Instant;

use dehusk::article::Flag;
use dehusk::corpus::duplicates::Signature;
use dehusk::corpus::entry::{Entry, Failure, Named, Stage};
use dehusk::corpus::jsonl::Id;
use dehusk::corpus::summary::PageFacts;
use dehusk::page::InputFormat;
use dehusk::pipeline::Cleaner;
use dehusk::render::{Extras, Format, record, render};
use dehusk::table::fields::Fields;
use dehusk::table::line::Line;
use serde_json::Value;

use super::plan::Plan;
use crate::args::{CleanArgs, Dedup, InputKind, address};

/// What is done with each page.
pub(super) struct Job {
    pub(super) cleaner: Cleaner,
    pub(super) format: Format,
    pub(super) extras: Extras,
    /// What records tell.
    pub(super) fields: Fields,
    /// Pages of less confidence are left out.
    pub(super) least: f64,
    /// Whether bodies are compared.
    pub(super) compares: bool,
    /// The address of the only page, as it was typed.
    pub(super) url: Option<String>,
    /// The kind of all pages, as it was typed.
    pub(super) input_format: Option<InputFormat>,
}

/// What came of an entry.
pub(super) enum Outcome {
    /// It is a page, and clean.
    Cleaned(Box<Cleaned>),
    /// It is a page that failed.
    Failed(Failure),
    /// It is no page, for this reason.
    PassedOver(&'static str),
}

/// A page that is clean.
pub(super) struct Cleaned {
    pub(super) id: Option<Id>,
    /// Where it stands, for messages.
    pub(super) place: String,
    /// The path that its file is called after, if it has a name.
    pub(super) relative: Option<PathBuf>,
    pub(super) text: Rendered,
    /// What its body is compared by; none where that is not asked for, or the body too short.
    pub(super) signature: Option<Signature>,
    pub(super) flags: Vec<Flag>,
    /// The confidence of a page that is left out for it.
    pub(super) left_out: Option<f64>,
    /// Its URL, if it is none.
    pub(super) unusable_url: Option<String>,
    pub(super) facts: PageFacts,
}

/// What is written of a page.
pub(super) enum Rendered {
    /// A text of its own.
    Text(String),
    /// A record, with room for the page that it is a duplicate of.
    Line(Line),
}

impl Job {
    pub(super) fn new(cleaner: Cleaner, plan: &Plan, args: &CleanArgs) -> Self {
        Self {
            cleaner,
            format: plan.format,
            extras: plan.extras,
            fields: plan.fields.clone(),
            least: args.min_confidence.unwrap_or(0.0),
            compares: plan.dedup != Dedup::Off,
            url: args.input.url.clone(),
            input_format: args.input.input_format.and_then(InputKind::page_format),
        }
    }

    /// Reads the page of an entry, and cleans it. Its number over the whole run, from 0, is told where nothing else is known
    /// of it.
    pub(super) fn run(&self, number: u64, entry: Entry) -> Outcome {
        let read = match entry {
            Entry::Page(read) => read,
            Entry::Failed(failure) => return Outcome::Failed(failure),
            Entry::PassedOver(why) => return Outcome::PassedOver(why),
        };
        // The libraries that read pages are not ours: should one of them panic, one page is lost and not the run.
        let Ok(read) = catch_unwind(AssertUnwindSafe(read)) else {
            let reason = "its reader gave up; please report it, with the file".to_owned();
            let place = format!("entry {} of the run", number + 1);
            return Outcome::Failed(Failure { id: None, url: None, place, stage: Stage::Read, reason });
        };
        match read {
            Ok(named) => self.clean(named).map_or_else(Outcome::Failed, |page| Outcome::Cleaned(Box::new(page))),
            Err(failure) => Outcome::Failed(failure),
        }
    }

    fn clean(&self, named: Named) -> Result<Cleaned, Failure> {
        let Named { id, place, relative, mut page } = named;
        page.url = self.url.clone().or(page.url);
        page.format = self.input_format.or(page.format);
        let begun = Instant::now();
        let failed = |stage, reason: String| Failure {
            id: id.clone(),
            url: page.url.clone(),
            place: place.clone(),
            stage,
            reason,
        };
        let cleaned = catch_unwind(AssertUnwindSafe(|| {
            let article = self.cleaner.clean(&page)?;
            let id = value(id.clone());
            let compared = |text: &str| self.compares.then(|| Signature::of(text)).flatten();
            let (text, signature) = match self.format {
                Format::JsonLines => {
                    let record = record(&article, self.extras, id, &page);
                    (Rendered::Line(self.fields.line(&record)), compared(&record.text))
                }
                format => {
                    let signature = if self.compares { compared(&article.text()) } else { None };
                    (Rendered::Text(render(&article, format, self.extras, id, &page)), signature)
                }
            };
            Ok((article, text, signature))
        }));
        let (article, text, signature) = match cleaned {
            Ok(Ok(cleaned)) => cleaned,
            Ok(Err::<_, dehusk::error::PageError>(error)) => return Err(failed(Stage::of(&error), error.to_string())),
            Err(_) => {
                let told = "the reader of this page gave up; please report it, with the page";
                return Err(failed(Stage::Clean, told.to_owned()));
            }
        };
        let name = id.as_ref().map_or_else(|| place.clone(), Id::to_string);
        let facts = PageFacts::of(&article, name, page.content.size() as u64, begun.elapsed());
        Ok(Cleaned {
            left_out: (article.confidence < self.least).then_some(article.confidence),
            unusable_url: page.url.filter(|url| address(url).is_err()),
            id,
            place,
            relative,
            text,
            signature,
            flags: article.flags,
            facts,
        })
    }
}

/// An id as records have it.
pub(super) fn value(id: Option<Id>) -> Value {
    serde_json::to_value(id).unwrap_or_default()
}

//! Cleans a page, from bytes to article, in seven steps:
//!
//! 1. [`decode`](crate::decode::decode): bytes become text.
//! 2. [`read`]: text becomes a [`Document`], a list of blocks.
//! 3. [`declared`](crate::metadata::declared::declared): what the page says of itself; what it does not, is
//!    [completed](crate::metadata::visible::complete) with what it shows near its title and what its address says.
//! 4. [`identify`](crate::identify::identify): which source it is of.
//! 5. [`strip`](crate::strip::strip), and [`Generic::clean`] where there is no rule file, or it asks for that: a verdict a
//!    block.
//! 6. [`compose`](crate::metadata::compose): title, authors, dates and the like.
//! 7. [`flags`]: what a user should know of the result, and how likely it is right.
//!
//! Rendering the [`Article`] is left to the caller ([`crate::render`]). What other rules would make of the same page,
//! [`rerun`] tells without reading it again.

pub mod describe;
pub mod rerun;

use std::borrow::Cow;

use crate::article::Article;
use crate::budget::{Budget, Step, Watch};
use crate::decode::{decode, replace_nuls};
use crate::document::plain::Lines;
use crate::document::{Document, html, markdown, plain};
use crate::error::PageError;
use crate::flags::confidence::from_cleaning;
use crate::flags::{self, CleanedBy, Flag, stale};
use crate::generic::features::Known;
use crate::generic::{Among, Generic};
use crate::identify::{Identified, identify};
use crate::kind::{kind_of, refuse_binary};
use crate::ledger::{Guard, Ledger, SetAside, Verdict};
use crate::metadata::declared::{Declared, declared_within};
use crate::metadata::{Metadata, compose, visible};
use crate::page::{InputFormat, Page};
use crate::rules::file::TextInput;
use crate::rules::library::Library;
use crate::rules::source::{Layout, Source, outside_of};
use crate::strip::reading::Reading;
use crate::strip::scan::Scan;
use crate::strip::{Policies, Stripped, body, layout, meta, strip, strip_for_generic, strip_whole, unseen};

/// Cleans pages by the rules of a library. One serves all threads.
#[derive(Debug)]
pub struct Cleaner {
    library: Library,
    policies: Policies,
    generic: Option<Generic>,
    budget: Budget,
}

impl Cleaner {
    /// A cleaner that follows a library.
    ///
    /// ```
    /// use dehusk::page::{Content, Page};
    /// use dehusk::pipeline::Cleaner;
    /// use dehusk::rules::library::Library;
    ///
    /// let cleaner = Cleaner::new(Library::builtin());
    /// let html = "<nav><a href=/>Home</a></nav><article><h1>News</h1><p>Something happened.</p></article>";
    /// let page = Page { content: Content::Text(html.into()), ..Page::default() };
    /// assert_eq!(cleaner.clean(&page)?.text(), "Something happened.\n");
    /// # Ok::<(), dehusk::error::PageError>(())
    /// ```
    pub fn new(library: Library) -> Self {
        Self { library, policies: Policies::new(), generic: Some(Generic::default()), budget: Budget::default() }
    }

    /// The same cleaner with the user's wishes for whole categories, over what sources say.
    #[must_use]
    pub fn with_policies(mut self, policies: Policies) -> Self {
        self.policies = policies;
        self
    }

    /// The same cleaner without the generic cleaner: of pages that no site file knows, and of those that their site's
    /// rules no longer fit, only what packs drop is dropped; and no site file has it judge its body.
    #[must_use]
    pub fn without_generic(mut self) -> Self {
        self.generic = None;
        self
    }

    /// The same cleaner with another generic cleaner: another model, another balance.
    #[must_use]
    pub fn with_generic(mut self, generic: Generic) -> Self {
        self.generic = Some(generic);
        self
    }

    /// The same cleaner with another budget for each page. A page that takes longer is a [`PageError::TooSlow`]; any
    /// other comes out as it would without a limit.
    #[must_use]
    pub fn with_budget(mut self, budget: Budget) -> Self {
        self.budget = budget;
        self
    }

    /// The library that it follows.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// Cleans a page.
    pub fn clean(&self, page: &Page<'_>) -> Result<Article, PageError> {
        let watch = Watch::starting(self.budget.time);
        let decoded = decode(checked(page, self.budget)?);
        self.in_time(watch, Step::Decode)?;
        let Opened { mut format, said, mut document } = open(page, &decoded.text, watch)?;
        self.in_time(watch, Step::Read)?;
        let mut declared = document.tree.as_ref().map_or_else(Declared::default, |tree| declared_within(tree, watch));
        self.in_time(watch, Step::Declared)?;
        let mut reading = Reading::within(&document, watch);
        let identified = identify(self.library.identities(), page.url.as_deref(), &declared, &reading);
        self.in_time(watch, Step::Identify)?;
        let source = identified.source.as_ref().and_then(|id| self.library.source(id));
        let mut reread = None;
        if let Some(told) = source.as_ref().and_then(|source| other_reading(source, page, format, said)) {
            format = told;
            reading = Reading::within(reread.insert(read_within(&decoded.text, told, watch)?), watch);
            self.in_time(watch, Step::Read)?;
        }
        visible::complete(&mut declared, &reading, page.url.as_deref());
        self.in_time(watch, Step::Declared)?;
        let known = Known { declared: &declared, url: page.url.as_deref() };
        let mut verdicts = self.verdicts(&reading, source.as_deref(), known);
        self.in_time(watch, Step::Strip)?;
        let more = flags::data::wanted(&reading, &verdicts.ledger);
        let (flags, confidence) = if more.is_empty() {
            self.conclude(&reading, &identified, &declared, &mut verdicts)
        } else {
            let known = document.blocks.len();
            document.blocks.extend(more);
            verdicts.ledger.verdicts.extend(unseen(&document).split_off(known));
            self.conclude(&Reading::within(&document, watch), &identified, &declared, &mut verdicts)
        };
        self.in_time(watch, Step::Judge)?;
        let document = reread.unwrap_or(document);
        let Verdicts { ledger, metadata, .. } = verdicts;
        let encoding = (&decoded).into();
        Ok(Article { document, ledger, metadata, source: identified, format, encoding, flags, confidence })
    }

    /// Whether the time of a page is not up, now that a step is done: what was done in it may be half of it otherwise.
    fn in_time(&self, watch: Watch, step: Step) -> Result<(), PageError> {
        match self.budget.time {
            Some(limit) if watch.is_up() => Err(PageError::TooSlow { limit, step }),
            _ => Ok(()),
        }
    }

    /// What a user should know of the result, and how likely it is right. What stands where an article should be is
    /// dropped, and what a page holds for its scripts is its body where nothing else is.
    fn conclude(
        &self,
        reading: &Reading<'_>,
        identified: &Identified,
        declared: &Declared,
        verdicts: &mut Verdicts,
    ) -> (Vec<Flag>, f64) {
        let Verdicts { ledger, cleaned_by, confidence, .. } = verdicts;
        ledger.set_aside.extend(reading.document().revealed.map(revealed));
        let from_data = flags::data::choose(reading, &self.policies, ledger);
        let wall = if from_data { None } else { flags::wall::wall(reading, declared, ledger) };
        if let Some(wall) = wall {
            flags::wall::drop_all(wall, &self.policies, ledger);
        }
        let flags = flags::flags(reading, identified, declared, ledger, *cleaned_by, wall, from_data);
        let confidence = flags::confidence::capped(*confidence, &flags, ledger, flags::kept_weight(reading, ledger));
        (flags, confidence)
    }

    /// The verdicts of the source's rules; those of packs and the generic cleaner where there are none, or none that
    /// still fit.
    fn verdicts(&self, reading: &Reading<'_>, source: Option<&Source>, known: Known<'_>) -> Verdicts {
        let Known { declared, url } = known;
        if let Some(source) = source {
            let scan = Scan::new(reading, source);
            let layout = layout(&scan, source, declared.date.map(|published| published.date()));
            if let Ok(mut stripped) = strip(&scan, source, layout, &self.policies) {
                let has_selectors = reading.document().tree.is_some() && !body(source, layout).select.is_empty();
                if has_selectors && let Some(relaunched) = self.relaunched(reading, source, &stripped.ledger, known) {
                    return relaunched;
                }
                let generic = self.generic.as_ref().filter(|_| is_left_to_generic(reading, source, layout));
                let judged = generic.map(|generic| {
                    let page = self.left_by_rules(reading, source, &stripped.ledger.verdicts);
                    let among = Among::Body { page: &page };
                    generic.clean(reading, known, among, &self.policies_for(source), &mut stripped)
                });
                let Stripped { ledger, captured, lost_anchors, .. } = stripped;
                let cleaned_by = if lost_anchors { CleanedBy::StaleRules } else { CleanedBy::Rules };
                let metadata = compose(&scan, meta(source, layout), &captured, declared, url);
                let confidence = from_cleaning(cleaned_by, &ledger, judged);
                return Verdicts { ledger, metadata, cleaned_by, confidence };
            }
        }
        self.verdicts_without_site(reading, &self.library.shared(), source.is_some(), known)
    }

    /// The whole page as rules leave it for the generic cleaner: within the body those of the source, outside of it the packs
    /// that apply to every page. `verdicts` are those of the source, whether or not it has judged its body already.
    fn left_by_rules(&self, reading: &Reading<'_>, source: &Source, verdicts: &[Verdict]) -> Vec<Verdict> {
        let packs = self.library.shared();
        let by_packs = strip_for_generic(&Scan::new(reading, &packs), &packs, &self.policies).ledger.verdicts;
        let outside = outside_of(&source.id);
        let left = |(own, by_packs): (&Verdict, Verdict)| match own {
            Verdict::Dropped(cause) if *cause.rule == *outside => by_packs,
            Verdict::Dropped(cause) if cause.rule.starts_with("generic/") => Verdict::Kept,
            own => own.clone(),
        };
        verdicts.iter().zip(by_packs).map(left).collect()
    }

    /// The verdicts of the generic cleaner, where it convinces that what the source's selectors found is not the article.
    fn relaunched(
        &self,
        reading: &Reading<'_>,
        source: &Source,
        by_rules: &Ledger,
        known: Known<'_>,
    ) -> Option<Verdicts> {
        let outside = outside_of(&source.id);
        if self.generic.is_none() || !stale::is_doubtful(reading, by_rules, &outside) {
            return None;
        }
        let generic = self.verdicts_without_site(reading, &self.library.shared(), true, known);
        stale::is_confirmed(reading, by_rules, &generic.ledger, &outside, generic.confidence).then_some(generic)
    }

    /// The verdicts of packs and the generic cleaner, where a site's rules are stale or there are none.
    fn verdicts_without_site(
        &self,
        reading: &Reading<'_>,
        packs: &Source,
        is_stale: bool,
        known: Known<'_>,
    ) -> Verdicts {
        let scan = Scan::new(reading, packs);
        let strip = if self.generic.is_some() { strip_for_generic } else { strip_whole };
        let mut stripped = strip(&scan, packs, &self.policies);
        let judge = |generic: &Generic| generic.clean(reading, known, Among::Page, &self.policies, &mut stripped);
        let judged = self.generic.as_ref().map(judge);
        let Stripped { ledger, captured, .. } = stripped;
        let cleaned_by = match is_stale {
            true => CleanedBy::GenericForStale,
            false if judged.is_some() => CleanedBy::Generic,
            false => CleanedBy::Packs,
        };
        let confidence = from_cleaning(cleaned_by, &ledger, judged);
        Verdicts {
            metadata: compose(&scan, &packs.meta, &captured, known.declared, known.url),
            ledger,
            cleaned_by,
            confidence,
        }
    }

    /// What is wanted of whole categories on pages of a source.
    fn policies_for(&self, source: &Source) -> Policies {
        source.policy.iter().chain(&self.policies).map(|(category, policy)| (*category, *policy)).collect()
    }
}

/// Whether the generic cleaner judges what the rules of a source leave: of the body, where its file says so, and of
/// flattened text, where its files have no rules for such.
fn is_left_to_generic(reading: &Reading<'_>, source: &Source, layout: Option<&Layout>) -> bool {
    let is_flattened = reading.document().tree.is_none();
    body(source, layout).generic || (is_flattened && !source.reads_text)
}

/// The verdicts on a page, and what came with them.
struct Verdicts {
    ledger: Ledger,
    metadata: Metadata,
    cleaned_by: CleanedBy,
    /// How likely the body is right, flags apart.
    confidence: f64,
}

/// How the ledger tells that a page hides nearly all it has, and was read all the same.
fn revealed(share: f64) -> SetAside {
    SetAside { rule: "page/hidden".into(), share, limit: html::MAX_HIDDEN_SHARE, guard: Guard::Rule }
}

/// The page, if it is one, and not too large.
fn checked<'p, 'a>(page: &'p Page<'a>, budget: Budget) -> Result<&'p Page<'a>, PageError> {
    let bytes = page.content.size();
    if bytes > budget.bytes {
        return Err(PageError::TooManyBytes { bytes, limit: budget.bytes });
    }
    refuse_binary(page)?;
    Ok(page)
}

/// A page that was read.
struct Opened {
    format: InputFormat,
    /// Whether it is said to be of that kind, rather than by its looks.
    said: bool,
    document: Document,
}

/// Tells of what kind a page is, and reads it.
fn open(page: &Page<'_>, text: &str, watch: Watch) -> Result<Opened, PageError> {
    let format = kind_of(page, text, markdown::looks_like_markdown)?;
    let said = kind_of(page, "", |_| false) == Ok(format);
    let document = if said { read_within(text, format, watch)? } else { read_by_looks(text, format, watch)? };
    Ok(Opened { format, said, document })
}

/// Reads text that is of a kind by its looks alone. In Markdown a line break may then end a block.
fn read_by_looks(text: &str, format: InputFormat, watch: Watch) -> Result<Document, PageError> {
    match format {
        InputFormat::Markdown => Ok(markdown::read_within(&replace_nuls(Cow::Borrowed(text)), Lines::Guess, watch)),
        _ => read_within(text, format, watch),
    }
}

/// Reads text that is said to be of a kind into blocks.
pub fn read(text: &str, format: InputFormat) -> Result<Document, PageError> {
    read_within(text, format, Watch::NEVER)
}

/// The same until the time is up: what comes then is a part of it.
fn read_within(text: &str, format: InputFormat, watch: Watch) -> Result<Document, PageError> {
    let clean = || replace_nuls(Cow::Borrowed(text));
    Ok(match format {
        InputFormat::Html => html::read_within(text, watch)?,
        InputFormat::Markdown if markdown::has_a_block_a_line(text) => {
            markdown::read_within(&clean(), Lines::Block, watch)
        }
        InputFormat::Markdown => markdown::read_within(&clean(), Lines::Wrapped, watch),
        InputFormat::Text => plain::read_within(&clean(), Lines::Guess, watch),
        InputFormat::Lines => plain::read_within(&clean(), Lines::Block, watch),
        InputFormat::Wrapped => plain::read_within(&clean(), Lines::Wrapped, watch),
    })
}

/// How the source's rule file says that its text is to be read, if that is otherwise than it was. What the user says
/// counts more.
fn other_reading(source: &Source, page: &Page<'_>, format: InputFormat, said: bool) -> Option<InputFormat> {
    let told = match source.text_input? {
        TextInput::Lines => InputFormat::Lines,
        TextInput::Wrapped => InputFormat::Wrapped,
        TextInput::Markdown => InputFormat::Markdown,
    };
    (page.format.is_none_or(|given| given == InputFormat::Text)
        && format != InputFormat::Html
        && (format != told || !said))
        .then_some(told)
}

#[cfg(test)]
mod tests;

//! Cleans a page, from bytes to article, in seven steps:
//!
//! 1. [`decode`](crate::decode::decode): bytes become text.
//! 2. [`read`]: text becomes a [`Document`], a list of blocks.
//! 3. [`declared`](crate::metadata::declared::declared): what the page says of itself.
//! 4. [`identify`](crate::identify::identify): which source it is of.
//! 5. [`strip`](crate::strip::strip), and [`Generic::clean`] where there is no rule file, or it asks for that: a verdict a
//!    block.
//! 6. [`compose`](crate::metadata::compose): title, author, date.
//! 7. [`flags`]: what a user should know of the result.
//!
//! Rendering the [`Article`] is left to the caller ([`crate::render`]). What other rules would make of the same page,
//! [`rerun`] tells without reading it again.

pub mod describe;
pub mod rerun;

use std::borrow::Cow;

use crate::article::{Article, Flag};
use crate::category::Category;
use crate::decode::{decode, replace_nuls};
use crate::document::plain::Lines;
use crate::document::{Document, html, markdown, plain};
use crate::error::{MAX_PAGE_BYTES, PageError};
use crate::generic::Generic;
use crate::generic::features::{Among, Known};
use crate::identify::{Identified, identify};
use crate::kind::{kind_of, refuse_binary};
use crate::ledger::{Guard, Ledger, SetAside, Verdict};
use crate::metadata::declared::{Declared, declared};
use crate::metadata::{Metadata, compose};
use crate::page::{Content, InputFormat, Page};
use crate::rules::file::TextInput;
use crate::rules::library::Library;
use crate::rules::source::Source;
use crate::strip::reading::Reading;
use crate::strip::scan::Scan;
use crate::strip::{Policies, Stripped, body, layout, meta, strip, strip_for_generic, strip_whole};

/// Cleans pages by the rules of a library. One serves all threads.
#[derive(Debug)]
pub struct Cleaner {
    library: Library,
    policies: Policies,
    generic: Option<Generic>,
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
        Self { library, policies: Policies::new(), generic: Some(Generic::default()) }
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

    /// The library that it follows.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// Cleans a page.
    pub fn clean(&self, page: &Page<'_>) -> Result<Article, PageError> {
        let decoded = decode(checked(page)?);
        let mut format = kind_of(page, &decoded.text, markdown::looks_like_markdown)?;
        // Whether it is said to be of that kind, rather than by its looks.
        let said = kind_of(page, "", |_| false) == Ok(format);
        let document = if said { read(&decoded.text, format)? } else { read_by_looks(&decoded.text, format)? };
        let declared = document.tree.as_ref().map_or_else(Declared::default, declared);
        let mut reading = Reading::new(&document);
        let identified = identify(self.library.identities(), page.url.as_deref(), &declared, &reading);
        let source = identified.source.as_ref().and_then(|id| self.library.source(id));
        let mut reread = None;
        if let Some(told) = source.as_ref().and_then(|source| other_reading(source, page, format, said)) {
            format = told;
            reading = Reading::new(reread.insert(read(&decoded.text, told)?));
        }
        let known = Known { declared: &declared, url: page.url.as_deref() };
        let mut verdicts = self.verdicts(&reading, source.as_deref(), known);
        verdicts.ledger.set_aside.extend(document.revealed.map(revealed));
        let flags = flags(&reading, &identified, &verdicts);
        let Verdicts { ledger, metadata, .. } = verdicts;
        let document = reread.unwrap_or(document);
        let url = page.url.as_deref().map(str::to_owned);
        let encoding = (&decoded).into();
        Ok(Article { document, ledger, metadata, source: identified, url, format, encoding, flags })
    }

    /// The verdicts of the source's rules; those of packs and the generic cleaner where there are none, or none that
    /// still fit.
    fn verdicts(&self, reading: &Reading<'_>, source: Option<&Source>, known: Known<'_>) -> Verdicts {
        let declared = known.declared;
        if let Some(source) = source {
            let scan = Scan::new(reading, source);
            let layout = layout(&scan, source, declared.date.map(|published| published.date()));
            if let Ok(mut stripped) = strip(&scan, source, layout, &self.policies) {
                if let Some(generic) = self.generic.as_ref().filter(|_| body(source, layout).generic) {
                    generic.clean(reading, known, Among::Body, &self.policies_for(source), &mut stripped);
                }
                let Stripped { ledger, captured, lost_anchors, .. } = stripped;
                let cleaned_by = if lost_anchors { CleanedBy::StaleRules } else { CleanedBy::Rules };
                let metadata = compose(&scan, meta(source, layout), &captured, declared);
                return Verdicts { ledger, metadata, cleaned_by };
            }
        }
        self.verdicts_without_site(reading, &self.library.shared(), source.is_some(), known)
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
        if let Some(generic) = &self.generic {
            generic.clean(reading, known, Among::Page, &self.policies, &mut stripped);
        }
        let Stripped { ledger, captured, .. } = stripped;
        Verdicts {
            ledger,
            metadata: compose(&scan, &packs.meta, &captured, known.declared),
            cleaned_by: match is_stale {
                true => CleanedBy::GenericForStale,
                false if self.generic.is_some() => CleanedBy::Generic,
                false => CleanedBy::Packs,
            },
        }
    }

    /// What is wanted of whole categories on pages of a source.
    fn policies_for(&self, source: &Source) -> Policies {
        source.policy.iter().chain(&self.policies).map(|(category, policy)| (*category, *policy)).collect()
    }
}

/// The verdicts on a page, and what came with them.
struct Verdicts {
    ledger: Ledger,
    metadata: Metadata,
    cleaned_by: CleanedBy,
}

#[derive(PartialEq)]
enum CleanedBy {
    Rules,
    /// The source's rules, whose anchors are not on the page.
    StaleRules,
    /// Packs, and then the generic cleaner.
    Generic,
    GenericForStale,
    /// Packs alone.
    Packs,
}

/// How the ledger tells that a page hides nearly all it has, and was read all the same.
fn revealed(share: f64) -> SetAside {
    SetAside { rule: "page/hidden".into(), share, limit: html::MAX_HIDDEN_SHARE, guard: Guard::Rule }
}

/// The page, if it is one, and not too large.
fn checked<'p, 'a>(page: &'p Page<'a>) -> Result<&'p Page<'a>, PageError> {
    let bytes = match &page.content {
        Content::Bytes(bytes) => bytes.len(),
        Content::Text(text) => text.len(),
    };
    if bytes > MAX_PAGE_BYTES {
        return Err(PageError::TooManyBytes { bytes });
    }
    refuse_binary(page)?;
    Ok(page)
}

/// Reads text that is of a kind by its looks alone. In Markdown a line break may then end a block.
fn read_by_looks(text: &str, format: InputFormat) -> Result<Document, PageError> {
    match format {
        InputFormat::Markdown => Ok(markdown::read(&replace_nuls(Cow::Borrowed(text)), Lines::Guess)),
        _ => read(text, format),
    }
}

/// Reads text that is said to be of a kind into blocks.
pub fn read(text: &str, format: InputFormat) -> Result<Document, PageError> {
    let clean = || replace_nuls(Cow::Borrowed(text));
    Ok(match format {
        InputFormat::Html => html::read(text)?,
        InputFormat::Markdown if markdown::has_a_block_a_line(text) => markdown::read(&clean(), Lines::Block),
        InputFormat::Markdown => markdown::read(&clean(), Lines::Wrapped),
        InputFormat::Text => plain::read(&clean(), Lines::Guess),
        InputFormat::Lines => plain::read(&clean(), Lines::Block),
        InputFormat::Wrapped => plain::read(&clean(), Lines::Wrapped),
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

/// What a user should know of the result, in the order of [`Flag`].
fn flags(reading: &Reading<'_>, identified: &Identified, verdicts: &Verdicts) -> Vec<Flag> {
    let ledger = &verdicts.ledger;
    let kept = |index: usize| ledger.verdicts.get(index) == Some(&Verdict::Kept);
    let is_paywall =
        |verdict: &Verdict| matches!(verdict, Verdict::Dropped(cause) if cause.category == Category::Paywall);
    let all = [
        (Flag::Generic, verdicts.cleaned_by == CleanedBy::Generic),
        (Flag::StaleRules, matches!(verdicts.cleaned_by, CleanedBy::StaleRules | CleanedBy::GenericForStale)),
        (Flag::AmbiguousSource, !identified.rivals.is_empty()),
        (Flag::Empty, !reading.seen().any(|(index, _)| kept(index))),
        (Flag::Paywall, ledger.verdicts.iter().any(is_paywall)),
        (Flag::RuleSetAside, !ledger.set_aside.is_empty()),
    ];
    all.into_iter().filter(|(_, holds)| *holds).map(|(flag, _)| flag).collect()
}

#[cfg(test)]
mod tests;

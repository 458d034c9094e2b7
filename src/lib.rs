//! Strips the boilerplate off scraped pages.
//!
//! A page comes in as HTML, Markdown or plain text. Its source is told, the rules of that source say what is
//! boilerplate, and what is left is the article. Nothing is thrown away on the way: every block of the page has a
//! verdict, and a dropped one names the rule that dropped it.
//!
//! ```
//! use dehusk::page::{Content, Page};
//! use dehusk::pipeline::Cleaner;
//! use dehusk::rules::library::Library;
//!
//! let cleaner = Cleaner::new(Library::builtin());
//! let page = Page {
//!     url: Some("https://example.org/news/1".into()),
//!     content: Content::Text("<nav><a href=/>Home</a></nav><main><h1>News</h1><p>Something happened.</p></main>".into()),
//!     ..Page::default()
//! };
//! let article = cleaner.clean(&page)?;
//! assert_eq!(article.text(), "Something happened.\n");
//! assert_eq!(article.metadata.title.as_deref(), Some("News"));
//!
//! // No rule file knows the source: packs and then the generic cleaner chose, and their verdicts have names as well.
//! let dropped: Vec<_> = article.ledger.dropped(&article.document).map(|(cause, text)| (&*cause.rule, text)).collect();
//! assert_eq!(dropped, [("lang-en/navigation", "Home"), ("generic/title", "News")]);
//! # Ok::<(), dehusk::error::PageError>(())
//! ```
//!
//! Without the program that comes with it, the library has fewer dependencies:
//! `dehusk = { version = "0.1", default-features = false }`.
//!
//! # The modules, from the ground up
//!
//! Each floor uses only those below it. [`pipeline`] shows how a page goes through them.
//!
//! | floor | modules |
//! |---|---|
//! | what all others need | [`text`]: how text is compared; [`category`]: kinds of boilerplate; [`storage`]: files whole or not at all |
//! | a page as it comes | [`page`]; [`budget`]: what it may take; [`decode`]: bytes become text; [`kind`]: HTML, Markdown or plain text, or no page at all |
//! | the model | [`document`]: a list of blocks in reading order; [`ledger`]: what became of each |
//! | rules | [`rules`]: rule files, read, checked, compiled and kept in a library |
//! | cleaning | [`strip`]: by rules; [`metadata`]: title, author, date; [`identify`]: which source; [`generic`]: no rules |
//! | judging | [`flags`]: what stands where an article should be, and how likely the body is right |
//! | the result | [`article`]; [`render`]: text, Markdown, HTML, records |
//! | the whole way | [`error`]: what can go wrong with one page; [`pipeline`] |
//! | several pages of one source | [`learn`]: a rule file from them |
//! | tables | [`table`]: the fields of records, and records as lines or columns |
//! | many pages | [`samples`]: regression tests of rules; [`corpus`]: folders, JSON Lines, threads; [`evaluate`]: scores on pages whose body is known; [`audit`]: whether the rules still hold |
//!
//! What may stand in a rule file is told in `docs/rules.md`, how pages are read in `docs/reading.md`, and what is
//! written in `docs/output.md`.

pub mod article;
pub mod audit;
pub mod budget;
pub mod category;
pub mod corpus;
pub mod decode;
pub mod document;
pub mod error;
pub mod evaluate;
pub mod flags;
pub mod generic;
pub mod identify;
pub mod kind;
pub mod learn;
pub mod ledger;
pub mod metadata;
pub mod page;
pub mod pipeline;
pub mod render;
pub mod rules;
pub mod samples;
pub mod storage;
pub mod strip;
pub mod table;
pub mod text;

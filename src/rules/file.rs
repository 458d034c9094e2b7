//! Defines a rule file as it is written: types that mirror the TOML, key by key.
//!
//! Only [`compile`](super::compile) reads them; the engine sees the compiled [`Source`](super::source::Source). The
//! docs of the fields are the manual: the JSON Schema and `docs/rules.md` are generated from them. Every mapping is
//! strict, and no type is flattened or untagged, since both would lose the places that an error message points at.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::located::{Day, Located, OneOrMany, OneOrUnion};
use crate::category::Category;

/// The rules of one source: `sites/<host>.toml`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct SiteFile {
    /// What the source calls itself, such as `"Golem.de"`; a page whose `og:site_name` says the same is taken for it.
    pub name: Option<Located<String>>,
    /// The hosts whose pages these are, each with its sub-domains: `["golem.de"]`.
    pub hosts: Vec<Located<String>>,
    /// Narrows `hosts` to paths that begin so: `["/news/"]`.
    pub paths: Vec<Located<String>>,
    /// Tells the source of a page that has no URL: patterns, each of which must match a whole block that only this
    /// source writes. One that matches is enough; of several sources the one with most marks on the page wins.
    pub marks: Vec<Located<String>>,
    /// Names of packs whose rules come after those of this file; what it does not say of `[body]` and `[meta]` is taken
    /// over from them, and their layouts come after its own. A file in a folder of one's own may name the built-in file
    /// of the same host; it then takes over what it does not say itself, and a rule with the same `id` replaces the
    /// built-in one.
    #[serde(rename = "use")]
    pub uses: Vec<Located<String>>,
    /// Names of packs that apply to every page (`everywhere = true`), and shall not to those of this source.
    pub without: Vec<Located<String>>,
    /// How plain text of this source was written, where the guess is wrong.
    pub text_input: Option<TextInput>,
    /// Where the article body lies.
    pub body: BodySection,
    /// Where title, author and date stand.
    pub meta: MetaSection,
    /// How much the rules may drop.
    pub limits: LimitsSection,
    /// What to do with a whole category, whatever the rules say: `caption = "keep"`.
    pub policy: BTreeMap<Category, Policy>,
    /// What to drop, block by block, in this order.
    pub drop: Vec<DropRule>,
    /// What to cut out of blocks that stay.
    pub inline: Vec<InlineRule>,
    /// What differs on pages of another build of the site: the old rules stay for old pages.
    pub layout: Vec<LayoutSection>,
}

/// Rules that several sources share: `packs/<name>.toml`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct PackFile {
    /// What the pack is for, in a few words.
    pub name: Option<Located<String>>,
    /// Its rules apply to every page, after those of the page's source, whether or not there is a file for it; a site
    /// file leaves them out with `without`. Otherwise they apply where a file names the pack in its `use`.
    pub everywhere: Option<bool>,
    /// Names of packs that this one builds on.
    #[serde(rename = "use")]
    pub uses: Vec<Located<String>>,
    /// Where the article body lies on the pages of a platform that several sites are built with, for files in whose
    /// `use` the pack stands and that do not say it themselves.
    pub body: BodySection,
    /// Where title, author and date stand there, key by key.
    pub meta: MetaSection,
    /// What to drop, block by block, in this order.
    pub drop: Vec<DropRule>,
    /// What to cut out of blocks that stay.
    pub inline: Vec<InlineRule>,
    /// Other builds of the platform, after those of the files that use it.
    pub layout: Vec<LayoutSection>,
}

/// How plain text was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TextInput {
    /// A block a line.
    Lines,
    /// Paragraphs over several lines of about one width.
    Wrapped,
    /// Markdown.
    Markdown,
}

/// Where the article body lies. What is outside is dropped by the rule `<source>/body`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct BodySection {
    /// CSS selectors, the first that finds something wins: `["article.news", "main article"]`. A list in the list is
    /// a union: all that any of them finds. Where none finds anything on an HTML page, or not the article,
    /// the page is flagged `stale-rules` and cleaned by the generic cleaner.
    pub select: Vec<OneOrUnion>,
    /// Flattened text: the body begins after the first block that matches this pattern wholly. Where neither `from`
    /// nor `to` matches any block, the page is flagged `stale-rules`, and still cleaned by the rules of this file.
    pub from: Option<Located<String>>,
    /// Flattened text: the body ends before the first block after `from` that matches this pattern wholly.
    pub to: Option<Located<String>>,
    /// With `true`, the generic cleaner judges what the rules of this file and its packs leave of the body, and drops what
    /// is hardly main content by `generic/<reason>`: for sites whose pages differ too much for rules alone. What rules
    /// dropped stays dropped, and what they protect (`keep`) stays.
    pub generic: Option<Located<bool>>,
}

/// Where title, author and date stand. Each key takes one place or a list of them: the first that yields something
/// wins, before what rules capture in named groups (`(?P<author>…)`) and before what the page itself declares.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct MetaSection {
    /// The title.
    pub title: OneOrMany<MetaPlace>,
    /// The author, or the authors.
    pub author: OneOrMany<MetaPlace>,
    /// The date of publication.
    pub date: OneOrMany<MetaPlace>,
}

/// A place that a piece of metadata is read from.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct MetaPlace {
    /// The elements that this selector finds; `author` takes them all, the others the first with a text.
    pub css: Option<Located<String>>,
    /// The attribute of the element that holds it, such as `"datetime"`; without it, the element's text.
    pub attr: Option<Located<String>>,
    /// A pattern that must match a whole block. The group with the key's name is taken (`(?P<date>…)`), or, without
    /// such a group, all that matched.
    pub line: Option<Located<String>>,
    /// A pattern that must occur in a block; with groups as for `line`.
    pub find: Option<Located<String>>,
    /// Narrows `line` and `find` to some blocks of the page.
    #[serde(rename = "where")]
    pub scope: Where,
    /// Taken off the start of what was found, such as `"Von "`.
    pub trim_start: Option<Located<String>>,
    /// Taken off its end, such as `" - Golem.de"`.
    pub trim_end: Option<Located<String>>,
}

/// How much the rules may drop.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct LimitsSection {
    /// All rules together may drop no more of the text than this share, from 0 to 1 (of the body's, where a body was
    /// selected, else of the page's). Beyond it the greediest rules are set aside for the page. 0.75 unless told.
    pub max_share: Option<Located<f64>>,
}

/// What to do with a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// No rule of this category drops anything.
    Keep,
    /// Its rules apply: for a file that uses another one whose policy keeps the category.
    Drop,
}

/// Drops blocks, or, for inline elements, cuts them out. It says where by exactly one of `css`, `line`, `find` and
/// `from`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct DropRule {
    /// Names the rule, within its file: `"byline"`. Lower-case letters, digits and hyphens.
    pub id: Option<Located<String>>,
    /// What kind of boilerplate it is.
    pub category: Option<Category>,
    /// The elements that this selector finds, with all in them. An inline element is cut out of its block.
    pub css: Option<Located<String>>,
    /// With `css`: only elements in whose text this pattern occurs.
    pub text: Option<Located<String>>,
    /// With `css`: not the element itself but the nearest element around it that matches this selector.
    pub closest: Option<Located<String>>,
    /// With `css`: only one of the elements found, counted from 1, or from the end with -1, -2, ….
    pub pick: Option<Located<i64>>,
    /// Blocks whose whole text this pattern matches.
    pub line: Option<Located<String>>,
    /// Blocks in which this pattern occurs.
    pub find: Option<Located<String>>,
    /// All blocks from the first whose whole text this pattern matches, and that no rule before has dropped, …
    pub from: Option<Located<String>>,
    /// … to the next one whose whole text this pattern matches, which itself stays; or to the `"end"`.
    pub to: Option<Located<String>>,
    /// With `to`: where no block matches it, to the end.
    pub or_end: bool,
    /// With `to`: not only the first such stretch of blocks, but each.
    pub each: bool,
    /// Narrows the rule to some blocks. A rule with `from` is narrowed in where it may begin.
    #[serde(rename = "where")]
    pub scope: Where,
    /// Protects instead of dropping: no later rule drops what this one finds.
    pub keep: bool,
    /// The share of the text that this rule may drop, from 0 to 1 (of the body's, where a body was selected, else of
    /// the page's); beyond it the rule is set aside for the page, and reported. 0.5 unless told.
    pub max_share: Option<Located<f64>>,
    /// How often it should fire: records, and counts of drift, name the pages on which it is otherwise.
    pub expect: Option<Expect>,
}

/// Cuts phrases out of blocks that stay, and repairs the seam. It says which by exactly one of `literal` and `find`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct InlineRule {
    /// Names the rule, within its file.
    pub id: Option<Located<String>>,
    /// What kind of boilerplate it is.
    pub category: Option<Category>,
    /// This very text, wherever it occurs.
    pub literal: Option<Located<String>>,
    /// Each match of this pattern; or only what its group `cut` holds, so that the pattern can look at what stands
    /// around the phrase: `'\w(?P<cut> )[.,]'`.
    pub find: Option<Located<String>>,
    /// Narrows the rule to some blocks.
    #[serde(rename = "where")]
    pub scope: Where,
    /// The share of the text that this rule may cut, from 0 to 1. 0.5 unless told.
    pub max_share: Option<Located<f64>>,
    /// How often it should fire.
    pub expect: Option<Expect>,
}

/// Narrows a rule to some blocks. All that is said must hold. It is counted within the body where one was selected,
/// else within the page, over the blocks that a reader sees.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Where {
    /// Among the first so many blocks.
    pub first: Option<Located<u32>>,
    /// Among the last so many blocks.
    pub last: Option<Located<u32>>,
    /// Before this share of the text, from 0 to 1.
    pub before: Option<Located<f64>>,
    /// After this share of the text, from 0 to 1.
    pub after: Option<Located<f64>>,
    /// With `true`, only blocks with a blank line (or the edge of the page) on both sides; with `false`, only others.
    pub isolated: Option<bool>,
    /// Only on pages that came as HTML (`"html"`), or only on plain text and Markdown (`"flattened"`).
    pub input: Option<InputKind>,
    /// Only below a heading whose whole text this pattern matches, up to the next heading of its level or a higher one.
    /// In plain text, where headings cannot be told, below a block that matches.
    pub under: Option<Located<String>>,
    /// Only directly behind a block whose whole text this pattern matches.
    pub previous: Option<Located<String>>,
    /// Only directly before a block whose whole text this pattern matches, such as a caption before its credit.
    pub next: Option<Located<String>>,
}

/// What a page came as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InputKind {
    /// HTML, with its tree.
    Html,
    /// Plain text or Markdown that some other tool flattened a page to.
    Flattened,
}

impl Where {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        let counts = self.first.is_none() && self.last.is_none();
        let shares = self.before.is_none() && self.after.is_none();
        let rest = self.isolated.is_none() && self.input.is_none();
        counts && shares && rest && [&self.under, &self.previous, &self.next].iter().all(|pattern| pattern.is_none())
    }
}

/// How often a rule should fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Expect {
    /// On every page of the source.
    Always,
    /// On most pages.
    Often,
    /// On none: it guards against something that should not come back.
    Never,
}

/// What differs on pages of another build of the site. Of several layouts that fit a page, the one with the latest
/// `since` applies; where none fits, the file's own `[body]` and `[meta]` do.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct LayoutSection {
    /// The day from which on pages look so: `2025-08-21`, with quotes or without. Without `when`, the date that the page declares decides.
    pub since: Option<Located<Day>>,
    /// What a page of this layout has.
    pub when: When,
    /// Takes the place of the file's `[body]`, where it says anything.
    pub body: BodySection,
    /// Takes the place of those keys of the file's `[meta]` that it says anything of.
    pub meta: MetaSection,
    /// What to drop on pages of this layout, before the rules of the file.
    pub drop: Vec<DropRule>,
    /// What to cut on pages of this layout, before the rules of the file.
    pub inline: Vec<InlineRule>,
}

/// What a page must have to be of a layout. All that is said must hold.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct When {
    /// An element that this selector finds.
    pub css: Option<Located<String>>,
    /// A block whose whole text this pattern matches.
    pub line: Option<Located<String>>,
}

//! Defines of which types compiled selectors are made.

use std::fmt;

use cssparser::{ToCss, serialize_identifier, serialize_string};
use html5ever::{LocalName, Namespace};
use precomputed_hash::PrecomputedHash;
use rustc_hash::FxHasher;
use selectors::parser::{self, SelectorParseErrorKind};

/// The parser of selectors: those of CSS that need nothing but the tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parser;

impl parser::Parser<'_> for Parser {
    type Impl = Css;
    type Error = SelectorParseErrorKind;

    fn parse_is_and_where(&self) -> bool {
        true
    }

    fn parse_has(&self) -> bool {
        true
    }
}

/// Names the types for the selector library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Css;

impl parser::SelectorImpl for Css {
    type ExtraMatchingData<'a> = ();
    type AttrValue = Value;
    type Identifier = Name;
    type LocalName = Tag;
    type NamespaceUrl = Namespace;
    type NamespacePrefix = Tag;
    type BorrowedNamespaceUrl = Namespace;
    type BorrowedLocalName = Tag;
    type NonTSPseudoClass = Nothing;
    type PseudoElement = Nothing;
}

/// What an attribute is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value(pub(super) String);

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl AsRef<str> for Value {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl ToCss for Value {
    fn to_css<W: fmt::Write>(&self, out: &mut W) -> fmt::Result {
        serialize_string(&self.0, out)
    }
}

/// A class or an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) hash: u32,
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), hash: hash(text) }
    }
}

impl ToCss for Name {
    fn to_css<W: fmt::Write>(&self, out: &mut W) -> fmt::Result {
        serialize_identifier(&self.text, out)
    }
}

impl PrecomputedHash for Name {
    fn precomputed_hash(&self) -> u32 {
        self.hash
    }
}

/// The hash of a class or an id.
pub(super) fn hash(text: &str) -> u32 {
    use std::hash::Hasher as _;
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    let hash = hasher.finish();
    u32::try_from((hash >> 32) ^ (hash & u64::from(u32::MAX))).unwrap_or_default()
}

/// The name of an element or an attribute.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tag(pub(super) LocalName);

impl From<&str> for Tag {
    fn from(name: &str) -> Self {
        Self(name.into())
    }
}

impl ToCss for Tag {
    fn to_css<W: fmt::Write>(&self, out: &mut W) -> fmt::Result {
        serialize_identifier(&self.0, out)
    }
}

impl PrecomputedHash for Tag {
    fn precomputed_hash(&self) -> u32 {
        self.0.precomputed_hash()
    }
}

/// A pseudo-class of states such as `:hover`, or a pseudo-element: a scraped page has neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nothing {}

impl parser::NonTSPseudoClass for Nothing {
    fn is_active_or_hover(&self) -> bool {
        false
    }

    fn is_user_action_state(&self) -> bool {
        false
    }
}

impl parser::PseudoElement for Nothing {}

impl ToCss for Nothing {
    fn to_css<W: fmt::Write>(&self, _out: &mut W) -> fmt::Result {
        Ok(())
    }
}

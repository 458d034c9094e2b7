//! Parses HTML with html5ever into a tree, within bounds that a hostile page cannot leave.
//!
//! The standard's algorithm has no limit on depth, and three of its steps take quadratic time in it: looking for an
//! element in scope, rebuilding the open formatting elements (which also multiplies nodes), and comparing a tag's
//! attributes for duplicates. So a [`Guard`] stands between tokenizer and tree builder: it keeps the tree shallow as
//! browsers do and stops at a number of nodes, and [`tokens`](super::tokens) leaves out the attributes of a tag that has
//! very many.

use std::cell::{Cell, RefCell};

use html5ever::LocalName;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink as _};
use rustc_hash::FxHashMap;

use super::bounds::{FREE_ATTRIBUTE_BYTES, MAX_ATTRIBUTE_GROWTH, MAX_DEPTH, TooLarge};
use super::element;
use super::sink::Sink;
use super::tokens;
use super::tree::{Arena, NodeId, Tree};
use crate::budget::{Pace, Watch};

/// How often the true depth of the tree is looked at, in start tags: rarely enough to cost nothing.
const DEPTH_CHECK: usize = 64;

/// What a token takes, in steps of a [`Pace`]: in a deep tree each may look at all open elements.
const A_TOKEN: usize = 8;

/// Parses a whole document.
pub fn document(text: &str) -> Result<Tree, TooLarge> {
    document_within(text, Watch::NEVER)
}

/// The same until the time is up: what comes then is a part of the document.
pub(super) fn document_within(text: &str, watch: Watch) -> Result<Tree, TooLarge> {
    let room = text.len().saturating_mul(MAX_ATTRIBUTE_GROWTH).saturating_add(FREE_ATTRIBUTE_BYTES);
    let builder = TreeBuilder::new(Sink::new(Arena::new(text.len(), room)), TreeBuilderOpts::default());
    let guard = Guard::new(builder, watch);
    tokens::tokenize(text.strip_prefix('\u{feff}').unwrap_or(text), &guard);
    let mut arena = guard.builder.sink.finish();
    if arena.is_overfull() {
        return Err(TooLarge::Nodes);
    }
    arena.finish();
    Ok(Tree::new(arena))
}

/// Passes tokens on to the tree builder while the tree is within bounds.
struct Guard {
    builder: TreeBuilder<NodeId, Sink>,
    start_tags: Cell<usize>,
    /// The tree was too deep when last looked at.
    deep: Cell<bool>,
    /// Start tags held back, by name: their end tags are held back as well.
    held_back: RefCell<FxHashMap<LocalName, usize>>,
    /// Text has come since a tag that was held back was made a break.
    text_since_break: Cell<bool>,
    overflown: Cell<bool>,
    pace: Pace,
}

impl Guard {
    fn new(builder: TreeBuilder<NodeId, Sink>, watch: Watch) -> Self {
        Self {
            builder,
            start_tags: Cell::new(0),
            deep: Cell::new(false),
            held_back: RefCell::default(),
            text_since_break: Cell::new(false),
            overflown: Cell::new(false),
            pace: watch.pace(),
        }
    }

    /// Looks how deep the tree grows just now, and how large it is.
    fn check(&self) {
        let arena = self.builder.sink.arena();
        self.deep.set(arena.newest_is_deep(MAX_DEPTH));
        self.overflown.set(arena.is_overfull());
    }

    /// Whether a tag must not reach the tree builder.
    fn holds_back(&self, tag: &Tag) -> bool {
        match tag.kind {
            TagKind::StartTag => {
                let count = self.start_tags.get() + 1;
                self.start_tags.set(count);
                if count.is_multiple_of(DEPTH_CHECK) {
                    self.check();
                }
                // A tag that switches the tokenizer must come through: its text would turn into markup.
                let held = self.deep.get() && !element::is_void(&tag.name) && !element::switches_tokenizer(&tag.name);
                if held {
                    *self.held_back.borrow_mut().entry(tag.name.clone()).or_default() += 1;
                }
                held
            }
            TagKind::EndTag => {
                let mut held_back = self.held_back.borrow_mut();
                match held_back.get_mut(&tag.name) {
                    Some(count) if *count > 0 => {
                        *count -= 1;
                        true
                    }
                    _ => false,
                }
            }
        }
    }
}

/// What stands for a tag that is held back: the one void element that only parts what is before it from what follows.
fn a_break() -> Tag {
    Tag {
        kind: TagKind::StartTag,
        name: LocalName::from("hr"),
        self_closing: false,
        attrs: Vec::new(),
        had_duplicate_attributes: false,
    }
}

impl TokenSink for Guard {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<NodeId> {
        if (self.pace.go(A_TOKEN) || self.overflown.get()) && token != Token::EOFToken {
            return TokenSinkResult::Continue;
        }
        match &token {
            Token::TagToken(tag) if self.holds_back(tag) => {
                // Its text stays, and stays apart from that around it.
                if element::role(&tag.name).is_flow() && self.text_since_break.replace(false) {
                    return self.builder.process_token(Token::TagToken(a_break()), line_number);
                }
                return TokenSinkResult::Continue;
            }
            Token::CharacterTokens(_) => self.text_since_break.set(true),
            _ => {}
        }
        self.builder.process_token(token, line_number)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

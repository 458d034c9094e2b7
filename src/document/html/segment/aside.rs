//! Makes blocks of what no reader sees: behind the block that it interrupts, so that it does not end the sentence
//! around it.

use super::Segmenter;
use crate::document::html::parse;
use crate::document::html::tree::{Node, NodeId};
use crate::document::{Block, BlockKind, Place, Unseen};
use crate::text::weight;

impl Segmenter {
    /// Keeps a notice of an element that no reader sees; its text too, where it is one.
    pub(super) fn set_aside_unseen(&mut self, node: Node<'_>, unseen: Unseen) {
        let mut text = String::new();
        if matches!(unseen, Unseen::Control | Unseen::Embedded | Unseen::Template) {
            let words = node.descendants().filter(|node| !is_code(*node)).filter_map(Node::as_text);
            for word in words.flat_map(|text| text.split_whitespace()) {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(word);
            }
        }
        let place = Place::Node(node.id());
        let block = Block { kind: BlockKind::Paragraph, text, marks: vec![], place, apart: true, unseen: Some(unseen) };
        self.set_aside(vec![block]);
    }

    /// Reads a hidden element into blocks of its own, so that a hidden word does not end the sentence around it.
    pub(super) fn set_aside_hidden(&mut self, node: Node<'_>) {
        let mut inner = Self::new(node.id(), true, self.gathered.addresses(), self.pace.watch());
        inner.walk(node);
        self.gathered.set_addresses(inner.gathered.addresses());
        self.hidden_parts.push((node.id(), weight_of(&inner.blocks)));
        self.set_aside(inner.blocks);
    }

    /// Reads what stands in for scripts. The parser, for which scripts are on, leaves it as it was written.
    pub(super) fn set_aside_noscript(&mut self, node: Node<'_>) {
        let written: String = node.children().filter_map(Node::as_text).collect();
        let written = Some(written).filter(|written| !written.trim().is_empty());
        let page = written.map(|written| parse::document_within(&written, self.pace.watch()));
        let Some(Ok(page)) = page else { return self.set_aside_unseen(node, Unseen::Noscript) };
        let mut inner = Self::new(NodeId::ROOT, true, self.gathered.addresses(), self.pace.watch());
        inner.walk(page.root());
        self.gathered.set_addresses(inner.gathered.addresses());
        let shown = self.shown == Some(node.id());
        let mut blocks: Vec<Block> = inner.blocks.into_iter().filter(|block| !block.text.trim().is_empty()).collect();
        for block in &mut blocks {
            // Nothing else of the other tree outlives it.
            block.place = Place::Node(node.id());
            if block.unseen == Some(Unseen::Hidden) {
                block.unseen = (!shown).then_some(Unseen::Noscript);
            }
        }
        if blocks.is_empty() {
            return self.set_aside_unseen(node, Unseen::Noscript);
        }
        self.hidden_parts.push((node.id(), weight_of(&blocks)));
        self.set_aside(blocks);
    }

    fn set_aside(&mut self, blocks: Vec<Block>) {
        if self.gathered.is_empty() {
            self.blocks.extend(blocks);
        } else {
            self.waiting.extend(blocks);
        }
    }
}

/// The weight of what is hidden in some blocks.
fn weight_of(blocks: &[Block]) -> usize {
    let hidden = blocks.iter().filter(|block| matches!(block.unseen, Some(Unseen::Hidden | Unseen::Noscript)));
    hidden.map(|block| weight(&block.text)).sum()
}

/// Whether a text stands in a script or a style sheet.
fn is_code(node: Node<'_>) -> bool {
    let parent = node.parent().and_then(Node::as_element);
    parent.is_some_and(|parent| matches!(parent.name(), "script" | "style"))
}

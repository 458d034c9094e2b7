//! Puts nodes and text into their places in the tree, and takes nodes out again.

use super::span::{Span, push};
use super::{Arena, Data, NodeId, Slot};

impl Arena {
    /// Puts a node behind all children of another, out of where it stood.
    pub(in crate::document::html) fn append(&mut self, parent: NodeId, child: NodeId) {
        self.detach(child);
        let last = self.slot(parent).last;
        let slot = self.slot_mut(child);
        slot.parent = Some(parent);
        slot.previous = last;
        match last {
            Some(last) => self.slot_mut(last).next = Some(child),
            None => self.slot_mut(parent).first = Some(child),
        }
        self.slot_mut(parent).last = Some(child);
    }

    /// Puts text behind all children of a node.
    pub(in crate::document::html) fn append_text(&mut self, parent: NodeId, text: &str) {
        let last = self.slot(parent).last;
        if !last.is_some_and(|last| self.lengthen(last, text)) {
            let child = self.add_text(text);
            self.append(parent, child);
        }
    }

    /// Puts a node before another that stands somewhere, out of where it stood.
    pub(in crate::document::html) fn insert_before(&mut self, sibling: NodeId, node: NodeId) {
        self.detach(node);
        let Slot { parent: Some(parent), previous, .. } = *self.slot(sibling) else { return };
        let slot = self.slot_mut(node);
        slot.parent = Some(parent);
        slot.previous = previous;
        slot.next = Some(sibling);
        self.slot_mut(sibling).previous = Some(node);
        match previous {
            Some(previous) => self.slot_mut(previous).next = Some(node),
            None => self.slot_mut(parent).first = Some(node),
        }
    }

    /// Puts text before a node that stands somewhere.
    pub(in crate::document::html) fn insert_text_before(&mut self, sibling: NodeId, text: &str) {
        let Slot { parent: Some(_), previous, .. } = *self.slot(sibling) else { return };
        if !previous.is_some_and(|previous| self.lengthen(previous, text)) {
            let node = self.add_text(text);
            self.insert_before(sibling, node);
        }
    }

    /// Takes a node out of where it stands.
    pub(in crate::document::html) fn detach(&mut self, node: NodeId) {
        let slot = self.slot_mut(node);
        let (parent, previous, next) = (slot.parent.take(), slot.previous.take(), slot.next.take());
        let Some(parent) = parent else { return };
        match previous {
            Some(previous) => self.slot_mut(previous).next = next,
            None => self.slot_mut(parent).first = next,
        }
        match next {
            Some(next) => self.slot_mut(next).previous = previous,
            None => self.slot_mut(parent).last = previous,
        }
    }

    /// Moves all children of a node behind those of another.
    pub(in crate::document::html) fn move_children(&mut self, from: NodeId, to: NodeId) {
        let slot = self.slot_mut(from);
        let (Some(first), Some(last)) = (slot.first.take(), slot.last.take()) else { return };
        let mut child = Some(first);
        while let Some(id) = child {
            let slot = self.slot_mut(id);
            slot.parent = Some(to);
            child = slot.next;
        }
        let before = self.slot_mut(to).last.replace(last);
        self.slot_mut(first).previous = before;
        match before {
            Some(before) => self.slot_mut(before).next = Some(first),
            None => self.slot_mut(to).first = Some(first),
        }
    }

    fn add_text(&mut self, text: &str) -> NodeId {
        let span = push(&mut self.text, text);
        self.overfull |= span.is_none();
        self.add(span.map_or(Data::Aside, Data::Text))
    }

    /// Lengthens a text; `false` if the node is none.
    fn lengthen(&mut self, node: NodeId, more: &str) -> bool {
        match self.slot(node).data {
            Data::Text(span) if span.end() == self.text.len() => match push(&mut self.text, more) {
                Some(added) => {
                    self.slot_mut(node).data = Data::Text(Span { len: span.len + added.len, ..span });
                }
                None => self.overfull = true,
            },
            Data::Text(span) => {
                // Copied to the end of all text for each piece, two texts that grow in turn would take hours.
                let number = u32::try_from(self.loose.len()).unwrap_or(u32::MAX);
                self.loose.push([span.of(&self.text), more].concat());
                self.slot_mut(node).data = Data::LooseText(number);
            }
            Data::LooseText(number) => self.loose[number as usize].push_str(more),
            _ => return false,
        }
        true
    }
}

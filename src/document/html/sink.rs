//! Takes what the tree builder makes of a page into the arena (HTML standard, 13.2.6: tree construction).

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, QualName};

use super::tree::{Arena, NodeId};

/// A tree in the making. The tree builder shares it, and changes it.
#[derive(Debug)]
pub(super) struct Sink(RefCell<Arena>);

impl Sink {
    pub(super) fn new(arena: Arena) -> Self {
        Self(RefCell::new(arena))
    }

    /// The tree as far as it is made.
    pub(super) fn arena(&self) -> Ref<'_, Arena> {
        self.0.borrow()
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Arena;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Arena {
        self.0.into_inner()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn get_document(&self) -> NodeId {
        NodeId::ROOT
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        Ref::map(self.0.borrow(), |arena| arena.element_name(*target))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        let mut arena = self.0.borrow_mut();
        let element = arena.add_element(name, attributes);
        if flags.template {
            let contents = arena.add_fragment();
            arena.append(element, contents);
        }
        element
    }

    fn create_comment(&self, _text: StrTendril) -> NodeId {
        self.0.borrow_mut().add_aside()
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> NodeId {
        self.0.borrow_mut().add_aside()
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let mut arena = self.0.borrow_mut();
        match child {
            NodeOrText::AppendNode(node) => arena.append(*parent, node),
            NodeOrText::AppendText(text) => arena.append_text(*parent, &text),
        }
    }

    fn append_before_sibling(&self, sibling: &NodeId, new_node: NodeOrText<NodeId>) {
        let mut arena = self.0.borrow_mut();
        match new_node {
            NodeOrText::AppendNode(node) => arena.insert_before(*sibling, node),
            NodeOrText::AppendText(text) => arena.insert_text_before(*sibling, &text),
        }
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.0.borrow().parent(*element).is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {
        let mut arena = self.0.borrow_mut();
        let doctype = arena.add_aside();
        arena.append(NodeId::ROOT, doctype);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        // The first child, since the template was made with it.
        self.0.borrow().first_child(*target).unwrap_or(*target)
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.0.borrow_mut().add_missing(*target, attributes);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.0.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.0.borrow_mut().move_children(*node, *new_parent);
    }
}

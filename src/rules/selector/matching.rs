//! Asks elements of a tree whether a selector finds them.

use html5ever::{Namespace, ns};
use selectors::attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint};
use selectors::bloom::BloomFilter;
use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode, SelectorCaches,
};
use selectors::matching::{ElementSelectorFlags, matches_selector};
use selectors::{OpaqueElement, SelectorList};

use super::css::{Css, Name, Nothing, Tag, Value};
use crate::document::html::tree::Kind;
use crate::document::html::{Element, Tree};

/// A compiled selector, or a list of them with commas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    pub(super) list: SelectorList<Css>,
    /// Its number in the [index](super::index::SelectorIndex) that it is in, if any.
    pub(super) number: Option<usize>,
}

impl Selector {
    /// Whether it finds an element.
    pub fn matches(&self, element: Element<'_>) -> bool {
        self.matches_with(element, &mut SelectorCaches::default())
    }

    /// The caches must not have been used with selectors that are gone.
    fn matches_with(&self, element: Element<'_>, caches: &mut SelectorCaches) -> bool {
        let mut context = context(None, caches);
        let found = Found(element);
        self.list.slice().iter().any(|one| matches_selector(one, 0, None, &found, &mut context))
    }
}

/// Finding by selectors is a matter of rules, on which the tree does not depend.
impl Tree {
    /// The elements that a selector finds, in the order of the page.
    pub fn select<'a>(&'a self, selector: &'a Selector) -> impl Iterator<Item = Element<'a>> {
        let mut caches = SelectorCaches::default();
        self.elements().filter(move |element| selector.matches_with(*element, &mut caches))
    }
}

/// How selectors are matched: as in standards mode, against nothing but the tree.
pub(super) fn context<'a>(
    ancestors: Option<&'a BloomFilter>,
    caches: &'a mut SelectorCaches,
) -> MatchingContext<'a, Css> {
    MatchingContext::new(
        MatchingMode::Normal,
        ancestors,
        caches,
        QuirksMode::NoQuirks,
        NeedsSelectorFlags::No,
        MatchingForInvalidation::No,
    )
}

/// An element as the selector library asks for it.
#[derive(Clone, Debug)]
pub(super) struct Found<'a>(pub(super) Element<'a>);

impl selectors::Element for Found<'_> {
    type Impl = Css;

    fn opaque(&self) -> OpaqueElement {
        OpaqueElement::new(self.0.address())
    }

    fn parent_element(&self) -> Option<Self> {
        self.0.parent().map(Found)
    }

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.0.previous_sibling().map(Found)
    }

    fn next_sibling_element(&self) -> Option<Self> {
        self.0.next_sibling().map(Found)
    }

    fn first_element_child(&self) -> Option<Self> {
        self.0.children().next().map(Found)
    }

    fn is_html_element_in_html_document(&self) -> bool {
        *self.0.namespace() == ns!(html)
    }

    fn has_local_name(&self, name: &Tag) -> bool {
        *self.0.local_name() == name.0
    }

    fn has_namespace(&self, namespace: &Namespace) -> bool {
        self.0.namespace() == namespace
    }

    fn is_same_type(&self, other: &Self) -> bool {
        self.0.name_number() == other.0.name_number()
    }

    fn attr_matches(
        &self,
        namespace: &NamespaceConstraint<&Namespace>,
        name: &Tag,
        operation: &AttrSelectorOperation<&Value>,
    ) -> bool {
        let is_meant = |own: &Namespace| match namespace {
            NamespaceConstraint::Any => true,
            NamespaceConstraint::Specific(meant) => own == *meant,
        };
        self.0.attributes().any(|(own, value)| own.local == name.0 && is_meant(&own.ns) && operation.eval_str(value))
    }

    fn match_non_ts_pseudo_class(&self, class: &Nothing, _context: &mut MatchingContext<'_, Css>) -> bool {
        match *class {}
    }

    fn match_pseudo_element(&self, element: &Nothing, _context: &mut MatchingContext<'_, Css>) -> bool {
        match *element {}
    }

    fn apply_selector_flags(&self, _flags: ElementSelectorFlags) {}

    fn is_link(&self) -> bool {
        false
    }

    fn is_html_slot_element(&self) -> bool {
        false
    }

    fn has_id(&self, id: &Name, case: CaseSensitivity) -> bool {
        self.0.id().is_some_and(|own| case.eq(own.as_bytes(), id.text.as_bytes()))
    }

    fn has_class(&self, class: &Name, case: CaseSensitivity) -> bool {
        self.0.classes().any(|own| case.eq(own.as_bytes(), class.text.as_bytes()))
    }

    fn has_custom_state(&self, _name: &Name) -> bool {
        false
    }

    fn imported_part(&self, _name: &Name) -> Option<Name> {
        None
    }

    fn is_part(&self, _name: &Name) -> bool {
        false
    }

    fn is_empty(&self) -> bool {
        !self.0.node().children().any(|child| matches!(child.kind(), Kind::Element(_) | Kind::Text(_)))
    }

    fn is_root(&self) -> bool {
        self.0.node().parent().is_some_and(|parent| matches!(parent.kind(), Kind::Document))
    }

    fn add_element_unique_hashes(&self, _filter: &mut BloomFilter) -> bool {
        false
    }
}

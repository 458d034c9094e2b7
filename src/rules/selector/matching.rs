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
use crate::budget::Pace;
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
        self.matches_within(element, &Pace::default())
    }

    /// The same while there is time; afterwards what it says means nothing.
    pub fn matches_within(&self, element: Element<'_>, pace: &Pace) -> bool {
        self.matches_with(element, &mut SelectorCaches::default(), pace)
    }

    /// The caches must not have been used with selectors that are gone.
    fn matches_with(&self, element: Element<'_>, caches: &mut SelectorCaches, pace: &Pace) -> bool {
        if pace.go(A_MATCH) {
            return false;
        }
        let mut context = context(None, caches);
        let found = Found { element, pace };
        self.list.slice().iter().any(|one| matches_selector(one, 0, None, &found, &mut context))
    }
}

/// Finding by selectors is a matter of rules, on which the tree does not depend.
impl Tree {
    /// The elements that a selector finds, in the order of the page.
    pub fn select<'a>(&'a self, selector: &'a Selector) -> impl Iterator<Item = Element<'a>> {
        let mut caches = SelectorCaches::default();
        let pace = Pace::default();
        self.elements().filter(move |element| selector.matches_with(*element, &mut caches, &pace))
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

/// What asking for an element takes, in steps of a [`Pace`].
pub(super) const A_MATCH: usize = 4;

/// An element as the selector library asks for it.
///
/// Among siblings it may go on and on: `:has(a ~ p)` looks at each pair of them for one element alone. So when the time
/// is up there are no more.
#[derive(Clone, Debug)]
pub(super) struct Found<'a> {
    pub(super) element: Element<'a>,
    pub(super) pace: &'a Pace,
}

impl<'a> Found<'a> {
    fn at(&self, element: Element<'a>) -> Self {
        Self { element, pace: self.pace }
    }

    fn sibling(&self, sibling: Option<Element<'a>>) -> Option<Self> {
        sibling.filter(|_| !self.pace.go(1)).map(|sibling| self.at(sibling))
    }
}

impl selectors::Element for Found<'_> {
    type Impl = Css;

    fn opaque(&self) -> OpaqueElement {
        OpaqueElement::new(self.element.address())
    }

    fn parent_element(&self) -> Option<Self> {
        self.element.parent().map(|parent| self.at(parent))
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
        self.sibling(self.element.previous_sibling())
    }

    fn next_sibling_element(&self) -> Option<Self> {
        self.sibling(self.element.next_sibling())
    }

    fn first_element_child(&self) -> Option<Self> {
        self.sibling(self.element.children().next())
    }

    fn is_html_element_in_html_document(&self) -> bool {
        *self.element.namespace() == ns!(html)
    }

    fn has_local_name(&self, name: &Tag) -> bool {
        *self.element.local_name() == name.0
    }

    fn has_namespace(&self, namespace: &Namespace) -> bool {
        self.element.namespace() == namespace
    }

    fn is_same_type(&self, other: &Self) -> bool {
        self.element.name_number() == other.element.name_number()
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
        self.element
            .attributes()
            .any(|(own, value)| own.local == name.0 && is_meant(&own.ns) && operation.eval_str(value))
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
        self.element.id().is_some_and(|own| case.eq(own.as_bytes(), id.text.as_bytes()))
    }

    fn has_class(&self, class: &Name, case: CaseSensitivity) -> bool {
        self.element.classes().any(|own| case.eq(own.as_bytes(), class.text.as_bytes()))
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
        !self.element.node().children().any(|child| matches!(child.kind(), Kind::Element(_) | Kind::Text(_)))
    }

    fn is_root(&self) -> bool {
        self.element.node().parent().is_some_and(|parent| matches!(parent.kind(), Kind::Document))
    }

    fn add_element_unique_hashes(&self, _filter: &mut BloomFilter) -> bool {
        false
    }
}

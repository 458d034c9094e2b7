//! Numbers the items of lists (HTML standard, 4.4.5 and 4.4.8).

use super::tree::Element;
use crate::document::Marker;

/// A list whose items are being read.
pub(super) struct List {
    /// The number of the next item, in an ordered list.
    next: Option<i64>,
    step: i64,
}

impl List {
    pub(super) fn new(ordered: bool, element: Element<'_>) -> Self {
        if !ordered {
            return Self { next: None, step: 0 };
        }
        let start = element.attr("start").and_then(|start| start.trim().parse().ok());
        if element.attr("reversed").is_none() {
            return Self { next: Some(start.unwrap_or(1)), step: 1 };
        }
        let items = element.children().filter(|item| item.name() == "li");
        Self { next: start.or_else(|| i64::try_from(items.count()).ok()), step: -1 }
    }

    /// What stands before the next item.
    pub(super) fn marker(&mut self, item: Element<'_>) -> Marker {
        let Some(next) = &mut self.next else { return Marker::Bullet };
        if let Some(value) = item.attr("value").and_then(|value| value.trim().parse().ok()) {
            *next = value;
        }
        let number = *next;
        *next = next.saturating_add(self.step);
        u32::try_from(number).map_or(Marker::Bullet, Marker::Number)
    }
}

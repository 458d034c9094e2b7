//! Tells why the generic cleaner drops a block: what of its description speaks loudest against it.
//!
//! | rule | what it drops |
//! |---|---|
//! | `generic/title` | the title of the page |
//! | `generic/comments` | what is called comments |
//! | `generic/navigation` | menus and bread crumbs |
//! | `generic/caption` | captions, and what stands by pictures |
//! | `generic/related` | related, recommended and most-read pages |
//! | `generic/share` | share bars |
//! | `generic/promotion` | advertisements, calls to subscribe |
//! | `generic/byline` | authors and dates |
//! | `generic/tags` | categories and keywords |
//! | `generic/landmark` | headers, footers and what stands beside (WAI-ARIA 1.2) |
//! | `generic/dialogue` | dialogues, banners and notices |
//! | `generic/link-density` | blocks that are mostly links (Kohlschütter et al., WSDM 2010) |
//! | `generic/repeated` | what stands on the page more than once |
//! | `generic/above-body`, `generic/below-body` | what stands before the first, behind the last kept block |
//! | `generic/within-body` | what stands between kept blocks |

use std::ops::Range;

use super::features::{CAPTION, Feature, Sheet};
use crate::category::Category;
use crate::ledger::Cause;

/// Why a block is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    Title,
    Comments,
    Navigation,
    Caption,
    Related,
    Share,
    Promotion,
    Byline,
    Tags,
    Landmark,
    Dialogue,
    LinkDensity,
    Repeated,
    AboveBody,
    BelowBody,
    WithinBody,
}

/// What is called so within so many steps up is the reason, the first of these; comments are however far up they are
/// called so.
const CALLED: [(Feature, f32, Reason); 12] = [
    (Feature::ToComment, 30.0, Reason::Comments),
    (Feature::ToNavigation, 3.0, Reason::Navigation),
    (Feature::ToPicture, 1.0, Reason::Caption),
    (Feature::ToRelated, 4.0, Reason::Related),
    (Feature::ToShare, 2.0, Reason::Share),
    (Feature::ToPromotion, 3.0, Reason::Promotion),
    (Feature::ToByline, 2.0, Reason::Byline),
    (Feature::ToTags, 2.0, Reason::Tags),
    (Feature::ToFooter, 6.0, Reason::Landmark),
    (Feature::ToAside, 6.0, Reason::Landmark),
    (Feature::ToHeader, 4.0, Reason::Landmark),
    (Feature::ToDialogue, 3.0, Reason::Dialogue),
];

/// A block with a larger share of its text in links is one of links.
const MAX_LINK_SHARE: f32 = 0.6;

impl Reason {
    /// Why a block is dropped, if that can be told from its description.
    pub(super) fn of(sheet: &Sheet, row: usize) -> Option<Self> {
        let value = |feature| sheet.get(feature, row);
        if value(Feature::Title) > 1.5 {
            return Some(Self::Title);
        }
        if value(Feature::Kind) >= CAPTION {
            return Some(Self::Caption);
        }
        // Of flattened text nothing is called anything.
        let called =
            CALLED.iter().find(|(feature, steps, _)| value(Feature::Element) > 0.0 && value(*feature) <= *steps);
        if let Some((_, _, reason)) = called {
            return Some(*reason);
        }
        if value(Feature::LinkShare) > MAX_LINK_SHARE {
            return Some(Self::LinkDensity);
        }
        (value(Feature::Repeats) > 1.5).then_some(Self::Repeated)
    }

    /// Why a block is dropped of which nothing but its place speaks: by the first and the last kept row.
    pub(super) fn by_place(row: usize, body: &Range<Option<usize>>) -> Self {
        if body.start.is_none_or(|first| row < first) {
            Self::AboveBody
        } else if body.end.is_none_or(|last| row > last) {
            Self::BelowBody
        } else {
            Self::WithinBody
        }
    }

    pub(super) fn category(self) -> Category {
        match self {
            Self::Title => Category::Title,
            Self::Comments => Category::Comments,
            Self::Navigation | Self::LinkDensity | Self::Landmark => Category::Navigation,
            Self::Caption => Category::Caption,
            Self::Related | Self::Tags => Category::Related,
            Self::Share => Category::Share,
            Self::Promotion => Category::Advertisement,
            Self::Byline => Category::Byline,
            Self::Dialogue | Self::Repeated | Self::AboveBody | Self::BelowBody | Self::WithinBody => Category::Other,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Title => "generic/title",
            Self::Comments => "generic/comments",
            Self::Navigation => "generic/navigation",
            Self::Caption => "generic/caption",
            Self::Related => "generic/related",
            Self::Share => "generic/share",
            Self::Promotion => "generic/promotion",
            Self::Byline => "generic/byline",
            Self::Tags => "generic/tags",
            Self::Landmark => "generic/landmark",
            Self::Dialogue => "generic/dialogue",
            Self::LinkDensity => "generic/link-density",
            Self::Repeated => "generic/repeated",
            Self::AboveBody => "generic/above-body",
            Self::BelowBody => "generic/below-body",
            Self::WithinBody => "generic/within-body",
        }
    }
}

/// The causes on a page: all blocks that are dropped for one reason share one.
#[derive(Default)]
pub(super) struct Causes(Vec<(Reason, Cause)>);

impl Causes {
    pub(super) fn of(&mut self, reason: Reason) -> Cause {
        if let Some((_, cause)) = self.0.iter().find(|(known, _)| *known == reason) {
            return cause.clone();
        }
        let cause = Cause { rule: reason.name().into(), category: reason.category() };
        self.0.push((reason, cause.clone()));
        cause
    }
}

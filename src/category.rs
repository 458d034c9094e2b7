//! Defines the kinds of boilerplate.
//!
//! Every rule names one of them, and so does everything that it drops: the policies of a source and of the command
//! line (`--keep`, `--drop`) and all counts are by category.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of boilerplate a rule drops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Category {
    /// The title of the article: metadata, not body.
    Title,
    /// Menus, skip links, breadcrumbs, pagers, link signs.
    Navigation,
    /// Consent and cookie dialogues.
    CookieBanner,
    /// Advertisements, affiliate boxes, the publisher's own offers.
    Advertisement,
    /// Press contacts: names, telephone and fax numbers, addresses.
    PressContact,
    /// What a company says of itself below a press release.
    AboutCompany,
    /// Related, recommended and most-read articles, topics, tags.
    Related,
    /// Share bars and other tool buttons.
    Share,
    /// Newsletter sign-ups and calls to follow.
    Newsletter,
    /// Notices that only subscribers may read on.
    Paywall,
    /// Who wrote the article: metadata, not body.
    Byline,
    /// When it was published or changed: metadata, not body.
    Date,
    /// Captions and credits of pictures.
    Caption,
    /// Readers' comments and their forms.
    Comments,
    /// Imprint, copyright, terms, registry entries.
    Legal,
    /// Players, galleries, embedded posts and their controls.
    Media,
    /// Everything else, what lies outside the article among it.
    Other,
}

impl Category {
    /// All categories, in the order of the documentation.
    pub const ALL: [Self; 17] = [
        Self::Title,
        Self::Navigation,
        Self::CookieBanner,
        Self::Advertisement,
        Self::PressContact,
        Self::AboutCompany,
        Self::Related,
        Self::Share,
        Self::Newsletter,
        Self::Paywall,
        Self::Byline,
        Self::Date,
        Self::Caption,
        Self::Comments,
        Self::Legal,
        Self::Media,
        Self::Other,
    ];

    /// The name as rule files, records and the command line write it, such as `cookie-banner`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Navigation => "navigation",
            Self::CookieBanner => "cookie-banner",
            Self::Advertisement => "advertisement",
            Self::PressContact => "press-contact",
            Self::AboutCompany => "about-company",
            Self::Related => "related",
            Self::Share => "share",
            Self::Newsletter => "newsletter",
            Self::Paywall => "paywall",
            Self::Byline => "byline",
            Self::Date => "date",
            Self::Caption => "caption",
            Self::Comments => "comments",
            Self::Legal => "legal",
            Self::Media => "media",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Category {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|category| category.name() == name).ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|category| category.name()).collect();
            format!("no such category; there are {}", known.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_agree_with_serde() {
        for category in Category::ALL {
            assert_eq!(serde_json::to_value(category).expect("a plain enum"), category.name());
            assert_eq!(category.name().parse(), Ok(category));
        }
        assert!("cookies".parse::<Category>().is_err());
    }
}

//! Defines what is expected of a sample beside its body: `expected.json`.

use serde::{Deserialize, Serialize};

use crate::article::Article;

/// How much of a dropped text is written down: enough to find it in the page.
const EXCERPT: usize = 80;

/// What is expected of a sample beside its body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The id of the source.
    pub source: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// When it was published.
    pub date: Option<String>,
    /// What to know of the result.
    pub flags: Vec<String>,
    /// What was dropped, in reading order: `golem.de/byline: how the text begins …`.
    pub dropped: Vec<String>,
}

impl Expected {
    /// What a cleaned page would have had to expect.
    pub fn of(article: &Article) -> Self {
        let metadata = &article.metadata;
        let dropped = article.ledger.dropped(&article.document);
        Self {
            source: article.source_id().map(ToString::to_string),
            title: metadata.title.clone(),
            author: metadata.author.clone(),
            date: metadata.date.map(|date| date.to_string()),
            flags: article.flags.iter().map(|flag| flag.name().to_owned()).collect(),
            dropped: dropped.map(|(cause, text)| format!("{}: {}", cause.rule, excerpt(text))).collect(),
        }
    }

    /// The text of the file.
    pub fn to_json(&self) -> String {
        // Plain strings and lists cannot fail to be written.
        serde_json::to_string_pretty(self).map(|json| json + "\n").unwrap_or_default()
    }

    /// The metadata, by name: what differs is told field by field.
    pub(super) fn fields(&self) -> [(&'static str, String); 5] {
        let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "(none)".to_owned());
        [
            ("source", text(&self.source)),
            ("title", text(&self.title)),
            ("author", text(&self.author)),
            ("date", text(&self.date)),
            ("flags", self.flags.join(", ")),
        ]
    }

    /// A line for each dropped text.
    pub(super) fn verdicts(&self) -> String {
        self.dropped.iter().map(|line| format!("{line}\n")).collect()
    }
}

fn excerpt(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match flat.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &flat[..end]),
        None => flat,
    }
}

//! Writes a cleaned page as a JSON record: the body, the metadata, and every dropped text with its rule.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::article::{Article, Encoding, Flag};
use crate::category::Category;
use crate::identify::Evidence;
use crate::ledger::{SetAside, Unexpected};
use crate::metadata::date::PublishedAt;
use crate::metadata::origin::Origins;
use crate::page::{Content, InputFormat, Page};

/// A cleaned page, as JSON and JSON Lines carry it. The fields are written in this order; none is left out, so that a
/// record always has the same shape.
#[derive(Clone, Debug, Serialize)]
pub struct Record<'a> {
    /// What the user calls the page: the `id` of the input record, or the path of the file.
    pub id: Value,
    /// The URL that the user gave.
    pub url: Option<&'a str>,
    /// The id of the source, such as `golem.de`; null where none was told.
    pub source: Option<&'a str>,
    /// What told the source.
    pub source_by: Option<Evidence>,
    /// The title.
    pub title: Option<&'a str>,
    /// The author; several are separated by `, `.
    pub author: Option<&'a str>,
    /// The authors, one by one.
    pub authors: &'a [String],
    /// When it was published: ISO 8601, in the precision in which it is known.
    pub date: Option<PublishedAt>,
    /// When it was last changed.
    pub modified: Option<PublishedAt>,
    /// The language that the page declares (BCP 47).
    pub language: Option<&'a str>,
    /// The name of the site.
    pub site: Option<&'a str>,
    /// What the article is about, in the words of the page.
    pub description: Option<&'a str>,
    /// The canonical address.
    pub canonical: Option<&'a str>,
    /// The tags.
    pub tags: &'a [String],
    /// The address of the lead image.
    pub image: Option<&'a str>,
    /// Where each piece of the metadata came from; what is not known has no entry.
    pub metadata_from: Origins,
    /// The body, as plain text.
    pub text: String,
    /// What to know before taking the body for an article.
    pub flags: &'a [Flag],
    /// How likely the body is right, from 0 to 1, to three digits.
    pub confidence: f64,
    /// The sources that claim the page equally well, if there are several.
    pub rivals: Vec<&'a str>,
    /// What was read.
    pub format: InputFormat,
    /// The encoding, and what decided on it.
    pub encoding: &'a Encoding,
    /// Every text that was dropped, in reading order. Scripts and the like have none.
    pub dropped: Vec<DroppedText<'a>>,
    /// The rules that would have dropped too much.
    pub set_aside: &'a [SetAside],
    /// The rules whose `expect` does not agree with what they did.
    pub unexpected: &'a [Unexpected],
    /// How many texts were dropped, by category.
    pub dropped_counts: DroppedCounts,
    /// The SHA-256 of the input.
    pub sha256: Digest<'a>,
    /// The id of an earlier page of the same run whose body is almost the same; null where there is none.
    pub duplicate_of: Option<Value>,
}

/// How many texts were dropped, by category, in the order of [`Category::ALL`]; those that do not occur are not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DroppedCounts([usize; Category::ALL.len()]);

/// The SHA-256 of an input, in lower-case hexadecimal digits: of the bytes as they were read, of a text its UTF-8. It is
/// computed when it is written.
#[derive(Clone, Copy, Debug)]
pub struct Digest<'a>(&'a [u8]);

/// A text that was dropped.
#[derive(Clone, Debug, Serialize)]
pub struct DroppedText<'a> {
    /// The rule that dropped it.
    pub rule: &'a str,
    /// What kind of boilerplate it takes it for.
    pub category: Category,
    /// The text.
    pub text: &'a str,
    /// What the generic cleaner thinks of it, if it judged it: the share that is likely to be main content, to three
    /// digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
}

/// A page that could not be cleaned, in the place of its record.
#[derive(Clone, Debug, Serialize)]
pub struct FailedRecord<'a> {
    /// What the user calls the page.
    pub id: Value,
    /// The URL that the user gave.
    pub url: Option<&'a str>,
    /// Where it stands.
    pub place: &'a str,
    /// How far it came: `read`, `decode`, `parse`, `clean` or `write`.
    pub stage: &'static str,
    /// Why it could not be cleaned.
    pub error: String,
}

/// The record of a page that became an article.
pub fn record<'a>(article: &'a Article, id: Value, page: &'a Page<'_>) -> Record<'a> {
    let metadata = &article.metadata;
    let dropped = article.ledger.dropped_with_scores(&article.document);
    Record {
        id,
        url: page.url.as_deref(),
        source: article.source_id().map(AsRef::as_ref),
        source_by: article.source_id().and(article.source.by),
        title: metadata.title.as_deref(),
        author: metadata.author.as_deref(),
        authors: &metadata.authors,
        date: metadata.date,
        modified: metadata.modified,
        language: metadata.language.as_deref(),
        site: metadata.site.as_deref(),
        description: metadata.description.as_deref(),
        canonical: metadata.canonical.as_deref(),
        tags: &metadata.tags,
        image: metadata.image.as_deref(),
        metadata_from: metadata.origins,
        text: article.text(),
        flags: &article.flags,
        confidence: (article.confidence * 1000.0).round() / 1000.0,
        rivals: article.source.rivals.iter().map(AsRef::as_ref).collect(),
        format: article.format,
        encoding: &article.encoding,
        dropped: dropped
            .map(|(cause, text, score)| DroppedText {
                rule: &cause.rule,
                category: cause.category,
                text,
                score: score.map(|score| (f64::from(score) * 1000.0).round() / 1000.0),
            })
            .collect(),
        set_aside: &article.ledger.set_aside,
        unexpected: &article.ledger.unexpected,
        dropped_counts: article.ledger.dropped(&article.document).map(|(cause, _)| cause.category).collect(),
        sha256: Digest::of(&page.content),
        duplicate_of: None,
    }
}

impl FromIterator<Category> for DroppedCounts {
    fn from_iter<I: IntoIterator<Item = Category>>(categories: I) -> Self {
        let mut counts = Self([0; Category::ALL.len()]);
        for category in categories {
            // `Category::ALL` is in the order of the type, which a test holds it to.
            counts.0[category as usize] += 1;
        }
        counts
    }
}

impl DroppedCounts {
    /// The categories that occur, and how often each does.
    pub fn iter(&self) -> impl Iterator<Item = (Category, usize)> {
        Category::ALL.into_iter().zip(self.0).filter(|(_, count)| *count > 0)
    }
}

impl Serialize for DroppedCounts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'a> Digest<'a> {
    /// That of a page.
    pub fn of(content: &'a Content<'_>) -> Self {
        Self(match content {
            Content::Bytes(bytes) => bytes,
            Content::Text(text) => text.as_bytes(),
        })
    }
}

impl fmt::Display for Digest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Sha256::digest(self.0).iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for Digest<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A record over several lines, with a line break behind it.
pub fn pretty(record: &impl Serialize) -> String {
    // What records are made of cannot fail to be written.
    serde_json::to_string_pretty(record).map(|json| one_line_each(json) + "\n").unwrap_or_default()
}

/// A record on one line, with a line break behind it.
pub fn line(record: &impl Serialize) -> String {
    serde_json::to_string(record).map(|json| one_line_each(json) + "\n").unwrap_or_default()
}

/// Escapes what JSON leaves as it is but other programs take for the end of a line (Python's `splitlines`, JavaScript).
pub(crate) fn one_line_each(json: String) -> String {
    const LINE_ENDS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];
    if !json.contains(LINE_ENDS) {
        return json;
    }
    LINE_ENDS.into_iter().fold(json, |json, end| json.replace(end, &format!("\\u{:04x}", u32::from(end))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_those_of_their_categories() {
        let counts: DroppedCounts = Category::ALL.into_iter().chain([Category::Share]).collect();
        let expected = Category::ALL.map(|category| (category, 1 + usize::from(category == Category::Share)));
        assert!(counts.iter().eq(expected));
        let counts: DroppedCounts = [Category::Other, Category::Title, Category::Other].into_iter().collect();
        assert_eq!(line(&counts), "{\"title\":1,\"other\":2}\n");
        assert_eq!(line(&DroppedCounts::from_iter([])), "{}\n");
    }

    #[test]
    fn digests_are_those_of_the_bytes() {
        // The first test vector of FIPS 180-4.
        let expected = "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"\n";
        assert_eq!(line(&Digest::of(&Content::Text("abc".into()))), expected);
        assert_eq!(line(&Digest::of(&Content::Bytes(b"abc".into()))), expected);
    }

    #[test]
    fn a_record_is_one_line_to_every_program() {
        let record = FailedRecord {
            id: Value::from("a\u{2028}b"),
            url: None,
            place: "d",
            stage: "read",
            error: "c\u{85}\n".to_owned(),
        };
        let written = line(&record);
        assert_eq!(
            written,
            "{\"id\":\"a\\u2028b\",\"url\":null,\"place\":\"d\",\"stage\":\"read\",\"error\":\"c\\u0085\\n\"}\n"
        );
        let read: Value = serde_json::from_str(&written).expect("JSON");
        assert_eq!(read["id"], record.id);
    }
}

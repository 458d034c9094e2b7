//! Describes each block by itself: what its text is like, and where it stands.

use rustc_hash::FxHashMap;

use super::blocks::{self, Blocks, Standing, share};
use super::feature::Feature;
use super::prose::Ending;
use super::sheet::Sheet;
use crate::document::BlockKind;
use crate::metadata::declared::Declared;
use crate::strip::reading::Reading;
use crate::text::normalise;

/// What has to be known of the whole page before.
pub(super) struct Own<'r> {
    texts: Vec<&'r str>,
    /// For each row, how often its text stands on the page.
    repeats: Vec<u32>,
    /// For each row, the last heading before it.
    headings: Vec<Option<u32>>,
    title: Option<String>,
    title_row: Option<usize>,
}

impl<'r> Own<'r> {
    pub(super) fn new(blocks: &Blocks<'_>, reading: &'r Reading<'_>, declared: &Declared) -> Self {
        let all = &reading.document().blocks;
        let text = |index: &usize| reading.text(*index).map_or(all[*index].text.as_str(), |text| text.as_str());
        let texts: Vec<&str> = blocks.rows.iter().map(text).collect();
        let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
        for text in &texts {
            *counts.entry(text).or_default() += 1;
        }
        let repeats = texts.iter().map(|text| counts[text]).collect();
        let mut last = None;
        let headings = blocks.rows.iter().enumerate().map(|(row, index)| {
            let before = last;
            if matches!(blocks.all[*index].kind, BlockKind::Heading { .. }) {
                last = u32::try_from(row).ok();
            }
            before
        });
        let headings = headings.collect();
        let title = declared.title.as_deref().map(|title| normalise(title).into_owned());
        let title_row = title_row(blocks, &texts, title.as_deref());
        Self { texts, repeats, headings, title, title_row }
    }

    pub(super) fn fill(&self, sheet: &mut Sheet, blocks: &Blocks<'_>) {
        let page = blocks.page();
        for row in sheet.rows() {
            let index = blocks.rows[row];
            let (block, measured) = (&blocks.all[index], &blocks.measured[row]);
            let (prose, text) = (measured.prose, self.texts[row]);
            let length = prose.length as f32;
            let ending = match prose.ending {
                Ending::Open => 0.0,
                Ending::Dots => 1.0,
                Ending::Colon => 2.0,
                Ending::Sentence => 3.0,
            };
            let before = blocks.sums(0..index);
            let heading = self.headings[row].map(|heading| heading as usize);
            let since = heading.map_or(before.length, |heading| blocks.sums_of_rows(heading + 1..row).length);
            for (feature, value) in [
                (Feature::Length, length),
                (Feature::LinkShare, measured.link_share),
                (Feature::Links, measured.links as f32),
                (Feature::Sentences, prose.sentences as f32),
                (Feature::Commas, prose.commas as f32),
                (Feature::Digits, share(prose.digits as f32, length)),
                (Feature::Signs, share(prose.signs as f32, length)),
                (Feature::Ending, ending),
                (Feature::Kind, blocks::kind(block)),
                (Feature::Level, blocks::level(block)),
                (Feature::Emphasis, measured.emphasis),
                (Feature::Words, prose.words as f32),
                (Feature::Repeats, self.repeats[row] as f32),
                (Feature::Title, self.title.as_deref().map_or(0.0, |title| likeness(title, text))),
                (Feature::Comment, f32::from(u8::from(measured.standing == Standing::Comment))),
                (Feature::Hidden, f32::from(u8::from(measured.standing == Standing::Hidden))),
                (Feature::Place, row as f32 / blocks.rows.len() as f32),
                (Feature::TextBefore, share(before.length, page.length)),
                (Feature::ProseBefore, share(before.running, page.running)),
                (Feature::FromTitle, self.title_row.map_or(-1000.0, |title| row as f32 - title as f32)),
                (Feature::FromHeading, heading.map_or(1000.0, |heading| (row - heading) as f32)),
                (
                    Feature::HeadingLevel,
                    heading.map_or(0.0, |heading| blocks::level(&blocks.all[blocks.rows[heading]])),
                ),
                (Feature::SinceHeading, since),
            ] {
                sheet.set(feature, row, value);
            }
        }
    }
}

/// How much a text is the title: 2 the same, 1 a long part of it, or it in a text hardly longer.
fn likeness(title: &str, text: &str) -> f32 {
    if title == text {
        return 2.0;
    }
    let is_part = text.len() < title.len() && text.len() * 2 > title.len() && title.contains(text);
    let holds = text.len() > title.len() && text.len() < title.len() * 2 && text.contains(title);
    f32::from(u8::from(is_part || holds))
}

/// The row of the title: of the first heading that is the declared one, else of the first of the highest level.
fn title_row(blocks: &Blocks<'_>, texts: &[&str], title: Option<&str>) -> Option<usize> {
    let level = |row: usize| match blocks.all[blocks.rows[row]].kind {
        BlockKind::Heading { level } => Some(level),
        _ => None,
    };
    let is_title = |row: &usize| title.is_some_and(|title| texts[*row] == title);
    let headings = || (0..texts.len()).filter(|row| level(*row).is_some());
    let first = headings().find(is_title).or_else(|| headings().find(|row| level(*row) == Some(1)));
    first.or_else(|| (0..texts.len()).find(is_title))
}

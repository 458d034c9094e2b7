//! What is answered to a page: by cleaning it, or by whatever tool, written to a file.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;

use super::json::{object, told};
use super::truth::Truth;
use crate::article::Article;
use crate::error::PageError;
use crate::page::{Content, InputFormat, Page};
use crate::pipeline::{Cleaner, read};
use crate::rules::source::Source;
use crate::samples::flatten::flattened;

/// What is taken for the article of a page.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Answer {
    /// The page.
    pub id: String,
    /// The body.
    pub text: String,
    /// The title.
    pub title: Option<String>,
    /// The author; several are separated by `, `.
    pub author: Option<String>,
    /// When it was published.
    pub date: Option<String>,
    /// The word F1 that is expected, where it is told: 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
}

/// How pages are given to the cleaner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// As they are.
    Html,
    /// As the text that flattening leaves, without the address.
    Flattened,
}

/// Cleans a page; says why, if that cannot be done.
pub fn clean(cleaner: &Cleaner, page: &Truth, given: Given) -> Result<Answer, String> {
    article(cleaner, page, given, None).map(|article| Answer::of(&page.id, &article))
}

/// Cleans a page by rules that are in no library.
pub(super) fn clean_by(cleaner: &Cleaner, page: &Truth, given: Given, source: &Source) -> Result<Answer, String> {
    article(cleaner, page, given, Some(source)).map(|article| Answer::of(&page.id, &article))
}

/// Cleans a page, by rules that are in no library if there are such, and keeps all that is known of it.
pub(super) fn article(
    cleaner: &Cleaner,
    page: &Truth,
    given: Given,
    source: Option<&Source>,
) -> Result<Article, String> {
    let html = page.html().map_err(|error| error.to_string())?;
    // The libraries that read pages are not ours: should one of them panic, one page is lost and not the run.
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let input = match given {
            Given::Html => text_page(html, InputFormat::Html, page.url.clone()),
            Given::Flattened => text_page(flattened(&read(&html, InputFormat::Html)?), InputFormat::Text, None),
        };
        let mut article = cleaner.clean(&input)?;
        if source.is_some() {
            let judged = cleaner.rerun(&article).by(source);
            (article.ledger, article.metadata) = (judged.ledger, judged.metadata);
        }
        Ok(article)
    }));
    match outcome {
        Ok(Ok(article)) => Ok(article),
        Ok(Err::<_, PageError>(error)) => Err(error.to_string()),
        Err(_) => Err("the reader of this page gave up; please report it, with the page".to_owned()),
    }
}

impl Answer {
    /// What a cleaned page answers.
    pub(super) fn of(id: &str, article: &Article) -> Self {
        Self {
            id: id.to_owned(),
            text: article.text(),
            title: article.metadata.title.clone(),
            author: article.metadata.author.clone(),
            date: article.metadata.date.map(|date| date.to_string()),
            confidence: Some(article.confidence),
        }
    }
}

fn text_page(text: String, format: InputFormat, url: Option<String>) -> Page<'static> {
    Page { url, format: Some(format), content: Content::Text(text.into()), ..Page::default() }
}

/// Answers that some tool wrote to a file.
#[derive(Clone, Debug, Default)]
pub struct Answers(BTreeMap<String, Answer>);

/// Why a file of answers cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum AnswersError {
    /// It cannot be read.
    #[error("{}: cannot be read: {error}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It is broken.
    #[error("{}: {place}{message}", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// The line or the key, where it is one.
        place: String,
        /// What is wrong.
        message: String,
    },
}

impl Answers {
    /// Reads a file of answers: JSON Lines, `{"id", "text"}` and where they are told `title`, `author`, `date` and
    /// `confidence`; or one object with a key a page, as the benchmarks have it, `{"<id>": {"articleBody"}}` or
    /// `{"<id>": "text"}`.
    pub fn read(path: &Path) -> Result<Self, AnswersError> {
        let bytes = fs::read(path).map_err(|error| AnswersError::Unreadable { path: path.to_owned(), error })?;
        let broken = |place: String, message| AnswersError::Broken { path: path.to_owned(), place, message };
        if let Ok(all) = object(&bytes)
            && !all.contains_key("id")
        {
            let answers = all.iter().map(|(id, entry)| {
                let answer = of_object(id.clone(), entry);
                answer.map(|answer| (id.clone(), answer)).map_err(|why| broken(format!("\"{id}\": "), why))
            });
            return answers.collect::<Result<_, _>>().map(Self);
        }
        let lines = bytes.split(|byte| *byte == b'\n').enumerate();
        let mut answers = BTreeMap::new();
        for (at, line) in lines.filter(|(_, line)| !line.trim_ascii().is_empty()) {
            let row = object(line).map_err(|why| broken(format!("line {}: ", at + 1), why))?;
            // Other rows may stand between.
            if let Some(id) = told(row.get("id")) {
                let answer = of_object(id.clone(), &Value::Object(row));
                answers.insert(id, answer.map_err(|why| broken(format!("line {}: ", at + 1), why))?);
            }
        }
        Ok(Self(answers))
    }

    /// The answer to a page.
    pub fn of(&self, page: &Truth) -> Result<Answer, String> {
        self.0.get(&page.id).cloned().ok_or_else(|| "no answer".to_owned())
    }
}

/// The answer that an object is; one without a text is empty.
fn of_object(id: String, object: &Value) -> Result<Answer, String> {
    let text = match object.as_str() {
        Some(text) => Some(text.to_owned()),
        None if !object.is_object() => return Err("neither a text nor an object with \"text\"".to_owned()),
        None => told(object.get("text")).or_else(|| told(object.get("articleBody"))),
    };
    Ok(Answer {
        id,
        text: text.unwrap_or_default(),
        title: told(object.get("title")),
        author: told(object.get("author")),
        date: told(object.get("date")),
        confidence: object.get("confidence").and_then(Value::as_f64),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_from(content: &str) -> Result<Answers, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("texts");
        fs::write(&path, content).expect("it is written");
        let told = |error: AnswersError| error.to_string().rsplit("texts: ").next().unwrap_or_default().to_owned();
        Answers::read(&path).map_err(told)
    }

    fn text_of(answers: &Answers, id: &str) -> Result<String, String> {
        answers.of(&Truth { id: id.to_owned(), ..Truth::default() }).map(|answer| answer.text)
    }

    #[test]
    fn answers_come_as_lines_or_as_one_object() {
        let written = [
            "{\"id\": \"a\", \"text\": \"one\"}\n\n{\"id\": 7, \"text\": null, \"confidence\": 0.5}\n{\"note\": 1}\n",
            "{\n\"a\": {\"articleBody\": \"one\"},\n\"7\": {}}",
            "{\"a\": \"one\", \"7\": \"\"}",
        ];
        for content in written {
            let answers = read_from(content).expect("answers");
            assert_eq!(text_of(&answers, "a").as_deref(), Ok("one"), "{content}");
            assert_eq!(text_of(&answers, "7").as_deref(), Ok(""), "{content}");
            assert_eq!(text_of(&answers, "b"), Err("no answer".to_owned()), "{content}");
        }
        let one = read_from("{\"id\": \"a\", \"text\": \"one\", \"author\": [\"A\", \"B\"]}").expect("a line");
        assert_eq!(one.0["a"].author.as_deref(), Some("A, B"));
    }

    #[test]
    fn a_broken_line_is_named() {
        let of = |content| read_from(content).expect_err("it is broken");
        assert_eq!(of("{\"id\": \"a\"}\n{\"id\""), "line 2: not JSON at column 5: EOF while parsing an object");
        assert_eq!(of("{\"id\": \"a\"}\n[]"), "line 2: JSON, but no object");
        assert_eq!(of("{\"a\": 1}"), "\"a\": neither a text nor an object with \"text\"");
    }
}

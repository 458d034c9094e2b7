//! Says which key of a record, or which column of a table, holds what.

use std::fmt;
use std::str::FromStr;

use crate::page::InputFormat;

/// Where the parts of a page stand: `id=doc_id,url=uri,html=content`, or by default the keys `id`, `url` and one of `html`,
/// `markdown` and `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The id.
    pub id: Column,
    /// The address.
    pub url: Column,
    /// The page, as HTML, Markdown or text: those that may hold it. Once one is named, the others are not asked any more.
    pub contents: Vec<(Column, InputFormat)>,
}

/// A key of a record, or a column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Whether it was named by the user, so that it has to be there.
    pub asked: bool,
}

/// A list of columns that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{problem}; columns are written like `id=doc_id,url=uri,html=content`, and what holds the page is `html`, `markdown` or `text`"
)]
pub struct ColumnsError {
    problem: String,
}

const CONTENTS: [(&str, InputFormat); 3] =
    [("html", InputFormat::Html), ("markdown", InputFormat::Markdown), ("text", InputFormat::Text)];

impl Default for Columns {
    fn default() -> Self {
        let contents = CONTENTS.map(|(name, format)| (Column::usual(name), format));
        Self { id: Column::usual("id"), url: Column::usual("url"), contents: contents.into() }
    }
}

impl Columns {
    /// The names of what may hold the page, for messages: `"html", "markdown" or "text"`.
    pub fn contents_shown(&self) -> String {
        let names: Vec<_> = self.contents.iter().map(|(column, _)| format!("\"{}\"", column.name)).collect();
        match names.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
            None => String::new(),
        }
    }
}

impl Column {
    fn usual(name: &str) -> Self {
        Self { name: name.to_owned(), asked: false }
    }
}

impl FromStr for Columns {
    type Err = ColumnsError;

    fn from_str(text: &str) -> Result<Self, ColumnsError> {
        let failed = |problem| Err(ColumnsError { problem });
        let mut columns = Self::default();
        let mut contents: Vec<(Column, InputFormat)> = Vec::new();
        for pair in text.split(',') {
            let Some((part, name)) = pair.split_once('=').map(|(part, name)| (part.trim(), name.trim())) else {
                return failed(format!("`{}` has no `=`", pair.trim()));
            };
            if name.is_empty() {
                return failed(format!("`{part}=` names no column"));
            }
            let column = Column { name: name.to_owned(), asked: true };
            let place = match part {
                "id" => &mut columns.id,
                "url" => &mut columns.url,
                _ => {
                    let Some((_, format)) = CONTENTS.into_iter().find(|(known, _)| *known == part) else {
                        return failed(format!("`{part}` is no part of a page"));
                    };
                    if contents.iter().any(|(_, other)| *other == format) {
                        return failed(format!("`{part}` is there twice"));
                    }
                    contents.push((column, format));
                    continue;
                }
            };
            if place.asked {
                return failed(format!("`{part}` is there twice"));
            }
            *place = column;
        }
        if !contents.is_empty() {
            columns.contents = contents;
        }
        Ok(columns)
    }
}

impl fmt::Display for Columns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "id={},url={}", self.id.name, self.url.name)?;
        for (column, format) in &self.contents {
            let part = CONTENTS.iter().find(|(_, known)| known == format).map_or("text", |(part, _)| part);
            write!(f, ",{part}={}", column.name)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_read() {
        let shown =
            |text: &str| text.parse::<Columns>().map_or_else(|error| error.problem, |columns| columns.to_string());
        assert_eq!(Columns::default().to_string(), "id=id,url=url,html=html,markdown=markdown,text=text");
        assert_eq!(shown("id=doc_id, url = uri,html=content"), "id=doc_id,url=uri,html=content");
        assert_eq!(shown("url=a=b"), "id=id,url=a=b,html=html,markdown=markdown,text=text");
        assert_eq!(shown("html=a,text=b"), "id=id,url=url,html=a,text=b");
        assert_eq!(shown("html"), "`html` has no `=`");
        assert_eq!(shown(""), "`` has no `=`");
        assert_eq!(shown("html="), "`html=` names no column");
        assert_eq!(shown("body=x"), "`body` is no part of a page");
        assert_eq!(shown("id=a,id=b"), "`id` is there twice");
        assert_eq!(shown("html=a,html=b"), "`html` is there twice");
    }
}

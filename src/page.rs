//! Defines a page as it comes in: bytes or text, and what the user knows about them.
//!
//! Nothing here looks at the content beyond telling its kind; reading it is the business of [`crate::decode`] and
//! [`crate::document`].

/// One page to clean.
#[derive(Clone, Debug, Default)]
pub struct Page<'a> {
    /// Where the page was fetched, if known: the best evidence of its source.
    pub url: Option<String>,
    /// The file name, if there is one: its ending tells the kind of input.
    pub file_name: Option<String>,
    /// What the user says the page is; `None` lets the ending and the content decide.
    pub format: Option<InputFormat>,
    /// The charset that the transport declared, such as the one of an HTTP `Content-Type` header.
    pub charset: Option<String>,
    /// What was fetched.
    pub content: Content<'a>,
}

/// What was fetched: bytes still to be decoded, or text that already is.
#[derive(Clone, Debug)]
pub enum Content<'a> {
    /// Bytes in an encoding that [`crate::decode`] finds out.
    Bytes(std::borrow::Cow<'a, [u8]>),
    /// Text, as a JSON record carries it.
    Text(std::borrow::Cow<'a, str>),
}

impl Content<'_> {
    /// How large it is, in bytes.
    pub fn size(&self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.len(),
            Self::Text(text) => text.len(),
        }
    }
}

impl Default for Content<'_> {
    fn default() -> Self {
        Self::Text("".into())
    }
}

/// The kinds of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InputFormat {
    /// HTML or XHTML.
    Html,
    /// `CommonMark` with tables.
    Markdown,
    /// Plain text; whether its lines are wrapped is guessed.
    Text,
    /// Plain text with a block a line, as flattening tools write it.
    Lines,
    /// Plain text whose paragraphs were broken into lines of about one width.
    Wrapped,
}

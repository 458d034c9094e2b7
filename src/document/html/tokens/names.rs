//! Makes names of what tags and attributes are called, each once a page as far as may be: there are few of them, and
//! the table of all names is slow to ask.

use std::borrow::Cow;
use std::hash::Hasher as _;

use html5ever::LocalName;
use rustc_hash::FxHasher;

/// How many names are remembered.
const SLOTS: usize = 256;

/// The names met last, as they were written and as they are, by the hash of what was written.
#[derive(Default)]
pub(super) struct Names<'t>(Vec<Option<(&'t str, LocalName)>>);

impl<'t> Names<'t> {
    /// The name that is written so: in lower case, with nulls replaced.
    pub(super) fn of(&mut self, written: &'t str) -> LocalName {
        if self.0.is_empty() {
            self.0.resize(SLOTS, None);
        }
        let mut hasher = FxHasher::default();
        hasher.write(written.as_bytes());
        let slot = usize::try_from(hasher.finish() >> 32).unwrap_or_default() % SLOTS;
        match &self.0[slot] {
            Some((known, name)) if *known == written => name.clone(),
            _ => {
                let name = LocalName::from(&*meant(written));
                self.0[slot] = Some((written, name.clone()));
                name
            }
        }
    }
}

fn meant(written: &str) -> Cow<'_, str> {
    if written.bytes().any(|byte| byte.is_ascii_uppercase() || byte == b'\0') {
        Cow::Owned(written.to_ascii_lowercase().replace('\0', "\u{fffd}"))
    } else {
        Cow::Borrowed(written)
    }
}

//! A page of any format, as bytes: it is decoded, read, cleaned and written, and every block has its verdict.
//!
//! The first byte says the format (`0` to `5`), the second whose page it is (`0` nobody's, else one of the built-in
//! sources), and the rest is the page.

#![no_main]

use std::sync::LazyLock;

use dehusk::page::{Content, Page};
use dehusk::pipeline::Cleaner;
use dehusk::rules::library::Library;
use dehusk_fuzz::{article, input};
use libfuzzer_sys::{Corpus, fuzz_target};

static CLEANER: LazyLock<Cleaner> = LazyLock::new(|| Cleaner::new(Library::builtin()));

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let (format, rest) = input::first(bytes);
    let (site, content) = input::first(rest);
    let page = Page {
        url: url(site),
        format: input::format(format),
        content: Content::Bytes(content.into()),
        ..Page::default()
    };
    // A page that is turned away is worth nothing as the start of others.
    let Ok(cleaned) = CLEANER.clean(&page) else { return Corpus::Reject };
    article::check(&cleaned);
    Corpus::Keep
});

fn url(site: u8) -> Option<String> {
    let identities = CLEANER.library().identities();
    let which = usize::from(site.wrapping_sub(b'0')) % (identities.len() + 1);
    let host = identities.get(which.checked_sub(1)?)?.hosts.first()?;
    Some(format!("https://{host}/"))
}

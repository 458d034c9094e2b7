//! A rule file: everything that is said of it has a place in it, and can be shown.
//!
//! The first byte says whether it is a site (`0`) or a pack (`1`), the rest is the file.

#![no_main]

use dehusk::rules::diagnostic::{FileText, RuleErrors};
use dehusk::rules::lint;
use dehusk_fuzz::{input, rules};
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let (kind, rest) = input::first(bytes);
    // Bytes that are no UTF-8 are told where files are read, before anything that is tried here.
    let Ok(text) = std::str::from_utf8(rest) else { return Corpus::Reject };
    let file = FileText::new("any.test.toml", text);
    let problems =
        if kind % 2 == 0 { lint::check_site(&file, "any.test") } else { lint::check_pack(&file, "any.test") };
    problems.iter().for_each(rules::check_problem);
    RuleErrors(problems).render(false);
    Corpus::Keep
});

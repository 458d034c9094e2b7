//! Defines the rule files that are compiled into the program, as the build script lists them.

use std::borrow::Cow;

use super::said::Said;

/// A rule file that is compiled into the program.
#[derive(Debug)]
pub(super) struct BuiltIn {
    /// Its name without the ending.
    pub(super) stem: &'static str,
    pub(super) text: &'static str,
    /// What it says of its source; nothing for a pack.
    pub(super) said: Option<Said<'static>>,
}

include!(concat!(env!("OUT_DIR"), "/library.rs"));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::file::SiteFile;

    #[test]
    fn what_the_build_script_took_down_is_what_the_files_say() {
        assert!(SITES.len() >= 10 && PACKS.len() >= 20);
        for site in SITES {
            let written: SiteFile = toml::from_str(site.text).expect("a site file");
            let taken_down = Said::again(site.said.as_ref().expect("it is a site file"));
            assert_eq!(taken_down, Said { builds_on: Cow::default(), ..Said::of(&written) }, "{}", site.stem);
        }
    }
}

//! Defines what one site file says of its source: by what its pages are known.

use std::borrow::Cow;

use crate::rules::file::SiteFile;
use crate::rules::located::Located;

/// What one site file says of its source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said<'a> {
    pub(super) name: Option<&'a str>,
    pub(super) hosts: Cow<'a, [&'a str]>,
    pub(super) paths: Cow<'a, [&'a str]>,
    pub(super) marks: Cow<'a, [&'a str]>,
    /// The files that it builds on; a built-in one lies over no other, so of that nothing need be known.
    pub(super) builds_on: Cow<'a, [&'a str]>,
}

impl<'a> Said<'a> {
    /// The same once more, which may live shorter.
    pub(super) fn again(said: &'static Said<'static>) -> Self {
        let Said { name, hosts, paths, marks, builds_on } = said;
        let again = |list: &'static [&'static str]| Cow::Borrowed(list);
        let (hosts, paths) = (again(hosts), again(paths));
        Self { name: *name, hosts, paths, marks: again(marks), builds_on: again(builds_on) }
    }

    /// What a file says that was read.
    pub(super) fn of(written: &'a SiteFile) -> Self {
        let texts = |list: &'a [Located<String>]| list.iter().map(|text| text.value.as_str()).collect();
        Self {
            name: written.name.as_ref().map(|name| name.value.as_str()),
            hosts: texts(&written.hosts),
            paths: texts(&written.paths),
            marks: texts(&written.marks),
            builds_on: texts(&written.uses),
        }
    }
}

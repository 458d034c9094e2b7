//! Defines what tells the sources apart.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::layer::Layer;
use crate::rules::file::SiteFile;
use crate::rules::pattern::Pattern;
use crate::rules::pattern::index::PatternIndex;

/// By what the pages of a source are known.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The id of the source, such as `golem.de`.
    pub id: Arc<str>,
    /// What it calls itself.
    pub name: Option<String>,
    /// Its hosts as URLs write them: in lower case, without `www.`, international ones in their ASCII form.
    pub hosts: Vec<String>,
    /// The paths that belong to it; all of them where there is none.
    pub paths: Vec<String>,
    /// Patterns for whole blocks that only this source writes.
    pub marks: Vec<Pattern>,
}

/// All sources, each by what it is known by.
#[derive(Debug, Default)]
pub struct Identities {
    /// In the order of their ids.
    pub all: Vec<Identity>,
    /// The marks of all of them.
    pub marks: PatternIndex,
    /// For each host, which of them have it.
    by_host: FxHashMap<String, Vec<usize>>,
}

impl Identities {
    /// These sources, with their marks indexed.
    pub fn new(mut all: Vec<Identity>) -> Self {
        let marks = PatternIndex::new(all.iter_mut().flat_map(|identity| &mut identity.marks));
        let mut by_host: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (number, identity) in all.iter().enumerate() {
            for host in &identity.hosts {
                by_host.entry(host.clone()).or_default().push(number);
            }
        }
        Self { all, marks, by_host }
    }

    /// Those with a host that is this one, or that this one lies in, in order.
    pub(crate) fn around(&self, host: &str) -> impl Iterator<Item = &Identity> {
        let wider = std::iter::successors(Some(host), |host| Some(host.split_once('.')?.1));
        let mut numbers: Vec<usize> = wider.filter_map(|host| self.by_host.get(host)).flatten().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|number| &self.all[number])
    }
}

impl Identity {
    /// The identity that the files of a site give it: the first one, and those that it lies over as far as it uses
    /// them.
    pub(super) fn of(id: &Arc<str>, layers: &[Layer<SiteFile>]) -> Self {
        let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let mut identity = Self { id: id.clone(), name: None, hosts: vec![], paths: vec![], marks: vec![] };
        for layer in layers {
            let said = layer.said();
            identity.name = identity.name.or_else(|| said.name.map(str::to_owned));
            if identity.hosts.is_empty() {
                identity.hosts = said.hosts.iter().map(|host| plain_host(host)).collect();
            }
            if identity.paths.is_empty() {
                identity.paths = owned(&said.paths);
            }
            identity.marks.extend(said.marks.iter().filter_map(|mark| Pattern::whole(mark).ok()));
            if !said.builds_on.contains(&&**id) {
                break;
            }
        }
        identity
    }
}

fn plain_host(written: &str) -> String {
    let host = written.trim().trim_end_matches('.').to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    // Most are plain already, and that is told at once.
    if host.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'.' || byte == b'-') {
        return host.to_owned();
    }
    url::Host::parse(host).map_or_else(|_| host.to_owned(), |host| host.to_string())
}

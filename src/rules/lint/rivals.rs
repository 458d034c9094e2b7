//! Tells of sites that claim the same pages.

use crate::rules::diagnostic::Diagnostic;
use crate::rules::file::SiteFile;
use crate::rules::library::{Layer, Library, Origin};

/// Sites that claim the same pages, so that neither gets any.
pub(super) fn rivals(library: &Library) -> Vec<Diagnostic> {
    let sites: Vec<_> = library.identities().all.iter().zip(library.site_layers()).collect();
    let mut problems = Vec::new();
    for (at, (one, (_, layers))) in sites.iter().enumerate() {
        for (other, (_, others)) in &sites[..at] {
            let same_path = if one.paths.is_empty() || other.paths.is_empty() {
                one.paths.is_empty() && other.paths.is_empty()
            } else {
                one.paths.iter().any(|path| other.paths.contains(path))
            };
            let Some(host) = one.hosts.iter().find(|host| same_path && other.hosts.contains(host)) else { continue };
            // Of a built-in file and one of the user's, the latter is to be mended.
            let first_to_blame =
                |layers: &[Layer<SiteFile>]| layers.first().is_some_and(|l| l.origin != Origin::BuiltIn);
            let (to_blame, with) = if first_to_blame(layers) { (layers, others) } else { (others, layers) };
            if let (Some(layer), Some(with)) = (to_blame.first(), with.first()) {
                let written = layer.written();
                let place = written.hosts.iter().find(|written| written.to_lowercase().contains(host.as_str()));
                let place = place.or(written.hosts.first()).map_or(0..0, |host| host.span.clone());
                let message =
                    format!("pages of `{host}` are claimed by {} as well, so neither gets them", with.file.name);
                let help = "put the rules into one file, or add `paths` that tell the two apart";
                problems.push(layer.file.error(place, message, help));
            }
        }
    }
    problems
}

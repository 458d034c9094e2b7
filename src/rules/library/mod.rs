//! Defines the library: all rule files that there are, the built-in ones and those that lie over them.
//!
//! Built-in files are read and compiled when they are first needed, since a page needs one source of many. Those of a
//! user are all compiled at once: a mistake is told before any page is cleaned.

mod builtin;
mod folder;
mod identity;
mod layer;
mod said;
mod uses;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use self::folder::Folder;
pub use self::identity::{Identities, Identity};
pub(crate) use self::layer::Layer;
pub use self::layer::Origin;
use super::diagnostic::{Diagnostic, FileText, RuleErrors, Severity};
use super::file::{PackFile, SiteFile};
use super::nearest::nearest;
use super::source::Source;

/// All rule files.
#[derive(Debug, Default)]
pub struct Library {
    sites: BTreeMap<Arc<str>, Site>,
    /// Under each name the file that counts, and behind it those that it lies over.
    packs: BTreeMap<Arc<str>, Vec<Layer<PackFile>>>,
    /// The packs that apply to every page do not.
    without_packs: bool,
    /// The rules of those packs, for pages that no site file knows.
    shared: OnceLock<Arc<Source>>,
    identities: OnceLock<Identities>,
    ignored: Vec<PathBuf>,
    misplaced: Vec<PathBuf>,
}

/// The files of one source.
#[derive(Debug, Default)]
struct Site {
    /// The file that counts, and behind it those that it lies over.
    layers: Vec<Layer<SiteFile>>,
    source: OnceLock<Option<Arc<Source>>>,
}

/// The kinds of rule files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// The rules of one source.
    Site,
    /// Rules that several sources share.
    Pack,
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Site => "site",
            Self::Pack => "pack",
        })
    }
}

/// What a list of rule files says of one.
#[derive(Clone, Debug)]
pub struct Listing {
    /// A site or a pack.
    pub kind: FileKind,
    /// Its name without the ending.
    pub id: Arc<str>,
    /// What it calls itself.
    pub name: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
    /// How many rules drop blocks, those of layouts among them.
    pub drop: usize,
    /// How many rules cut phrases, those of layouts among them.
    pub inline: usize,
    /// Its name as messages show it, and its text.
    pub file: FileText,
}

/// Why rule files cannot be used: all that is wrong with them.
#[derive(Clone, Debug, Default, thiserror::Error)]
pub struct LibraryError {
    /// Folders and files that cannot be read.
    pub folders: Vec<FolderError>,
    /// What is wrong in those that can.
    pub rules: RuleErrors,
}

/// A folder or a file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("error: cannot read rules from {path}: {problem}\n  = help: {help}", path = path.display())]
pub struct FolderError {
    /// Which.
    pub path: PathBuf,
    /// Why.
    pub problem: String,
    /// What to do.
    pub help: String,
}

impl LibraryError {
    /// All problems, a blank line apart, with colours or without.
    pub fn render(&self, coloured: bool) -> String {
        let mut parts: Vec<_> = self.folders.iter().map(ToString::to_string).collect();
        if !self.rules.0.is_empty() {
            parts.push(self.rules.render(coloured));
        }
        parts.join("\n\n")
    }
}

impl fmt::Display for LibraryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl Library {
    /// No rules at all: every page is one of an unknown source.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The rules that are compiled into the program.
    pub fn builtin() -> Self {
        let mut library = Self::empty();
        for file in builtin::SITES {
            library.sites.entry(file.stem.into()).or_default().layers.push(Layer::built_in("sites", file));
        }
        for file in builtin::PACKS {
            library.packs.entry(file.stem.into()).or_default().push(Layer::built_in("packs", file));
        }
        library
    }

    /// The built-in rules with folders over them, of which a later one lies over an earlier one. Everything in the
    /// folders is compiled, and all that is wrong with it is told at once.
    pub fn with_overlays<P: AsRef<Path>>(folders: &[P]) -> Result<Self, LibraryError> {
        let mut library = Self::builtin();
        if folders.is_empty() {
            return Ok(library);
        }
        let mut error = LibraryError::default();
        for folder in folders {
            let read = Folder::read(folder.as_ref());
            error.folders.extend(read.errors);
            library.ignored.extend(read.ignored);
            library.misplaced.extend(read.misplaced);
            for file in read.files {
                library.lay_over(file.kind, &file.stem, Origin::Path(file.path), file.file);
            }
        }
        let own: BTreeSet<_> = library.user_files().collect();
        let problems = library.problems_of(|origin| *origin != Origin::BuiltIn);
        let errors = problems.into_iter().filter(|problem| own.contains(&*problem.file));
        error.rules.0.extend(errors);
        if error.folders.is_empty() && error.rules.0.is_empty() { Ok(library) } else { Err(error) }
    }

    /// A library of texts, each under a path such as `sites/a.toml`; later ones lie over earlier ones.
    #[cfg(test)]
    pub(crate) fn of_texts(files: &[(&str, &str)]) -> Self {
        let mut library = Self::empty();
        for (path, text) in files {
            let (folder, name) = path.split_once('/').expect("a folder");
            let kind = if folder == "sites" { FileKind::Site } else { FileKind::Pack };
            let stem = name.strip_suffix(".toml").expect("an ending");
            library.lay_over(kind, stem, Origin::Path((*path).into()), FileText::new(*path, *text));
        }
        library
    }

    fn lay_over(&mut self, kind: FileKind, stem: &str, origin: Origin, file: FileText) {
        match kind {
            FileKind::Site => {
                let layers = &mut self.sites.entry(stem.into()).or_default().layers;
                layers.insert(0, Layer::new(origin, file, stem));
            }
            FileKind::Pack => self.packs.entry(stem.into()).or_default().insert(0, Layer::new(origin, file, stem)),
        }
    }

    /// The rules of a source, compiled when it is first asked for. `None` where there is no such source.
    pub fn source(&self, id: &str) -> Option<Arc<Source>> {
        let (id, site) = self.sites.get_key_value(id)?;
        site.source.get_or_init(|| self.link(id).map(Arc::new)).clone()
    }

    /// The rules for pages of unknown sources: those of the packs that apply to every page.
    pub fn shared(&self) -> Arc<Source> {
        self.shared.get_or_init(|| Arc::new(self.link_packs())).clone()
    }

    /// The same library without its sites: every page is one of an unknown source.
    #[must_use]
    pub fn without_sites(self) -> Self {
        Self { sites: BTreeMap::new(), ..self.relinked() }
    }

    /// The same library in which no pack applies but to the sources that name it.
    #[must_use]
    pub fn without_packs(self) -> Self {
        Self { without_packs: true, ..self.relinked() }
    }

    /// The same files, to be linked anew.
    fn relinked(mut self) -> Self {
        for site in self.sites.values_mut() {
            site.source = OnceLock::new();
        }
        Self { shared: OnceLock::new(), identities: OnceLock::new(), ..self }
    }

    /// What tells the sources apart.
    pub fn identities(&self) -> &Identities {
        let all = || self.sites.iter().map(|(id, site)| Identity::of(id, &site.layers)).collect();
        self.identities.get_or_init(|| Identities::new(all()))
    }

    /// All files that count: first the sites, then the packs, each in the order of their ids.
    pub fn files(&self) -> Vec<Listing> {
        let sites = self.sites.iter().filter_map(|(id, site)| {
            let layer = site.layers.first()?;
            let written = layer.written();
            let layouts = || written.layout.iter();
            Some(Listing {
                kind: FileKind::Site,
                id: id.clone(),
                name: written.name.as_ref().map(|name| name.value.clone()),
                origin: layer.origin.clone(),
                drop: written.drop.len() + layouts().map(|layout| layout.drop.len()).sum::<usize>(),
                inline: written.inline.len() + layouts().map(|layout| layout.inline.len()).sum::<usize>(),
                file: layer.file.clone(),
            })
        });
        let packs = self.packs.iter().filter_map(|(id, layers)| {
            let layer = layers.first()?;
            let written = layer.written();
            let layouts = || written.layout.iter();
            Some(Listing {
                kind: FileKind::Pack,
                id: id.clone(),
                name: written.name.as_ref().map(|name| name.value.clone()),
                origin: layer.origin.clone(),
                drop: written.drop.len() + layouts().map(|layout| layout.drop.len()).sum::<usize>(),
                inline: written.inline.len() + layouts().map(|layout| layout.inline.len()).sum::<usize>(),
                file: layer.file.clone(),
            })
        });
        sites.chain(packs).collect()
    }

    /// The text of the file with this name: a site such as `golem.de`, or a pack; `packs/lang-de` where a site has the
    /// same name.
    pub fn text_of(&self, name: &str) -> Option<&FileText> {
        let name = name.strip_suffix(".toml").unwrap_or(name);
        let site = |name: &str| self.sites.get(name)?.layers.first().map(|layer| &*layer.file);
        let pack = |name: &str| self.packs.get(name)?.first().map(|layer| &*layer.file);
        match name.split_once('/') {
            Some(("sites", name)) => site(name),
            Some(("packs", name)) => pack(name),
            _ => site(name).or_else(|| pack(name)),
        }
    }

    /// The source or pack whose name is so near to `name` that it was probably meant.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.sites.keys().chain(self.packs.keys()).map(AsRef::as_ref))
    }

    /// Files in the overlay folders that are no rule files.
    pub fn ignored(&self) -> &[PathBuf] {
        &self.ignored
    }

    /// Rule files, and folders of such, in the overlay folders that are not read, since they are neither in `sites` nor
    /// in `packs`.
    pub fn misplaced(&self) -> &[PathBuf] {
        &self.misplaced
    }

    /// Everything that makes a file of the library unusable, by file and place.
    pub fn problems(&self) -> Vec<Diagnostic> {
        self.problems_of(|_| true)
    }

    /// The problems of files from some places, and circles. The other files are not compiled for that.
    fn problems_of(&self, wanted: impl Fn(&Origin) -> bool) -> Vec<Diagnostic> {
        let mut problems = self.circles();
        for (id, site) in &self.sites {
            for (depth, layer) in site.layers.iter().enumerate().filter(|(_, layer)| wanted(&layer.origin)) {
                problems.extend(layer.problems());
                problems.extend(self.unknown_uses(id, depth, &site.layers));
                problems.extend(self.unknown_withouts(layer));
            }
        }
        for (id, layers) in &self.packs {
            for (depth, layer) in layers.iter().enumerate().filter(|(_, layer)| wanted(&layer.origin)) {
                problems.extend(layer.problems());
                problems.extend(self.unknown_uses(id, depth, layers));
            }
        }
        problems.retain(|problem| problem.severity == Severity::Error);
        problems.sort_by(|a, b| (&a.file, a.span.start).cmp(&(&b.file, b.span.start)));
        problems
    }

    /// The layers of all sites, those that count first.
    pub(crate) fn site_layers(&self) -> impl Iterator<Item = (&str, &[Layer<SiteFile>])> {
        self.sites.iter().map(|(id, site)| (&**id, &*site.layers))
    }

    /// The layers of all packs, those that count first.
    pub(crate) fn pack_layers(&self) -> impl Iterator<Item = (&str, &[Layer<PackFile>])> {
        self.packs.iter().map(|(id, layers)| (&**id, &**layers))
    }

    /// The names of the files that were read from folders.
    fn user_files(&self) -> impl Iterator<Item = Arc<str>> {
        let sites = self.sites.values().flat_map(|site| &site.layers).map(|layer| (&layer.origin, &*layer.file));
        let packs = self.packs.values().flatten().map(|layer| (&layer.origin, &*layer.file));
        sites.chain(packs).filter(|(origin, _)| **origin != Origin::BuiltIn).map(|(_, file)| file.name.clone())
    }
}

#[cfg(test)]
mod tests;

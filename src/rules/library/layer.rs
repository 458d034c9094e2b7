//! Defines one rule file of the library: where it comes from, and what was made of it, once and when it was needed.

use std::path::PathBuf;
use std::sync::{LazyLock, OnceLock};

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::builtin::BuiltIn;
use super::said::Said;
use crate::rules::compile::parts::{PackParts, SiteParts};
use crate::rules::compile::{self, Check};
use crate::rules::diagnostic::{Diagnostic, FileText};
use crate::rules::file::{PackFile, SiteFile};
use crate::rules::located::Located;
use crate::rules::shape;

/// Where a rule file comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is compiled into the program.
    BuiltIn,
    /// It was read from this path.
    Path(PathBuf),
}

/// A written file that can be compiled.
pub(crate) trait Written: DeserializeOwned + JsonSchema + Default {
    /// What it is compiled to.
    type Parts;

    /// Compiles it; what is broken is left out, and told.
    fn compile(&self, file: &FileText, stem: &str, check: Check) -> (Self::Parts, Vec<Diagnostic>);

    /// The files that it builds on.
    fn uses(&self) -> &[Located<String>];
}

impl Written for SiteFile {
    type Parts = SiteParts;

    fn compile(&self, file: &FileText, stem: &str, check: Check) -> (SiteParts, Vec<Diagnostic>) {
        compile::site(self, file, stem, check)
    }

    fn uses(&self) -> &[Located<String>] {
        &self.uses
    }
}

impl Written for PackFile {
    type Parts = PackParts;

    fn compile(&self, file: &FileText, stem: &str, check: Check) -> (PackParts, Vec<Diagnostic>) {
        compile::pack(self, file, stem, check)
    }

    fn uses(&self) -> &[Located<String>] {
        &self.uses
    }
}

/// Makes the text of a file.
type Make = Box<dyn FnOnce() -> FileText + Send>;

/// One rule file.
#[derive(Debug)]
pub(crate) struct Layer<W: Written> {
    pub(crate) origin: Origin,
    /// Its text; of a built-in file made when it is first needed.
    pub(crate) file: LazyLock<FileText, Make>,
    stem: String,
    /// What a built-in site says of itself.
    said: Option<&'static Said<'static>>,
    written: OnceLock<(W, Vec<Diagnostic>)>,
    parts: OnceLock<W::Parts>,
}

impl<W: Written> Layer<W> {
    pub(crate) fn new(origin: Origin, file: FileText, stem: &str) -> Self {
        Self::made(origin, Box::new(|| file), stem, None)
    }

    /// A file that is compiled into the program, in this folder.
    pub(super) fn built_in(folder: &'static str, file: &'static BuiltIn) -> Self {
        let BuiltIn { stem, text, said } = file;
        let make = move || FileText::new(format!("rules/{folder}/{stem}.toml"), *text);
        Self::made(Origin::BuiltIn, Box::new(make), stem, said.as_ref())
    }

    fn made(origin: Origin, make: Make, stem: &str, said: Option<&'static Said<'static>>) -> Self {
        let (written, parts) = (OnceLock::new(), OnceLock::new());
        Self { origin, file: LazyLock::new(make), stem: stem.to_owned(), said, written, parts }
    }

    /// What the file says; nothing where its shape is wrong.
    pub(crate) fn written(&self) -> &W {
        &self.read().0
    }

    /// What it is compiled to, without what is broken.
    pub(crate) fn parts(&self) -> &W::Parts {
        self.parts.get_or_init(|| self.written().compile(&self.file, &self.stem, Check::Quick).0)
    }

    /// All that is wrong with it by itself.
    pub(crate) fn problems(&self) -> Vec<Diagnostic> {
        let (_, problems) = self.written().compile(&self.file, &self.stem, Check::Full);
        shape::together(self.read().1.clone(), problems)
    }

    fn read(&self) -> &(W, Vec<Diagnostic>) {
        self.written.get_or_init(|| shape::read(&self.file))
    }
}

impl Layer<SiteFile> {
    /// What the file says of its source; a built-in one is not read for that.
    pub(super) fn said(&self) -> Said<'_> {
        self.said.map_or_else(|| Said::of(self.written()), Said::again)
    }
}

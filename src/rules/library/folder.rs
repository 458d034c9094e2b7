//! Defines how a folder of rule files is read: `sites/*.toml` and `packs/*.toml`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{FileKind, FolderError};
use crate::rules::diagnostic::FileText;

/// What a folder has.
#[derive(Debug, Default)]
pub(super) struct Folder {
    pub(super) files: Vec<FolderFile>,
    /// Files that are no rule files.
    pub(super) ignored: Vec<PathBuf>,
    /// Rule files, and folders of such, where none are read.
    pub(super) misplaced: Vec<PathBuf>,
    pub(super) errors: Vec<FolderError>,
}

/// A rule file of a folder.
#[derive(Debug)]
pub(super) struct FolderFile {
    pub(super) kind: FileKind,
    pub(super) stem: String,
    pub(super) path: PathBuf,
    pub(super) file: FileText,
}

impl Folder {
    pub(super) fn read(path: &Path) -> Self {
        let mut folder = Self::default();
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => {
                let help = "name the folder that has `sites` and `packs` in it";
                folder.error(path, "it is a file, not a folder".to_owned(), help);
                return folder;
            }
            Err(error) => {
                let help = "name a folder that has `sites` and `packs` in it";
                folder.error(path, reason(&error), help);
                return folder;
            }
        }
        let mut any = false;
        for (kind, name) in [(FileKind::Site, "sites"), (FileKind::Pack, "packs")] {
            let below = path.join(name);
            if below.is_dir() {
                any = true;
                folder.read_kind(kind, &below);
            }
        }
        if !any {
            let help = "put site files into a folder `sites` below it, packs into a folder `packs`";
            folder.error(path, "there is neither `sites` nor `packs` in it".to_owned(), help);
        }
        let astray = |below: &PathBuf| !below.ends_with("sites") && !below.ends_with("packs") && is_or_has_rules(below);
        folder.misplaced.extend(visible(path).unwrap_or_default().into_iter().filter(astray));
        folder
    }

    fn read_kind(&mut self, kind: FileKind, below: &Path) {
        let paths = match visible(below) {
            Ok(paths) => paths,
            Err(error) => return self.error(below, reason(&error), "make it readable"),
        };
        for path in paths {
            if path.is_dir() && is_or_has_rules(&path) {
                self.misplaced.push(path);
                continue;
            }
            if path.extension().is_none_or(|ending| ending != "toml") {
                self.ignored.push(path);
                continue;
            }
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            match fs::read(&path).map(String::from_utf8) {
                Ok(Ok(text)) => {
                    let file = FileText::new(path.to_string_lossy(), text);
                    self.files.push(FolderFile { kind, stem, path, file });
                }
                Ok(Err(error)) => {
                    let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                    let line = good.split(|byte| *byte == b'\n').count();
                    self.error(&path, format!("line {line} is not UTF-8"), "save it as UTF-8");
                }
                Err(error) => self.error(&path, reason(&error), "make it a readable file, or take it away"),
            }
        }
    }

    fn error(&mut self, path: &Path, problem: String, help: &str) {
        self.errors.push(FolderError { path: path.to_owned(), problem, help: help.to_owned() });
    }
}

/// What is in a folder, sorted, without hidden files: editors and systems leave those everywhere.
fn visible(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let is_hidden = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).filter(|path| !is_hidden(path)).collect();
    paths.sort();
    Ok(paths)
}

/// Whether something is a rule file, or a folder with one in it.
fn is_or_has_rules(path: &Path) -> bool {
    let is_toml = |path: &Path| path.extension().is_some_and(|ending| ending == "toml");
    if path.is_dir() { visible(path).unwrap_or_default().iter().any(|path| is_toml(path)) } else { is_toml(path) }
}

/// Why something cannot be read, without the number that systems add.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => error.to_string(),
    }
}

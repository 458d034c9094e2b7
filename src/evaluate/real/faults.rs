//! Pages of a corpus whose truth is wrong, as somebody who read them says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::rules::diagnostic::{FileText, RuleErrors};
use crate::rules::shape;

/// The file, in the folder of samples.
pub const FILE: &str = "truth-faults.toml";

/// What is wrong with the truth of pages: by corpus, then by page, why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(BTreeMap<String, BTreeMap<String, String>>);

/// The file as it is written.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Written {
    /// The pages.
    fault: Vec<Fault>,
}

/// A page whose truth is wrong.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Fault {
    /// The name of the corpus' folder.
    corpus: String,
    /// The id of the page in it.
    page: String,
    /// What the truth says wrongly.
    reason: String,
}

impl Faults {
    /// Reads the file; no file says nothing. What is wrong with it is told as people read it.
    pub fn read(path: &Path) -> Result<Self, String> {
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(path).map_err(|error| format!("{}: cannot be read: {error}", path.display()))?;
        let file = FileText::new(path.to_string_lossy(), text);
        let (written, problems) = shape::read::<Written>(&file);
        if !problems.is_empty() {
            return Err(RuleErrors(problems).render(false));
        }
        let mut faults = Self::default();
        for Fault { corpus, page, reason } in written.fault {
            if faults.0.entry(corpus.clone()).or_default().insert(page.clone(), reason).is_some() {
                let place = path.display();
                return Err(format!("{place}: page `{page}` of `{corpus}` stands there twice; take one away"));
            }
        }
        Ok(faults)
    }

    /// The faults of a corpus, which lies in this folder: by page, why.
    pub fn of(&self, folder: &Path) -> BTreeMap<String, String> {
        // `.` has no name of its own.
        let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let name = whole.file_name().unwrap_or_default().to_string_lossy();
        self.0.get(&*name).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Faults, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE);
        fs::write(&path, text).expect("it is written");
        Faults::read(&path)
    }

    #[test]
    fn faults_are_found_by_the_name_of_the_folder() {
        let faults = read("[[fault]]\ncorpus = 'news'\npage = 'a-1'\nreason = 'half of it'\n").expect("faults");
        let reason = |folder: &str| faults.of(Path::new(folder)).remove("a-1");
        assert_eq!(reason("corpora/news/").as_deref(), Some("half of it"));
        assert_eq!(reason("corpora/other"), None);
        assert_eq!(Faults::read(Path::new("none.toml")), Ok(Faults::default()));
    }

    #[test]
    fn mistakes_are_told() {
        let fault = "[[fault]]\ncorpus = 'news'\npage = 'a-1'\nreason = 'half of it'\n";
        assert!(read(&fault.repeat(2)).expect_err("twice").contains("`a-1` of `news` stands there twice"));
        assert!(read("[[faults]]\n").expect_err("a typo").contains("write `fault`"));
        assert!(read("[[fault]]\npage = 'x'\n").is_err());
    }
}

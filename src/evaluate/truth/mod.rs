//! Reads corpora: folders of pages whose true body is known. What lies in the folder tells which layout it has:
//!
//! | layout | truth | pages |
//! |---|---|---|
//! | [`rows`] | `truth.jsonl`, an object a line | `pages/<id>.html.gz` |
//! | [`wcxb`] | `ground-truth/<id>.json` | `html/<id>.html.gz` |
//! | [`scrapinghub`] | `ground-truth.json`, an object with a key a page | `html/<id>.html.gz` |
//!
//! A page may also lie there unpacked, as `.html`. What is wrong with one page costs only that page.

mod rows;
mod scrapinghub;
mod wcxb;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use url::Url;

use crate::error::MAX_PAGE_BYTES;

/// What is known of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Truth {
    /// Its id, which is also the name of its file.
    pub id: String,
    /// Where it was fetched.
    pub url: Option<String>,
    /// Its host, without `www`.
    pub source: String,
    /// Its type, such as `article`.
    pub page_type: String,
    /// The title.
    pub title: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// When it was published; its day stands first.
    pub date: Option<String>,
    /// The body.
    pub body: String,
    /// Texts that must be in the body.
    pub with: Vec<String>,
    /// Texts that must not be in it.
    pub without: Vec<String>,
    /// The paragraphs of the body, where they are told.
    pub paragraphs: Vec<String>,
    /// Which of them may be left out, from 0.
    pub optional: Vec<usize>,
    /// The file of the page, without its ending.
    pub file: PathBuf,
}

/// A folder of pages and what is known of them.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// The pages, in the order of the truth.
    pub pages: Vec<Truth>,
    /// What is wrong with others.
    pub problems: Vec<Problem>,
}

/// What is wrong with what a corpus says of a page; the others are read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct Problem {
    /// The file, and the line or the key in it.
    pub place: String,
    /// What is wrong there, and what becomes of it.
    pub message: String,
}

/// Why a corpus cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// There is no such folder.
    #[error("there is no folder {}", .0.display())]
    NoFolder(PathBuf),
    /// Nothing in it tells that it is a corpus.
    #[error(
        "{} is no corpus: it has neither truth.jsonl, nor ground-truth.json, nor a folder ground-truth{hint}; \
         docs/evaluation.md tells the layouts", folder.display()
    )]
    NoCorpus {
        /// The folder.
        folder: PathBuf,
        /// Where one might be instead.
        hint: String,
    },
    /// A file cannot be read.
    #[error("{}: cannot be read: {error}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The file with the truth of all pages is broken.
    #[error("{}: {message}", path.display())]
    Broken {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
}

/// Why there is no HTML of a page.
#[derive(Debug, thiserror::Error)]
pub enum NoPage {
    /// There is no file.
    #[error("there is neither {}.html.gz nor {}.html", .0.display(), .0.display())]
    Missing(PathBuf),
    /// It cannot be read, or not be unpacked.
    #[error("{}: cannot be read: {error}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It is larger than any page that is read.
    #[error("{}: unpacked, it has more than {MAX_PAGE_BYTES} bytes, and no more are read", .0.display())]
    TooLarge(PathBuf),
}

impl Corpus {
    /// Reads what is known of the pages in a folder. The pages themselves are read one by one, by [`Truth::html`].
    pub fn open(folder: &Path) -> Result<Self, CorpusError> {
        let there = |name: &str| folder.join(name);
        let (read, pages) = if !folder.is_dir() {
            return Err(CorpusError::NoFolder(folder.to_owned()));
        } else if there(rows::TRUTH).is_file() {
            (rows::read(&there(rows::TRUTH))?, there("pages"))
        } else if there(wcxb::TRUTH).is_dir() {
            (wcxb::read(&there(wcxb::TRUTH))?, there("html"))
        } else if there(scrapinghub::TRUTH).is_file() {
            (scrapinghub::read(&there(scrapinghub::TRUTH))?, there("html"))
        } else {
            return Err(CorpusError::NoCorpus { folder: folder.to_owned(), hint: hint(folder) });
        };
        let mut corpus = Self { pages: Vec::new(), problems: Vec::new() };
        let mut places: BTreeMap<String, String> = BTreeMap::new();
        for (place, page) in read {
            let problem = match page {
                Ok(page) if !is_file_name(&page.id) => format!("the id `{}` is no name of a file", page.id),
                Ok(page) => match places.insert(page.id.clone(), place.clone()) {
                    None => {
                        corpus.pages.push(Truth { file: pages.join(&page.id), ..page });
                        continue;
                    }
                    Some(earlier) => format!("the id `{}` stands at {earlier} already", page.id),
                },
                Err(problem) => problem,
            };
            corpus.problems.push(Problem { place, message: format!("{problem}; left out") });
        }
        let known: BTreeSet<&str> = places.keys().map(String::as_str).collect();
        corpus.problems.extend(without_truth(&pages, &known));
        Ok(corpus)
    }
}

/// What a file of truth tells: where it stands, and a page or what is wrong.
type Read = Vec<(String, Result<Truth, String>)>;

fn hint(folder: &Path) -> String {
    let halves: Vec<_> =
        ["dev", "test"].into_iter().filter(|half| folder.join(half).join(wcxb::TRUTH).is_dir()).collect();
    let named: Vec<_> = halves.iter().map(|half| folder.join(half).display().to_string()).collect();
    if named.is_empty() { String::new() } else { format!(" (but there is {})", named.join(" and ")) }
}

fn is_file_name(id: &str) -> bool {
    !id.is_empty() && Path::new(id).file_name().is_some_and(|name| name == id)
}

/// Pages that lie there and of which nothing is known. Where the folder is missing, each page says so itself.
fn without_truth(pages: &Path, known: &BTreeSet<&str>) -> Vec<Problem> {
    let Ok(entries) = fs::read_dir(pages) else { return Vec::new() };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let is_unknown = |name: &String| {
        let id = name.strip_suffix(".html.gz").or_else(|| name.strip_suffix(".html"));
        id.is_some_and(|id| !known.contains(id))
    };
    let names: BTreeSet<String> = names.filter(is_unknown).collect();
    let message = "nothing tells its true body; left out";
    names
        .iter()
        .map(|name| Problem { place: pages.join(name).display().to_string(), message: message.into() })
        .collect()
}

impl Truth {
    /// The page. Corpora are in UTF-8, whatever the page declares.
    pub fn html(&self) -> Result<String, NoPage> {
        let with = |ending: &str| {
            let mut path = self.file.clone().into_os_string();
            path.push(ending);
            PathBuf::from(path)
        };
        let (packed, plain) = (with(".html.gz"), with(".html"));
        let (path, read) = if packed.exists() {
            (&packed, File::open(&packed).and_then(|file| bounded(flate2::read::MultiGzDecoder::new(file))))
        } else if plain.exists() {
            (&plain, File::open(&plain).and_then(bounded))
        } else {
            return Err(NoPage::Missing(self.file.clone()));
        };
        let bytes = read.map_err(|error| NoPage::Unreadable { path: path.clone(), error })?;
        if bytes.len() > MAX_PAGE_BYTES {
            return Err(NoPage::TooLarge(path.clone()));
        }
        Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }
}

/// All bytes, or one more than a page may have.
fn bounded(file: impl io::Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(MAX_PAGE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The host of an address, without `www`.
fn source_of(url: Option<&str>) -> String {
    let url = url.and_then(|url| Url::parse(url).ok());
    let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

#[cfg(test)]
mod tests;

//! Writes records as tables: JSON Lines, compressed or not, and Parquet; all fields of a record, or those that are wanted.

pub mod fields;
pub mod frames;
pub mod line;
#[cfg(feature = "parquet")]
pub mod parquet;

use std::path::Path;

/// The formats of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A record a line.
    JsonLines(Compression),
    /// Columns, each compressed by Zstandard.
    Parquet,
}

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    None,
    /// As gzip does.
    Gzip,
    /// As zstd does.
    Zstd,
}

impl Format {
    /// The format of a file, told by its name; `None` for names of other files.
    ///
    /// ```
    /// use dehusk::table::{Compression, Format};
    ///
    /// assert_eq!(Format::of("out.jsonl.zst".as_ref()), Some(Format::JsonLines(Compression::Zstd)));
    /// assert_eq!(Format::of("out/".as_ref()), None);
    /// ```
    pub fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let (stem, compression) = match name.rsplit_once('.')? {
            (_, "parquet") => return Some(Self::Parquet),
            (stem, "gz") => (stem, Compression::Gzip),
            (stem, "zst") => (stem, Compression::Zstd),
            _ => (name.as_str(), Compression::None),
        };
        let is_of_lines = matches!(stem.rsplit_once('.')?.1, "jsonl" | "ndjson");
        is_of_lines.then_some(Self::JsonLines(compression))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_names() {
        let of = |name: &str| Format::of(Path::new(name));
        let lines = |compression| Some(Format::JsonLines(compression));
        assert_eq!(of("a/b.jsonl"), lines(Compression::None));
        assert_eq!(of("b.v2.NDJSON"), lines(Compression::None));
        assert_eq!(of("b.ndjson.gz"), lines(Compression::Gzip));
        assert_eq!(of("b.jsonl.zst"), lines(Compression::Zstd));
        assert_eq!(of("b.parquet"), Some(Format::Parquet));
        for other in ["", "..", "jsonl", "b.gz", "b.json", "b.jsonl/c", "b.jsonl.bz2", "b.parquet.gz", "b.jsonl.gz.gz"]
        {
            assert_eq!(of(other), None, "{other}");
        }
    }
}

//! The bodies that were seen in a run, and the journal by which one that goes on knows them again.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use dehusk::corpus::duplicates::{Seen, Signature, journal};
use dehusk::corpus::jsonl::Id;

/// The bodies that were seen; none where nothing is compared.
pub(super) struct Bodies {
    seen: Option<Seen>,
    journal: Option<Journal>,
    /// Whether near-duplicates are left out.
    pub(super) drops: bool,
}

struct Journal {
    path: PathBuf,
    file: BufWriter<File>,
    length: u64,
}

impl Bodies {
    /// None are compared.
    pub(super) fn off() -> Self {
        Self { seen: None, journal: None, drops: false }
    }

    /// Bodies are compared, within so many bytes of memory.
    pub(super) fn within(memory: usize, drops: bool) -> Self {
        Self { seen: Some(Seen::new(memory)), journal: None, drops }
    }

    /// The same, with a journal in a file: what its first bytes tell, was seen already.
    pub(super) fn with_journal(mut self, path: &Path, length: u64) -> anyhow::Result<Self> {
        let Some(seen) = &mut self.seen else { return Ok(self) };
        let mut open = || -> io::Result<File> {
            let mut file = File::options().create(true).read(true).write(true).truncate(false).open(path)?;
            journal::replay(BufReader::new(&file), length, seen)?;
            file.set_len(length)?;
            file.seek(SeekFrom::Start(length))?;
            Ok(file)
        };
        let file = open().with_context(|| unwritable(path))?;
        self.journal = Some(Journal { path: path.to_owned(), file: BufWriter::new(file), length });
        Ok(self)
    }

    /// The page that came first of those with nearly this body; remembers the body if there is none.
    pub(super) fn look(&mut self, signature: Option<Signature>, id: &Id) -> anyhow::Result<Option<Id>> {
        let (Some(seen), Some(signature)) = (&mut self.seen, signature) else { return Ok(None) };
        let earlier = seen.look(&signature, id);
        if let (None, Some(Journal { path, file, length })) = (&earlier, &mut self.journal) {
            let entry = journal::entry(&signature, id);
            file.write_all(&entry).with_context(|| unwritable(path))?;
            *length += entry.len() as u64;
        }
        Ok(earlier)
    }

    /// Writes the journal out, and tells how long it is.
    pub(super) fn sync(&mut self) -> anyhow::Result<u64> {
        let Some(Journal { path, file, length }) = &mut self.journal else { return Ok(0) };
        file.flush().and_then(|()| file.get_ref().sync_data()).with_context(|| unwritable(path))?;
        Ok(*length)
    }
}

fn unwritable(path: &Path) -> String {
    format!("{}: cannot be written", path.display())
}

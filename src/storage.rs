//! Writes files whole or not at all.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::{fs, iter};

use tempfile::NamedTempFile;

/// What keeps a file from being written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// It is there already.
    #[error("{} is there already; write elsewhere, or overwrite with --force", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// Writing failed.
    #[error("{}: cannot be written: {source}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Writes a file whole or not at all, with the folders that it lies in: it is written under another name beside its
/// place and then moved there. Without `force`, a file that has appeared there in the meantime is left as it is.
pub fn write_whole(path: &Path, content: &[u8], force: bool) -> Result<(), WriteError> {
    write_whole_with(path, force, |file| {
        file.write_all(content).map_err(|source| WriteError::Unwritable { path: path.to_owned(), source })
    })
}

/// The same for what is not in memory as a whole: `write` is given the file. If it fails, there is none.
pub fn write_whole_with<E: From<WriteError>>(
    path: &Path,
    force: bool,
    write: impl FnOnce(&mut File) -> Result<(), E>,
) -> Result<(), E> {
    let unwritable = |source: io::Error| match source.kind() {
        io::ErrorKind::AlreadyExists if !force && path.symlink_metadata().is_ok() => {
            WriteError::Exists { path: path.to_owned() }
        }
        _ => WriteError::Unwritable { path: path.to_owned(), source },
    };
    let mut file = beside(path).map_err(unwritable)?;
    write(file.as_file_mut())?;
    let moved = if force { file.persist(path) } else { file.persist_noclobber(path) };
    moved.map(drop).map_err(|error| unwritable(error.error).into())
}

fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    new_file().tempfile_in(folder)
}

/// Whether an error says that nobody reads on, as when output goes to `head`: a reason to stop, and no failure.
pub fn is_closed_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut causes = iter::successors(Some(error), |&error| error.source());
    causes.any(|error| error.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe))
}

fn new_file() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dehusk-");
    // Others may read the result as any file that is created; the umask has its say. For a temporary file alone, nobody
    // else could.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        fs::write(&file, "").expect("a file");
        let error = write_whole(&file.join("a.txt"), b"text", false).expect_err("a file is no folder").to_string();
        assert!(error.contains("a.txt: cannot be written: "), "{error}");
        let error = write_whole(folder.path(), b"text", true).expect_err("a folder is no file").to_string();
        assert!(error.contains(": cannot be written: "), "{error}");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn read_only_disks_are_errors() {
        let error = write_whole(Path::new("/proc/dehusk/a.txt"), b"text", false).expect_err("nothing can be put there");
        assert!(error.to_string().starts_with("/proc/dehusk/a.txt: cannot be written: "), "{error}");
    }

    #[test]
    #[cfg(unix)]
    fn files_are_as_readable_as_any() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode();
        let (ours, other) = (folder.path().join("a"), folder.path().join("b"));
        write_whole(&ours, b"", false).expect("it is written");
        fs::write(&other, "").expect("it is written");
        assert_eq!(mode(&ours), mode(&other));
    }

    #[test]
    fn closed_pipes_are_recognised_behind_other_errors() {
        let pipe = || io::Error::from(io::ErrorKind::BrokenPipe);
        assert!(is_closed_pipe(&pipe()));
        assert!(is_closed_pipe(&WriteError::Unwritable { path: "-".into(), source: pipe() }));
        assert!(!is_closed_pipe(&WriteError::Exists { path: "-".into() }));
    }
}

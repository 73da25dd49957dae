//! The data folder: the place of everything of one person on one computer.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use rota_api::{ApiError, Code};
use rota_model::op::ComputerKey;

use crate::random;

/// The folder, there and usable.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes the folder if it is not there, for its owner alone.
    pub(crate) fn open(path: &Path) -> Result<Self, ApiError> {
        let path = std::path::absolute(path).map_err(|source| refused(path, &source))?;
        if !path.is_dir() {
            create_private(&path).map_err(|source| refused(&path, &source))?;
        }
        Ok(Self { path })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.path.join("rota.db")
    }

    pub(crate) fn lock(&self) -> PathBuf {
        self.path.join("lock")
    }

    /// Who shares which space, for the day on which the database is lost.
    pub(crate) fn known(&self) -> PathBuf {
        self.path.join("known")
    }

    fn key(&self) -> PathBuf {
        self.path.join("key")
    }

    /// This computer's key, made if there is none.
    pub(crate) fn computer_key(&self) -> Result<ComputerKey, ApiError> {
        let path = self.key();
        match read_seed(&path) {
            Ok(Some(seed)) => Ok(ComputerKey::from_seed(seed)),
            Ok(None) => Err(ApiError::new(
                Code::Damaged,
                format!("{} is no key of Rota", path.display()),
            )
            .with_hint(
                "bring the file back from a copy, or set it aside to become a new computer",
            )),
            Err(source) if source.kind() == io::ErrorKind::NotFound => {
                let key = ComputerKey::from_seed(random::bytes()?);
                self.store_key(&key)?;
                Ok(key)
            }
            Err(source) => Err(refused(&path, &source)),
        }
    }

    /// Whether the key that lies here is this one.
    pub(crate) fn has_key(&self, key: &rota_model::id::AuthorKey) -> bool {
        self.computer_key()
            .is_ok_and(|stored| stored.public() == *key)
    }

    /// Puts a key in the place of the present one, durably and at once.
    pub(crate) fn store_key(&self, key: &ComputerKey) -> Result<(), ApiError> {
        let path = self.key();
        replace_private(&path, &key.seed()).map_err(|source| refused(&path, &source))
    }

    /// An empty folder within, for what is read and thrown away.
    pub(crate) fn scratch(&self) -> Result<PathBuf, ApiError> {
        let path = self.path.join("restoring");
        let make = || -> io::Result<()> {
            match fs::remove_dir_all(&path) {
                Err(source) if source.kind() != io::ErrorKind::NotFound => return Err(source),
                _ => {}
            }
            create_private(&path)
        };
        make().map_err(|source| refused(&path, &source))?;
        Ok(path)
    }

    /// The backups that lie in the folder, the newest first.
    pub(crate) fn backups(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(&self.path) else {
            return Vec::new();
        };
        let mut found: Vec<(std::time::SystemTime, PathBuf)> = entries
            .filter_map(Result::ok)
            .filter(|entry| {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                name.ends_with(".rota") || name.ends_with(".backup")
            })
            .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
            .collect();
        found.sort();
        found.into_iter().rev().map(|(_, path)| path).collect()
    }
}

/// Puts a file that is its owner's alone in the place of another, durably and at once.
pub(crate) fn replace_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = path.with_extension("new");
    // What a power cut left behind.
    match fs::remove_file(&fresh) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => return Err(source),
        _ => {}
    }
    let mut file = private_file(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&fresh, path)?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// What the system said about a file or folder, with what to do about it.
pub(crate) fn refused(path: &Path, source: &io::Error) -> ApiError {
    let path = path.display();
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ApiError::new(
            Code::DiskFull,
            format!("{path} cannot be written: the disk is full"),
        )
        .with_hint("make room on the disk; nothing was lost"),
        io::ErrorKind::ReadOnlyFilesystem => ApiError::new(
            Code::ReadOnly,
            format!("{path} cannot be written: the disk is read-only"),
        )
        .with_hint("mount the disk for writing, or name another folder with --data-dir DIR"),
        io::ErrorKind::PermissionDenied => {
            ApiError::new(Code::NoAccess, format!("{path} may not be used: {source}"))
                .with_hint("check who owns the folder, or name another one with --data-dir DIR")
        }
        _ => ApiError::new(Code::NoAccess, format!("{path} cannot be used: {source}"))
            .with_hint("name another folder with --data-dir DIR"),
    }
}

/// Creates a file that is its owner's alone from the first moment.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Creates a folder, and those above it, that is its owner's alone.
pub(crate) fn create_private(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// The seed in a key file; `None` if the file holds something else.
fn read_seed(path: &Path) -> io::Result<Option<[u8; 32]>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(64).read_to_end(&mut bytes)?;
    Ok(bytes.try_into().ok())
}

/// Makes a rename durable.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(path)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_is_its_owners_alone() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::open(&home.path().join("a/b")).unwrap();
        let key = folder.computer_key().unwrap();
        assert_eq!(folder.computer_key().unwrap().seed(), key.seed());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&folder.key()), 0o600);
            assert_eq!(mode(folder.path()), 0o700);
        }
        let other = ComputerKey::from_seed([7; 32]);
        folder.store_key(&other).unwrap();
        assert_eq!(folder.computer_key().unwrap().seed(), other.seed());
    }

    #[test]
    fn a_key_file_with_something_else_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::open(home.path()).unwrap();
        fs::write(folder.key(), "no key").unwrap();
        let error = folder.computer_key().unwrap_err();
        assert_eq!((error.code, error.code.exit()), (Code::Damaged, 5));
        assert_eq!(fs::read(folder.key()).unwrap(), b"no key");
    }

    #[test]
    fn a_file_in_the_place_of_the_folder_has_no_access() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("file");
        fs::write(&path, "").unwrap();
        let error = Folder::open(&path).unwrap_err();
        assert_eq!(error.code, Code::NoAccess);
        assert!(error.hint.is_some());
    }
}

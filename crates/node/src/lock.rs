//! One process owns a data folder: an advisory lock that the system takes back when the process ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read};
#[cfg(unix)]
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};

use rota_api::ApiError;

use crate::folder::{Folder, refused};

/// The folder is this process's for as long as this value lives.
#[derive(Debug)]
pub(crate) struct FolderLock {
    file: File,
    /// Where the text is: a locked file cannot be read by others on Windows.
    #[cfg(windows)]
    text: PathBuf,
}

/// What the owner of a folder says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Owner {
    /// Its process id, as text.
    pub(crate) process: Option<String>,
    /// Where it can be spoken to.
    pub(crate) socket: Option<PathBuf>,
}

/// What came of a try to own a folder.
#[derive(Debug)]
pub(crate) enum Taken {
    /// It is this process's now.
    Mine(FolderLock),
    /// It is another's.
    Theirs(Owner),
}

impl FolderLock {
    /// Tries to own the folder.
    pub(crate) fn take(folder: &Folder) -> Result<Taken, ApiError> {
        let path = folder.lock();
        let mut file = open(&path).map_err(|source| refused(&path, &source))?;
        match file.try_lock() {
            Ok(()) => {
                let mut lock = Self {
                    file,
                    #[cfg(windows)]
                    text: text_beside(&path),
                };
                lock.tell(None).map_err(|source| refused(&path, &source))?;
                Ok(Taken::Mine(lock))
            }
            Err(TryLockError::WouldBlock) => Ok(Taken::Theirs(owner_of(&path, &mut file))),
            Err(TryLockError::Error(source)) => Err(refused(&path, &source)),
        }
    }

    /// Writes who owns the folder and where it can be spoken to.
    pub(crate) fn tell(&mut self, socket: Option<&Path>) -> io::Result<()> {
        let mut text = format!("{}\n", std::process::id());
        if let Some(socket) = socket {
            text.push_str(&format!("{}\n", socket.display()));
        }
        self.write(&text)
    }

    #[cfg(unix)]
    fn write(&mut self, text: &str) -> io::Result<()> {
        self.file.rewind()?;
        // The old text is longer or shorter: it goes before the new one is complete, and a reader in between tries again.
        self.file.set_len(0)?;
        self.file.write_all(text.as_bytes())
    }

    #[cfg(windows)]
    fn write(&mut self, text: &str) -> io::Result<()> {
        std::fs::write(&self.text, text)
    }

    /// Gives the folder back.
    pub(crate) fn release(mut self) {
        // What stands there would name a process that owns nothing any more; the lock itself goes in any case.
        let emptied = self.write("");
        if let Err(error) = emptied.and_then(|()| self.file.unlock()) {
            tracing::warn!(%error, "the folder's lock");
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// What the owner says about itself.
#[cfg(unix)]
fn owner_of(_: &Path, file: &mut File) -> Owner {
    read_owner(file)
}

#[cfg(windows)]
fn owner_of(lock: &Path, _: &mut File) -> Owner {
    File::open(text_beside(lock))
        .map_or_else(|_| Owner::default(), |mut file| read_owner(&mut file))
}

#[cfg(windows)]
fn text_beside(lock: &Path) -> PathBuf {
    lock.with_extension("owner")
}

fn read_owner(file: &mut File) -> Owner {
    let mut text = String::new();
    // A text that cannot be read names nobody; the lock says enough.
    let _ = file.take(4_096).read_to_string(&mut text);
    let mut lines = text.lines().filter(|line| !line.is_empty());
    Owner {
        process: lines.next().map(str::to_owned),
        socket: lines.next().map(PathBuf::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_taker_learns_who_has_it() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::open(home.path()).unwrap();
        let Taken::Mine(mut lock) = FolderLock::take(&folder).unwrap() else {
            panic!("nobody has it");
        };
        lock.tell(Some(Path::new("/run/rota/x.sock"))).unwrap();
        let Taken::Theirs(owner) = FolderLock::take(&folder).unwrap() else {
            panic!("it is taken");
        };
        assert_eq!(
            owner,
            Owner {
                process: Some(std::process::id().to_string()),
                socket: Some("/run/rota/x.sock".into())
            }
        );
        lock.release();
        assert!(matches!(FolderLock::take(&folder).unwrap(), Taken::Mine(_)));
    }
}

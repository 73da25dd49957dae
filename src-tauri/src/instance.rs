//! One app a data folder: a later start hands over what it was asked to show, and ends.
//!
//! The folder's own lock does not serve here: beside `rota node` the app is a client of the folder, and still one app. Nor
//! does a name on the session bus: there may be none, and two folders are two computers.

use std::path::Path;

use rota_api::ApiError;
use tauri::{AppHandle, Manager};
use tokio::sync::mpsc;

use crate::opening::Opening;

/// Openings that wait for a window.
const WAITING_MAX_COUNT: usize = 16;

/// What came of a start.
pub(crate) enum Start {
    /// It is the first.
    First(Instance),
    /// An earlier one has taken over what it was asked to show.
    Later,
}

/// The claim to be the one app of the folder, for as long as it lives.
pub(crate) struct Instance {
    asked: mpsc::Receiver<Opening>,
    claim: Held,
}

/// None where starts cannot hear of each other; the folder's own lock keeps them apart then.
struct Held(#[expect(dead_code, reason = "it is held, not used")] Option<claim::Claim>);

impl Instance {
    /// Holds the claim as long as the app runs; gives what later starts were asked to show.
    pub(crate) fn hold(self, app: &AppHandle) -> mpsc::Receiver<Opening> {
        app.manage(self.claim);
        self.asked
    }
}

/// Claims the folder's app, or hands over to it.
pub(crate) async fn begin(folder: &Path, opening: &Opening) -> Result<Start, ApiError> {
    let (tell, asked) = mpsc::channel(WAITING_MAX_COUNT);
    let claim = match claim::take(folder, opening, tell).await? {
        claim::Taken::Mine(claim) => Some(claim),
        claim::Taken::Handed => return Ok(Start::Later),
        claim::Taken::Unknown => None,
    };
    Ok(Start::First(Instance {
        asked,
        claim: Held(claim),
    }))
}

#[cfg(unix)]
mod claim {
    use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
    use std::io::{self, Read, Seek, Write};
    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    use rota_api::{ApiError, Code};
    use tempfile::TempDir;
    use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
    use tokio::net::{UnixListener, UnixStream};
    use tokio::sync::mpsc;

    use crate::opening::Opening;

    const MESSAGE_MAX_BYTES: u64 = 256 * 1024;
    const ANSWER: &[u8] = b"ok\n";
    /// How long the first app may take to start, or to answer.
    const PATIENCE: Duration = Duration::from_secs(5);
    const TRY_AGAIN: Duration = Duration::from_millis(20);

    /// The lock on `desktop.lock`, which says where the socket is. The system takes it back when the process ends.
    pub(super) struct Claim {
        _lock: File,
        _place: TempDir,
    }

    pub(super) enum Taken {
        Mine(Claim),
        Handed,
        /// Nothing can be locked there. Whether the folder can be used at all its owner says better.
        Unknown,
    }

    pub(super) async fn take(
        folder: &Path,
        opening: &Opening,
        tell: mpsc::Sender<Opening>,
    ) -> Result<Taken, ApiError> {
        let Ok(mut file) = open(folder) else {
            return Ok(Taken::Unknown);
        };
        let give_up = tokio::time::Instant::now() + PATIENCE;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(serve(file, tell).map_or(Taken::Unknown, Taken::Mine)),
                Err(TryLockError::Error(_)) => return Ok(Taken::Unknown),
                Err(TryLockError::WouldBlock) => {}
            }
            // The first app may be starting, or ending.
            match hand_over(&mut file, opening).await {
                Ok(()) => return Ok(Taken::Handed),
                Err(source) if tokio::time::Instant::now() >= give_up => {
                    return Err(ApiError::new(
                        Code::InUse,
                        format!("Rota runs on this folder and does not answer: {source}"),
                    )
                    .with_hint("end the Rota that hangs, then start it again"));
                }
                Err(_) => tokio::time::sleep(TRY_AGAIN).await,
            }
        }
    }

    fn open(folder: &Path) -> io::Result<File> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
        OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(folder.join("desktop.lock"))
    }

    fn serve(mut lock: File, tell: mpsc::Sender<Opening>) -> io::Result<Claim> {
        // What an app that was killed has left behind.
        if let Some(socket) = socket_of(&mut lock)
            && let Some(place) = socket.parent()
            && place.file_name().is_some_and(is_ours)
        {
            let _ = std::fs::remove_file(&socket).and_then(|()| std::fs::remove_dir(place));
        }
        // Its folder is this user's alone, and its name is known to nobody who cannot read the data folder.
        let place = place()?;
        let socket = place.path().join("s");
        let listener = UnixListener::bind(&socket)?;
        lock.rewind()?;
        lock.set_len(0)?;
        lock.write_all(socket.as_os_str().as_encoded_bytes())?;
        tauri::async_runtime::spawn(listen(listener, tell));
        Ok(Claim {
            _lock: lock,
            _place: place,
        })
    }

    const PREFIX: &str = "rota-desktop-";

    fn place() -> io::Result<TempDir> {
        let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
        let make = |place: PathBuf| tempfile::Builder::new().prefix(PREFIX).tempdir_in(place);
        runtime
            .filter(|place| place.is_absolute() && place.is_dir() && place.as_os_str().len() < 60)
            .map_or_else(|| make(std::env::temp_dir()), make)
    }

    fn is_ours(name: &std::ffi::OsStr) -> bool {
        name.as_encoded_bytes().starts_with(PREFIX.as_bytes())
    }

    fn socket_of(lock: &mut File) -> Option<PathBuf> {
        let mut path = String::new();
        lock.rewind().ok()?;
        lock.take(4_096).read_to_string(&mut path).ok()?;
        Some(PathBuf::from(path)).filter(|path| path.is_absolute())
    }

    async fn hand_over(lock: &mut File, opening: &Opening) -> io::Result<()> {
        let socket = socket_of(lock).ok_or(io::ErrorKind::NotFound)?;
        let talk = async {
            let mut stream = UnixStream::connect(socket).await?;
            let mut line = serde_json::to_vec(opening)?;
            line.push(b'\n');
            stream.write_all(&line).await?;
            let mut answer = Vec::new();
            stream.take(16).read_to_end(&mut answer).await?;
            if answer == ANSWER {
                Ok(())
            } else {
                Err(io::ErrorKind::UnexpectedEof.into())
            }
        };
        tokio::time::timeout(PATIENCE, talk).await?
    }

    async fn listen(listener: UnixListener, tell: mpsc::Sender<Opening>) {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    match tokio::time::timeout(PATIENCE, hear(stream, &tell)).await {
                        Ok(Ok(())) => {}
                        Ok(Err(error)) => tracing::debug!(%error, "a later start was not heard"),
                        Err(_) => tracing::debug!("a later start said nothing"),
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "later starts are heard no more");
                    return;
                }
            }
        }
    }

    async fn hear(stream: UnixStream, tell: &mpsc::Sender<Opening>) -> io::Result<()> {
        let mut stream = BufReader::new(stream);
        let mut line = String::new();
        (&mut stream)
            .take(MESSAGE_MAX_BYTES)
            .read_line(&mut line)
            .await?;
        let opening: Opening = serde_json::from_str(&line)?;
        tell.send(opening)
            .await
            .map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        stream.write_all(ANSWER).await
    }
}

#[cfg(not(unix))]
mod claim {
    use std::path::Path;

    use rota_api::ApiError;
    use tokio::sync::mpsc;

    use crate::opening::Opening;

    pub(super) struct Claim;

    #[expect(
        dead_code,
        reason = "the folder's lock alone keeps a second app away here"
    )]
    pub(super) enum Taken {
        Mine(Claim),
        Handed,
        Unknown,
    }

    pub(super) async fn take(
        _: &Path,
        _: &Opening,
        _: mpsc::Sender<Opening>,
    ) -> Result<Taken, ApiError> {
        Ok(Taken::Unknown)
    }
}

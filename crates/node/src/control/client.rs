//! The other end of the channel: a process that found the folder owned.

use std::io;
use std::path::{Path, PathBuf};

use rota_api::control::{Reply, Request, WATCH, WINDOW};
use rota_api::{ApiError, Code, Effect, Operation, ReportProgress, WatchEvent};
use serde_json::Value;
use tokio::io::{AsyncBufRead, AsyncWrite, BufReader};

use super::lines;

#[cfg(unix)]
type Stream = tokio::net::UnixStream;
#[cfg(windows)]
type Stream = tokio::net::windows::named_pipe::NamedPipeClient;

/// How often a pipe of which all ends are taken is tried again: the owner makes a new one for each caller.
#[cfg(windows)]
const BUSY_MAX_TRIES: u32 = 100;
/// Wait before the next try.
#[cfg(windows)]
const BUSY_WAIT: std::time::Duration = std::time::Duration::from_millis(20);
/// What Windows says of such a pipe.
#[cfg(windows)]
const ERROR_PIPE_BUSY: i32 = 231;

/// The owner of a folder, in another process.
#[derive(Clone, Debug)]
pub(crate) struct RemoteNode {
    path: PathBuf,
}

/// The owner gave no answer at all; whether it did what it was asked is not known, unless it was never reached.
#[derive(Debug)]
pub(crate) enum Unreached {
    /// Nobody listens.
    Nobody,
    /// It went before it answered.
    Gone(io::Error),
}

/// Changes, as the owner tells them.
#[derive(Debug)]
pub(crate) struct RemoteEvents {
    stream: BufReader<Stream>,
}

impl RemoteNode {
    pub(crate) fn at(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
        }
    }

    /// Whether somebody listens.
    pub(crate) async fn is_there(&self) -> bool {
        self.connect().await.is_ok()
    }

    /// Asks, and passes progress on. Who only reads loses nothing by asking once more: mostly there is nobody any more.
    pub(crate) async fn call(
        &self,
        operation: Operation,
        input: Value,
        progress: &dyn ReportProgress,
    ) -> Result<Result<Value, ApiError>, Unreached> {
        match self.call_once(operation, input.clone(), progress).await {
            Err(Unreached::Gone(_)) if operation.effect() == Effect::Read => {
                self.call_once(operation, input, progress).await
            }
            outcome => outcome,
        }
    }

    async fn call_once(
        &self,
        operation: Operation,
        input: Value,
        progress: &dyn ReportProgress,
    ) -> Result<Result<Value, ApiError>, Unreached> {
        let mut stream = self.connect().await.map_err(|_| Unreached::Nobody)?;
        ask(&mut stream, operation.name(), input, progress)
            .await
            .map_err(Unreached::Gone)
    }

    /// Listens to changes from now on.
    pub(crate) async fn watch(&self) -> Result<RemoteEvents, ApiError> {
        let mut stream = self.connect().await.map_err(|source| gone(&source))?;
        ask(&mut stream, WATCH, Value::Null, &())
            .await
            .map_err(|source| gone(&source))??;
        Ok(RemoteEvents { stream })
    }

    /// Opens this program's quick-add window whenever the owner is asked for one; ends with the owner.
    pub(crate) async fn open_windows(&self, open: impl Fn() + Send) {
        let Ok(mut stream) = self.connect().await else {
            return;
        };
        // An owner of an older version knows no windows but its own.
        let told = ask(&mut stream, WINDOW, Value::Null, &()).await;
        if !matches!(told, Ok(Ok(_))) {
            return;
        }
        while let Ok(Some(Reply::QuickAdd(_))) = lines::read::<Reply>(&mut stream).await {
            open();
        }
    }

    #[cfg(unix)]
    async fn connect(&self) -> io::Result<BufReader<Stream>> {
        Ok(BufReader::new(Stream::connect(&self.path).await?))
    }

    #[cfg(windows)]
    async fn connect(&self) -> io::Result<BufReader<Stream>> {
        let mut tries = 0;
        loop {
            // By default the other end may learn who calls, and may not act in the caller's name.
            match tokio::net::windows::named_pipe::ClientOptions::new().open(&self.path) {
                Ok(pipe) => return Ok(BufReader::new(pipe)),
                Err(busy)
                    if busy.raw_os_error() == Some(ERROR_PIPE_BUSY) && tries < BUSY_MAX_TRIES =>
                {
                    tries += 1;
                    tokio::time::sleep(BUSY_WAIT).await;
                }
                Err(error) => return Err(error),
            }
        }
    }
}

impl RemoteEvents {
    /// The next event; `None` once the owner has ended.
    pub(crate) async fn next(&mut self) -> Result<Option<WatchEvent>, ApiError> {
        match lines::read::<Reply>(&mut self.stream).await {
            Ok(Some(Reply::Event(event))) => Ok(Some(event)),
            Ok(Some(Reply::Error(error))) => Err(error),
            Ok(Some(Reply::Ok(_) | Reply::Progress(_) | Reply::QuickAdd(_))) => Err(confused()),
            Ok(None) => Ok(None),
            Err(source) => Err(gone(&source)),
        }
    }
}

/// The error for an owner that went in the middle.
pub(crate) fn gone(source: &io::Error) -> ApiError {
    ApiError::new(
        Code::Timeout,
        format!("the process that has the data folder ended before it answered: {source}"),
    )
    .with_hint("look whether the change is there (rota list), then try again")
}

fn confused() -> ApiError {
    ApiError::new(
        Code::Incompatible,
        "the running node's answer was not understood",
    )
    .with_hint("rota and the running node are of different versions: restart the node")
}

async fn ask(
    stream: &mut (impl AsyncBufRead + AsyncWrite + Unpin),
    operation: &str,
    input: Value,
    progress: &dyn ReportProgress,
) -> io::Result<Result<Value, ApiError>> {
    let request = Request {
        operation: operation.to_owned(),
        input,
    };
    lines::write(stream, &request).await?;
    loop {
        match lines::read::<Reply>(stream).await {
            Ok(Some(Reply::Ok(value))) => return Ok(Ok(value)),
            Ok(Some(Reply::Error(error))) => return Ok(Err(error)),
            Ok(Some(Reply::Progress(step))) => progress.report(step),
            Ok(Some(Reply::Event(_) | Reply::QuickAdd(_))) => return Ok(Err(confused())),
            Ok(None) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Err(source) if source.kind() == io::ErrorKind::InvalidData => {
                return Ok(Err(confused()));
            }
            Err(source) => return Err(source),
        }
    }
}

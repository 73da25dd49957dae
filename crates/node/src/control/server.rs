//! The owner's end of the channel.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rota_api::control::{Reply, Request, WATCH, WINDOW};
use rota_api::{ApiError, Call, Code, Empty, Operation, Progress};
use rota_model::limits::CONTROL_MAX_CLIENTS;
use serde_json::Value;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncWrite, BufReader, BufWriter};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::{Windows, lines};
use crate::hub::Hub;

/// How long a caller may take to say what it wants: one that may only listen would keep others out.
const FIRST_REQUEST: Duration = Duration::from_secs(10);
/// Progress reports that wait for being told; more are dropped.
const PROGRESS_WAITING_MAX_COUNT: usize = 4;

#[cfg(windows)]
use tokio::net::windows::named_pipe::{NamedPipeServer, ServerOptions};

/// A socket or pipe that is bound and not yet served.
#[derive(Debug)]
pub(crate) struct Listening {
    #[cfg(unix)]
    listener: tokio::net::UnixListener,
    /// The end that waits for the next caller.
    #[cfg(windows)]
    next: tokio::sync::Mutex<NamedPipeServer>,
    path: PathBuf,
}

impl Listening {
    /// Binds the socket for its owner alone. What lies there was left behind: the folder's lock is this process's.
    #[cfg(unix)]
    pub(crate) fn bind(path: &Path) -> io::Result<Self> {
        use std::os::unix::fs::PermissionsExt;
        match std::fs::remove_file(path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => return Err(source),
            _ => {}
        }
        // The folder around it is this user's alone, so nobody comes in between.
        let listener = tokio::net::UnixListener::bind(path)?;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
        Ok(Self {
            listener,
            path: path.to_owned(),
        })
    }

    /// Makes the pipe. Who may write into it is, by the system's default, its owner and administrators; callers from other
    /// machines are turned away.
    #[cfg(windows)]
    pub(crate) fn bind(path: &Path) -> io::Result<Self> {
        let first = ServerOptions::new()
            .first_pipe_instance(true)
            .create(path)?;
        Ok(Self {
            next: tokio::sync::Mutex::new(first),
            path: path.to_owned(),
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    #[cfg(unix)]
    async fn accept(&self) -> io::Result<tokio::net::UnixStream> {
        loop {
            let (stream, _) = self.listener.accept().await?;
            let me = rustix::process::geteuid().as_raw();
            match stream.peer_cred() {
                Ok(peer) if peer.uid() == me || peer.uid() == 0 => return Ok(stream),
                other => tracing::warn!(?other, "somebody else knocked at the control socket"),
            }
        }
    }

    /// Waits for a caller. The end for the one after it is there before this one is served: else that one would find
    /// nobody. A wait that is given up loses no caller: who came meanwhile is found by the next.
    #[cfg(windows)]
    async fn accept(&self) -> io::Result<NamedPipeServer> {
        let mut next = self.next.lock().await;
        next.connect().await?;
        let after = ServerOptions::new().create(&self.path)?;
        Ok(std::mem::replace(&mut *next, after))
    }
}

/// Serves the channel until it is told to stop; then requests under way are finished and the socket goes.
pub(crate) async fn serve<H: Call + Clone + Send + Sync + 'static>(
    listening: &Listening,
    host: H,
    hub: Arc<Hub>,
    windows: Arc<Windows>,
    stop: CancellationToken,
) -> io::Result<()> {
    let slots = Arc::new(Semaphore::new(CONTROL_MAX_CLIENTS));
    let mut callers = JoinSet::new();
    let ended = loop {
        let slot = tokio::select! {
            () = stop.cancelled() => break Ok(()),
            slot = Arc::clone(&slots).acquire_owned() => slot,
        };
        let stream = tokio::select! {
            () = stop.cancelled() => break Ok(()),
            stream = listening.accept() => stream,
            Some(_) = callers.join_next() => continue,
        };
        match stream {
            Ok(stream) => {
                let (host, stop) = (host.clone(), stop.clone());
                let streams = Streams {
                    hub: Arc::clone(&hub),
                    windows: Arc::clone(&windows),
                };
                callers.spawn(async move {
                    let (read, write) = tokio::io::split(stream);
                    let talk = talk(
                        BufReader::new(read),
                        BufWriter::new(write),
                        host,
                        streams,
                        stop,
                    );
                    if let Err(error) = talk.await {
                        tracing::debug!(%error, "a caller on the control channel went");
                    }
                    drop(slot);
                });
            }
            Err(error) => break Err(error),
        }
    };
    while callers.join_next().await.is_some() {}
    ended
}

/// Removes the socket's file.
#[cfg(unix)]
fn remove(path: &Path) {
    if let Err(error) = std::fs::remove_file(path)
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "the control socket stays behind");
    }
}

#[cfg(unix)]
impl Drop for Listening {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

/// What a caller may listen to.
struct Streams {
    hub: Arc<Hub>,
    windows: Arc<Windows>,
}

async fn talk<H: Call>(
    mut read: impl AsyncBufRead + Unpin + Send,
    mut write: impl AsyncWrite + Unpin + Send,
    host: H,
    streams: Streams,
    stop: CancellationToken,
) -> io::Result<()> {
    let mut first = true;
    loop {
        let request = tokio::select! {
            () = stop.cancelled() => return Ok(()),
            () = tokio::time::sleep(FIRST_REQUEST), if first => return Ok(()),
            request = lines::read::<Request>(&mut read) => request,
        };
        first = false;
        let request = match request {
            Ok(Some(request)) => request,
            Ok(None) => return Ok(()),
            Err(source) if source.kind() == io::ErrorKind::InvalidData => {
                let error = ApiError::new(Code::Usage, format!("no request: {source}"))
                    .with_hint("one JSON object {operation, input} a line");
                // After this the place in the stream is unknown.
                return lines::write(&mut write, &Reply::Error(error)).await;
            }
            Err(source) => return Err(source),
        };
        if request.operation == WATCH {
            return watch(&mut read, &mut write, &streams.hub, &stop).await;
        }
        if request.operation == WINDOW {
            let asked = streams.windows.join();
            return open_windows(&mut read, &mut write, asked, &stop).await;
        }
        let reply = match Operation::from_name(&request.operation) {
            None => Reply::Error(
                ApiError::new(
                    Code::UnknownOperation,
                    format!("the running node does not know {}", request.operation),
                )
                .with_hint(
                    "rota and the running node may be of different versions: restart the node",
                ),
            ),
            Some(operation) => {
                match answer(&mut read, &mut write, &host, operation, request.input).await? {
                    Some(Ok(value)) => Reply::Ok(value),
                    Some(Err(error)) => Reply::Error(error),
                    None => return Ok(()),
                }
            }
        };
        lines::write(&mut write, &reply).await?;
    }
}

/// Does what was asked and tells progress; `None` if the caller hung up.
async fn answer<H: Call>(
    read: &mut (impl AsyncBufRead + Unpin + Send),
    write: &mut (impl AsyncWrite + Unpin + Send),
    host: &H,
    operation: Operation,
    input: Value,
) -> io::Result<Option<Result<Value, ApiError>>> {
    let (reports, mut reported) = mpsc::channel(PROGRESS_WAITING_MAX_COUNT);
    let report = move |progress: Progress| {
        // A caller that is slower than the work misses some reports and no result.
        let _ = reports.try_send(progress);
    };
    let mut call = std::pin::pin!(host.call_with_progress(operation, input, &report));
    loop {
        tokio::select! {
            answer = &mut call => return Ok(Some(answer)),
            Some(progress) = reported.recv() => lines::write(write, &Reply::Progress(progress)).await?,
            more = read.fill_buf() => {
                if more?.is_empty() {
                    return Ok(None);
                }
                // The next request waits for the end of this one.
                return Ok(Some(call.await));
            }
        }
    }
}

async fn watch(
    read: &mut (impl AsyncBufRead + Unpin + Send),
    write: &mut (impl AsyncWrite + Unpin + Send),
    hub: &Hub,
    stop: &CancellationToken,
) -> io::Result<()> {
    let mut events = hub.listen();
    lines::write(write, &Reply::Ok(Value::Null)).await?;
    loop {
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            event = events.next() => match event {
                Some(event) => lines::write(write, &Reply::Event(event)).await?,
                None => return Ok(()),
            },
            // A watcher says nothing more: whatever comes is its end.
            _ = read.fill_buf() => return Ok(()),
        }
    }
}

/// Tells a program when its quick-add window is asked for.
async fn open_windows(
    read: &mut (impl AsyncBufRead + Unpin + Send),
    write: &mut (impl AsyncWrite + Unpin + Send),
    mut asked: mpsc::Receiver<()>,
    stop: &CancellationToken,
) -> io::Result<()> {
    lines::write(write, &Reply::Ok(Value::Null)).await?;
    loop {
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            Some(()) = asked.recv() => lines::write(write, &Reply::QuickAdd(Empty {})).await?,
            // It says nothing more: whatever comes is its end.
            _ = read.fill_buf() => return Ok(()),
        }
    }
}

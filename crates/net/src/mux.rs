//! Drives one Yamux connection: whatever its substreams do, bytes keep moving and new substreams are handed on.

use std::{future::poll_fn, io, task::Poll, time::Duration};

use rota_model::limits::SUBSTREAMS_MAX_COUNT;
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};
use yamux::{Connection, ConnectionError, Stream};

use crate::transport::Channel;

/// What a healthy other end needs to take the farewell; nobody waits longer for one that is gone.
const FAREWELL: Duration = Duration::from_millis(250);

type Opened = oneshot::Sender<Result<Stream, ConnectionError>>;

/// One multiplexed connection, driven by a task of its own until it ends.
#[derive(Debug)]
pub(crate) struct Mux {
    opens: mpsc::Sender<Opened>,
    inbound: mpsc::Receiver<Stream>,
    driver: JoinHandle<Result<(), ConnectionError>>,
}

/// Opens substreams; can be given to others.
#[derive(Clone, Debug)]
pub(crate) struct Opener(mpsc::Sender<Opened>);

impl Mux {
    pub(crate) fn start(connection: Connection<Channel>) -> Self {
        let (opens, open_requests) = mpsc::channel(SUBSTREAMS_MAX_COUNT);
        let (accepted, inbound) = mpsc::channel(SUBSTREAMS_MAX_COUNT);
        let driver = tokio::spawn(drive(connection, open_requests, accepted));
        Self {
            opens,
            inbound,
            driver,
        }
    }

    pub(crate) fn opener(&self) -> Opener {
        Opener(self.opens.clone())
    }

    /// The next substream that the other end opened; `None` once the connection has ended.
    pub(crate) async fn accept(&mut self) -> Option<Stream> {
        self.inbound.recv().await
    }

    /// Says farewell if the connection still stands, and tells how it ended.
    pub(crate) async fn close(self) -> Result<(), ConnectionError> {
        let Self {
            opens,
            inbound,
            driver,
        } = self;
        drop((opens, inbound));
        match driver.await {
            Ok(end) => end,
            Err(failure) => Err(ConnectionError::Io(io::Error::other(failure))),
        }
    }
}

impl Opener {
    pub(crate) async fn open(&self) -> io::Result<Stream> {
        let (reply, opened) = oneshot::channel();
        self.0.send(reply).await.map_err(|_| ended())?;
        opened.await.map_err(|_| ended())?.map_err(io::Error::other)
    }
}

fn ended() -> io::Error {
    io::ErrorKind::NotConnected.into()
}

/// Runs until the other end closes, an error, or the owner lets go of `accepted`'s receiver.
async fn drive(
    mut connection: Connection<Channel>,
    mut open_requests: mpsc::Receiver<Opened>,
    accepted: mpsc::Sender<Stream>,
) -> Result<(), ConnectionError> {
    let mut opening: Option<Opened> = None;
    let let_go = accepted.closed();
    tokio::pin!(let_go);
    let ended = poll_fn(|cx| {
        loop {
            if let Poll::Ready(next) = connection.poll_next_inbound(cx) {
                match next {
                    // A substream too many is dropped, which resets it.
                    Some(Ok(stream)) => drop(accepted.try_send(stream)),
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    None => return Poll::Ready(Some(Ok(()))),
                }
                continue;
            }
            if let Poll::Ready(()) = let_go.as_mut().poll(cx) {
                return Poll::Ready(None);
            }
            if opening.is_none()
                && let Poll::Ready(Some(request)) = open_requests.poll_recv(cx)
            {
                opening = Some(request);
            }
            if opening.is_some()
                && let Poll::Ready(opened) = connection.poll_new_outbound(cx)
            {
                if let Some(request) = opening.take() {
                    drop(request.send(opened));
                }
                continue;
            }
            return Poll::Pending;
        }
    })
    .await;
    match ended {
        Some(end) => end,
        None => {
            // How the farewell goes does not matter any more.
            drop(tokio::time::timeout(FAREWELL, poll_fn(|cx| connection.poll_close(cx))).await);
            Ok(())
        }
    }
}

//! The sync substream: frames in become events, frames out come from a short queue.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use futures_util::io::{AsyncReadExt, AsyncWrite, AsyncWriteExt, BufWriter, ReadHalf};
use rota_model::limits::SEND_QUEUE_MAX_FRAMES;
use tokio::sync::mpsc;

use super::substream::Substream;
use crate::{
    error::NetError,
    event::{DisconnectReason, NetEvent},
    frame::{FrameError, read_frame, write_frame},
    identity::PeerKey,
    mux::Opener,
    policy::Dialler,
    shared::Shared,
};

/// Small frames leave together.
const WRITE_BUFFER_BYTES: usize = 16 * 1024;

#[derive(Clone)]
pub(super) struct Session {
    id: u64,
    peer: PeerKey,
    address: SocketAddr,
    dialler: Dialler,
    opener: Opener,
    shared: Arc<Shared>,
    reported: Arc<AtomicBool>,
}

impl Session {
    pub(super) fn new(
        id: u64,
        peer: PeerKey,
        address: SocketAddr,
        dialler: Dialler,
        opener: Opener,
        shared: Arc<Shared>,
    ) -> Self {
        Self {
            id,
            peer,
            address,
            dialler,
            opener,
            shared,
            reported: Arc::default(),
        }
    }

    /// Reports the connection and moves frames until something ends it.
    pub(super) async fn run(self, stream: Substream) -> DisconnectReason {
        let (outgoing, queue) = mpsc::channel(SEND_QUEUE_MAX_FRAMES);
        let Ok(permit) = self.shared.events.reserve().await else {
            return DisconnectReason::ShutDown;
        };
        // From here to the end of the block nothing waits: whoever hears of the connection can send.
        let opener = self.opener.clone();
        self.shared
            .queues
            .insert(self.peer, self.id, outgoing, opener);
        self.reported.store(true, Ordering::Release);
        let outbound = self.dialler == Dialler::Me;
        permit.send(NetEvent::Connected {
            peer: self.peer,
            address: self.address,
            outbound,
        });
        if outbound {
            let worked = NetEvent::AddressWorked {
                peer: self.peer,
                address: self.address,
            };
            if self.shared.events.send(worked).await.is_err() {
                return DisconnectReason::ShutDown;
            }
        }
        let (reader, writer) = stream.split();
        tokio::select! {
            reason = self.receive(reader) => reason,
            reason = transmit(writer, queue) => reason,
        }
    }

    /// Takes the connection out of the books; tells whether it had been reported.
    pub(super) async fn end(&self, reason: &DisconnectReason) -> bool {
        let reported = self.reported.load(Ordering::Acquire);
        self.shared.queues.remove(&self.peer, self.id);
        // After a shutdown nobody needs to read events any more.
        if reported && *reason != DisconnectReason::ShutDown {
            let event = NetEvent::Disconnected {
                peer: self.peer,
                reason: reason.clone(),
            };
            drop(self.shared.events.send(event).await);
        }
        reported
    }

    async fn receive(&self, mut reader: ReadHalf<Substream>) -> DisconnectReason {
        loop {
            match read_frame(&mut reader).await {
                Ok(Some(bytes)) => {
                    // Waiting here is what stops the other end: nothing is read meanwhile.
                    if self
                        .shared
                        .events
                        .send(NetEvent::Frame {
                            peer: self.peer,
                            bytes,
                        })
                        .await
                        .is_err()
                    {
                        return DisconnectReason::ShutDown;
                    }
                }
                Ok(None) | Err(FrameError::CutShort) => return DisconnectReason::ClosedByPeer,
                Err(error @ FrameError::TooLong { .. }) => {
                    return DisconnectReason::Garbage(error.to_string());
                }
                Err(FrameError::Io(error)) => return DisconnectReason::of_io(&error),
            }
        }
    }
}

async fn transmit<W: AsyncWrite + Unpin>(
    writer: W,
    mut queue: mpsc::Receiver<Vec<u8>>,
) -> DisconnectReason {
    let mut writer = BufWriter::with_capacity(WRITE_BUFFER_BYTES, writer);
    while let Some(frame) = queue.recv().await {
        let mut next = Some(frame);
        while let Some(frame) = next {
            match write_frame(&mut writer, &frame).await {
                Ok(()) => {}
                Err(NetError::Broken(error)) => return DisconnectReason::of_io(&error),
                Err(error) => return DisconnectReason::Broken(error.to_string()),
            }
            next = queue.try_recv().ok();
        }
        if let Err(error) = writer.flush().await {
            return DisconnectReason::of_io(&error);
        }
    }
    DisconnectReason::Replaced
}

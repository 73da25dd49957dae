//! One conversation about joining, over a substream of its own.

use std::{fmt, sync::Arc};

use futures_util::io::AsyncWriteExt;
use multistream_select::Negotiated;
use tokio::sync::watch;

use crate::{
    error::NetError,
    frame::{read_frame, write_frame},
    identity::PeerKey,
};

pub(crate) const PROTOCOL: &str = "/rota/join/1";

/// The conversations about joining that one connection carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Joins {
    pub(crate) open: usize,
    pub(crate) begun: bool,
    pub(crate) proved: bool,
}

/// A conversation about joining with a computer whose key is proved, but not yet that it knows the code.
pub struct JoinStream {
    stream: Negotiated<yamux::Stream>,
    remote: PeerKey,
    joins: Arc<watch::Sender<Joins>>,
}

impl JoinStream {
    pub(crate) fn new(
        stream: Negotiated<yamux::Stream>,
        remote: PeerKey,
        joins: Arc<watch::Sender<Joins>>,
    ) -> Self {
        joins.send_modify(|joins| {
            joins.open += 1;
            joins.begun = true;
        });
        Self {
            stream,
            remote,
            joins,
        }
    }

    /// The other end's key.
    #[must_use]
    pub const fn remote(&self) -> &PeerKey {
        &self.remote
    }

    /// Reads one frame; `None` once the other end has closed, an error once this end has let the connection go.
    pub async fn read_frame(&mut self) -> Result<Option<Vec<u8>>, NetError> {
        // The multiplexer wakes nobody who reads from a connection that is closed here.
        tokio::select! {
            biased;
            frame = read_frame(&mut self.stream) => Ok(frame?),
            () = self.joins.closed() => Err(NetError::NotConnected),
        }
    }

    /// Writes and sends one frame of at most [`FRAME_MAX_BYTES`](rota_model::limits::FRAME_MAX_BYTES).
    pub async fn write_frame(&mut self, frame: &[u8]) -> Result<(), NetError> {
        write_frame(&mut self.stream, frame).await?;
        self.stream.flush().await.map_err(NetError::Broken)
    }

    /// Says that the other end has shown that it knows the code: it now gets the time that joining takes, instead of the
    /// few seconds that a stranger has.
    pub fn proved(&self) {
        self.joins.send_modify(|joins| joins.proved = true);
    }

    /// Ends the conversation; what was written before still arrives.
    pub async fn close(mut self) -> Result<(), NetError> {
        self.stream.close().await.map_err(NetError::Broken)
    }
}

impl Drop for JoinStream {
    fn drop(&mut self) {
        self.joins.send_modify(|joins| joins.open -= 1);
    }
}

impl fmt::Debug for JoinStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinStream")
            .field("remote", &crate::peer_id_text(&self.remote))
            .finish_non_exhaustive()
    }
}

//! libp2p's ping: 32 bytes there and the same back. Either end of a connection pings, so either notices a dead one.

use std::{io, time::Duration};

use futures_util::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::{
    sync::watch,
    time::{Instant, sleep_until, timeout},
};

use crate::config::Timings;

pub(crate) const PROTOCOL: &str = "/ipfs/ping/1.0.0";

const PAYLOAD_BYTES: usize = 32;

/// Why pinging ended.
#[derive(Debug)]
pub(crate) enum PingFailure {
    /// No answer in time.
    Unanswered,
    /// The substream broke, which breaks the connection.
    Io(io::Error),
    /// The answer was another than the question.
    WrongEcho,
}

/// Pings until that fails. A change of `probe` asks for an answer at once and soon.
pub(crate) async fn ping<S>(
    mut stream: S,
    timings: &Timings,
    mut probe: watch::Receiver<u64>,
) -> PingFailure
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut count = 0u64;
    let mut limit = timings.ping_timeout;
    loop {
        count += 1;
        // It need not be secret, only other than the one before.
        let mut sent = [0; PAYLOAD_BYTES];
        sent[..8].copy_from_slice(&count.to_be_bytes());
        match answered(&mut stream, &sent, limit, timings.probe_timeout, &mut probe).await {
            None => return PingFailure::Unanswered,
            Some(Err(error)) => return PingFailure::Io(error),
            Some(Ok(received)) if received != sent => return PingFailure::WrongEcho,
            Some(Ok(_)) => {}
        }
        limit = match timeout(timings.ping_interval, changed(&mut probe)).await {
            Ok(()) => timings.probe_timeout,
            Err(_) => timings.ping_timeout,
        };
    }
}

/// Sends back whatever comes.
pub(crate) async fn echo<S>(mut stream: S) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut payload = [0; PAYLOAD_BYTES];
    loop {
        stream.read_exact(&mut payload).await?;
        stream.write_all(&payload).await?;
        stream.flush().await?;
    }
}

async fn echo_once<S>(stream: &mut S, sent: &[u8; PAYLOAD_BYTES]) -> io::Result<[u8; PAYLOAD_BYTES]>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    stream.write_all(sent).await?;
    stream.flush().await?;
    let mut received = [0; PAYLOAD_BYTES];
    stream.read_exact(&mut received).await?;
    Ok(received)
}

/// The answer, if it comes within `limit`, or within `probe_limit` once a probe is asked for.
async fn answered<S>(
    stream: &mut S,
    sent: &[u8; PAYLOAD_BYTES],
    limit: Duration,
    probe_limit: Duration,
    probe: &mut watch::Receiver<u64>,
) -> Option<io::Result<[u8; PAYLOAD_BYTES]>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let answer = echo_once(stream, sent);
    tokio::pin!(answer);
    let mut deadline = Instant::now() + limit;
    loop {
        tokio::select! {
            result = &mut answer => return Some(result),
            () = sleep_until(deadline) => return None,
            () = changed(probe) => deadline = deadline.min(Instant::now() + probe_limit),
        }
    }
}

/// Completes when a probe is asked for; never, once nobody can ask any more.
async fn changed(probe: &mut watch::Receiver<u64>) {
    if probe.changed().await.is_err() {
        std::future::pending().await
    }
}

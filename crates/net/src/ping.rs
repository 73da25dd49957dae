//! libp2p's ping: 32 bytes there and the same back. Either end of a connection pings, so either notices a dead one.

use std::{io, time::Duration};

use futures_util::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::{
    sync::watch,
    time::{Instant, sleep_until, timeout},
};

use crate::{config::Timings, heard::Heard};

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

/// Pings until that fails. A change of `probe` asks for an answer at once and soon. An answer may be late while other
/// bytes arrive, which `heard` tells: on a slow link it waits behind them.
pub(crate) async fn ping<S>(
    mut stream: S,
    timings: &Timings,
    mut probe: watch::Receiver<u64>,
    heard: &Heard,
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
        let answer = tokio::select! {
            answer = echo_once(&mut stream, &sent) => answer,
            () = silence(limit, timings.probe_timeout, &mut probe, heard) => return PingFailure::Unanswered,
        };
        match answer {
            Err(error) => return PingFailure::Io(error),
            Ok(received) if received != sent => return PingFailure::WrongEcho,
            Ok(_) => {}
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

/// Completes when nothing was heard for `limit` from now on, or for `probe_limit` after a probe was asked for.
async fn silence(
    mut limit: Duration,
    probe_limit: Duration,
    probe: &mut watch::Receiver<u64>,
    heard: &Heard,
) {
    let mut asked = Instant::now();
    loop {
        let deadline = asked.max(heard.last()) + limit;
        tokio::select! {
            () = sleep_until(deadline) => {
                if asked.max(heard.last()) + limit <= Instant::now() {
                    return;
                }
            }
            () = changed(probe) => {
                limit = limit.min(probe_limit);
                asked = Instant::now();
            }
        }
    }
}

/// Completes when a probe is asked for; never, once nobody can ask any more.
async fn changed(probe: &mut watch::Receiver<u64>) {
    if probe.changed().await.is_err() {
        std::future::pending().await
    }
}

#[cfg(test)]
mod tests {
    use tokio_util::compat::TokioAsyncReadCompatExt;

    use super::*;

    async fn outcome(heard: Heard, probes: watch::Sender<u64>) -> (PingFailure, Duration) {
        let (near, _far) = tokio::io::duplex(1024);
        let begun = Instant::now();
        let failure = ping(
            near.compat(),
            &Timings::default(),
            probes.subscribe(),
            &heard,
        )
        .await;
        (failure, begun.elapsed())
    }

    #[tokio::test(start_paused = true)]
    async fn an_end_that_says_nothing_is_given_up_in_time() {
        let (failure, took) = outcome(Heard::now(), watch::Sender::new(0)).await;
        assert!(matches!(failure, PingFailure::Unanswered), "{failure:?}");
        assert!(took <= Duration::from_secs(10), "{took:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_probe_shortens_the_wait() {
        let probes = watch::Sender::new(0);
        let asking = async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            probes.send_modify(|count| *count += 1);
            std::future::pending::<()>().await;
        };
        let (failure, took) = tokio::select! {
            outcome = outcome(Heard::now(), probes.clone()) => outcome,
            () = asking => unreachable!(),
        };
        assert!(matches!(failure, PingFailure::Unanswered), "{failure:?}");
        assert!(took <= Duration::from_secs(4), "{took:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn an_end_that_is_heard_otherwise_is_waited_for() {
        let heard = Heard::now();
        let talking = async {
            for _ in 0..30 {
                tokio::time::sleep(Duration::from_secs(1)).await;
                heard.note();
            }
            std::future::pending::<()>().await;
        };
        let (failure, took) = tokio::select! {
            outcome = outcome(heard.clone(), watch::Sender::new(0)) => outcome,
            () = talking => unreachable!(),
        };
        assert!(matches!(failure, PingFailure::Unanswered), "{failure:?}");
        assert!(
            took >= Duration::from_secs(38) && took <= Duration::from_secs(40),
            "{took:?}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn an_end_that_answers_is_kept_and_one_that_answers_wrongly_is_not() {
        let (near, far) = tokio::io::duplex(1024);
        let (heard, probes) = (Heard::now(), watch::Sender::new(0));
        let timings = Timings::default();
        let answering = tokio::spawn(echo(far.compat()));
        let pinging = ping(near.compat(), &timings, probes.subscribe(), &heard);
        assert!(timeout(Duration::from_secs(600), pinging).await.is_err());
        answering.abort();

        let (near, mut far) = tokio::io::duplex(1024);
        let pinging = tokio::spawn(async move {
            ping(
                near.compat(),
                &Timings::default(),
                probes.subscribe(),
                &heard,
            )
            .await
        });
        tokio::io::AsyncWriteExt::write_all(&mut far, &[9; PAYLOAD_BYTES])
            .await
            .unwrap();
        assert!(matches!(pinging.await.unwrap(), PingFailure::WrongEcho));
    }
}

//! When something last arrived at a socket: a sign of life that no queue delays.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_util::io::{AsyncRead, AsyncWrite};
use tokio::time::Instant;

/// When something last arrived at one socket.
#[derive(Clone, Debug)]
pub(crate) struct Heard(Arc<Last>);

#[derive(Debug)]
struct Last {
    opened: Instant,
    millis_after: AtomicU64,
}

impl Heard {
    /// Of a socket that was opened just now.
    pub(crate) fn now() -> Self {
        Self(Arc::new(Last {
            opened: Instant::now(),
            millis_after: AtomicU64::new(0),
        }))
    }

    /// When something last arrived.
    pub(crate) fn last(&self) -> Instant {
        self.0.opened + Duration::from_millis(self.0.millis_after.load(Ordering::Relaxed))
    }

    /// Notes what is read from the socket.
    pub(crate) fn noting<S>(&self, socket: S) -> Noted<S> {
        Noted {
            socket,
            heard: self.clone(),
        }
    }

    /// Notes that something arrived just now.
    pub(crate) fn note(&self) {
        let millis = self.0.opened.elapsed().as_millis();
        self.0
            .millis_after
            .store(u64::try_from(millis).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

/// A socket whose last sign of life is noted.
#[derive(Debug)]
pub(crate) struct Noted<S> {
    socket: S,
    heard: Heard,
}

impl<S: AsyncRead + Unpin> AsyncRead for Noted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        let count = ready!(Pin::new(&mut self.socket).poll_read(cx, buf))?;
        self.heard.note();
        Poll::Ready(Ok(count))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Noted<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write_vectored(cx, bufs)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_close(cx)
    }
}

//! Whether another computer could have dialled this one: a member that is connected is asked, and tries it just then.
//!
//! The question is a port, two bytes; the answer is whether a socket came about (one byte, 1 or 0) and the address that
//! was tried, 16 bytes, an IPv4 address as IPv6 maps it. Tried is no other address than the one that the connection
//! comes from: nobody can have somebody else dialled.

use std::{
    io,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use futures_util::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::{net::TcpStream, time::timeout};

pub(crate) const PROTOCOL: &str = "/rota/reach/1";

/// How long the dial may take; what a firewall swallows is never answered.
const DIAL: Duration = Duration::from_secs(3);

/// What a member found when it dialled this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Whether a socket came about.
    pub reached: bool,
    /// The address that it tried: the one that this computer has for it.
    pub at: IpAddr,
}

/// Asks the other end to dial this computer's port.
pub(crate) async fn ask<S>(mut stream: S, port: u16) -> io::Result<Reach>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    stream.write_all(&port.to_be_bytes()).await?;
    stream.flush().await?;
    let (mut reached, mut at) = ([0; 1], [0; 16]);
    stream.read_exact(&mut reached).await?;
    stream.read_exact(&mut at).await?;
    Ok(Reach {
        reached: reached == [1],
        at: IpAddr::from(Ipv6Addr::from(at)).to_canonical(),
    })
}

/// Dials who asks, whose connection comes from `from`, and answers.
pub(crate) async fn answer<S>(mut stream: S, mut from: SocketAddr) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut port = [0; 2];
    stream.read_exact(&mut port).await?;
    from.set_port(u16::from_be_bytes(port));
    // The socket alone tells it; whoever accepts it sees it closed.
    let dialled = timeout(DIAL, TcpStream::connect(from)).await;
    let reached = matches!(dialled, Ok(Ok(_)));
    let at = match from.ip() {
        IpAddr::V4(v4) => v4.to_ipv6_mapped(),
        IpAddr::V6(v6) => v6,
    };
    stream.write_all(&[u8::from(reached)]).await?;
    stream.write_all(&at.octets()).await?;
    stream.flush().await?;
    stream.close().await
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;
    use tokio_util::compat::TokioAsyncReadCompatExt;

    use super::*;

    async fn asked(from: SocketAddr, port: u16) -> Reach {
        let (near, far) = tokio::io::duplex(64);
        let (asked, answered) = tokio::join!(ask(near.compat(), port), answer(far.compat(), from));
        answered.unwrap();
        asked.unwrap()
    }

    #[tokio::test]
    async fn the_port_is_tried_at_the_address_that_the_connection_comes_from() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let open = listener.local_addr().unwrap();
        let at = open.ip();
        let from = SocketAddr::new(at, 40_000);
        assert_eq!(asked(from, open.port()).await, Reach { reached: true, at });
        drop(listener);
        assert_eq!(asked(from, open.port()).await, Reach { reached: false, at });
    }
}

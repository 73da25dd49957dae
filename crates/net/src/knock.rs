//! What answers at an address, found out without a word: whether a socket comes about.

use std::{io, net::SocketAddr, time::Duration};

use futures_util::future::join_all;
use tokio::{net::TcpStream, time::timeout};

/// Longer than a computer takes to find out that no other one has an address: three questions, a second apart.
const WAIT: Duration = Duration::from_secs(4);

/// What answers at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knock {
    /// Somebody listens.
    Open,
    /// Somebody answers that nobody listens.
    Refused,
    /// No answer came.
    Silent,
    /// The system says that the address leads nowhere.
    NotThere,
}

/// Finds out what answers at an address now. Takes 4 seconds at most.
async fn knock(address: SocketAddr) -> Knock {
    match timeout(WAIT, TcpStream::connect(address)).await {
        Ok(Ok(_)) => Knock::Open,
        Ok(Err(error)) => match error.kind() {
            io::ErrorKind::ConnectionRefused => Knock::Refused,
            io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => Knock::NotThere,
            _ => Knock::Silent,
        },
        Err(_) => Knock::Silent,
    }
}

/// The same of several addresses at once, in their order.
pub async fn knock_all(addresses: &[SocketAddr]) -> Vec<Knock> {
    join_all(addresses.iter().map(|address| knock(*address))).await
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    #[tokio::test]
    async fn an_open_port_and_a_closed_one_are_told_apart() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        assert_eq!(knock(address).await, Knock::Open);
        drop(listener);
        assert_eq!(knock(address).await, Knock::Refused);
    }
}

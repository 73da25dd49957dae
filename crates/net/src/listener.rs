//! The listening port: keeps trying while another program has it, and hands accepted sockets on.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use socket2::{Domain, Protocol, Socket, Type};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::sleep,
};

use crate::{address::canonical, event::ConditionCode};

const BACKLOG: i32 = 64;

/// What a moment of trouble with accepting is waited out for, such as too many open files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What the listener tells.
pub(crate) enum Heard {
    /// The port is open now.
    Bound(Bound),
    /// The port cannot be had for now.
    NotBound {
        code: ConditionCode,
        message: String,
    },
    /// Somebody connected.
    Accepted(TcpStream, SocketAddr),
}

/// The port that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bound {
    pub(crate) port: u16,
    pub(crate) ipv6: bool,
}

/// Opens the port, however long that takes, and then accepts until nobody listens.
pub(crate) async fn listen(port: u16, retry: Duration, heard: mpsc::Sender<Heard>) {
    let (v4, v6, bound) = loop {
        match bind(port) {
            Ok(listeners) => break listeners,
            Err(error) => {
                if heard.send(not_bound(port, &error)).await.is_err() {
                    return;
                }
                sleep(retry).await;
            }
        }
    };
    if heard.send(Heard::Bound(bound)).await.is_err() {
        return;
    }
    loop {
        let accepted = tokio::select! {
            accepted = accept(v4.as_ref()) => accepted,
            accepted = accept(v6.as_ref()) => accepted,
        };
        match accepted {
            Ok((socket, address)) => {
                if heard
                    .send(Heard::Accepted(socket, canonical(address)))
                    .await
                    .is_err()
                {
                    return;
                }
            }
            Err(error) => {
                tracing::debug!(%error, "accept");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn accept(listener: Option<&TcpListener>) -> io::Result<(TcpStream, SocketAddr)> {
    match listener {
        Some(listener) => listener.accept().await,
        None => std::future::pending().await,
    }
}

type Listeners = (Option<TcpListener>, Option<TcpListener>, Bound);

/// One socket for each family, so that both mean the same on every system. A system without one of them uses the other.
fn bind(port: u16) -> io::Result<Listeners> {
    let v4 = bind_one(Domain::IPV4, (Ipv4Addr::UNSPECIFIED, port).into());
    let v4 = match v4 {
        Err(error) if is_missing_family(&error) => None,
        other => Some(other?),
    };
    let port = match &v4 {
        Some(listener) => listener.local_addr()?.port(),
        None => port,
    };
    let v6 = match bind_one(Domain::IPV6, (Ipv6Addr::UNSPECIFIED, port).into()) {
        Err(error) if is_missing_family(&error) && v4.is_some() => None,
        other => Some(other?),
    };
    let port = match &v6 {
        Some(listener) => listener.local_addr()?.port(),
        None => port,
    };
    let bound = Bound {
        port,
        ipv6: v6.is_some(),
    };
    Ok((v4, v6, bound))
}

fn bind_one(domain: Domain, address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(domain, Type::STREAM, Some(Protocol::TCP))?;
    if domain == Domain::IPV6 {
        socket.set_only_v6(true)?;
    }
    // On Windows this option would let two programs share the port.
    #[cfg(not(windows))]
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    TcpListener::from_std(socket.into())
}

fn is_missing_family(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::AddrNotAvailable | io::ErrorKind::Unsupported
    ) || error
        .raw_os_error()
        .is_some_and(|code| code == ADDRESS_FAMILY_NOT_SUPPORTED)
}

#[cfg(any(target_os = "linux", target_os = "android"))]
const ADDRESS_FAMILY_NOT_SUPPORTED: i32 = 97;
#[cfg(windows)]
const ADDRESS_FAMILY_NOT_SUPPORTED: i32 = 10047;
#[cfg(not(any(target_os = "linux", target_os = "android", windows)))]
const ADDRESS_FAMILY_NOT_SUPPORTED: i32 = 47;

fn not_bound(port: u16, error: &io::Error) -> Heard {
    match error.kind() {
        io::ErrorKind::AddrInUse => Heard::NotBound {
            code: ConditionCode::PortInUse,
            message: format!(
                "another program has the port {port}; other computers cannot connect to this one"
            ),
        },
        _ => Heard::NotBound {
            code: ConditionCode::CannotListen,
            message: format!("the port {port} cannot be opened: {error}"),
        },
    }
}

//! Addresses: as people type them, as multiaddresses, and which of several is tried first.

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr, SocketAddr, SocketAddrV6},
    str::FromStr,
};

use libp2p_core::multiaddr::{Multiaddr, Protocol};

use crate::{
    error::NetError,
    identity::{PeerKey, key_of, peer_id_text},
};

/// What is wrong with the text of an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressError {
    /// No port.
    #[error("it has no port, as in 192.168.1.5:4001")]
    NoPort,
    /// The port is no number from 1 to 65535.
    #[error("its port is no number from 1 to 65535")]
    Port,
    /// No host.
    #[error("it has no host")]
    NoHost,
    /// An IPv6 zone that is no interface here.
    #[error("its zone {0:?} is no network interface of this computer")]
    Zone(String),
    /// A multiaddress that cannot be read.
    #[error("it is no multiaddress: {0}")]
    Multiaddr(String),
    /// A multiaddress with a part that this program cannot dial.
    #[error("its part {0:?} cannot be dialled; only ip4, ip6, ip6zone, dns, tcp and p2p can")]
    Part(String),
    /// A peer id that holds no Ed25519 key.
    #[error("its peer id holds no Ed25519 key")]
    Peer,
}

/// Where to dial by hand: `host:port` or a multiaddress such as `/ip4/192.168.1.5/tcp/4001/p2p/12D3KooW…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialAddress {
    host: Host,
    port: u16,
    peer: Option<PeerKey>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Host {
    Ip { ip: IpAddr, scope: u32 },
    Name(String),
}

impl DialAddress {
    /// The computer that the address names, if it names one.
    #[must_use]
    pub const fn peer(&self) -> Option<&PeerKey> {
        self.peer.as_ref()
    }

    /// The socket address, where none needs to be asked for.
    pub(crate) fn socket(&self) -> Option<SocketAddr> {
        match &self.host {
            Host::Ip { ip, scope } => Some(socket_address(*ip, *scope, self.port)),
            Host::Name(_) => None,
        }
    }

    pub(crate) async fn resolve(&self) -> Result<Vec<SocketAddr>, NetError> {
        match &self.host {
            Host::Ip { ip, scope } => Ok(vec![socket_address(*ip, *scope, self.port)]),
            Host::Name(name) => match tokio::net::lookup_host((name.as_str(), self.port)).await {
                Ok(found) => Ok(by_preference(found.collect())),
                Err(source) => Err(NetError::Resolve {
                    host: name.clone(),
                    source,
                }),
            },
        }
    }
}

impl FromStr for DialAddress {
    type Err = NetError;

    fn from_str(text: &str) -> Result<Self, NetError> {
        let text = text.trim();
        let parsed = if text.starts_with('/') {
            parse_multiaddr(text)
        } else {
            parse_host_port(text)
        };
        parsed.map_err(|source| NetError::Address {
            text: text.to_owned(),
            source,
        })
    }
}

impl fmt::Display for DialAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            Host::Ip { ip, scope } => write!(f, "{}", socket_address(*ip, *scope, self.port)),
            Host::Name(name) => write!(f, "{name}:{}", self.port),
        }
    }
}

/// A listen address of a computer as a multiaddress with its peer id.
#[must_use]
pub fn listen_text(address: SocketAddr, key: &PeerKey) -> String {
    let (port, peer) = (address.port(), peer_id_text(key));
    match address {
        SocketAddr::V4(v4) => format!("/ip4/{}/tcp/{port}/p2p/{peer}", v4.ip()),
        SocketAddr::V6(v6) if v6.scope_id() != 0 => {
            format!(
                "/ip6zone/{}/ip6/{}/tcp/{port}/p2p/{peer}",
                v6.scope_id(),
                v6.ip()
            )
        }
        SocketAddr::V6(v6) => format!("/ip6/{}/tcp/{port}/p2p/{peer}", v6.ip()),
    }
}

/// A socket address; the scope is kept where it means something, which is for link-local addresses alone.
pub(crate) fn socket_address(ip: IpAddr, scope: u32, port: u16) -> SocketAddr {
    match ip {
        IpAddr::V4(_) => SocketAddr::new(ip, port),
        IpAddr::V6(v6) => SocketAddr::V6(SocketAddrV6::new(
            v6,
            port,
            0,
            if v6.is_unicast_link_local() { scope } else { 0 },
        )),
    }
}

/// An IPv4 address that arrived through an IPv6 socket is an IPv4 address.
pub(crate) fn canonical(address: SocketAddr) -> SocketAddr {
    match (address, address.ip().to_canonical()) {
        (SocketAddr::V6(_), IpAddr::V4(v4)) => SocketAddr::new(v4.into(), address.port()),
        _ => address,
    }
}

/// The addresses in the order in which they are tried, each once.
pub(crate) fn by_preference(mut addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    addresses.sort_by_key(|address| (rank(address.ip()), *address));
    addresses.dedup();
    addresses
}

/// IPv4 first, then addresses of the local network that survive a change of prefix, link-local ones last: they depend
/// on an interface's number.
fn rank(ip: IpAddr) -> u8 {
    match ip {
        IpAddr::V4(v4) if v4.is_loopback() => 3,
        IpAddr::V4(v4) if v4.is_link_local() => 4,
        IpAddr::V4(_) => 0,
        IpAddr::V6(v6) if v6.is_unique_local() => 1,
        IpAddr::V6(Ipv6Addr::LOCALHOST) => 3,
        IpAddr::V6(v6) if v6.is_unicast_link_local() => 5,
        IpAddr::V6(_) => 2,
    }
}

fn parse_host_port(text: &str) -> Result<DialAddress, AddressError> {
    let (host, port) = text.rsplit_once(':').ok_or(AddressError::NoPort)?;
    let bracketed = host
        .strip_prefix('[')
        .and_then(|inner| inner.strip_suffix(']'));
    // "fe80::1" is an address without a port, not the host "fe80:" with port 1.
    if bracketed.is_none() && host.contains(':') {
        return Err(AddressError::NoPort);
    }
    let port = parse_port(port)?;
    let host = match bracketed {
        Some(inner) => {
            let (ip, zone) = inner
                .split_once('%')
                .map_or((inner, None), |(ip, zone)| (ip, Some(zone)));
            let ip: Ipv6Addr = ip.parse().map_err(|_| AddressError::NoHost)?;
            Host::Ip {
                ip: ip.into(),
                scope: zone.map_or(Ok(0), scope_of)?,
            }
        }
        None => match host.parse() {
            Ok(ip) => Host::Ip { ip, scope: 0 },
            Err(_) if host.is_empty() || host.contains(char::is_whitespace) => {
                return Err(AddressError::NoHost);
            }
            Err(_) => Host::Name(host.to_owned()),
        },
    };
    Ok(DialAddress {
        host,
        port,
        peer: None,
    })
}

fn parse_multiaddr(text: &str) -> Result<DialAddress, AddressError> {
    let parts: Multiaddr = text
        .parse()
        .map_err(|error| AddressError::Multiaddr(format!("{error}")))?;
    let (mut host, mut port, mut peer, mut scope) = (None, None, None, 0);
    for part in &parts {
        match part {
            Protocol::Ip4(ip) => {
                host = Some(Host::Ip {
                    ip: ip.into(),
                    scope,
                })
            }
            Protocol::Ip6(ip) => {
                host = Some(Host::Ip {
                    ip: ip.into(),
                    scope,
                })
            }
            Protocol::Ip6zone(zone) => scope = scope_of(&zone)?,
            Protocol::Dns(name) | Protocol::Dns4(name) | Protocol::Dns6(name) => {
                host = Some(Host::Name(name.into_owned()));
            }
            Protocol::Tcp(0) => return Err(AddressError::Port),
            Protocol::Tcp(number) => port = Some(number),
            Protocol::P2p(id) => peer = Some(key_of(&id).ok_or(AddressError::Peer)?),
            other => return Err(AddressError::Part(other.tag().to_owned())),
        }
    }
    Ok(DialAddress {
        host: host.ok_or(AddressError::NoHost)?,
        port: port.ok_or(AddressError::NoPort)?,
        peer,
    })
}

fn parse_port(text: &str) -> Result<u16, AddressError> {
    match text.parse() {
        Ok(0) | Err(_) => Err(AddressError::Port),
        Ok(port) => Ok(port),
    }
}

/// The number of an IPv6 zone, which is written as a number or as an interface's name.
fn scope_of(zone: &str) -> Result<u32, AddressError> {
    if let Ok(number) = zone.parse() {
        return Ok(number);
    }
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    interfaces
        .into_iter()
        .find(|interface| interface.name == zone)
        .and_then(|interface| interface.index)
        .ok_or_else(|| AddressError::Zone(zone.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::public_key;

    fn parse(text: &str) -> Result<DialAddress, AddressError> {
        text.parse().map_err(|error| match error {
            NetError::Address { source, .. } => source,
            other => panic!("{other}"),
        })
    }

    #[test]
    fn hosts_and_multiaddresses_are_read() {
        for (text, shown) in [
            ("192.168.1.5:4001", "192.168.1.5:4001"),
            (" 127.0.0.1:1 ", "127.0.0.1:1"),
            ("[::1]:4001", "[::1]:4001"),
            ("[fe80::1%7]:4001", "[fe80::1%7]:4001"),
            ("laptop.local:4001", "laptop.local:4001"),
            ("/ip4/192.168.1.5/tcp/4001", "192.168.1.5:4001"),
            ("/ip6zone/7/ip6/fe80::1/tcp/4001", "[fe80::1%7]:4001"),
            ("/dns4/laptop.local/tcp/4001", "laptop.local:4001"),
        ] {
            assert_eq!(parse(text).unwrap().to_string(), shown, "{text}");
        }
    }

    #[test]
    fn a_listen_address_can_be_dialled_and_names_its_computer() {
        let key = public_key(&[3; 32]).unwrap();
        for address in ["10.0.0.1:5", "[fd00::1]:5", "[fe80::1%4]:5"] {
            let address: SocketAddr = address.parse().unwrap();
            let parsed = parse(&listen_text(address, &key)).unwrap();
            assert_eq!(parsed.peer(), Some(&key));
            assert_eq!(parsed.to_string(), address.to_string());
        }
    }

    #[test]
    fn what_cannot_be_dialled_says_why() {
        for (text, error) in [
            ("", AddressError::NoPort),
            ("laptop", AddressError::NoPort),
            ("fe80::1", AddressError::NoPort),
            ("10.0.0.1:0", AddressError::Port),
            ("10.0.0.1:65536", AddressError::Port),
            ("10.0.0.1:x", AddressError::Port),
            (":80", AddressError::NoHost),
            ("a b:80", AddressError::NoHost),
            (
                "[fe80::1%no-such-interface]:80",
                AddressError::Zone("no-such-interface".into()),
            ),
            ("/ip4/10.0.0.1", AddressError::NoPort),
            ("/tcp/80", AddressError::NoHost),
            ("/ip4/10.0.0.1/tcp/0", AddressError::Port),
            ("/ip4/10.0.0.1/udp/80", AddressError::Part("udp".into())),
        ] {
            assert_eq!(parse(text), Err(error), "{text}");
        }
        assert!(matches!(
            parse("/nonsense"),
            Err(AddressError::Multiaddr(_))
        ));
    }

    #[test]
    fn routable_addresses_come_before_link_local_ones() {
        let given = [
            "[fe80::1%2]:1",
            "[2001:db8::1]:1",
            "169.254.0.1:1",
            "[fd00::1]:1",
            "127.0.0.1:1",
            "10.0.0.1:1",
        ];
        let ordered = by_preference(
            given
                .iter()
                .chain(&given[..1])
                .map(|text| text.parse().unwrap())
                .collect(),
        );
        let ordered: Vec<String> = ordered.iter().map(ToString::to_string).collect();
        assert_eq!(
            ordered,
            [
                "10.0.0.1:1",
                "[fd00::1]:1",
                "[2001:db8::1]:1",
                "127.0.0.1:1",
                "169.254.0.1:1",
                "[fe80::1%2]:1"
            ]
        );
    }
}

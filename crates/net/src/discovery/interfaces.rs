//! Which network interfaces count, and when they change.

use std::{collections::BTreeSet, io, net::SocketAddr, time::Duration};

use if_addrs::Interface;
use tokio::{sync::watch, time::sleep};

use crate::address::{by_preference, socket_address};

/// How names of tunnels begin, where the system does not say that they have two ends.
const TUNNELS: &[&str] = &[
    "tun",
    "tap",
    "utun",
    "wg",
    "tailscale",
    "zt",
    "ppp",
    "ipsec",
];

/// How names of interfaces begin that lead to containers and virtual machines, not to the local network.
/// The same address stands behind such an interface on many machines: dialling it would reach oneself.
const VIRTUAL: &[&str] = &[
    "docker",
    "veth",
    "br-",
    "virbr",
    "vmnet",
    "vmenet",
    "vboxnet",
    "vnet",
    "vEthernet",
    "lxc",
    "lxd",
    "cni",
    "flannel",
    "cali",
    "podman",
    "nerdctl",
    "kube",
    "awdl",
    "llw",
    "anpi",
    "gif",
    "stf",
];

/// Whether an interface leads to other computers.
pub(crate) fn is_wanted(interface: &Interface) -> bool {
    !interface.is_loopback()
        && !interface.is_p2p()
        && interface.is_oper_up()
        && !is_virtual(&interface.name)
}

fn is_virtual(name: &str) -> bool {
    is_tunnel(name) || VIRTUAL.iter().any(|start| name.starts_with(start))
}

/// Whether an interface of this name leads into a tunnel, such as that of a VPN.
pub(crate) fn is_tunnel(name: &str) -> bool {
    TUNNELS.iter().any(|start| name.starts_with(start))
}

/// The interfaces that lead to other computers, with their addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Network {
    wanted: BTreeSet<(String, SocketAddr)>,
    loopback: BTreeSet<SocketAddr>,
    /// Counts sleeps: after one, nothing that was true before need be.
    sleeps: u64,
}

impl Network {
    /// The network as the system lists it now.
    pub(crate) fn current() -> io::Result<Self> {
        Ok(Self::of(&if_addrs::get_if_addrs()?))
    }

    fn of(interfaces: &[Interface]) -> Self {
        let address =
            |interface: &Interface| socket_address(interface.ip(), interface.index.unwrap_or(0), 0);
        let wanted = interfaces.iter().filter(|interface| is_wanted(interface));
        let loopback = interfaces
            .iter()
            .filter(|interface| interface.is_loopback());
        Self {
            wanted: wanted
                .map(|interface| (interface.name.clone(), address(interface)))
                .collect(),
            loopback: loopback.map(address).collect(),
            sleeps: 0,
        }
    }

    /// Whether anything but this computer can be reached.
    pub(crate) fn is_up(&self) -> bool {
        !self.wanted.is_empty()
    }

    /// Addresses with the port: those that others can reach first, loopback last.
    pub(crate) fn addresses(&self, port: u16) -> Vec<SocketAddr> {
        let with_port = |address: &SocketAddr| {
            let mut address = *address;
            address.set_port(port);
            address
        };
        let mut addresses = by_preference(
            self.wanted
                .iter()
                .map(|(_, address)| with_port(address))
                .collect(),
        );
        addresses.extend(by_preference(self.loopback.iter().map(with_port).collect()));
        addresses
    }
}

/// Looks at the interfaces at every `interval` and tells changes, until nobody listens. Looking is a few system calls;
/// being told by the system needs other means on each, which miss changes that a look does not.
pub(crate) async fn watch(interval: Duration, network: watch::Sender<Network>) {
    loop {
        sleep(interval).await;
        match Network::current() {
            Ok(now) => {
                network.send_if_modified(|known| {
                    let now = Network {
                        sleeps: known.sleeps,
                        ..now
                    };
                    let changed = *known != now;
                    *known = now;
                    changed
                });
            }
            Err(error) => tracing::debug!(%error, "interfaces"),
        }
        if network.is_closed() {
            return;
        }
    }
}

/// Notes a sleep.
pub(crate) fn slept(network: &watch::Sender<Network>) {
    network.send_modify(|network| network.sleeps += 1);
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv6Addr};

    use if_addrs::{IfAddr, IfOperStatus, Ifv4Addr, Ifv6Addr};

    use super::*;

    fn interface(name: &str, ip: &str, oper_status: IfOperStatus) -> Interface {
        let addr = match ip.parse().unwrap() {
            IpAddr::V4(ip) => IfAddr::V4(Ifv4Addr {
                ip,
                netmask: [255, 255, 255, 0].into(),
                prefixlen: 24,
                broadcast: None,
            }),
            IpAddr::V6(ip) => IfAddr::V6(Ifv6Addr {
                ip,
                netmask: Ipv6Addr::UNSPECIFIED,
                prefixlen: 64,
                broadcast: None,
            }),
        };
        Interface {
            name: name.into(),
            addr,
            index: Some(3),
            oper_status,
            is_p2p: false,
        }
    }

    #[test]
    fn only_interfaces_that_lead_to_other_computers_count() {
        use IfOperStatus::{Unknown, Up};
        let listed = [
            interface("lo", "127.0.0.1", Up),
            interface("eth0", "192.168.1.5", Up),
            interface("eth0", "fe80::1", Up),
            interface("eth1", "192.168.2.5", Unknown),
            interface("docker0", "172.17.0.1", Up),
            interface("veth12ab", "169.254.1.1", Up),
            interface("br-1f", "172.18.0.1", Up),
            interface("virbr0", "192.168.122.1", Up),
            interface("tun0", "10.8.0.2", Up),
        ];
        let network = Network::of(&listed);
        let addresses: Vec<String> = network
            .addresses(9)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(addresses, ["192.168.1.5:9", "[fe80::1%3]:9", "127.0.0.1:9"]);
        assert!(network.is_up());
        assert!(!Network::of(&listed[..1]).is_up());
        assert!(
            Network::of(&[interface("br0", "192.168.1.5", Up)]).is_up(),
            "a bridge that hosts the machine's own address"
        );
    }
}

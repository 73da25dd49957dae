//! Whether a tunnel, such as that of a VPN, takes what is for the local network: asked of the system's own routes.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};

use if_addrs::{IfAddr, Interface};

use crate::discovery::{is_tunnel, is_wanted};

/// The interface of a tunnel through which this computer would send to its neighbours on the local network now; `None`
/// where it sends to them directly, as behind most VPNs.
#[must_use]
pub fn tunnel_in_the_way() -> Option<String> {
    let interfaces = if_addrs::get_if_addrs().ok()?;
    let neighbours = interfaces.iter().filter(|one| is_wanted(one));
    neighbours
        .filter_map(|interface| sent_from(neighbour(interface)?))
        .find_map(|from| tunnel_with(&interfaces, from))
}

/// An address that another computer on the interface's network could have.
fn neighbour(interface: &Interface) -> Option<Ipv4Addr> {
    let IfAddr::V4(own) = &interface.addr else {
        return None;
    };
    let (ip, mask) = (u32::from(own.ip), u32::from(own.netmask));
    // Beside this computer's address, and neither that of the network itself nor that of all.
    let is_of_one = |other: &u32| other & !mask != 0 && other | mask != u32::MAX;
    let near = [ip ^ 1, ip ^ 2, ip ^ 4].into_iter();
    near.filter(|other| other & mask == ip & mask)
        .find(is_of_one)
        .map(Ipv4Addr::from)
}

/// The address of this computer from which it would send there. Nothing is sent: the system only chooses the way.
fn sent_from(to: Ipv4Addr) -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // Any port does.
    socket.connect(SocketAddr::from((to, 9))).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// The tunnel that has an address, if it is one.
fn tunnel_with(interfaces: &[Interface], address: IpAddr) -> Option<String> {
    let interface = interfaces.iter().find(|one| one.ip() == address)?;
    (interface.is_p2p() || is_tunnel(&interface.name)).then(|| interface.name.clone())
}

#[cfg(test)]
mod tests {
    use if_addrs::{IfOperStatus, Ifv4Addr};

    use super::*;

    fn interface(name: &str, ip: [u8; 4], prefixlen: u8, is_p2p: bool) -> Interface {
        let mask = u32::MAX.checked_shl(32 - u32::from(prefixlen)).unwrap_or(0);
        Interface {
            name: name.into(),
            addr: IfAddr::V4(Ifv4Addr {
                ip: ip.into(),
                netmask: mask.into(),
                prefixlen,
                broadcast: None,
            }),
            index: Some(3),
            oper_status: IfOperStatus::Up,
            is_p2p,
        }
    }

    #[test]
    fn a_neighbour_has_an_address_that_a_computer_can_have() {
        let neighbour = |ip, prefix| neighbour(&interface("eth0", ip, prefix, false));
        assert_eq!(
            neighbour([10, 0, 0, 6], 24),
            Some(Ipv4Addr::new(10, 0, 0, 7))
        );
        assert_eq!(
            neighbour([10, 0, 0, 1], 24),
            Some(Ipv4Addr::new(10, 0, 0, 3)),
            "not that of the network"
        );
        assert_eq!(
            neighbour([10, 0, 0, 254], 24),
            Some(Ipv4Addr::new(10, 0, 0, 252)),
            "not that of all"
        );
        assert_eq!(neighbour([10, 0, 0, 1], 32), None);
    }

    #[test]
    fn only_what_leads_into_a_tunnel_is_one() {
        let interfaces = [
            interface("eth0", [10, 0, 0, 5], 24, false),
            interface("tun0", [10, 8, 0, 2], 32, true),
            interface("wg0", [10, 9, 0, 2], 32, false),
            interface("lo", [127, 0, 0, 1], 8, false),
        ];
        let tunnel = |ip: [u8; 4]| tunnel_with(&interfaces, IpAddr::from(ip));
        assert_eq!(tunnel([10, 0, 0, 5]), None);
        assert_eq!(tunnel([127, 0, 0, 1]), None);
        assert_eq!(tunnel([10, 8, 0, 2]).as_deref(), Some("tun0"));
        assert_eq!(tunnel([10, 9, 0, 2]).as_deref(), Some("wg0"));
    }
}

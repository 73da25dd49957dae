//! Whether the router answers on the local network and nobody else does, as behind an access point that keeps its guests
//! apart. What answers is asked of the system's table of neighbours; only Linux shows it without more rights.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use if_addrs::{IfAddr, Ifv4Addr};

use crate::{
    discovery::is_wanted,
    knock::{Knock, knock_all},
};

/// The system's routes.
const ROUTES: &str = "/proc/net/route";

/// The system's neighbours.
const NEIGHBOURS: &str = "/proc/net/arp";

/// A port at which routers often answer; one that does not answer there is still found to be there.
const ROUTER_PORT: u16 = 53;

/// Whether nobody is there at any of these addresses of the local network, while its router is there and nobody else is
/// known to be. Looks for a moment, 4 seconds at most; `false` where the system does not tell.
pub async fn only_the_router_answers(addresses: &[SocketAddr]) -> bool {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let routes = std::fs::read_to_string(ROUTES).unwrap_or_default();
    for interface in interfaces.iter().filter(|one| is_wanted(one)) {
        let IfAddr::V4(own) = &interface.addr else {
            continue;
        };
        let router = routers(&routes)
            .into_iter()
            .find(|(name, router)| *name == interface.name && is_beside(own, *router));
        let near: Vec<SocketAddr> = addresses
            .iter()
            .filter(|address| matches!(address.ip(), IpAddr::V4(ip) if is_beside(own, ip)))
            .copied()
            .collect();
        let Some((name, router)) = router.filter(|_| !near.is_empty()) else {
            continue;
        };
        // It is asked as the others are: the table of neighbours holds who was asked lately.
        let asked = [SocketAddr::from((router, ROUTER_PORT))];
        let (found, _) = tokio::join!(knock_all(&near), knock_all(&asked));
        let nobody = found.iter().all(|knock| *knock == Knock::NotThere);
        let table = std::fs::read_to_string(NEIGHBOURS).unwrap_or_default();
        if nobody && neighbours(&table, &name) == [router] {
            return true;
        }
    }
    false
}

fn is_beside(own: &Ifv4Addr, other: Ipv4Addr) -> bool {
    let mask = u32::from(own.netmask);
    other != own.ip && u32::from(own.ip) & mask == u32::from(other) & mask
}

/// The lines of one of the system's tables behind the first, which names its columns.
fn entries(table: &str) -> impl Iterator<Item = &str> {
    table.lines().skip(1)
}

/// The routers of the default routes, with the interfaces that lead to them.
fn routers(routes: &str) -> Vec<(String, Ipv4Addr)> {
    let default = |line: &str| {
        let mut fields = line.split_whitespace();
        let (name, destination, router) = (fields.next()?, fields.next()?, fields.next()?);
        let router = u32::from_str_radix(router, 16).ok()?;
        // The bytes stand in memory's order.
        let router = Ipv4Addr::from(router.to_ne_bytes());
        (destination == "00000000" && !router.is_unspecified()).then(|| (name.to_owned(), router))
    };
    entries(routes).filter_map(default).collect()
}

/// Who is known to be there, on one interface.
fn neighbours(table: &str, interface: &str) -> Vec<Ipv4Addr> {
    /// The flag of an address of which it is known who has it.
    const COMPLETE: u32 = 2;
    let there = |line: &str| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [ip, _, flags, _, _, name] = fields[..] else {
            return None;
        };
        let flags = u32::from_str_radix(flags.trim_start_matches("0x"), 16).ok()?;
        (name == interface && flags & COMPLETE != 0)
            .then(|| ip.parse().ok())
            .flatten()
    };
    let mut there: Vec<Ipv4Addr> = entries(table).filter_map(there).collect();
    there.sort_unstable();
    there.dedup();
    there
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routers_are_those_of_default_routes() {
        let gateway = u32::from_ne_bytes([192, 168, 1, 1]);
        let routes = format!(
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\n\
             wlan0\t00000000\t{gateway:08X}\t0003\t0\t0\t600\t00000000\n\
             tun0\t00000000\t00000000\t0001\t0\t0\t50\t00000000\n\
             wlan0\t0001A8C0\t00000000\t0001\t0\t0\t600\t00FFFFFF\n"
        );
        let wlan = ("wlan0".to_owned(), Ipv4Addr::new(192, 168, 1, 1));
        assert_eq!(routers(&routes), [wlan]);
        assert_eq!(routers(""), []);
    }

    #[test]
    fn only_neighbours_that_answered_are_there() {
        let table = "IP address       HW type     Flags       HW address            Mask     Device\n\
             192.168.1.1      0x1         0x2         aa:bb:cc:dd:ee:ff     *        wlan0\n\
             192.168.1.7      0x1         0x0         00:00:00:00:00:00     *        wlan0\n\
             192.168.2.9      0x1         0x2         aa:bb:cc:dd:ee:01     *        eth0\n";
        assert_eq!(neighbours(table, "wlan0"), [Ipv4Addr::new(192, 168, 1, 1)]);
        assert_eq!(neighbours(table, "eth1"), [] as [Ipv4Addr; 0]);
    }
}

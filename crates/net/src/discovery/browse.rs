//! Reads what others announce.

use std::net::SocketAddr;

use mdns_sd::{ResolvedService, ScopedIp};
use rota_model::limits::PEER_MAX_ADDRESSES;

use super::{Hint, txt::Txt};
use crate::address::{by_preference, socket_address};

/// The hint in an announcement; `None` if it names no computer or no address.
pub(super) fn hint(service: &ResolvedService) -> Option<Hint> {
    let txt = Txt::parse(|key| service.get_property_val(key).flatten())?;
    let port = service.get_port();
    let reachable =
        |address: &&ScopedIp| !address.is_loopback() && !address.to_ip_addr().is_unspecified();
    let addresses = service
        .get_addresses()
        .iter()
        .filter(reachable)
        .map(|address| scoped(address, port));
    let mut addresses = by_preference(addresses.collect());
    addresses.truncate(PEER_MAX_ADDRESSES);
    (port != 0 && !addresses.is_empty()).then_some(Hint {
        peer: txt.peer,
        boot: txt.boot,
        name: txt.name,
        version: txt.version,
        addresses,
        invites: txt.invites,
    })
}

fn scoped(address: &ScopedIp, port: u16) -> SocketAddr {
    let scope = match address {
        ScopedIp::V6(v6) => v6.scope_id().index,
        _ => 0,
    };
    socket_address(address.to_ip_addr(), scope, port)
}

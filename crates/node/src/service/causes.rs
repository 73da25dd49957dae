//! What stands between computers that do not reach each other, where that can be told from here.
//!
//! Each cause is looked for at the moment of asking, and named only after what it does was seen. What could have another
//! reason besides, such as a computer that is off, is said so.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use rota_api::DoctorCheck;
use rota_model::id::AuthorKey;
use rota_net::{
    Hint, Knock, NetHandle, Reach, knock_all, only_the_router_answers, tunnel_in_the_way,
};
use tokio::task::JoinSet;

use crate::engine::Engine;
use crate::remedy;

/// Most computers that are asked whether they reach this one.
const ASKED_MAX_COUNT: usize = 8;

/// Most addresses at which others are looked for.
const ADDRESSES_MAX_COUNT: usize = 32;

/// A computer that has a space in common with this one, and where it was before.
pub(super) struct Other {
    pub(super) name: String,
    pub(super) addresses: Vec<SocketAddr>,
}

/// Who is connected and who is not, of all the others.
pub(super) struct Others {
    pub(super) connected: BTreeMap<AuthorKey, Other>,
    pub(super) away: BTreeMap<AuthorKey, Other>,
}

/// Looks for what stands in the way. Takes some 5 seconds at most.
pub(super) async fn look(engine: &Engine, others: &Others) -> Vec<DoctorCheck> {
    let listening = engine.listening.borrow().clone();
    if others.connected.is_empty()
        && let Some(tunnel) = tunnel_in_the_way()
    {
        // Whatever else does not answer, it is because of this.
        return vec![vpn(&tunnel)];
    }
    let hints = engine.net.hints().await.unwrap_or_default();
    let (reached, shut, alone) = tokio::join!(
        reached(&engine.net, &listening, others),
        shut(&hints, others),
        alone(others),
    );
    // Where nobody is there at all, a firewall has nothing to do with it.
    [reached, alone.or(shut)].into_iter().flatten().collect()
}

fn vpn(tunnel: &str) -> DoctorCheck {
    DoctorCheck::wrong(
        "vpn",
        format!("a VPN ({tunnel}) takes all traffic, that of the local network too"),
        "allow local networks in it, or connect by hand to an address that it lets through: rota connect ADDR",
    )
}

/// Whether those who are connected could have dialled this computer.
async fn reached(
    net: &NetHandle,
    listening: &[SocketAddr],
    others: &Others,
) -> Option<DoctorCheck> {
    let port = listening.first()?.port();
    let mut asked = JoinSet::new();
    for (key, other) in others.connected.iter().take(ASKED_MAX_COUNT) {
        let (net, key, name) = (net.clone(), *key, other.name.clone());
        asked.spawn(async move { (name, net.reached_by(&key.0).await) });
    }
    let own: Vec<IpAddr> = listening.iter().map(SocketAddr::ip).collect();
    let mut tried: Vec<(String, Reach)> = Vec::new();
    while let Some(answer) = asked.join_next().await {
        // Older versions do not know the question.
        if let Ok((name, Ok(reach))) = answer {
            tried.push((name, reach));
        }
    }
    // Who sees this computer under an address that it does not have says nothing about it, but about what is between.
    tried.retain(|(_, reach)| own.contains(&reach.at));
    tried.sort_by(|(one, _), (other, _)| one.cmp(other));
    let (name, first) = tried
        .iter()
        .find(|(_, reach)| reach.reached)
        .or(tried.first())?;
    let check = if first.reached {
        DoctorCheck::fine("reached", format!("{name} can reach this computer"))
    } else {
        let command = remedy::open_port(port);
        DoctorCheck::wrong(
            "reached",
            format!("{name} sees this computer, but cannot reach it"),
            format!("most likely the firewall here blocks Rota: allow port {port}"),
        )
        .with_remedy(command.map(|command| remedy::copy(&command)))
        .with_port(port)
    };
    Some(check.with_computer(name))
}

/// A computer that announces itself, and does not answer where it says that it is.
async fn shut(hints: &[Hint], others: &Others) -> Option<DoctorCheck> {
    let mut asked = JoinSet::new();
    let announced = hints.iter().filter_map(|hint| {
        let other = others.away.get(&AuthorKey(hint.peer))?;
        let port = hint.addresses.first()?.port();
        Some((other.name.clone(), port, hint.addresses.clone()))
    });
    for (name, port, addresses) in announced.take(ASKED_MAX_COUNT) {
        asked.spawn(async move { (name, port, knock_all(&addresses).await) });
    }
    let mut shut = Vec::new();
    while let Some(Ok((name, port, found))) = asked.join_next().await {
        let is_shut = found
            .iter()
            .any(|knock| matches!(knock, Knock::Silent | Knock::Refused));
        if is_shut && !found.contains(&Knock::Open) {
            shut.push((name, port));
        }
    }
    let (name, port) = shut.into_iter().min()?;
    let check = DoctorCheck::wrong(
        "shut",
        format!("{name} announces itself, but does not answer"),
        format!("if it is on, most likely the firewall there blocks Rota: allow port {port} there"),
    );
    Some(check.with_computer(&name).with_port(port))
}

/// Nobody but the router.
async fn alone(others: &Others) -> Option<DoctorCheck> {
    if !others.connected.is_empty() {
        return None;
    }
    let addresses: Vec<SocketAddr> = others
        .away
        .values()
        .flat_map(|other| other.addresses.iter().copied())
        .take(ADDRESSES_MAX_COUNT)
        .collect();
    if addresses.is_empty() || !only_the_router_answers(&addresses).await {
        return None;
    }
    let name = &others.away.values().next()?.name;
    let check = DoctorCheck::wrong(
        "isolation",
        "nobody but the router answers on this network",
        format!(
            "if {name} is on, most likely the access point keeps its guests apart: use another Wi-Fi network or a cable"
        ),
    );
    Some(check.with_computer(name))
}

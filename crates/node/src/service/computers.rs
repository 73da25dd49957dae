//! The computers of one's spaces, and dialling one by hand.

use std::collections::BTreeMap;
use std::time::Duration;

use rota_api::{ApiError, Code, Computer, ComputerState, Connect, Named};
use rota_model::id::AuthorKey;
use rota_net::{DialAddress, listen_text};
use rota_store::Reader;
use tokio::time::timeout;

use super::{Service, find, view};
use crate::clock::rfc3339;
use crate::engine::{Engine, Peer, member_keys};
use crate::errors;
use crate::failure::Failure;
use crate::records;

/// How long a dialled member has to be there.
const CONNECT: Duration = Duration::from_secs(15);

/// A computer as the log knows it.
struct Known {
    name: String,
    person: Named,
    is_in: bool,
    addresses: Vec<std::net::SocketAddr>,
    last_ms: Option<u64>,
}

impl Service {
    pub(super) async fn computers(&self) -> Result<Vec<Computer>, ApiError> {
        let me = self.node.core().me;
        let engine = self.node.engine();
        let mut known = self
            .read(move |reader| known_computers(reader, &me))
            .await?;
        let own = known.remove(&me);
        let mut computers = Vec::with_capacity(known.len() + 1);
        if let Some(own) = own {
            let addresses = engine.as_ref().map_or_else(Vec::new, |engine| {
                engine
                    .listening
                    .borrow()
                    .iter()
                    .map(|address| listen_text(*address, &me.0))
                    .collect()
            });
            computers.push(Computer {
                id: rota_net::peer_id_text(&me.0),
                name: own.name,
                person: own.person,
                this: true,
                online: engine.is_some(),
                last_seen: None,
                addresses,
                state: ComputerState::UpToDate,
                to_send: 0,
                to_receive: 0,
            });
        }
        for (key, known) in known {
            let peer = engine
                .as_ref()
                .and_then(|engine| engine.peers.get(&key))
                .unwrap_or_default();
            computers.push(other(key, known, &peer));
        }
        Ok(computers)
    }

    pub(super) async fn connect_to(&self, input: Connect) -> Result<Computer, ApiError> {
        let address: DialAddress = input
            .address
            .parse()
            .map_err(|error| errors::from_net(&error))?;
        let running = self.node.network().await?;
        let reached = timeout(CONNECT, self.dial(&running.engine, address)).await;
        let result = match reached {
            Ok(Ok(key)) => self.computer(key).await,
            Ok(Err(error)) => Err(error),
            Err(_) => Err(ApiError::new(
                Code::Timeout,
                format!("{} did not answer in time", input.address),
            )
            .with_hint("check that the other computer is on and that no firewall is between")),
        };
        running.end().await;
        result
    }

    async fn dial(&self, engine: &Engine, address: DialAddress) -> Result<AuthorKey, ApiError> {
        let mut changes = engine.peers.changes();
        let key = engine
            .net
            .connect(address)
            .await
            .map_err(|error| errors::from_net(&error))?;
        let key = AuthorKey(key);
        let me = self.node.core().me;
        let is_member = self
            .read(move |reader| Ok(member_keys(reader, &me)?.contains(&key)))
            .await?;
        if !is_member {
            return Err(ApiError::new(
                Code::NotAllowed,
                format!(
                    "{} shares no space with this computer",
                    rota_net::peer_id_text(&key.0)
                ),
            )
            .with_hint(
                "join one of its spaces with an invite code: rota join CODE --address ADDR",
            ));
        }
        while !engine.peers.get(&key).is_some_and(|peer| peer.online) {
            if changes.changed().await.is_err() {
                return Err(ApiError::new(Code::NotRunning, "the network was shut down"));
            }
        }
        Ok(key)
    }

    pub(super) async fn computer(&self, key: AuthorKey) -> Result<Computer, ApiError> {
        let id = rota_net::peer_id_text(&key.0);
        let found = self
            .computers()
            .await?
            .into_iter()
            .find(|computer| computer.id == id);
        found.ok_or_else(|| errors::broken("the computer is not there"))
    }
}

fn known_computers(
    reader: &Reader<'_>,
    me: &AuthorKey,
) -> Result<BTreeMap<AuthorKey, Known>, Failure> {
    let mut known: BTreeMap<AuthorKey, Known> = BTreeMap::new();
    for space in find::spaces(reader, me)? {
        for admission in reader.admissions(&space.id)? {
            let key = admission.computer.id;
            let is_in = admission.removed_ms.is_none();
            if let Some(before) = known.get_mut(&key) {
                before.is_in |= is_in;
                continue;
            }
            let addresses = reader.addresses(&key)?;
            known.insert(
                key,
                Known {
                    name: admission.computer.name,
                    person: view::entity(admission.person.id, admission.person.name),
                    is_in,
                    last_ms: addresses.iter().map(|(_, at)| *at).max(),
                    addresses: records::addresses(reader, &key)?,
                },
            );
        }
    }
    Ok(known)
}

fn other(key: AuthorKey, known: Known, peer: &Peer) -> Computer {
    let progress = peer.progress.unwrap_or_default();
    let state = if !known.is_in {
        ComputerState::Removed
    } else if peer.incompatible {
        ComputerState::Incompatible
    } else if !peer.online {
        ComputerState::Offline
    } else if peer.clock_apart_ms.is_some() {
        ComputerState::ClockWrong
    } else if progress.to_receive > 0 {
        ComputerState::Receiving
    } else if progress.to_send > 0 {
        ComputerState::Sending
    } else {
        ComputerState::UpToDate
    };
    let mut addresses = peer.addresses.clone();
    for address in known.addresses {
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    Computer {
        id: rota_net::peer_id_text(&key.0),
        name: known.name,
        person: known.person,
        this: false,
        online: peer.online,
        last_seen: peer.last_seen_ms.max(known.last_ms).map(rfc3339),
        addresses: addresses
            .iter()
            .map(|address| listen_text(*address, &key.0))
            .collect(),
        state,
        to_send: progress.to_send,
        to_receive: progress.to_receive,
    }
}

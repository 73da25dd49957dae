//! What the network side finds wrong, as standing conditions.

use std::collections::BTreeMap;
use std::sync::Arc;

use rota_model::id::{AuthorKey, SpaceId};
use rota_net::{ConditionCode, peer_id_text};
use rota_store::{Accepted, StoreError};
use rota_sync::clock_check::ClockVerdict;

use super::{Peers, Surroundings};
use crate::conditions::{self, Kind};
use crate::errors;

/// Turns findings into conditions.
pub(super) struct Health {
    with: Surroundings,
    peers: Arc<Peers>,
    clocks: Option<ClockVerdict>,
    names: BTreeMap<AuthorKey, String>,
}

impl Health {
    pub(super) fn new(with: Surroundings, peers: Arc<Peers>) -> Self {
        Self {
            with,
            peers,
            clocks: None,
            names: BTreeMap::new(),
        }
    }

    /// What the other computers are called; read beside the task that tells health.
    pub(super) fn names(&mut self, names: BTreeMap<AuthorKey, String>) {
        self.names = names;
    }

    /// What the network reports about itself.
    pub(super) fn net(&self, code: ConditionCode, standing: Option<String>) {
        let (kind, hint): (Kind, &str) = match code {
            ConditionCode::PortInUse => (
                conditions::PORT_IN_USE,
                "end the other program or start the node with another --port; it is tried again by itself",
            ),
            ConditionCode::CannotListen => (
                conditions::CANNOT_LISTEN,
                "start the node with another --port; it is tried again by itself",
            ),
            ConditionCode::NoNetwork => (
                conditions::NO_NETWORK,
                "connect this computer to the network; the list works meanwhile",
            ),
            _ => (
                conditions::DISCOVERY_UNAVAILABLE,
                "allow multicast DNS (UDP port 5353) in the firewall, or use rota connect ADDR",
            ),
        };
        match standing {
            Some(message) => self.with.conditions.raise(kind, "", message, hint),
            None => self.with.conditions.clear(kind, ""),
        }
    }

    /// Another computer announces itself with this computer's key.
    pub(super) fn twin(&self) {
        self.with.conditions.raise(
            conditions::COPIED_FOLDER,
            "network",
            "another computer on this network uses a copy of this data folder",
            "run rota rekey on one of the two: it becomes a computer of its own and keeps every task",
        );
    }

    /// A head of this computer's own chain stands at another computer and was not here.
    pub(super) fn copied(&self, space: SpaceId) {
        self.with.conditions.raise(
            conditions::COPIED_FOLDER,
            space.to_string(),
            "this data folder was copied back from an older state, or a copy of it runs elsewhere",
            "nothing is lost; if a copy runs elsewhere, run rota rekey on one of the two",
        );
    }

    /// Ops were stored: the disk has room, and what stood in the batch is told.
    pub(super) fn stored(&self, stored: &Accepted) {
        if stored.stored > 0 {
            self.with.conditions.clear(conditions::DISK_FULL, "");
            self.with.conditions.clear(conditions::READ_ONLY, "");
        }
    }

    /// Something could not be stored or read.
    pub(super) fn store_failed(&self, error: &StoreError) {
        let (kind, hint) = match error {
            StoreError::Full(_) => (
                conditions::DISK_FULL,
                "make room on the disk; nothing was lost",
            ),
            StoreError::Closed => return,
            _ => (
                conditions::READ_ONLY,
                "check the disk and who owns the data folder",
            ),
        };
        self.with
            .conditions
            .raise(kind, "", errors::chain(error), hint);
    }

    /// The results differ although the logs are equal, and building them anew did not help.
    pub(super) fn diverged(&self, peer: &AuthorKey, space: SpaceId) {
        let name = self.name(peer);
        self.with.conditions.raise(
            conditions::DIVERGED,
            space.to_string(),
            format!(
                "this computer and {name} show different things although both have the same changes"
            ),
            "update Rota on both; if it stays, keep a backup (rota backup FILE) and report it",
        );
    }

    /// The peer speaks another version of the protocol.
    pub(super) fn incompatible(&self, peer: &AuthorKey) {
        let name = self.name(peer);
        self.with.conditions.raise(
            conditions::NEWER_VERSION,
            peer_id_text(&peer.0),
            format!("{name} uses a version of Rota that this one does not understand"),
            "update Rota on the older of the two",
        );
    }

    /// Which clocks are wrong.
    pub(super) fn clocks(&mut self, verdict: &ClockVerdict) {
        if self.clocks.as_ref() == Some(verdict) {
            return;
        }
        self.clocks = Some(verdict.clone());
        const HINT: &str = "set the clock, best by the network; every change is kept meanwhile";
        let wrong: Vec<(String, String)> = match verdict {
            ClockVerdict::Agree => Vec::new(),
            ClockVerdict::Unclear { apart } => apart
                .iter()
                .map(|peer| {
                    let message = format!(
                        "the clocks of this computer and of {} differ by more than 2 minutes",
                        self.name(peer)
                    );
                    (peer_id_text(&peer.0), message)
                })
                .collect(),
            ClockVerdict::Mine { off_by_ms } => vec![(
                String::new(),
                format!(
                    "the clock of this computer is wrong by {}",
                    spoken(*off_by_ms)
                ),
            )],
            ClockVerdict::Others(others) => others
                .iter()
                .map(|(peer, off_by_ms)| {
                    let message = format!(
                        "the clock of {} is wrong by {}",
                        self.name(peer),
                        spoken(*off_by_ms)
                    );
                    (peer_id_text(&peer.0), message)
                })
                .collect(),
        };
        self.with.conditions.set_all(
            conditions::CLOCK_WRONG,
            wrong
                .into_iter()
                .map(|(subject, message)| (subject, message, HINT.to_owned())),
        );
        for peer in self.peers.all().into_keys() {
            let apart = match verdict {
                ClockVerdict::Others(others) => others
                    .iter()
                    .find(|(other, _)| *other == peer)
                    .map(|(_, by)| *by),
                _ => None,
            };
            self.peers
                .change(peer, |known| known.clock_apart_ms = apart);
        }
    }

    fn name(&self, peer: &AuthorKey) -> String {
        match self.names.get(peer) {
            Some(name) if !name.is_empty() => name.clone(),
            _ => "another computer".to_owned(),
        }
    }
}

/// A difference of clocks as people say it.
fn spoken(ms: i64) -> String {
    let minutes = ms.unsigned_abs() / 60_000;
    match minutes {
        0..=119 => format!("{minutes} minutes"),
        120..=2_879 => format!("{} hours", minutes / 60),
        _ => format!("{} days", minutes / 1_440),
    }
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn differences_of_clocks_are_said_in_a_fitting_unit() {
        let said = [180_000, -7_200_000, 365 * 86_400_000].map(spoken);
        assert_eq!(said, ["3 minutes", "2 hours", "365 days"]);
    }
}

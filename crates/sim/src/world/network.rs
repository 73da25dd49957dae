//! Who is connected with whom, and what is under way between them.

use rota_model::id::AuthorKey;
use rota_sync::Input;

use super::{At, Event, World, pair};
use crate::witness::Breach;

impl World {
    /// Of computers that share a key, lets one have the network: to the others they are one computer.
    ///
    /// # Errors
    /// What the step breaks.
    pub fn take_turns(&mut self) -> Result<(), Breach> {
        for at in 0..self.machines.len() {
            let twins = self.twins(at);
            if twins.first() == Some(&at) {
                let chosen = self.dice.pick(&twins);
                twins
                    .iter()
                    .for_each(|twin| self.machines[*twin].waits_for_twin = chosen != Some(*twin));
            }
        }
        for at in (0..self.machines.len())
            .filter(|at| self.machines[*at].waits_for_twin)
            .collect::<Vec<_>>()
        {
            for other in 0..self.machines.len() {
                self.disconnect(at, other)?;
            }
        }
        Ok(())
    }

    /// Whether computers share a key.
    #[must_use]
    pub fn has_twins(&self) -> bool {
        (0..self.machines.len()).any(|at| self.twins(at).len() > 1)
    }

    fn twins(&self, at: At) -> Vec<At> {
        let key = self.machines[at].public();
        (0..self.machines.len())
            .filter(|other| self.machines[*other].public() == key)
            .collect()
    }

    /// Connects who is not connected, some now and some later. Twins never meet: they are one peer to all others.
    pub(super) fn dial(&mut self) -> Result<(), Breach> {
        self.schedule(700, Event::Dial);
        for a in 0..self.machines.len() {
            for b in a + 1..self.machines.len() {
                let up = |at: At| {
                    let machine = &self.machines[at];
                    machine.engine.is_some() && !machine.isolated && !machine.waits_for_twin
                };
                let twins = self.machines[a].public() == self.machines[b].public();
                if !up(a)
                    || !up(b)
                    || twins
                    || self.connections.contains_key(&(a, b))
                    || !self.dice.percent(60)
                {
                    continue;
                }
                if self.has_connection_with(a, &self.machines[b].public())
                    || self.has_connection_with(b, &self.machines[a].public())
                {
                    // A twin holds the place; now and then the other one takes it.
                    continue;
                }
                self.connection += 1;
                self.connections.insert((a, b), self.connection);
                let (key_a, key_b) = (self.machines[a].public(), self.machines[b].public());
                self.input(a, Input::Connected(key_b))?;
                self.input(b, Input::Connected(key_a))?;
            }
        }
        Ok(())
    }

    pub(super) fn has_connection_with(&self, at: At, key: &AuthorKey) -> bool {
        self.connections.keys().any(|&(a, b)| {
            (a == at && self.machines[b].public() == *key)
                || (b == at && self.machines[a].public() == *key)
        })
    }

    pub(super) fn disconnect(&mut self, a: At, b: At) -> Result<(), Breach> {
        if self.connections.remove(&pair(a, b)).is_none() {
            return Ok(());
        }
        let (key_a, key_b) = (self.machines[a].public(), self.machines[b].public());
        self.input(a, Input::Disconnected(key_b))?;
        self.input(b, Input::Disconnected(key_a))
    }

    pub(super) fn disconnect_all(&mut self, at: At) {
        let key = self.machines[at].public();
        let gone: Vec<_> = self
            .connections
            .keys()
            .filter(|(a, b)| *a == at || *b == at)
            .copied()
            .collect();
        for (a, b) in gone {
            self.connections.remove(&(a, b));
            let other = if a == at { b } else { a };
            self.schedule(
                0,
                Event::PeerGone {
                    at: other,
                    key: key.0,
                },
            );
        }
    }

    pub(super) fn peers_with_key(&self, at: At, key: &AuthorKey) -> Vec<At> {
        (0..self.machines.len())
            .filter(|other| {
                self.machines[*other].public() == *key
                    && self.connections.contains_key(&pair(at, *other))
            })
            .collect()
    }

    pub(super) fn send(&mut self, at: At, peer: &AuthorKey, bytes: Vec<u8>) -> Result<(), Breach> {
        self.witness.sent(&self.machines[at].disk, &bytes)?;
        for to in self.peers_with_key(at, peer) {
            let Some(&connection) = self.connections.get(&pair(at, to)) else {
                continue;
            };
            // A stream keeps its order, whatever its delay.
            let soonest = self.last_arrival.get(&(at, to)).copied().unwrap_or(0);
            let arrives = (self.now_ms + 1 + self.dice.below(60)).max(soonest);
            self.last_arrival.insert((at, to), arrives);
            self.schedule(
                arrives - self.now_ms,
                Event::Frame {
                    from: at,
                    to,
                    connection,
                    bytes: bytes.clone(),
                },
            );
        }
        Ok(())
    }
}

//! What is known of members and announcements, and when to dial whom.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use rota_model::limits::{HINTS_MAX_COUNT, PEER_MAX_ADDRESSES};
use tokio::time::Instant;

use crate::{
    address::by_preference,
    config::Timings,
    discovery::Hint,
    identity::PeerKey,
    policy::{Backoff, head_start},
};

/// How long after its last sign of life a computer is dialled often.
const NEAR: Duration = Duration::from_secs(600);

/// However many announcements say so, a computer is not dialled twice within this time.
const DIALS_APART: Duration = Duration::from_secs(1);

/// A connection that ended sooner counts as a failed dial.
const STOOD: Duration = Duration::from_secs(5);

/// The members, the announcements, and the next dial of each.
pub(crate) struct Peers {
    me: PeerKey,
    spread: u64,
    timings: Timings,
    members: HashMap<PeerKey, Member>,
    /// By the announcement's name: a computer that restarts may be announced twice for a while.
    hints: BTreeMap<String, Hint>,
    /// Addresses of computers that are no members, dialled by hand.
    dialled: HashMap<PeerKey, Vec<SocketAddr>>,
}

#[derive(Debug)]
struct Member {
    remembered: Vec<SocketAddr>,
    backoff: Backoff,
    next_dial: Option<Instant>,
    last_dial: Option<Instant>,
    last_sign: Option<Instant>,
    last_failure: Option<String>,
}

impl Peers {
    /// `spread` is any number that differs between computers and starts.
    pub(crate) fn new(me: PeerKey, spread: u64, timings: Timings) -> Self {
        Self {
            me,
            spread,
            timings,
            members: HashMap::new(),
            hints: BTreeMap::new(),
            dialled: HashMap::new(),
        }
    }

    /// Takes the members as they are now; new ones and new addresses are dialled at once.
    pub(crate) fn set_members(
        &mut self,
        members: impl IntoIterator<Item = (PeerKey, Vec<SocketAddr>)>,
        now: Instant,
    ) {
        let mut before = std::mem::take(&mut self.members);
        for (peer, mut addresses) in members {
            if peer == self.me {
                continue;
            }
            let first_dial = now + head_start(&self.me, &peer);
            let known = before.remove(&peer);
            let is_new = known.is_none();
            let mut member = known.unwrap_or_else(|| Member {
                remembered: self.dialled.remove(&peer).unwrap_or_default(),
                backoff: Backoff::default(),
                next_dial: Some(first_dial),
                last_dial: None,
                last_sign: None,
                last_failure: None,
            });
            addresses.retain(|address| !member.remembered.contains(address));
            if !addresses.is_empty() && !is_new {
                member.next_dial = Some(first_dial);
            }
            member.remembered.extend(addresses);
            member.remembered.truncate(PEER_MAX_ADDRESSES);
            self.members.insert(peer, member);
        }
    }

    pub(crate) fn keys(&self) -> HashSet<PeerKey> {
        self.members.keys().copied().collect()
    }

    /// Whether a member is known to have this address.
    pub(crate) fn is_member_address(&self, ip: IpAddr) -> bool {
        let remembered = self.members.values().flat_map(|member| &member.remembered);
        let announced = self
            .hints
            .values()
            .filter(|hint| self.members.contains_key(&hint.peer));
        remembered
            .chain(announced.flat_map(|hint| &hint.addresses))
            .any(|address| address.ip() == ip)
    }

    /// Notes an announcement; `false` if it says nothing new or there are too many.
    pub(crate) fn announced(&mut self, name: String, hint: Hint, now: Instant) -> bool {
        let is_new = !self.hints.contains_key(&name);
        let is_member = self.members.contains_key(&hint.peer);
        if self.hints.get(&name) == Some(&hint)
            || (is_new && self.hints.len() >= HINTS_MAX_COUNT && !self.make_room(is_member))
        {
            return false;
        }
        let peer = hint.peer;
        self.hints.insert(name, hint);
        if let Some(member) = self.members.get_mut(&peer) {
            member.last_sign = Some(now);
            member.backoff = Backoff::default();
            let soonest = member
                .last_dial
                .map_or(now, |last| last + DIALS_APART)
                .max(now + head_start(&self.me, &peer));
            member.next_dial = Some(
                member
                    .next_dial
                    .map_or(soonest, |planned| planned.min(soonest)),
            );
        }
        true
    }

    /// Forgets an announcement; gives its computer if nothing else announces that.
    pub(crate) fn unannounced(&mut self, name: &str) -> Option<PeerKey> {
        let peer = self.hints.remove(name)?.peer;
        self.hints
            .values()
            .all(|hint| hint.peer != peer)
            .then_some(peer)
    }

    pub(crate) fn hints(&self) -> Vec<Hint> {
        self.hints.values().cloned().collect()
    }

    /// The computers that announce the invitation.
    pub(crate) fn inviters(&self, invitation: u32) -> Vec<PeerKey> {
        let announcing = self
            .hints
            .values()
            .filter(|hint| hint.invites.contains(&invitation));
        let mut peers: Vec<PeerKey> = announcing.map(|hint| hint.peer).collect();
        peers.sort_unstable();
        peers.dedup();
        peers
    }

    /// Where to try a computer, best first: what worked and is announced, what is announced, what worked once.
    pub(crate) fn addresses(&self, peer: &PeerKey) -> Vec<SocketAddr> {
        let member = self
            .members
            .get(peer)
            .map(|member| member.remembered.as_slice());
        let remembered = member
            .or(self.dialled.get(peer).map(Vec::as_slice))
            .unwrap_or_default();
        let hints = self.hints.values().filter(|hint| hint.peer == *peer);
        let announced = by_preference(
            hints
                .flat_map(|hint| hint.addresses.iter().copied())
                .collect(),
        );
        let both = remembered
            .iter()
            .filter(|address| announced.contains(address));
        let mut ordered: Vec<SocketAddr> = Vec::new();
        for address in both.chain(&announced).chain(remembered) {
            if !ordered.contains(address) {
                ordered.push(*address);
            }
        }
        ordered.truncate(PEER_MAX_ADDRESSES);
        ordered
    }

    /// Notes where a computer was reached by dialling.
    pub(crate) fn worked(&mut self, peer: &PeerKey, address: SocketAddr) {
        let remembered = match self.members.get_mut(peer) {
            Some(member) => &mut member.remembered,
            None if self.dialled.len() < HINTS_MAX_COUNT || self.dialled.contains_key(peer) => {
                self.dialled.entry(*peer).or_default()
            }
            None => return,
        };
        remembered.retain(|known| *known != address);
        remembered.insert(0, address);
        remembered.truncate(PEER_MAX_ADDRESSES);
    }

    /// A dial of a member failed, or its connection ended before it was of use; `why` is for people.
    pub(crate) fn failed(&mut self, peer: &PeerKey, why: String, now: Instant) {
        if let Some(member) = self.members.get_mut(peer) {
            member.last_failure = Some(why);
            let near = member.last_sign.is_some_and(|sign| now < sign + NEAR);
            let spread = self.spread ^ u64::from_be_bytes(first_eight(peer));
            member.next_dial = Some(now + member.backoff.failed(&self.timings, near, spread));
        }
    }

    /// A member's connection, which was established at `since`, ended.
    pub(crate) fn ended(&mut self, peer: &PeerKey, why: String, since: Instant, now: Instant) {
        if let Some(member) = self.members.get_mut(peer) {
            member.last_sign = Some(now);
            if now >= since + STOOD {
                member.backoff = Backoff::default();
            }
        }
        self.failed(peer, why, now);
    }

    /// Why each member was last not reached, for people; of those that ever were not.
    pub(crate) fn failures(&self) -> Vec<(PeerKey, String)> {
        let failure =
            |(peer, member): (&PeerKey, &Member)| Some((*peer, member.last_failure.clone()?));
        self.members.iter().filter_map(failure).collect()
    }

    /// A connection was ended on purpose: it is not wanted back soon.
    pub(crate) fn sent_away(&mut self, peer: &PeerKey, now: Instant) {
        if let Some(member) = self.members.get_mut(peer) {
            member.next_dial = Some(now + self.timings.backoff_far);
        }
    }

    /// The network is another than before: whoever is not connected is dialled at once.
    pub(crate) fn dial_all_soon(&mut self, now: Instant) {
        for (peer, member) in &mut self.members {
            member.backoff = Backoff::default();
            member.next_dial = Some(now + head_start(&self.me, peer));
        }
    }

    /// When the next dial is due, leaving out who is `busy` being dialled or connected.
    pub(crate) fn next_dial(&self, busy: impl Fn(&PeerKey) -> bool) -> Option<Instant> {
        let waiting = self.members.iter().filter(|(peer, _)| !busy(peer));
        waiting.filter_map(|(_, member)| member.next_dial).min()
    }

    /// The computers to dial now, with their addresses.
    pub(crate) fn due(
        &mut self,
        now: Instant,
        busy: impl Fn(&PeerKey) -> bool,
    ) -> Vec<(PeerKey, Vec<SocketAddr>)> {
        let is_due = |member: &Member| member.next_dial.is_some_and(|due| due <= now);
        let due: Vec<PeerKey> = self
            .members
            .iter()
            .filter(|(peer, member)| is_due(member) && !busy(peer))
            .map(|(peer, _)| *peer)
            .collect();
        let mut dials = Vec::new();
        for peer in due {
            let addresses = self.addresses(&peer);
            if let Some(member) = self.members.get_mut(&peer) {
                member.next_dial = None;
                // Without an address it waits for an announcement.
                if !addresses.is_empty() {
                    member.last_dial = Some(now);
                    dials.push((peer, addresses));
                }
            }
        }
        dials
    }

    /// Members' announcements push out those of others, never the other way round.
    fn make_room(&mut self, for_member: bool) -> bool {
        let strangers = self
            .hints
            .iter()
            .find(|(_, hint)| !self.members.contains_key(&hint.peer));
        match strangers.map(|(name, _)| name.clone()) {
            Some(name) if for_member => self.hints.remove(&name).is_some(),
            _ => false,
        }
    }
}

fn first_eight(key: &PeerKey) -> [u8; 8] {
    let mut first = [0; 8];
    first.copy_from_slice(&key[..8]);
    first
}

#[cfg(test)]
mod tests;

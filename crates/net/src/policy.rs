//! The rules about who may connect and how often, with no socket and no clock in them.

use std::{
    cmp::Ordering,
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rota_model::limits::{
    MEMBER_ADDRESS_MAX_CONNECTIONS, MEMBER_PER_ADDRESS_MAX_CONNECTIONS,
    UNAUTHENTICATED_MAX_CONNECTIONS, UNAUTHENTICATED_PER_ADDRESS_MAX_CONNECTIONS,
};

use crate::{config::Timings, identity::PeerKey};

/// Who dialled a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialler {
    Me,
    Peer,
}

/// Which of two connections with one computer stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stays {
    Old,
    New,
}

/// Two dials that cross are both complete within this time; a later one means that its dialler lost the first
/// connection, whatever this end still thinks of it.
const CROSSING: Duration = Duration::from_secs(5);

/// Decides between two connections with one computer so that both ends decide alike.
pub(crate) fn which_stays(
    me: &PeerKey,
    peer: &PeerKey,
    old: Dialler,
    old_age: Duration,
    new: Dialler,
) -> Stays {
    if old == new || old_age > CROSSING {
        return Stays::New;
    }
    let smaller = if me < peer {
        Dialler::Me
    } else {
        Dialler::Peer
    };
    if new == smaller {
        Stays::New
    } else {
        Stays::Old
    }
}

/// How long to leave the first dial to the other end: two computers that see each other at the same time would
/// else always dial both.
pub(crate) fn head_start(me: &PeerKey, peer: &PeerKey) -> Duration {
    match me.cmp(peer) {
        Ordering::Less => Duration::ZERO,
        _ => Duration::from_millis(300),
    }
}

/// Waits between tries to dial one computer: doubling, bounded, and spread so that many computers do not dial in step.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Backoff {
    failures: u32,
}

impl Backoff {
    /// Notes a failure and says how long to wait. `near` says that the computer was announced or connected lately;
    /// `spread` is any number that differs between computers.
    pub(crate) fn failed(&mut self, timings: &Timings, near: bool, spread: u64) -> Duration {
        let ceiling = if near {
            timings.backoff_near
        } else {
            timings.backoff_far
        };
        let doubled = timings
            .backoff_first
            .saturating_mul(1 << self.failures.min(16));
        self.failures = self.failures.saturating_add(1);
        let mut hasher = DefaultHasher::new();
        (spread, self.failures).hash(&mut hasher);
        // From three quarters of the wait to the whole.
        let share = 0.75 + 0.25 * f64::from(hasher.finish() as u32) / f64::from(u32::MAX);
        doubled.min(ceiling).mul_f64(share)
    }
}

/// Counts inbound connections whose other end is no proved member, and says which more may come in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gate {
    open: Arc<Mutex<Open>>,
}

#[derive(Debug, Default)]
struct Open {
    strangers: HashMap<IpAddr, usize>,
    from_member_addresses: HashMap<IpAddr, usize>,
}

/// A place in the [`Gate`], given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Pass {
    gate: Gate,
    ip: IpAddr,
    from_member_address: bool,
}

impl Gate {
    /// A place for a connection from `ip`, if there is one. Addresses that members are known to have draw on places of
    /// their own: strangers who keep all of theirs busy do not keep members out.
    pub(crate) fn admit(&self, ip: IpAddr, from_member_address: bool) -> Option<Pass> {
        let (all_max, each_max) = if from_member_address {
            (
                MEMBER_ADDRESS_MAX_CONNECTIONS,
                MEMBER_PER_ADDRESS_MAX_CONNECTIONS,
            )
        } else {
            (
                UNAUTHENTICATED_MAX_CONNECTIONS,
                UNAUTHENTICATED_PER_ADDRESS_MAX_CONNECTIONS,
            )
        };
        let ip = if from_member_address {
            ip
        } else {
            one_host(ip)
        };
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let places = open.places(from_member_address);
        if places.values().sum::<usize>() >= all_max
            || places.get(&ip).is_some_and(|count| *count >= each_max)
        {
            return None;
        }
        *places.entry(ip).or_default() += 1;
        drop(open);
        Some(Pass {
            gate: self.clone(),
            ip,
            from_member_address,
        })
    }

    #[cfg(test)]
    fn open_count(&self) -> usize {
        let open = self.open.lock().unwrap();
        open.strangers
            .values()
            .chain(open.from_member_addresses.values())
            .sum()
    }
}

impl Open {
    fn places(&mut self, from_member_address: bool) -> &mut HashMap<IpAddr, usize> {
        if from_member_address {
            &mut self.from_member_addresses
        } else {
            &mut self.strangers
        }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let mut open = self
            .gate
            .open
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let places = open.places(self.from_member_address);
        if let Some(count) = places.get_mut(&self.ip) {
            *count -= 1;
            if *count == 0 {
                places.remove(&self.ip);
            }
        }
    }
}

/// A stranger can take any address of its IPv6 network, so the network counts as one address.
fn one_host(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V6(v6) if !v6.is_unicast_link_local() => {
            IpAddr::V6((u128::from(v6) & (u128::MAX << 64)).into())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: PeerKey = [1; 32];
    const LARGE: PeerKey = [2; 32];
    const NOW: Duration = Duration::ZERO;

    #[test]
    fn of_two_crossing_dials_both_ends_keep_the_one_of_the_smaller_id() {
        // Small dialled first: its connection is the old one on both ends, and the other way round.
        assert_eq!(
            which_stays(&SMALL, &LARGE, Dialler::Me, NOW, Dialler::Peer),
            Stays::Old
        );
        assert_eq!(
            which_stays(&LARGE, &SMALL, Dialler::Peer, NOW, Dialler::Me),
            Stays::Old
        );
        assert_eq!(
            which_stays(&SMALL, &LARGE, Dialler::Peer, NOW, Dialler::Me),
            Stays::New
        );
        assert_eq!(
            which_stays(&LARGE, &SMALL, Dialler::Me, NOW, Dialler::Peer),
            Stays::New
        );
    }

    #[test]
    fn who_dials_again_has_lost_the_first_connection() {
        assert_eq!(
            which_stays(&LARGE, &SMALL, Dialler::Peer, NOW, Dialler::Peer),
            Stays::New
        );
        assert_eq!(
            which_stays(&SMALL, &LARGE, Dialler::Me, CROSSING * 2, Dialler::Peer),
            Stays::New
        );
    }

    #[test]
    fn exactly_one_end_gets_a_head_start() {
        assert_eq!(head_start(&SMALL, &LARGE), Duration::ZERO);
        assert!(head_start(&LARGE, &SMALL) > Duration::ZERO);
    }

    #[test]
    fn waits_double_up_to_the_ceiling_and_start_again() {
        let timings = Timings::default();
        for near in [true, false] {
            let ceiling = if near {
                timings.backoff_near
            } else {
                timings.backoff_far
            };
            let mut backoff = Backoff::default();
            let waits: Vec<Duration> = (0..40).map(|_| backoff.failed(&timings, near, 9)).collect();
            assert!(
                waits[0] <= timings.backoff_first
                    && waits[0] >= timings.backoff_first.mul_f64(0.75)
            );
            for (nth, wait) in waits.iter().enumerate() {
                let whole = timings
                    .backoff_first
                    .saturating_mul(1 << nth.min(16))
                    .min(ceiling);
                assert!(
                    *wait <= whole && *wait >= whole.mul_f64(0.749),
                    "{nth}: {wait:?} of {whole:?}"
                );
            }
        }
    }

    #[test]
    fn waits_of_two_computers_differ() {
        let timings = Timings::default();
        let wait = |spread| Backoff::default().failed(&timings, true, spread);
        assert_ne!(wait(1), wait(2));
    }

    #[test]
    fn strangers_get_eight_places_and_two_an_address() {
        let gate = Gate::default();
        let mut passes = Vec::new();
        for host in 1..=100u8 {
            for _ in 0..3 {
                passes.extend(gate.admit([10, 0, 0, host].into(), false));
            }
        }
        assert_eq!(passes.len(), UNAUTHENTICATED_MAX_CONNECTIONS);
        assert_eq!(
            passes
                .iter()
                .filter(|pass| pass.ip == IpAddr::from([10, 0, 0, 1]))
                .count(),
            2
        );
        assert!(
            gate.admit([10, 0, 0, 200].into(), true).is_some(),
            "a member's address has a place of its own"
        );
        drop(passes);
        assert_eq!(gate.open_count(), 0);
        assert!(gate.admit([10, 0, 0, 1].into(), false).is_some());
    }

    #[test]
    fn one_ipv6_network_counts_as_one_address() {
        let gate = Gate::default();
        let addresses =
            ["2001:db8::1", "2001:db8::2", "2001:db8::3"].map(|text| text.parse().unwrap());
        let passes: Vec<Pass> = addresses
            .iter()
            .filter_map(|ip| gate.admit(*ip, false))
            .collect();
        assert_eq!(passes.len(), 2);
    }
}

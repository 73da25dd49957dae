//! What other computers told to have: asked for while they are connected, and kept for when they are away.

use std::collections::{BTreeMap, BTreeSet};

use rota_model::id::{AuthorKey, SpaceId};
use rota_model::stamp::Time;
use rota_store::{Act, HeardOf, Store, StoreError};
use rota_sync::{Coordinator, Millis};

/// How long a change waits at most for being kept. What is not kept is told again at the next connection.
const KEEP_MS: u64 = 60_000;

/// When each connected computer told what it has, and what of it is not kept yet.
#[derive(Debug, Default)]
pub(super) struct Heard {
    seen: BTreeMap<(AuthorKey, SpaceId), Seen>,
    unkept: BTreeSet<(AuthorKey, SpaceId)>,
    kept_at: Millis,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    changes: u64,
    at_ms: u64,
}

impl Heard {
    /// Notes what was told since it was last looked at. Those who told something are named.
    pub(super) fn look(&mut self, coordinator: &Coordinator, wall_ms: u64) -> BTreeSet<AuthorKey> {
        let mut told = BTreeSet::new();
        let mut now = BTreeMap::new();
        for (peer, space, changes) in coordinator.told() {
            let before = self.seen.get(&(peer, space));
            let seen = match before {
                Some(seen) if seen.changes == changes => *seen,
                _ => {
                    self.unkept.insert((peer, space));
                    told.insert(peer);
                    Seen {
                        changes,
                        at_ms: wall_ms,
                    }
                }
            };
            now.insert((peer, space), seen);
        }
        self.seen = now;
        told
    }

    /// What the connected computers have of a space.
    pub(super) fn of(&self, coordinator: &Coordinator, space: &SpaceId) -> Vec<HeardOf> {
        self.seen
            .iter()
            .filter(|((_, in_space), _)| in_space == space)
            .filter_map(|((peer, _), seen)| {
                Some(HeardOf {
                    computer: *peer,
                    frontier: coordinator.heads_of(peer, space)?,
                    at_ms: seen.at_ms,
                })
            })
            .collect()
    }

    /// What is to be kept by now: what has waited long enough, or of one computer all.
    pub(super) fn take_unkept(
        &mut self,
        coordinator: &Coordinator,
        now: Millis,
        whose: Whose,
    ) -> Vec<(SpaceId, HeardOf)> {
        match whose {
            Whose::Due if now.since(self.kept_at) < KEEP_MS => return Vec::new(),
            Whose::Due | Whose::Everyones => self.kept_at = now,
            Whose::Of(_) => {}
        }
        let (keep, later) = std::mem::take(&mut self.unkept)
            .into_iter()
            .partition(|(peer, _)| !matches!(whose, Whose::Of(one) if one != *peer));
        self.unkept = later;
        let keep: BTreeSet<(AuthorKey, SpaceId)> = keep;
        keep.into_iter()
            .filter_map(|(peer, space)| {
                let heard = HeardOf {
                    computer: peer,
                    frontier: coordinator.heads_of(&peer, &space)?,
                    at_ms: self.seen.get(&(peer, space))?.at_ms,
                };
                Some((space, heard))
            })
            .collect()
    }
}

/// Of whom to keep what was told.
#[derive(Clone, Copy, Debug)]
pub(super) enum Whose {
    /// Of all, once a minute.
    Due,
    /// Of one that goes.
    Of(AuthorKey),
    /// Of all, now.
    Everyones,
}

/// Keeps what was told.
pub(super) fn keep(store: &Store, heard: Vec<(SpaceId, HeardOf)>, now: Time) {
    let kept = store.act(Act::of_machine(now), move |tx| {
        heard
            .iter()
            .try_for_each(|(space, heard)| tx.set_heard(space, heard))
    });
    if let Err(error) = kept {
        let error: StoreError = error;
        tracing::warn!(%error, "what others have was not kept");
    }
}

//! What the task reads of the log, and what follows: how spaces stand, what of this computer's own was not told yet. What
//! cannot be read is read again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rota_model::id::{AuthorKey, SpaceId};
use rota_model::limits::READ_BUDGET_BYTES;
use rota_store::StoreError;
use rota_sync::{Audience, Input, Millis};

use super::{Asked, Done, Task, Unread};
use crate::engine::audience;
use crate::engine::jobs::{self, Told};
use crate::records;

/// Wait before what could not be read is read again.
const READ_AGAIN_MS: u64 = 2_000;

impl Task {
    /// Which spaces there are to be served, and which to be taken again.
    pub(super) fn read_spaces(&mut self) {
        let (store, me) = (self.with.store.clone(), self.me);
        self.job(move || {
            let read = store.read(|reader| {
                let served = audience::served_spaces(reader, &me)?;
                Ok((served, records::lost_spaces(reader)?))
            });
            vec![match read {
                Ok((served, lost)) => Done::Spaces(served, lost),
                Err(error) => Done::Unread(Unread::Spaces, error),
            }]
        });
    }

    pub(super) fn take_spaces(
        &mut self,
        served: Vec<SpaceId>,
        lost: BTreeMap<SpaceId, BTreeSet<AuthorKey>>,
    ) {
        for (space, from) in lost {
            self.taking.entry(space).or_default().extend(from);
        }
        let all: BTreeSet<SpaceId> = served
            .into_iter()
            .chain(self.taking.keys().copied())
            .collect();
        for space in all {
            self.refresh(space);
        }
        self.set_members();
    }

    /// Looks through the log of a space for ops that rotted on the disk; peers are asked for those.
    pub(super) fn look_for_damage(&self, space: SpaceId) {
        let store = self.with.store.clone();
        self.job(move || match store.read(|reader| reader.damaged(&space)) {
            Ok(chains) if chains.is_empty() => vec![Done::Nothing],
            Ok(chains) => vec![Done::Damaged(space, chains)],
            Err(error) => vec![Done::ReadFailed(error)],
        });
    }

    /// A space that was being taken is here.
    pub(super) fn found_again(&self, space: SpaceId) {
        let (store, now) = (self.with.store.clone(), self.with.clock.op_time());
        let members_changed = Arc::clone(&self.members_changed);
        self.job(move || {
            if let Err(error) = audience::found_again(&store, space, now) {
                tracing::warn!(%error, "a space that came back was not noted");
            }
            members_changed.notify_one();
            vec![Done::Nothing]
        });
    }

    /// Takes in how a space stands: served if this computer is or was in it, or is just taking it.
    pub(super) fn take_state(&mut self, standing: jobs::Standing) {
        let jobs::Standing {
            mut state,
            served,
            member,
        } = standing;
        let space = state.space;
        if member && self.taking.remove(&space).is_some() {
            self.found_again(space);
        }
        match self.taking.get(&space) {
            Some(from) => {
                state.audience = taken_from(from, &state.audience);
            }
            None if !served => {
                if self.told.remove(&space).is_some() {
                    self.input(Input::SpaceLeft(space));
                }
                return;
            }
            None => {}
        }
        let audience = state.audience.clone();
        if let std::collections::btree_map::Entry::Vacant(entry) = self.told.entry(space) {
            entry.insert(Told::of(&state, &self.me));
            self.input(Input::Space(state));
            self.look_for_damage(space);
        } else {
            // What stands in the state beyond what was told is told as commits are, in order.
            self.input(Input::Audience { space, audience });
            self.read_fresh(space);
        }
    }

    pub(super) fn take(&mut self, space: SpaceId, from: AuthorKey) {
        self.taking.entry(space).or_default().insert(from);
        self.refresh(space);
        self.set_members();
    }

    /// Notes that a state is taken in, unless one that was asked for later was.
    pub(super) fn is_latest(&mut self, space: SpaceId, asked: Asked) -> bool {
        let latest = self.taken_in.entry(space).or_default();
        let is_latest = *latest <= asked;
        *latest = asked.max(*latest);
        is_latest
    }

    pub(super) fn ask(&mut self) -> Asked {
        self.asked.0 += 1;
        self.asked
    }

    pub(super) fn refresh(&mut self, space: SpaceId) {
        let (store, asked) = (self.with.store.clone(), self.ask());
        self.job(move || vec![stood(space, jobs::state(&store, space), asked)]);
    }

    /// Reads the state anew for the coordinator, which asked for it.
    pub(super) fn reread(&mut self, space: SpaceId) {
        let (store, asked) = (self.with.store.clone(), self.ask());
        self.job(move || match jobs::state(&store, space) {
            Ok(standing) => vec![Done::Reread(asked, standing)],
            Err(error) => vec![Done::Unread(Unread::Reread(space), error)],
        });
    }

    pub(super) fn take_reread(&mut self, asked: Asked, standing: jobs::Standing) {
        let mut state = standing.state;
        if !self.is_latest(state.space, asked) {
            return self.reread(state.space);
        }
        if let Some(from) = self.taking.get(&state.space) {
            state.audience = taken_from(from, &state.audience);
        }
        self.input(Input::Space(state));
    }

    /// Tells own commits, one read of a space at a time so that they are told in order.
    pub(super) fn read_fresh(&mut self, space: SpaceId) {
        let Some(told) = self.told.get(&space).cloned() else {
            // Not served yet: founded just now, or left.
            return self.refresh(space);
        };
        if let Some(again) = self.reading_fresh.get_mut(&space) {
            *again = true;
            return;
        }
        self.reading_fresh.insert(space, false);
        let (store, me) = (self.with.store.clone(), self.me);
        self.job(
            move || match jobs::fresh(&store, space, me, &told, READ_BUDGET_BYTES) {
                Ok((fresh, more)) => vec![Done::Fresh(space, fresh, more)],
                Err(error) => vec![Done::Unread(Unread::Fresh(space), error)],
            },
        );
    }

    pub(super) fn tell_fresh(&mut self, space: SpaceId, fresh: jobs::Fresh, more: bool) {
        let again = self.reading_fresh.remove(&space).unwrap_or(false);
        if let Some(told) = self.told.get_mut(&space) {
            *told = fresh.told;
        }
        if !fresh.ops.is_empty() {
            self.input(Input::Committed {
                space,
                ops: fresh.ops,
                change: fresh.change,
            });
        }
        if more || again {
            self.read_fresh(space);
        }
    }

    /// What could not be read is read again later: nobody else would ask for it.
    pub(super) fn unread(&mut self, what: Unread, error: &StoreError) {
        self.health.store_failed(error);
        if let Unread::Fresh(space) = what {
            self.reading_fresh.remove(&space);
        }
        let now = Millis(self.with.clock.elapsed_ms());
        self.unread.insert(what, now);
    }

    pub(super) fn read_again(&mut self) {
        let now = Millis(self.with.clock.elapsed_ms());
        let is_due = |since: &Millis| now.since(*since) >= READ_AGAIN_MS;
        let due: Vec<Unread> = self
            .unread
            .iter()
            .filter(|(_, since)| is_due(since))
            .map(|(what, _)| *what)
            .collect();
        for what in due {
            self.unread.remove(&what);
            match what {
                Unread::Spaces => self.read_spaces(),
                Unread::State(space) => self.refresh(space),
                Unread::Reread(space) => self.reread(space),
                Unread::Fresh(space) => self.read_fresh(space),
                Unread::Members => self.set_members(),
            }
        }
    }

    pub(super) fn set_members(&self) {
        let known = self.with.known.clone();
        let (store, taking) = (
            self.with.store.clone(),
            self.taking.values().flatten().copied().collect::<Vec<_>>(),
        );
        let me = self.me;
        self.job(move || {
            audience::keep_known(&store, &me, &known);
            vec![match audience::members(&store, &me, &taking) {
                Ok(members) => Done::Members(members),
                Err(error) => Done::Unread(Unread::Members, error),
            }]
        });
    }
}

/// Of a space that is being taken: those whom it is taken from, told of what is here as far as they count in its log.
fn taken_from(from: &BTreeSet<AuthorKey>, logged: &Audience) -> Audience {
    Audience {
        members: from.intersection(&logged.members).copied().collect(),
        givers: from.clone(),
        removed: BTreeSet::new(),
    }
}

pub(super) fn stood(
    space: SpaceId,
    state: Result<jobs::Standing, StoreError>,
    asked: Asked,
) -> Done {
    match state {
        Ok(standing) => Done::State(asked, standing),
        Err(error) => Done::Unread(Unread::State(space), error),
    }
}

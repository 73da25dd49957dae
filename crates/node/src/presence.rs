//! What people look at and work on just now. Nothing of it is kept: it ends with the connection, and by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rota_model::id::{AuthorKey, EntityId, SpaceId};
use rota_model::limits::{ON_IT_MAX_MS, PRESENCE_MAX_TASKS, TYPING_SHOWN_MS};
use rota_sync::message::Presence as Told;
use rota_sync::{Doing, Millis};

/// A moment on both clocks: one that never goes back, and the wall's, which goes on while a computer sleeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) at: Millis,
    pub(crate) wall_ms: u64,
}

/// What somebody does in one space, as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) list: Option<EntityId>,
    pub(crate) task: Option<EntityId>,
    pub(crate) typing: bool,
    pub(crate) on_it: Vec<EntityId>,
    /// Since when, in Unix milliseconds.
    pub(crate) since_ms: u64,
}

/// A change of what is done at this computer; what is absent stays.
#[derive(Clone, Debug, Default)]
pub(crate) struct Change {
    pub(crate) list: Option<Option<(SpaceId, EntityId)>>,
    pub(crate) task: Option<Option<(SpaceId, EntityId)>>,
    pub(crate) typing: Option<bool>,
    /// A task to be on, or none at all.
    pub(crate) on_it: Option<Option<(SpaceId, EntityId)>>,
    pub(crate) off_it: Option<EntityId>,
}

/// What is done at this computer and at those connected with it.
#[derive(Debug, Default)]
pub(crate) struct Presences {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    list: Option<(SpaceId, EntityId)>,
    task: Option<(SpaceId, EntityId)>,
    since: Moment,
    typed: Option<Moment>,
    on_it: BTreeMap<EntityId, (SpaceId, Moment)>,
    others: BTreeMap<(AuthorKey, SpaceId), Heard>,
}

/// What was told, and when.
#[derive(Debug)]
struct Heard {
    told: Told,
    when: Moment,
    /// What of it was shown when it was last looked at.
    shown: Shown,
}

impl Presences {
    /// Notes what is done at this computer.
    pub(crate) fn set(&self, change: Change, now: Moment) {
        let mut state = self.lock();
        let before = (state.list, state.task);
        if let Some(list) = change.list {
            state.list = list;
        }
        if let Some(task) = change.task {
            state.task = task;
        }
        if before != (state.list, state.task) {
            state.since = now;
            state.typed = None;
        }
        if let Some(typing) = change.typing {
            state.typed = typing.then_some(now);
        }
        if let Some(task) = change.off_it {
            state.on_it.remove(&task);
        }
        match change.on_it {
            None => {}
            Some(None) => state.on_it.clear(),
            Some(Some((space, task))) => {
                state.on_it.insert(task, (space, now));
                state.forget_oldest();
            }
        }
    }

    /// What to tell the members of each space where anything is done here.
    pub(crate) fn doings(&self, now: Moment) -> BTreeMap<SpaceId, Doing> {
        let state = self.lock();
        state
            .own_spaces()
            .into_iter()
            .map(|space| (space, state.doing(space, now)))
            .filter(|(_, doing)| *doing != Doing::default())
            .collect()
    }

    /// Notes what was told of another computer; `None` when nothing is known of it any more.
    pub(crate) fn heard(&self, peer: AuthorKey, space: SpaceId, told: Option<Told>, now: Moment) {
        let mut state = self.lock();
        match told {
            None => {
                state.others.remove(&(peer, space));
            }
            Some(told) => {
                let mut heard = Heard {
                    told,
                    when: now,
                    shown: Shown::default(),
                };
                heard.shown = heard.shown_at(now);
                state.others.insert((peer, space), heard);
            }
        }
    }

    /// Forgets all others, and says whether there were any.
    pub(crate) fn forget_others(&self) -> bool {
        !std::mem::take(&mut self.lock().others).is_empty()
    }

    /// What is over by itself is forgotten; says of whom, if anything of theirs is.
    pub(crate) fn expire(&self, now: Moment) -> Expired {
        let mut state = self.lock();
        let before = state.on_it.len();
        state
            .on_it
            .retain(|_, (_, since)| !since.is_past(now, ON_IT_MAX_MS));
        let stopped = state
            .typed
            .is_some_and(|typed| typed.is_past(now, TYPING_SHOWN_MS));
        if stopped {
            state.typed = None;
        }
        let mut expired = Expired {
            own: stopped || state.on_it.len() < before,
            others: BTreeSet::new(),
        };
        for ((peer, _), heard) in &mut state.others {
            let shown = heard.shown_at(now);
            if shown != heard.shown {
                heard.shown = shown;
                expired.others.insert(*peer);
            }
        }
        expired
    }

    /// What is done by whom in which space; this computer's key stands for itself.
    pub(crate) fn shown(&self, me: AuthorKey, now: Moment) -> Vec<(AuthorKey, SpaceId, Shown)> {
        let state = self.lock();
        let own = state
            .own_spaces()
            .into_iter()
            .map(|space| (me, space, state.own_shown(space, now)));
        let others = state
            .others
            .iter()
            .map(|((peer, space), heard)| (*peer, *space, heard.shown_at(now)));
        own.chain(others)
            .filter(|(.., shown)| {
                shown.list.is_some() || shown.task.is_some() || !shown.on_it.is_empty()
            })
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A holder only moves values, so what a panic left behind is whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whose presence changed because time has passed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Expired {
    pub(crate) own: bool,
    pub(crate) others: BTreeSet<AuthorKey>,
}

impl Moment {
    /// Whether so much time has passed by either clock. A wall clock that was set back alone tells nothing.
    fn is_past(self, now: Self, ms: u64) -> bool {
        now.at.since(self.at) >= ms || now.wall_ms.saturating_sub(self.wall_ms) >= ms
    }
}

impl State {
    fn own_spaces(&self) -> BTreeSet<SpaceId> {
        let open = self.list.iter().chain(&self.task).map(|(space, _)| *space);
        open.chain(self.on_it.values().map(|(space, _)| *space))
            .collect()
    }

    fn open_in(&self, space: SpaceId) -> (Option<EntityId>, Option<EntityId>) {
        let of = |open: Option<(SpaceId, EntityId)>| {
            open.filter(|(in_space, _)| *in_space == space)
                .map(|(_, id)| id)
        };
        (of(self.list), of(self.task))
    }

    fn is_typing(&self, now: Moment) -> bool {
        self.typed
            .is_some_and(|typed| !typed.is_past(now, TYPING_SHOWN_MS))
    }

    fn on_it_in(&self, space: SpaceId, now: Moment) -> impl Iterator<Item = (EntityId, Moment)> {
        self.on_it
            .iter()
            .filter(move |(_, (in_space, since))| {
                *in_space == space && !since.is_past(now, ON_IT_MAX_MS)
            })
            .map(|(task, (_, since))| (*task, *since))
    }

    fn doing(&self, space: SpaceId, now: Moment) -> Doing {
        let (list, task) = self.open_in(space);
        let is_open = list.is_some() || task.is_some();
        let typed = self.typed.filter(|_| task.is_some() && self.is_typing(now));
        Doing {
            list,
            task,
            since: if is_open { self.since.at } else { Millis(0) },
            typed: typed.map(|typed| typed.at),
            on_it: self
                .on_it_in(space, now)
                .map(|(task, since)| (task, since.at))
                .collect(),
        }
    }

    fn own_shown(&self, space: SpaceId, now: Moment) -> Shown {
        let (list, task) = self.open_in(space);
        let on_it: Vec<_> = self.on_it_in(space, now).collect();
        let since = if list.is_some() || task.is_some() {
            Some(self.since.wall_ms)
        } else {
            on_it.iter().map(|(_, since)| since.wall_ms).min()
        };
        Shown {
            list,
            task,
            typing: task.is_some() && self.is_typing(now),
            on_it: on_it.into_iter().map(|(task, _)| task).collect(),
            since_ms: since.unwrap_or(now.wall_ms),
        }
    }

    /// Nobody is on more tasks than can be told.
    fn forget_oldest(&mut self) {
        while self.on_it.len() > PRESENCE_MAX_TASKS {
            let oldest = self.on_it.iter().min_by_key(|(_, (_, since))| since.at);
            let Some((oldest, _)) = oldest.map(|(task, since)| (*task, *since)) else {
                return;
            };
            self.on_it.remove(&oldest);
        }
    }
}

impl Heard {
    fn shown_at(&self, now: Moment) -> Shown {
        let told = &self.told;
        let passed = now.at.since(self.when.at);
        let is_open = told.list.is_some() || told.task.is_some();
        let lasting = told
            .on_it
            .iter()
            .filter(|(_, said_ms)| said_ms.saturating_add(passed) < ON_IT_MAX_MS);
        let longest = lasting.clone().map(|(_, said_ms)| *said_ms).max();
        let age = if is_open {
            told.open_ms
        } else {
            longest.unwrap_or(0)
        };
        Shown {
            list: told.list,
            task: told.task,
            typing: told.typing && told.task.is_some() && passed < TYPING_SHOWN_MS,
            on_it: lasting.map(|(task, _)| *task).collect(),
            since_ms: self.when.wall_ms.saturating_sub(age),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: SpaceId = SpaceId([1; 32]);
    const WORK: SpaceId = SpaceId([2; 32]);
    const ME: AuthorKey = AuthorKey([1; 32]);
    const MIA: AuthorKey = AuthorKey([2; 32]);

    fn task(n: u8) -> EntityId {
        EntityId([n; 16])
    }

    fn at(ms: u64) -> Moment {
        Moment {
            at: Millis(ms),
            wall_ms: 1_790_000_000_000 + ms,
        }
    }

    fn on(space: SpaceId, n: u8) -> Change {
        Change {
            on_it: Some(Some((space, task(n)))),
            ..Change::default()
        }
    }

    #[test]
    fn each_space_is_told_what_is_its_own() {
        let presences = Presences::default();
        let open = Change {
            list: Some(Some((HOME, task(1)))),
            task: Some(Some((WORK, task(2)))),
            typing: Some(true),
            ..Change::default()
        };
        presences.set(open, at(10));
        presences.set(on(HOME, 3), at(20));
        let doings = presences.doings(at(30));
        let home = &doings[&HOME];
        assert_eq!(
            (home.list, home.task, home.typed),
            (Some(task(1)), None, None)
        );
        assert_eq!(home.on_it, [(task(3), Millis(20))]);
        let work = &doings[&WORK];
        assert_eq!((work.list, work.task), (None, Some(task(2))));
        assert_eq!((work.typed, work.since), (Some(Millis(10)), Millis(10)));
        assert!(work.on_it.is_empty());
    }

    #[test]
    fn typing_ends_after_five_seconds_and_a_lease_after_four_hours() {
        let presences = Presences::default();
        let told = Told {
            task: Some(task(1)),
            typing: true,
            on_it: vec![(task(2), ON_IT_MAX_MS - 10_000)],
            ..Told::default()
        };
        presences.heard(MIA, HOME, Some(told), at(0));
        assert_eq!(presences.expire(at(4_999)), Expired::default());
        let others = BTreeSet::from([MIA]);
        let gone = Expired { own: false, others };
        assert_eq!(presences.expire(at(5_000)), gone);
        assert_eq!(presences.expire(at(9_999)), Expired::default());
        let (_, _, shown) = presences.shown(ME, at(9_999)).remove(0);
        assert_eq!((shown.typing, shown.on_it), (false, vec![task(2)]));
        assert_eq!(presences.expire(at(10_000)), gone);
        assert!(presences.shown(ME, at(10_000))[0].2.on_it.is_empty());
    }

    #[test]
    fn a_lease_ends_while_its_computer_sleeps() {
        let presences = Presences::default();
        presences.set(on(HOME, 1), at(0));
        let awake_again = Moment {
            at: Millis(1_000),
            wall_ms: at(ON_IT_MAX_MS).wall_ms,
        };
        assert!(presences.expire(awake_again).own);
        assert!(presences.doings(awake_again).is_empty());
        assert!(presences.shown(ME, awake_again).is_empty());
    }

    #[test]
    fn two_on_one_task_are_both_shown_and_one_who_is_gone_is_not() {
        let presences = Presences::default();
        presences.set(on(HOME, 1), at(0));
        let told = Told {
            on_it: vec![(task(1), 7)],
            ..Told::default()
        };
        presences.heard(MIA, HOME, Some(told), at(5));
        let who: Vec<_> = presences
            .shown(ME, at(6))
            .into_iter()
            .map(|s| s.0)
            .collect();
        assert_eq!(who, [ME, MIA]);
        presences.heard(MIA, HOME, None, at(7));
        assert_eq!(presences.shown(ME, at(8)).len(), 1);
    }

    #[test]
    fn nobody_is_on_more_tasks_than_can_be_told() {
        let presences = Presences::default();
        for n in 0..=PRESENCE_MAX_TASKS as u8 {
            presences.set(on(HOME, n), at(u64::from(n)));
        }
        let doing = presences.doings(at(100)).remove(&HOME).unwrap();
        assert_eq!(doing.on_it.len(), PRESENCE_MAX_TASKS);
        assert!(
            doing.on_it.iter().all(|(id, _)| *id != task(0)),
            "the oldest goes"
        );
    }
}

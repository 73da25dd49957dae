//! What a commit changed, told to whoever listens, with a bound on what waits.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use rota_model::id::{EntityId, SpaceId};

/// The ids that a commit changed, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Tasks.
    pub tasks: BTreeSet<EntityId>,
    /// Lists.
    pub lists: BTreeSet<EntityId>,
    /// Spaces of which the name or the members changed, or that are new.
    pub spaces: BTreeSet<SpaceId>,
    /// Persons and computers of which the name changed.
    pub names: BTreeSet<EntityId>,
    /// Spaces that got ops, whatever these mean.
    pub frontiers: BTreeSet<SpaceId>,
    /// Whether standing conditions changed.
    pub conditions: bool,
}

impl Changed {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Takes another's ids in.
    pub fn extend(&mut self, other: &Self) {
        self.tasks.extend(&other.tasks);
        self.lists.extend(&other.lists);
        self.spaces.extend(&other.spaces);
        self.names.extend(&other.names);
        self.frontiers.extend(&other.frontiers);
        self.conditions |= other.conditions;
    }
}

/// One commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Number of the last op that it stored. Never falls.
    pub seq: u64,
    /// What it changed.
    pub changed: Changed,
}

/// What a listener gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A commit.
    Event(Arc<Event>),
    /// Commits were missed, because the listener was slow: read everything again.
    Lagged,
    /// The store was closed.
    Closed,
}

/// A listener. What it does not take in time is dropped and told as [`Heard::Lagged`].
#[derive(Debug)]
pub struct Events {
    inbox: Arc<Inbox>,
}

#[derive(Debug, Default)]
struct Inbox {
    state: Mutex<InboxState>,
    ready: Condvar,
}

#[derive(Debug, Default)]
struct InboxState {
    waiting: VecDeque<Arc<Event>>,
    lagged: bool,
    closed: bool,
    deaf: bool,
    waker: Option<Waker>,
}

/// Most events that wait for one listener.
const WAITING_MAX_COUNT: usize = 1024;

#[derive(Clone, Debug, Default)]
pub(crate) struct Broadcast {
    inboxes: Arc<Mutex<Vec<Arc<Inbox>>>>,
}

impl Broadcast {
    pub(crate) fn listen(&self) -> Events {
        let inbox = Arc::new(Inbox::default());
        lock(&self.inboxes).push(Arc::clone(&inbox));
        Events { inbox }
    }

    pub(crate) fn tell(&self, event: Event) {
        let event = Arc::new(event);
        self.each(|state| {
            if state.waiting.len() >= WAITING_MAX_COUNT {
                state.waiting.clear();
                state.lagged = true;
            } else {
                state.waiting.push_back(Arc::clone(&event));
            }
        });
    }

    pub(crate) fn close(&self) {
        self.each(|state| state.closed = true);
    }

    fn each(&self, mut act: impl FnMut(&mut InboxState)) {
        lock(&self.inboxes).retain(|inbox| {
            let mut state = lock(&inbox.state);
            if state.deaf {
                return false;
            }
            act(&mut state);
            let waker = state.waker.take();
            drop(state);
            inbox.ready.notify_all();
            if let Some(waker) = waker {
                waker.wake();
            }
            true
        });
    }
}

impl Events {
    /// The next event, for a task of any executor.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Heard> {
        let mut state = lock(&self.inbox.state);
        if let Some(heard) = state.take() {
            return Poll::Ready(heard);
        }
        state.waker = Some(context.waker().clone());
        Poll::Pending
    }

    /// The next event.
    pub async fn next(&mut self) -> Heard {
        std::future::poll_fn(|context| self.poll_next(context)).await
    }

    /// The next event, for which the thread waits at most so long.
    pub fn next_within(&mut self, time: Duration) -> Option<Heard> {
        let state = lock(&self.inbox.state);
        let (mut state, _) = self
            .inbox
            .ready
            .wait_timeout_while(state, time, |state| {
                state.waiting.is_empty() && !state.lagged && !state.closed
            })
            .unwrap_or_else(PoisonError::into_inner);
        state.take()
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        lock(&self.inbox.state).deaf = true;
    }
}

impl InboxState {
    fn take(&mut self) -> Option<Heard> {
        if std::mem::take(&mut self.lagged) {
            return Some(Heard::Lagged);
        }
        match self.waiting.pop_front() {
            Some(event) => Some(Heard::Event(event)),
            None if self.closed => Some(Heard::Closed),
            None => None,
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(seq: u64) -> Event {
        Event {
            seq,
            changed: Changed::default(),
        }
    }

    #[test]
    fn a_listener_hears_in_order_and_then_the_end() {
        let broadcast = Broadcast::default();
        let mut events = broadcast.listen();
        broadcast.tell(event(1));
        broadcast.tell(event(2));
        broadcast.close();
        let heard: Vec<_> = std::iter::from_fn(|| events.next_within(Duration::ZERO))
            .take(3)
            .collect();
        assert_eq!(
            heard,
            [
                Heard::Event(Arc::new(event(1))),
                Heard::Event(Arc::new(event(2))),
                Heard::Closed
            ]
        );
    }

    #[test]
    fn a_slow_listener_is_told_that_it_missed_something() {
        let broadcast = Broadcast::default();
        let mut events = broadcast.listen();
        for seq in 0..=WAITING_MAX_COUNT as u64 {
            broadcast.tell(event(seq));
        }
        assert_eq!(events.next_within(Duration::ZERO), Some(Heard::Lagged));
        assert_eq!(events.next_within(Duration::ZERO), None);
    }
}

//! What somebody does at this computer, told to the members of the space, and what they tell of themselves. It is
//! sent a second apart at most, and only to who counts: a peer that does not know the message passes over it.

use rota_model::{
    id::{AuthorKey, SpaceId},
    limits::{PRESENCE_MAX_TASKS, TYPING_SHOWN_MS},
};

use super::{
    Coordinator,
    timing::{PRESENCE_HEARD_MS, PRESENCE_TOLD_MS},
};
use crate::{
    input::{Doing, Millis},
    message::{Message, Presence},
    output::Output,
    session::Shared,
};

impl Coordinator {
    pub(super) fn set_doing(&mut self, space: SpaceId, doing: Doing) {
        if doing == Doing::default() {
            self.doing.remove(&space);
        } else {
            self.doing.insert(space, doing);
        }
        for peer in self.peers_in(space) {
            self.presence_wanted(peer, space);
        }
    }

    /// A peer may have to be told.
    pub(super) fn presence_wanted(&mut self, peer: AuthorKey, space: SpaceId) {
        self.presence_due.insert((peer, space));
    }

    pub(super) fn on_presence(&mut self, peer: AuthorKey, space: SpaceId, presence: Presence) {
        if let Some(shared) = self.shared(peer, space) {
            shared.heard.waiting = Some(presence);
            self.presence_due.insert((peer, space));
        }
    }

    /// The space is common no more, or the peer is gone: whatever it did there is over as far as anybody knows.
    pub(super) fn end_presence(&mut self, peer: AuthorKey, space: SpaceId, shared: &Shared) {
        self.presence_due.remove(&(peer, space));
        if shared.heard.passed_on.is_some() {
            self.outputs.push_back(Output::Presence {
                peer,
                space,
                presence: None,
            });
        }
    }

    pub(super) fn tell_due_presence(&mut self) {
        let due: Vec<_> = self
            .presence_due
            .iter()
            .copied()
            .filter(|(peer, space)| {
                self.presence_at(*peer, *space)
                    .is_none_or(|at| at <= self.now.at)
            })
            .collect();
        for (peer, space) in due {
            self.pass_on_presence(peer, space);
            self.tell_doing(peer, space);
            if self.presence_at(peer, space).is_none() {
                self.presence_due.remove(&(peer, space));
            }
        }
    }

    /// When there is something to tell or to pass on; `None` if there is nothing.
    pub(super) fn presence_at(&self, peer: AuthorKey, space: SpaceId) -> Option<Millis> {
        let session = self.sessions.get(&peer)?;
        let shared = session.shared.get(&space)?;
        let heard = shared.heard.waiting.as_ref().map(|_| {
            let before = shared.heard.passed_on;
            before.map_or(self.now.at, |at| at.after(PRESENCE_HEARD_MS))
        });
        let telling = self.is_to_be_told(shared, space).then(|| {
            let before = shared.doing_told.as_ref();
            before.map_or(self.now.at, |(_, at)| at.after(PRESENCE_TOLD_MS))
        });
        heard.into_iter().chain(telling).min()
    }

    fn is_to_be_told(&self, shared: &Shared, space: SpaceId) -> bool {
        // That nobody does anything need not be said before anything else was.
        let nothing = Doing::default();
        let told = shared.doing_told.as_ref().map(|(doing, _)| doing);
        let doing = self.doing.get(&space).unwrap_or(&nothing);
        shared.is_mutual() && !shared.giver && told.unwrap_or(&nothing) != doing
    }

    fn pass_on_presence(&mut self, peer: AuthorKey, space: SpaceId) {
        let now = self.now.at;
        let Some(shared) = self.shared(peer, space) else {
            return;
        };
        let waits = shared
            .heard
            .passed_on
            .is_some_and(|at| now < at.after(PRESENCE_HEARD_MS));
        if waits {
            return;
        }
        if let Some(presence) = shared.heard.waiting.take() {
            shared.heard.passed_on = Some(now);
            self.outputs.push_back(Output::Presence {
                peer,
                space,
                presence: Some(presence),
            });
        }
    }

    fn tell_doing(&mut self, peer: AuthorKey, space: SpaceId) {
        let now = self.now.at;
        let doing = self.doing.get(&space).cloned().unwrap_or_default();
        let Some(session) = self.sessions.get(&peer) else {
            return;
        };
        let is_wanted = session.open.is_some()
            && session.shared.get(&space).is_some_and(|shared| {
                let waits = shared
                    .doing_told
                    .as_ref()
                    .is_some_and(|(_, at)| now < at.after(PRESENCE_TOLD_MS));
                !waits && self.is_to_be_told(shared, space)
            });
        if !is_wanted {
            return;
        }
        let presence = presence_of(&doing, now);
        if let Some(shared) = self.shared(peer, space) {
            shared.doing_told = Some((doing, now));
        }
        self.send(peer, &Message::Presence { space, presence });
    }
}

fn presence_of(doing: &Doing, now: Millis) -> Presence {
    let is_open = doing.list.is_some() || doing.task.is_some();
    Presence {
        list: doing.list,
        task: doing.task,
        open_ms: if is_open { now.since(doing.since) } else { 0 },
        typing: doing
            .typed
            .is_some_and(|typed| now.since(typed) < TYPING_SHOWN_MS),
        on_it: doing
            .on_it
            .iter()
            .take(PRESENCE_MAX_TASKS)
            .map(|(task, since)| (*task, now.since(*since)))
            .collect(),
    }
}

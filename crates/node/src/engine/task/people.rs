//! What people do just now, and what other computers have.

use rota_api::WatchKind;
use rota_model::id::AuthorKey;
use rota_net::peer_id_text;
use rota_sync::{Input, Millis};

use super::Task;
use crate::engine::heard::{self, Whose};

impl Task {
    /// Tells the coordinator what is done here, and where nothing is any more.
    pub(super) fn set_doing(&mut self) {
        let mut doings = self.with.presences.doings(self.with.clock.moment());
        let before = std::mem::replace(&mut self.doing_in, doings.keys().copied().collect());
        for space in before.union(&self.doing_in.clone()) {
            let doing = doings.remove(space).unwrap_or_default();
            self.input(Input::Doing {
                space: *space,
                doing,
            });
        }
    }

    pub(super) fn expire_presence(&mut self) {
        let expired = self.with.presences.expire(self.with.clock.moment());
        if expired.own {
            self.set_doing();
        }
        let own = expired.own.then_some(self.me);
        let whose: Vec<AuthorKey> = own.into_iter().chain(expired.others).collect();
        if !whose.is_empty() {
            self.tell_presence(whose);
        }
    }

    pub(super) fn tell_presence(&self, whose: impl IntoIterator<Item = AuthorKey>) {
        let ids = whose.into_iter().map(|key| peer_id_text(&key.0)).collect();
        self.with.hub.tell(WatchKind::Presence, ids);
    }

    /// Who has got something is named: a receipt may have changed.
    pub(super) fn look_what_is_told(&mut self) {
        let told = self
            .heard
            .look(&self.coordinator, self.with.clock.wall_ms());
        if !told.is_empty() {
            self.tell_computers(told);
        }
    }

    pub(super) fn keep_heard(&mut self, whose: Whose) -> Option<tokio::task::JoinHandle<()>> {
        let now = Millis(self.with.clock.elapsed_ms());
        let heard = self.heard.take_unkept(&self.coordinator, now, whose);
        let (store, now) = (self.with.store.clone(), self.with.clock.op_time());
        (!heard.is_empty())
            .then(|| tokio::task::spawn_blocking(move || heard::keep(&store, heard, now)))
    }
}

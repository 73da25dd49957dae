//! Links: which members of a space each computer is connected with, so that what one sends to all need not be passed
//! on by all.

use std::collections::BTreeSet;

use rota_model::{
    id::{AuthorKey, SpaceId},
    limits::LINKS_MAX_COUNT,
};

use super::{Coordinator, timing::LINKS_DELAY_MS};
use crate::message::Message;

impl Coordinator {
    /// A connection came or went. A lost one is told at once: others rely on it for not passing things on.
    pub(super) fn links_changed(&mut self, id: SpaceId, lost: bool) {
        let due = self.now.at.after(if lost { 0 } else { LINKS_DELAY_MS });
        if let Some(space) = self.spaces.get_mut(&id) {
            space.links_due = Some(space.links_due.map_or(due, |earlier| earlier.min(due)));
        }
    }

    pub(super) fn send_due_links(&mut self, id: SpaceId) {
        let now = self.now.at;
        let Some(space) = self.spaces.get_mut(&id) else {
            return;
        };
        if space.links_due.is_none_or(|due| due > now) {
            return;
        }
        space.links_due = None;
        let linked: BTreeSet<AuthorKey> = self
            .sessions
            .iter()
            .filter(|(_, session)| session.open.is_some())
            .filter(|(_, session)| {
                session
                    .shared
                    .get(&id)
                    .is_some_and(|shared| shared.is_mutual() && !shared.giver)
            })
            .map(|(peer, _)| *peer)
            .take(LINKS_MAX_COUNT)
            .collect();
        for peer in &linked {
            let Some(shared) = self.shared(*peer, id) else {
                continue;
            };
            let members: BTreeSet<AuthorKey> = linked
                .iter()
                .filter(|other| *other != peer)
                .copied()
                .collect();
            if shared.links_told != members {
                shared.links_told.clone_from(&members);
                self.send(
                    *peer,
                    &Message::Links {
                        space: id,
                        members: members.into_iter().collect(),
                    },
                );
            }
        }
    }

    pub(super) fn on_links(&mut self, peer: AuthorKey, id: SpaceId, members: Vec<AuthorKey>) {
        let Some(shared) = self.shared(peer, id) else {
            return;
        };
        let before = std::mem::replace(&mut shared.links, members.into_iter().collect());
        let lost: Vec<AuthorKey> = before.difference(&shared.links).copied().collect();
        // What this computer left to the lost connection may never have got there: a comparison finds out.
        for member in lost {
            if self.shared(member, id).is_some() {
                self.announce(member, &[id]);
            }
        }
    }
}

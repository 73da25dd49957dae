//! What happens because time passes.

use rota_model::id::{AuthorKey, SpaceId};

use super::Coordinator;
use crate::{input::Millis, output::DropReason};

/// How long a peer may take to say Hello.
pub(super) const HELLO_MS: u64 = 10_000;
/// How often frontier hashes are announced.
pub(super) const ANNOUNCE_MS: u64 = 60_000;
/// How long a pull may stand still before another peer is asked.
pub(super) const STALL_MS: u64 = 15_000;
/// How long new links are collected before they are told.
pub(super) const LINKS_DELAY_MS: u64 = 1_000;
/// How often at most a peer is told what somebody here does in a space.
pub(super) const PRESENCE_TOLD_MS: u64 = 1_000;
/// How often at most it is passed on what somebody at a peer does in a space.
pub(super) const PRESENCE_HEARD_MS: u64 = 250;

impl Coordinator {
    /// When [`Input::Tick`](crate::Input::Tick) is due at the latest; `None` while nothing waits for time.
    #[must_use]
    pub fn next_wake(&self) -> Option<Millis> {
        let sessions = self.sessions.values().map(|session| match session.open {
            Some(_) => session.announce_at,
            None => session.since.after(HELLO_MS),
        });
        let spaces = self.spaces.values().flat_map(|space| {
            let stall = space
                .pulling
                .map(|pulling| pulling.progress_at.after(STALL_MS));
            stall.into_iter().chain(space.links_due)
        });
        let presence = self
            .presence_due
            .iter()
            .filter_map(|(peer, space)| self.presence_at(*peer, *space));
        sessions.chain(spaces).chain(presence).min()
    }

    pub(super) fn run_timers(&mut self) {
        let now = self.now.at;
        let silent: Vec<AuthorKey> = self
            .sessions
            .iter()
            .filter(|(_, session)| session.open.is_none() && now >= session.since.after(HELLO_MS))
            .map(|(peer, _)| *peer)
            .collect();
        for peer in silent {
            self.drop_peer(peer, DropReason::Silent);
        }
        let due: Vec<AuthorKey> = self
            .sessions
            .iter()
            .filter(|(_, session)| session.open.is_some() && now >= session.announce_at)
            .map(|(peer, _)| *peer)
            .collect();
        for peer in due {
            self.announce_all(peer);
        }
        let spaces: Vec<SpaceId> = self.spaces.keys().copied().collect();
        for space in spaces {
            self.check_stall(space);
            self.send_due_links(space);
        }
        self.tell_due_presence();
    }
}

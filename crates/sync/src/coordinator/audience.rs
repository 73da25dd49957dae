//! Which spaces are here, and to whom each may be named.

use rota_model::id::{AuthorKey, SpaceId};

use super::{Coordinator, space::Space};
use crate::{
    input::{Audience, SpaceState},
    message::Message,
    output::Output,
    session::Shared,
};

impl Coordinator {
    pub(super) fn set_space(&mut self, state: SpaceState) {
        let id = state.space;
        match self.spaces.get_mut(&id) {
            None => {
                self.spaces.insert(id, Space::new(state));
                self.apply_audience(id);
            }
            Some(space) => {
                let reread = std::mem::take(&mut space.rereading);
                if !space.replace(state) {
                    space.rereading = true;
                    self.outputs.push_back(Output::Reread { space: id });
                    return;
                }
                self.drop_landed(id);
                self.apply_audience(id);
                self.after_reread(id, reread);
                self.choose_pull(id);
            }
        }
    }

    pub(super) fn leave_space(&mut self, id: SpaceId) {
        if self.spaces.remove(&id).is_none() {
            return;
        }
        let gone: Vec<_> = self
            .sessions
            .iter_mut()
            .filter_map(|(peer, session)| Some((*peer, session.shared.remove(&id)?)))
            .collect();
        for (peer, shared) in gone {
            self.end_presence(peer, id, &shared);
        }
        self.reads.retain(|_, (_, space)| *space != id);
    }

    pub(super) fn set_audience(&mut self, id: SpaceId, audience: Audience) {
        if let Some(space) = self.spaces.get_mut(&id)
            && space.audience != audience
        {
            space.audience = audience;
            self.apply_audience(id);
        }
    }

    /// Names the space to those who count since now, and goes silent to those who do not any more.
    fn apply_audience(&mut self, id: SpaceId) {
        let Some(space) = self.spaces.get(&id) else {
            return;
        };
        let audience = space.audience.clone();
        let peers: Vec<AuthorKey> = self.sessions.keys().copied().collect();
        for peer in peers {
            let Some(session) = self.sessions.get_mut(&peer) else {
                continue;
            };
            let giver = audience.only_gives(&peer);
            match (audience.includes(&peer), session.shared.contains_key(&id)) {
                (true, false) => {
                    session.shared.insert(id, Shared::with(giver));
                    session.told_removed.remove(&id);
                    let heard = session.heard.remove(&id);
                    if session.open.is_some() {
                        self.announce(peer, &[id]);
                        if let Some(summary) = heard {
                            self.on_summary(peer, summary);
                        }
                    }
                }
                (false, true) => {
                    if let Some(shared) = session.shared.remove(&id) {
                        self.end_presence(peer, id, &shared);
                    }
                    self.reads.retain(|_, reader| *reader != (peer, id));
                    self.end_pull_from(peer, id);
                    self.end_refetch_from(peer, id);
                    self.links_changed(id, true);
                    self.tell_removed(peer);
                }
                (false, false) => self.tell_removed(peer),
                (true, true) => self.set_giver(peer, id, giver),
            }
        }
    }

    /// Who counts by now is told how the space stands here.
    fn set_giver(&mut self, peer: AuthorKey, id: SpaceId, giver: bool) {
        let Some(shared) = self
            .sessions
            .get_mut(&peer)
            .and_then(|session| session.shared.get_mut(&id))
        else {
            return;
        };
        if std::mem::replace(&mut shared.giver, giver) == giver {
            return;
        }
        shared.told = None;
        self.announce(peer, &[id]);
        self.links_changed(id, false);
        self.presence_wanted(peer, id);
    }

    /// Tells a peer of each space in which it counts no more; once a connection, and nothing else of the space.
    pub(super) fn tell_removed(&mut self, peer: AuthorKey) {
        let Some(session) = self
            .sessions
            .get_mut(&peer)
            .filter(|session| session.open.is_some())
        else {
            return;
        };
        let removed: Vec<SpaceId> = self
            .spaces
            .iter()
            .filter(|(_, space)| space.audience.removed.contains(&peer))
            .filter(|(_, space)| !space.audience.includes(&peer))
            .filter_map(|(id, _)| session.told_removed.insert(*id).then_some(*id))
            .collect();
        for space in removed {
            self.send(peer, &Message::Removed { space });
        }
    }
}

//! One computer's part in syncing: a session for each connected peer, and what has to be decided over all of them.

mod accept;
mod announce;
mod audience;
mod links;
mod presence;
mod pull;
mod push;
mod receive;
mod repair;
mod space;
mod timing;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rota_model::{
    frontier::Frontier,
    id::{AuthorKey, SpaceId},
    limits::{BYE_TEXT_MAX_BYTES, NAME_MAX_BYTES},
    op::Op,
};

use self::{accept::Accepting, space::Space};
use crate::{
    clock_check::{self, ClockVerdict},
    input::{AcceptId, Doing, Input, Millis, Now, ReadId},
    message::Message,
    output::{DropReason, Output},
    session::{Session, Shared},
    version::{SYNC_VERSIONS, VersionRange},
};

/// Who this computer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its key.
    pub key: AuthorKey,
    /// Its name.
    pub name: String,
    /// Random, drawn at this start.
    pub boot: u64,
    /// The number of the rules by which it merges and counts (`rota_model::digest::RULES`).
    pub rules: u32,
}

/// How far a peer and this computer are apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Ops that the peer lacks, about.
    pub to_send: u64,
    /// Ops that this computer lacks of the peer's, about.
    pub to_receive: u64,
    /// Whether in every common space all that the peer first announced is here.
    pub synced: bool,
}

/// The sync side of one computer. See the crate's documentation for how to drive it.
#[derive(Debug)]
pub struct Coordinator {
    me: Identity,
    versions: VersionRange,
    now: Now,
    spaces: BTreeMap<SpaceId, Space>,
    sessions: BTreeMap<AuthorKey, Session>,
    accepting: BTreeMap<AcceptId, Accepting>,
    reads: BTreeMap<ReadId, (AuthorKey, SpaceId)>,
    /// What somebody here does, in the spaces where anybody does anything.
    doing: BTreeMap<SpaceId, Doing>,
    /// Who is to be told so, or was heard and is to be passed on, once it is time.
    presence_due: BTreeSet<(AuthorKey, SpaceId)>,
    last_number: u64,
    outputs: VecDeque<Output>,
}

impl Coordinator {
    /// A computer that has no space and no peer yet.
    #[must_use]
    pub fn new(me: Identity) -> Self {
        Self::speaking(me, SYNC_VERSIONS)
    }

    /// A computer that speaks other versions of the protocol than this version of Rota does: for tests of how versions
    /// meet.
    #[must_use]
    pub fn speaking(mut me: Identity, versions: VersionRange) -> Self {
        // A longer one would be a broken rule to the others.
        me.name
            .truncate(me.name.floor_char_boundary(NAME_MAX_BYTES));
        Self {
            me,
            versions,
            now: Now {
                at: Millis(0),
                wall_ms: 0,
            },
            spaces: BTreeMap::new(),
            sessions: BTreeMap::new(),
            accepting: BTreeMap::new(),
            reads: BTreeMap::new(),
            doing: BTreeMap::new(),
            presence_due: BTreeSet::new(),
            last_number: 0,
            outputs: VecDeque::new(),
        }
    }

    /// Takes in what happened. Drain [`Coordinator::poll`] afterwards.
    pub fn handle(&mut self, now: Now, input: Input) {
        self.now = now;
        match input {
            Input::Space(state) => self.set_space(state),
            Input::SpaceLeft(space) => self.leave_space(space),
            Input::Audience { space, audience } => self.set_audience(space, audience),
            Input::Connected(peer) => self.connected(peer),
            Input::Disconnected(peer) => self.end_session(peer),
            Input::Frame { peer, bytes } => self.receive(peer, &bytes),
            Input::Committed { space, ops, change } => self.committed(space, &ops, &change),
            Input::Accepted { id, result } => self.accepted(id, &result),
            Input::AcceptFailed(id) => self.accept_failed(id),
            Input::OpsRead { id, ops, next } => self.ops_read(id, ops, next),
            Input::ReadFailed(id) => self.read_failed(id),
            Input::Checked {
                peer,
                space,
                missing,
            } => self.checked(peer, space, &missing),
            Input::Damaged { space, chains } => self.damaged(space, chains),
            Input::Doing { space, doing } => self.set_doing(space, doing),
            Input::Tick => {}
        }
        self.begin_refetches();
        self.run_timers();
    }

    /// The next thing to do; `None` when there is nothing until the next input.
    pub fn poll(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// How far a connected peer and this computer are apart; `None` before it said Hello.
    #[must_use]
    pub fn progress(&self, peer: &AuthorKey) -> Option<Progress> {
        let session = self.sessions.get(peer)?;
        session.open.as_ref()?;
        let mut progress = Progress {
            synced: true,
            ..Progress::default()
        };
        for (id, shared) in &session.shared {
            if let Some(space) = self.spaces.get(id) {
                space.add_progress(shared, &mut progress);
            }
        }
        Some(progress)
    }

    /// How often each connected peer showed to have something else of each space than before, by which a change of
    /// [`Coordinator::heads_of`] is seen.
    pub fn told(&self) -> impl Iterator<Item = (AuthorKey, SpaceId, u64)> + '_ {
        self.sessions.iter().flat_map(|(peer, session)| {
            let told = session.shared.iter();
            told.filter(|(_, shared)| shared.known.is_told())
                .map(|(space, shared)| (*peer, *space, shared.known.changes()))
        })
    }

    /// What a connected peer has durably of a space, by the heads that it told and the ops that it sent since; `None`
    /// if it did not tell any yet.
    #[must_use]
    pub fn heads_of(&self, peer: &AuthorKey, space: &SpaceId) -> Option<Frontier> {
        self.sessions.get(peer)?.shared.get(space)?.known.durable()
    }

    /// Which clock is wrong among this computer's and those of the connected peers.
    #[must_use]
    pub fn clocks(&self) -> ClockVerdict {
        let differences: Vec<_> = self
            .sessions
            .iter()
            .filter_map(|(peer, session)| Some((*peer, session.open.as_ref()?.clock_difference_ms)))
            .collect();
        clock_check::judge(&differences)
    }

    fn send(&mut self, peer: AuthorKey, message: &Message) {
        self.outputs.push_back(Output::Send {
            peer,
            frame: message.encode(),
        });
    }

    /// A number that this computer never used before in this run of it.
    fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    fn shared(&mut self, peer: AuthorKey, space: SpaceId) -> Option<&mut Shared> {
        let session = self.sessions.get_mut(&peer)?;
        session.open.as_ref()?;
        session.shared.get_mut(&space)
    }

    /// The peers that are open and with whom the space is common.
    fn peers_in(&self, space: SpaceId) -> Vec<AuthorKey> {
        self.sessions
            .iter()
            .filter(|(_, session)| session.open.is_some() && session.shared.contains_key(&space))
            .map(|(peer, _)| *peer)
            .collect()
    }

    fn drop_peer(&mut self, peer: AuthorKey, reason: DropReason) {
        if !self.sessions.contains_key(&peer) {
            return;
        }
        let (code, text) = (reason.code(), reason.to_string());
        if !matches!(reason, DropReason::Bye { .. }) {
            self.send(
                peer,
                &Message::Bye {
                    code,
                    text: text
                        .chars()
                        .filter(char::is_ascii)
                        .take(BYE_TEXT_MAX_BYTES)
                        .collect(),
                },
            );
        }
        self.outputs.push_back(Output::Drop { peer, reason });
        self.end_session(peer);
    }

    fn end_session(&mut self, peer: AuthorKey) {
        let Some(session) = self.sessions.remove(&peer) else {
            return;
        };
        self.reads.retain(|_, (reader, _)| *reader != peer);
        for (space, shared) in session.shared {
            self.end_presence(peer, space, &shared);
            self.end_pull_from(peer, space);
            self.end_refetch_from(peer, space);
            self.links_changed(space, true);
        }
    }

    /// Ops of this computer's own.
    fn committed(&mut self, space: SpaceId, ops: &[Op], change: &crate::input::Change) {
        let Some(known) = self.spaces.get_mut(&space) else {
            return;
        };
        known.apply(change);
        self.stored(space, ops.iter().map(|op| op.id));
        self.distribute(space, ops, change, None);
    }
}

//! The task that owns the coordinator: takes in what happened, does what follows.

mod outputs;
mod people;
mod reads;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rota_api::WatchKind;
use rota_model::digest::RULES;
use rota_model::id::{AuthorKey, Chain, SpaceId};
use rota_model::op::Op;
use rota_net::{JoinStream, NetEvent, NetHandle, peer_id_text};
use rota_store::StoreError;
use rota_sync::{AcceptId, Coordinator, Identity, Input, Millis, Now};
use tokio::sync::{mpsc, watch};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use super::health::Health;
use super::heard::{Heard, Whose};
use super::jobs::{self, Told};
use super::outbox::Outboxes;
use super::{Command, Peers, Surroundings, audience};

/// How often timers of the coordinator are looked at.
const TICK: Duration = Duration::from_millis(500);
/// Results of jobs that wait for the task; a job waits where there is no room.
const DONE_MAX_COUNT: usize = 64;

/// What a run of the task begins with.
pub(crate) struct Parts {
    pub(crate) with: Surroundings,
    pub(crate) net: NetHandle,
    pub(crate) events: mpsc::Receiver<NetEvent>,
    pub(crate) commands: mpsc::Receiver<Command>,
    pub(crate) peers: Arc<Peers>,
    pub(crate) listening: watch::Sender<Vec<SocketAddr>>,
    /// Who knocks to join.
    pub(crate) knocks: mpsc::Sender<JoinStream>,
    /// Told whenever who is in a space changed.
    pub(crate) members_changed: Arc<tokio::sync::Notify>,
    pub(crate) name: String,
    pub(crate) boot: u64,
}

/// What a job brings back.
enum Done {
    Input(Input),
    Stored(SpaceId, Box<rota_store::Accepted>, Input),
    StoreFailed(AcceptId, StoreError),
    Spaces(Vec<SpaceId>, BTreeMap<SpaceId, BTreeSet<AuthorKey>>),
    State(Asked, jobs::Standing),
    Reread(Asked, jobs::Standing),
    ReadFailed(StoreError),
    /// What a peer has was not compared with the log.
    CheckFailed(AuthorKey, StoreError),
    /// What was not read has to be read later.
    Unread(Unread, StoreError),
    Fresh(SpaceId, jobs::Fresh, bool),
    /// A computer of this person's own has a space that is not here.
    Own(SpaceId, AuthorKey),
    Damaged(SpaceId, Vec<(Chain, u64)>),
    Members(audience::Members),
    Nothing,
}

/// When a state was asked for. Reads end in any order: one that was asked for before another that was taken in already
/// may not know of the latest removal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Asked(u64);

/// What could not be read, and is read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unread {
    Spaces,
    State(SpaceId),
    Reread(SpaceId),
    Fresh(SpaceId),
    Members,
}

/// A batch on its way into the log.
struct Batch {
    id: AcceptId,
    space: SpaceId,
    ops: Vec<Op>,
    /// Whether they are to take the place of damaged ones.
    repair: bool,
}

struct Task {
    with: Surroundings,
    me: AuthorKey,
    net: NetHandle,
    peers: Arc<Peers>,
    listening: watch::Sender<Vec<SocketAddr>>,
    knocks: mpsc::Sender<JoinStream>,
    members_changed: Arc<tokio::sync::Notify>,
    coordinator: Coordinator,
    outboxes: Outboxes,
    accepts: BTreeMap<AuthorKey, mpsc::Sender<Batch>>,
    done: mpsc::Sender<Done>,
    /// Spaces that are served, and what of this computer's own ops in them was told.
    told: BTreeMap<SpaceId, Told>,
    /// Spaces of which own commits are being read, and whether there were more since.
    reading_fresh: BTreeMap<SpaceId, bool>,
    /// What could not be read, and since when.
    unread: BTreeMap<Unread, Millis>,
    /// The latest state that was asked for.
    asked: Asked,
    /// The latest state that was taken in, of each space.
    taken_in: BTreeMap<SpaceId, Asked>,
    /// Spaces that are being taken, from whom, until their log says that this computer is in.
    taking: BTreeMap<SpaceId, BTreeSet<AuthorKey>>,
    /// Spaces of which the coordinator knows that something is done here.
    doing_in: BTreeSet<SpaceId>,
    heard: Heard,
    health: Health,
}

/// Runs until it is told to stop or the network ends.
pub(crate) async fn run(parts: Parts, stop: CancellationToken) {
    let (done, mut finished) = mpsc::channel(DONE_MAX_COUNT);
    let (mut task, mut events, mut commands) = Task::new(parts, done);
    task.start();
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => break,
            Some(done) = finished.recv() => task.finish(done),
            Some(command) = commands.recv() => task.obey(command),
            event = events.recv() => match event {
                Some(event) => task.on_net(event),
                None => break,
            },
            _ = ticks.tick() => task.tick(),
        }
        task.drain();
    }
    task.look_what_is_told();
    if let Some(keeping) = task.keep_heard(Whose::Everyones) {
        // Shutting down waits for it; it fails where the disk does, and then it is told again.
        let _ = keeping.await;
    }
}

impl Task {
    fn new(
        parts: Parts,
        done: mpsc::Sender<Done>,
    ) -> (Self, mpsc::Receiver<NetEvent>, mpsc::Receiver<Command>) {
        let me = parts.with.store.me();
        let identity = Identity {
            key: me,
            name: parts.name,
            boot: parts.boot,
            rules: RULES,
        };
        let task = Self {
            health: Health::new(parts.with.clone(), Arc::clone(&parts.peers)),
            me,
            outboxes: Outboxes::new(parts.net.clone()),
            net: parts.net,
            peers: parts.peers,
            listening: parts.listening,
            knocks: parts.knocks,
            members_changed: parts.members_changed,
            coordinator: Coordinator::new(identity),
            accepts: BTreeMap::new(),
            done,
            told: BTreeMap::new(),
            reading_fresh: BTreeMap::new(),
            unread: BTreeMap::new(),
            asked: Asked::default(),
            taken_in: BTreeMap::new(),
            taking: BTreeMap::new(),
            doing_in: BTreeSet::new(),
            heard: Heard::default(),
            with: parts.with,
        };
        (task, parts.events, parts.commands)
    }

    fn start(&mut self) {
        self.set_doing();
        self.read_spaces();
    }

    /// Runs beside the task; what it gives comes back through [`Task::finish`], in order.
    fn job(&self, work: impl FnOnce() -> Vec<Done> + Send + 'static) {
        let done = self.done.clone();
        tokio::spawn(async move {
            let Ok(results) = tokio::task::spawn_blocking(work).await else {
                tracing::error!("a job of the network task panicked");
                return;
            };
            for result in results {
                if done.send(result).await.is_err() {
                    return;
                }
            }
        });
    }

    fn input(&mut self, input: Input) {
        let now = Now {
            at: Millis(self.with.clock.elapsed_ms()),
            wall_ms: self.with.clock.wall_ms(),
        };
        self.coordinator.handle(now, input);
    }

    fn obey(&mut self, command: Command) {
        match command {
            Command::Committed(space) => self.read_fresh(space),
            Command::Refresh(space) => self.refresh(space),
            Command::Take { space, from } => self.take(space, from),
            Command::Members => self.set_members(),
            Command::Compare(space) => self.reread(space),
            Command::Doing => self.set_doing(),
            Command::Heard { spaces, answer } => {
                self.look_what_is_told();
                let heard = spaces
                    .into_iter()
                    .map(|space| (space, self.heard.of(&self.coordinator, &space)))
                    .collect();
                // Who asked may have gone.
                let _ = answer.send(heard);
            }
        }
    }

    fn on_net(&mut self, event: NetEvent) {
        match event {
            NetEvent::Listening { addresses } => {
                self.listening.send_replace(addresses);
                self.tell_computers([self.me]);
            }
            NetEvent::Connected { peer, address, .. } => {
                let peer = AuthorKey(peer);
                let now = self.with.clock.wall_ms();
                self.outboxes.open(peer);
                self.change_peer(peer, |known| {
                    known.online = true;
                    known.incompatible = false;
                    known.last_seen_ms = Some(now);
                    if known.addresses.is_empty() {
                        known.addresses = vec![address];
                    }
                });
                self.input(Input::Connected(peer));
            }
            NetEvent::Disconnected { peer, reason } => {
                tracing::info!(peer = peer_id_text(&peer), %reason, "disconnected");
                self.look_what_is_told();
                self.keep_heard(Whose::Of(AuthorKey(peer)));
                self.forget(AuthorKey(peer));
                self.input(Input::Disconnected(AuthorKey(peer)));
            }
            NetEvent::Frame { peer, bytes } => self.input(Input::Frame {
                peer: AuthorKey(peer),
                bytes,
            }),
            NetEvent::JoinRequest { stream, .. } => {
                // Who finds no room comes again.
                let full = self.knocks.try_send(stream).is_err();
                tracing::info!(full, "somebody wants to join");
            }
            NetEvent::HintSeen(hint) => {
                let peer = AuthorKey(hint.peer);
                if self.peers.get(&peer).is_some() && !hint.addresses.is_empty() {
                    self.change_peer(peer, |known| known.addresses = hint.addresses);
                }
            }
            NetEvent::HintGone { .. } => {}
            NetEvent::AddressWorked { peer, address } => self.remember(AuthorKey(peer), address),
            NetEvent::TwinSeen { .. } => self.health.twin(),
            NetEvent::Condition {
                code,
                active,
                message,
            } => self.health.net(code, active.then_some(message)),
            _ => {}
        }
    }

    fn finish(&mut self, done: Done) {
        match done {
            Done::Input(input) => self.input(input),
            Done::Stored(space, stored, input) => {
                self.health.stored(&stored);
                if !stored.changed.tasks.is_empty() {
                    self.with.ends.forget();
                }
                self.input(input);
                if stored.membership_changed {
                    self.refresh(space);
                    self.set_members();
                    self.members_changed.notify_one();
                }
                if stored.own_chain_ahead {
                    self.health.copied(space);
                }
            }
            Done::StoreFailed(id, error) => {
                self.health.store_failed(&error);
                self.input(Input::AcceptFailed(id));
            }
            Done::State(asked, standing) => {
                if self.is_latest(standing.state.space, asked) {
                    self.take_state(standing);
                }
            }
            Done::Reread(asked, standing) => self.take_reread(asked, standing),
            Done::ReadFailed(error) => self.health.store_failed(&error),
            Done::Spaces(served, lost) => self.take_spaces(served, lost),
            Done::Unread(what, error) => self.unread(what, &error),
            Done::CheckFailed(peer, error) => {
                self.health.store_failed(&error);
                // The next connection compares anew.
                self.outboxes.end(&peer);
                self.input(Input::Disconnected(peer));
            }
            Done::Fresh(space, fresh, more) => self.tell_fresh(space, fresh, more),
            Done::Own(space, peer) => self.take(space, peer),
            Done::Members(audience::Members { addresses, names }) => {
                self.health.names(names);
                let mut members = addresses;
                if self.peers.is_joining() {
                    for peer in self.net.connected() {
                        members.entry(AuthorKey(peer)).or_default();
                    }
                }
                let net = self.net.clone();
                let members = members
                    .into_iter()
                    .map(|(key, addresses)| (key.0, addresses))
                    .collect();
                tokio::spawn(async move {
                    if let Err(error) = net.set_members(members).await {
                        tracing::debug!(%error, "the members");
                    }
                });
            }
            Done::Damaged(space, chains) => {
                tracing::error!(%space, ?chains, "ops are damaged on the disk");
                self.input(Input::Damaged { space, chains });
            }
            Done::Nothing => {}
        }
    }

    fn remember(&self, peer: AuthorKey, address: SocketAddr) {
        let (store, now) = (self.with.store.clone(), self.with.clock.op_time());
        self.change_peer(peer, |known| {
            known.addresses.retain(|other| *other != address);
            known.addresses.insert(0, address);
        });
        self.job(move || {
            if let Err(error) = audience::remember(&store, peer, address, now) {
                tracing::warn!(%error, "an address was not remembered");
            }
            vec![Done::Nothing]
        });
    }

    fn forget(&mut self, peer: AuthorKey) {
        self.outboxes.close(&peer);
        self.accepts.remove(&peer);
        let now = self.with.clock.wall_ms();
        self.change_peer(peer, |known| {
            known.online = false;
            known.progress = None;
            known.last_seen_ms = Some(now);
        });
        self.health.clocks(&self.coordinator.clocks());
    }

    fn tick(&mut self) {
        self.input(Input::Tick);
        self.read_again();
        self.expire_presence();
        self.look_what_is_told();
        self.keep_heard(Whose::Due);
        let online: Vec<AuthorKey> = self.net.connected().into_iter().map(AuthorKey).collect();
        for peer in online {
            let progress = self.coordinator.progress(&peer);
            self.change_peer(peer, |known| known.progress = progress);
        }
        self.health.clocks(&self.coordinator.clocks());
    }

    fn change_peer(&self, peer: AuthorKey, change: impl FnOnce(&mut super::Peer)) {
        if self.peers.change(peer, change) {
            self.tell_computers([peer]);
        }
    }

    fn tell_computers(&self, peers: impl IntoIterator<Item = AuthorKey>) {
        let ids = peers
            .into_iter()
            .map(|peer| peer_id_text(&peer.0))
            .collect();
        self.with.hub.tell(WatchKind::Computer, ids);
    }
}

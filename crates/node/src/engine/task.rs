//! The task that owns the coordinator: takes in what happened, does what follows.

mod outputs;

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rota_api::WatchKind;
use rota_model::digest::RULES;
use rota_model::id::{AuthorKey, Chain, SpaceId};
use rota_model::limits::READ_BUDGET_BYTES;
use rota_model::op::Op;
use rota_net::{JoinStream, NetEvent, NetHandle, peer_id_text};
use rota_store::StoreError;
use rota_sync::{AcceptId, Audience, Coordinator, Identity, Input, Millis, Now};
use tokio::sync::{mpsc, watch};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use super::health::Health;
use super::jobs::{self, Told};
use super::outbox::Outboxes;
use super::{Command, Peers, Surroundings, audience};
use crate::records;

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
    State(Asked, jobs::Standing),
    Reread(Asked, jobs::Standing),
    ReadFailed(StoreError),
    Fresh(SpaceId, Result<(jobs::Fresh, bool), StoreError>),
    Damaged(SpaceId, Vec<(Chain, u64)>),
    Members(Result<BTreeMap<AuthorKey, Vec<SocketAddr>>, StoreError>),
    Nothing,
}

/// When a state was asked for. Reads end in any order: one that was asked for before another that was taken in already
/// may not know of the latest removal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Asked(u64);

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
    /// The latest state that was asked for.
    asked: Asked,
    /// The latest state that was taken in, of each space.
    taken_in: BTreeMap<SpaceId, Asked>,
    /// Spaces that are being taken, from whom, until their log says that this computer is in.
    taking: BTreeMap<SpaceId, BTreeSet<AuthorKey>>,
    /// Spaces of which the coordinator knows that something is done here.
    doing_in: BTreeSet<SpaceId>,
    health: Health,
}

/// Runs until it is told to stop or the network ends.
pub(crate) async fn run(parts: Parts, stop: CancellationToken) {
    let (done, mut finished) = mpsc::channel(DONE_MAX_COUNT);
    let me = parts.with.store.me();
    let identity = Identity {
        key: me,
        name: parts.name,
        boot: parts.boot,
        rules: RULES,
    };
    let (mut events, mut commands) = (parts.events, parts.commands);
    let mut task = Task {
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
        asked: Asked::default(),
        taken_in: BTreeMap::new(),
        taking: BTreeMap::new(),
        doing_in: BTreeSet::new(),
        with: parts.with,
    };
    if let Err(error) = task.start() {
        task.health.store_failed(&error);
    }
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            Some(done) = finished.recv() => task.finish(done),
            Some(command) = commands.recv() => task.obey(command),
            event = events.recv() => match event {
                Some(event) => task.on_net(event),
                None => return,
            },
            _ = ticks.tick() => task.tick(),
        }
        task.drain();
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

fn stood(state: Result<jobs::Standing, StoreError>, asked: Asked) -> Done {
    match state {
        Ok(standing) => Done::State(asked, standing),
        Err(error) => Done::ReadFailed(error),
    }
}

impl Task {
    fn start(&mut self) -> Result<(), StoreError> {
        let store = self.with.store.clone();
        let (served, lost) = store.read(|reader| {
            let served = audience::served_spaces(reader, &self.me)?;
            Ok::<_, StoreError>((served, records::lost_spaces(reader)?))
        })?;
        self.taking = lost;
        let all: BTreeSet<SpaceId> = served
            .into_iter()
            .chain(self.taking.keys().copied())
            .collect();
        for space in all {
            self.refresh(space);
        }
        self.set_members();
        self.set_doing();
        Ok(())
    }

    /// Looks through the log of a space for ops that rotted on the disk; peers are asked for those.
    fn look_for_damage(&self, space: SpaceId) {
        let store = self.with.store.clone();
        self.job(move || match store.read(|reader| reader.damaged(&space)) {
            Ok(chains) if chains.is_empty() => vec![Done::Nothing],
            Ok(chains) => vec![Done::Damaged(space, chains)],
            Err(error) => vec![Done::ReadFailed(error)],
        });
    }

    /// A space that was being taken is here.
    fn found_again(&self, space: SpaceId) {
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
            Command::Doing => self.set_doing(),
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
            Done::Fresh(space, fresh) => self.tell_fresh(space, fresh),
            Done::Members(Ok(mut members)) => {
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
            Done::Members(Err(error)) => self.health.store_failed(&error),
            Done::Damaged(space, chains) => {
                tracing::error!(%space, ?chains, "ops are damaged on the disk");
                self.input(Input::Damaged { space, chains });
            }
            Done::Nothing => {}
        }
    }

    /// Takes in how a space stands: served if this computer is or was in it, or is just taking it.
    fn take_state(&mut self, standing: jobs::Standing) {
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

    fn take(&mut self, space: SpaceId, from: AuthorKey) {
        self.taking.entry(space).or_default().insert(from);
        self.refresh(space);
        self.set_members();
    }

    /// Notes that a state is taken in, unless one that was asked for later was.
    fn is_latest(&mut self, space: SpaceId, asked: Asked) -> bool {
        let latest = self.taken_in.entry(space).or_default();
        let is_latest = *latest <= asked;
        *latest = asked.max(*latest);
        is_latest
    }

    fn ask(&mut self) -> Asked {
        self.asked.0 += 1;
        self.asked
    }

    fn refresh(&mut self, space: SpaceId) {
        let (store, asked) = (self.with.store.clone(), self.ask());
        self.job(move || vec![stood(jobs::state(&store, space), asked)]);
    }

    /// Reads the state anew for the coordinator, which asked for it.
    fn reread(&mut self, space: SpaceId) {
        let (store, asked) = (self.with.store.clone(), self.ask());
        self.job(move || match jobs::state(&store, space) {
            Ok(standing) => vec![Done::Reread(asked, standing)],
            Err(error) => vec![Done::ReadFailed(error)],
        });
    }

    fn take_reread(&mut self, asked: Asked, standing: jobs::Standing) {
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
    fn read_fresh(&mut self, space: SpaceId) {
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
        self.job(move || {
            let fresh = jobs::fresh(&store, space, me, &told, READ_BUDGET_BYTES);
            vec![Done::Fresh(space, fresh)]
        });
    }

    fn tell_fresh(&mut self, space: SpaceId, fresh: Result<(jobs::Fresh, bool), StoreError>) {
        let again = self.reading_fresh.remove(&space).unwrap_or(false);
        match fresh {
            Ok((fresh, more)) => {
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
            Err(error) => self.health.store_failed(&error),
        }
    }

    fn set_members(&self) {
        let known = self.with.known.clone();
        let (store, taking) = (
            self.with.store.clone(),
            self.taking.values().flatten().copied().collect::<Vec<_>>(),
        );
        let me = self.me;
        self.job(move || {
            audience::keep_known(&store, &me, &known);
            vec![Done::Members(audience::members(&store, &me, &taking))]
        });
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

    /// Tells the coordinator what is done here, and where nothing is any more.
    fn set_doing(&mut self) {
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

    fn expire_presence(&mut self) {
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

    fn tell_presence(&self, whose: impl IntoIterator<Item = AuthorKey>) {
        let ids = whose.into_iter().map(|key| peer_id_text(&key.0)).collect();
        self.with.hub.tell(WatchKind::Presence, ids);
    }

    fn tick(&mut self) {
        self.input(Input::Tick);
        self.expire_presence();
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

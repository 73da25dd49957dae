//! The one task that decides: who is dialled, which connection stays, what is reported.

mod conditions;
mod links;
mod reach;

use std::{
    collections::{HashSet, VecDeque},
    net::SocketAddr,
    sync::Arc,
    time::Duration,
};

use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
    time::{Instant, sleep_until, timeout},
};

use self::{
    conditions::Conditions,
    links::Links,
    reach::{Accepted, Dialled},
};
use crate::{
    config::NetConfig,
    connection::Ended,
    discovery::{self, Announced, Announcer, Network, Sighting},
    event::{ConditionCode, DisconnectReason, NetEvent},
    handle::Command,
    identity::PeerKey,
    listener::{Bound, Heard, listen},
    peers::Peers,
    policy::Gate,
    shared::Shared,
    wake,
};

/// What waits between the network's tasks.
const QUEUE_MAX_COUNT: usize = 32;

/// Events that wait for room in the channel; with more, nothing new is looked at.
const OUTBOX_MAX_COUNT: usize = 512;

/// What everything gets to end in order.
const SHUTDOWN: Duration = Duration::from_secs(1);

/// Starts the network's tasks. They end when `commands` does or says so.
pub(crate) fn start(config: NetConfig, shared: Arc<Shared>, commands: mpsc::Receiver<Command>) {
    let timings = config.timings;
    let (heard_in, heard) = mpsc::channel(QUEUE_MAX_COUNT);
    let (sightings_in, sightings) = mpsc::channel(QUEUE_MAX_COUNT);
    let (woke_in, woke) = mpsc::channel(1);
    let network_in = watch::Sender::new(Network::current().unwrap_or_default());
    let announced = watch::Sender::new(Announced {
        name: config.computer_name,
        port: None,
        invites: Vec::new(),
    });

    let mut helpers = JoinSet::new();
    helpers.spawn(listen(config.listen_port, timings.watch, heard_in));
    helpers.spawn(wake::watch(timings.watch, woke_in));
    let network = network_in.subscribe();
    helpers.spawn(discovery::watch_interfaces(
        timings.watch,
        network_in.clone(),
    ));
    let discovery = if config.discovery {
        let announcer = Announcer {
            key: shared.identity.key,
            boot: config.boot,
        };
        let run = discovery::run(
            announcer,
            announced.subscribe(),
            network.clone(),
            sightings_in,
        );
        Some(tokio::spawn(run))
    } else {
        None
    };

    let manager = Manager {
        me: shared.identity.key,
        boot: config.boot,
        peers: Peers::new(shared.identity.key, config.boot, timings),
        links: Links::new(shared.clone()),
        gate: Gate::default(),
        conditions: Conditions::default(),
        outbox: VecDeque::new(),
        dials: JoinSet::new(),
        handshakes: JoinSet::new(),
        dialling: HashSet::new(),
        twins: HashSet::new(),
        bound: None,
        listening: Vec::new(),
        announced,
        network,
        network_in,
        shared,
    };
    tokio::spawn(manager.run(commands, heard, sightings, woke, helpers, discovery));
}

struct Manager {
    me: PeerKey,
    boot: u64,
    shared: Arc<Shared>,
    peers: Peers,
    links: Links,
    gate: Gate,
    conditions: Conditions,
    outbox: VecDeque<NetEvent>,
    dials: JoinSet<Dialled>,
    handshakes: JoinSet<Accepted>,
    /// Members that are being dialled.
    dialling: HashSet<PeerKey>,
    /// Boot numbers of twins that were reported.
    twins: HashSet<u64>,
    bound: Option<Bound>,
    listening: Vec<SocketAddr>,
    announced: watch::Sender<Announced>,
    network: watch::Receiver<Network>,
    network_in: watch::Sender<Network>,
}

impl Manager {
    async fn run(
        mut self,
        mut commands: mpsc::Receiver<Command>,
        mut heard: mpsc::Receiver<Heard>,
        mut sightings: mpsc::Receiver<Sighting>,
        mut woke: mpsc::Receiver<()>,
        mut helpers: JoinSet<()>,
        discovery: Option<tokio::task::JoinHandle<()>>,
    ) {
        self.network_changed();
        let events = self.shared.events.clone();
        let reply = loop {
            self.dial_due();
            let next_dial = self.next_dial();
            let has_room = self.outbox.len() < OUTBOX_MAX_COUNT;
            tokio::select! {
                permit = events.reserve(), if !self.outbox.is_empty() => match permit {
                    Ok(permit) => if let Some(event) = self.outbox.pop_front() { permit.send(event) },
                    // Nobody reads events any more.
                    Err(_) => break None,
                },
                command = commands.recv(), if has_room => match command {
                    None => break None,
                    Some(Command::Shutdown(reply)) => break Some(reply),
                    Some(command) => self.obey(command),
                },
                Some(heard) = heard.recv(), if has_room => self.heard(heard),
                Some(sighting) = sightings.recv(), if has_room => self.sighted(sighting),
                Some(()) = woke.recv() => self.woke(),
                Ok(()) = self.network.changed() => self.network_changed(),
                Some(Ok(accepted)) = self.handshakes.join_next() => self.accepted(accepted),
                Some(Ok(dialled)) = self.dials.join_next() => self.dialled(dialled),
                Some(ended) = self.links.next_ended() => self.ended(ended),
                () = at(next_dial) => {}
            }
        };
        helpers.shutdown().await;
        self.shut_down(heard, sightings, discovery).await;
        if let Some(reply) = reply {
            // Who asked may have gone.
            reply.send(()).ok();
        }
    }

    fn obey(&mut self, command: Command) {
        match command {
            Command::SetMembers(members) => self.set_members(members),
            Command::SetInvitations(numbers, reply) => {
                self.shared.roster_mut().invitations_open = !numbers.is_empty();
                self.announced.send_if_modified(|announced| {
                    let changed = announced.invites != numbers;
                    announced.invites = numbers;
                    changed
                });
                // Whoever asked and went away needs no answer.
                let _ = reply.send(());
            }
            Command::SetName(name) => {
                self.announced.send_if_modified(|announced| {
                    let changed = announced.name != name;
                    announced.name = name;
                    changed
                });
            }
            Command::Connect(address, reply) => self.connect(address, reply),
            Command::OpenJoin(target, reply) => self.open_join(target, reply),
            Command::Disconnect(peer) => {
                self.links.close(&peer, DisconnectReason::Requested);
                self.peers.sent_away(&peer, Instant::now());
            }
            // Whoever asked and went away needs no answer.
            Command::ListenAddresses(reply) => drop(reply.send(self.listening.clone())),
            Command::Hints(reply) => drop(reply.send(self.peers.hints())),
            Command::Inviters(number, reply) => drop(reply.send(self.peers.inviters(number))),
            Command::Failures(reply) => drop(reply.send(self.peers.failures())),
            Command::Shutdown(reply) => drop(reply),
        }
    }

    fn set_members(&mut self, members: Vec<(PeerKey, Vec<SocketAddr>)>) {
        self.peers.set_members(members, Instant::now());
        let keys = self.peers.keys();
        self.links.members_are(&keys);
        self.shared.roster_mut().members = keys;
    }

    fn heard(&mut self, heard: Heard) {
        match heard {
            Heard::Bound(bound) => {
                self.bound = Some(bound);
                for code in [ConditionCode::PortInUse, ConditionCode::CannotListen] {
                    self.condition(code, None);
                }
                self.announced
                    .send_modify(|announced| announced.port = Some(bound.port));
                self.tell_listening();
            }
            Heard::NotBound { code, message } => self.condition(code, Some(message)),
            Heard::Accepted(socket, address) => self.accept(socket, address),
        }
    }

    fn ended(&mut self, ended: Ended) {
        let now = Instant::now();
        let Some(established) = self.links.ended(&ended, &self.peers.keys()) else {
            return;
        };
        let Ended {
            peer,
            reason,
            was_connected,
            ..
        } = ended;
        match reason {
            DisconnectReason::Requested => self.peers.sent_away(&peer, now),
            _ if was_connected => self
                .peers
                .ended(&peer, reason.to_string(), established, now),
            _ => self.peers.failed(&peer, reason.to_string(), now),
        }
    }

    fn sighted(&mut self, sighting: Sighting) {
        match sighting {
            Sighting::Seen { hint, .. } if hint.peer == self.me => {
                // Boot numbers come from the network: a flood of them is no flood of events.
                if hint.boot != self.boot
                    && self.twins.len() < QUEUE_MAX_COUNT
                    && self.twins.insert(hint.boot)
                {
                    self.outbox
                        .push_back(NetEvent::TwinSeen { boot: hint.boot });
                }
            }
            Sighting::Seen { name, hint } => {
                if self.peers.announced(name, hint.clone(), Instant::now()) {
                    self.outbox.push_back(NetEvent::HintSeen(hint));
                }
            }
            Sighting::Gone { name } => {
                if let Some(peer) = self.peers.unannounced(&name) {
                    self.outbox.push_back(NetEvent::HintGone { peer });
                }
            }
            Sighting::Failed { message } => {
                self.condition(ConditionCode::DiscoveryFailed, Some(message))
            }
            Sighting::Works => self.condition(ConditionCode::DiscoveryFailed, None),
        }
    }

    fn woke(&mut self) {
        tracing::debug!("the machine slept");
        discovery::slept(&self.network_in);
    }

    /// Connections show that they stand, whoever is not connected is dialled, addresses are told anew.
    fn network_changed(&mut self) {
        let is_up = self.network.borrow_and_update().is_up();
        let message = "no network interface is up; only programs on this computer can connect";
        self.condition(
            ConditionCode::NoNetwork,
            (!is_up).then(|| message.to_owned()),
        );
        self.shared.probe_all();
        self.peers.dial_all_soon(Instant::now());
        self.tell_listening();
    }

    fn tell_listening(&mut self) {
        let Some(bound) = self.bound else { return };
        let mut addresses = self.network.borrow().addresses(bound.port);
        addresses.retain(|address| bound.ipv6 || address.is_ipv4());
        if addresses != self.listening {
            self.listening.clone_from(&addresses);
            self.outbox.push_back(NetEvent::Listening { addresses });
        }
    }

    fn condition(&mut self, code: ConditionCode, message: Option<String>) {
        self.outbox.extend(self.conditions.set(code, message));
    }

    async fn shut_down(
        mut self,
        heard: mpsc::Receiver<Heard>,
        sightings: mpsc::Receiver<Sighting>,
        discovery: Option<tokio::task::JoinHandle<()>>,
    ) {
        drop((heard, sightings));
        self.handshakes.shutdown().await;
        self.dials.shutdown().await;
        let links = self.links.shut_down();
        let withdrawn = async {
            if let Some(discovery) = discovery {
                // It ends because nobody takes its sightings any more.
                drop(discovery.await);
            }
        };
        // What does not end in time is dropped with its sockets.
        drop(timeout(SHUTDOWN, async { tokio::join!(links, withdrawn) }).await);
    }
}

async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

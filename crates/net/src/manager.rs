//! The one task that decides: who is dialled, which connection stays, what is reported.

mod conditions;
mod links;

use std::{
    collections::{HashSet, VecDeque},
    net::SocketAddr,
    sync::Arc,
    time::Duration,
};

use tokio::{
    net::TcpStream,
    sync::{mpsc, watch},
    task::JoinSet,
    time::{Instant, sleep_until, timeout},
};

use self::{conditions::Conditions, links::Links};
use crate::{
    address::DialAddress,
    config::NetConfig,
    connection::{Ended, Link, OpenJoin},
    dial::dial,
    discovery::{self, Announced, Announcer, Network, Sighting},
    error::NetError,
    event::{ConditionCode, DisconnectReason, NetEvent},
    handle::{Command, JoinTarget, Reply},
    identity::PeerKey,
    listener::{Bound, Heard, listen},
    mux::Mux,
    peers::Peers,
    policy::{Dialler, Gate, Pass},
    shared::Shared,
    transport::{SecureError, Secured, secure},
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

/// What a dial was for.
enum Purpose {
    Member(PeerKey),
    Connect(Reply<Result<PeerKey, NetError>>),
    Join(OpenJoin),
}

type Dialled = (Purpose, Result<(Secured, SocketAddr), NetError>);

/// A socket that was accepted, after its handshake.
struct Accepted {
    result: Result<Secured, SecureError>,
    address: SocketAddr,
    pass: Pass,
    since: Instant,
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
            Command::SetInvitations(numbers) => {
                self.shared.roster_mut().invitations_open = !numbers.is_empty();
                self.announced.send_if_modified(|announced| {
                    let changed = announced.invites != numbers;
                    announced.invites = numbers;
                    changed
                });
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

    fn connect(&mut self, address: DialAddress, reply: Reply<Result<PeerKey, NetError>>) {
        if let Some(peer) = address.peer().filter(|peer| self.links.has(peer)) {
            // Whoever asked and went away needs no answer.
            drop(reply.send(Ok(*peer)));
            return;
        }
        let expected = address.peer().copied();
        let shared = self.shared.clone();
        self.dials.spawn(async move {
            let result = match address.resolve().await {
                Ok(addresses) => dial(addresses, expected, &shared).await,
                Err(error) => Err(error),
            };
            (Purpose::Connect(reply), result)
        });
    }

    fn open_join(&mut self, target: JoinTarget, reply: OpenJoin) {
        let shared = self.shared.clone();
        match target {
            JoinTarget::Address(address) => {
                if let Some(peer) = address.peer().filter(|peer| self.links.has(peer)) {
                    return self.links.open_join(peer, reply);
                }
                let expected = address.peer().copied();
                self.dials.spawn(async move {
                    let result = match address.resolve().await {
                        Ok(addresses) => dial(addresses, expected, &shared).await,
                        Err(error) => Err(error),
                    };
                    (Purpose::Join(reply), result)
                });
            }
            JoinTarget::Peer(peer) if self.links.has(&peer) => self.links.open_join(&peer, reply),
            JoinTarget::Peer(peer) => {
                let addresses = self.peers.addresses(&peer);
                self.dials.spawn(async move {
                    (
                        Purpose::Join(reply),
                        dial(addresses, Some(peer), &shared).await,
                    )
                });
            }
            JoinTarget::Invitation(number) => {
                let inviters = self.peers.inviters(number);
                if let Some(connected) = inviters.iter().find(|peer| self.links.has(peer)) {
                    return self.links.open_join(connected, reply);
                }
                let candidates: Vec<_> = inviters
                    .into_iter()
                    .map(|peer| (peer, self.peers.addresses(&peer)))
                    .collect();
                self.dials.spawn(async move {
                    let mut result = Err(NetError::NoSuchInvitation(number));
                    for (peer, addresses) in candidates {
                        result = dial(addresses, Some(peer), &shared).await;
                        if result.is_ok() {
                            break;
                        }
                    }
                    (Purpose::Join(reply), result)
                });
            }
        }
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

    /// Lets a socket as far as the handshake, if there is a place for it; closes it otherwise.
    fn accept(&mut self, socket: TcpStream, address: SocketAddr) {
        if self.shared.roster().is_closed() {
            return;
        }
        let from_member = self.peers.is_member_address(address.ip());
        let Some(pass) = self.gate.admit(address.ip(), from_member) else {
            tracing::debug!(%address, "too many connections that have not shown who they are");
            return;
        };
        let (shared, since) = (self.shared.clone(), Instant::now());
        self.handshakes.spawn(async move {
            let own = shared.identity.key;
            let admits = |peer: &PeerKey| *peer != own && shared.roster().admits(peer);
            let secured = secure(socket, Dialler::Peer, &shared.identity, admits);
            let result = timeout(shared.timings.handshake, secured)
                .await
                .unwrap_or(Err(SecureError::TimedOut));
            Accepted {
                result,
                address,
                pass,
                since,
            }
        });
    }

    fn accepted(&mut self, accepted: Accepted) {
        let Accepted {
            result,
            address,
            pass,
            since,
        } = accepted;
        match result {
            // Whether it may connect can have changed during the handshake.
            Ok(secured) if self.shared.roster().admits(&secured.peer) => {
                let link = self.link(secured, Dialler::Peer, address, Some(pass), since);
                self.links.adopt(link, &self.peers.keys());
            }
            Ok(_) => {}
            Err(error) => {
                tracing::debug!(%address, error = &error as &dyn std::error::Error, "not connected")
            }
        }
    }

    fn dialled(&mut self, (purpose, result): Dialled) {
        let now = Instant::now();
        let members = self.peers.keys();
        match (purpose, result) {
            (Purpose::Member(peer), result) => {
                self.dialling.remove(&peer);
                match result {
                    Ok((secured, address)) if members.contains(&peer) => {
                        self.peers.worked(&peer, address);
                        let link = self.link(secured, Dialler::Me, address, None, now);
                        self.links.adopt(link, &members);
                    }
                    Ok(_) => {}
                    Err(error) => {
                        let peer_text = crate::peer_id_text(&peer);
                        tracing::debug!(
                            peer = peer_text,
                            error = &error as &dyn std::error::Error,
                            "not connected"
                        );
                        self.peers.failed(&peer, chain(&error), now);
                    }
                }
            }
            (Purpose::Connect(reply), Ok((secured, address))) => {
                let peer = secured.peer;
                self.peers.worked(&peer, address);
                if members.contains(&peer) {
                    let link = self.link(secured, Dialler::Me, address, None, now);
                    self.links.adopt(link, &members);
                }
                // Whoever asked and went away needs no answer.
                drop(reply.send(Ok(peer)));
            }
            (Purpose::Join(reply), Ok((secured, address))) => {
                let peer = secured.peer;
                self.peers.worked(&peer, address);
                let link = self.link(secured, Dialler::Me, address, None, now);
                self.links.adopt(link, &members);
                self.links.open_join(&peer, reply);
            }
            (Purpose::Connect(reply), Err(error)) => drop(reply.send(Err(error))),
            (Purpose::Join(reply), Err(error)) => drop(reply.send(Err(error))),
        }
    }

    fn link(
        &mut self,
        secured: Secured,
        dialler: Dialler,
        address: SocketAddr,
        pass: Option<Pass>,
        since: Instant,
    ) -> Link {
        let Secured {
            peer,
            connection,
            heard,
        } = secured;
        Link {
            id: self.links.next_id(),
            peer,
            dialler,
            address,
            mux: Mux::start(connection),
            heard,
            pass,
            since,
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

    fn next_dial(&self) -> Option<Instant> {
        self.peers
            .next_dial(|peer| self.dialling.contains(peer) || self.links.has(peer))
    }

    fn dial_due(&mut self) {
        let Self {
            peers,
            dialling,
            links,
            ..
        } = self;
        let due = peers.due(Instant::now(), |peer| {
            dialling.contains(peer) || links.has(peer)
        });
        for (peer, addresses) in due {
            self.dialling.insert(peer);
            let shared = self.shared.clone();
            self.dials.spawn(async move {
                (
                    Purpose::Member(peer),
                    dial(addresses, Some(peer), &shared).await,
                )
            });
        }
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

/// An error with its causes, for people.
fn chain(error: &NetError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

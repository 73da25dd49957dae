//! The life of one authenticated connection: which substreams it carries, for how long, and how it ends.

mod session;
mod substream;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use rota_model::limits::SUBSTREAMS_MAX_COUNT;
use tokio::{
    sync::{mpsc, oneshot, watch},
    task::JoinSet,
    time::{Instant, sleep_until, timeout},
};
use yamux::ConnectionError;

pub(crate) use self::substream::{OpenError, open};
use self::{
    session::Session,
    substream::{Answered, answer},
};
use crate::{
    error::NetError,
    event::{DisconnectReason, NetEvent},
    heard::Heard,
    identity::PeerKey,
    join::{self, JoinStream, Joins},
    mux::{Mux, Opener},
    ping::{self, PingFailure},
    policy::{Dialler, Pass},
    reach,
    shared::Shared,
};

const SYNC: &str = "/rota/sync/1";

/// What a connection is kept open for after a conversation about joining, so that both ends can make it a member's.
const AFTER_JOINING: Duration = Duration::from_secs(2);

/// Before asking again for the sync substream: the other end may not have noted yet that it counts this computer.
const ASK_AGAIN: Duration = Duration::from_millis(200);

/// Conversations about joining at once in one connection.
const JOINS_MAX_COUNT: usize = 2;

/// Dials of the other end at once, when it asks whether it can be dialled.
const REACHES_MAX_COUNT: usize = 2;

/// An authenticated connection that has not begun its life yet.
pub(crate) struct Link {
    pub(crate) id: u64,
    pub(crate) peer: PeerKey,
    pub(crate) dialler: Dialler,
    pub(crate) address: SocketAddr,
    pub(crate) mux: Mux,
    pub(crate) heard: Heard,
    /// Held while the other end is no member.
    pub(crate) pass: Option<Pass>,
    /// When the socket was accepted or dialled.
    pub(crate) since: Instant,
}

/// What the owner of a connection wants of it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Will {
    /// The other end is no member: nothing but joining.
    Stranger,
    /// The other end is a member.
    Member,
    /// It shall end.
    Close(DisconnectReason),
}

/// A request for a conversation about joining over this connection.
pub(crate) type OpenJoin = oneshot::Sender<Result<JoinStream, NetError>>;

/// How a connection ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) id: u64,
    pub(crate) peer: PeerKey,
    pub(crate) reason: DisconnectReason,
    pub(crate) was_connected: bool,
}

/// Lives a connection to its end.
pub(crate) async fn live(
    link: Link,
    shared: Arc<Shared>,
    mut will: watch::Receiver<Will>,
    mut joins_wanted: mpsc::Receiver<OpenJoin>,
) -> Ended {
    let mut life = Life::new(link, shared);
    will.mark_changed();
    let reason = loop {
        let step = tokio::select! {
            changed = will.changed() => match changed {
                Ok(()) => {
                    let wanted = will.borrow_and_update().clone();
                    life.follow(wanted)
                }
                Err(_) => Err(DisconnectReason::ShutDown),
            },
            stream = life.mux.accept() => match stream {
                Some(stream) => {
                    life.answer(stream);
                    Ok(())
                }
                None => Err(DisconnectReason::ClosedByPeer),
            },
            Some(wanted) = joins_wanted.recv() => {
                life.open_join(wanted);
                Ok(())
            }
            Some(done) = life.work.join_next() => match done {
                Ok(done) => life.done(done),
                Err(failure) => Err(DisconnectReason::Broken(failure.to_string())),
            },
            Ok(()) = life.joins_seen.changed() => {
                life.joins_changed();
                Ok(())
            }
            () = at(life.deadline) => life.deadline_reached(),
        };
        if let Err(reason) = step {
            break reason;
        }
    };
    life.end(reason).await
}

/// What a task within a connection came to.
enum Done {
    Answered(Answered),
    /// Nobody else needs to know.
    Over,
    SyncOpened(Result<substream::Substream, OpenError>),
    SyncEnded(DisconnectReason),
    PingEnded(PingFailure),
    /// The other end knows whether it can be dialled.
    Reached,
}

struct Life {
    id: u64,
    peer: PeerKey,
    dialler: Dialler,
    address: SocketAddr,
    since: Instant,
    mux: Mux,
    heard: Heard,
    opener: Opener,
    shared: Arc<Shared>,
    pass: Option<Pass>,
    is_member: bool,
    session: Option<Session>,
    /// How often the other end is being dialled, because it asked whether it can be.
    reaching: usize,
    joins: Arc<watch::Sender<Joins>>,
    joins_seen: watch::Receiver<Joins>,
    deadline: Option<Instant>,
    work: JoinSet<Done>,
}

impl Life {
    fn new(link: Link, shared: Arc<Shared>) -> Self {
        let (joins, joins_seen) = watch::channel(Joins::default());
        let first = match link.dialler {
            Dialler::Me => shared.timings.handshake,
            Dialler::Peer => shared.timings.stranger,
        };
        Self {
            id: link.id,
            peer: link.peer,
            dialler: link.dialler,
            address: link.address,
            since: link.since,
            opener: link.mux.opener(),
            mux: link.mux,
            heard: link.heard,
            pass: link.pass,
            is_member: false,
            session: None,
            reaching: 0,
            joins: Arc::new(joins),
            joins_seen,
            deadline: Some(link.since + first),
            work: JoinSet::new(),
            shared,
        }
    }

    fn follow(&mut self, will: Will) -> Result<(), DisconnectReason> {
        match will {
            Will::Close(reason) => return Err(reason),
            Will::Stranger => {}
            Will::Member if self.is_member => {}
            Will::Member => {
                self.is_member = true;
                self.pass = None;
                self.deadline = Some(Instant::now() + self.shared.timings.handshake);
                if self.dialler == Dialler::Me {
                    self.open_sync(Duration::ZERO);
                }
            }
        }
        Ok(())
    }

    /// What the other end may open now.
    fn offered(&self) -> Vec<&'static str> {
        let mut offered = Vec::new();
        if self.is_member {
            offered.push(ping::PROTOCOL);
            // What listens on this computer alone is nobody else's business, who may come here through a forwarded port.
            if self.reaching < REACHES_MAX_COUNT && !self.address.ip().is_loopback() {
                offered.push(reach::PROTOCOL);
            }
            if self.session.is_none() && self.dialler == Dialler::Peer {
                offered.push(SYNC);
            }
        }
        if self.shared.roster().invitations_open && self.joins_seen.borrow().open < JOINS_MAX_COUNT
        {
            offered.push(join::PROTOCOL);
        }
        offered
    }

    fn answer(&mut self, stream: yamux::Stream) {
        let offered = self.offered();
        // A substream that is not answered is dropped, which resets it.
        if !offered.is_empty() && self.work.len() < 2 * SUBSTREAMS_MAX_COUNT {
            let limit = self.shared.timings.handshake;
            self.work
                .spawn(async move { Done::Answered(answer(stream, offered, limit).await) });
        }
    }

    fn open_sync(&mut self, wait: Duration) {
        let (opener, limit) = (self.opener.clone(), self.shared.timings.handshake);
        self.work.spawn(async move {
            tokio::time::sleep(wait).await;
            Done::SyncOpened(open(&opener, SYNC, limit).await)
        });
    }

    fn open_join(&mut self, wanted: OpenJoin) {
        let (opener, limit) = (self.opener.clone(), self.shared.timings.handshake);
        let (joins, peer, address) = (self.joins.clone(), self.peer, self.address);
        self.work.spawn(async move {
            let opened = open(&opener, join::PROTOCOL, limit).await;
            let reply = match opened {
                Ok(stream) => Ok(JoinStream::new(stream, peer, joins)),
                Err(error) => Err(error.into_net_error(address)),
            };
            // Who no longer waits for it drops it, which resets the substream.
            drop(wanted.send(reply));
            Done::Over
        });
    }

    fn done(&mut self, done: Done) -> Result<(), DisconnectReason> {
        match done {
            Done::Answered(Answered::Agreed {
                protocol: SYNC,
                stream,
            }) => self.begin_session(stream),
            Done::Answered(Answered::Agreed {
                protocol: join::PROTOCOL,
                stream,
            }) => self.begin_join(stream),
            Done::Answered(Answered::Agreed {
                protocol: reach::PROTOCOL,
                stream,
            }) => self.begin_reach(stream),
            Done::Reached => self.reaching -= 1,
            Done::Answered(Answered::Agreed { stream, .. }) => {
                self.work.spawn(async move {
                    // A broken ping substream shows at the end that pings.
                    drop(ping::echo(stream).await);
                    Done::Over
                });
            }
            Done::Answered(Answered::NotAgreed) | Done::Over => {}
            Done::Answered(Answered::Garbage(what)) => return Err(DisconnectReason::Garbage(what)),
            Done::SyncOpened(Ok(stream)) => self.begin_session(stream),
            // Until the deadline: it may be about to admit this computer.
            Done::SyncOpened(Err(OpenError::Refused)) => self.open_sync(ASK_AGAIN),
            Done::SyncOpened(Err(error)) => return Err(error.into_reason()),
            Done::SyncEnded(reason) => return Err(reason),
            Done::PingEnded(PingFailure::Unanswered) => return Err(DisconnectReason::Unanswered),
            Done::PingEnded(PingFailure::WrongEcho) => {
                return Err(DisconnectReason::Garbage(
                    "an answer to another ping".to_owned(),
                ));
            }
            Done::PingEnded(PingFailure::Io(error)) => return Err(DisconnectReason::of_io(&error)),
        }
        Ok(())
    }

    fn begin_session(&mut self, stream: substream::Substream) {
        if self.session.is_some() {
            return;
        }
        self.deadline = None;
        let session = Session::new(
            self.id,
            self.peer,
            self.address,
            self.dialler,
            self.opener.clone(),
            self.shared.clone(),
        );
        self.session = Some(session.clone());
        self.work
            .spawn(async move { Done::SyncEnded(session.run(stream).await) });
        let (opener, shared, heard) =
            (self.opener.clone(), self.shared.clone(), self.heard.clone());
        self.work.spawn(async move {
            let probe = shared.probe.subscribe();
            Done::PingEnded(
                match open(&opener, ping::PROTOCOL, shared.timings.ping_timeout).await {
                    Ok(stream) => ping::ping(stream, &shared.timings, probe, &heard).await,
                    Err(error) => error.into_ping_failure(),
                },
            )
        });
    }

    fn begin_reach(&mut self, stream: substream::Substream) {
        if self.reaching >= REACHES_MAX_COUNT {
            return;
        }
        self.reaching += 1;
        let (from, limit) = (self.address, self.shared.timings.handshake);
        self.work.spawn(async move {
            // Who asked and went away needs no answer.
            drop(timeout(limit, reach::answer(stream, from)).await);
            Done::Reached
        });
    }

    fn begin_join(&mut self, stream: substream::Substream) {
        let (events, remote, address) = (self.shared.events.clone(), self.peer, self.address);
        let stream = JoinStream::new(stream, remote, self.joins.clone());
        self.work.spawn(async move {
            // Nobody listens only when the network is being shut down.
            drop(
                events
                    .send(NetEvent::JoinRequest {
                        stream,
                        remote,
                        address,
                    })
                    .await,
            );
            Done::Over
        });
    }

    fn joins_changed(&mut self) {
        let joins = *self.joins_seen.borrow_and_update();
        if self.is_member {
            return;
        }
        let now = Instant::now();
        self.deadline = match self.dialler {
            _ if joins.begun && joins.open == 0 => Some(now + AFTER_JOINING),
            // Whoever asked to join decides itself how long to wait.
            Dialler::Me if joins.open > 0 => None,
            Dialler::Peer if joins.proved => {
                Some(self.since + self.shared.timings.stranger + self.shared.timings.joining)
            }
            _ => self.deadline,
        };
    }

    fn deadline_reached(&mut self) -> Result<(), DisconnectReason> {
        // Two that are still talking about joining need not have a sync substream yet.
        if self.is_member && self.joins_seen.borrow().open > 0 {
            self.deadline = Some(Instant::now() + self.shared.timings.handshake);
            return Ok(());
        }
        Err(DisconnectReason::Refused)
    }

    async fn end(mut self, reason: DisconnectReason) -> Ended {
        self.work.shutdown().await;
        let reason = match (reason, self.mux.close().await) {
            // Which of the two is noticed first is chance; the multiplexer knows more.
            (DisconnectReason::ClosedByPeer | DisconnectReason::Broken(_), Err(error)) => {
                reason_of(&error)
            }
            (reason, _) => reason,
        };
        // Who waits in a conversation about joining hears of it by this.
        drop(self.joins_seen);
        let was_connected = match &self.session {
            Some(session) => session.end(&reason).await,
            None => false,
        };
        tracing::debug!(peer = crate::peer_id_text(&self.peer), %reason, "connection ended");
        Ended {
            id: self.id,
            peer: self.peer,
            reason,
            was_connected,
        }
    }
}

fn reason_of(error: &ConnectionError) -> DisconnectReason {
    match error {
        ConnectionError::Closed => DisconnectReason::ClosedByPeer,
        ConnectionError::Io(error) => match error.kind() {
            std::io::ErrorKind::InvalidData => DisconnectReason::Garbage(error.to_string()),
            std::io::ErrorKind::UnexpectedEof => DisconnectReason::ClosedByPeer,
            _ => DisconnectReason::Broken(error.to_string()),
        },
        other => DisconnectReason::Garbage(other.to_string()),
    }
}

async fn at(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}

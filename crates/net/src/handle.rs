//! The network as others see it.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};

use crate::{
    address::DialAddress,
    config::NetConfig,
    connection::{OpenError, open},
    discovery::Hint,
    error::NetError,
    event::NetEvent,
    frame::prefix_of,
    identity::{Identity, PeerKey},
    join::JoinStream,
    manager,
    reach::{self, Reach},
    shared::{SendQueues, Shared},
};

/// Events that wait for being read; more are not read off the network.
const EVENTS_MAX_COUNT: usize = 16;

/// How long a member gets to say whether it can dial this computer: a little more than its dial may take.
const REACH: Duration = Duration::from_millis(4_500);

/// Calls that wait for the network's task.
const COMMANDS_MAX_COUNT: usize = 32;

/// A member's key with the addresses at which it was reached before, best first.
pub type MemberAddresses = (PeerKey, Vec<SocketAddr>);

/// Starts networks.
#[derive(Debug)]
pub struct Net;

impl Net {
    /// Starts to listen, to announce this computer and to look for others. What stands in the way of that is reported
    /// as a condition and tried again; only an unusable key is an error.
    ///
    /// Must be called within a tokio runtime.
    pub fn start(config: NetConfig) -> Result<(NetHandle, mpsc::Receiver<NetEvent>), NetError> {
        let identity = Identity::from_seed(&config.key)?;
        let key = identity.key;
        let (events, events_out) = mpsc::channel(EVENTS_MAX_COUNT);
        let (commands, commands_in) = mpsc::channel(COMMANDS_MAX_COUNT);
        let shared = Arc::new(Shared::new(identity, config.timings, events));
        let handle = NetHandle {
            key,
            queues: shared.queues.clone(),
            commands,
        };
        manager::start(config, shared, commands_in);
        Ok((handle, events_out))
    }
}

/// Where to find who shall admit this computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JoinTarget {
    /// Whoever announces this invitation.
    Invitation(u32),
    /// This computer, at an address that is announced, remembered or connected.
    Peer(PeerKey),
    /// Whoever answers there.
    Address(DialAddress),
}

/// The network's controls. Dropping the last one shuts the network down.
#[derive(Clone)]
pub struct NetHandle {
    key: PeerKey,
    /// Not all that is shared: the channel of events ends with the network, not with the last handle.
    queues: SendQueues,
    commands: mpsc::Sender<Command>,
}

pub(crate) type Reply<T> = oneshot::Sender<T>;

pub(crate) enum Command {
    SetMembers(Vec<MemberAddresses>),
    SetInvitations(Vec<u32>, Reply<()>),
    SetName(String),
    Connect(DialAddress, Reply<Result<PeerKey, NetError>>),
    OpenJoin(JoinTarget, Reply<Result<JoinStream, NetError>>),
    Disconnect(PeerKey),
    ListenAddresses(Reply<Vec<SocketAddr>>),
    Hints(Reply<Vec<Hint>>),
    Inviters(u32, Reply<Vec<PeerKey>>),
    Failures(Reply<Vec<(PeerKey, String)>>),
    Shutdown(Reply<()>),
}

impl NetHandle {
    /// This computer's key.
    #[must_use]
    pub const fn key(&self) -> &PeerKey {
        &self.key
    }

    /// Says who may connect, all of them, with the addresses at which each was reached before, best first. Members are
    /// dialled; connections with computers that are none any more end.
    pub async fn set_members(&self, members: Vec<MemberAddresses>) -> Result<(), NetError> {
        self.command(Command::SetMembers(members)).await
    }

    /// Says which invitations are open, all of them: they are announced, and strangers are let in to join from when this
    /// returns.
    pub async fn set_invitations(&self, numbers: Vec<u32>) -> Result<(), NetError> {
        self.ask(|reply| Command::SetInvitations(numbers, reply))
            .await
    }

    /// Changes the name that is announced.
    pub async fn set_computer_name(&self, name: impl Into<String>) -> Result<(), NetError> {
        self.command(Command::SetName(name.into())).await
    }

    /// Dials an address by hand and gives the key that answers. A member stays connected and is reported with
    /// [`NetEvent::Connected`] once it lets this computer in; of any other the address is kept for
    /// [`open_join`](Self::open_join).
    pub async fn connect(&self, address: DialAddress) -> Result<PeerKey, NetError> {
        self.ask(|reply| Command::Connect(address, reply)).await?
    }

    /// Sends a frame of at most [`FRAME_MAX_BYTES`](rota_model::limits::FRAME_MAX_BYTES) to a connected member; waits while
    /// its queue is full. That a frame was taken does not mean that it arrives.
    pub async fn send(&self, peer: &PeerKey, frame: Vec<u8>) -> Result<(), NetError> {
        prefix_of(&frame)?;
        let queue = self.queues.get(peer).ok_or(NetError::NotConnected)?;
        queue.send(frame).await.map_err(|_| NetError::NotConnected)
    }

    /// Begins a conversation about joining, over the connection that there is or a new one.
    pub async fn open_join(&self, target: JoinTarget) -> Result<JoinStream, NetError> {
        let (reply, answer) = oneshot::channel();
        self.command(Command::OpenJoin(target, reply)).await?;
        // The connection that was to carry it has ended, as when another one with the same computer takes its place.
        answer.await.map_err(|_| NetError::NotConnected)?
    }

    /// Ends the connection with a computer, if there is one. A member is not dialled again soon.
    pub async fn disconnect(&self, peer: &PeerKey) -> Result<(), NetError> {
        self.command(Command::Disconnect(*peer)).await
    }

    /// Where this computer can be reached now: routable addresses first, loopback last; empty while the port is taken.
    pub async fn listen_addresses(&self) -> Result<Vec<SocketAddr>, NetError> {
        self.ask(Command::ListenAddresses).await
    }

    /// What other computers announce now.
    pub async fn hints(&self) -> Result<Vec<Hint>, NetError> {
        self.ask(Command::Hints).await
    }

    /// The computers that announce the invitation now; two may have chosen one number.
    pub async fn inviters(&self, invitation: u32) -> Result<Vec<PeerKey>, NetError> {
        self.ask(|reply| Command::Inviters(invitation, reply)).await
    }

    /// Why members were last not reached or lost, in words for people; a member that is connected again is among them.
    pub async fn failures(&self) -> Result<Vec<(PeerKey, String)>, NetError> {
        self.ask(Command::Failures).await
    }

    /// Asks a connected member to dial this computer where it listens, and gives what came of it: the member tries it
    /// just then. [`NetError::Refused`] by a version that does not know the question.
    pub async fn reached_by(&self, peer: &PeerKey) -> Result<Reach, NetError> {
        let listening = self.listen_addresses().await?;
        let port = listening.first().ok_or(NetError::NoAddress)?.port();
        let opener = self.queues.opener(peer).ok_or(NetError::NotConnected)?;
        let asked = async {
            let opened = open(&opener, reach::PROTOCOL, REACH).await;
            let stream = opened.map_err(OpenError::into_broken)?;
            reach::ask(stream, port).await.map_err(NetError::Broken)
        };
        timeout(REACH, asked)
            .await
            .unwrap_or(Err(NetError::NotConnected))
    }

    /// The members that are connected now.
    #[must_use]
    pub fn connected(&self) -> Vec<PeerKey> {
        self.queues.peers()
    }

    /// Ends everything in order: no more connections, those that stand get a farewell, announcements are withdrawn. The
    /// channel of events ends.
    pub async fn shutdown(&self) {
        // It may have been shut down before.
        drop(self.ask(Command::Shutdown).await);
    }

    async fn command(&self, command: Command) -> Result<(), NetError> {
        self.commands
            .send(command)
            .await
            .map_err(|_| NetError::ShutDown)
    }

    async fn ask<T>(&self, command: impl FnOnce(Reply<T>) -> Command) -> Result<T, NetError> {
        let (reply, answer) = oneshot::channel();
        self.command(command(reply)).await?;
        answer.await.map_err(|_| NetError::ShutDown)
    }
}

impl std::fmt::Debug for NetHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NetHandle")
            .field("key", &crate::peer_id_text(&self.key))
            .finish_non_exhaustive()
    }
}

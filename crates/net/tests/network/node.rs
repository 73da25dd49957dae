//! One computer under test, and waiting for what it reports.

use std::{
    collections::VecDeque,
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use rota_net::{DialAddress, Net, NetConfig, NetEvent, NetHandle, PeerKey, Timings, public_key};
use tokio::{sync::mpsc, time::timeout};

/// Long enough for a loaded machine; only a failing test waits so long.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

pub(crate) struct Node {
    pub(crate) handle: NetHandle,
    pub(crate) events: mpsc::Receiver<NetEvent>,
    seen: VecDeque<NetEvent>,
}

/// The usual configuration, with short waits and no discovery.
pub(crate) fn config(seed: u8) -> NetConfig {
    let timings = Timings {
        ping_interval: Duration::from_millis(200),
        ping_timeout: Duration::from_secs(3),
        backoff_first: Duration::from_millis(50),
        backoff_near: Duration::from_millis(500),
        backoff_far: Duration::from_millis(500),
        watch: Duration::from_millis(100),
        ..Timings::default()
    };
    NetConfig {
        discovery: false,
        timings,
        ..NetConfig::new([seed; 32], u64::from(seed), format!("computer {seed}"))
    }
}

pub(crate) fn key(seed: u8) -> PeerKey {
    public_key(&[seed; 32]).unwrap()
}

impl Node {
    pub(crate) fn new(config: NetConfig) -> Self {
        let (handle, events) = Net::start(config).unwrap();
        Self {
            handle,
            events,
            seen: VecDeque::new(),
        }
    }

    /// A node that listens at a free port of loopback.
    pub(crate) async fn listening(config: NetConfig) -> (Self, SocketAddr) {
        let mut node = Self::new(config);
        let port = node.port().await;
        (node, (Ipv4Addr::LOCALHOST, port).into())
    }

    pub(crate) async fn port(&mut self) -> u16 {
        self.wait("listening", |event| match event {
            NetEvent::Listening { addresses } => Some(addresses[0].port()),
            _ => None,
        })
        .await
    }

    pub(crate) async fn members(&self, members: &[(u8, Option<SocketAddr>)]) {
        let members = members
            .iter()
            .map(|(seed, address)| (key(*seed), address.iter().copied().collect()));
        self.handle.set_members(members.collect()).await.unwrap();
    }

    /// The first event, of those not waited for yet, that `wanted` takes.
    pub(crate) async fn wait<T>(
        &mut self,
        what: &str,
        mut wanted: impl FnMut(&NetEvent) -> Option<T>,
    ) -> T {
        for index in 0..self.seen.len() {
            if let Some(found) = wanted(&self.seen[index]) {
                self.seen.remove(index);
                return found;
            }
        }
        let search = async {
            loop {
                let event = self.events.recv().await.expect("the network ended");
                if let Some(found) = wanted(&event) {
                    return found;
                }
                self.seen.push_back(event);
            }
        };
        match timeout(DEADLINE, search).await {
            Ok(found) => found,
            Err(_) => panic!("waited in vain for {what}; seen: {:?}", self.seen),
        }
    }

    /// Waits for the connection; tells whether this node dialled.
    pub(crate) async fn connected(&mut self, seed: u8) -> bool {
        self.wait("connected", |event| match event {
            NetEvent::Connected { peer, outbound, .. } if *peer == key(seed) => Some(*outbound),
            _ => None,
        })
        .await
    }

    pub(crate) async fn disconnected(&mut self, seed: u8) -> rota_net::DisconnectReason {
        self.wait("disconnected", |event| match event {
            NetEvent::Disconnected { peer, reason } if *peer == key(seed) => Some(reason.clone()),
            _ => None,
        })
        .await
    }

    pub(crate) async fn frame(&mut self, seed: u8) -> Vec<u8> {
        self.wait("a frame", |event| match event {
            NetEvent::Frame { peer, bytes } if *peer == key(seed) => Some(bytes.clone()),
            _ => None,
        })
        .await
    }

    pub(crate) async fn send(&self, seed: u8, frame: &[u8]) {
        self.handle.send(&key(seed), frame.to_vec()).await.unwrap();
    }

    /// Whether the node has reported such an event by now.
    pub(crate) fn has_seen(&mut self, wanted: impl Fn(&NetEvent) -> bool) -> bool {
        while let Ok(event) = self.events.try_recv() {
            self.seen.push_back(event);
        }
        self.seen.iter().any(wanted)
    }
}

pub(crate) fn by_hand(address: SocketAddr) -> DialAddress {
    address.to_string().parse().unwrap()
}

/// Waits until a condition holds that no event tells.
pub(crate) async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let waiting = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(DEADLINE, waiting)
        .await
        .unwrap_or_else(|_| panic!("waited in vain until {what}"));
}

/// Two members that are connected: 1 knows no address, 2 dialled.
pub(crate) async fn pair() -> (Node, Node, SocketAddr) {
    let (mut one, address) = Node::listening(config(1)).await;
    let mut two = Node::new(config(2));
    one.members(&[(2, None)]).await;
    two.members(&[(1, Some(address))]).await;
    assert!(!one.connected(2).await);
    assert!(two.connected(1).await);
    (one, two, address)
}

/// How many TCP connections stand that were accepted at these ports.
#[cfg(target_os = "linux")]
pub(crate) fn accepted_at(ports: &[u16]) -> usize {
    const ESTABLISHED: &str = "01";
    let mut count = 0;
    for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
        for line in std::fs::read_to_string(table)
            .unwrap_or_default()
            .lines()
            .skip(1)
        {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let port = columns[1]
                .rsplit_once(':')
                .and_then(|(_, port)| u16::from_str_radix(port, 16).ok());
            count += usize::from(
                columns[3] == ESTABLISHED && port.is_some_and(|port| ports.contains(&port)),
            );
        }
    }
    count
}

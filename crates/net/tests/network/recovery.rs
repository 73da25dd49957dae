//! What breaks comes back by itself.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use rota_net::{ConditionCode, DisconnectReason, NetEvent};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

use crate::node::{Node, config, pair};

#[tokio::test]
async fn a_computer_that_restarts_is_dialled_again() {
    let (one, mut two, address) = pair().await;
    one.handle.shutdown().await;
    two.disconnected(1).await;
    let mut again = config(1);
    again.listen_port = address.port();
    let mut one = Node::new(again);
    one.members(&[(2, None)]).await;
    one.connected(2).await;
    two.connected(1).await;
    two.send(1, b"here again").await;
    assert_eq!(one.frame(2).await, b"here again");
}

#[tokio::test]
async fn a_port_that_is_taken_is_reported_and_opened_when_it_is_free() {
    let taken = std::net::TcpListener::bind("0.0.0.0:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut one = Node::new({
        let mut config = config(1);
        config.listen_port = port;
        config
    });
    let message = one
        .wait("the port in use", |event| match event {
            NetEvent::Condition {
                code: ConditionCode::PortInUse,
                active: true,
                message,
            } => Some(message.clone()),
            _ => None,
        })
        .await;
    assert!(message.contains(&port.to_string()), "{message}");
    assert!(one.handle.listen_addresses().await.unwrap().is_empty());
    drop(taken);
    one.wait("the end of the condition", |event| match event {
        NetEvent::Condition {
            code: ConditionCode::PortInUse,
            active: false,
            ..
        } => Some(()),
        _ => None,
    })
    .await;
    assert_eq!(one.port().await, port);
    assert_eq!(one.handle.listen_addresses().await.unwrap()[0].port(), port);
}

/// Passes bytes on between two computers until it is told to swallow them: a cable that is pulled.
struct Cable {
    address: SocketAddr,
    is_cut: Arc<AtomicBool>,
    _pumps: JoinSet<()>,
}

impl Cable {
    async fn to(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let is_cut = Arc::new(AtomicBool::new(false));
        let mut pumps = JoinSet::new();
        let cut = is_cut.clone();
        pumps.spawn(async move {
            let mut inner = JoinSet::new();
            loop {
                let (near, _) = listener.accept().await.unwrap();
                let Ok(far) = TcpStream::connect(target).await else {
                    continue;
                };
                let ((near_in, near_out), (far_in, far_out)) =
                    (near.into_split(), far.into_split());
                inner.spawn(pump(near_in, far_out, cut.clone()));
                inner.spawn(pump(far_in, near_out, cut.clone()));
            }
        });
        Self {
            address,
            is_cut,
            _pumps: pumps,
        }
    }
}

async fn pump(
    mut from: impl AsyncReadExt + Unpin,
    mut to: impl AsyncWriteExt + Unpin,
    cut: Arc<AtomicBool>,
) {
    let mut buffer = [0; 4096];
    loop {
        let count = from.read(&mut buffer).await.unwrap_or(0);
        if cut.load(Ordering::SeqCst) {
            // Neither the bytes nor an end arrive at the other side.
            std::future::pending::<()>().await;
        }
        if count == 0 || to.write_all(&buffer[..count]).await.is_err() {
            return;
        }
    }
}

#[tokio::test]
async fn both_ends_notice_a_connection_that_is_dead_without_a_word_and_meet_again() {
    let (mut one, address) = Node::listening(config(1)).await;
    let cable = Cable::to(address).await;
    let mut two = Node::new(config(2));
    one.members(&[(2, None)]).await;
    two.members(&[(1, Some(cable.address))]).await;
    one.connected(2).await;
    two.connected(1).await;

    cable.is_cut.store(true, Ordering::SeqCst);
    assert_eq!(one.disconnected(2).await, DisconnectReason::Unanswered);
    assert_eq!(two.disconnected(1).await, DisconnectReason::Unanswered);

    cable.is_cut.store(false, Ordering::SeqCst);
    one.connected(2).await;
    two.connected(1).await;
    two.send(1, b"here again").await;
    assert_eq!(one.frame(2).await, b"here again");
}

#[tokio::test]
async fn a_quiet_connection_is_kept() {
    let (mut one, two, _) = pair().await;
    // More pings than one timeout holds.
    tokio::time::sleep(config(1).timings.ping_timeout + config(1).timings.ping_interval * 2).await;
    assert!(!one.has_seen(|event| matches!(event, NetEvent::Disconnected { .. })));
    two.send(1, b"still here").await;
    assert_eq!(one.frame(2).await, b"still here");
}

/// What makes this program the computer that is put to sleep, and where it finds the other.
#[cfg(unix)]
const SLEEPER: &str = "ROTA_TEST_SLEEPER_DIALS";

/// A process that is stopped is what a sleeping machine looks like from outside.
#[cfg(unix)]
#[tokio::test]
async fn a_computer_that_slept_is_noticed_and_comes_back_by_itself() {
    use std::process::{Child, Command};

    if let Ok(address) = std::env::var(SLEEPER) {
        let mut two = Node::new(config(2));
        two.members(&[(1, Some(address.parse().unwrap()))]).await;
        loop {
            // Ends with the process, which the other one kills.
            if let Some(NetEvent::Frame { bytes, .. }) = two.events.recv().await {
                two.send(1, &bytes).await;
            }
        }
    }

    struct Sleeper(Child);
    impl Sleeper {
        fn signal(&self, signal: &str) {
            let done = Command::new("kill")
                .args([signal, &self.0.id().to_string()])
                .status()
                .unwrap();
            assert!(done.success());
        }
    }
    impl Drop for Sleeper {
        fn drop(&mut self) {
            self.0.kill().ok();
            self.0.wait().ok();
        }
    }

    let (mut one, address) = Node::listening(config(1)).await;
    one.members(&[(2, None)]).await;
    let child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "recovery::a_computer_that_slept_is_noticed_and_comes_back_by_itself",
        ])
        .env(SLEEPER, address.to_string())
        .spawn();
    let sleeper = Sleeper(child.unwrap());
    one.connected(2).await;
    sleeper.signal("-STOP");
    assert_eq!(one.disconnected(2).await, DisconnectReason::Unanswered);
    sleeper.signal("-CONT");
    one.connected(2).await;
    one.send(2, b"awake").await;
    assert_eq!(one.frame(2).await, b"awake");
}

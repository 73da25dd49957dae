//! Computers that do not keep to the rules, with sockets and handshakes of their own.

use std::{
    future::poll_fn,
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use futures_util::io::{AsyncReadExt, AsyncWriteExt};
use libp2p_core::upgrade::OutboundConnectionUpgrade;
use libp2p_identity::{Keypair, ed25519};
use multistream_select::{Negotiated, Version, dialer_select_proto};
use rota_net::{DisconnectReason, NetEvent};
use tokio::{
    net::{TcpSocket, TcpStream},
    time::timeout,
};
use tokio_util::compat::TokioAsyncReadCompatExt;

use crate::node::{DEADLINE, Node, config, key};

/// A computer that speaks the protocols as far as it likes.
struct Hostile {
    open: tokio::sync::mpsc::Sender<tokio::sync::oneshot::Sender<yamux::Stream>>,
}

impl Hostile {
    async fn connect(seed: u8, address: SocketAddr) -> Self {
        Self::try_connect(seed, address)
            .await
            .expect("it is let in")
    }

    /// `None` if it is hung up on as soon as its key is known.
    async fn try_connect(seed: u8, address: SocketAddr) -> Option<Self> {
        let secret = ed25519::SecretKey::try_from_bytes([seed; 32]).unwrap();
        let keypair = Keypair::from(ed25519::Keypair::from(secret));
        let socket = TcpStream::connect(address).await.unwrap().compat();
        let (_, socket) = dialer_select_proto(socket, ["/noise"], Version::V1)
            .await
            .unwrap();
        let noise = libp2p_noise::Config::new(&keypair).unwrap();
        let (_, channel) = noise.upgrade_outbound(socket, "/noise").await.unwrap();
        let (_, channel) = dialer_select_proto(channel, ["/yamux/1.0.0"], Version::V1)
            .await
            .ok()?;
        let mut connection =
            yamux::Connection::new(channel, yamux::Config::default(), yamux::Mode::Client);
        let (open, mut wanted) =
            tokio::sync::mpsc::channel::<tokio::sync::oneshot::Sender<yamux::Stream>>(8);
        tokio::spawn(async move {
            let mut inbound = Vec::new();
            loop {
                tokio::select! {
                    stream = poll_fn(|cx| connection.poll_next_inbound(cx)) => match stream {
                        Some(Ok(stream)) => inbound.push(stream),
                        _ => return,
                    },
                    reply = wanted.recv() => {
                        let Some(reply) = reply else { return };
                        let Ok(stream) = poll_fn(|cx| connection.poll_new_outbound(cx)).await else { return };
                        drop(reply.send(stream));
                    }
                }
            }
        });
        Some(Self { open })
    }

    async fn substream(&self) -> yamux::Stream {
        let (reply, stream) = tokio::sync::oneshot::channel();
        self.open.send(reply).await.unwrap();
        stream.await.unwrap()
    }

    async fn sync(&self) -> Negotiated<yamux::Stream> {
        dialer_select_proto(self.substream().await, ["/rota/sync/1"], Version::V1)
            .await
            .unwrap()
            .1
    }
}

/// 1 with the members 2 and 3, of which 2 is connected.
async fn victim() -> (Node, Node, SocketAddr) {
    let (mut one, address) = Node::listening(config(1)).await;
    let mut two = Node::new(config(2));
    one.members(&[(2, None), (3, None)]).await;
    two.members(&[(1, Some(address))]).await;
    one.connected(2).await;
    two.connected(1).await;
    (one, two, address)
}

async fn goes_on(one: &mut Node, two: &mut Node) {
    one.send(2, b"going on").await;
    assert_eq!(two.frame(1).await, b"going on");
    two.send(1, b"here too").await;
    assert_eq!(one.frame(2).await, b"here too");
    assert!(
        !one.has_seen(
            |event| matches!(event, NetEvent::Disconnected { peer, .. } if *peer == key(2))
        )
    );
}

#[tokio::test]
async fn a_member_that_announces_an_overlong_frame_is_dropped_and_others_go_on() {
    let (mut one, mut two, address) = victim().await;
    let three = Hostile::connect(3, address).await;
    let mut sync = three.sync().await;
    one.connected(3).await;
    sync.write_all(&[0, 0, 0, 1, 77]).await.unwrap();
    sync.write_all(&u32::MAX.to_be_bytes()).await.unwrap();
    sync.flush().await.unwrap();
    assert_eq!(one.frame(3).await, [77]);
    assert!(matches!(
        one.disconnected(3).await,
        DisconnectReason::Garbage(_)
    ));
    goes_on(&mut one, &mut two).await;
}

#[tokio::test]
async fn a_member_that_negotiates_with_garbage_is_dropped_and_others_go_on() {
    let (mut one, mut two, address) = victim().await;
    let three = Hostile::connect(3, address).await;
    let _sync = three.sync().await;
    one.connected(3).await;
    let mut stream = three.substream().await;
    stream
        .write_all(&[0x05, b'g', b'a', b'r', b'b', b'\n'])
        .await
        .unwrap();
    stream.flush().await.unwrap();
    assert!(matches!(
        one.disconnected(3).await,
        DisconnectReason::Garbage(_)
    ));
    goes_on(&mut one, &mut two).await;
}

#[tokio::test]
async fn a_member_that_breaks_the_multiplexer_is_dropped_and_others_go_on() {
    let (mut one, mut two, address) = victim().await;
    let three = Hostile::connect(3, address).await;
    let _sync = three.sync().await;
    one.connected(3).await;
    // More substreams than a connection may have.
    let mut streams = Vec::new();
    while streams.len() < 64 {
        let (reply, stream) = tokio::sync::oneshot::channel();
        if three.open.send(reply).await.is_err() {
            break;
        }
        let Ok(mut stream) = stream.await else { break };
        if stream.write_all(b"\x13/multistream/1.0.0\n").await.is_err()
            || stream.flush().await.is_err()
        {
            break;
        }
        streams.push(stream);
    }
    one.disconnected(3).await;
    goes_on(&mut one, &mut two).await;
}

#[tokio::test]
async fn bytes_that_are_no_handshake_harm_nobody() {
    let (mut one, mut two, address) = victim().await;
    for garbage in [
        &b"GET / HTTP/1.1\r\n\r\n"[..],
        &[0xff; 4096],
        &[0; 1],
        b"\x13/multistream/1.0.0\n\xff\xff\xff\xff\x7f",
    ] {
        let mut socket = TcpStream::connect(address).await.unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut socket, garbage)
            .await
            .unwrap();
        tokio::io::AsyncWriteExt::shutdown(&mut socket)
            .await
            .unwrap();
        let mut end = Vec::new();
        let read = timeout(
            DEADLINE,
            tokio::io::AsyncReadExt::read_to_end(&mut socket, &mut end),
        )
        .await;
        read.expect("the socket is closed").ok();
    }
    goes_on(&mut one, &mut two).await;
}

#[tokio::test]
async fn a_flood_of_strangers_gets_eight_places_and_keeps_no_member_out() {
    let (mut one, address) = Node::listening(config(1)).await;
    one.handle.set_invitations(vec![1]).await.unwrap();
    one.members(&[(2, Some((Ipv4Addr::LOCALHOST, 9).into()))])
        .await;
    let mut sockets = Vec::new();
    for host in 2..=30u8 {
        for _ in 0..3 {
            let socket = TcpSocket::new_v4().unwrap();
            socket
                .bind((Ipv4Addr::new(127, 0, 0, host), 0).into())
                .unwrap();
            sockets.push(socket.connect(address).await.unwrap());
        }
    }
    // Whoever got a place hears nothing until the handshake's time is over; the others are hung up on. A member comes in
    // meanwhile.
    let two = Node::new(config(2));
    two.members(&[(1, Some(address))]).await;
    one.connected(2).await;
    let mut held = 0;
    for socket in &mut sockets {
        let mut byte = [0];
        let end = timeout(
            Duration::from_millis(100),
            tokio::io::AsyncReadExt::read(socket, &mut byte),
        )
        .await;
        held += usize::from(end.is_err());
    }
    assert!(
        held <= 8,
        "{held} of {} strangers hold a place",
        sockets.len()
    );
    // And even those go.
    for socket in &mut sockets {
        let mut end = Vec::new();
        timeout(
            DEADLINE,
            tokio::io::AsyncReadExt::read_to_end(socket, &mut end),
        )
        .await
        .expect("it is hung up on")
        .ok();
    }
    assert_eq!(one.handle.connected(), [key(2)]);
}

#[tokio::test]
async fn a_member_that_says_nothing_is_no_connection_and_is_dropped() {
    let mut short = config(1);
    short.timings.handshake = Duration::from_millis(500);
    let (mut one, address) = Node::listening(short).await;
    one.members(&[(3, None)]).await;
    let three = Hostile::connect(3, address).await;
    timeout(DEADLINE, three.open.closed())
        .await
        .expect("it is hung up on");
    assert!(!one.has_seen(|event| matches!(
        event,
        NetEvent::Connected { .. } | NetEvent::Disconnected { .. }
    )));
}

#[tokio::test]
async fn a_member_gets_no_second_sync_substream() {
    let (mut one, _two, address) = victim().await;
    let three = Hostile::connect(3, address).await;
    let mut first = three.sync().await;
    one.connected(3).await;
    let second = dialer_select_proto(three.substream().await, ["/rota/sync/1"], Version::V1).await;
    assert!(second.is_err(), "a second one would double every frame");
    first.write_all(&[0, 0, 0, 1, 5]).await.unwrap();
    first.flush().await.unwrap();
    assert_eq!(one.frame(3).await, [5]);
    // What it hears is frames too.
    one.send(3, b"hello").await;
    let mut heard = [0; 9];
    first.read_exact(&mut heard).await.unwrap();
    assert_eq!(&heard, b"\0\0\0\x05hello");
}

#[tokio::test]
async fn a_stranger_hears_nothing_once_its_key_is_known() {
    let (one, address) = Node::listening(config(1)).await;
    one.members(&[(2, None)]).await;
    // The network's task takes calls in order: once it answers it has taken the one before.
    one.handle.listen_addresses().await.unwrap();
    assert!(Hostile::try_connect(3, address).await.is_none());
    one.handle.set_invitations(vec![1]).await.unwrap();
    one.handle.listen_addresses().await.unwrap();
    assert!(Hostile::try_connect(3, address).await.is_some());
}

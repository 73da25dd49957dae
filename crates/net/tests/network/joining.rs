//! Strangers and invitations.

use rota_net::{JoinStream, JoinTarget, NetError, NetEvent};

use crate::node::{Node, by_hand, config, key};

async fn join_request(node: &mut Node) -> JoinStream {
    loop {
        let event = tokio::time::timeout(crate::node::DEADLINE, node.events.recv())
            .await
            .unwrap()
            .unwrap();
        if let NetEvent::JoinRequest { stream, .. } = event {
            return stream;
        }
    }
}

#[tokio::test]
async fn strangers_are_refused_without_an_invitation() {
    let (mut one, address) = Node::listening(config(1)).await;
    one.members(&[(9, None)]).await;
    let two = Node::new(config(2));
    let error = two
        .handle
        .open_join(JoinTarget::Address(by_hand(address)))
        .await
        .unwrap_err();
    assert!(matches!(error, NetError::Refused), "{error:?}");
    assert!(!one.has_seen(|event| matches!(
        event,
        NetEvent::JoinRequest { .. } | NetEvent::Connected { .. }
    )));
}

#[tokio::test]
async fn a_stranger_joins_and_becomes_a_member_over_one_connection() {
    let (mut one, address) = Node::listening(config(1)).await;
    let mut two = Node::new(config(2));
    one.handle.set_invitations(vec![4]).await.unwrap();

    let mut asking = two
        .handle
        .open_join(JoinTarget::Address(by_hand(address)))
        .await
        .unwrap();
    let mut asked = join_request(&mut one).await;
    assert_eq!((asking.remote(), asked.remote()), (&key(1), &key(2)));
    asking.write_frame(b"let me in").await.unwrap();
    assert_eq!(asked.read_frame().await.unwrap().unwrap(), b"let me in");
    asked.proved();
    asked.write_frame(b"come in").await.unwrap();
    assert_eq!(asking.read_frame().await.unwrap().unwrap(), b"come in");
    assert!(one.handle.connected().is_empty());

    two.members(&[(1, None)]).await;
    one.members(&[(2, None)]).await;
    one.handle.set_invitations(vec![]).await.unwrap();
    assert!(two.connected(1).await);
    assert!(!one.connected(2).await);

    asking.close().await.unwrap();
    assert_eq!(asked.read_frame().await.unwrap(), None);
    drop(asked);
    two.send(1, b"now sync").await;
    assert_eq!(one.frame(2).await, b"now sync");
    #[cfg(target_os = "linux")]
    assert_eq!(crate::node::accepted_at(&[address.port()]), 1);
}

#[tokio::test]
async fn a_stranger_gets_nothing_but_joining() {
    let (mut one, address) = Node::listening(config(1)).await;
    let mut two = Node::new(config(2));
    one.handle.set_invitations(vec![4]).await.unwrap();
    // 2 counts 1 and asks to sync; 1 does not count 2.
    two.members(&[(1, Some(address))]).await;
    let mut asking = two
        .handle
        .open_join(JoinTarget::Peer(key(1)))
        .await
        .unwrap();
    let mut asked = join_request(&mut one).await;
    asking.write_frame(b"hello").await.unwrap();
    assert_eq!(asked.read_frame().await.unwrap().unwrap(), b"hello");
    assert!(one.handle.connected().is_empty() && two.handle.connected().is_empty());
    assert!(!one.has_seen(|event| matches!(event, NetEvent::Connected { .. })));
    one.members(&[(2, None)]).await;
    two.connected(1).await;
}

#[tokio::test]
async fn members_talk_about_joining_another_space_over_the_connection_they_have() {
    let (mut one, two, address) = crate::node::pair().await;
    let refused = two
        .handle
        .open_join(JoinTarget::Peer(key(1)))
        .await
        .unwrap_err();
    assert!(matches!(refused, NetError::Refused), "{refused:?}");
    one.handle.set_invitations(vec![4]).await.unwrap();
    let mut asking = two
        .handle
        .open_join(JoinTarget::Peer(key(1)))
        .await
        .unwrap();
    let mut asked = join_request(&mut one).await;
    asking.write_frame(b"hello").await.unwrap();
    assert_eq!(asked.read_frame().await.unwrap().unwrap(), b"hello");
    drop((asking, asked));
    two.send(1, b"sync goes on").await;
    assert_eq!(one.frame(2).await, b"sync goes on");
    #[cfg(target_os = "linux")]
    assert_eq!(crate::node::accepted_at(&[address.port()]), 1);
}

#[tokio::test]
async fn whoever_waits_for_an_answer_hears_that_this_end_let_the_connection_go() {
    let (mut one, two, _) = crate::node::pair().await;
    one.handle.set_invitations(vec![4]).await.unwrap();
    let mut asking = two
        .handle
        .open_join(JoinTarget::Peer(key(1)))
        .await
        .unwrap();
    let _asked = join_request(&mut one).await;
    // Looking again at the deadline would find what nobody told.
    let waiting = async {
        tokio::select! {
            biased;
            () = tokio::time::sleep(crate::node::DEADLINE) => panic!("it is not told"),
            end = asking.read_frame() => end,
        }
    };
    // As when another connection with the same computer takes its place.
    let inviter = key(1);
    let (end, gone) = tokio::join!(biased; waiting, two.handle.disconnect(&inviter));
    gone.unwrap();
    let is_told = matches!(end, Err(NetError::NotConnected | NetError::Broken(_)));
    assert!(is_told, "{end:?}");
    let written = asking.write_frame(b"hello?").await;
    assert!(written.is_err());
}

#[tokio::test]
async fn a_stranger_that_proves_nothing_is_sent_away() {
    let mut slow = config(1);
    slow.timings.stranger = std::time::Duration::from_millis(500);
    let (mut one, address) = Node::listening(slow).await;
    one.handle.set_invitations(vec![4]).await.unwrap();
    let two = Node::new(config(2));
    let mut asking = two
        .handle
        .open_join(JoinTarget::Address(by_hand(address)))
        .await
        .unwrap();
    let _asked = join_request(&mut one).await;
    let end = tokio::time::timeout(crate::node::DEADLINE, asking.read_frame())
        .await
        .expect("it is sent away");
    assert!(matches!(end, Ok(None) | Err(_)));
}

#[tokio::test]
async fn an_invitation_that_nobody_announces_is_not_found() {
    let two = Node::new(config(2));
    let error = two
        .handle
        .open_join(JoinTarget::Invitation(5))
        .await
        .unwrap_err();
    assert!(matches!(error, NetError::NoSuchInvitation(5)), "{error}");
    let error = two
        .handle
        .open_join(JoinTarget::Peer(key(1)))
        .await
        .unwrap_err();
    assert!(matches!(error, NetError::NoAddress), "{error}");
}

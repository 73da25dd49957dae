//! Two computers that know each other.

use rota_net::{DisconnectReason, NetError, NetEvent};

use crate::node::{Node, by_hand, config, key, pair};

#[tokio::test]
async fn frames_go_both_ways_in_order() {
    let (mut one, mut two, _) = pair().await;
    for number in 0..200u32 {
        one.send(2, &number.to_be_bytes()).await;
        two.send(1, &[&number.to_be_bytes()[..], &vec![7; 3000]].concat())
            .await;
        assert_eq!(two.frame(1).await, number.to_be_bytes());
        assert_eq!(one.frame(2).await[..4], number.to_be_bytes());
    }
    one.send(2, &[]).await;
    assert_eq!(two.frame(1).await, []);
}

#[tokio::test]
async fn nobody_is_dialled_back_on_the_same_machine_and_only_members_ask() {
    let (mut one, two, _) = pair().await;
    for refused in [
        one.handle.reached_by(&key(2)).await.unwrap_err(),
        two.handle.reached_by(&key(1)).await.unwrap_err(),
    ] {
        assert!(matches!(refused, NetError::Refused), "{refused}");
    }
    let nobody = one.handle.reached_by(&key(3)).await.unwrap_err();
    assert!(matches!(nobody, NetError::NotConnected), "{nobody}");
    two.send(1, b"the connection stands").await;
    assert_eq!(one.frame(2).await, b"the connection stands");
}

#[tokio::test]
async fn the_address_that_was_dialled_is_worth_remembering() {
    let (mut one, mut two, address) = pair().await;
    let worked = two
        .wait("an address that worked", |event| match event {
            NetEvent::AddressWorked { peer, address } if *peer == key(1) => Some(*address),
            _ => None,
        })
        .await;
    assert_eq!(worked, address);
    assert!(
        !one.has_seen(|event| matches!(event, NetEvent::AddressWorked { .. })),
        "an accepted address has a passing port"
    );
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn dials_that_cross_leave_one_connection() {
    use crate::node::{accepted_at, until};
    let patient = |seed| {
        // Were both connections lost, as when each end keeps its own, the test would be over before the next dial.
        let mut config = config(seed);
        config.timings.backoff_first = crate::node::DEADLINE * 4;
        config.timings.backoff_near = crate::node::DEADLINE * 4;
        config
    };
    for seed in (10..40).step_by(2) {
        let (mut one, one_address) = Node::listening(patient(seed)).await;
        let (mut two, two_address) = Node::listening(patient(seed + 1)).await;
        one.members(&[(seed + 1, None)]).await;
        two.members(&[(seed, None)]).await;
        let dials = tokio::join!(
            one.handle.connect(by_hand(two_address)),
            two.handle.connect(by_hand(one_address))
        );
        drop(dials);
        until("one connection stands", || {
            one.has_seen(|_| false);
            two.has_seen(|_| false);
            let connected =
                !one.handle.connected().is_empty() && !two.handle.connected().is_empty();
            connected && accepted_at(&[one_address.port(), two_address.port()]) == 1
        })
        .await;
        one.send(seed + 1, b"there").await;
        two.send(seed, b"back").await;
        assert_eq!(two.frame(seed).await, b"there");
        assert_eq!(one.frame(seed + 1).await, b"back");
        tokio::join!(one.handle.shutdown(), two.handle.shutdown());
    }
}

#[tokio::test]
async fn dialling_by_hand_tells_who_answers() {
    let (mut one, address) = Node::listening(config(1)).await;
    let mut two = Node::new(config(2));
    one.members(&[(2, None)]).await;
    two.members(&[(1, None)]).await;
    assert_eq!(two.handle.connect(by_hand(address)).await.unwrap(), key(1));
    two.connected(1).await;
    one.connected(2).await;
    assert_eq!(two.handle.connected(), [key(1)]);

    assert_eq!(two.handle.connect(by_hand(address)).await.unwrap(), key(1));
    two.send(1, b"the connection that stood stands").await;
    assert_eq!(one.frame(2).await, b"the connection that stood stands");
    assert!(!one.has_seen(|event| matches!(event, NetEvent::Disconnected { .. })));
}

#[tokio::test]
async fn an_address_of_another_computer_is_refused() {
    let (one, address) = Node::listening(config(1)).await;
    one.members(&[(2, None)]).await;
    let two = Node::new(config(2));
    let wanted = format!(
        "/ip4/127.0.0.1/tcp/{}/p2p/{}",
        address.port(),
        rota_net::peer_id_text(&key(3))
    );
    let error = two
        .handle
        .connect(wanted.parse().unwrap())
        .await
        .unwrap_err();
    assert!(
        matches!(error, NetError::OtherComputer { found, .. } if found == key(1)),
        "{error}"
    );
}

#[tokio::test]
async fn where_nobody_listens_the_error_says_so() {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let node = Node::new(config(1));
    let error = node.handle.connect(by_hand(free)).await.unwrap_err();
    assert!(matches!(error, NetError::Dial { .. }), "{error}");
    assert!(matches!(
        node.handle.send(&key(2), vec![]).await,
        Err(NetError::NotConnected)
    ));
}

#[tokio::test]
async fn a_computer_refuses_itself_and_its_twin() {
    let (one, address) = Node::listening(config(1)).await;
    one.handle.set_invitations(vec![1]).await.unwrap();
    let error = one.handle.connect(by_hand(address)).await.unwrap_err();
    assert!(matches!(error, NetError::OwnKey { .. }), "{error}");
    let twin = Node::new(config(1));
    let error = twin.handle.connect(by_hand(address)).await.unwrap_err();
    assert!(matches!(error, NetError::OwnKey { .. }), "{error}");
}

#[tokio::test]
async fn who_is_no_member_any_more_is_disconnected_and_kept_out() {
    let (mut one, mut two, address) = pair().await;
    one.members(&[]).await;
    assert_eq!(one.disconnected(2).await, DisconnectReason::NotMember);
    two.disconnected(1).await;
    let error = two.handle.connect(by_hand(address)).await.unwrap_err();
    assert!(
        !matches!(
            error,
            NetError::OwnKey { .. } | NetError::OtherComputer { .. }
        ),
        "{error}"
    );
    assert!(one.handle.connected().is_empty());
}

#[tokio::test]
async fn a_shutdown_says_farewell_and_ends_the_events() {
    let (one, mut two, _) = pair().await;
    let Node {
        handle, mut events, ..
    } = one;
    handle.shutdown().await;
    while events.recv().await.is_some() {}
    assert_eq!(two.disconnected(1).await, DisconnectReason::ClosedByPeer);
    assert!(matches!(
        handle.set_members(vec![]).await,
        Err(NetError::ShutDown)
    ));
    handle.shutdown().await;
}

#[tokio::test]
async fn a_frame_that_is_too_long_is_refused_before_it_is_sent() {
    let (one, mut two, _) = pair().await;
    let limit = rota_model::limits::FRAME_MAX_BYTES;
    let error = one
        .handle
        .send(&key(2), vec![0; limit + 1])
        .await
        .unwrap_err();
    assert!(matches!(error, NetError::FrameTooLong { .. }), "{error}");
    one.send(2, &vec![1; limit]).await;
    assert_eq!(two.frame(1).await.len(), limit);
}

#[tokio::test]
async fn an_address_that_leads_nowhere_or_to_another_does_not_hide_the_right_one() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let (_three, another) = Node::listening(config(3)).await;
    let (mut one, address) = Node::listening(config(1)).await;
    let mut two = Node::new(config(2));
    one.members(&[(2, None)]).await;
    two.handle
        .set_members(vec![(key(1), vec![nobody, another, address])])
        .await
        .unwrap();
    two.connected(1).await;
    one.connected(2).await;
}

#[tokio::test]
async fn why_a_member_is_not_reached_is_told() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let node = Node::new(config(2));
    node.members(&[(1, Some(nobody))]).await;
    let told = async {
        loop {
            if let Some((peer, why)) = node.handle.failures().await.unwrap().pop() {
                return (peer, why);
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    let (peer, why) = tokio::time::timeout(crate::node::DEADLINE, told)
        .await
        .unwrap();
    assert_eq!(peer, key(1));
    assert!(
        why.contains(&nobody.to_string()) && why.contains("refused"),
        "{why}"
    );
}

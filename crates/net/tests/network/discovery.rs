//! Real multicast, in a network namespace of its own so that nothing reaches the machine's network.
//!
//! A test starts itself again inside a new namespace; there `eth0` is one end of a cable whose other end is up. Several
//! computers live in that one namespace and hear each other through `eth0`.

use std::{
    io::Write,
    net::{SocketAddr, UdpSocket},
    process::{Command, Stdio},
};

use rota_net::{ConditionCode, Hint, JoinTarget, NetConfig, NetEvent, PeerKey};

use crate::node::{Node, config, key};

const INSIDE: &str = "ROTA_TEST_INSIDE_NAMESPACE";

/// Runs `test` inside a namespace of its own. Where namespaces cannot be made the test says so and is skipped, except
/// in CI.
fn in_namespace<F: Future<Output = ()>>(name: &str, test: impl FnOnce() -> F) {
    if std::env::var_os(INSIDE).is_some() {
        ip("link set lo up");
        ip("link add eth0 type veth peer name veth-far");
        ip("link set veth-far up");
        ip("link set eth0 up");
        ip("addr add 10.77.0.1/24 dev eth0");
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap()
            .block_on(test());
        return;
    }
    let can = Command::new("unshare")
        .args(["--net", "ip", "link"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !can.is_ok_and(|status| status.success()) {
        assert!(std::env::var("CI").is_err(), "no network namespaces here");
        skip(name);
        return;
    }
    let program = std::env::current_exe().unwrap();
    let inside = Command::new("unshare")
        .arg("--net")
        .arg(program)
        .args(["--exact", &format!("discovery::{name}"), "--nocapture"])
        .env(INSIDE, "1")
        .output()
        .unwrap();
    assert!(
        inside.status.success(),
        "{}{}",
        String::from_utf8_lossy(&inside.stdout),
        String::from_utf8_lossy(&inside.stderr)
    );
}

/// Says and records that a test could not run, in the form that `cargo xtask test` counts.
fn skip(name: &str) {
    let line = format!("ROTA-SKIP: {name}: network namespaces cannot be made here");
    println!("{line}");
    if let Some(path) = std::env::var_os("ROTA_SKIPS") {
        let mut file = std::fs::OpenOptions::new()
            .append(true)
            .create(true)
            .open(path)
            .unwrap();
        writeln!(file, "{line}").unwrap();
    }
}

fn ip(words: &str) {
    let done = Command::new("ip").args(words.split(' ')).output().unwrap();
    assert!(
        done.status.success(),
        "ip {words}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
}

fn announcing(seed: u8) -> NetConfig {
    NetConfig {
        discovery: true,
        ..config(seed)
    }
}

impl Node {
    async fn hint(&mut self, peer: PeerKey, wanted: impl Fn(&Hint) -> bool) -> Hint {
        self.wait("an announcement", |event| match event {
            NetEvent::HintSeen(hint) if hint.peer == peer && wanted(hint) => Some(hint.clone()),
            _ => None,
        })
        .await
    }

    async fn condition(&mut self, wanted: ConditionCode, is_active: bool) {
        self.wait("a condition", |event| match event {
            NetEvent::Condition { code, active, .. } if *code == wanted && *active == is_active => {
                Some(())
            }
            _ => None,
        })
        .await;
    }
}

#[test]
fn members_find_each_other_without_an_address() {
    in_namespace("members_find_each_other_without_an_address", async || {
        let (mut one, mut two) = (Node::new(announcing(1)), Node::new(announcing(2)));
        one.members(&[(2, None)]).await;
        two.members(&[(1, None)]).await;
        one.connected(2).await;
        two.connected(1).await;
        one.send(2, b"found").await;
        assert_eq!(two.frame(1).await, b"found");
        let hint = one.hint(key(2), |_| true).await;
        assert_eq!(
            (hint.name.as_str(), hint.boot, hint.version),
            ("computer 2", 2, 1)
        );
        assert_eq!(hint.addresses[0].ip().to_string(), "10.77.0.1");
        assert!(
            hint.addresses
                .iter()
                .all(|address| !address.ip().is_loopback())
        );
        assert!(!one.has_seen(|event| matches!(
            event,
            NetEvent::TwinSeen { .. } | NetEvent::Condition { active: true, .. }
        )));

        two.handle.shutdown().await;
        one.wait("the announcement's end", |event| match event {
            NetEvent::HintGone { peer } if *peer == key(2) => Some(()),
            _ => None,
        })
        .await;
    });
}

#[test]
fn an_invitation_is_announced_while_it_is_open() {
    in_namespace("an_invitation_is_announced_while_it_is_open", async || {
        let (mut one, mut two) = (Node::new(announcing(1)), Node::new(announcing(2)));
        two.hint(key(1), |hint| hint.invites.is_empty()).await;
        one.handle.set_invitations(vec![12, 3]).await.unwrap();
        two.hint(key(1), |hint| hint.invites == [3, 12]).await;
        assert_eq!(two.handle.inviters(12).await.unwrap(), [key(1)]);
        let mut asking = two
            .handle
            .open_join(JoinTarget::Invitation(12))
            .await
            .unwrap();
        asking.write_frame(b"hello").await.unwrap();
        one.wait("the request to join", |event| {
            matches!(event, NetEvent::JoinRequest { .. }).then_some(())
        })
        .await;
        one.handle.set_invitations(vec![]).await.unwrap();
        two.hint(key(1), |hint| hint.invites.is_empty()).await;
        assert!(two.handle.inviters(12).await.unwrap().is_empty());
    });
}

#[test]
fn a_twin_is_reported() {
    in_namespace("a_twin_is_reported", async || {
        let mut one = Node::new(announcing(1));
        let mut twin = Node::new(NetConfig {
            boot: 77,
            ..announcing(1)
        });
        let seen = |event: &NetEvent| match event {
            NetEvent::TwinSeen { boot } => Some(*boot),
            _ => None,
        };
        assert_eq!(one.wait("the twin", seen).await, 77);
        assert_eq!(twin.wait("the twin", seen).await, 1);
    });
}

#[test]
fn a_link_that_goes_down_and_comes_back_with_another_address_is_used_again() {
    in_namespace(
        "a_link_that_goes_down_and_comes_back_with_another_address_is_used_again",
        async || {
            let (mut one, mut two) = (Node::new(announcing(1)), Node::new(announcing(2)));
            one.members(&[(2, None)]).await;
            two.members(&[(1, None)]).await;
            one.connected(2).await;
            two.connected(1).await;
            ip("link set eth0 down");
            one.condition(ConditionCode::NoNetwork, true).await;
            ip("addr flush dev eth0");
            ip("addr add 10.78.0.9/24 dev eth0");
            ip("link set eth0 up");
            one.condition(ConditionCode::NoNetwork, false).await;
            let hint = two
                .hint(key(1), |hint| {
                    hint.addresses
                        .iter()
                        .any(|address| address.ip().to_string() == "10.78.0.9")
                })
                .await;
            assert!(
                hint.addresses
                    .iter()
                    .all(|address| address.ip().to_string() != "10.77.0.1"),
                "{hint:?}"
            );
            one.connected(2).await;
            assert!(
                one.handle.listen_addresses().await.unwrap()[0]
                    .ip()
                    .to_string()
                    .starts_with("10.78.")
            );
        },
    );
}

#[test]
fn without_a_network_and_without_multicast_the_node_says_so_and_recovers() {
    in_namespace(
        "without_a_network_and_without_multicast_the_node_says_so_and_recovers",
        async || {
            ip("link set eth0 down");
            let mut one = Node::new(announcing(1));
            one.condition(ConditionCode::NoNetwork, true).await;
            one.port().await;
            let loopback = one.handle.listen_addresses().await.unwrap();
            assert!(
                !loopback.is_empty() && loopback.iter().all(|address| address.ip().is_loopback()),
                "{loopback:?}"
            );

            // A program that does not share the port of mDNS.
            let greedy = [
                UdpSocket::bind("0.0.0.0:5353").unwrap(),
                UdpSocket::bind("[::1]:5353").unwrap(),
            ];
            ip("link set eth0 up");
            one.condition(ConditionCode::NoNetwork, false).await;
            one.condition(ConditionCode::DiscoveryFailed, true).await;
            drop(greedy);
            one.condition(ConditionCode::DiscoveryFailed, false).await;
            let mut two = Node::new(announcing(2));
            two.hint(key(1), |_| true).await;
        },
    );
}

#[test]
fn a_computer_that_crashed_is_found_again_after_its_restart() {
    in_namespace(
        "a_computer_that_crashed_is_found_again_after_its_restart",
        async || {
            let mut one = Node::new(announcing(1));
            one.members(&[(2, None)]).await;
            for boot in [5, 6] {
                let mut two = Node::new(NetConfig {
                    boot,
                    ..announcing(2)
                });
                two.members(&[(1, None)]).await;
                one.connected(2).await;
                two.connected(1).await;
                one.hint(key(2), |hint| hint.boot == boot).await;
                drop(two);
                one.disconnected(2).await;
            }
        },
    );
}

/// The members of a group of computers all find each other.
#[test]
fn many_computers_meet_with_one_connection_a_pair() {
    in_namespace(
        "many_computers_meet_with_one_connection_a_pair",
        async || {
            const COUNT: u8 = 6;
            let mut nodes: Vec<Node> = (1..=COUNT)
                .map(|seed| Node::new(announcing(seed)))
                .collect();
            let everyone: Vec<_> = (1..=COUNT).map(|seed| (seed, None)).collect();
            let mut ports = Vec::new();
            for node in &mut nodes {
                node.members(&everyone).await;
                ports.push(node.port().await);
            }
            let pairs = usize::from(COUNT) * usize::from(COUNT - 1) / 2;
            crate::node::until("all are connected once", || {
                let all = nodes.iter_mut().all(|node| {
                    node.has_seen(|_| false);
                    node.handle.connected().len() == usize::from(COUNT - 1)
                });
                all && crate::node::accepted_at(&ports) == pairs
            })
            .await;
        },
    );
}

#[test]
fn link_local_addresses_keep_their_interface() {
    in_namespace("link_local_addresses_keep_their_interface", async || {
        ip("addr del 10.77.0.1/24 dev eth0");
        let (mut one, mut two) = (Node::new(announcing(1)), Node::new(announcing(2)));
        one.members(&[(2, None)]).await;
        two.members(&[(1, None)]).await;
        let hint = one.hint(key(2), |_| true).await;
        assert!(
            matches!(hint.addresses[..], [SocketAddr::V6(v6)] if v6.scope_id() != 0),
            "{hint:?}"
        );
        one.connected(2).await;
        two.connected(1).await;
    });
}

use super::*;

const ME: PeerKey = [1; 32];
const OTHER: PeerKey = [2; 32];

fn address(text: &str) -> SocketAddr {
    text.parse().unwrap()
}

fn hint(peer: PeerKey, addresses: &[&str]) -> Hint {
    let addresses = addresses.iter().map(|text| address(text)).collect();
    Hint {
        peer,
        boot: 1,
        name: "laptop".into(),
        version: 1,
        addresses,
        invites: vec![7],
    }
}

fn peers() -> Peers {
    Peers::new(ME, 5, Timings::default())
}

fn nobody(_: &PeerKey) -> bool {
    false
}

#[test]
fn what_worked_and_is_announced_comes_first() {
    let (mut peers, now) = (peers(), Instant::now());
    peers.set_members(
        [(OTHER, vec![address("10.0.0.9:1"), address("10.0.0.2:1")])],
        now,
    );
    peers.announced(
        "a".into(),
        hint(OTHER, &["[fe80::1%2]:1", "10.0.0.1:1", "10.0.0.2:1"]),
        now,
    );
    let ordered: Vec<String> = peers
        .addresses(&OTHER)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        ordered,
        ["10.0.0.2:1", "10.0.0.1:1", "[fe80::1%2]:1", "10.0.0.9:1"]
    );
}

#[test]
fn a_member_without_an_address_is_dialled_once_it_is_announced() {
    let (mut peers, now) = (peers(), Instant::now());
    peers.set_members([(OTHER, vec![])], now);
    assert!(peers.due(now, nobody).is_empty());
    assert_eq!(peers.next_dial(nobody), None);
    assert!(peers.announced("a".into(), hint(OTHER, &["10.0.0.1:1"]), now));
    assert_eq!(
        peers.due(now, nobody),
        [(OTHER, vec![address("10.0.0.1:1")])]
    );
}

#[test]
fn an_announcement_ends_a_long_wait_but_a_stream_of_them_makes_no_stream_of_dials() {
    let (mut peers, now) = (peers(), Instant::now());
    peers.set_members([(OTHER, vec![address("10.0.0.1:1")])], now);
    for _ in 0..20 {
        peers.failed(&OTHER, "why".into(), now);
    }
    assert!(peers.next_dial(nobody).unwrap() > now + Duration::from_secs(20));
    peers.announced("a".into(), hint(OTHER, &["10.0.0.1:1"]), now);
    assert_eq!(peers.due(now, nobody).len(), 1);
    peers.announced("a".into(), hint(OTHER, &["10.0.0.2:1"]), now);
    assert_eq!(peers.next_dial(nobody), Some(now + DIALS_APART));
}

#[test]
fn a_computer_announced_twice_is_gone_when_both_announcements_are() {
    let (mut peers, now) = (peers(), Instant::now());
    peers.announced("old".into(), hint(OTHER, &["10.0.0.1:1"]), now);
    peers.announced("new".into(), hint(OTHER, &["10.0.0.1:2"]), now);
    assert_eq!(peers.inviters(7), [OTHER]);
    assert_eq!(peers.unannounced("old"), None);
    assert_eq!(peers.unannounced("new"), Some(OTHER));
    assert!(peers.inviters(7).is_empty());
}

#[test]
fn announcements_are_bounded_and_members_have_precedence() {
    let (mut peers, now) = (peers(), Instant::now());
    peers.set_members([(OTHER, vec![])], now);
    let flood = (0..2 * HINTS_MAX_COUNT).filter(|nth| {
        let mut stranger = [9; 32];
        stranger[..8].copy_from_slice(&nth.to_be_bytes());
        peers.announced(format!("{nth}"), hint(stranger, &["10.0.0.3:1"]), now)
    });
    assert_eq!(flood.count(), HINTS_MAX_COUNT);
    assert!(peers.announced("member".into(), hint(OTHER, &["10.0.0.1:1"]), now));
    assert_eq!(peers.hints().len(), HINTS_MAX_COUNT);
}

#[test]
fn a_connection_that_stood_starts_the_waits_again() {
    let (mut peers, now) = (peers(), Instant::now());
    peers.set_members([(OTHER, vec![address("10.0.0.1:1")])], now);
    for _ in 0..20 {
        peers.failed(&OTHER, "why".into(), now);
    }
    peers.ended(&OTHER, "why".into(), now, now);
    assert!(
        peers.next_dial(nobody).unwrap() > now + Duration::from_secs(2),
        "it did not stand"
    );
    peers.ended(&OTHER, "why".into(), now, now + STOOD);
    assert!(peers.next_dial(nobody).unwrap() <= now + STOOD + Timings::default().backoff_first);
}

#[test]
fn this_computer_is_never_dialled() {
    let (mut peers, now) = (peers(), Instant::now());
    peers.set_members([(ME, vec![address("10.0.0.1:1")])], now);
    assert!(peers.keys().is_empty());
    assert!(peers.due(now, nobody).is_empty());
}

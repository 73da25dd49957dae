//! What the network check names as the cause, each in a network where it is the cause.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use rota_tests::network::Host;
use rota_tests::skip::{Need, can_run};
use rota_tests::{Computer, Network, until, until_some};
use serde_json::Value;

fn on(host: &Host, name: &str, person: &str) -> Computer {
    let mut computer = Computer::on(host, name, person);
    computer.start(&[]);
    computer
}

/// Anna's computer and Ben's, which share a space.
fn two(hosts: &[Host]) -> (Computer, Computer) {
    let a = on(&hosts[0], "a-desk", "Anna");
    let b = on(&hosts[1], "b-laptop", "Ben");
    a.ok(&["spaces", "add", "Home"]);
    let code = a.json(&["invite", "Home"])["code"].clone();
    b.ok(&["join", code.as_str().unwrap(), "--timeout", "60s"]);
    (a, b)
}

/// What a check found, if it was made.
fn check(computer: &Computer, name: &str) -> Option<Value> {
    let checks = computer.json(&["doctor"]);
    let mut all = checks.as_array().unwrap().iter();
    all.find(|check| check["check"] == name).cloned()
}

fn wait_check(computer: &Computer, name: &str, ok: bool) -> Value {
    let what = format!("{} finds {name} {ok}", computer.name());
    until_some(&what, 60, || {
        check(computer, name).filter(|check| check["ok"] == ok)
    })
}

fn text<'a>(check: &'a Value, field: &str) -> &'a str {
    check[field].as_str().unwrap()
}

fn is_connected(computer: &Computer) -> bool {
    let computers = computer.json(&["computers"]);
    let mut others = computers.as_array().unwrap().iter();
    others.any(|other| other["this"] == false && other["online"] == true)
}

/// The port at which it listens.
fn port(computer: &Computer) -> u16 {
    let address = computer.address();
    address.rsplit(':').next().unwrap().parse().unwrap()
}

#[test]
fn a_firewall_is_named_where_it_is_and_told_from_the_other_side() {
    let test = "a_firewall_is_named_where_it_is_and_told_from_the_other_side";
    if !can_run(test, &[Need::Namespaces]) {
        return;
    }
    let mut network = Network::new(1);
    let hosts = [(); 2].map(|()| network.add_host(&[0]));
    let (mut a, mut b) = two(&hosts);
    for (one, other) in [(&a, "b-laptop"), (&b, "a-desk")] {
        let reached = wait_check(one, "reached", true);
        assert_eq!(text(&reached, "computer"), other);
        assert!(check(one, "shut").is_none());
    }

    // Ben's computer cannot begin anything with Anna's; hers dials his.
    let shut = port(&a);
    network.block(&hosts[0], shut);
    a.stop();
    a.start(&["--port", &shut.to_string()]);
    let firewall = wait_check(&a, "reached", false);
    assert_eq!(
        text(&firewall, "message"),
        "b-laptop sees this computer, but cannot reach it"
    );
    assert_eq!(
        text(&firewall, "fix"),
        format!("most likely the firewall here blocks Rota: allow port {shut}")
    );
    assert_eq!(
        (&firewall["computer"], &firewall["port"]),
        (&"b-laptop".into(), &shut.into())
    );
    assert!(is_connected(&a));
    // Nothing is wrong with Ben's.
    wait_check(&b, "reached", true);

    // Neither can begin anything with the other: each still hears what the other announces.
    let other = port(&b);
    network.block(&hosts[1], other);
    b.stop();
    b.start(&["--port", &other.to_string()]);
    let there = wait_check(&a, "shut", false);
    assert_eq!(
        text(&there, "message"),
        "b-laptop announces itself, but does not answer"
    );
    assert!(text(&there, "fix").starts_with("if it is on, most likely the firewall there"));
    assert_eq!(there["port"], other);
    assert!(check(&a, "reached").is_none(), "nobody could try it");

    network.unblock(&hosts[0]);
    network.unblock(&hosts[1]);
    until("they are connected again", 60, || is_connected(&a));
    wait_check(&a, "reached", true);
    assert!(check(&a, "shut").is_none());
}

#[test]
fn a_vpn_that_takes_the_local_network_is_named_and_one_that_does_not_is_not() {
    let test = "a_vpn_that_takes_the_local_network_is_named_and_one_that_does_not_is_not";
    if !can_run(test, &[Need::Namespaces]) {
        return;
    }
    let mut network = Network::new(1);
    let hosts = [(); 2].map(|()| network.add_host(&[0]));
    let (a, mut b) = two(&hosts);
    // It takes what is for elsewhere alone.
    network.tunnel_elsewhere(&hosts[0]);
    b.stop();
    until("they are apart", 30, || !is_connected(&a));
    assert!(check(&a, "vpn").is_none());
    network.end_tunnel(&hosts[0]);

    network.tunnel(&hosts[0]);
    b.start(&[]);
    let vpn = wait_check(&a, "vpn", false);
    assert!(text(&vpn, "message").contains("a VPN (tun0) takes all traffic"));
    assert!(text(&vpn, "fix").starts_with("allow local networks in it"));
    for consequence in ["shut", "isolation"] {
        assert!(check(&a, consequence).is_none(), "{consequence}");
    }

    network.end_tunnel(&hosts[0]);
    until("they are connected again", 60, || is_connected(&a));
    assert!(check(&a, "vpn").is_none());
}

#[test]
fn guests_that_are_kept_apart_are_told_from_a_computer_that_is_away() {
    let test = "guests_that_are_kept_apart_are_told_from_a_computer_that_is_away";
    if !can_run(test, &[Need::Namespaces, Need::Program("bridge")]) {
        return;
    }
    let mut network = Network::new(1);
    let hosts = [(); 4].map(|()| network.add_host(&[0]));
    let (router, printer) = (&hosts[2], &hosts[3]);
    let (a, mut b) = two(&hosts);
    for host in &hosts[..2] {
        network.route_through(host, router);
    }
    // Ben is away, and others answer: that is no access point that keeps guests apart.
    b.stop();
    until("Ben is away", 30, || !is_connected(&a));
    network.unplug(&hosts[1], 0);
    network.greet(&hosts[0], printer);
    let none = check(&a, "computers").unwrap();
    assert_eq!(none["ok"], false);
    assert!(check(&a, "isolation").is_none());

    network.plug(&hosts[1], 0);
    b.start(&[]);
    until("Ben is back", 60, || is_connected(&a));
    for guest in [0, 1, 3] {
        network.keep_apart(&hosts[guest], 0);
        network.forget_neighbours(&hosts[guest]);
    }
    let apart = wait_check(&a, "isolation", false);
    assert_eq!(
        text(&apart, "message"),
        "nobody but the router answers on this network"
    );
    assert!(text(&apart, "fix").starts_with("if b-laptop is on, most likely the access point"));
    assert!(check(&a, "reached").is_none());
}

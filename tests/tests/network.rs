//! Three computers, each in a network namespace of its own, with real multicast between them.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use rota_tests::computer::titles;
use rota_tests::network::Host;
use rota_tests::skip::{Need, can_run};
use rota_tests::{Computer, Network, until};
use serde_json::Value;

/// `inviter` opens an invitation to `space`, `newcomer` joins by the code alone.
fn join(inviter: &Computer, newcomer: &Computer, space: &str, more: &[&str]) {
    let mut args = vec!["invite", space];
    args.extend(more);
    let invitation = inviter.json(&args);
    let joined = newcomer.json(&[
        "join",
        invitation["code"].as_str().unwrap(),
        "--timeout",
        "60s",
    ]);
    assert_eq!(
        joined["space"]["name"]
            .as_str()
            .or(joined["space"].as_str()),
        Some(space)
    );
}

fn house(host: &Host, name: &str, person: &str) -> Computer {
    let mut computer = Computer::on(host, name, person);
    computer.start(&[]);
    computer
}

fn short(task: &Value) -> &str {
    task["short"].as_str().unwrap()
}

fn wait_titles(computer: &Computer, expected: &[&str]) {
    let mut wanted: Vec<_> = expected.to_vec();
    wanted.sort_unstable();
    until(
        &format!("{} shows {expected:?}", computer.name()),
        30,
        || {
            let mut shown = titles(&computer.json(&["list", "--space", "Home"]));
            shown.sort_unstable();
            shown == wanted
        },
    );
}

#[test]
fn three_computers_join_by_code_and_share_one_list_both_ways() {
    if !can_run(
        "three_computers_join_by_code_and_share_one_list_both_ways",
        &[Need::Namespaces],
    ) {
        return;
    }
    let mut network = Network::new(1);
    let hosts = [(); 3].map(|()| network.add_host(&[0]));
    let a = house(&hosts[0], "a-desk", "Anna");
    let b = house(&hosts[1], "b-laptop", "Ben");
    let c = house(&hosts[2], "c-bench", "Cleo");
    a.ok(&["spaces", "add", "Home"]);
    a.ok(&["lists", "add", "House", "--space", "Home"]);
    a.ok(&[
        "add",
        "--plain",
        "Call the boiler service",
        "--list",
        "House",
        "--space",
        "Home",
    ]);
    join(&a, &b, "Home", &["--role", "owner"]);
    assert_eq!(
        titles(&b.json(&["list", "--space", "Home"])),
        ["Call the boiler service"],
        "complete when it returns"
    );
    join(&b, &c, "Home", &[]);
    assert_eq!(
        titles(&c.json(&["list", "--space", "Home"])),
        ["Call the boiler service"]
    );

    let paint = c.json(&[
        "add",
        "--plain",
        "Buy paint",
        "--list",
        "House",
        "--space",
        "Home",
    ]);
    for other in [&a, &b] {
        other.wait_for("Buy paint");
    }
    a.ok(&[
        "edit",
        short(&paint),
        "--title",
        "Buy white paint",
        "--priority",
        "2",
        "--tag",
        "+home",
    ]);
    for other in [&b, &c] {
        let task = other.wait_for("Buy white paint");
        assert_eq!(task["priority"], 2);
        assert_eq!(task["tags"], serde_json::json!(["home"]));
    }
    b.ok(&["done", short(&paint)]);
    for other in [&a, &c] {
        until("it is done there too", 30, || {
            let task = other.find("Buy white paint").unwrap();
            task["status"] == "done"
                && task["completed_by"]["person"]["name"]
                    .as_str()
                    .or(task["completed_by"]["person"].as_str())
                    == Some("Ben")
        });
    }
    a.ok(&["delete", short(&paint)]);
    for other in [&a, &b, &c] {
        until("it is gone everywhere", 30, || {
            other.find("Buy white paint").is_none()
        });
    }
    c.ok(&["restore", short(&paint)]);
    for other in [&a, &b, &c] {
        other.wait_for("Buy white paint");
    }
    let computers = a.json(&["computers"]);
    assert_eq!(computers.as_array().unwrap().len(), 3);
    until("all are online", 30, || {
        a.json(&["computers"])
            .as_array()
            .unwrap()
            .iter()
            .all(|c| c["online"] == true)
    });
}

#[test]
fn edits_made_apart_meet_after_the_link_comes_back() {
    if !can_run(
        "edits_made_apart_meet_after_the_link_comes_back",
        &[Need::Namespaces],
    ) {
        return;
    }
    let mut network = Network::new(1);
    let hosts = [(); 2].map(|()| network.add_host(&[0]));
    let a = house(&hosts[0], "a-desk", "Anna");
    let b = house(&hosts[1], "b-laptop", "Ben");
    a.ok(&["spaces", "add", "Home"]);
    let rent = a.json(&["add", "--plain", "Rent", "--space", "Home"]);
    join(&a, &b, "Home", &[]);
    b.wait_for("Rent");

    network.unplug(&hosts[1], 0);
    a.ok(&[
        "edit",
        short(&rent),
        "--title",
        "Rent 950",
        "--tag",
        "+bank",
    ]);
    a.ok(&["add", "--plain", "Added on A", "--space", "Home"]);
    b.ok(&[
        "edit",
        short(&rent),
        "--title",
        "Rent 900",
        "--tag",
        "+march",
    ]);
    b.ok(&["add", "--plain", "Added on B", "--space", "Home"]);
    network.plug(&hosts[1], 0);

    a.wait_for("Added on B");
    b.wait_for("Added on A");
    let merged = |computer: &Computer| computer.json(&["show", short(&rent)]);
    until("both show the same title and both tags", 30, || {
        let (one, two) = (merged(&a), merged(&b));
        one["title"] == two["title"]
            && one["tags"] == serde_json::json!(["bank", "march"])
            && two["tags"] == one["tags"]
    });
    for computer in [&a, &b] {
        let task = merged(computer);
        assert_eq!(
            task["title"], "Rent 900",
            "the later of the two by their own clocks"
        );
        assert_eq!(task["also_written"]["title"].as_array().unwrap().len(), 1);
        let history = computer.json(&["history", short(&rent)]);
        let of_title: Vec<_> = history
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["field"] == "title")
            .collect();
        for value in ["Rent", "Rent 950", "Rent 900"] {
            assert!(
                of_title.iter().any(|entry| entry["value"] == value),
                "{value} is in the history"
            );
        }
        assert_eq!(
            of_title
                .iter()
                .filter(|entry| entry["current"] == true)
                .count(),
            1
        );
        assert!(
            of_title
                .iter()
                .any(|entry| entry["value"] == "Rent 950" && entry["also_written"] == true)
        );
    }
}

#[test]
fn computers_that_never_meet_agree_through_one_between_them() {
    if !can_run(
        "computers_that_never_meet_agree_through_one_between_them",
        &[Need::Namespaces],
    ) {
        return;
    }
    let mut network = Network::new(2);
    let (left, middle, right) = (
        network.add_host(&[0]),
        network.add_host(&[0, 1]),
        network.add_host(&[1]),
    );
    let a = house(&left, "a-desk", "Anna");
    let b = house(&middle, "b-hall", "Ben");
    let c = house(&right, "c-bench", "Cleo");
    b.ok(&["spaces", "add", "Home"]);
    join(&b, &a, "Home", &[]);
    join(&b, &c, "Home", &[]);
    let from_a = a.json(&["add", "--plain", "From the left", "--space", "Home"]);
    let task = c.wait_for("From the left");
    assert_eq!(task["id"], from_a["id"]);
    c.ok(&["done", short(&from_a)]);
    until("A hears of it through B", 30, || {
        a.find("From the left").unwrap()["status"] == "done"
    });
    c.ok(&["add", "--plain", "From the right", "--space", "Home"]);
    for computer in [&a, &b, &c] {
        wait_titles(computer, &["From the right"]);
    }
}

#[test]
fn a_removal_sticks_through_restarts_and_late_deliveries() {
    if !can_run(
        "a_removal_sticks_through_restarts_and_late_deliveries",
        &[Need::Namespaces],
    ) {
        return;
    }
    let mut network = Network::new(1);
    let hosts = [(); 3].map(|()| network.add_host(&[0]));
    let mut a = house(&hosts[0], "a-desk", "Anna");
    let mut b = house(&hosts[1], "b-laptop", "Ben");
    let mut c = house(&hosts[2], "c-bench", "Cleo");
    a.ok(&["spaces", "add", "Home"]);
    join(&a, &b, "Home", &[]);
    join(&a, &c, "Home", &[]);
    b.ok(&["add", "--plain", "Ben was here", "--space", "Home"]);
    a.wait_for("Ben was here");
    c.wait_for("Ben was here");
    c.stop();
    a.ok(&["members", "remove", "Ben", "--space", "Home"]);
    until("Ben's computer knows", 30, || {
        b.rota(&["add", "--plain", "no", "--space", "Home"]).exit == 4
    });
    assert_eq!(
        titles(&b.json(&["list", "--space", "Home"])),
        ["Ben was here"],
        "what it had stays readable"
    );
    for computer in [&mut a, &mut b] {
        computer.stop();
        computer.start(&[]);
    }
    c.start(&[]);
    until("Cleo hears of it late", 30, || {
        let members = c.json(&["members", "Home"]);
        members
            .as_array()
            .unwrap()
            .iter()
            .any(|m| m["person"]["name"] == "Ben" && !m["removed_at"].is_null())
    });
    a.ok(&["add", "--plain", "After Ben", "--space", "Home"]);
    c.wait_for("After Ben");
    assert_eq!(b.rota(&["add", "--plain", "no", "--space", "Home"]).exit, 4);
    assert!(b.find("After Ben").is_none());
}

#[test]
fn a_second_computer_of_ones_own_gets_everything() {
    if !can_run(
        "a_second_computer_of_ones_own_gets_everything",
        &[Need::Namespaces],
    ) {
        return;
    }
    let mut network = Network::new(1);
    let hosts = [(); 3].map(|()| network.add_host(&[0]));
    let desk = house(&hosts[0], "desk", "Anna");
    let laptop = house(&hosts[1], "laptop", "anna");
    let ben = house(&hosts[2], "ben-pc", "Ben");
    desk.ok(&["add", "--plain", "On the desk"]);
    laptop.ok(&["add", "--plain", "On the laptop before"]);
    ben.ok(&["spaces", "add", "Home"]);
    ben.ok(&["add", "--plain", "Shared", "--space", "Home"]);
    join(&ben, &desk, "Home", &[]);
    let invitation = desk.json(&["invite", "--mine"]);
    laptop.ok(&[
        "join",
        invitation["code"].as_str().unwrap(),
        "--timeout",
        "60s",
    ]);
    for computer in [&desk, &laptop] {
        for title in ["On the desk", "On the laptop before", "Shared"] {
            computer.wait_for(title);
        }
        let spaces = computer.json(&["spaces"]);
        let mine = spaces
            .as_array()
            .unwrap()
            .iter()
            .filter(|space| space["kind"] == "mine")
            .count();
        assert_eq!(mine, 1, "{}: one Mine", computer.name());
    }
    laptop.ok(&[
        "add",
        "--plain",
        "Shared from the laptop",
        "--space",
        "Home",
    ]);
    let task = ben.wait_for("Shared from the laptop");
    assert_eq!(
        task["created_by"]["person"]["name"]
            .as_str()
            .or(task["created_by"]["person"].as_str()),
        Some("Anna")
    );
}

//! Invitations, joining, members, other computers: two computers on this machine, without discovery.

use rota_tests::{Computer, Pair, until, until_some};
use serde_json::{Value, json};

use crate::{add, refused, shape, short, text};

fn member<'a>(members: &'a Value, name: &str) -> &'a Value {
    let mut all = members.as_array().unwrap().iter();
    all.find(|member| member["person"]["name"] == name)
        .unwrap_or_else(|| panic!("no {name}: {members}"))
}

fn join(computer: &Computer, invitation: &Value, address: &str) -> Value {
    let joined = computer.json(&["join", text(invitation, "code"), "--address", address]);
    shape::joined(&joined);
    joined
}

#[test]
fn an_invitation_says_all_and_a_join_without_a_node_ends_with_everything() {
    let mut a = Computer::new("a-desk", "Anna");
    let b = Computer::new("b-laptop", "Ben");
    let address = Computer::loopback_address(&a.start(&["--no-discovery"]));
    a.ok(&["spaces", "add", "Home"]);
    add(&a, &["One", "--space", "Home"]);
    add(&a, &["Two", "--space", "Home"]);
    let invitation = a.json(&["invite", "Home"]);
    shape::invitation(&invitation);
    let parts: Vec<&str> = text(&invitation, "code").split('-').collect();
    assert_eq!(parts.len(), 4, "{invitation}");
    assert!(parts[0].parse::<u32>().is_ok(), "{invitation}");
    assert_eq!(invitation["space"]["name"], "Home");
    assert_eq!(
        (&invitation["role"], &invitation["uses"]),
        (&json!("editor"), &json!(1))
    );
    let more = a.json(&[
        "invite", "Home", "--role", "viewer", "--uses", "3", "--for", "1h",
    ]);
    shape::invitation(&more);
    assert_eq!(
        (&more["role"], &more["uses"]),
        (&json!("viewer"), &json!(3))
    );
    assert!(text(&more, "expires_at") > text(&invitation, "expires_at"));
    let joined = join(&b, &invitation, &address);
    assert_eq!(
        (&joined["space"]["name"], &joined["tasks"]),
        (&json!("Home"), &json!(2))
    );
    assert_eq!(b.titles(), ["One", "Two"]);
    let c = Computer::new("c-pc", "Cleo");
    let spent = refused(
        &c,
        &["join", text(&invitation, "code"), "--address", &address],
        4,
    );
    assert_eq!(spent, "dead_code");
    let brief = a.json(&["invite", "Home", "--for", "1s"]);
    until("the code has expired", 20, || {
        let words = [
            "--json",
            "join",
            text(&brief, "code"),
            "--address",
            &address,
        ];
        let answer = c.rota(&words);
        answer.exit == 4 && answer.stdout.contains("dead_code")
    });
}

#[test]
fn a_member_that_joins_again_is_let_in_or_told_that_the_code_is_used() {
    let mut a = Computer::new("a-desk", "Anna");
    let b = Computer::new("b-laptop", "Ben");
    let address = Computer::loopback_address(&a.start(&["--no-discovery"]));
    a.ok(&["spaces", "add", "Home"]);
    let invitation = a.json(&["invite", "Home"]);
    // With another invitation open the inviter talks about every code.
    a.ok(&["invite", "Home"]);
    join(&b, &invitation, &address);
    for attempt in 0..6 {
        // Both sides also connect as members, so that the connection of the conversation may go in the middle.
        let answer = b.rota(&["join", text(&invitation, "code"), "--address", &address]);
        let told = format!("attempt {attempt}: {}{}", answer.stdout, answer.stderr);
        assert!([0, 4].contains(&answer.exit), "{told}");
    }
}

#[test]
fn another_computer_of_ones_own_brings_its_tasks_along() {
    let (mut a, mut b) = (
        Computer::new("a-desk", "Anna"),
        Computer::new("b-laptop", "Anna"),
    );
    let address = Computer::loopback_address(&a.start(&["--no-discovery"]));
    b.start(&["--no-discovery"]);
    add(&a, &["From the desk"]);
    add(&b, &["From the laptop"]);
    let invitation = a.json(&["invite", "--mine"]);
    shape::invitation(&invitation);
    assert_eq!(invitation["space"]["name"], "Mine");
    let joined = join(&b, &invitation, &address);
    assert_eq!(joined["space"]["name"], "Mine");
    for computer in [&a, &b] {
        until(&format!("{} has both", computer.name()), 30, || {
            computer.titles().len() == 2
        });
        let tasks = computer.json(&["list", "--space", "Mine"]);
        assert_eq!(tasks.as_array().unwrap().len(), 2);
    }
    assert_eq!(a.json(&["spaces"])[0]["computers"], 2);
}

#[test]
fn members_are_shown_given_roles_and_removed() {
    let Pair { mut a, b, .. } = Pair::start();
    let task = add(&a, &["Shared", "--space", "Home"]);
    b.wait_for("Shared");
    let members = a.json(&["members"]);
    shape::members(&members);
    assert_eq!(members, a.json(&["members", "Home"]));
    assert_eq!(member(&members, "Anna")["role"], "owner");
    let ben = member(&members, "Ben");
    assert_eq!(
        (&ben["role"], &ben["removed_at"]),
        (&json!("editor"), &json!(null))
    );
    assert_eq!(ben["computers"][0]["name"], "b-laptop");
    assert_eq!(refused(&b, &["invite", "Home"], 4), "not_allowed");
    assert_eq!(
        refused(&b, &["members", "role", "Anna", "viewer"], 4),
        "not_allowed"
    );
    let assigned = a.json(&["edit", short(&task), "--assign", "Ben"]);
    shape::task(&assigned);
    assert_eq!(assigned["assignee"]["name"], "Ben");
    until("Ben finds it as his", 30, || {
        b.json(&["list", "--assigned", "me"])[0]["title"] == "Shared"
    });

    let changed = a.json(&["members", "role", "ben", "viewer", "--space", "Home"]);
    shape::members(&changed);
    assert_eq!(member(&changed, "Ben")["role"], "viewer");
    until("Ben knows", 30, || {
        b.json(&["spaces"])[1]["role"] == "viewer"
    });
    assert_eq!(refused(&b, &["done", short(&task)], 4), "not_allowed");
    a.ok(&["members", "role", "Ben", "owner"]);
    until("Ben may invite", 30, || {
        b.rota(&["invite", "Home"]).exit == 0
    });
    a.ok(&["members", "role", "Ben", "editor"]);
    until("Ben may not", 30, || b.rota(&["invite", "Home"]).exit == 4);

    let removed = a.json(&["members", "remove", "Ben", "--space", "Home"]);
    shape::members(&removed);
    assert!(
        member(&removed, "Ben")["removed_at"].is_string(),
        "{removed}"
    );
    until("Ben is refused", 30, || {
        b.rota(&["add", "More", "--space", "Home"]).exit == 4
    });
    assert_eq!(
        refused(&b, &["add", "More", "--space", "Home"], 4),
        "removed"
    );
    assert_eq!(b.json(&["show", short(&task)])["title"], "Shared");
    a.stop();
}

#[test]
fn computers_are_online_and_then_not() {
    let Pair { mut a, mut b, .. } = Pair::start();
    let other = |computer: &Computer| -> Value {
        let computers = computer.json(&["computers"]);
        shape::computers(&computers);
        let all = computers.as_array().unwrap();
        assert_eq!(all.iter().filter(|it| it["this"] == true).count(), 1);
        all.iter().find(|it| it["this"] == false).unwrap().clone()
    };
    until("it is up to date", 30, || {
        other(&a)["state"] == "up_to_date"
    });
    let laptop = other(&a);
    assert_eq!(
        (&laptop["name"], &laptop["person"]["name"]),
        (&json!("b-laptop"), &json!("Ben"))
    );
    assert_eq!(
        (&laptop["online"], &laptop["to_send"]),
        (&json!(true), &json!(0))
    );
    assert_eq!(laptop["id"], b.json(&["status"])["computer"]["id"]);
    b.stop();
    let away = until_some("it is offline", 30, || {
        Some(other(&a)).filter(|it| it["state"] == "offline")
    });
    assert_eq!(away["online"], false);
    assert!(away["last_seen"].is_string(), "{away}");
    add(&a, &["Waits", "--space", "Home"]);
    assert_eq!(other(&b)["state"], "offline");
    a.stop();
    // Both ways of naming an address reach it.
    let ready = a.start(&["--no-discovery"]);
    b.start(&["--no-discovery"]);
    for address in [
        Computer::loopback_address(&ready),
        Computer::loopback_address(&ready).replacen("127.0.0.1:", "/ip4/127.0.0.1/tcp/", 1),
    ] {
        let reached = b.json(&["connect", &address]);
        shape::computer(&reached);
        assert_eq!(
            (&reached["name"], &reached["online"]),
            (&json!("a-desk"), &json!(true))
        );
    }
    b.wait_for("Waits");
}

#[test]
fn what_two_wrote_apart_is_told_on_both() {
    let Pair { mut a, mut b, .. } = Pair::start();
    let task = add(&a, &["First", "--space", "Home"]);
    b.wait_for("First");
    let id = text(&task, "id");
    a.stop();
    b.stop();
    a.ok(&["edit", id, "--title", "By Anna"]);
    b.ok(&["edit", id, "--title", "By Ben"]);
    let ready = a.start(&["--no-discovery"]);
    b.start(&["--no-discovery"]);
    b.ok(&["connect", &Computer::loopback_address(&ready)]);
    for computer in [&a, &b] {
        let shown = until_some("both values are told", 30, || {
            let shown = computer.json(&["show", id]);
            shown["also_written"]["title"].is_array().then_some(shown)
        });
        shape::whole_task(&shown);
        assert_eq!(shown["title"], "By Ben");
        assert_eq!(shown["also_written"], json!({"title": ["By Anna"]}));
        let history = computer.json(&["history", id]);
        shape::history(&history);
        let also: Vec<&Value> = history
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["also_written"] == true)
            .collect();
        assert_eq!(also.len(), 1);
        assert_eq!(
            (&also[0]["value"], &also[0]["current"]),
            (&json!("By Anna"), &json!(false))
        );
        assert_eq!(also[0]["person"]["name"], "Anna");
        assert_eq!(also[0]["computer"]["name"], "a-desk");
    }
}

#[test]
fn who_leaves_is_gone_for_the_others() {
    let Pair { a, b, .. } = Pair::start();
    add(&a, &["Shared", "--space", "Home"]);
    b.wait_for("Shared");
    let left = b.json(&["spaces", "leave", "Home"]);
    shape::space(&left);
    until("Anna sees it", 30, || {
        member(&a.json(&["members", "Home"]), "Ben")["removed_at"].is_string()
    });
}

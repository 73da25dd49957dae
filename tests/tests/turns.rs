//! A repeating task that two computers complete on different days, without hearing of each other.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use rota_tests::{Computer, until};
use serde_json::Value;

fn in_zone(name: &str, person: &str, zone: &str) -> Computer {
    Computer::with(name, person, None, &[("TZ", zone)])
}

/// What is open of the task.
fn open(computer: &Computer) -> Vec<Value> {
    let tasks = computer.json(&["list", "--space", "Home", "--tag", "bins"]);
    tasks.as_array().unwrap().clone()
}

/// What must be one and the same on both computers.
fn next(computer: &Computer) -> [Value; 4] {
    let open = open(computer);
    assert_eq!(open.len(), 1, "{open:#?}");
    ["id", "due", "assignee", "also_written"].map(|field| open[0][field].clone())
}

#[test]
fn completed_apart_on_different_days_there_is_one_next_with_one_day_and_one_turn() {
    // Where it is never the same day.
    let mut a = in_zone("a-desk", "Anna", "Pacific/Pago_Pago");
    let mut b = in_zone("b-laptop", "Ben", "Pacific/Kiritimati");
    let ready = a.start(&["--no-discovery"]);
    a.ok(&["spaces", "add", "Home"]);
    let code = a.json(&["invite", "Home"])["code"].clone();
    b.start(&["--no-discovery"]);
    let address = Computer::loopback_address(&ready);
    b.ok(&["join", code.as_str().unwrap(), "--address", &address]);
    let bins = a.json(&["add", "Bins #bins @Anna", "--space", "Home"]);
    let id = bins["id"].as_str().unwrap();
    a.ok(&[
        "edit",
        id,
        "--due",
        "2026-03-16",
        "--repeat",
        "every week after done",
        "--rotate",
        "Anna,Ben",
    ]);
    until("Ben has it whole", 30, || {
        let open = open(&b);
        open.len() == 1 && open[0]["rotation"].as_array().unwrap().len() == 2
    });
    b.stop();
    a.stop();

    for (computer, sign) in [(&a, "Anna was here"), (&b, "Ben was here")] {
        computer.ok(&["done", id]);
        computer.ok(&["add", "--plain", sign, "--space", "Home"]);
    }
    let [on_a, on_b] = [next(&a), next(&b)];
    assert_ne!(on_a[1], on_b[1], "each counts from its own day");
    a.start(&["--no-discovery"]);
    b.start(&["--no-discovery"]);
    a.wait_for("Ben was here");
    b.wait_for("Anna was here");
    let both = next(&a);
    assert_eq!(both, next(&b));
    assert!([&on_a, &on_b].contains(&&both), "{both:?}");
    assert_eq!(both[2]["name"], "Ben");
    assert_eq!(both[3], serde_json::json!({}));
}

//! Computers with wrong clocks: nobody's list suffers, and health names the wrong one.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use rota_tests::skip::{Need, can_run};
use rota_tests::{Computer, until};
use serde_json::Value;

const FAKETIME: &str = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

fn with_clock(name: &str, person: &str, clock: Option<&str>) -> Computer {
    let environment: Vec<(&str, &str)> = match clock {
        // Timers keep the real pace: only the date is wrong.
        Some(clock) => vec![
            ("LD_PRELOAD", FAKETIME),
            ("FAKETIME", clock),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ],
        None => vec![],
    };
    Computer::with(name, person, None, &environment)
}

fn clock_conditions(computer: &Computer) -> Vec<Value> {
    let status = computer.json(&["status"]);
    let health = status["health"].as_array().unwrap();
    health
        .iter()
        .filter(|condition| condition["code"] == "clock_wrong")
        .cloned()
        .collect()
}

#[test]
fn a_year_ahead_and_1970_and_right() {
    if !can_run("a_year_ahead_and_1970_and_right", &[Need::File(FAKETIME)]) {
        return;
    }
    let mut right = with_clock("right-pc", "Anna", None);
    let mut ahead = with_clock("ahead-pc", "Ben", Some("+365d"));
    let mut past = with_clock("past-pc", "Cleo", Some("@1970-01-02 00:00:00"));
    let ready = right.start(&["--no-discovery"]);
    let address = Computer::loopback_address(&ready);
    right.ok(&["spaces", "add", "Home"]);
    let task = right.json(&["add", "--plain", "Rent", "--space", "Home"]);
    let short = task["short"].as_str().unwrap();
    for other in [&mut ahead, &mut past] {
        other.start(&["--no-discovery"]);
        let invitation = right.json(&["invite", "Home"]);
        other.ok(&[
            "join",
            invitation["code"].as_str().unwrap(),
            "--address",
            &address,
        ]);
    }
    let all = [&right, &ahead, &past];
    for computer in all {
        computer.wait_for("Rent");
    }
    // Each edit is made knowing the one before, so each wins, whatever the clocks say.
    for (editor, title) in [
        (&ahead, "Rent, says the future"),
        (&past, "Rent, says 1970"),
        (&right, "Rent, says now"),
    ] {
        editor.ok(&["edit", short, "--title", title]);
        for computer in all {
            computer.wait_for(title);
        }
    }
    for (adder, title) in [(&past, "Added in 1970"), (&ahead, "Added next year")] {
        adder.ok(&["add", "--plain", title, "--space", "Home"]);
        for computer in all {
            computer.wait_for(title);
        }
    }
    until("the right one names both wrong ones", 30, || {
        let named = clock_conditions(&right)
            .iter()
            .map(|c| c["message"].to_string())
            .collect::<String>();
        named.contains("ahead-pc") && named.contains("past-pc")
    });
    for wrong in [&ahead, &past] {
        until("a wrong one hears of it", 30, || {
            !clock_conditions(wrong).is_empty()
        });
    }
}

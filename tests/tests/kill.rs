//! A power cut in the middle of a stream of adds, twenty times over.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use rota_tests::computer::rota_bin;
use rota_tests::{Computer, Pair, until};
use serde_json::Value;

const ROUNDS: usize = 20;

#[test]
fn every_acknowledged_add_survives_a_kill_and_reaches_the_peer() {
    let Pair { mut a, b, .. } = Pair::start();
    let mut acknowledged = BTreeSet::new();
    for round in 0..ROUNDS {
        acknowledged.extend(add_until_killed(&mut a, round));
        let ready = a.start(&["--no-discovery"]);
        let there = ids(&a);
        assert!(
            acknowledged.is_subset(&there),
            "round {round}: lost {:?}",
            acknowledged.difference(&there)
        );
        b.ok(&["connect", &Computer::loopback_address(&ready)]);
    }
    assert!(
        acknowledged.len() >= ROUNDS * 5,
        "only {} adds were acknowledged",
        acknowledged.len()
    );
    until("all of them are on the peer", 60, || {
        acknowledged.is_subset(&ids(&b))
    });
}

/// Adds tasks through one call each until the node dies under them. Gives the ids that were acknowledged.
fn add_until_killed(a: &mut Computer, round: usize) -> Vec<String> {
    let mut adder = a
        .command(rota_bin())
        .args(["--json", "add", "-", "--plain", "--space", "Home"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // One call may be acknowledged as a whole: a stream of single adds stands beside it.
    let mut stdin = adder.stdin.take().unwrap();
    for n in 0..5 {
        writeln!(stdin, "Round {round} batch {n}").unwrap();
    }
    drop(stdin);
    let mut acknowledged: Vec<String> = BufReader::new(adder.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .map(|line| id(&line))
        .collect();
    adder.wait().unwrap();
    let pid = a.node().id();
    std::thread::scope(|scope| {
        let stream = scope.spawn(|| {
            let mut added = Vec::new();
            for n in 0.. {
                let title = format!("Round {round} single {n}");
                let answer = a.rota(&["--json", "add", "--plain", &title, "--space", "Home"]);
                match answer.exit {
                    0 => added.push(id(&answer.stdout)),
                    _ => break,
                }
                // The killer strikes somewhere in the second half; whoever outlives it opens the folder alone.
                if n > 20 {
                    break;
                }
            }
            added
        });
        let wait = std::time::Duration::from_millis(40 + 23 * round as u64);
        std::thread::sleep(wait);
        std::process::Command::new("kill")
            .args(["-KILL", &pid.to_string()])
            .status()
            .unwrap();
        acknowledged.extend(stream.join().unwrap());
    });
    a.forget_node();
    acknowledged
}

fn id(line: &str) -> String {
    serde_json::from_str::<Value>(line).unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn ids(computer: &Computer) -> BTreeSet<String> {
    let tasks = computer.json(&["list", "--space", "Home"]);
    tasks
        .as_array()
        .unwrap()
        .iter()
        .map(|task| task["id"].as_str().unwrap().to_owned())
        .collect()
}

//! Two folders on one machine, without discovery: what the README's second section does by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use rota_tests::computer::titles;
use rota_tests::{Computer, Pair, until};

#[test]
fn the_same_list_in_two_terminals() {
    let Pair { a, b, .. } = Pair::start();
    b.ok(&["add", "Buy paint #home !2 tomorrow", "--space", "Home"]);
    let task = a.wait_for("Buy paint");
    assert_eq!(task["priority"], 2);
    assert_eq!(task["tags"], serde_json::json!(["home"]));
    a.ok(&["done", &task["short"].as_str().unwrap()[..5].to_lowercase()]);
    until("it is done on B", 30, || {
        b.find("Buy paint").unwrap()["status"] == "done"
    });
    for computer in [&a, &b] {
        assert!(titles(&computer.json(&["list", "--space", "Home"])).is_empty());
    }
    let all = ["list", "--space", "Home", "--done"];
    until("both show the same", 30, || a.json(&all) == b.json(&all));
}

#[test]
fn a_restarted_computer_is_reached_at_the_address_that_worked() {
    let Pair { mut a, mut b, .. } = Pair::start();
    let port = {
        let status = a.json(&["computers"]);
        let this = status
            .as_array()
            .unwrap()
            .iter()
            .find(|c| c["this"] == true)
            .unwrap()
            .clone();
        let address = this["addresses"][0].as_str().unwrap().to_owned();
        address
            .split("/tcp/")
            .nth(1)
            .unwrap()
            .split('/')
            .next()
            .unwrap()
            .to_owned()
    };
    b.stop();
    a.stop();
    a.start(&["--no-discovery", "--port", &port]);
    b.start(&["--no-discovery"]);
    b.ok(&["add", "--plain", "After the restart", "--space", "Home"]);
    a.wait_for("After the restart");
}

#[test]
fn connect_reaches_a_member_by_hand() {
    let Pair { mut a, mut b, .. } = Pair::start();
    a.stop();
    b.stop();
    let ready = a.start(&["--no-discovery"]);
    b.start(&["--no-discovery"]);
    let reached = b.json(&["connect", &Computer::loopback_address(&ready)]);
    assert_eq!(reached["name"], "a-desk");
    a.ok(&["add", "--plain", "Connected by hand", "--space", "Home"]);
    b.wait_for("Connected by hand");
}

#[test]
fn a_wrong_code_is_refused_and_five_burn_it() {
    let mut a = Computer::new("a-desk", "Anna");
    let b = Computer::new("b-laptop", "Ben");
    let ready = a.start(&["--no-discovery"]);
    a.ok(&["spaces", "add", "Home"]);
    let code = a.json(&["invite", "Home"])["code"]
        .as_str()
        .unwrap()
        .to_owned();
    let address = Computer::loopback_address(&ready);
    let mut words: Vec<_> = code.split('-').collect();
    words.swap(1, 2);
    let wrong = if words.join("-") == code {
        format!("{}-{}-{}-{}", words[0], words[1], words[1], words[1])
    } else {
        words.join("-")
    };
    for attempt in 0..5 {
        let answer = b.rota(&["join", &wrong, "--address", &address]);
        assert_eq!(
            answer.exit, 4,
            "attempt {attempt}: {}{}",
            answer.stdout, answer.stderr
        );
        let left = [
            "4 tries are",
            "3 tries are",
            "2 tries are",
            "1 try is",
            "no tries are",
        ];
        let said = format!("the words of the code are wrong; {} left\n", left[attempt]);
        assert!(answer.stderr.contains(&said), "{}", answer.stderr);
    }
    let answer = b.rota(&["join", &code, "--address", &address]);
    assert_eq!(
        answer.exit, 4,
        "five failures burn the code: {}{}",
        answer.stdout, answer.stderr
    );
    let unreachable = b.rota(&["join", &code, "--address", "127.0.0.1:9", "--timeout", "3s"]);
    assert_eq!(
        unreachable.exit, 6,
        "nobody answers: {}{}",
        unreachable.stdout, unreachable.stderr
    );
}

#[test]
fn a_code_admits_as_often_as_it_says() {
    let mut a = Computer::new("a-desk", "Anna");
    let ready = a.start(&["--no-discovery"]);
    a.ok(&["spaces", "add", "Home"]);
    let invitation = a.json(&["invite", "Home", "--uses", "2"]);
    let (code, address) = (
        invitation["code"].as_str().unwrap(),
        Computer::loopback_address(&ready),
    );
    let newcomers =
        ["Ben", "Cleo", "Dora"].map(|person| Computer::new(&format!("{person}-pc"), person));
    let exits = newcomers.map(|b| b.rota(&["join", code, "--address", &address]).exit);
    assert_eq!(exits, [0, 0, 4]);
}

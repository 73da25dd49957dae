//! Many tasks in one go.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::computer::{Computer, Told};

#[test]
fn indentation_makes_subtasks_and_a_tick_makes_one_done() {
    let computer = Computer::new();
    let told = computer.run_with_input(
        &["add", "-", "--json"],
        b"Trip\n  Passport\n    Photo\n  - [x] Tickets\n\nSleep\n",
    );
    assert_eq!(told.exit, 0, "{told:?}");
    let lines = told.lines();
    let titles: Vec<&Value> = lines.iter().map(|line| &line["title"]).collect();
    assert_eq!(titles, ["Trip", "Passport", "Photo", "Tickets", "Sleep"]);
    assert!(
        lines
            .iter()
            .all(|line| line["id"].is_string() && line["short"].is_string())
    );
    assert!(told.stderr.contains("5 tasks"), "{told:?}");

    let trip = computer.json(&["show", lines[0]["id"].as_str().unwrap()]);
    let subtasks: Vec<(&Value, &Value)> = trip["subtasks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|task| (&task["title"], &task["status"]))
        .collect();
    assert_eq!(
        subtasks,
        [
            (&json!("Passport"), &json!("open")),
            (&json!("Tickets"), &json!("done"))
        ]
    );
    assert_eq!(trip["subtasks"][0]["subtasks"][0]["title"], "Photo");
}

#[test]
fn a_refused_call_adds_nothing() {
    let computer = Computer::new();
    let mut text = b"one\ntwo\n".to_vec();
    text.extend(b"x".repeat(100_000));
    let told = computer.run_with_input(&["add", "-", "--json"], &text);
    assert_eq!(told.exit, 2, "{told:?}");
    assert_eq!(told.document()["error"]["code"], "too_large");
    let told = computer.run_with_input(&["add", "-"], b"one\ntwo \xff\n");
    assert_eq!((told.exit, told.stdout.as_str()), (2, ""));
    assert!(told.stderr.contains("line 2"), "{told:?}");
    assert_eq!(computer.json(&["list", "--all"]), json!([]));
}

#[test]
fn plain_lines_are_titles_as_they_stand() {
    let computer = Computer::new();
    let told = computer.run_with_input(&["add", "-", "--plain", "--json"], b"Milk #dairy !1\n");
    assert_eq!(told.lines()[0]["title"], "Milk #dairy !1");
}

#[test]
fn thousands_of_lines_are_thousands_of_tasks() {
    let computer = Computer::new();
    let text: String = (0..3000).map(|n| format!("task {n}\n")).collect();
    let told = computer.run_with_input(&["add", "-", "--json"], text.as_bytes());
    assert_eq!((told.exit, told.lines().len()), (0, 3000));
    let list = computer.json(&["list"]);
    let titles: Vec<&str> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|task| task["title"].as_str().unwrap())
        .collect();
    let expected: Vec<String> = (0..3000).map(|n| format!("task {n}")).collect();
    assert_eq!(titles, expected);
}

#[test]
fn a_reader_of_a_long_list_may_hang_up() {
    let computer = Computer::new();
    // More than a pipe holds, so that the list is still being written when the reader goes.
    let text: String = (0..2000)
        .map(|n| format!("task {n} {}\n", "long ".repeat(20)))
        .collect();
    let told = computer.run_with_input(&["add", "-", "--plain", "--quiet"], text.as_bytes());
    assert_eq!(
        (told.exit, told.stdout.as_str(), told.stderr.as_str()),
        (0, "", ""),
        "quiet says nothing"
    );
    for words in [&["list"][..], &["list", "--json"]] {
        let mut child = computer
            .command(words)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut head = BufReader::with_capacity(16, child.stdout.take().unwrap());
        assert!(!head.fill_buf().unwrap().is_empty());
        drop(head);
        let told = Told::from(child.wait_with_output().unwrap());
        assert_eq!((told.exit, told.stderr.as_str()), (0, ""), "{words:?}");
    }
}

#[test]
fn what_a_title_says_is_not_done_by_the_terminal() {
    let computer = Computer::new();
    computer.json(&["add", "--plain", "a\u{1b}[2Jb\u{202e}c\u{9b}d"]);
    for words in [&["list"][..], &["list", "--color", "always"]] {
        let told = computer.run(words);
        assert!(!told.stdout.contains("\u{1b}[2J"), "{told:?}");
        assert!(
            !told.stdout.contains(['\u{202e}', '\u{9b}', '\u{7}']),
            "{told:?}"
        );
    }
}

//! Many tasks in one go.

use serde_json::{Value, json};

use crate::computer::Computer;

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

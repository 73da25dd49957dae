//! The contract, from outside: every command, flag, exit and JSON shape that scripts and other programs rely on.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod computer;
mod edit;
mod errors;
mod filters;
mod groups;
mod people;
mod shape;
mod tasks;

use rota_tests::Computer;
use rota_tests::computer::Answer;
use serde_json::Value;

/// Goes through a test twice: with a folder that the command opens itself, and with one that a node owns.
fn both_ways(test: impl Fn(&Computer)) {
    let mut computer = Computer::new("desk", "Anna");
    test(&computer);
    computer = Computer::new("desk", "Anna");
    computer.start(&["--no-discovery"]);
    test(&computer);
    computer.stop();
}

/// Adds a task from quick-add text and words, and gives it.
fn add(computer: &Computer, words: &[&str]) -> Value {
    let mut all = vec!["add"];
    all.extend(words);
    let task = computer.json(&all);
    shape::task(&task);
    task
}

/// A text field.
fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field]
        .as_str()
        .unwrap_or_else(|| panic!("{field} is no text: {value}"))
}

/// The short handle of a task.
fn short(task: &Value) -> &str {
    text(task, "short")
}

/// The task as it is now.
fn show(computer: &Computer, task: &Value) -> Value {
    let shown = computer.json(&["show", text(task, "id")]);
    shape::whole_task(&shown);
    shown
}

/// The code of a refusal in JSON, whose exit must be this one.
fn refused(computer: &Computer, args: &[&str], exit: i32) -> String {
    let mut all = vec!["--json"];
    all.extend(args);
    let answer = computer.rota(&all);
    code(&answer, exit)
}

fn code(answer: &Answer, exit: i32) -> String {
    assert_eq!(answer.exit, exit, "{}{}", answer.stdout, answer.stderr);
    let document: Value = serde_json::from_str(&answer.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", answer.stdout));
    shape::error(&document);
    text(&document["error"], "code").to_owned()
}

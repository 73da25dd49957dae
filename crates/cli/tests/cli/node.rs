//! The headless computer in the foreground, and commands beside it.

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::computer::Computer;

/// A child with JSON lines on its standard output; ended when the test is over.
struct Speaking {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Speaking {
    fn start(computer: &Computer, words: &[&str]) -> Self {
        Self::run(computer.command(words))
    }

    fn run(mut command: Command) -> Self {
        let mut child = command
            .arg("--json")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    fn next(&mut self) -> Value {
        serde_json::from_str(&self.lines.next().expect("a line").unwrap()).unwrap()
    }

    /// Sends a signal by its name and gives the exit code.
    fn end(mut self, signal: &str) -> Option<i32> {
        self.signal(signal);
        self.child.wait().unwrap().code()
    }

    /// Sends a signal by its name.
    fn signal(&self, signal: &str) {
        let sent = Command::new("kill")
            .args(["-s", signal, &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
    }
}

impl Drop for Speaking {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn node(computer: &Computer) -> Speaking {
    let mut node = Speaking::start(computer, &["node", "--no-discovery", "--port", "0"]);
    let ready = node.next();
    assert_eq!(
        (&ready["event"], &ready["http"]),
        (&json!("ready"), &Value::Null)
    );
    assert!(ready["computer"]["id"].is_string() && ready["computer"]["name"].is_string());
    let listen = ready["listen"][0].as_str().unwrap();
    assert!(
        listen.starts_with("/ip") && listen.contains("/tcp/") && listen.contains("/p2p/"),
        "{listen}"
    );
    node
}

#[cfg(unix)]
#[test]
fn a_node_ends_cleanly_when_told_to() {
    for signal in ["TERM", "INT"] {
        let computer = Computer::new();
        let mut running = node(&computer);
        let _ = &mut running;
        assert_eq!(running.end(signal), Some(0), "{signal}");
        assert_eq!(computer.json(&["status"])["running"], false);
    }
}

#[test]
fn commands_speak_to_the_node_that_owns_the_folder() {
    let computer = Computer::new();
    let _node = node(&computer);
    assert_eq!(computer.json(&["status"])["running"], true);
    let task = computer.json(&["add", "Through the node"]);
    assert_eq!(
        computer.json(&["show", task["short"].as_str().unwrap()])["title"],
        "Through the node"
    );
    computer.fails(&["show", "zzzzzzzz"], 3, "not_found");
    let told = computer.run_with_input(&["add", "-", "--json"], b"one\ntwo\n");
    assert_eq!((told.exit, told.lines().len()), (0, 2), "{told:?}");
}

/// A question that only reads is asked anew of the folder when the node dies before it answers.
#[cfg(target_os = "linux")]
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a deadline for what never happens"
)]
fn a_question_whose_node_dies_is_answered_by_the_folder() {
    let computer = Computer::new();
    computer.json(&["add", "Kept"]);
    let sockets = tempfile::tempdir().unwrap();
    let command = |words: &[&str]| {
        let mut command = computer.command(words);
        command.env("XDG_RUNTIME_DIR", sockets.path());
        command
    };
    let mut running = Speaking::run(command(&["node", "--no-discovery", "--port", "0"]));
    assert_eq!(running.next()["event"], "ready");
    running.signal("STOP");

    let mut asking = command(&["list", "--json"]);
    let mut asking = asking.stdout(Stdio::piped()).spawn().unwrap();
    let path = sockets.path().display().to_string();
    let reached = || {
        let open = std::fs::read_to_string("/proc/net/unix").unwrap();
        // The one that listens, and the one that waits to be accepted.
        open.lines().filter(|line| line.contains(&path)).count() > 1
    };
    let patience = Instant::now();
    while !reached() {
        assert!(patience.elapsed() < Duration::from_secs(30), "never asked");
        assert_eq!(asking.try_wait().unwrap(), None, "not answered yet");
    }
    running.signal("KILL");
    let answer = asking.wait_with_output().unwrap();
    let tasks: Value = serde_json::from_slice(&answer.stdout).unwrap();
    assert_eq!(tasks[0]["title"], "Kept", "{tasks}");
}

#[test]
fn a_second_node_on_a_folder_is_told_who_owns_it() {
    let computer = Computer::new();
    let _node = node(&computer);
    computer.fails(&["node", "--no-discovery"], 5, "in_use");
}

#[test]
fn an_invitation_is_opened_by_the_running_node() {
    let computer = Computer::new();
    let _node = node(&computer);
    computer.json(&["spaces", "add", "Family"]);
    let invitation = computer.json(&["invite", "Family", "--uses", "2", "--for", "5m"]);
    let parts: Vec<&str> = invitation["code"].as_str().unwrap().split('-').collect();
    assert!(
        parts.len() == 4 && parts[0].parse::<u32>().is_ok(),
        "{invitation}"
    );
    assert_eq!(
        (&invitation["role"], &invitation["uses"]),
        (&json!("editor"), &json!(2))
    );
    assert!(invitation["expires_at"].is_string());
}

#[test]
fn changes_are_told_as_they_are_committed() {
    let computer = Computer::new();
    let _node = node(&computer);
    let mut watch = Speaking::start(&computer, &["watch"]);
    let hello = watch.next();
    assert_eq!(hello["kind"], "hello");
    let task = computer.json(&["add", "Seen"]);
    let seen = loop {
        let event = watch.next();
        if event["kind"] == "task" {
            break event;
        }
    };
    assert!(
        seen["ids"].as_array().unwrap().contains(&task["id"]),
        "{seen}"
    );
    assert!(seen["seq"].as_u64() > hello["seq"].as_u64());
}

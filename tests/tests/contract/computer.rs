//! This computer: its names, its node, its folder, its key, its copies, and how it speaks.

use rota_tests::computer::rota_bin;
use rota_tests::process::Process;
use rota_tests::{Computer, until_some};
use serde_json::{Value, json};

use crate::{add, both_ways, shape, short, text};

#[test]
fn init_names_and_status_tells() {
    both_ways(|a| {
        let status = a.json(&["status"]);
        shape::status(&status);
        assert_eq!(
            (&status["person"]["name"], &status["computer"]["name"]),
            (&json!("Anna"), &json!("desk"))
        );
        let named = a.json(&["init", "--person", "Zoe", "--computer", "tower"]);
        shape::status(&named);
        assert_eq!(
            (&named["person"]["name"], &named["computer"]["name"]),
            (&json!("Zoe"), &json!("tower"))
        );
        assert_eq!(named["computer"]["id"], status["computer"]["id"]);
        let spaces = named["spaces"].as_array().unwrap();
        assert_eq!(spaces.len(), 1);
        shape::space(&spaces[0]);
        assert_eq!(
            (&spaces[0]["name"], &spaces[0]["kind"]),
            (&json!("Mine"), &json!("mine"))
        );
    });
}

#[test]
fn every_command_names_the_computer_where_init_did_not() {
    let a = Computer::new("desk", "Anna");
    let folder = a.data_dir().join("other");
    let other = ["--data-dir", folder.to_str().unwrap()];
    let task = a.json(&[&other[..], &["add", "There"]].concat());
    shape::task(&task);
    let status = a.json(&[&other[..], &["status"]].concat());
    shape::status(&status);
    assert!(
        !text(&status["person"], "name").is_empty()
            && !text(&status["computer"], "name").is_empty()
    );
    assert!(!status["running"].as_bool().unwrap());
    // The flag wins over the variable, also behind the command; the folder of the variable is untouched.
    let there = a.json(&["list", "--data-dir", folder.to_str().unwrap()]);
    assert_eq!(there[0]["title"], "There");
    assert_eq!(a.titles(), [""; 0]);
}

#[test]
fn the_node_says_that_it_is_ready_and_ends_in_order() {
    let a = Computer::new("desk", "Anna");
    for signal in ["TERM", "INT"] {
        let mut command = a.command(rota_bin());
        command.args(["--json", "node", "--no-discovery", "--port", "0"]);
        let mut node = Process::start(command);
        let first = node.line("the node is ready", 20, |_| true);
        let ready: Value = serde_json::from_str(&first).unwrap();
        shape::ready(&ready);
        let status = a.json(&["status"]);
        assert_eq!(ready["computer"], status["computer"]);
        assert_eq!(
            (&ready["http"], &status["running"]),
            (&json!(null), &json!(true))
        );
        let id = text(&status["computer"], "id");
        for address in ready["listen"].as_array().unwrap() {
            let address = address.as_str().unwrap();
            assert!(
                address.starts_with("/ip") && address.contains("/tcp/"),
                "{address}"
            );
            assert!(address.ends_with(&format!("/p2p/{id}")), "{address}");
        }
        node.signal(signal);
        assert!(node.end(15).success(), "{signal}");
        assert_eq!(a.json(&["status"])["running"], false);
    }
}

#[test]
fn watch_begins_with_hello_and_tells_changes() {
    both_ways(|a| {
        let mut command = a.command(rota_bin());
        command.args(["--json", "watch"]);
        let mut watch = Process::start(command);
        let line = watch.line("hello", 20, |_| true);
        let hello: Value = serde_json::from_str(&line).unwrap();
        shape::hello(&hello);
        // Without a node the watcher owns the folder, and others speak to it.
        let task = add(a, &["One"]);
        a.ok(&["lists", "add", "Garden"]);
        for (kind, id) in [
            ("task", text(&task, "id")),
            ("list", text(&task["list"], "id")),
        ] {
            let told = until_some(&format!("{kind} is told"), 20, || {
                let lines = watch.lines();
                let mut changes = lines[1..]
                    .iter()
                    .map(|line| serde_json::from_str::<Value>(line).unwrap());
                changes.find(|change| {
                    change["kind"] == kind && change["ids"].as_array().unwrap().contains(&json!(id))
                })
            });
            shape::change(&told);
            assert!(told["seq"].as_u64() > hello["seq"].as_u64(), "{told}");
        }
        for line in &watch.lines()[1..] {
            shape::change(&serde_json::from_str(line).unwrap());
        }
    });
}

#[test]
fn rekey_keeps_every_task_and_changes_the_computer() {
    both_ways(|a| {
        let task = add(a, &["One"]);
        let before = a.json(&["status"]);
        let after = a.json(&["rekey"]);
        shape::status(&after);
        assert_ne!(after["computer"]["id"], before["computer"]["id"]);
        let edited = a.json(&["edit", short(&task), "--title", "Still mine"]);
        assert_eq!(edited["title"], "Still mine");
        assert_eq!(a.titles(), ["Still mine"]);
        assert_eq!(
            a.json(&["status"])["computer"]["id"],
            after["computer"]["id"]
        );
    });
}

#[test]
fn doctor_tells_what_it_checked() {
    both_ways(|a| {
        let checks = a.json(&["doctor"]);
        shape::doctor(&checks);
        assert!(!checks.as_array().unwrap().is_empty());
        for check in checks.as_array().unwrap() {
            assert!(check["ok"] == true || check["fix"].is_string(), "{check}");
        }
    });
}

#[test]
fn a_backup_comes_back_as_a_new_computer() {
    both_ways(|a| {
        let task = add(a, &["One", "#home"]);
        a.ok(&["done", short(&add(a, &["Two"]))]);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("copy.rota");
        let backup = a.json(&["backup", file.to_str().unwrap()]);
        shape::backup(&backup);
        assert_eq!(
            (&backup["file"], &backup["tasks"]),
            (&json!(file), &json!(2))
        );
        let b = Computer::new("spare", "Anna");
        let restored = b.json(&["restore-backup", file.to_str().unwrap()]);
        shape::backup(&restored);
        assert_eq!(restored["tasks"], 2);
        assert_eq!(b.titles(), ["One"]);
        assert_eq!(b.find("Two").unwrap()["status"], "done");
        assert_eq!(b.find("One").unwrap()["tags"], task["tags"]);
        let (old, new) = (a.json(&["status"]), b.json(&["status"]));
        assert_ne!(old["computer"]["id"], new["computer"]["id"]);
    });
}

#[test]
fn quick_add_with_text_adds_at_once() {
    both_ways(|a| {
        let task = a.json(&["quick-add", "Buy", "milk", "!1"]);
        shape::task(&task);
        assert_eq!(
            (&task["title"], &task["priority"]),
            (&json!("Buy milk"), &json!(1))
        );
        assert_eq!(a.titles(), ["Buy milk"]);
    });
}

#[test]
fn quiet_says_only_what_was_asked_for() {
    both_ways(|a| {
        for words in [["-q", "add", "One"], ["add", "Two", "--quiet"]] {
            let answer = a.rota(&words);
            assert_eq!(
                (answer.exit, answer.stdout.as_str(), answer.stderr.as_str()),
                (0, "", "")
            );
        }
        assert!(a.ok(&["list", "--quiet"]).contains("Two"));
        assert_eq!(a.json(&["--quiet", "list"]).as_array().unwrap().len(), 2);
        assert!(
            a.rota(&["--quiet", "show", "ZZZZ"])
                .stderr
                .starts_with("error: ")
        );
    });
}

#[test]
fn colour_is_as_it_was_asked_for() {
    let a = Computer::new("desk", "Anna");
    add(&a, &["One", "!1", "#home", "2020-01-01"]);
    let coloured = |words: &[&str], no_color: Option<&str>| {
        let mut command = a.command(rota_bin());
        command.args(words).env_remove("NO_COLOR");
        command.envs(no_color.map(|value| ("NO_COLOR", value)));
        String::from_utf8(command.output().unwrap().stdout)
            .unwrap()
            .contains('\u{1b}')
    };
    assert!(coloured(&["--color", "always", "list"], None));
    assert!(!coloured(&["--color", "never", "list"], None));
    assert!(!coloured(&["list"], None), "a pipe is no terminal");
    assert!(!coloured(&["--color", "auto", "list"], Some("1")));
    assert!(
        !coloured(&["--color", "always", "--json", "list"], None),
        "JSON has no colour"
    );
    assert_eq!(a.rota(&["--color", "sometimes", "list"]).exit, 2);
}

#[test]
fn verbose_tells_on_standard_error_only() {
    let a = Computer::new("desk", "Anna");
    for flag in ["-v", "-vv"] {
        let answer = a.rota(&[flag, "--json", "list"]);
        assert_eq!((answer.exit, answer.stdout.as_str()), (0, "[]\n"));
    }
}

#[test]
fn completions_and_the_manual_are_text() {
    let a = Computer::new("desk", "Anna");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = a.ok(&["completions", shell]);
        assert!(
            text.contains("rota") && text.contains("restore-backup"),
            "{shell}"
        );
    }
    let manual = a.ok(&["man"]);
    assert!(
        manual.contains(".TH") && manual.contains("restore\\-backup"),
        "{manual}"
    );
}

//! What people and machines do wrong: one clear error with a hint, the contract's exit, nothing lost.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::net::TcpListener;

use rota_tests::computer::Answer;
use rota_tests::skip::{Need, can_run};
use rota_tests::{Computer, Network, until};
use serde_json::Value;

/// Asserts the shape of a refusal: exit, one `error:` line, and the JSON form with the same exit and a code.
fn refused(computer: &Computer, args: &[&str], exit: i32) -> String {
    let plain = computer.rota(args);
    assert_eq!(
        plain.exit,
        exit,
        "rota {}: {}{}",
        args.join(" "),
        plain.stdout,
        plain.stderr
    );
    assert!(plain.stderr.starts_with("error: "), "{}", plain.stderr);
    let others = plain
        .stderr
        .lines()
        .skip(1)
        .all(|line| line.starts_with("hint: "));
    assert!(
        others && plain.stderr.lines().count() <= 2,
        "{}",
        plain.stderr
    );
    let mut all = vec!["--json"];
    all.extend(args);
    code(&computer.rota(&all), exit)
}

fn code(answer: &Answer, exit: i32) -> String {
    assert_eq!(answer.exit, exit, "{}{}", answer.stdout, answer.stderr);
    let document: Value =
        serde_json::from_str(&answer.stdout).unwrap_or_else(|e| panic!("{e}: {}", answer.stdout));
    document["error"]["code"].as_str().unwrap().to_owned()
}

#[test]
fn wrong_words_unknown_things_and_impossible_dates() {
    let a = Computer::new("a-desk", "Anna");
    let task = a.json(&["add", "--plain", "Keep me"]);
    let short = task["short"].as_str().unwrap();
    let long = "x".repeat(300_000);
    for (args, exit) in [
        (vec!["frobnicate"], 2),
        (vec!["add"], 2),
        (vec!["edit", short, "--priority", "7"], 2),
        (vec!["edit", short, "--due", "2026-02-30"], 2),
        (vec!["edit", short, "--due", "someday maybe"], 2),
        (vec!["edit", short, "--repeat", "FREQ=SOMETIMES"], 2),
        (vec!["add", "--plain", "   "], 2),
        (vec!["show", "ZZZZZZZZ"], 3),
        (vec!["show", "00000000-0000-4000-8000-000000000000"], 3),
        (vec!["list", "No such list"], 3),
        (vec!["add", "--plain", "x", "--space", "No such space"], 3),
        (vec!["join", "not a code"], 2),
        (vec!["invite"], 6),
    ] {
        refused(&a, &args, exit);
    }
    let answer = a.rota_with_input(
        &["--json", "add", "-", "--plain"],
        &format!("fine\n{long}\n"),
    );
    assert_ne!(answer.exit, 0);
    assert_eq!(a.titles(), ["Keep me"], "a refused call adds nothing");
}

#[test]
fn anything_that_unicode_allows_comes_back_as_it_was() {
    let a = Computer::new("a-desk", "Anna");
    for title in [
        "Öl für 👩‍👩‍👧‍👦",
        "שלום עולם",
        "مرحبا",
        "買い物 🥛",
        "a\u{301} é",
        "x; DROP TABLE task; --",
        "C:\\new\\table",
        "\"quoted\" 'too'",
    ] {
        let task = a.json(&["add", "--plain", title]);
        let back = a.json(&["show", task["id"].as_str().unwrap()]);
        assert_eq!(back["title"], task["title"]);
        let found = a.json(&["list", "--search", task["title"].as_str().unwrap()]);
        assert!(
            found
                .as_array()
                .unwrap()
                .iter()
                .any(|t| t["id"] == task["id"]),
            "{title} is found"
        );
    }
}

#[test]
fn a_second_node_on_a_folder_is_told_who_has_it() {
    let mut a = Computer::new("a-desk", "Anna");
    a.start(&["--no-discovery"]);
    let answer = a.rota(&["--json", "node", "--no-discovery"]);
    assert_eq!(answer.exit, 5, "{}{}", answer.stdout, answer.stderr);
    assert!(
        answer.stdout.contains(&a.node().id().to_string()),
        "it names the process: {}",
        answer.stdout
    );
    a.ok(&["add", "--plain", "Still working"]);
}

#[test]
fn a_port_in_use_is_said_and_the_list_works() {
    let taken = TcpListener::bind("0.0.0.0:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let mut a = Computer::new("a-desk", "Anna");
    a.start(&["--no-discovery", "--port", &port]);
    a.ok(&["add", "--plain", "Works anyway"]);
    let health = |computer: &Computer| {
        computer.json(&["status"])["health"]
            .as_array()
            .unwrap()
            .clone()
    };
    until("health names the port", 20, || {
        health(&a)
            .iter()
            .any(|c| c["message"].as_str().unwrap().contains(&port))
    });
    drop(taken);
    until("it recovers by itself", 30, || {
        health(&a)
            .iter()
            .all(|c| !c["message"].as_str().unwrap().contains(&port))
    });
}

#[test]
fn without_any_network_the_list_works_and_recovers() {
    if !can_run(
        "without_any_network_the_list_works_and_recovers",
        &[Need::Namespaces],
    ) {
        return;
    }
    let mut network = Network::new(1);
    let (one, other) = (network.add_host(&[0]), network.add_host(&[0]));
    network.unplug(&one, 0);
    let mut a = Computer::on(&one, "a-desk", "Anna");
    let mut b = Computer::on(&other, "b-laptop", "Ben");
    a.start(&[]);
    b.start(&[]);
    a.ok(&["spaces", "add", "Home"]);
    a.ok(&["add", "--plain", "Alone", "--space", "Home"]);
    network.plug(&one, 0);
    let invitation = a.json(&["invite", "Home"]);
    b.ok(&[
        "join",
        invitation["code"].as_str().unwrap(),
        "--timeout",
        "60s",
    ]);
    b.wait_for("Alone");
}

#[test]
fn a_newer_folder_is_left_alone() {
    let a = Computer::new("a-desk", "Anna");
    a.ok(&["add", "--plain", "From the future"]);
    let database = a.data_dir().join("rota.db");
    // The version lies in the SQLite header's user_version, bytes 60 to 63.
    let mut bytes = std::fs::read(&database).unwrap();
    bytes[60..64].copy_from_slice(&9_999u32.to_be_bytes());
    std::fs::write(&database, &bytes).unwrap();
    refused(&a, &["add", "--plain", "no"], 5);
    assert_eq!(
        std::fs::read(&database).unwrap()[..100],
        bytes[..100],
        "nothing was touched"
    );
}

#[test]
fn a_full_disk_refuses_and_loses_nothing() {
    if !can_run("a_full_disk_refuses_and_loses_nothing", &[Need::Namespaces]) {
        return;
    }
    let a = Computer::new("a-desk", "Anna");
    let disk = SmallDisk::mount(&a.data_dir());
    let first = a.json(&["add", "--plain", "There was room"]);
    let filler = a.data_dir().join("filler");
    disk.fill(&filler);
    let notes = "n".repeat(100_000);
    let refused = (0..40).find_map(|_| {
        let answer = a.rota(&[
            "--json",
            "edit",
            first["short"].as_str().unwrap(),
            "--notes",
            &notes,
        ]);
        (answer.exit != 0).then_some(answer)
    });
    let answer = refused.expect("a full disk refuses in the end");
    assert_eq!(code(&answer, 5), "disk_full");
    assert_eq!(
        a.json(&["show", first["short"].as_str().unwrap()])["title"],
        "There was room"
    );
    std::fs::remove_file(filler).unwrap();
    a.ok(&["add", "--plain", "There is room again"]);
}

#[test]
fn a_full_disk_tells_until_when_everything_is_safe_and_on_how_many_computers() {
    let test = "a_full_disk_tells_until_when_everything_is_safe_and_on_how_many_computers";
    if !can_run(test, &[Need::Disks]) {
        return;
    }
    let mut desk = Computer::untouched("desk");
    let disk = rota_tests::disk::SmallDisk::under(&desk.data_dir(), 24);
    desk.ok(&["init", "--person", "Anna", "--computer", "desk"]);
    let at = Computer::loopback_address(&desk.start(&["--no-discovery"]));
    desk.ok(&["spaces", "add", "Home"]);
    let mut laptop = Computer::new("laptop", "Anna");
    let mut friend = Computer::new("friend", "Ben");
    for (computer, what) in [(&mut laptop, "--mine"), (&mut friend, "Home")] {
        let code = desk.json(&["invite", what]);
        computer.start(&["--no-discovery"]);
        let code = code["code"].as_str().unwrap();
        computer.ok(&["join", code, "--address", &at]);
    }
    let saved = desk.json(&["add", "--plain", "There was room"]);
    laptop.wait_for("There was room");
    assert_eq!(desk.json(&["status"])["safe"], Value::Null);

    disk.fill();
    let (mut saved, mut status) = (saved, Value::Null);
    until("the disk is full", 60, || {
        // What room the database has left is used up before.
        let answer = desk.rota(&["--json", "add", "--plain", &"more ".repeat(40)]);
        if answer.exit == 0 {
            saved = serde_json::from_str(&answer.stdout).unwrap();
            return false;
        }
        status = desk.json(&["status"]);
        status["health"][0]["code"] == "disk_full"
    });
    let safe = |status: &Value| {
        let until = status["safe"]["until"].as_str().unwrap().to_owned();
        (until, status["safe"]["computers"].as_u64().unwrap())
    };
    let (until_then, _) = safe(&status);
    let whole = |time: &str| time[..19].to_owned();
    // The second of the latest change that was saved, or the next: it was committed a moment after it was made.
    let made = whole(saved["updated_at"].as_str().unwrap());
    let now = whole(
        friend.json(&["add", "--plain", "Later"])["created_at"]
            .as_str()
            .unwrap(),
    );
    assert!(
        made <= whole(&until_then) && whole(&until_then) <= now,
        "made {made}, safe until {until_then}, now {now}"
    );
    // The friend has what is shared, and that is not everything.
    until("the laptop alone has everything", 30, || {
        safe(&desk.json(&["status"])) == (until_then.clone(), 1)
    });
    let shown = desk.ok(&["status"]);
    assert!(shown.contains("here and on 1 other computer\n"), "{shown}");
    disk.free();
    until("changes are saved again", 60, || {
        desk.json(&["status"])["safe"] == Value::Null
    });
    for mut computer in [friend, laptop, desk] {
        computer.stop();
    }
}

/// A file system of a few megabytes over a folder.
struct SmallDisk(std::path::PathBuf);

impl SmallDisk {
    fn mount(folder: &std::path::Path) -> Self {
        let kept = tempfile::tempdir().unwrap();
        run(
            "cp",
            &[
                "-a",
                &format!("{}/.", folder.display()),
                &kept.path().display().to_string(),
            ],
        );
        run(
            "mount",
            &[
                "-t",
                "tmpfs",
                "-o",
                "size=12m,mode=0700",
                "tmpfs",
                &folder.display().to_string(),
            ],
        );
        run(
            "cp",
            &[
                "-a",
                &format!("{}/.", kept.path().display()),
                &folder.display().to_string(),
            ],
        );
        Self(folder.to_owned())
    }

    fn fill(&self, file: &std::path::Path) {
        let mut taken = std::fs::File::create(file).unwrap();
        let block = vec![0; 64 * 1024];
        while std::io::Write::write_all(&mut taken, &block).is_ok() {}
        drop(taken);
        // A little room is left, so that it is a write and not the opening that fails.
        let length = std::fs::metadata(file).unwrap().len();
        std::fs::OpenOptions::new()
            .write(true)
            .open(file)
            .unwrap()
            .set_len(length.saturating_sub(512 * 1024))
            .unwrap();
        assert!(self.0.exists());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(&self.0).output();
    }
}

fn run(program: &str, args: &[&str]) {
    let output = std::process::Command::new(program)
        .args(args)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{program} {}: {}",
        args.join(" "),
        String::from_utf8_lossy(&output.stderr)
    );
}

//! The data folder: where it is, whose it is, and what keeps it from being used.

use serde_json::json;

use crate::computer::{Computer, rota};

#[test]
fn the_flag_goes_before_the_environment() {
    let (a, b) = (Computer::new(), Computer::new());
    let folder = b.folder();
    a.json(&["add", "in b", "--data-dir", folder.to_str().unwrap()]);
    assert_eq!(a.json(&["list"]), json!([]));
    assert_eq!(b.json(&["list"])[0]["title"], "in b");
}

#[test]
fn without_a_wish_it_is_the_platforms_own_place() {
    let computer = Computer::new();
    let home = computer.beside("home");
    let told = rota(&["add", "x", "--json"])
        .env("HOME", &home)
        .env("XDG_DATA_HOME", home.join("share"))
        .env("XDG_RUNTIME_DIR", computer.beside("run"))
        .output()
        .unwrap();
    assert!(told.status.success(), "{told:?}");
    if cfg!(target_os = "linux") {
        assert!(home.join("share/rota").is_dir());
    }
}

#[test]
fn a_file_in_the_place_of_the_folder_is_exit_5() {
    let computer = Computer::new();
    std::fs::write(computer.folder(), "not a folder").unwrap();
    computer.fails(&["list"], 5, "no_access");
    assert_eq!(
        std::fs::read_to_string(computer.folder()).unwrap(),
        "not a folder"
    );
}

#[test]
fn a_backup_comes_back_as_a_new_computer() {
    let (old, new) = (Computer::new(), Computer::new());
    old.json(&["add", "Kept"]);
    let file = old.beside("copy.rota");
    let saved = old.json(&["backup", file.to_str().unwrap()]);
    assert_eq!(
        (&saved["tasks"], &saved["file"]),
        (&json!(1), &json!(file.to_str().unwrap()))
    );
    let restored = new.json(&["restore-backup", file.to_str().unwrap()]);
    assert_eq!(restored["tasks"], 1);
    assert_eq!(new.json(&["list"])[0]["title"], "Kept");
    assert_ne!(
        new.json(&["status"])["computer"]["id"],
        old.json(&["status"])["computer"]["id"]
    );
}

#[test]
fn a_new_key_keeps_every_task() {
    let computer = Computer::new();
    computer.json(&["add", "Kept"]);
    let before = computer.json(&["status"]);
    let after = computer.json(&["rekey"]);
    assert_ne!(before["computer"]["id"], after["computer"]["id"]);
    assert_eq!(computer.json(&["list"])[0]["title"], "Kept");
    computer.json(&["add", "Still writable"]);
}

#[cfg(unix)]
#[test]
fn the_key_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let computer = Computer::new();
    computer.json(&["status"]);
    let mode = |entry: &std::fs::DirEntry| entry.metadata().unwrap().permissions().mode() & 0o777;
    let key = std::fs::read_dir(computer.folder())
        .unwrap()
        .map(Result::unwrap)
        .find(|entry| entry.file_name().to_string_lossy().contains("key"))
        .expect("the key lies in the folder");
    assert_eq!(mode(&key), 0o600);
}

#[test]
fn what_needs_a_running_node_says_so() {
    let computer = Computer::new();
    computer.json(&["spaces", "add", "Family"]);
    computer.fails(&["invite", "Family"], 6, "not_running");
    computer.fails(&["quick-add"], 6, "not_running");
}

#[test]
fn quick_add_with_text_adds_at_once() {
    let computer = Computer::new();
    assert_eq!(
        computer.json(&["quick-add", "Buy", "milk", "#dairy"])["tags"],
        json!(["dairy"])
    );
}

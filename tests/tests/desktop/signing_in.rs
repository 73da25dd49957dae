//! What the desktop starts when the person signs in, by the entry that was written for it.

use std::path::PathBuf;

use rota_tests::control::ask;
use rota_tests::display::{Display, NEEDS};
use rota_tests::process::Process;
use rota_tests::skip::can_run;
use rota_tests::webdriver::{Window, start_app};
use rota_tests::{Computer, until, until_some};
use serde_json::json;

use crate::{MAIN, QUICK_ADD};

#[test]
fn what_the_entry_starts_waits_in_the_tray_with_this_folder() {
    let test = "what_the_entry_starts_waits_in_the_tray_with_this_folder";
    if !can_run(test, NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let entry = written_entry(&computer, &display);

    // The next time that the person signs in: a desktop of its own, and nothing that names the folder but the entry.
    let later = Display::start();
    let text = std::fs::read_to_string(entry).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("Exec="));
    let mut words = line.unwrap().split(' ');
    let mut command = computer.command(words.next().unwrap());
    command.args(words).env_remove("ROTA_DATA_DIR");
    later.place(&mut command);
    let started = Process::start(command);
    let tray = later.bus().tray();
    until("it serves its folder", 30, || {
        computer.json(&["status"])["running"] == true
    });
    assert!(!later.shows(MAIN) && !later.shows(QUICK_ADD));
    tray.click("Open Rota");
    later.wait_focused(MAIN);
    started.signal("TERM");
    assert_eq!(started.end(20).code(), Some(0));
}

#[test]
fn an_entry_outlives_a_start_that_cannot_read_the_settings() {
    let test = "an_entry_outlives_a_start_that_cannot_read_the_settings";
    if !can_run(test, NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let entry = written_entry(&computer, &display);
    std::fs::write(computer.data_dir().join("rota.db"), "not a database").unwrap();
    // What it does before it ends is a race: several starts find more of it.
    for _ in 0..5 {
        let app = start_app(&computer, &display, &["--hidden", "--no-discovery"]);
        app.signal("TERM");
        let _ = app.end(30);
        assert!(entry.is_file(), "the entry was removed");
    }
    // Whoever opened it first has put it aside, and a database begins anew: what the desktop has is what its settings say.
    let _ = computer.rota(&["status"]);
    let window = Window::open(&computer, &display, &["--hidden", "--no-discovery"]);
    until("the settings say so", 30, || {
        ask(&computer, "settings_show", &json!({}))["autostart"] == true
    });
    assert!(entry.is_file(), "the entry was removed");
    let _ = ask(&computer, "settings_change", &json!({"autostart": false}));
    until("the entry is removed", 20, || !entry.exists());
    drop(window);
}

/// The entry of an app that was told to start with the desktop, and has ended.
fn written_entry(computer: &Computer, display: &Display) -> PathBuf {
    let window = Window::open(computer, display, &["--hidden", "--no-discovery"]);
    until("the app follows the settings", 30, || {
        window.invoke("desktop_info", &json!({})).unwrap()["shortcut"]["state"] == "on"
    });
    let _ = ask(computer, "settings_change", &json!({"autostart": true}));
    let home = computer.data_dir().parent().unwrap().to_owned();
    let entry = until_some("the entry is written", 20, || {
        let found = std::fs::read_dir(home.join(".config/autostart")).ok()?;
        Some(found.flatten().next()?.path())
    });
    drop(window);
    until("it has ended", 20, || {
        computer.json(&["status"])["running"] == false
    });
    entry
}

//! Reminders as notifications: their text is text, and they come after a sleep.

use rota_tests::Computer;
use rota_tests::control::ask;
use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::{Need, can_run};
use rota_tests::webdriver::start_app;
use serde_json::json;

const FAKETIME: &str = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

#[test]
fn what_others_wrote_is_no_markup_in_a_notification() {
    if !can_run("what_others_wrote_is_no_markup_in_a_notification", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let desktop = display.bus().show_notifications();
    let _app = start_app(&computer, &display, &["--hidden", "--no-discovery"]);
    let list = "<b>A</b> & B";
    computer.ok(&["lists", "add", list]);
    let task = json!({
        "text": "Ring <i>me</i>", "plain": true, "list": list, "due": "2026-01-05 09:00", "reminder": "due",
    });
    let _ = ask(&computer, "task_add", &task);
    // The first line is plain text to every desktop, the text below it is not.
    let notice = desktop.wait("Ring <i>me</i>");
    assert_eq!(notice.body, "&lt;b&gt;A&lt;/b&gt; &amp; B");
}

#[test]
fn a_reminder_whose_moment_the_computer_slept_through_comes_when_it_wakes() {
    let test = "a_reminder_whose_moment_the_computer_slept_through_comes_when_it_wakes";
    if !can_run(test, &[NEEDS, &[Need::File(FAKETIME)]].concat()) {
        return;
    }
    // A wall clock that the test puts on, while timers keep their pace: as they do in a sleep.
    let folder = tempfile::tempdir().unwrap();
    let clock = folder.path().join("clock");
    std::fs::write(&clock, "+0").unwrap();
    let environment = [
        ("LD_PRELOAD", FAKETIME),
        ("FAKETIME_TIMESTAMP_FILE", clock.to_str().unwrap()),
        ("FAKETIME_NO_CACHE", "1"),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
    ];
    let computer = Computer::with("desk", "Anna", None, &environment);
    let display = Display::start();
    let desktop = display.bus().show_notifications();
    let _app = start_app(&computer, &display, &["--hidden", "--no-discovery"]);
    let _tray = display.bus().tray();
    computer.ok(&["add", "Take the cake out in 3 hours remind 10m"]);
    let task = computer.wait_for("Take the cake out");
    assert!(
        task["due"].is_string() && task["reminder"] == "before 10m",
        "{task}"
    );
    assert_eq!(
        (
            ask(&computer, "reminders_due", &json!({})),
            desktop.standing()
        ),
        (json!([]), vec![])
    );

    std::fs::write(&clock, "+8h").unwrap();
    let _ = desktop.wait("Take the cake out");
}

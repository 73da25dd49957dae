//! Reminders: shown by the desktop's notifications, answered there, gone when they are handled anywhere.

use rota_tests::control::ask;
use rota_tests::display::{Display, NEEDS};
use rota_tests::notifications::Notifications;
use rota_tests::skip::can_run;
use rota_tests::webdriver::{Window, start_app};
use rota_tests::{Computer, until};
use serde_json::{Value, json};

use crate::MAIN;

#[test]
fn a_reminder_is_shown_and_answered_where_it_is_shown() {
    if !can_run("a_reminder_is_shown_and_answered_where_it_is_shown", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let desktop = display.bus().show_notifications();
    let _app = start_app(&computer, &display, &["--hidden", "--no-discovery"]);
    let _tray = display.bus().tray();

    remind(&computer, "Pay <b>the</b> rent & more");
    let notice = desktop.wait("Pay <b>the</b> rent & more");
    let names: Vec<&str> = notice.actions.iter().map(|(_, name)| &**name).collect();
    assert_eq!(names, ["Open Rota", "Done", "10 minutes", "Tomorrow"]);
    // It stays until somebody has handled it.
    assert_eq!((notice.urgency, notice.expires), (2, 0));
    desktop.choose(notice.id, "done");
    until("it is done", 20, || {
        computer.find("Pay <b>the</b> rent & more").unwrap()["status"] == "done"
    });
    wait_gone(&desktop);

    for (title, action) in [("Later", "later"), ("Next day", "tomorrow")] {
        remind(&computer, title);
        let notice = desktop.wait(title);
        desktop.choose(notice.id, action);
        wait_gone(&desktop);
        assert_eq!(computer.find(title).unwrap()["status"], "open");
        assert_eq!(due(&computer), json!([]));
    }

    // Put away is handled, a click opens the task.
    remind(&computer, "Seen");
    desktop.dismiss(desktop.wait("Seen").id);
    until("it is handled", 20, || due(&computer) == json!([]));
    remind(&computer, "Look at me");
    desktop.choose(desktop.wait("Look at me").id, "default");
    display.wait_focused(MAIN);
    wait_gone(&desktop);
}

#[test]
fn a_reminder_handled_on_another_computer_is_closed_here() {
    if !can_run(
        "a_reminder_handled_on_another_computer_is_closed_here",
        NEEDS,
    ) {
        return;
    }
    let (mut laptop, desk) = (
        Computer::new("laptop", "Anna"),
        Computer::new("desk", "Anna"),
    );
    let display = Display::start();
    let desktop = display.bus().show_notifications();
    let ready = laptop.start(&["--no-discovery"]);
    let _app = start_app(&desk, &display, &["--hidden", "--no-discovery"]);
    let _tray = display.bus().tray();
    let invitation = laptop.json(&["invite", "--mine"]);
    let address = Computer::loopback_address(&ready);
    let code = invitation["code"].as_str().unwrap();
    desk.ok(&["join", code, "--address", &address]);

    remind(&laptop, "Water the ficus");
    let _ = desktop.wait("Water the ficus");
    let task = desk.find("Water the ficus").unwrap();
    let handled = json!({"id": task["id"], "how": "dismiss"});
    let _ = ask(&laptop, "reminder_handle", &handled);
    wait_gone(&desktop);
    assert_eq!(desk.find("Water the ficus").unwrap()["status"], "open");
}

#[test]
fn without_anybody_who_shows_notifications_the_rest_works_and_they_come_when_somebody_does() {
    let test =
        "without_anybody_who_shows_notifications_the_rest_works_and_they_come_when_somebody_does";
    if !can_run(test, NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    remind(&computer, "Missed");
    let shows = || window.invoke("desktop_info", &json!({})).unwrap()["notifications"].clone();
    assert_eq!(shows(), false);
    let stands = || window.all("due-reminder").len();
    until("the window itself has it", 20, || stands() == 1);

    let desktop = display.bus().show_notifications();
    let notice = desktop.wait("Missed");
    until("the settings say so", 20, || shows() == true);
    until("the window leaves it to the desktop", 20, || stands() == 0);

    let _ = ask(
        &computer,
        "settings_change",
        &json!({"notifications": false}),
    );
    wait_gone(&desktop);
    until("the window has it again", 20, || stands() == 1);
    let _ = ask(
        &computer,
        "settings_change",
        &json!({"notifications": true}),
    );
    assert_ne!(desktop.wait("Missed").id, notice.id);
}

#[test]
fn what_stands_goes_with_the_app_and_comes_back_with_it() {
    if !can_run(
        "what_stands_goes_with_the_app_and_comes_back_with_it",
        NEEDS,
    ) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let desktop = display.bus().show_notifications();
    let app = start_app(&computer, &display, &["--hidden", "--no-discovery"]);
    let _tray = display.bus().tray();
    remind(&computer, "Turn the heating off");
    let _ = desktop.wait("Turn the heating off");

    // Its buttons would be nobody's.
    app.signal("TERM");
    assert_eq!(app.end(20).code(), Some(0));
    assert_eq!(desktop.standing(), []);

    let _app = start_app(&computer, &display, &["--hidden", "--no-discovery"]);
    let _ = desktop.wait("Turn the heating off");
    assert_eq!(desktop.standing().len(), 1);
}

/// A task whose reminder is due already, as after a sleep.
fn remind(computer: &Computer, title: &str) {
    let task = json!({
        "text": title, "plain": true, "due": "2026-01-05 09:00", "reminder": "due",
    });
    let _ = ask(computer, "task_add", &task);
}

fn due(computer: &Computer) -> Value {
    ask(computer, "reminders_due", &json!({}))
}

fn wait_gone(desktop: &Notifications) {
    until("no notification stands", 30, || {
        desktop.standing().is_empty()
    });
}

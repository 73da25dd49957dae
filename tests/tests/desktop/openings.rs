//! What is asked for from outside the window is what the window shows: that task and no other, that view.

use rota_tests::control::ask;
use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::{Window, start_app};
use rota_tests::{Computer, until};
use serde_json::json;

use crate::MAIN;
use crate::pages::{panel_title, view};

#[test]
fn a_link_a_notification_and_the_tray_open_their_own_task() {
    let test = "a_link_a_notification_and_the_tray_open_their_own_task";
    if !can_run(test, NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let desktop = display.bus().show_notifications();
    for title in ["Not this one", "By its link", "By its handle", "Neither"] {
        computer.ok(&["add", "--plain", title]);
    }
    let window = Window::open(&computer, &display, &["--hidden", "--no-discovery"]);
    let tray = display.bus().tray();
    let opens = |title: &str| {
        display.wait_focused(MAIN);
        until(&format!("{title:?} is open"), 20, || {
            panel_title(&window) == title
        });
        // The next one finds the window hidden, with this one still open in it.
        display.press(&["alt+F4"]);
        until("the window is hidden", 20, || !display.shows(MAIN));
    };
    let link = |id: &serde_json::Value| {
        let link = format!("rota://task/{}", id.as_str().unwrap());
        assert_eq!(
            start_app(&computer, &display, &[&link]).end(20).code(),
            Some(0)
        );
    };

    link(&computer.find("By its link").unwrap()["id"]);
    opens("By its link");
    link(&computer.find("By its handle").unwrap()["short"]);
    opens("By its handle");

    for title in ["Rung first", "Rung last"] {
        let task =
            json!({"text": title, "plain": true, "due": "2026-01-05 09:00", "reminder": "due"});
        let _ = ask(&computer, "task_add", &task);
    }
    let _ = desktop.wait("Rung first");
    desktop.choose(desktop.wait("Rung last").id, "default");
    opens("Rung last");

    tray.wait_for("Rung first");
    tray.click("Rung first");
    opens("Rung first");

    // The view of the day, which was not what the window showed.
    assert_ne!(view(&window), "today");
    tray.click("Today 2");
    display.wait_focused(MAIN);
    until("Today is open", 20, || view(&window) == "today");
}

#[test]
fn the_tray_says_how_many_computers_have_it_all() {
    if !can_run("the_tray_says_how_many_computers_have_it_all", NEEDS) {
        return;
    }
    let (mut laptop, desk) = (
        Computer::new("laptop", "Anna"),
        Computer::new("desk", "Anna"),
    );
    let display = Display::start();
    let address = Computer::loopback_address(&laptop.start(&["--no-discovery"]));
    let _app = start_app(&desk, &display, &["--hidden", "--no-discovery"]);
    let tray = display.bus().tray();
    let alone = "Alone on this network – changes are saved here";
    tray.wait_for(alone);

    let invitation = laptop.json(&["invite", "--mine"]);
    let code = invitation["code"].as_str().unwrap();
    desk.ok(&["join", code, "--address", &address]);
    tray.wait_for("2 computers up to date");
    assert!(!tray.labels().contains(&alone.to_owned()));

    laptop.stop();
    tray.wait_for(alone);
}

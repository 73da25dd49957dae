//! How the app begins, what a second start does, and how it ends.

use rota_tests::computer::{rota_bin, titles};
use rota_tests::display::{Display, NEEDS};
use rota_tests::process::Process;
use rota_tests::program::Program;
use rota_tests::skip::can_run;
use rota_tests::webdriver::{Window, desktop_bin, start_app};
use rota_tests::{Computer, until};

use crate::pages::{add, open_list, wait_row};
use crate::{MAIN, QUICK_ADD};

#[test]
fn a_hidden_start_shows_nothing_until_it_is_asked_for() {
    if !can_run("a_hidden_start_shows_nothing_until_it_is_asked_for", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let refused = computer.rota(&["quick-add"]);
    assert_eq!(refused.exit, 6, "{}", refused.stderr);

    let app = start_app(&computer, &display, &["--hidden", "--no-discovery"]);
    let tray = display.bus().tray();
    until("it serves its folder", 30, || {
        computer.json(&["status"])["running"] == true
    });
    assert!(!display.shows(MAIN) && !display.shows(QUICK_ADD));

    computer.ok(&["quick-add"]);
    display.wait_focused(QUICK_ADD);
    assert!(!display.shows(MAIN));
    display.press(&["Escape"]);
    until("quick add has gone", 20, || !display.shows(QUICK_ADD));

    tray.click("Open Rota");
    display.wait_focused(MAIN);
    app.signal("TERM");
    assert_eq!(app.end(20).code(), Some(0));
    assert_eq!(computer.json(&["status"])["running"], false);
}

#[test]
fn an_interrupt_ends_it_in_order_too() {
    if !can_run("an_interrupt_ends_it_in_order_too", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let app = start_app(&computer, &display, &["--no-discovery"]);
    display.wait_focused(MAIN);
    computer.ok(&["add", "--plain", "Kept"]);
    app.signal("INT");
    assert_eq!(app.end(20).code(), Some(0));
    assert_eq!(computer.titles(), ["Kept"]);
}

#[test]
fn beside_a_node_it_is_a_client_and_takes_over_when_that_ends() {
    if !can_run(
        "beside_a_node_it_is_a_client_and_takes_over_when_that_ends",
        NEEDS,
    ) {
        return;
    }
    let (mut computer, display) = (Computer::new("desk", "Anna"), Display::start());
    computer.ok(&["lists", "add", "Garden"]);
    computer.start(&["--no-discovery"]);
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    open_list(&window, "Garden");
    add(&window, "Typed beside the node");
    computer.wait_for("Typed beside the node");
    computer.ok(&["add", "--plain", "Told by the node", "--list", "Garden"]);
    wait_row(&window, "Told by the node");

    computer.stop();
    until("the app has the folder now", 30, || {
        computer.json(&["status"])["running"] == true
    });
    computer.ok(&["add", "--plain", "Heard afterwards", "--list", "Garden"]);
    wait_row(&window, "Heard afterwards");
    add(&window, "Typed afterwards");
    computer.wait_for("Typed afterwards");
}

#[test]
fn without_a_folder_named_both_programs_take_the_same() {
    if !can_run("without_a_folder_named_both_programs_take_the_same", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let mut command = computer.command(desktop_bin());
    command.args(["--hidden", "--no-discovery"]);
    command
        .env_remove("ROTA_DATA_DIR")
        .env_remove("XDG_DATA_HOME");
    display.place(&mut command);
    let app = Process::start(command);
    until("the command line finds the app", 40, || {
        let mut status = computer.command(rota_bin());
        status.args(["--json", "status"]);
        status
            .env_remove("ROTA_DATA_DIR")
            .env_remove("XDG_DATA_HOME");
        let answer = status.output().unwrap();
        String::from_utf8_lossy(&answer.stdout).contains("\"running\":true")
    });
    app.signal("TERM");
    assert_eq!(app.end(20).code(), Some(0));
}

#[test]
fn what_cannot_start_says_why_and_ends_with_the_exit_of_the_contract() {
    if !can_run(
        "what_cannot_start_says_why_and_ends_with_the_exit_of_the_contract",
        NEEDS,
    ) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let file = computer.data_dir().join("not-a-folder");
    std::fs::write(&file, "").unwrap();
    let place = file.join("below").to_string_lossy().into_owned();
    assert_refused(&computer, Some(&display), &["--data-dir", &place], 5);
    assert_refused(&computer, Some(&display), &["--port", "seven"], 2);
    // No screen.
    assert_refused(&computer, None, &["--no-discovery"], 1);
    assert_eq!(titles(&computer.json(&["list"])), [""; 0]);

    // Somebody has the folder who cannot be spoken to.
    let lock = std::fs::File::options()
        .write(true)
        .open(computer.data_dir().join("lock"))
        .unwrap();
    lock.lock().unwrap();
    assert_refused(&computer, Some(&display), &["--no-discovery"], 5);
}

#[test]
fn a_second_start_hands_over_and_ends() {
    if !can_run("a_second_start_hands_over_and_ends", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let mut app = start_app(&computer, &display, &["--no-discovery"]);
    display.wait_focused(MAIN);
    let _other = Program::show(&display, "Another program");

    // As an icon in a menu does it.
    let second = start_app(&computer, &display, &["--no-discovery"]);
    assert_eq!(second.end(20).code(), Some(0));
    display.wait_focused(MAIN);

    display.press(&["alt+F4"]);
    until("the window is hidden", 20, || !display.shows(MAIN));
    let second = start_app(&computer, &display, &["--hidden"]);
    assert_eq!(second.end(20).code(), Some(0));
    assert!(!display.shows(MAIN), "nothing was asked for");

    let second = start_app(&computer, &display, &["--quick-add", "Buy milk #shop"]);
    assert_eq!(second.end(20).code(), Some(0));
    display.wait_focused(QUICK_ADD);
    assert!(!display.shows(MAIN));
    display.press(&["Return"]);
    assert_eq!(computer.wait_for("Buy milk")["tags"][0], "shop");
    assert!(app.is_running());
}

#[test]
fn two_folders_are_two_apps() {
    if !can_run("two_folders_are_two_apps", NEEDS) {
        return;
    }
    let (a, b) = (Computer::new("desk", "Anna"), Computer::new("shed", "Ben"));
    let display = Display::start();
    let mut first = start_app(&a, &display, &["--hidden", "--no-discovery"]);
    let mut second = start_app(&b, &display, &["--hidden", "--no-discovery"]);
    for computer in [&a, &b] {
        until("it serves its folder", 40, || {
            computer.json(&["status"])["running"] == true
        });
    }
    // Each takes what is meant for it.
    let third = start_app(&b, &display, &["--quick-add", "For Ben"]);
    assert_eq!(third.end(20).code(), Some(0));
    display.wait_focused(QUICK_ADD);
    display.press(&["Return"]);
    b.wait_for("For Ben");
    assert!(a.find("For Ben").is_none());
    assert!(first.is_running() && second.is_running());
}

#[test]
fn one_that_was_killed_leaves_nothing_in_the_way() {
    if !can_run("one_that_was_killed_leaves_nothing_in_the_way", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let killed = start_app(&computer, &display, &["--no-discovery"]);
    display.wait_focused(MAIN);
    killed.signal("KILL");
    killed.end(20);
    until("its window has gone", 20, || !display.shows(MAIN));

    let app = start_app(&computer, &display, &["--no-discovery"]);
    display.wait_focused(MAIN);
    let second = start_app(&computer, &display, &["--quick-add"]);
    assert_eq!(second.end(20).code(), Some(0));
    display.wait_focused(QUICK_ADD);
    app.signal("TERM");
    assert_eq!(app.end(20).code(), Some(0));
}

#[test]
fn beside_a_node_there_is_one_app_too() {
    if !can_run("beside_a_node_there_is_one_app_too", NEEDS) {
        return;
    }
    let (mut computer, display) = (Computer::new("desk", "Anna"), Display::start());
    computer.start(&["--no-discovery"]);
    let _app = start_app(&computer, &display, &["--hidden"]);
    let _tray = display.bus().tray();
    let second = start_app(&computer, &display, &[]);
    assert_eq!(second.end(20).code(), Some(0));
    display.wait_focused(MAIN);
    // Who has the folder knows whose window it is.
    computer.ok(&["quick-add"]);
    display.wait_focused(QUICK_ADD);
}

fn assert_refused(computer: &Computer, display: Option<&Display>, args: &[&str], exit: i32) {
    let mut command = computer.command(desktop_bin());
    command.args(args);
    match display {
        Some(display) => display.place(&mut command),
        None => {
            command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        }
    }
    let ended = command.output().unwrap();
    let stderr = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(exit), "{args:?}: {stderr}");
    assert!(stderr.contains("error: "), "{args:?}: {stderr}");
    assert!(!stderr.contains("panicked"), "{args:?}: {stderr}");
}

//! The key that opens quick add from every program, pressed as a keyboard does it.

use rota_tests::control::ask;
use rota_tests::display::{Display, NEEDS};
use rota_tests::program::Program;
use rota_tests::skip::can_run;
use rota_tests::webdriver::Window;
use rota_tests::{Computer, until};
use serde_json::json;

use crate::{MAIN, QUICK_ADD};

#[test]
fn the_key_opens_quick_add_from_another_program_and_can_be_another() {
    let test = "the_key_opens_quick_add_from_another_program_and_can_be_another";
    if !can_run(test, NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    wait_shortcut(&window, &json!({"state": "on", "key": "Ctrl+Alt+Space"}));
    let other = Program::show(&display, "Another program");

    display.press(&["ctrl+alt+space"]);
    display.wait_focused(QUICK_ADD);
    display.type_text("Call the plumber");
    display.press(&["Return"]);
    computer.wait_for("Call the plumber");
    display.wait_focused("Another program");

    // Another key, with no start in between.
    let _ = ask(
        &computer,
        "settings_change",
        &json!({"global_shortcut": "Super+F9"}),
    );
    wait_shortcut(&window, &json!({"state": "on", "key": "Super+F9"}));
    display.press(&["super+F9"]);
    display.wait_focused(QUICK_ADD);
    display.press(&["Escape"]);
    display.wait_focused("Another program");
    let before = other.typed();
    display.press(&["ctrl+alt+space"]);
    until("the old key is the other program's again", 20, || {
        other.typed() > before
    });
    assert!(!display.shows(QUICK_ADD));

    let _ = ask(
        &computer,
        "settings_change",
        &json!({"global_shortcut": ""}),
    );
    wait_shortcut(&window, &json!({"state": "off", "key": null}));
    let before = other.typed();
    display.press(&["super+F9"]);
    until("no key is taken", 20, || other.typed() > before);
    assert!(!display.shows(QUICK_ADD));
}

#[test]
fn a_key_that_another_program_has_is_named_and_another_one_works() {
    let test = "a_key_that_another_program_has_is_named_and_another_one_works";
    if !can_run(test, NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let other = Program::show(&display, "Another program");
    other.take_ctrl_alt_space();
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    wait_shortcut(&window, &json!({"state": "taken", "key": "Ctrl+Alt+Space"}));
    display.wait_focused(MAIN);

    let _ = ask(
        &computer,
        "settings_change",
        &json!({"global_shortcut": "Ctrl+Shift+F12"}),
    );
    wait_shortcut(&window, &json!({"state": "on", "key": "Ctrl+Shift+F12"}));
    display.press(&["ctrl+shift+F12"]);
    display.wait_focused(QUICK_ADD);
}

#[test]
fn the_key_is_had_again_after_a_layout_that_has_it_not() {
    let test = "the_key_is_had_again_after_a_layout_that_has_it_not";
    if !can_run(test, NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    let _ = ask(
        &computer,
        "settings_change",
        &json!({"global_shortcut": "Ctrl+Alt+A"}),
    );
    wait_shortcut(&window, &json!({"state": "on", "key": "Ctrl+Alt+A"}));
    let _other = Program::show(&display, "Another program");

    display.layout("ru");
    wait_shortcut(&window, &json!({"state": "taken", "key": "Ctrl+Alt+A"}));
    display.layout("us");
    wait_shortcut(&window, &json!({"state": "on", "key": "Ctrl+Alt+A"}));
    display.press(&["ctrl+alt+a"]);
    display.wait_focused(QUICK_ADD);
}

fn wait_shortcut(window: &Window, expected: &serde_json::Value) {
    until(&format!("the key is {expected}"), 30, || {
        window.invoke("desktop_info", &json!({})).unwrap()["shortcut"] == *expected
    });
}
